"""The board paper for Word: an NHS cover block, a summary, findings, actions and an appendix (extra `office`)."""

import io
import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Any

from engagecheck.audit.scoring import SCORE_STEPS
from engagecheck.errors import UsageRefused
from engagecheck.intake import archives
from engagecheck.model import headings, labels
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Finding, Report, Score
from engagecheck.papers import rating
from engagecheck.papers.actions import actions
from engagecheck.rules.reporter import Style, reporter

FILL_IN = "To be filled in"
MAX_ACTIONS = 12
BLUE = "003087"
MOST_FLAGS = 6
"""The most red flags that the first page names."""
FALLS_SHORT = (Outcome.ERROR, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.PARTLY_MET)


@reporter("docx", about="The board paper for Word (extra office): cover block, summary, findings, actions.")
def as_board_paper(report: Report, _style: Style) -> bytes:
    """The board paper as a Word document; the same report gives the same bytes.

    Raises `UsageRefused` without the extra.
    """
    try:
        from docx import Document
    except ImportError:
        raise UsageRefused(f"-f docx: {archives.EXTRA}") from None
    paper = Document()
    _set_styles(paper, report)
    _cover(paper, report)
    _summary(paper, report)
    _findings(paper, report)
    _actions(paper, report)
    _appendix(paper, report)
    out = io.BytesIO()
    paper.save(out)
    return archives.without_clock(out.getvalue())


def _set_styles(paper: Any, report: Report) -> None:
    """Set fonts, colours, language, page size and properties of the document, and write the footer."""
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    for name, size in (("Normal", 10), ("Title", 18), ("Heading 1", 14), ("Heading 2", 11), ("List Bullet", 10)):
        style = paper.styles[name]
        style.font.name, style.font.size = "Arial", Pt(size)
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for part in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(part), "Arial")
        for part in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
            fonts.attrib.pop(qn(part), None)
        if name.startswith(("Heading", "Title")):
            style.font.color.rgb = RGBColor.from_string(BLUE)
            style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(10 if size < 18 else 0), Pt(4)
    paper.styles["Normal"].paragraph_format.space_after = Pt(4)
    language = paper.styles["Normal"].element.get_or_add_rPr()
    tag = language.makeelement(qn("w:lang"), {qn("w:val"): "en-GB", qn("w:eastAsia"): "en-GB"})
    language.append(tag)
    for lang in paper.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), "en-GB")
    page = paper.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(1.8)
    properties = paper.core_properties
    properties.title = f"{headings.title(report)}: {report.subject.name}"[:255]
    properties.subject = f"Indicative audit as of {report.as_of}"
    properties.author = f"{report.tool.name} {report.tool.version}"
    properties.language, properties.comments = "en-GB", ""
    properties.keywords = f"{headings.title(report).lower()}, governance, audit"[:255]
    properties.last_modified_by, properties.revision = "", 1
    _footer(page.footer.paragraphs[0], report)


def _footer(paragraph: Any, report: Report) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.add_run(f"{report.tool.name} {report.tool.version}, report {report.report_digest[:12]}. Page ")
    run = paragraph.add_run()
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)  # python-docx has no public interface for fields


def _cover(paper: Any, report: Report) -> None:
    summary = report.summary
    paper.add_paragraph(f"{headings.title(report)}: {report.subject.name}", style="Title")
    ask = f"note the indicative rating “{summary.scale.word}” and what it rests on; agree the actions, their owners and dates"
    ask += "; and ask for what was not shown." if summary.to_collect else "."
    _table(
        paper, None,
        [
            ("Meeting", FILL_IN), ("Date", FILL_IN), ("Title", f"{headings.title(report)}, as of {report.as_of}"),
            ("Author", FILL_IN), ("Lead director", FILL_IN), ("Purpose", "Assurance and decision"),
            ("Indicative assurance level", f"{summary.scale.word}{rating.could_be(summary)}"), ("Strategic risk", FILL_IN),
            ("Previously considered by", FILL_IN), ("Recommendation", f"The Board is asked to {ask}"),
        ],
        (4.5, 12.5), "Cover block: what this paper is, for which meeting, and what the board is asked",
    )  # fmt: skip
    paper.add_paragraph(headings.nature(report))


