"""A Word document: styles, paragraphs and lists, from scratch or in the organisation's own template (extra `office`)."""

import io
from collections.abc import Iterable, Sequence
from typing import Any
from zipfile import ZipFile

from engagecheck.errors import InputRefused, needs_extra
from engagecheck.intake import archives
from engagecheck.papers import word_tables, word_template
from engagecheck.papers.word_tables import Cell, element
from engagecheck.papers.wording import unbroken

BLUE = "003087"
_HEADINGS = {"Title": 16, "Heading 1": 14, "Heading 2": 11}
_TEXT_WIDTH = 6_120_000
"""17 cm in the unit of Word, for a template that does not state its margins."""
_LEAST_WIDTH = 1_440_000
"""4 cm. A template whose page has less room for text is refused."""
_STYLES = ("title", "heading 1", "heading 2", "normal", "list bullet")
_NO_ROOM = "its page has no room for text; correct size and margins in Word"
_NO_STYLE = "Title, Heading 1, Heading 2, Normal and List Bullet must be styles of paragraphs; correct them in Word"
_NO_TEMPLATE = "is no Word document; open it in Word and save it as a Word document (.docx)"


def opened(template: bytes, name: str = "--template") -> Any:
    """The organisation's own document, without its text and properties: styles, header, footer and page are kept.

    Raises `InputRefused` if it is no Word document or has macros, and `UsageRefused` if the extra is not installed.
    """
    with needs_extra("office", name):
        from docx import Document
        from docx.oxml.ns import qn
    document = archives.opened(template, name, lambda file: None if _has_macros(template) else Document(file), _NO_TEMPLATE)
    if document is None:
        raise InputRefused([f"{name}: has macros; save it as a Word document without macros (.docx)"])
    body = document.element.body
    # A later section takes header and footer from the first, so the first is the one to keep.
    section = None if body is None else next(body.iter(qn("w:sectPr")), None)
    if section is None:
        raise InputRefused([f"{name}: {_NO_TEMPLATE}"])
    for part in list(body):
        body.remove(part)
    body.append(section)
    word_template.strip(document)
    if fault := _fault(document):
        raise InputRefused([f"{name}: {fault}"])
    return document


def _fault(document: Any) -> str:
    """What a paper cannot be written with; empty if there is nothing."""
    from docx.enum.style import WD_STYLE_TYPE

    fault = _NO_ROOM
    try:
        if _text_width(document) < _LEAST_WIDTH:
            return fault
        fault = _NO_STYLE
        named = (style for style in document.styles if str(style.name).lower() in _STYLES)
        return fault if any(style.type != WD_STYLE_TYPE.PARAGRAPH for style in named) else ""
    except ValueError:  # a number or a kind that Word does not know
        return fault


def _text_width(document: Any) -> int:
    section = document.sections[0]
    width, left, right = section.page_width, section.left_margin, section.right_margin
    return int(width - left - right) if width and left and right else _TEXT_WIDTH


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
        self._width = _text_width(self.document)

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
        return archives.without_clock(out.getvalue(), is_replaceable=True)

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
        self, names: Sequence[str], rows: Sequence[Sequence[str | Cell]], widths: Sequence[float], about: str,
        *, together: bool = False,
    ) -> None:  # fmt: skip
        """Add a table, as `word_tables.add_table` does."""
        word_tables.add_table(self.document, self._width, names, rows, widths, about, together=together)
        self._gap()

    def scale(self, low: float, high: float, edges: Sequence[int], text: str, about: str) -> None:
        """Draw an interval between 0 and 100, as `word_tables.add_scale` does."""
        word_tables.add_scale(self.document, self._width, low, high, edges, text, about)
        self._gap()

    def footer(self, text: str) -> None:
        """Write the footer, with the number of the page."""
        paragraph = self.document.sections[0].footer.paragraphs[0]
        for before, field in ((f"{text}. Page ", "PAGE"), (" of ", "NUMPAGES")):
            paragraph.add_run(before)
            begin, end = element("fldChar", fldCharType="begin"), element("fldChar", fldCharType="end")
            paragraph.add_run()._r.extend([begin, element("instrText", text=field), end])

    def _gap(self) -> None:
        """A small gap after a table, without which Word would join two tables."""
        from docx.shared import Pt

        gap = self.document.add_paragraph().paragraph_format
        gap.space_before = gap.space_after = 0
        gap.line_spacing = Pt(8)

    def _write(self, paragraph: Any, text: str, strong: str) -> None:
        if strong:
            paragraph.add_run(strong).bold = True
        paragraph.add_run(unbroken(f" {text}" if strong and text else text))

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
        document.styles["Normal"].element.get_or_add_rPr().append(element("lang", val="en-GB", eastAsia="en-GB"))
        for lang in document.styles.element.iter(qn("w:lang")):
            lang.set(qn("w:val"), "en-GB")
        page = document.sections[0]
        page.page_width, page.page_height = Cm(21), Cm(29.7)
        page.left_margin = page.right_margin = Cm(2)
        page.top_margin = page.bottom_margin = Cm(1.8)

    def _add_missing_styles(self) -> None:
        """Add the headings that a template does not define. Word saves only the styles that a document has used."""
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        styles = self.document.styles
        stored = {name.lower(): name for name in ("Normal", "Title", "List Bullet", "heading 1", "heading 2")}
        for style in styles.element.style_lst:  # LibreOffice stores "Heading 1", and Word "heading 1"
            style.name_val = stored.get(str(style.name_val).lower(), style.name_val)
        for name, size in (("Normal", 10), *_HEADINGS.items()):
            if name not in styles:
                style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=True)
                style.font.size, style.font.bold = Pt(size), name in _HEADINGS
                style.paragraph_format.space_before = Pt(10)
                if name.startswith("Heading"):
                    style.element.get_or_add_pPr().append(element("outlineLvl", val=str(int(name[-1]) - 1)))
        self._bullet = "" if "List Bullet" in styles else "•"
