"""What is typed into a cell of a workbook that takes no answer is named by its cell, and never dropped in silence."""

import json
from datetime import date
from functools import cache

import pytest
from test_workbook import book_of, bytes_of, converted, read

from conftest import BARE, EXAMPLES
from engagecheck import InputRefused, load_profile
from engagecheck.intake.workbook.layout import FACTS, LINK, MORE, ROWS, sheets
from engagecheck.intake.workbook.writing import write
from engagecheck.intake.workflow.roll_forward import roll_forward

FULL = json.loads((EXAMPLES / "harbour-vale.json").read_text("utf-8"))


@cache
def next_year():
    """A profile with columns for last year, as JSON."""
    return json.dumps(roll_forward(FULL, date(2027, 3, 31)))


def is_open(cell, begin):
    """Whether a cell takes an answer: it is not locked, or is the number of a row of a list."""
    return not cell.protection.locked or (cell.column == 2 and cell.row >= begin)


def fill(book):
    """Write into each cell that takes no answer and has no text of ours, and over each link. Returns these cells."""
    typed = set()
    for plan in sheets():
        sheet = book[plan.name]
        size = sheet.max_row + 2, sheet.max_column + 2
        lists = [cell.row + 2 for cell in sheet["A"] if str(cell.value).startswith(f"{ROWS} ")]
        begin, last = (lists[0], sheet.max_row) if plan.table else (size[0] + 1, 0)
        for row in sheet.iter_rows(max_row=last or size[0], min_col=2, max_col=size[1]):
            for cell in row:
                is_key = sheet.cell(cell.row, 1).value == FACTS or str(sheet.cell(cell.row, 1).value).startswith(ROWS)
                if is_key or is_open(cell, begin) or (cell.value and not str(cell.value).startswith(LINK)):
                    continue
                cell.value, cell.hyperlink = "22 of 22", None
                typed.add(f"{plan.name}!{cell.coordinate}")
    return typed


@pytest.mark.parametrize("text", [lambda: "{}", lambda: json.dumps(FULL), next_year], ids=["empty", "full", "next year"])
@pytest.mark.exhaustive
def test_every_cell_that_takes_no_answer_is_named_if_something_is_in_it(text):
    document = json.loads(text())
    book = book_of(document)
    assert read(bytes_of(book)).faults == ()
    typed = fill(book)
    assert len(typed) > 1000
    assert {name.partition("!")[0] for name in typed} == {plan.name for plan in sheets()}
    found = read(bytes_of(book))
    assert {cell for cell, _ in found.faults} == typed
    others = {words for _, words in found.faults if not words.startswith("'22 of 22' is in a cell that takes no answer; move it to ")}
    assert all("Confirmed, From last year, not yet confirmed" in words for words in others), others
    assert found.document == {"organisation": {}, **document}


@pytest.mark.parametrize(
    ("cell", "typed", "where"),
    [
        ("Selection!F9", "may not say", "Selection!F7"), ("Selection!G9", "NOPE", "Selection!G7"), ("Selection!H9", "a remark", "Selection!H7"), ("Selection!C7", "22 of 22", "a yellow cell"),
        ("Structure!C7", 5, "Divisions!C7"), ("Structure!G7", "E1", "Divisions!G6"), ("Appraisal!H7", "a remark", "Appraisal!H6"), ("Appraisal!E7", "yes", "a yellow cell"), ("Appraisal!K7", "beyond", "a yellow cell"),
        ("Appraisal!C40", "below", "a yellow cell"), ("Appraisal!C3", "above", "a yellow cell"), ("Appraisal!K4", "a key", "a yellow cell"), ("Divisions!B60", "see HR", "a yellow cell"), ("Divisions!M10", "beyond", "a yellow cell"),
        ("Perceptions items!D90", "the first one", "a yellow cell"), ("Perceptions items!B9", "see HR", "a yellow cell"), ("Other executives holders!C40", "Chief Nurse", "a yellow cell"), ("More!D2", "above", "a yellow cell"),
    ],
)  # fmt: skip
@pytest.mark.exhaustive
def test_the_sentence_says_what_to_do(cell, typed, where):
    book = book_of(FULL)
    name, _, coordinate = cell.partition("!")
    book[name][coordinate] = typed
    with pytest.raises(InputRefused) as refused:
        load_profile(bytes_of(book), name="p.xlsx")
    assert list(refused.value.complaints) == [f"p.xlsx: {cell}: '{typed}' is in a cell that takes no answer; move it to {where}, or delete it"]