def _summary(paper: Any, report: Report) -> None:
    from docx.shared import Cm

    summary = report.summary
    paper.add_heading("Summary", 1)
    for alarm in headings.alarms(report):
        paper.add_paragraph().add_run(alarm).bold = True
    _strong(paper, f"Indicative rating: {summary.scale.word}{rating.could_be(summary)}.", summary.scale.definition)
    if held := rating.held_by(summary):
        paper.add_paragraph(f"{held[0].upper()}{held[1:]}.")
    for name, text in rating.ladders(summary):
        paper.add_paragraph(f"{name}: {text}", style="List Bullet")
    counts = rating.flag_counts(summary)
    _strong(paper, f"{counts[0].upper()}{counts[1:]}.", "")
    flags = rating.flags(report)
    for text, _ in flags[:MOST_FLAGS]:
        paper.add_paragraph(text, style="List Bullet")
    if len(flags) > MOST_FLAGS:
        paper.add_paragraph(f"and {len(flags) - MOST_FLAGS} more, each under its area in the findings.")
    score_text = f"Score of 100: {rating.interval(summary.score)}"
    picture = paper.add_picture(io.BytesIO(interval_png(summary.score)), width=Cm(12))
    picture._inline.docPr.set("descr", score_text)  # nor for alternative texts
    picture._inline.docPr.set("title", "The score as an interval")
    edges = ", ".join(str(edge) for edge, _ in reversed(SCORE_STEPS))
    paper.add_paragraph(f"{score_text}. On the ladder of the score, ratings begin at {edges}.")
    _strong(paper, "What we could see:", f"{rating.answered(summary)}.")
    _strong(paper, "Asked for:", f"{rating.gate(summary.gate, report.gate)}.")
    if summary.by_default:
        _strong(paper, "By the defaults:", rating.by_default(summary))
    paper.add_heading("What to do next", 2)
    for step in summary.next_steps[:3]:
        text = f"{labels.recommendation(step.advice)} {rating.step(step, summary)}"
        paper.add_paragraph(text.strip(), style="List Bullet")
    if summary.to_collect:
        paper.add_heading("What was not shown: collect these first", 2)
        for item in summary.to_collect[:3]:
            paper.add_paragraph(f"{item.show}. {rating.collecting(item)}", style="List Bullet")


def _findings(paper: Any, report: Report) -> None:
    paper.add_heading("Findings", 1)
    rows = [headings.area(report, finding) for finding in headings.worst_first(report)]
    _table(paper, ("Area", "Result", "Answered", "Score of 100"), rows, (8.5, 3.7, 2.3, 2.5), "The areas, worst first")
    for finding in headings.worst_first(report):
        if not headings.is_beside(report, finding):
            _finding(paper, finding)


def _finding(paper: Any, finding: Finding) -> None:
    results = [one for outcome in FALLS_SHORT for one in finding.criteria if one.outcome is outcome]
    if not results and not finding.views:
        return
    paper.add_heading(finding.title, 2)
    for view in finding.views:
        paper.add_paragraph(f"{labels.view(view)}.")
    for one in results:
        result = labels.result(one)
        text = f"{one.question} {result[:1].upper()}{result[1:]}."
        if one.outcome is not Outcome.ERROR:
            text += f" Good: {one.yardstick.text}."
        paper.add_paragraph(" ".join([text, *(f"{statement}." for statement in labels.statements(one))]), style="List Bullet")


def _actions(paper: Any, report: Report) -> None:
    paper.add_heading("Actions", 1)
    planned = actions(report)
    if not planned:
        paper.add_paragraph(report.summary.next_steps[-1].advice.text)
        return
    # One document can answer several questions. The board asks for it once.
    rows = list(dict.fromkeys((one.action, one.owner, one.due or one.horizon, one.success) for one in planned))
    names, about = ("Action", "Owner", "Due", "Measure of success"), "Actions, those first that change most"
    _table(paper, names, rows[:MAX_ACTIONS], (6.8, 3, 2.2, 5), about)
    if len(rows) > MAX_ACTIONS:
        paper.add_paragraph(f"The action tracker holds all {len(planned)} actions; these are the first of them.")


