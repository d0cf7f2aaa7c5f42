"""The board paper: two pages to decide on, in the organisation's own template, with due dates from the board's meeting."""

import io
import json
import re
import zipfile
from datetime import date
from html import unescape

import docx
import pytest
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from msgspec.structs import replace

from conftest import BARE, EXAMPLES
from engagecheck import AuditSettings, Outcome, Style, run_audit
from engagecheck.audit.tailoring import read_tailoring
from engagecheck.errors import InputRefused
from engagecheck.papers import board, comparison_text, word, word_tables
from engagecheck.papers.actions import actions
from engagecheck.rules.criteria import recommendation
from reporters_varied import REGISTRY, full, sealed

OLD, NEW = (run_audit(EXAMPLES / f"journey/{year}.json", REGISTRY) for year in (2025, 2026))
VALE = run_audit(EXAMPLES / "harbour-vale.json", REGISTRY)
SOUND = run_audit(EXAMPLES / "sound.json", REGISTRY)
EMPTY = run_audit(BARE, REGISTRY)
PUBLISHED = [run_audit(EXAMPLES / f"published/{name}.json", REGISTRY) for name in ("RR8", "RGD")]


def paper(report, **style):
    return docx.Document(io.BytesIO(REGISTRY.reporters["docx"].render(report, Style(**style))))


def words(found):
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in found.paragraphs), *cells]).replace("\N{NO-BREAK SPACE}%", " %")


def headed(found):
    return [one.text for one in found.paragraphs if one.style.name == "Heading 1"]


def saved(found):
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


@pytest.mark.parametrize("report", [VALE, SOUND, EMPTY, full()], ids=["vale", "sound", "empty", "full"])
def test_what_to_decide_comes_before_the_findings(report):
    found = paper(report)
    titles = headed(found)
    assert titles[0].startswith("Rating: ")
    before = titles[: titles.index("Findings")]
    assert {"Actions to agree", "What is strong", "Three questions for the chair"} <= set(before)
    assert titles[titles.index("Findings") :] == ["Findings", "Action plan", "Appendix"]
    assert next(one for one in found.paragraphs if one.text == "Findings").paragraph_format.page_break_before
    asked = [one.text for one in found.paragraphs if one.text[:2] in ("1.", "2.", "3.")]
    assert asked[0] == f"1.\t{next(board.requests(report, None))}."
    assert len(board.chairs_questions(report, None)) == 3
    assert all(question in words(found) for question in board.chairs_questions(report, None))


def test_every_question_stands_in_the_findings_in_words_strengths_as_well_as_shortfalls():
    text = words(paper(VALE))
    assert "Complete consultant appointment panels: 21 of 22 (95.5 %). Good: all." in text
    assert "Clinical departments led by a doctor: 10 of 10 (100 %). Good: 90 % or more." in text
    for finding in VALE.findings:
        for one in finding.criteria:
            assert one.label in text, one.id


def test_a_percent_sign_stays_on_the_line_of_its_number():
    runs = [node.text for node in paper(VALE).element.body.iter(qn("w:t"))]
    assert sum("\N{NO-BREAK SPACE}%" in text for text in runs) > 20
    assert [text for text in runs if re.search(r"[0-9] %", text)] == []


@pytest.mark.parametrize("report", [EMPTY, *PUBLISHED], ids=["empty", "RR8", "RGD"])
def test_flags_that_differ_only_in_what_was_not_shown_share_a_row(report):
    rows = board.flags(report)
    assert len(rows) == len({(kind, why, who) for kind, _, why, who in rows}) == 3
    assert rows[0][1].startswith("Not shown to us: Doctors who missed their appraisal without approval; Revalidation recommendations made on time; ")
    assert rows[1][1] == "Doctors' engagement compared with peers elsewhere: not shown to us."