def test_a_figure_of_last_year_is_not_changed_in_its_column():
    book = book_of(json.loads(next_year()))
    (column,) = (cell.column for cell in book["Appraisal"][4] if cell.value == "last")
    cell = next(row[column - 1] for row in book["Appraisal"].iter_rows(min_row=6) if row[column - 1].value == "612")
    cell.value = 613
    assert read(bytes_of(book)).faults == ((f"Appraisal!{cell.coordinate}", "'613' is in a cell that takes no answer; move it to a yellow cell, or delete it"),)


def test_a_spoilt_figure_of_last_year_is_named_itself():
    book = book_of(json.loads(next_year()))
    sheet, row = book["Appraisal"], book[MORE].max_row + 1
    book[MORE].cell(row, 2).value, book[MORE].cell(row, 3).value = '"/last_year/figures/~1appraisal~1board_report_on"', "[]"
    (column,) = (cell.column for cell in sheet[4] if cell.value == "last")
    sheet.cell(next(cell.row for cell in sheet["A"] if cell.value == "/appraisal/board_report_on"), column).value = "2025"
    with pytest.raises(InputRefused) as refused:
        load_profile(bytes_of(book), name="p.xlsx")
    assert [line.split(": ")[1] for line in refused.value.complaints] == [f"{MORE}!B{row}"]


def test_a_formula_beside_the_questions_is_named_too():
    book = book_of(FULL)
    book["Appraisal"]["N7"] = "=C7-C8"
    assert read(bytes_of(book)).faults == (("Appraisal!N7", "a formula is in a cell that takes no answer; move it to a yellow cell, or delete it"),)


def test_a_column_that_stands_there_twice_is_read_once_and_the_other_is_named():
    book = book_of(FULL)
    book["Appraisal"]["L4"], book["Appraisal"]["L7"] = "answer", 612
    book["Appraisal"]["C8"] = None
    faults = dict(read(bytes_of(book)).faults)
    assert "Appraisal!C7" in faults
    assert "Appraisal!L7" not in faults


def test_texts_of_ours_in_other_words_and_what_is_on_sheets_of_ones_own_are_left_alone():
    book = book_of(FULL)
    book["Selection"]["B7"], book["Selection"]["I9"], book["Selection"]["B1"], book["Divisions"]["C9"] = "How many panels?", "What that means", "Choosing", "Its name"
    book["Appraisal"]["B60"] = "  "
    book["Guide"]["H9"] = "ask Sam"
    book.create_sheet("Our notes")["B2"] = "ask Sam"
    found = read(bytes_of(book))
    assert found.faults == ()
    assert found.document == FULL


@pytest.mark.parametrize("sheet", ["Appraisal", "Divisions", MORE])
def test_a_sheet_without_its_hidden_keys_is_refused(sheet):
    book = book_of(FULL)
    for cell in book[sheet]["A"]:
        if cell.value in (FACTS, "json"):
            cell.value = None
    with pytest.raises(InputRefused, match=f"the sheet {sheet} has lost its hidden keys"):
        load_profile(bytes_of(book))


@pytest.mark.parametrize("pointer", ["5", '"5"', "null", '["/note"]', '""'])
def test_a_changed_row_of_facts_without_a_cell_is_named(pointer):
    book = book_of(FULL)
    row = book[MORE].max_row + 1
    book[MORE].cell(row, 2).value, book[MORE].cell(row, 3).value = pointer, '"a"'
    assert [cell for cell, _ in read(bytes_of(book)).faults] == [f"{MORE}!B{row}"]


def test_a_row_that_only_says_what_it_belongs_to_comes_back():
    """An entry without an answer, as the program writes it."""
    document = {**BARE, "perceptions": {"doctors": {"items": {"own-item": {}}}}, "leadership": {"other_executives": {"of": 1, "entries": [{"role": "A", "holders": {"of": 1, "entries": [{}]}}]}}}
    found = read(write(document))
    assert found.faults == ()
    assert found.document == document


@pytest.mark.exhaustive
def test_what_libreoffice_saved_again_is_named_alike(tmp_path):
    books = [book_of(json.loads(next_year())) for _ in range(2)]
    typed = fill(books[1])
    clean, filled = converted(tmp_path, [bytes_of(book) for book in books])
    assert read(clean).faults == ()
    assert {cell for cell, _ in read(filled).faults} == typed
