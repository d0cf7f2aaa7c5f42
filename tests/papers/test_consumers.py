"""Real consumers accept what is written, offline."""

import io
import json
import re
import subprocess
import sys
from pathlib import Path

import docx
import openpyxl
import pytest
from test_formats import strings

from conftest import BARE, EXAMPLES
from engagecheck import Outcome, Style, run_audit
from machine import libreoffice
from reporters_varied import REGISTRY, combined, full, hostile

REPORTS = {
    "full": full, "empty": lambda: run_audit(BARE, REGISTRY), "combined": lambda: combined(0), "others": lambda: combined(60),
    "hostile": lambda: hostile(strings()), "sound": lambda: run_audit(EXAMPLES / "sound.json", REGISTRY),
}  # fmt: skip


@pytest.fixture(scope="module", params=sorted(REPORTS))
def report(request):
    return REPORTS[request.param]()


def rendered(name, report):
    made = REGISTRY.reporters[name].render(report, Style())
    return made if isinstance(made, bytes) else made.encode()


def tool(name):
    """A command that is installed beside this Python."""
    return str(Path(sys.executable).with_name(name))


@pytest.mark.exhaustive
def test_trestle_accepts_oscal(tmp_path):
    """All reports at once, because trestle takes a second to start."""
    pytest.importorskip("trestle")
    subprocess.run([tool("trestle"), "init"], cwd=tmp_path, check=True, capture_output=True)
    for name, kind in (("oscal", "assessment-results"), ("oscal-poam", "plan-of-action-and-milestones")):
        for made, make in REPORTS.items():
            place = tmp_path / kind / made
            place.mkdir()
            (place / f"{kind}.json").write_bytes(rendered(name, make()))
        done = subprocess.run([tool("trestle"), "validate", "-t", kind], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert done.stdout.count("VALID") == len(REPORTS), done.stdout


def test_oscal_uuids_are_each_their_own_and_every_reference_is_there(report):
    for name in ("oscal", "oscal-poam"):
        text = rendered(name, report).decode()
        found, wanted = [], []

        def walk(value, found=found, wanted=wanted):
            if isinstance(value, dict):
                for key, part in value.items():
                    if key == "uuid":
                        found.append(part)
                    elif key.endswith("-uuid"):
                        wanted.append(part)
                    walk(part)
            elif isinstance(value, list):
                for part in value:
                    walk(part)

        walk(json.loads(text))
        assert len(set(found)) == len(found)
        assert set(wanted) <= set(found)


def test_what_fails_the_gate_is_an_error_for_tools_of_sarif_and_each_result_has_a_region(report):
    (run,) = json.loads(rendered("sarif", report))["runs"]
    flags = {flag.criterion for flag in report.summary.flags if not flag.accepted}
    assert {one["ruleId"] for one in run["results"] if one["level"] == "error"} == flags
    assert all(one["kind"] == "fail" for one in run["results"] if one["level"] != "none")
    assert all(place["physicalLocation"]["region"]["startLine"] >= 1 for one in run["results"] for place in one["locations"])
    assert run["tool"]["driver"]["informationUri"].startswith("https://")


def test_sarif_tools_and_the_models_of_the_standard_accept_sarif(report, tmp_path):
    models, loader = pytest.importorskip("sarif_pydantic"), pytest.importorskip("sarif.loader")
    raw = rendered("sarif", report)
    models.Sarif.model_validate(json.loads(raw))
    (tmp_path / "made.sarif").write_bytes(raw)
    counts = loader.load_sarif_files(str(tmp_path / "made.sarif")).get_report()
    failed = [one for finding in report.findings for one in finding.criteria if one.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)]
    assert sum(counts.get_issue_count_for_severity(level) for level in ("error", "warning", "note")) >= len(failed)