def test_an_outcome_is_said_once_in_the_findings():
    text = words(paper(EMPTY))
    assert "Not shown to us. Doctors appraised in the year. Good: 90 % or more; partly: from 80 %. To show: " in text
    assert not re.search("Not shown to us[.] [^.]*: not shown to us", text)


def test_no_date_stands_in_digits_only():
    for report in (VALE, full(), SOUND):
        assert re.findall(r"\b20\d\d-\d\d(?:-\d\d)?\b(?!\S*/)", "\n".join(line for line in words(paper(report)).split("\n") if "http" not in line)) == []


def test_what_a_rule_maker_requires_says_so_where_it_falls_short():
    text = words(paper(VALE))
    assert "Complete consultant appointment panels: 21 of 22 (95.5 %). Good: all. Required by the NHS (Appointment of Consultants) Regulations 1996." in text


def test_a_public_edition_tells_neither_owners_nor_earlier_figures_that_are_not_for_publication(run, tmp_path):
    (tmp_path / "2025.json").write_text(REGISTRY.reporters["json"].render(OLD, Style()), "utf-8")
    marked = sealed(replace(NEW, not_for_publication=("/appraisal", "/selection")))
    (tmp_path / "new.json").write_text(REGISTRY.reporters["json"].render(marked, Style()), "utf-8")
    done = run("render", "new.json", "--public", "-f", "docx=p.docx", "--since", "2025.json")
    assert done.returncode == 0, done.stderr
    text = words(docx.Document(str(tmp_path / "p.docx")))
    assert "What changed since 31 March 2025" in text
    kept_back = [one for report in (OLD, NEW) for finding in report.findings for one in finding.criteria if any(fact.pointer.startswith(("/appraisal", "/selection")) for fact in one.facts) and " of " in one.value_text]
    assert len(kept_back) > 4
    assert not [one.id for one in kept_back if one.value_text in text]
    table = next(table for table in docx.Document(str(tmp_path / "p.docx")).tables if table.rows[0].cells[0].text == "Action")
    assert {row.cells[1].text for row in table.rows[1:]} == {"Not in the public edition"}


