"""Formulas that say which questions are not asked after an earlier answer, and how many answers there are.

The spreadsheet works them out while people fill in a workbook. Nothing is read back from them.
"""

from collections.abc import Callable, Sequence

from attrs import field, frozen
from openpyxl.cell.cell import Cell
from openpyxl.utils import absolute_coordinate, quote_sheetname

from engagecheck.intake.questions import NO, NOT_KNOWN, YES, Question
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workbook.layout import LINK, Column, Fact

NOT_ASKED, KEEP = "not asked", "not asked: keep or remove"


@frozen
class Answers:
    """The cells of the answers written so far.

    `cells` has the reference and question of each, and `closed` the formula that is true if a question is not asked, both
    by JSON Pointer. `leaves` are, by sheet, the cells of answers to single questions, each with its cell of `asked_cell`.
    `listed` are, by sheet, the cells of the first column of a list.
    """

    cells: dict[str, tuple[str, Question]] = field(factory=dict)
    closed: dict[str, str] = field(factory=dict)
    leaves: dict[str, list[tuple[str, str]]] = field(factory=dict)
    listed: dict[str, str] = field(factory=dict)

    def add(self, fact: Fact, answer: Cell, asked: Cell) -> None:
        """Note the cell of an answer, and write a formula next to it that says if it is not asked."""
        self.cells[fact.pointer] = _reference(answer), fact.question
        parent = fact.pointer.rpartition("/")[0]
        closed = [self.closed[parent]] if parent in self.closed else []
        closed += _closed(fact.question, lambda path: self.cells.get(_pointer(path, parent)))
        if closed:
            self.closed[fact.pointer] = _any_of(closed)
        if not fact.question.is_leaf:
            return
        self.leaves.setdefault(answer.parent.title, []).append((answer.coordinate, asked.coordinate))
        if closed:
            asked.value = f'=IF({_any_of(closed)},IF({answer.coordinate}="","{NOT_ASKED}","{KEEP}"),"")'

    def closed_column(self, column: Column) -> str:
        """The formula that is true if earlier answers on other sheets close a column; empty if there are none."""
        if column.question is None:
            return ""
        return _any_of(_closed(column.question, lambda path: self.cells.get(_pointer(path, "")) if "." in path else None))

    def progress(self, sheet: str) -> tuple[str, str, str, str]:
        """Formulas for a sheet: the answers, the questions asked, the entries listed, the answers no longer asked for."""
        name, cells = quote_sheetname(sheet), self.leaves.get(sheet, [])
        listed = f"=COUNTA({self.listed[sheet]})" if sheet in self.listed else ""
        if not cells:
            return "", "", listed, ""
        answers, asked = (f"{name}!{first}:{last}" for first, last in zip(cells[0], cells[-1], strict=True))
        kept = f'COUNTIF({asked},"{KEEP}")'
        closed = f'COUNTIF({asked},"{NOT_ASKED}*")'
        others = f'COUNTIF({answers},"{LINK}*")-COUNTIF({answers},"{NOT_KNOWN}")-{kept}'
        return f"=COUNTA({answers})-{others}", f"={len(cells)}-{closed}", listed, kept


def closed_in_row(column: Column, columns: Sequence[Column], cell_of: Callable[[str], str]) -> str:
    """The formula that is true if other cells of the same row close a cell; empty if none can. `cell_of` gives their cells."""
    if column.question is None:
        return ""
    group = column.key.rpartition("/")[0]
    questions = {one.key: one.question for one in columns if one.question}

    def found(path: str) -> tuple[str, Question] | None:
        key = f"{group}/{path}" if group else path
        return (cell_of(key), questions[key]) if "." not in path and key in questions else None

    return _any_of(_closed(column.question, found))


def _closed(question: Question, find: Callable[[str], tuple[str, Question] | None]) -> list[str]:
    return [_excludes(*cell, wanted) for path, wanted in question.asked_if.items() if (cell := find(path))]


def _excludes(cell: str, earlier: Question, wanted: object) -> str:
    """The formula that is true if the earlier answer is stated and does not leave a question open."""
    if isinstance(wanted, dict):
        return f"IF(ISNUMBER({cell}),{cell}<{wanted['minimum']},FALSE)"
    if earlier.kind is Kind.YES_NO:
        return f'{cell}="{NO if wanted else YES}"'
    labels = [earlier.answers[str(value)] for value in (wanted if isinstance(wanted, list) else [wanted])]
    others = ",".join(f'{cell}<>"{label}"' for label in ("", NOT_KNOWN, *labels))
    return f"AND({others})"


def _any_of(formulas: Sequence[str]) -> str:
    return formulas[0] if len(formulas) == 1 else f"OR({','.join(formulas)})" if formulas else ""


def _pointer(path: str, parent: str) -> str:
    return f"/{path.replace('.', '/')}" if "." in path else f"{parent}/{path}"


def _reference(cell: Cell) -> str:
    return f"{quote_sheetname(cell.parent.title)}!{absolute_coordinate(cell.coordinate)}"