def _appendix(paper: Any, report: Report) -> None:
    paper.add_heading("Appendix", 1)
    for title, lines in _lists(report):
        if lines:
            paper.add_heading(title, 2)
            for line in lines:
                paper.add_paragraph(line, style="List Bullet")
    paper.add_heading("What the words mean", 2)
    for word, meaning in (*((scale.word, scale.definition) for scale in report.summary.levels), *labels.MEANINGS):
        _strong(paper, f"{word}:", meaning)
    paper.add_heading("Sources", 2)
    paper.add_paragraph(" ".join(labels.published(source) for source in labels.sources(report)))


def _lists(report: Report) -> Iterator[tuple[str, list[str]]]:
    yield "Where this audit departs from the defaults", [
        f"{one.what}: {one.used}; by default: {one.default}. {one.reason}".rstrip() for one in report.deviations
    ]
    yield "Accepted gaps and attestations that do not count", [
        f"{note.kind} for {note.criterion}: {note.why}." for note in report.override_notes
    ]
    yield "Out of date within 90 days", [f"{item.what}: until {item.on}." for item in report.expiring]


def _strong(paper: Any, head: str, text: str) -> None:
    paragraph = paper.add_paragraph()
    paragraph.add_run(head).bold = True
    paragraph.add_run(f" {text}")


def _table(
    paper: Any, names: Sequence[str] | None, rows: Sequence[Sequence[str]], widths: Sequence[float], about: str
) -> None:
    """Add a table. `names` become a heading row that every page repeats; without them the first column is the heading.

    `widths` are in centimetres. `about` is the text alternative.
    """
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm

    table = paper.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    description = OxmlElement("w:tblDescription")
    description.set(qn("w:val"), about)
    table._tbl.tblPr.append(description)  # python-docx has no public interface for this
    for number, texts in enumerate(([names] if names else []) + list(rows)):
        row = table.add_row()
        properties = row._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if names and number == 0:
            properties.append(OxmlElement("w:tblHeader"))
        for column, (cell, text, width) in enumerate(zip(row.cells, texts, widths, strict=True)):
            cell.width = Cm(width)
            is_head = (number == 0) if names else (column == 0)
            run = cell.paragraphs[0].add_run(text)
            run.bold, run.italic = is_head, text == FILL_IN
            cell.paragraphs[0].paragraph_format.space_after = 0
            if is_head:
                shade = OxmlElement("w:shd")
                shade.set(qn("w:val"), "clear")
                shade.set(qn("w:fill"), "E8EDEE")
                cell._tc.get_or_add_tcPr().append(shade)
    paper.add_paragraph().paragraph_format.space_after = 0


def interval_png(score: Score) -> bytes:
    """The interval of a score on a line from 0 to 100, with the edges of the levels, as a PNG of 1200 by 90 pixels."""
    width, height, margin = 1200, 90, 20
    ink, pale, dark, white = b"\x21\x2b\x32", b"\xe8\xed\xee", b"\x00\x5e\xb8", b"\xff\xff\xff"

    def at(value: float) -> int:
        return round(margin + (width - 2 * margin) * value / 100)

    def row(y: int) -> bytes:
        line = bytearray(white * width)

        def paint(start: int, end: int, colour: bytes) -> None:
            line[3 * start : 3 * end] = colour * (end - start)

        if 20 <= y < 60:
            paint(at(0), at(100), ink if y in (20, 59) else pale)
        for edge in (0, *(edge for edge, _ in SCORE_STEPS), 100):
            if 20 <= y < 75:
                paint(at(edge) - 1, at(edge) + 2, ink)
        if 8 <= y < 72:
            paint(at(score.low) - 4, at(score.high) + 4, dark)
        return b"\x00" + bytes(line)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    pixels = zlib.compress(b"".join(row(y) for y in range(height)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
