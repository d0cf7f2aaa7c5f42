"""From an empty folder to a board paper with a spreadsheet alone: typing, saving, and putting right what the program names."""

import io

import docx
import pytest
from openpyxl import load_workbook
from test_workbook import converted

STEPS = (
    ("Organisation", "C6", "31/13/2026", "is not a date", "31/03/2026"),
    ("Appraisal", "C7", "four hundred", "is not a number", 612),
    ("Appraisal", "C8", "=400+171", "there is a formula here", 571),
    ("Appraisal", "C11", -8, "too small", 8),
    ("Selection", "C9", 24, "you counted 24 but said there are 22 in total", 21),
    ("Divisions", "C10", "Medicine", "you listed 2 but said there is 1 in total", "Medicine"),
    ("Divisions", "E10", "maybe", "enter yes or no", "Yes"),
    ("Talent", "C17", "120%", "too large", "45%"),
    ("Learning", "G8", "E9", "no evidence has the id 'E9'", "E1"),
    ("Evidence", "D6", None, "Title is missing", "Annual report"),
    ("Chief executive holders", "C11", "Jane Smith", "Never give a name", "A"),
)
"""A cell, the mistake that is typed into it, what the program says about it, and what is typed then."""
LATER = (
    ("Organisation", "C16", "No", "is always a designated body", "Yes"),
    ("Appraisal", "C20", "24 September 2027", "is after the profile date, 31 March 2026", "24 September 2025"),
)
"""Mistakes that only a profile with a date and a kind of organisation can have."""
RIGHT = (
    ("Organisation", "C8", "A trust (invented)"), ("Organisation", "C9", "NHS trust"), ("Organisation", "C10", "England"), ("Organisation", "C12", "April 1998"),
    ("Appraisal", "C10", 33), ("Selection", "C8", 22), ("Divisions", "C7", 1), ("Divisions", "C11", "Surgery"), ("Learning", "C8", "May 2022"),
    ("Evidence", "C6", "E1"), ("Evidence", "E6", "Annual report"), ("Chief executive holders", "C7", 1),
    ("Chief executive holders", "E11", "Mar-21"), ("Chief executive holders", "F11", "Still in post"),
)  # fmt: skip


def typed(path, cells):
    """Type into cells as a person does, and save with LibreOffice."""
    book = load_workbook(path)
    for sheet, cell, text in cells:
        book[sheet][cell] = text
    out = io.BytesIO()
    book.save(out)
    (saved,) = converted(path.parent, [out.getvalue()])
    path.write_bytes(saved)


@pytest.mark.exhaustive
def test_from_an_empty_folder_to_a_board_paper(run, tmp_path):
    path = tmp_path / "profile.xlsx"
    assert b"Then: engagecheck validate profile.xlsx" in run("new", "profile.xlsx").stderr
    typed(path, [*RIGHT, *((sheet, cell, wrong) for sheet, cell, wrong, _, _ in STEPS)])
    for steps in (STEPS, LATER):
        said = run("validate", "profile.xlsx")
        assert said.returncode == 3
        lines = said.stderr.decode().splitlines()
        for sheet, cell, _, words, _ in steps:
            assert [line for line in lines if line.startswith(f"profile.xlsx: {sheet}!{cell}: ") and words in line], (sheet, cell, lines)
        assert "Correct them, and give the same command again." in lines[-1]
        typed(path, [*((sheet, cell, right) for sheet, cell, _, _, right in steps), ("Divisions", "C7", 2), *(one[:3] for one in LATER if steps is STEPS)])
    said = run("validate", "profile.xlsx")
    assert said.returncode == 0, said.stderr
    for words in ("Organisation!C6: '31/03/2026' is read as 31 March 2026", "Chief executive holders!E11: 'Mar-21' is read as March 2021", "Talent!C17: '45%' is read as 45"):
        assert words in said.stdout.decode()
    done = run("audit", "profile.xlsx", "-f", "docx=board-paper.docx", "-f", "xlsx=tracker.xlsx", "--meeting", "14 May 2026")
    assert done.returncode == 1, done.stderr
    assert done.stdout.decode().startswith("A trust (invented)")
    paper = docx.Document(str(tmp_path / "board-paper.docx"))
    text = "\n".join([*(one.text for one in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])
    for words in ("The board is asked to", "31 March 2026", "14 May 2026", "571 of 612", "21 of 22", "Draft"):
        assert words in text, words