@pytest.mark.parametrize("name", ["text", "html"])
def test_text_and_page_say_what_changed_too(name):
    with_it, without = (REGISTRY.reporters[name].render(NEW, Style(width=2000, since=since)) for since in (OLD, None))
    seen = " ".join(unescape(re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", with_it, flags=re.DOTALL)).split())
    assert f"What changed since 31 March 2025{': then' if name == 'text' else ''}" in seen
    assert OLD.summary.scale.word in seen
    assert "What changed since" not in without
    for counted, examples in comparison_text.changes(NEW, OLD):
        assert f"{counted} {examples}".strip() in seen


def test_the_screen_counts_what_changed():
    screen = REGISTRY.reporters["summary"].render(NEW, Style(since=OLD))
    assert f"Changed       Since 31 March 2025 ({OLD.summary.scale.word}): " in screen
    for counted, _ in comparison_text.changes(NEW, OLD):
        if counted.startswith(("Better", "Worse")):
            title, count = counted.rstrip(".").split(": ")
            assert f"{count} {title.lower()}" in screen
    assert screen.count("\n") <= 35
    assert "Changed" not in REGISTRY.reporters["summary"].render(NEW, Style())


def test_an_accepted_gap_says_who_accepted_it_and_until_when():
    text = words(paper(full()))
    assert "Accepted by the people committee until 31 December 2026: " in text
    assert "confirm 1 accepted gap: " in text or "confirm 2 accepted gaps: " in text


def test_questions_are_named_in_words_and_every_sentence_ends_once():
    text = words(paper(full()))
    assert not [one.id for finding in full().findings for one in finding.criteria if one.id in text]
    assert "“Consultants and SAS doctors with a signed job plan”: up to 12 months" in text
    assert ".." not in text.replace("...", "")


def test_no_row_breaks_over_a_page_and_headings_stay_with_what_follows():
    found = paper(VALE)
    for table in found.tables[:2] + found.tables[3:]:
        assert all(row._tr.trPr is not None and row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    for one in found.paragraphs:
        if one.style.name.startswith(("Heading", "Title")):
            assert one.paragraph_format.keep_with_next, one.text
    body = list(found.element.body)
    for table in found.tables:
        before = body[body.index(table._tbl) - 1]
        style = docx.text.paragraph.Paragraph(before, found).paragraph_format
        if before.tag == qn("w:p") and "".join(before.itertext()).strip() in headed(found):
            assert style.keep_with_next


ORDER = {
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath",
}
"""The order of properties in which Word accepts them (ECMA-376, part 1). It calls a file damaged that has another."""


@pytest.mark.parametrize("style", [{}, {"template": "own"}, {"template": "bare"}], ids=["none", "own", "bare"])
def test_properties_stand_in_the_order_that_word_accepts(style):
    own = template()
    if style.get("template") == "bare":
        for name in ("Title", "Heading 1", "Heading 2", "List Bullet"):
            own.styles[name].element.getparent().remove(own.styles[name].element)
    found = paper(full(), **({"template": saved(own)} if style else {}))
    for root in (found.element, found.styles.element, found.sections[0].footer._element):
        for name, order in ORDER.items():
            places = {qn(f"w:{child}"): number for number, child in enumerate(order.split())}
            for element in root.iter(qn(f"w:{name}")):
                numbers = [places[child.tag] for child in element]
                assert numbers == sorted(numbers), (name, [child.tag for child in element])


def test_the_picture_of_the_score_has_its_numbers():
    scale = next(table for table in paper(VALE).tables if "w:tblDescription" in table._tbl.xml and "Score of 100" in table._tbl.xml)
    assert [cell.text for cell in dict.fromkeys(scale.rows[0].cells) if cell.text] == ["66 to 73"]
    assert [cell.text for cell in dict.fromkeys(scale.rows[2].cells) if cell.text] == ["0", "55", "65", "72", "100"]


@pytest.mark.parametrize(("low", "high"), [(0, 0), (0, 100), (100, 100), (54, 56), (65, 65), (72, 73)])
def test_a_scale_of_any_interval_spans_the_whole_width(low, high):
    made = word.WordPaper(None)
    made.scale(low, high, [55, 65, 72], "text", "about")
    (table,) = docx.Document(io.BytesIO(made.saved())).tables
    for row in table.rows:
        cells = list(dict.fromkeys(row.cells))
        assert sum(cell._tc.grid_span for cell in cells) == len(table.columns)
        assert sum(cell.width for cell in cells) == pytest.approx(sum(column.width for column in table.columns), abs=635 * len(table.columns))  # a twentieth of a point for each
    dark = [cell for cell in dict.fromkeys(table.rows[1].cells) if word_tables.DARK in cell._tc.xml]
    assert dark
    assert all(cell.width > 0 for cell in table.rows[1].cells)


def test_each_ladder_shows_this_step_and_the_last_one():
    ladder = next(table for table in paper(NEW, since=OLD).tables if table.rows[1].cells[0].text == "Score")
    marked = {row.cells[0].text: [(cell.text.split("\n")[0], word_tables.DARK in cell._tc.xml, word_tables.MIDDLE in cell._tc.xml) for cell in row.cells[1:] if not cell.text.startswith("(") and cell.text] for row in ladder.rows[1:]}
    then, now = OLD.summary.score, NEW.summary.score
    assert (f"{now.low} to {now.high}", True, False) in marked["Score"]
    assert (f"before: {then.low} to {then.high}", False, True) in marked["Score"]
    assert len(marked) == 3
    assert all(any(dark for _, dark, _ in steps) for steps in marked.values())


def test_what_changed_since_an_earlier_report_is_counted_and_named():
    text = words(paper(NEW, since=OLD))
    assert "What changed since 31 March 2025" in text
    assert "note the rating, Building (31 March 2025: Unproven), and what it rests on." in text
    assert "What changed since" not in words(paper(NEW))
    better = next(examples for title, examples in comparison_text.changes(NEW, OLD) if title.startswith("Better"))
    assert ", now " in better
    worse = dict(comparison_text.changes(replace(OLD, as_of="2027-03-31"), NEW))
    assert any(title.startswith("Worse: ") and title != "Worse: 0." for title in worse)
    assert any("This is worse than on 31 March 2026" in one for one in board.chairs_questions(replace(OLD, as_of="2027-03-31"), NEW))


def test_due_dates_count_from_the_day_of_the_meeting():
    dated = {one.id: one for one in actions(VALE, date(2026, 11, 30))}
    in_months = [one for one in actions(VALE) if one.months]
    assert {one.when for one in in_months} == {f"{months} months after the meeting" for months in (3, 6, 12)}
    for one in in_months:
        assert (one.due, dated[one.id].due) == (None, {3: date(2027, 2, 28), 6: date(2027, 5, 30), 12: date(2027, 11, 30)}[one.months])
    text = words(paper(VALE, meeting=date(2026, 5, 14)))
    assert "14 August 2026" in text
    assert "3 months after the meeting" in words(paper(VALE))


def test_a_horizon_that_is_not_in_months_stays_as_it_is():
    advice = recommendation("Do it.", owner="chair", horizon="at once", effort="low", success="Done.")
    one = replace(next(iter(VALE.findings[0].criteria)), outcome=Outcome.NOT_MET, recommendations=(advice,))
    report = replace(VALE, findings=(replace(VALE.findings[0], criteria=(one,)),))
    assert [(action.when, action.due) for action in actions(report, date(2026, 5, 14))] == [("at once", None)]


def test_a_draft_says_so_and_an_approved_paper_says_by_whom():
    assert "Draft: not approved yet." in words(paper(VALE))
    assert "Draft" in paper(VALE).sections[0].footer.paragraphs[0].text
    signed = replace(VALE, sign_off=tuple(signature(step) for step in ("prepared", "checked", "approved")))
    found = paper(signed)
    cover = {cells[place].text: cells[place + 1].text for row in found.tables[0].rows for cells in [row.cells] for place in (0, 2)}
    assert (cover["Prepared by"], cover["Approved by"], cover["Status"]) == ("Audit committee, 20 April 2026", "Audit committee, 20 April 2026", "Approved")
    assert "Draft" not in words(found) + found.sections[0].footer.paragraphs[0].text
    changed = replace(VALE, sign_off=(signature("approved", "changed"),))
    assert "Changed since approval: draft." in words(paper(changed))


def signature(step, state="current"):
    import msgspec

    from engagecheck.model.report import Signed

    return msgspec.convert({"step": step, "state": state, "role": "Audit committee", "on": "2026-04-20"}, Signed)


def template():
    found = docx.Document()
    found.styles["Heading 1"].font.name = "Georgia"
    found.sections[0].header.paragraphs[0].text = "Board of Directors"
    found.sections[0].footer.paragraphs[0].text = "Official"
    found.add_paragraph("a text that goes")
    found.add_section(WD_SECTION.NEW_PAGE)
    found.add_paragraph("a second section")
    found.core_properties.author = "somebody"
    return found


@pytest.mark.exhaustive
def test_styles_header_and_footer_of_a_template_stay_and_its_text_goes():
    found = paper(VALE, template=saved(template()))
    assert len(found.sections) == 1
    assert (found.sections[0].header.paragraphs[0].text, found.sections[0].footer.paragraphs[0].text) == ("Board of Directors", "Official")
    assert found.styles["Heading 1"].font.name == "Georgia"
    assert "a text that goes" not in words(found)
    assert "a second section" not in words(found)
    assert "somebody" not in found.core_properties.author
    assert headed(found) == headed(paper(VALE))
    raw = saved(template())
    render = REGISTRY.reporters["docx"].render
    assert render(VALE, Style(template=raw)) == render(VALE, Style(template=raw))


@pytest.mark.parametrize("missing", [["Heading 1"], ["Title", "Heading 1", "Heading 2", "List Bullet", "Table Grid"]])
def test_a_template_that_lacks_styles_gets_headings_and_bullets_of_its_own(missing):
    bare = template()
    for name in missing:
        element = bare.styles[name].element
        element.getparent().remove(element)
    found = paper(VALE, template=saved(bare))
    assert headed(found) == headed(paper(VALE))
    heading = found.styles["Heading 1"].element
    assert heading.find(f".//{qn('w:outlineLvl')}").get(qn("w:val")) == "0"
    assert ("List Bullet" in missing) == any(one.text.startswith("•\t") for one in found.paragraphs)


def test_a_template_from_another_office_program_keeps_its_headings():
    own = template()
    own.styles["Heading 1"].element.name_val = "Heading 1"  # as LibreOffice writes it
    found = paper(VALE, template=saved(own))
    assert headed(found) == headed(paper(VALE))
    assert found.styles["Heading 1"].font.name == "Georgia"
    ids = [style.style_id for style in found.styles]
    assert len(set(ids)) == len(ids)


def content_type(raw, old, new, extra=()):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(raw)) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            after.writestr(name, before.read(name).replace(old, new) if name == "[Content_Types].xml" else before.read(name))
        for name in extra:
            after.writestr(name, b"x")
    return out.getvalue()


MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(("raw", "says"), [
    (content_type(saved(template()), MAIN, b"application/vnd.ms-word.document.macroEnabled.main+xml"), "has macros"),
    (content_type(saved(template()), b"", b"", ["word/vbaProject.bin"]), "has macros"),
    (content_type(saved(template()), MAIN, MAIN.replace(b"document.main", b"template.main")), "is no Word document"),
    (b"no document", "is no Word document"),
    (b"", "is no Word document"),
    (saved(template())[:3000], "is no Word document"),
], ids=["docm", "hidden macros", "dotx", "text", "empty", "cut off"])  # fmt: skip
def test_a_template_that_is_no_plain_word_document_is_refused_in_a_sentence(raw, says):
    with pytest.raises(InputRefused) as refused:
        word.opened(raw, "--template board.docm")
    (complaint,) = refused.value.complaints
    assert complaint.startswith(f"--template board.docm: {says}")
    assert "(.docx)" in complaint


def part_changed(part, old, new):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(saved(docx.Document()))) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            assert name != part or old in content
            after.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


BODY = "word/document.xml"


@pytest.mark.parametrize(("raw", "says"), [
    (part_changed(BODY, b"w:body", b"w:nobody"), "is no Word document"), (part_changed(BODY, b"w:sectPr", b"w:section"), "is no Word document"),
    *((part_changed(BODY, b'w:w="12240"', b'w:w="%s"' % width), "no room for text") for width in (b"10", b"-10", b"abc", b"3600")), (part_changed(BODY, b'w:left="1800"', b'w:left="99999"'), "no room for text"),
    *((part_changed("word/styles.xml", b'w:type="paragraph"', b'w:type="%s"' % kind), "must be styles of paragraphs") for kind in (b"character", b"x")),
], ids=["no body", "no page", "narrow", "negative", "no number", "as wide as its margins", "margins", "characters", "no kind"])  # fmt: skip
def test_a_template_that_no_paper_can_be_written_with_is_refused_as_an_input(run, tmp_path, raw, says):
    (tmp_path / "own.docx").write_bytes(raw)
    done = run("audit", EXAMPLES / "journey/2026.json", "-f", "docx=a.docx", "--template", "own.docx")
    assert done.returncode == 3
    assert done.stderr.decode().startswith("--template own.docx: ")
    assert says in done.stderr.decode()


def test_the_options_of_papers_on_the_command_line(run, tmp_path):
    (tmp_path / "own.docx").write_bytes(saved(template()))
    run("audit", EXAMPLES / "journey/2025.json", "-f", "json=old.json")
    options = ("--meeting", "14 May 2026", "--template", "own.docx", "--since", "old.json")
    done = run("audit", EXAMPLES / "journey/2026.json", "-f", "docx=a.docx", "-f", "json=new.json", *options)
    assert done.returncode == 1, done.stderr
    assert run("render", "new.json", "-f", "docx=b.docx", *options).returncode == 0
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()
    text = words(docx.Document(str(tmp_path / "a.docx")))
    assert "What changed since 31 March 2025" in text
    assert "14 August 2026" in text


@pytest.mark.parametrize(("options", "code", "says"), [
    (("-f", "docx=x.docx", "--meeting", "soon"), 2, "--meeting soon: is not a day; enter one like 31 March 2026"),
    (("-f", "docx=x.docx", "--meeting", "May 2026"), 2, "is not a day"),
    (("-f", "docx=x.docx", "--meeting", "14 May 2024"), 2, "14 May 2024 is before the day of the report, 31 March 2026"),
    (("-f", "html=x.html", "--meeting", "14 May 2026"), 2, "--meeting goes with -f docx"),
    (("-f", "html=x.html", "--template", "own.docx"), 2, "--template goes with -f docx"),
    (("-f", "csv", "--since", "new.json"), 2, "--since goes with -f docx, html, pdf, text, summary"),
    (("-f", "docx=x.docx", "--template", "none.docx"), 3, "none.docx"),
    (("-f", "docx=x.docx", "--template", "new.json"), 3, "is no Word document"),
    (("-f", "docx=x.docx", "--since", "new.json"), 2, "--since: that report is of 31 March 2026, and this one of 31 March 2026"),
    (("-f", "docx=x.docx", "--since", str(EXAMPLES / "journey/2025.json")), 3, "is not a report; make one with engagecheck audit PROFILE -f json=report.json"),
    (("-f", "docx=x.docx", "--since", "other.json"), 2, "audits of different organisations"),
])  # fmt: skip
def test_an_option_of_papers_that_does_not_fit_is_refused_in_a_sentence(run, tmp_path, options, code, says):
    new, other = run_audit(EXAMPLES / "journey/2026.json", REGISTRY), run_audit(EXAMPLES / "published/RR8.json", REGISTRY)
    (tmp_path / "new.json").write_text(REGISTRY.reporters["json"].render(new, Style()), "utf-8")
    (tmp_path / "other.json").write_text(REGISTRY.reporters["json"].render(other, Style()), "utf-8")
    done = run("render", "new.json", *options)
    assert (done.returncode, done.stdout) == (code, b""), done.stderr
    assert says in done.stderr.decode()
    assert len(done.stderr.decode().strip().splitlines()) == 1
    assert not list(tmp_path.glob("x.*"))


def test_options_of_papers_are_for_one_profile(run):
    done = run("audit", EXAMPLES / "flawed", "--meeting", "14 May 2026")
    assert done.returncode == 2
    assert "for one profile" in done.stderr.decode()


def test_a_paper_without_red_flags_calls_no_essential_answer_of_a_rule_left_out_good():
    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    document["perceptions"]["doctors"]["overall"]["mean"] = 3.0
    left_out = read_tailoring(b'[rules."individual-views"]\nleft_out = true\nreason = "x"\n', "c.toml", REGISTRY)
    report = run_audit(document, REGISTRY, AuditSettings(tailoring=left_out))
    assert report.summary.flags == ()
    assert any(result.priority == "high" and result.outcome is Outcome.NOT_MET for result in report.results.values())
    page = REGISTRY.reporters["html"].render(report, Style())
    for said in (words(paper(report)), page.decode() if isinstance(page, bytes) else page):
        assert "No question that can raise a red flag falls short." in said
        assert "Nothing essential" not in said
