"""Facts of an annual report, typed into a small CSV: the posts on the board with their dates, and a few figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.tables.text import as_csv
from engagecheck.intake.tables.values import date_in, numbers, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import Record, SourceFile

COLUMNS = ("Organisation code", "Year that ends on", "Item", "Holder", "How held", "From", "To", "Complete since", "Number")
CODE, YEAR_END, ITEM, HOLDER, HELD, FROM, TO, COMPLETE, NUMBER = COLUMNS
POSTS = {
    "chief executive": "chief_executive", "medical director": "medical_director", "chief medical officer": "medical_director",
}  # fmt: skip
NON_EXECUTIVES = {"chair": "chair", "non executive director": "non_executive"}
TOTALS = {"other voting executives in all": "other_executives", "chair and non executives in all": "non_executives"}
FIGURES = {
    "doctors and dentists": ("context", "doctors_wte"), "education and training expenditure": ("context", "training_spend"),
    "operating expenditure": ("context", "operating_spend"), "voting members who are doctors": ("commitment", "voting_doctors"),
}  # fmt: skip
PRESENT = {"present", "still in post", "now", "to date", "current"}
LARGEST = 1e9
_SPELL = next(one for one in all_questions() if one.name == "leadership").part("chief_executive").part("holders")
EXAMPLE = (
    ("Chief executive", "A", "Substantive", "February 2023", "Still in post", "April 2016", ""),
    ("Chief executive", "B", "Substantive", "01/04/2016", "31/01/2023", "", ""),
    ("Medical director", "C", "Substantive", "2019-09-01", "Still in post", "September 2019", ""),
    ("Chief nurse", "D", "Interim", "January 2026", "Still in post", "", ""),
    ("Other voting executives in all", "", "", "", "", "", "1"),
    ("Chair", "", "", "1 February 2021", "", "", ""),
    ("Non-executive director", "", "", "May 2022", "", "", ""),
    ("Chair and non-executives in all", "", "", "", "", "", "2"),
    ("Voting members who are doctors", "", "", "", "", "", "1"),
    ("Doctors and dentists", "", "", "", "", "", "612"),
    ("Education and training expenditure", "", "", "", "", "", "9340"),
    ("Operating expenditure", "", "", "", "", "", "413759"),
)


def _written(rows: Sequence[Sequence[str]]) -> str:
    return as_csv([COLUMNS, *(("R0X", "31/03/2026", *row) for row in rows)])


@importer(
    "annual-report",
    about="Posts on the board with their dates, and a few figures, typed from an annual report into our empty CSV.",
    title="Annual report",
    publisher="The organisation itself",
    kind="annual_report",
    template=_written([(item, *[""] * 6) for item, *_ in EXAMPLE]),
    example=_written(EXAMPLE),
)
def facts(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The posts and figures of each organisation. An empty cell is unknown. Raises `InputRefused` for a wrong cell."""
    rows = [row for row in names.of_our_form(file, file.table(*COLUMNS), COLUMNS) if any(row[column] for column in COLUMNS[3:])]
    by_code: dict[str, list[tuple[Record, float | None]]] = defaultdict(list)
    for row, number in zip(rows, numbers(file, rows, NUMBER, 0, LARGEST), strict=True):
        by_code[names.code_of(row[CODE])].append((row, number))
    for code, stated in by_code.items():
        document: dict[str, Any] = defaultdict(dict)
        for row, number in stated:
            _add(document, row, number)
        year_end = max(date_in(row, YEAR_END) for row, _ in stated)
        yield Imported(code, dict(document), year_end or None, stated[0][0].where.removeprefix(f"{file.name}: "))


def _add(document: dict[str, Any], row: Record, number: float | None) -> None:
    """Add the fact of one row. What is none of the known items is a post of another executive."""
    item, leadership = words(row[ITEM]), document["leadership"] if words(row[ITEM]) not in FIGURES else {}
    if item in FIGURES or item in TOTALS:
        if number is None:
            raise InputRefused([f"{row.where}, {NUMBER}: the number for {row[ITEM]!r} is missing"])
        value: int | float = round(number) if number.is_integer() else number
        if item in TOTALS:
            leadership.setdefault(TOTALS[item], {"entries": []})["of"] = value
        else:
            section, name = FIGURES[item]
            document[section][name] = {"value": value} if section == "context" else value
    elif item in NON_EXECUTIVES:
        member = {"role": NON_EXECUTIVES[item], **_dated(row, "since", FROM)}
        leadership.setdefault("non_executives", {"entries": []})["entries"].append(member)
    elif item in POSTS:
        _add_holder(leadership.setdefault(POSTS[item], {}), row)
    else:
        posts = leadership.setdefault("other_executives", {"entries": []})["entries"]
        post = next((one for one in posts if words(one["role"]) == item), None)
        if post is None:
            post = {"role": row[ITEM]}
            posts.append(post)
        _add_holder(post, row)


def _add_holder(post: dict[str, Any], row: Record) -> None:
    """Add a spell to a post. "Complete since" says that everyone who held it from then on is listed."""
    holders = post.setdefault("holders", {"entries": []})
    spell: dict[str, Any] = {}
    for column, name in ((HOLDER, "holder"), (HELD, "kind")):
        if row[column]:
            try:
                spell[name] = _SPELL.part(name).read(row[column])
            except NotAnAnswer as wrong:
                raise InputRefused([f"{row.where}, {column}: {wrong}"]) from None
    until = words(row[TO])
    holders["entries"].append(
        {**spell, **_dated(row, "since", FROM), **({"until": "present"} if until in PRESENT else _dated(row, "until", TO))}
    )
    if complete := date_in(row, COMPLETE):
        holders["complete_from"] = complete
    if "complete_from" in holders:
        holders["of"] = len(holders["entries"])


def _dated(row: Record, name: str, column: str) -> dict[str, str]:
    on = date_in(row, column)
    return {name: on} if on else {}
