"""Papers of the workplace say what those of the command line say with --meeting, --since, --template and --public."""

import html
import io
import json

import pytest
from docx import Document

from conftest import EXAMPLES
from engagecheck.intake.explain import open_document
from engagecheck.papers import tracker
from engagecheck.rules.reporter import Style


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def begun(year, lead=None):
    from engagecheck.web.models import Assessment

    return Assessment.begin(open_document((EXAMPLES / f"journey/{year}.json").read_bytes(), "p").document, lead)


@pytest.fixture
def years(officer):
    for year in (2026, 2024, 2025):
        begun(year)
    officer.post("/assessments/1/tracker", {"meeting": "14 May 2026"})
    return officer


def own_document(text="Ours"):
    made, file = Document(), io.BytesIO()
    made.sections[0].footer.paragraphs[0].text = text
    made.save(file)
    file.seek(0)
    file.name = "board.docx"
    return file


@pytest.mark.exhaustive
@pytest.mark.parametrize("is_public", [False, True])
def test_papers_count_from_the_meeting_and_say_what_changed_since_the_year_before(years, run, tmp_path, is_public):
    for pk in (1, 3):
        (tmp_path / f"{pk}.json").write_bytes(years.get(f"/assessments/{pk}/profile.json").content)
    (tmp_path / "board.docx").write_bytes(own_document().getvalue())
    run("audit", "3.json", "--no-plugins", "-f", "json=before.json")
    papers = ["-f", "docx=r.docx", "-f", "html=r.html", "-f", "csv=r.csv", "--since", "before.json", "--meeting", "2026-05-14", *(["--public"] if is_public else [])]
    run("audit", "1.json", "--no-plugins", *papers)
    query = "?edition=public" if is_public else ""
    for form in ("docx", "html", "csv"):
        assert years.get(f"/assessments/1/papers/{form}{query}").content == (tmp_path / f"r.{form}").read_bytes(), form
    run("audit", "1.json", "--no-plugins", *papers, "--template", "board.docx")
    styled = years.post(f"/assessments/1/papers/docx{query}", {"template": own_document()})
    assert styled.content == (tmp_path / "r.docx").read_bytes()
    assert "papers say what changed since 31 March 2025" in text(years.get("/assessments/1/results"))
    assert "papers say what changed" not in text(years.get("/assessments/2/results"))


def test_the_tracker_among_the_papers_is_the_one_with_the_work_in_it(years):
    assert years.get("/assessments/1/papers/xlsx").content == years.get("/assessments/1/tracker.xlsx").content
    public = tracker.read(years.get("/assessments/1/papers/xlsx?edition=public").content, "t.xlsx")
    assert {line.cells["Owner"] for line in public.open} == {"Not in the public edition"}


@pytest.mark.parametrize(
    ("form", "content", "said"), [("docx", None, "Choose a file first"), ("docx", b"no", "board.docx"), ("csv", b"PK", "only the board paper takes the styles")]
)  # fmt: skip
def test_a_document_that_has_no_styles_to_take_is_explained(years, form, content, said):
    file = io.BytesIO(content or b"")
    file.name = "board.docx"
    refused = years.post(f"/assessments/1/papers/{form}", {} if content is None else {"template": file})
    assert refused.status_code == 422
    assert said in text(refused)


@pytest.mark.exhaustive
def test_the_board_reads_what_changed_since_a_report_that_it_read_and_since_no_other(team):
    from engagecheck.web.models import Approval, Membership

    def published(assessment):
        from engagecheck.web.pages.downloads import rendered
        from engagecheck.web.standing import report_of

        made = report_of(assessment)
        kept = {"version": 1, "document": {}, "files": [], "report": rendered(made, "json", Style()).decode(), "report_digest": made.report_digest, "history_number": 1, "role": "chair", "by": "lead", "published_at": "2026-05-01T00:00Z"}
        Approval.objects.create(assessment=assessment, **kept)

    before = begun(2025, team.users["lead"])
    for one in (before, team.assessment):
        published(one)
    alone = team.board.get("/assessments/1/board/papers/html").content.decode()
    assert "since 31 March 2025" not in alone
    Membership.objects.create(assessment=before, user=team.users["board"], role="board reader")
    both = team.board.get("/assessments/1/board/papers/html").content.decode()
    assert "since 31 March 2025" in both
    assert json.loads(team.board.get("/assessments/1/board/papers/json").content)["as_of"] == "2026-03-31"
