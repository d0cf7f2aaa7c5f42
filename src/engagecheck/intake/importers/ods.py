"""Organisation Data Service, list of NHS trusts (`etr.csv`): no row of column names, and empty columns may be missing."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping

from engagecheck.intake.importers import names
from engagecheck.intake.tables.values import day
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import OtherKind, Row, SourceFile

CODE, NAME, GROUPING = 0, 1, 2
_GROUPING = re.compile(r"[YW][0-9]{2}", re.ASCII)
_DAY = re.compile(r"(?:19|20)[0-9]{6}|(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}", re.ASCII)
ENOUGH = 50
"""Rows without an opening date after which a file is taken for something else."""
NEEDED = 5
"""Columns below which a row is no row of an ODS file."""
NO_LIST = "no list"
OTHERS = (
    (re.compile(r"[A-Z][0-9]{5}"), "a list of GP practices"),
    (re.compile(r"[0-9]{2}[A-Z]|[A-Z][0-9][A-Z][0-9][A-Z]|[A-Z][0-9]{4}"), "a list of commissioning groups or their offices"),
    (re.compile(r"F[A-Z0-9]{4}"), "a list of pharmacies"),
    (re.compile(r"R[A-Z0-9]{2}[A-Z0-9]{2}"), "a list of sites of trusts"),
    (re.compile(r".+"), "a list of other organisations"),
)


@importer(
    "ods",
    about="Name, kind and code of each NHS trust: etr.csv of the Organisation Data Service.",
    title="List of NHS trusts (etr)",
    publisher="NHS Organisation Data Service",
    address="https://www.odsdatasearchandexport.nhs.uk/api/getReport?report=etr",
    kind="data_set",
    example='"R0X","VALE NHS TRUST","Y63","QOP","","","","","","AB1 2CD","20100401","",""\n',
)
def trusts(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The trusts, with the days on which they opened and closed. Raises `OtherKind` for a list of anything else."""
    shapes: Counter[str] = Counter()
    rows = []
    for number, row in file.rows():
        where = f"{file.name}: row {number}"
        dates = _opened_and_closed(row)
        if dates is None:
            shapes[NO_LIST] += 1
            if shapes.total() == shapes[NO_LIST] == ENOUGH:
                break
            file.leave_out(where, "this is no row of a list of the Organisation Data Service (it has no opening date)")
            continue
        kind = "" if re.search(r"\bTRUST\b", row[NAME].upper()) and len(row[CODE]) in (3, 5) else _seems(row)
        shapes[kind] += 1
        if kind:
            file.leave_out(where, f"{row[NAME] or row[CODE]} is no trust")
            continue
        rows.append((where, row, dates))
    likely = shapes.most_common(1)
    if not rows or likely[0][0]:
        seems = f"this seems to be {likely[0][0]}, and" if likely and likely[0][0] != NO_LIST else "this is"
        raise OtherKind([f"{file.name}: {seems} not the list of NHS trusts (etr.csv)"])
    for where, row, dates in rows:
        code = names.code_of(row[CODE])
        organisation = names.organisation(code, row[NAME], _country(row))
        opened, closed = dates
        yield Imported(
            code,
            {"organisation": organisation},
            None,
            where.removeprefix(f"{file.name}: "),
            organisation,
            opened=opened,
            closed=closed,
        )


def _opened_and_closed(row: Row) -> tuple[str, str] | None:
    """The first date of a row and the one next to it, which may be missing; `None` if the row has no date."""
    dates = [day(cell) if _DAY.fullmatch(cell) else "" for cell in row]
    place = next((place for place, on in enumerate(dates) if on and place >= NEEDED), None)
    return None if place is None else (dates[place], dates[place + 1] if place + 1 < len(dates) else "")


def _seems(row: Row) -> str:
    """What an organisation that is no trust seems to be, from its code and name."""
    return next(kind for code, kind in OTHERS if code.fullmatch(row[CODE].upper()))


def _country(row: Row) -> str:
    """The country, from the national grouping (Y56, W00) or the column of a letter near the end; "" if neither says it."""
    if _GROUPING.fullmatch(row[GROUPING]):
        return "Wales" if row[GROUPING][0] == "W" else "England"
    return "Wales" if "W" in row[20:] else ""
