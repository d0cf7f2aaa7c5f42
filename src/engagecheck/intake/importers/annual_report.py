"""Facts of an annual report, typed into a small CSV: the posts on the board with their dates, and a few figures."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.tables.text import as_csv
from engagecheck.intake.tables.values import date_in, is_published, numbers, words
from engagecheck.model.schema import did_you_mean, quoted
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
Stated = dict[tuple[str, ...], tuple[object, Record]]
"""What can be said only once of an organisation, by column and what it is about, with the first row that says it."""
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
        said: Stated = {}
        for row, number in stated:
            _refuse_what_would_be_lost(row)
            _add(document, row, number, said)
        year_end = max(date_in(row, YEAR_END) for row, _ in stated)
        yield Imported(code, dict(document), year_end or None, stated[0][0].where.removeprefix(f"{file.name}: "))


def _refuse_what_would_be_lost(row: Record) -> None:
    """Raise `InputRefused` for a cell that a row of this kind does not have."""
    item, is_near = words(row[ITEM]), ""
    if item in FIGURES or item in TOTALS:
        without: tuple[str, ...] = COLUMNS[3:-1]
    elif item in NON_EXECUTIVES:
        without = (HOLDER, HELD, TO, COMPLETE, NUMBER)
    else:
        without = (NUMBER,)
        is_near = f"; {did_you_mean(item, (one.capitalize() for one in (*FIGURES, *TOTALS)))}"
    for column in without:
        if is_published(row[column]):
            lost = f"{quoted(row[column])} would be lost, because a row for {quoted(row[ITEM])} has nothing here"
            raise InputRefused([f"{row.where}, {column}: {lost}; empty the cell, or correct the item{is_near}"])


def _say_once(said: Stated, row: Record, column: str, value: object, *about: str) -> None:
    """Note what a row says. Raises `InputRefused` with both rows if another one says something else."""
    before, first = said.setdefault((column, *about), (value, row))
    if before != value:
        here, there = row[column] or "nothing", f"{first[column] or 'nothing'} in {first.where.rpartition(': ')[2]}"
        both = f"the file says {here} for {quoted(row[ITEM])} here, and {there}"
        raise InputRefused([f"{row.where}, {column}: {both}; keep the one that is right"])


def _add(document: dict[str, Any], row: Record, number: float | None, said: Stated) -> None:
    """Add the fact of one row. What is none of the known items is a post of another executive."""
    item, leadership = words(row[ITEM]), document["leadership"] if words(row[ITEM]) not in FIGURES else {}
    if item in FIGURES or item in TOTALS:
        if number is None:
            raise InputRefused([f"{row.where}, {NUMBER}: the number for {row[ITEM]!r} is missing"])
        value: int | float = round(number) if number.is_integer() else number
        _say_once(said, row, NUMBER, value, item)
        if on := date_in(row, YEAR_END):
            _say_once(said, row, YEAR_END, on)
        if item in TOTALS:
            leadership.setdefault(TOTALS[item], {"entries": []})["of"] = value
        else:
            section, name = FIGURES[item]
            document[section][name] = {"value": value} if section == "context" else value
    elif item in NON_EXECUTIVES:
        member = {"role": NON_EXECUTIVES[item], **_dated(row, "since", FROM)}
        leadership.setdefault("non_executives", {"entries": []})["entries"].append(member)
    elif item in POSTS:
        _add_holder(leadership.setdefault(POSTS[item], {}), row, said)
    else:
        posts = leadership.setdefault("other_executives", {"entries": []})["entries"]
        post = next((one for one in posts if words(one["role"]) == item), None)
        if post is None:
            post = {"role": row[ITEM]}
            posts.append(post)
        _add_holder(post, row, said)


def _add_holder(post: dict[str, Any], row: Record, said: Stated) -> None:
    """Add a spell to a post. "Complete since" says that everyone who held it from then on is listed."""
    holders = post.setdefault("holders", {"entries": []})
    spell: dict[str, Any] = {}
    for column, name in ((HOLDER, "holder"), (HELD, "kind")):
        if row[column]:
            try:
                spell[name] = _SPELL.part(name).read(row[column])
            except NotAnAnswer as wrong:
                raise InputRefused([f"{row.where}, {column}: {wrong}"]) from None
    spell |= _dated(row, "since", FROM)
    spell |= {"until": "present"} if words(row[TO]) in PRESENT else _dated(row, "until", TO)
    about = POSTS.get(words(row[ITEM]), words(row[ITEM]))
    for column, name in ((HELD, "kind"), (TO, "until")) if {"holder", "since"} <= spell.keys() else ():
        _say_once(said, row, column, spell.get(name), about, spell["holder"], spell["since"])
    if "holder" not in spell or spell not in holders["entries"]:
        holders["entries"].append(spell)
    if complete := date_in(row, COMPLETE):
        _say_once(said, row, COMPLETE, complete, about)
        holders["complete_from"] = complete
    if "complete_from" in holders:
        holders["of"] = len(holders["entries"])


def _dated(row: Record, name: str, column: str) -> dict[str, str]:
    on = date_in(row, column)
    return {name: on} if on else {}
