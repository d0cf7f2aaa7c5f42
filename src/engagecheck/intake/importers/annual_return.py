"""Designated body annual report, Annex A section 2, as a small CSV with one row for each organisation."""

from collections.abc import Iterator, Mapping, Sequence

from engagecheck.intake.importers import names
from engagecheck.intake.tables.text import as_csv
from engagecheck.intake.tables.values import date_in, numbers
from engagecheck.model.schema import title_of
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

COUNTS = (
    "connected", "completed", "appraised_leavers", "approved_missed", "unapproved_missed", "recommendations_due",
    "recommendations_made", "recommendations_late", "recommendations_not_made", "positive", "deferrals", "non_engagement",
    "did_not_revalidate", "appraisers",
)  # fmt: skip
"""The figures of sections 2A, 2B and 2C, by their names in a profile."""
DATES = ("board_report_on", "compliance_signed_on")
COLUMNS = {item: title_of(f"appraisal.{item}") for item in (*COUNTS, *DATES)}
ORGANISATION, YEAR_END = "Organisation code", "Year that ends on"
NEEDED = tuple(COLUMNS)[:2]
MOST = 1_000_000


def template(row: Sequence[object] = ("",) * len(COLUMNS)) -> str:
    """A return: the titles of the columns, and a row of an invented organisation, empty or with these values."""
    return as_csv([[ORGANISATION, YEAR_END, *COLUMNS.values()], ["R0X", "31/03/2026", *row]])


@importer(
    "annual-return",
    about="Appraisal and revalidation figures: section 2 of the designated body's annual report, typed into our empty CSV.",
    title="Designated body annual report, Annex A, section 2",
    publisher="The designated body",
    kind="statutory_return",
    template=template(),
    example=template((612, 571, 4, 33, 8, 118, 118, 1, 0, 84, 33, 1, 0, 60, "21/07/2025", "30/09/2025")),
)
def figures(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The figures of each organisation. An empty cell is unknown and never 0. Raises `InputRefused`."""
    organisation, on = (ORGANISATION, "organisation"), (YEAR_END, "on")
    wanted = [(COLUMNS[item], item) for item in NEEDED]
    optional = [(title, item) for item, title in COLUMNS.items() if item not in NEEDED]
    table = file.table(organisation, on, *wanted, optional=optional)
    rows = list(names.of_our_form(file, table, (ORGANISATION, YEAR_END, *COLUMNS.values())))
    given = {item: title for item, title in COLUMNS.items() if title in table.columns}
    counts = {item: numbers(file, rows, given[item], 0, MOST, whole=True) for item in COUNTS if item in given}
    for place, row in enumerate(rows):
        facts: dict[str, int | str] = {}
        for item, listed in counts.items():
            if (count := listed[place]) is not None:
                facts[item] = round(count)
        for item in DATES:
            if item in given and (date := date_in(row, given[item])):
                facts[item] = date
        if facts:
            where = row.where.removeprefix(f"{file.name}: ")
            yield Imported(names.code_of(row[ORGANISATION]), {"appraisal": facts}, date_in(row, YEAR_END) or None, where)
