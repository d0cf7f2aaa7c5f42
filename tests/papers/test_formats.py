"""Every format over everything that a report can hold: nothing forgotten, nothing active, the same bytes from a saved report."""

import csv
import io
import json
import re
import zipfile
import zlib
from xml.etree import ElementTree as Xml

import docx
import openpyxl
import pytest
from msgspec import to_builtins

from conftest import BARE, EXAMPLES, PROFILES
from engagecheck import Outcome, Style, run_audit
from engagecheck.analysis.saved import read_report
from engagecheck.model import headings, labels
from engagecheck.papers import rating, wording
from engagecheck.papers.actions import actions
from engagecheck.rules.reporter import clean
from machine import pdf
from reporters_varied import COMBINATIONS, REGISTRY, combined, full, hostile

FORMATS = sorted(REGISTRY.reporters)
QUICK = [name for name in FORMATS if name != "pdf"]
ALL = [*QUICK, pytest.param("pdf", marks=pytest.mark.exhaustive)]
"""Each format. A PDF takes seconds."""
NASTY = [
    "<script>document.title='owned'</script>", "<img src=x onerror=alert(1)>", "\"><svg onload=alert(1)>", "javascript:alert(1)", "{{7*7}}", "{% raw %}", "</style><script>alert(1)</script>", "&lt;b&gt;", "]]>", "<!--", "-->", "<?php ?>",
    "=1+1", "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\t=1+1", "＝1+1", "＠SUM(A1)", "'=1", "\x1b[31mred\x1b[0m", "\x00\x07\x08", "\u202eesrever", "\u2066x\u2069", "\ud800", "\ufffe", "_x0041_", "_x000D_", "a\r\nb", "| cell | cell |", "[link](javascript:alert(1))", "`code`", "# heading", "* item", "1. item",
    "![image](http://nowhere.invalid/x.png)", "<http://nowhere.invalid>", "www.nowhere.invalid", "%s %n %d", "é☃🙂👩‍⚕️", "שלום", "العربية", "w" * 400, "日本語", "\\", "\\n", "\"", "'", "''", "a;b,c", "https://nowhere.invalid", "--- ", "***", "~~x~~", "<br>", "&amp;", "\u0085\u2028\u2029x",
]  # fmt: skip


def strings():
    """Five hundred hostile strings, the same ones each time."""
    from random import Random

    chance = Random(1)
    made = [f"{chance.choice(NASTY)}{chance.choice(['', ' ', chr(chance.randrange(32, 0x3000))])}{chance.choice(NASTY)}" for _ in range(500 - len(NASTY))]
    return NASTY + made


def rendered(name, report, **style):
    if name == "pdf":
        pdf()
    made = REGISTRY.reporters[name].render(report, Style(**style))
    return made if isinstance(made, bytes) else made.encode()


@pytest.fixture(scope="module")
def nasty():
    return hostile(strings())


@pytest.mark.parametrize("name", QUICK)
@pytest.mark.parametrize("start", range(0, len(COMBINATIONS), 60))
def test_every_format_can_show_every_outcome_disposition_and_freshness(name, start):
    report = combined(start)
    seen = {(one.outcome, one.disposition, one.freshness) for finding in report.findings for one in finding.criteria}
    assert len(seen) >= 60
    assert len(rendered(name, report)) > 1000


@pytest.mark.parametrize("name", ALL)
def test_a_saved_report_gives_the_same_bytes_and_so_does_a_second_time(name):
    report = full()
    first = rendered(name, report)
    assert rendered(name, read_report(json.dumps(to_builtins(report)).encode(), "report.json")) == first
    assert rendered(name, report) == first


