"""Tables of a Word document, and the scale of a score, which is drawn as a table so that its numbers are text."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from attrs import frozen

from engagecheck.papers.wording import unbroken

DARK, MIDDLE, PALE, WHITE = "005EB8", "99C7EB", "E8EDEE", "FFFFFF"
FILL_IN = "To be filled in"


@frozen
class Cell:
    """A cell of a table: its text, its fill as a colour, and whether it is bold. A dark fill has white text."""

    text: str
    fill: str = ""
    bold: bool = False
    centred: bool = False


def add_table(
    document: Any, width: int, names: Sequence[str], rows: Sequence[Sequence[str | Cell]], widths: Sequence[float], about: str,
    *, together: bool = False,
) -> None:  # fmt: skip
    """Add a table of this width. `names` become a heading row that every page repeats; a table without them has none.

    `widths` are relative. `about` is the text alternative. No row breaks over a page, nor does a table that stays together.
    """
    table = document.add_table(rows=0, cols=len(widths))
    table.autofit = False
    # A template may lack the style for borders, so they are set on the table. Word takes its properties in this order only.
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("tblBorders", *(element(side, val="single", sz="4", color="768692") for side in sides))
    table._tbl.tblPr.insert_element_before(borders, "w:tblLayout", "w:tblCellMar", "w:tblLook", "w:tblDescription")
    table._tbl.tblPr.append(element("tblDescription", val=about))
    columns = [round(width * part / sum(widths)) for part in widths]
    for column, size in zip(table.columns, columns, strict=True):
        column.width = size
    heads: list[Sequence[str | Cell]] = [[Cell(name, PALE, True) for name in names]] if names else []
    lines = [*heads, *rows]
    for number, line in enumerate(lines):
        row, is_head = table.add_row(), number < len(heads)
        properties = row._tr.get_or_add_trPr()
        properties.append(element("cantSplit"))
        if is_head:
            properties.append(element("tblHeader"))
        stays = is_head or (together and number < len(lines) - 1)
        for cell, content, size in zip(row.cells, line, columns, strict=True):
            cell.width = size
            _fill(cell, content if isinstance(content, Cell) else Cell(content), stays)


def add_scale(document: Any, width: int, low: float, high: float, edges: Sequence[int], text: str, about: str) -> None:
    """Draw an interval between 0 and 100 to scale, with its text above it and the `edges` below."""
    if high - low < 1:
        low, high = max(low - 0.5, 0), min(high + 0.5, 100)
    start = min(max((low + high) / 2 - 12, 0), 76)
    marks = sorted({0, 100, *edges, low, high})
    bar = [(start, end, "", DARK if low <= start and end <= high else PALE) for start, end in pairwise(marks)]
    below = [(min(max(edge - 3, 0), 94), min(max(edge + 3, 6), 100), str(edge), "") for edge in (0, *edges, 100)]
    rows = [_filled_up([(start, start + 24, text, "")]), bar, _filled_up(below)]
    grid = sorted({edge for row in rows for part in row for edge in part[:2]})
    table = document.add_table(rows=len(rows), cols=len(grid) - 1)
    table.autofit = False
    table._tbl.tblPr.append(element("tblDescription", val=about))
    for column, (start, end) in zip(table.columns, pairwise(grid), strict=True):
        column.width = round(width * (end - start) / 100)
    for line, row in zip(table.rows, rows, strict=True):
        cells = line.cells
        for start, end, words, fill in row:
            cell = cells[grid.index(start)].merge(cells[grid.index(end) - 1])
            cell.width = round(width * (end - start) / 100)
            _fill(cell, Cell(words, fill, row is rows[0], centred=True), row is not rows[-1])
            # A part of a scale can be narrower than the usual margins.
            margins = element("tcMar", *(element(side, w="0", type="dxa") for side in ("left", "right")))
            cell._tc.get_or_add_tcPr().append(margins)


def _fill(cell: Any, content: Cell, stays: bool) -> None:
    """Write a cell. If it `stays`, its row is on the page of the next row."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import RGBColor

    for number, line in enumerate(content.text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        run = paragraph.add_run(unbroken(line))
        run.bold, run.italic = content.bold or None, (line == FILL_IN) or None
        paragraph.paragraph_format.space_after = 0
        paragraph.paragraph_format.keep_with_next = stays or None
        if content.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if content.fill == DARK:
            run.font.color.rgb = RGBColor.from_string(WHITE)
    if content.fill:
        cell._tc.get_or_add_tcPr().append(element("shd", val="clear", fill=content.fill))


_Part = tuple[float, float, str, str]
"""A part of a row of a scale: its start and end from 0 to 100, its text, and its fill."""


def _filled_up(parts: Sequence[_Part]) -> list[_Part]:
    """The parts of a row, with empty ones between them, from 0 to 100."""
    row: list[_Part] = []
    for start, end, text, fill in (*parts, (100.0, 100.0, "", "")):
        done = row[-1][1] if row else 0.0
        row += [(done, start, "", "")] if start > done else []
        row += [(start, end, text, fill)] if end > start else []
    return row


def element(tag: str, *parts: Any, text: str | None = None, **attributes: str) -> Any:
    """An element of Word's XML, for what python-docx has no public interface. Names are without their prefix `w:`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    new = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): value for name, value in attributes.items()})
    new.extend(parts)
    new.text = text
    return new
