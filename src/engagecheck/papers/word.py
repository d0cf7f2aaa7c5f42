"""A Word document: styles, paragraphs and tables, from scratch or in the organisation's own template (extra `office`)."""

import io
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any
from zipfile import ZipFile

from attrs import frozen

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake import archives

BLUE, DARK, MIDDLE, PALE, WHITE = "003087", "005EB8", "99C7EB", "E8EDEE", "FFFFFF"
FILL_IN = "To be filled in"
_HEADINGS = {"Title": 16, "Heading 1": 14, "Heading 2": 11}
_TEXT_WIDTH = 6_120_000
"""17 cm in the unit of Word, for a template that does not state its margins."""
_NO_TEMPLATE = "is no Word document; open it in Word and save it as a Word document (.docx)"


@frozen
class Cell:
    """A cell of a table: its text, its fill as a colour, and whether it is bold. A dark fill has white text."""

    text: str
    fill: str = ""
    bold: bool = False
    centred: bool = False


def opened(template: bytes, name: str = "--template") -> Any:
    """The organisation's own document, without its text: styles, header, footer and page are kept.

    Raises `InputRefused` if it is no Word document or has macros, and `UsageRefused` if the extra is not installed.
    """
    try:
        from docx import Document
        from docx.oxml.ns import qn
    except ImportError:
        raise UsageRefused(f"{name}: {archives.EXTRA}") from None
    try:
        archives.inspect(template)
        if _has_macros(template):
            raise archives.UnsafeArchive("has macros; save it as a Word document without macros (.docx)")
        document = Document(io.BytesIO(template))
    except archives.UnsafeArchive as unsafe:
        raise InputRefused([f"{name}: {_NO_TEMPLATE if str(unsafe) == archives.DAMAGED else unsafe}"]) from None
    except Exception:  # python-docx lets any error of its parsers through
        raise InputRefused([f"{name}: {_NO_TEMPLATE}"]) from None
    body = document.element.body
    # A later section takes header and footer from the first, so the first is the one to keep.
    section = next(body.iter(qn("w:sectPr")), None)
    for part in list(body):
        body.remove(part)
    if section is not None:
        body.append(section)
    return document


def _has_macros(raw: bytes) -> bool:
    with ZipFile(io.BytesIO(raw)) as archive:
        parts = archive.namelist()
        types = archive.read("[Content_Types].xml") if "[Content_Types].xml" in parts else b""
    return b"macroEnabled" in types or any(part.endswith("vbaProject.bin") for part in parts)