@pytest.mark.parametrize("names", [QUICK, pytest.param(["json", "pdf"], marks=pytest.mark.exhaustive)], ids=["quick", "pdf"])
def test_render_gives_what_audit_gave(run, tmp_path, names):
    names = [name for name in names if name != "text"]
    run("audit", EXAMPLES / "harbour-vale.json", *(part for name in names for part in ("-f", f"{name}=a.{name}")))
    done = run("render", "a.json", *(part for name in names for part in ("-f", f"{name}=b.{name}")))
    assert done.returncode == 0, done.stderr
    for name in names:
        assert (tmp_path / f"a.{name}").read_bytes() == (tmp_path / f"b.{name}").read_bytes(), name
    assert run("render", "a.json").stdout == run("audit", EXAMPLES / "harbour-vale.json").stdout
    assert run("render", "-", stdin=(tmp_path / "a.json").read_bytes()).stdout == run("render", "a.json").stdout
    (tmp_path / "altered.json").write_text((tmp_path / "a.json").read_text("utf-8").replace("2026-03-31", "2026-03-30", 1))
    for source, code in (("altered.json", 3), ("none.json", 3), (EXAMPLES / "sound.json", 3)):
        done = run("render", source, "-f", "html")
        assert (done.returncode, done.stdout) == (code, b"")
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("path", [*PROFILES[:3], EXAMPLES / "published/RR8.json", EXAMPLES / "sound.json", None], ids=lambda path: path.stem if path else "empty")
def test_the_numbers_are_the_same_everywhere(path):
    report = run_audit(path or BARE, REGISTRY)
    results = [one for finding in report.findings for one in finding.criteria]
    score, answered = rating.interval(report.summary.score), rating.answered(report.summary)
    word = report.summary.scale.word
    texts = {name: " ".join(rendered(name, report, width=110).decode().split()) for name in ("text", "html", "markdown")}
    paper = docx.Document(io.BytesIO(rendered("docx", report)))
    texts["docx"] = " ".join([*(one.text for one in paper.paragraphs), *(cell.text for table in paper.tables for row in table.rows for cell in row.cells)])
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", report)))
    texts["xlsx"] = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    for name, text in texts.items():
        for wanted in (word, score, answered):
            assert wanted in text, (name, wanted)
        for finding in report.findings:
            if labels.weighed_score(finding):
                assert labels.weighed_score(finding) in text, (name, finding.rule)
    planned = {one.id: one for one in actions(report)}
    rows = list(csv.DictReader(io.StringIO(rendered("csv", report).decode("utf-8-sig"))))
    assert [(row["Id"], row["What we found"]) for row in rows] == [(one.id, one.result) for one in planned.values()]
    tracked = [[cell.value for cell in row] for row in book["Actions"].iter_rows(min_row=6) if row[0].value]
    assert [(row[10], row[8]) for row in tracked] == [(one.id, one.result) for one in planned.values()]
    found = {row[8].value: (row[2].value, row[3].value or "") for row in book["Findings"].iter_rows(min_row=6)}
    (result,) = json.loads(rendered("oscal", report))["assessment-results"]["results"]
    props = {one["name"]: one["value"] for one in result["props"]}
    assert (int(props["score-low"]), int(props["score-high"])) == (report.summary.score.low, report.summary.score.high)
    seen = {one["uuid"]: {prop["name"]: prop["value"] for prop in one["props"]} for one in result["observations"]}
    by_id = {one["target"]["target-id"]: seen[one["related-observations"][0]["observation-uuid"]] for one in result["findings"]}
    (sarif,) = json.loads(rendered("sarif", report))["runs"]
    told = {one["ruleId"]: one["properties"] for one in sarif["results"]}
    line = json.loads(rendered("jsonl", report))
    for one in results:
        assert found[one.id] == (labels.OUTCOME[one.outcome], one.value_text)
        assert (told[one.id]["outcome"], told[one.id]["valueText"]) == (one.outcome, one.value_text)
        assert line["criteria"][one.id]["outcome"] == one.outcome
        if one.outcome is not Outcome.NOT_APPLICABLE:
            observed = by_id[one.id.replace("/", ".")]
            assert (observed["outcome"], observed.get("value", "")) == (one.outcome, one.value_text)
        if one.value_text and one.outcome.determined:
            for name in ("text", "html", "markdown"):
                assert wording.without_unit(one.value_text, one) in texts[name].replace("\\", "").replace("−", "-"), (name, one.id)


@pytest.mark.parametrize("name", ALL)
def test_hostile_text_is_nothing_but_text_in_every_format(nasty, name):
    made = rendered(name, nasty)
    if name in ("docx", "xlsx"):
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            for part in archive.namelist():
                if part.endswith((".xml", ".rels")):
                    Xml.fromstring(archive.read(part))
        return
    if name == "pdf":
        assert not re.search(rb"/(JavaScript|JS|Launch|EmbeddedFile)\b", made)
        return
    text = made.decode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe]", text)
    if name == "junit":
        assert len(list(Xml.fromstring(text))) == len(nasty.findings)
    if name in ("json", "sarif", "oscal", "oscal-poam", "jsonl"):
        json.loads(text)


def test_no_spreadsheet_takes_hostile_text_for_a_formula(nasty):
    rows = list(csv.reader(io.StringIO(rendered("csv", nasty).decode("utf-8-sig"))))
    assert len(rows) > 20
    assert not [cell for row in rows for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell)]
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", nasty)))
    formulas = {cell.column_letter for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "f"}
    assert formulas == {"C", "F"}
    assert (book["Actions"]["C5"].value, book["Actions"]["F5"].value) == ("Due", "RAG")