def test_junitparser_reads_the_counts(report):
    junitparser = pytest.importorskip("junitparser")
    found = junitparser.JUnitXml.fromstring(rendered("junit", report))
    results = [one for finding in report.findings for one in finding.criteria]
    cases = [case for suite in found for case in suite]
    assert found.tests == len(cases) == len(results)
    assert found.errors == sum(one.outcome is Outcome.ERROR for one in results)
    poor = [one for one in results if one.outcome in (Outcome.NOT_MET, Outcome.NOT_EVIDENCED)]
    accepted = [one for one in poor if one.disposition == "accepted"]
    assert (found.failures, found.skipped) == (len(poor) - len(accepted), len(accepted) + sum(one.outcome is Outcome.NOT_APPLICABLE for one in results))


TWO = ["full", "hostile"]


def office(place, kind, *files):
    """What LibreOffice makes of files, in that format."""
    profile = f"-env:UserInstallation={(place / 'user').as_uri()}"
    subprocess.run([libreoffice("writer"), profile, "--headless", "--convert-to", kind, "--outdir", place / "made", *files], check=True, capture_output=True, timeout=900)
    return place / "made"


@pytest.mark.exhaustive
@pytest.mark.parametrize("names", [TWO, [name for name in REPORTS if name not in TWO]], ids=["two", "others"])
def test_libreoffice_reads_paper_and_tracker_without_loss(tmp_path, names):
    for name in names:
        report = REPORTS[name]()
        (tmp_path / f"{name}.docx").write_bytes(rendered("docx", report))
        (tmp_path / f"{name}.xlsx").write_bytes(rendered("xlsx", report))
    papers, books = sorted(tmp_path.glob("*.docx")), sorted(tmp_path.glob("*.xlsx"))
    made = office(tmp_path, "pdf", *papers)
    for path in papers:
        pages = (made / f"{path.stem}.pdf").read_bytes().count(b"/Type/Page/") or (made / f"{path.stem}.pdf").read_bytes().count(b"/Type/Page\n")
        assert 2 <= pages <= (11 if path.stem in ("full", "empty", "sound") else 60), path.stem
    office(tmp_path, "txt:Text (encoded):UTF8", *papers)
    for path in papers:
        text = " ".join((made / f"{path.stem}.txt").read_text("utf-8-sig").split())
        for paragraph in docx.Document(str(path)).paragraphs:
            assert " ".join(paragraph.text.split()) in text
    office(tmp_path, "xlsx:Calc MS Excel 2007 XML", *books)
    for path in books:
        before, after = openpyxl.load_workbook(path), openpyxl.load_workbook(made / path.name)
        for sheet in before:
            again = after[sheet.title]
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type != "f" and cell.value not in (None, ""):
                        value = again[cell.coordinate].value
                        assert _same(value, cell.value), (path.stem, sheet.title, cell.coordinate)


def _same(value, before):
    if isinstance(before, str):
        meant = re.sub("_x([0-9A-F]{4})_", lambda found: chr(int(found[1], 16)), before)
        return "".join(str(value).split()) in ("".join(meant.split()), "".join(before.split()))
    return getattr(value, "date", lambda: value)() == getattr(before, "date", lambda: before)()


def test_the_paper_has_what_a_board_paper_has():
    paper = docx.Document(io.BytesIO(rendered("docx", full())))
    headings = [one.text for one in paper.paragraphs if one.style.name.startswith(("Heading 1", "Title"))]
    assert headings[0] == "Medical engagement: self-assessment as of 31 March 2026"
    assert [one for one in headings if one in ("Actions to agree", "What is strong", "Three questions for the chair", "Findings", "Action plan", "Appendix")] == ["Actions to agree", "What is strong", "Three questions for the chair", "Findings", "Action plan", "Appendix"]
    cells = [[cell.text for cell in row.cells] for row in paper.tables[0].rows]
    cover = {name: value for row in cells for name, value in (row[:2], row[2:])}
    for name in ("Meeting", "Date", "Agenda item", "Sponsor", "Author", "Previously considered by"):
        assert cover[name] == "To be filled in"
    assert f"Rating: {full().summary.scale.word}" in headings[1]
    xml = paper.element.xml
    assert xml.count("<w:tblDescription") == len(paper.tables)
    assert 'w:val="en-GB"' in paper.styles.element.xml
    assert (paper.core_properties.language, paper.core_properties.title[:19]) == ("en-GB", "Medical engagement:")