class WordPaper:
    """A Word document, built from the top down."""

    def __init__(self, template: bytes | None) -> None:
        from docx import Document

        self.document = Document() if template is None else opened(template)
        if template is None:
            self._set_looks()
        self._add_missing_styles()
        section = self.document.sections[0]
        width, left, right = section.page_width, section.left_margin, section.right_margin
        self._width = width - left - right if width and left and right else _TEXT_WIDTH

    def properties(self, title: str, subject: str, author: str) -> None:
        """Set the properties of the document. Nobody's name stays in them."""
        properties = self.document.core_properties
        properties.title, properties.subject, properties.author = title[:255], subject[:255], author[:255]
        properties.language, properties.comments, properties.keywords = "en-GB", "", ""
        properties.last_modified_by, properties.revision = "", 1

    def saved(self) -> bytes:
        """The bytes of the document. The same content gives the same bytes."""
        out = io.BytesIO()
        self.document.save(out)
        return archives.without_clock(out.getvalue())

    def heading(self, text: str, level: int, *, on_new_page: bool = False) -> None:
        """Add a heading: level 0 is the title. It stays on the page of what follows."""
        paragraph = self.document.add_paragraph(text, style="Title" if level == 0 else f"Heading {level}")
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.page_break_before = on_new_page or None

    def say(self, text: str, *, strong: str = "", soft: bool = False, attached: bool = False) -> None:
        """Add a paragraph. `strong` is its bold beginning. If `attached`, it stays on the page of what follows."""
        paragraph = self.document.add_paragraph()
        self._write(paragraph, text, strong)
        paragraph.paragraph_format.keep_with_next = attached or None
        for run in paragraph.runs if soft else ():
            run.italic = True

    def items(self, texts: Iterable[str | tuple[str, str]], *, numbered: bool = False, mark: str = "") -> None:
        """Add a list. An item is a text, or a bold beginning with its text. `mark` stands in place of the bullets."""
        from docx.shared import Pt

        for number, item in enumerate(texts, 1):
            strong, text = item if isinstance(item, tuple) else ("", item)
            # Numbers are typed, because Word would count on from one list to the next.
            typed = f"{number}." if numbered else mark or self._bullet
            paragraph = self.document.add_paragraph(f"{typed}\t" if typed else "", style=None if typed else "List Bullet")
            self._write(paragraph, text, strong)
            if typed:
                paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Pt(18), Pt(-18)
                paragraph.paragraph_format.tab_stops.add_tab_stop(Pt(18))
            paragraph.paragraph_format.space_after = Pt(2)

    def table(
        self, names: Sequence[str] | None, rows: Sequence[Sequence[str | Cell]], widths: Sequence[float], about: str,
        *, together: bool = False,
    ) -> None:  # fmt: skip
        """Add a table. `names` become a heading row that every page repeats. Without them the first column is the heading.

        `widths` are relative. `about` is the text alternative. No row breaks over a page, nor does a table that stays together.
        """
        from docx.oxml import OxmlElement

        table = self.document.add_table(rows=0, cols=len(widths))
        table.autofit = False
        _set_borders(table)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = self._part(width, widths)
        _describe(table, about)
        lines = ([[Cell(name, PALE, True) for name in names]] if names else []) + [list(row) for row in rows]
        for number, line in enumerate(lines):
            row = table.add_row()
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            is_head = bool(names) and number == 0
            if is_head:
                properties.append(OxmlElement("w:tblHeader"))
            for column, (cell, content) in enumerate(zip(row.cells, line, strict=True)):
                cell.width = self._part(widths[column], widths)
                of_head = Cell(str(content), PALE, True) if not names and column == 0 and isinstance(content, str) else content
                stays = is_head or (together and number < len(lines) - 1)
                _fill(cell, of_head if isinstance(of_head, Cell) else Cell(of_head), stays)
        self._gap()

    def scale(self, low: float, high: float, edges: Sequence[int], text: str, about: str) -> None:
        """Draw an interval between 0 and 100 to scale, with its text above it and the `edges` below."""
        if high - low < 1:
            low, high = low - 0.5, high + 0.5
        left = min(max((low + high) / 2 - 12, 0), 76)
        marks = sorted({0, 100, *edges, low, high})
        bar = [(start, end, "", DARK if low <= start and end <= high else PALE) for start, end in pairwise(marks)]
        below = [(min(max(edge - 3, 0), 94), min(max(edge + 3, 6), 100), str(edge), "") for edge in (0, *edges, 100)]
        rows = [_filled_up([(left, left + 24, text, "")]), bar, _filled_up(below)]
        grid = sorted({edge for row in rows for part in row for edge in part[:2]})
        table = self.document.add_table(rows=len(rows), cols=len(grid) - 1)
        table.autofit = False
        _describe(table, about)
        for column, (start, end) in zip(table.columns, pairwise(grid), strict=True):
            column.width = round(self._width * (end - start) / 100)
        for line, row in zip(table.rows, rows, strict=True):
            cells = line.cells
            for start, end, words, fill in row:
                cell = cells[grid.index(start)].merge(cells[grid.index(end) - 1])
                cell.width = round(self._width * (end - start) / 100)
                _fill(cell, Cell(words, fill, row is rows[0], centred=True), row is not rows[-1])
                _narrow(cell)
        self._gap()

    def footer(self, text: str) -> None:
        """Write the footer, with the number of the page."""
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn

        paragraph = self.document.sections[0].footer.paragraphs[0]
        for before, field in ((f"{text}. Page ", "PAGE"), (" of ", "NUMPAGES")):
            paragraph.add_run(before)
            run = paragraph.add_run()
            for kind, code in (("begin", ""), ("", field), ("end", "")):
                part = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    part.set(qn("w:fldCharType"), kind)
                else:
                    part.text = code
                run._r.append(part)  # python-docx has no public interface for fields

    def _gap(self) -> None:
        """A small gap after a table, without which Word would join two tables."""
        from docx.shared import Pt

        gap = self.document.add_paragraph().paragraph_format
        gap.space_before = gap.space_after = 0
        gap.line_spacing = Pt(8)

    def _part(self, width: float, widths: Sequence[float]) -> int:
        return round(self._width * width / sum(widths))

    def _write(self, paragraph: Any, text: str, strong: str) -> None:
        if strong:
            paragraph.add_run(strong).bold = True
        paragraph.add_run(f" {text}" if strong and text else text)

    def _set_looks(self) -> None:
        """Set fonts, colours, language and page size of a document without a template."""
        from docx.oxml.ns import qn
        from docx.shared import Cm, Pt, RGBColor

        document = self.document
        for name, size in (("Normal", 10), *_HEADINGS.items(), ("List Bullet", 10)):
            style = document.styles[name]
            style.font.name, style.font.size = "Arial", Pt(size)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(part), "Arial")
            for part in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
                fonts.attrib.pop(qn(part), None)
            if name in _HEADINGS:
                style.font.color.rgb = RGBColor.from_string(BLUE)
                style.paragraph_format.space_before = Pt(0 if name == "Title" else 10)
                style.paragraph_format.space_after = Pt(3)
        document.styles["Normal"].paragraph_format.space_after = Pt(4)
        language = document.styles["Normal"].element.get_or_add_rPr()
        language.append(language.makeelement(qn("w:lang"), {qn("w:val"): "en-GB", qn("w:eastAsia"): "en-GB"}))
        for lang in document.styles.element.iter(qn("w:lang")):
            lang.set(qn("w:val"), "en-GB")
        page = document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(1.8)

    def _add_missing_styles(self) -> None:
        """Add the headings that a template does not define. Word saves only the styles that a document has used."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.oxml import OxmlElement
        from docx.oxml.ns import qn
        from docx.shared import Pt

        styles = self.document.styles
        for name, size in (("Normal", 10), *_HEADINGS.items()):
            if name not in styles:
                style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
                style.font.size, style.font.bold = Pt(size), name in _HEADINGS
                style.paragraph_format.space_before = Pt(10)
                if name.startswith("Heading"):
                    outline = OxmlElement("w:outlineLvl")
                    outline.set(qn("w:val"), str(int(name[-1]) - 1))
                    style.element.get_or_add_pPr().append(outline)
        self._bullet = "" if "List Bullet" in styles else "•"


def _fill(cell: Any, content: Cell, stays: bool) -> None:
    """Write a cell. If it `stays`, its row is on the page of the next row."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    for number, line in enumerate(content.text.split("\n")):
        paragraph = cell.add_paragraph() if number else cell.paragraphs[0]
        run = paragraph.add_run(line)
        run.bold, run.italic = content.bold or None, (line == FILL_IN) or None
        paragraph.paragraph_format.space_after = 0
        paragraph.paragraph_format.keep_with_next = stays or None
        if content.centred:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        if content.fill == DARK:
            run.font.color.rgb = RGBColor.from_string(WHITE)
    if content.fill:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), content.fill)
        cell._tc.get_or_add_tcPr().append(shade)


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


def _describe(table: Any, about: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), about)
    table._tbl.tblPr.append(description)  # python-docx has no public interface for this


def _narrow(cell: Any) -> None:
    """Take the margins from a cell, because a part of a scale can be narrower than they are."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tcMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "0")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    cell._tc.get_or_add_tcPr().append(margins)


def _set_borders(table: Any) -> None:
    """Thin lines around every cell, set on the table itself because a template may lack the style for it."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        border = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "768692")):
            border.set(qn(f"w:{name}"), value)
        borders.append(border)
    table._tbl.tblPr.append(borders)