def test_nothing_hostile_is_lost_from_spreadsheet_and_paper(nasty):
    questions = {clean(one.question) for finding in nasty.findings for one in finding.criteria}
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", nasty)))
    from openpyxl.utils.escape import unescape

    shown = {unescape(str(row[1].value)) for row in book["Findings"].iter_rows(min_row=6) if row[1].value}
    assert questions <= shown
    paper = docx.Document(io.BytesIO(rendered("docx", nasty)))
    text = " ".join(one.text for one in paper.paragraphs)
    short = [wording.subject(one) for finding in nasty.findings for one in finding.criteria if one.outcome is Outcome.NOT_MET]
    assert short
    assert all(subject in text for subject in short)


def test_markdown_has_no_markup_but_its_own(nasty):
    text = re.sub(r"\\.", "", rendered("markdown", nasty).decode())
    assert not re.search(r"<\w|\]\(|!\[|javascript:|https?:", text)
    assert {line[0] for line in text.splitlines() if line} <= set("#*|-AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz")
    widths = {line.count("|") for line in text.splitlines() if line.startswith("|")}
    assert widths <= {5, 7}


def test_a_format_of_a_third_party_works_and_a_broken_one_costs_only_itself(run, tmp_path):
    (tmp_path / "mine").mkdir()
    text = "from engagecheck import reporter\n@reporter('{}', about='x')\ndef made(report, style):\n    {}\n"
    (tmp_path / "mine" / "short.py").write_text(text.format("short", "return report.subject.name"))
    (tmp_path / "mine" / "broken.py").write_text(text.format("broken", "raise ValueError('no')"))
    done = run("audit", EXAMPLES / "sound.json", "--plugins", "mine", "-f", "short", "-f", "broken=b.txt", "-f", "json=report.json")
    assert (done.returncode, done.stdout.decode()) == (4, "Clearwater Hospitals NHS Trust (invented)")
    assert "-f broken: the format failed (ValueError: no)" in done.stderr.decode()
    assert b"Traceback" not in done.stderr
    assert not (tmp_path / "b.txt").exists()
    assert run("render", "report.json", "--plugins", "mine", "-f", "short").stdout == done.stdout


@pytest.mark.parametrize("extra", ["docx", "openpyxl", "weasyprint"])
def test_without_its_extra_a_format_says_in_a_sentence_what_to_install(run, tmp_path, extra):
    (tmp_path / f"{extra}.py").write_text("raise ImportError('not here')")
    name = {"docx": "docx", "openpyxl": "xlsx", "weasyprint": "pdf"}[extra]
    done = run("audit", EXAMPLES / "sound.json", "-f", f"{name}=x", env={"PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2
    assert f"-f {name}: this needs the extra" in done.stderr.decode()
    assert b"Traceback" not in done.stderr


@pytest.mark.exhaustive
def test_the_pdf_is_tagged_for_screen_readers():
    made = rendered("pdf", full())
    streams = (found[1] for found in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL))
    inside = made + b"".join(zlib.decompressobj().decompress(one) for one in streams if one.startswith(b"x"))
    assert b"pdfuaid" in inside
    assert b"/Marked true" in inside
    assert b"en-GB" in inside
    assert b"/Figure" in inside


@pytest.mark.parametrize(("body", "words"), [("raise SystemExit(0)", "SystemExit"), ("return None", "returned NoneType"), ("return 3", "returned int")])
def test_a_format_that_leaves_or_returns_nonsense_costs_only_itself(run, tmp_path, body, words):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "bad.py").write_text(f"from engagecheck import reporter\n@reporter('bad', about='x')\ndef made(report, style):\n    {body}\n")
    done = run("audit", EXAMPLES / "sound.json", "--plugins", "mine", "-f", "bad=b.txt", "-f", "csv=c.csv")
    assert done.returncode == 4
    assert words in done.stderr.decode()
    assert (tmp_path / "c.csv").exists()


def test_faults_and_contradictions_are_told_in_every_paper_for_people(nasty):
    told = headings.alarms(nasty)
    assert any(told)
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", nasty)))
    assert str(book["Actions"]["A3"].value).startswith("The audit is incomplete.")
    assert "The audit is incomplete" in json.loads(rendered("oscal-poam", nasty))["plan-of-action-and-milestones"]["metadata"]["remarks"]
    assert json.loads(rendered("jsonl", nasty))["problems"]


def items(value):
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return sum(map(items, parts)) or 1


def test_json_has_an_item_a_line_and_is_the_document_that_was_digested():
    report = run_audit(EXAMPLES / "harbour-vale.json")
    text = REGISTRY.reporter("json").render(report, Style())
    document = json.loads(text)
    assert document == json.loads(json.dumps(to_builtins(report)))
    assert text.count("\n") == items(document)
    run_audit(EXAMPLES / "sound.json")  # whose values are now those that were made last
    assert REGISTRY.reporter("json").render(report, Style()) == text
