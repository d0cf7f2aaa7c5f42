"""Organisation Data Service, list of NHS trusts (`etr.csv`): 27 columns and no row of column names."""

from collections.abc import Iterator, Mapping

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import CHANGED, SourceFile

COLUMNS = 27
CODE, NAME, GROUPING, OPENED, CLOSED = 0, 1, 2, 10, 11
WALES = "W00"


@importer(
    "ods",
    about="Name, kind and code of each NHS trust: etr.csv of the Organisation Data Service.",
    title="List of NHS trusts (etr)",
    publisher="NHS Organisation Data Service",
    kind="data_set",
)
def trusts(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The open trusts. Closed ones are skipped. Raises `InputRefused` if the layout has changed."""
    rows = next(iter(file.sheets.values()))
    days = [row[place] for row in rows if len(row) == COLUMNS for place in (OPENED, CLOSED)]
    newest = max((day for day in days if len(day) == 8 and day.isdecimal()), default="")
    as_of = f"{newest[:4]}-{newest[4:6]}-{newest[6:]}" if newest else None  # the list is not older than its newest entry
    for line, row in enumerate(rows, 1):
        if not any(row):
            continue
        if len(row) != COLUMNS or not row[OPENED].isdecimal():
            wanted = f"{len(row)} columns instead of {COLUMNS}" if len(row) != COLUMNS else "no opening date in column 11"
            raise InputRefused([f"{file.name}:{line}: {wanted}: {CHANGED}"])
        if not row[CLOSED]:
            organisation = names.organisation(row[CODE], row[NAME], "Wales" if row[GROUPING] == WALES else "England")
            yield Imported(row[CODE], {"organisation": organisation}, as_of, f"line {line}", organisation)
