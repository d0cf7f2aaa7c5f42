"""Every paper carries the name of the framework that heads it, and says on its first page what a subset leaves out."""

import csv
import io
import json

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from conftest import SOUND
from engagecheck import AuditSettings, Style, installed, run_audit
from engagecheck.model import headings
from engagecheck.papers.actions import actions
from frameworks import ABOUT, NAME, TITLE, ward

LEFT_OUT = "Left out of this framework by the choice of subset “first-steps”: The ward has a strategy."
POOR = {**SOUND, "talent": {**SOUND["talent"], "leadership_strategy": False, "development_plan": False}}


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return installed([ward(tmp_path_factory.mktemp("packs"))], third_party=False)


@pytest.fixture(scope="module")
def reports(registry):
    return {choice: run_audit(POOR, registry, AuditSettings(pack=choice)) for choice in (None, NAME, f"{NAME}:first-steps")}


@pytest.fixture
def rendered(registry):
    def go(name, report):
        made = registry.reporter(name).render(report, Style(width=100))
        return made if isinstance(made, bytes) else made.encode()

    return go


def words_of_docx(raw):
    paper = docx.Document(io.BytesIO(raw))
    texts = ["".join(run.text or "" for run in part.iter(qn("w:t"))) for part in paper.element.body.iter(qn("w:p"))]
    return "\n".join([paper.core_properties.title, paper.core_properties.keywords, *texts])


def words_of_xlsx(raw):
    book = openpyxl.load_workbook(io.BytesIO(raw))
    cells = (str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)
    return "\n".join([book.properties.title, *cells])


def words(name, raw):
    if name in ("docx", "xlsx"):
        return {"docx": words_of_docx, "xlsx": words_of_xlsx}[name](raw)
    text = raw.decode()
    return text if name == "html" else " ".join(text.split())


@pytest.mark.parametrize("name", ["text", "html", "markdown", "docx", "xlsx", "oscal"])
def test_the_title_is_that_of_the_framework_and_by_default_ours(reports, rendered, name):
    usual, whole, part = (words(name, rendered(name, report)) for report in reports.values())
    for text in (whole, part):
        assert TITLE in text
        assert "Medical engagement:" not in text.replace("Medical engagement: a journey not an event", "")
        assert "Medical engagement as of" not in text
    assert TITLE not in usual
    if name != "xlsx":
        assert "Medical engagement" in usual
        assert ABOUT in whole.replace("\\", "")
    assert LEFT_OUT in part.replace("\\", "")
    assert "Left out of this framework" not in whole + usual


def test_what_is_left_out_stands_on_the_first_page(reports, rendered):
    part = reports[f"{NAME}:first-steps"]
    for name, after in (("text", "The areas, worst first"), ("html", "The areas, worst first"), ("markdown", "The areas, worst first"), ("docx", "Findings")):
        text = words(name, rendered(name, part)).replace("\\", "")
        assert text.index(LEFT_OUT) < text.rindex(after), name
    book = openpyxl.load_workbook(io.BytesIO(rendered("xlsx", part)))
    assert LEFT_OUT in book["Actions"]["A3"].value
    for name in ("oscal", "oscal-poam"):
        (document,) = json.loads(rendered(name, part)).values()
        assert LEFT_OUT in document["metadata"]["remarks"]


def test_the_areas_of_the_headline_come_first_and_others_say_whose_they_are(reports):
    usual, whole, _ = reports.values()
    ours = [finding.pack == NAME for finding in headings.worst_first(whole)]
    assert ours == sorted(ours, reverse=True)
    rows = [headings.area(whole, finding)[0] for finding in headings.worst_first(whole)]
    assert [row.endswith(" (of the pack engagecheck)") for row in rows] == [not one for one in ours]
    assert not any("of the pack" in headings.area(usual, finding)[0] for finding in usual.findings)
    assert sorted(one.rule for one in headings.worst_first(usual)) == sorted(one.rule for one in headings.worst_first(whole))


def test_tracker_and_board_paper_ask_only_for_what_the_headline_asks(reports, rendered):
    usual, whole, part = reports.values()
    assert {one.criterion.partition("/")[0] for one in actions(whole)} == {"ward-strategy", "ward-plan"}
    assert {one.criterion for one in actions(part)} == {"ward-plan/asked"}
    assert len({one.criterion.partition("/")[0] for one in actions(usual)}) > 3
    rows = list(csv.DictReader(io.StringIO(rendered("csv", whole).decode("utf-8-sig"))))
    assert {row["Id"].partition(":")[0] for row in rows} == {"ward-strategy/asked", "ward-plan/asked"}
    paper = docx.Document(io.BytesIO(rendered("docx", whole)))
    headed = {one.text for one in paper.paragraphs if one.style.name == "Heading 2"}
    assert {"The ward has a strategy", "The ward has a plan"} <= headed
    assert not headed & {finding.title for finding in whole.findings if finding.pack == "engagecheck"}


def test_other_packs_stand_beside_with_their_rating(reports, rendered):
    whole = reports[NAME]
    level = next(pack.judgement.level for pack in whole.packs if pack.name == "engagecheck")
    for name in ("text", "html"):
        text = words(name, rendered(name, whole))
        assert "Other packs, each with its own rating" in text
        assert f"engagecheck: {level}" in text


def test_programs_learn_the_pack(reports, rendered):
    usual, whole, part = reports.values()
    assert "pack" not in json.loads(rendered("jsonl", usual))
    assert [json.loads(rendered("jsonl", one))["pack"] for one in (whole, part)] == [NAME, f"{NAME}:first-steps"]
    ids = [json.loads(rendered("sarif", one))["runs"][0]["automationDetails"]["id"] for one in (usual, whole)]
    assert [one.partition("/")[0] for one in ids] == ["engagecheck", NAME]
    assert f'name="{NAME}: '.encode() in rendered("junit", whole)
