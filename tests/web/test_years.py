"""Next year's assessment, and years compared: the same as on the command line."""

import html
import io

import pytest

from conftest import BARE, EXAMPLES
from engagecheck.intake.explain import open_document
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.model.labels import day
from engagecheck.web.answers.places import plain
from workplace import as_a_paper


def text(answer):
    return html.unescape(answer.content.decode())


def stored(pk):
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=pk)


def test_next_year_begins_as_on_the_command_line_and_this_year_stays(officer, assessment, sound):
    from datetime import date

    entry = next(one["#"] for one in assessment.document["evidence"] if one["id"] == "HR")
    file = io.BytesIO(b"a report")
    file.name = "a.txt"
    officer.post(f"/assessments/1/evidence/{entry}/add", {"file": file})
    this_year = stored(1).profile
    assert "Figures of a year are emptied" in text(officer.get("/assessments/1/next-year"))
    made = officer.post("/assessments/1/next-year", {"day": "31/3/2027"}, follow=True)
    assert "to confirm" in text(made)
    after = stored(2)
    assert after.profile == roll_forward(this_year, date(2027, 3, 31))
    assert plain(after.document) == after.profile
    assert stored(1).profile == this_year
    page = officer.get(f"/assessments/2/questions/evidence/{entry}")
    assert "a.txt" in text(page)
    assert officer.get("/assessments/2/files/2").content == b"a report"
    officer.post("/assessments/1/delete")
    assert officer.get("/assessments/2/files/2").content == b"a report"
    assert f"On 31 March 2026: {sound['appraisal']['connected']}." in text(officer.get("/assessments/2/questions/appraisal"))


@pytest.mark.exhaustive
@pytest.mark.parametrize(
    ("day", "words"), [("1 June 2062", "is more than 36 months after"), ("", "always needed"), ("soon", "is not a date"), ("March 2027", "not exact enough"), ("31 March 2026", "a day after 31 March 2026"), ("1999-01-01", "a day after")]
)  # fmt: skip
@pytest.mark.usefixtures("assessment")
def test_a_day_that_will_not_do_is_explained(officer, day, words):
    answer = officer.post("/assessments/1/next-year", {"day": day})
    assert answer.status_code == 422
    assert words in text(answer)


@pytest.fixture
def journey(officer):
    from engagecheck.web.models import Assessment

    for year in (2024, 2025, 2026):
        raw = (EXAMPLES / f"journey/{year}.json").read_bytes()
        Assessment.begin(open_document(raw, "p").document)
    return officer


def test_years_are_compared_as_on_the_command_line(journey, run, tmp_path):
    run("compare", EXAMPLES / "journey/2024.json", EXAMPLES / "journey/2026.json", "--no-plugins", "-f", "html=c.html")
    run("trend", *(EXAMPLES / f"journey/{year}.json" for year in (2024, 2025, 2026)), "--no-plugins", "-f", "html=t.html")
    for place, name in (("/assessments/3/compared/1", "c.html"), ("/assessments/1/years", "t.html")):
        answer = journey.get(place)
        assert as_a_paper(answer) == (tmp_path / name).read_bytes()
        assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    page = text(journey.get("/assessments/2/results"))
    assert page.count("What changed since") == 1
    assert "All years in a row" in page


def test_another_organisation_is_never_compared(journey):
    from engagecheck.web.models import Assessment

    other = Assessment.begin(BARE)
    assert journey.get(f"/assessments/{other.pk}/compared/1").status_code == 404
    assert "What changed since" not in text(journey.get(f"/assessments/{other.pk}/results"))


def test_the_answer_of_the_year_before_stands_beside_each_question(journey):
    """In years that were brought in too. What belongs to no year, such as the sign-off, has none."""
    before = stored(1).document
    page = text(journey.get("/assessments/2/questions/appraisal"))
    assert f"On {day(before['as_of'])}: {before['appraisal']['connected']}. " in page
    assert f"On {day(before['as_of'])}: " not in text(journey.get("/assessments/1/questions/appraisal"))
    assert f"On {day(before['as_of'])}: " not in text(journey.get("/assessments/2/questions/sign_off"))


def test_an_entry_of_a_list_and_a_changed_answer_keep_the_answer_of_the_year_before(officer, assessment):
    officer.post("/assessments/1/next-year", {"day": "31 March 2027"})
    entry = assessment.document["leadership"]["other_executives"]["entries"][0]
    place = f"/assessments/2/questions/leadership/other_executives/{entry['#']}"
    field = f"leadership/other_executives/{entry['#']}/role"
    officer.post(place, {f"v:{field}": "Another role", f"w:{field}": entry["role"], "known": "yes"})
    page = text(officer.get(place))
    assert f"On 31 March 2026: {entry['role']}." in page
    assert 'value="Another role"' in page


def test_nobody_sees_answers_of_a_year_that_they_may_not_read(team, sound):
    from engagecheck.web.models import Assessment, Membership

    other = Assessment.begin({**sound, "as_of": "2025-03-31"}, team.users["lead"])
    assert other.organisation_id == team.assessment.organisation_id
    place = "/assessments/1/questions/appraisal"
    assert "On 31 March 2025: " in text(team.lead.get(place))
    for sections, sees in ((None, False), (["talent"], False), (["appraisal"], True)):
        Membership.objects.filter(assessment=other, user=team.users["contributor"]).delete()
        if sections:
            Membership.objects.create(assessment=other, user=team.users["contributor"], role="contributor", sections=sections)
        assert ("On 31 March 2025: " in text(team.contributor.get(place))) is sees


@pytest.mark.usefixtures("assessment")
def test_next_year_begins_once(officer):
    officer.post("/assessments/1/next-year", {"day": "31 March 2027"})
    again = officer.post("/assessments/1/next-year", {"day": "31/3/2027"})
    assert again.status_code == 422
    assert "there is an assessment of this day already" in text(again)
    assert officer.post("/assessments/1/next-year", {"day": "30 September 2026"}).status_code == 302
    too_early = officer.post("/assessments/2/next-year", {"day": "31 March 2028"})
    assert too_early.status_code == 422
    assert "no figure of 31 March 2027 is entered yet" in text(too_early)
