"""What follows from an assessment: the same as on the command line, with a choice where people differ, and nothing changed by looking."""

import html
import io
import json
import re

import pytest

from conftest import BARE, EXAMPLES
from engagecheck.intake.explain import open_document
from workplace import as_a_paper


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def words(answer):
    return " ".join(re.sub(r"<[^>]+>", " ", text(answer)).split())


def stored(pk=1):
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=pk)


def begun(document):
    from engagecheck.web.models import Assessment

    return Assessment.begin(document)


@pytest.fixture
def journey(officer):
    for year in (2024, 2025, 2026):
        begun(open_document((EXAMPLES / f"journey/{year}.json").read_bytes(), "p").document)
    return officer


PAGES = ("what-if", "peers", "statements", "tracker", "reminders", "evidence")


@pytest.mark.usefixtures("assessment")
@pytest.mark.parametrize("page", PAGES)
def test_looking_changes_nothing_and_no_profile_is_too_bare(officer, page):
    begun(BARE)
    for pk in (1, 2):
        before = stored(pk)
        answer = officer.get(f"/assessments/{pk}/{page}")
        assert answer.status_code == 200
        assert (stored(pk).document, stored(pk).version) == (before.document, before.version)


@pytest.mark.usefixtures("assessment")
def test_what_would_change_the_result_is_what_the_command_line_says(officer, run, tmp_path):
    (tmp_path / "p.json").write_bytes(officer.get("/assessments/1/profile.json").content)
    said = json.loads(run("whatif", "p.json", "--no-plugins", "-f", "json").stdout)
    page = words(officer.get("/assessments/1/what-if"))
    wanted = [one["question"] for one in (*said["to_next"], *said["proposals"])] + [one["needed"] for one in said["proposals"]]
    assert [one for one in wanted if " ".join(one.split()) not in page] == []
    assert said["proposals"]


def test_another_answer_is_compared_and_not_saved(officer, assessment, run, tmp_path):
    (tmp_path / "profile.json").write_bytes(officer.get("/assessments/1/profile.json").content)
    said = json.loads(run("whatif", "profile.json", "--no-plugins", "--set", "/appraisal/connected=300", "-f", "json").stdout)
    answer = officer.get("/assessments/1/what-if/supposed", {"question": "/appraisal/connected", "value": "300"})
    changed = [one["question"] for one in said["changes"] if one["change"] in ("worsened", "improved", "resolved")]
    assert changed
    assert [one for one in changed if " ".join(one.split()) not in words(answer)] == []
    assert "Supposed" in text(answer)
    assert "style-src 'sha256-" in answer.headers["Content-Security-Policy"]
    assert stored().profile == assessment.profile


@pytest.mark.parametrize(
    ("question", "value", "target"), [("/appraisal/connected", "many", "value"), ("/appraisal/connected", "-1", "value"), ("/nowhere", "1", "value"), ("", "", "question")]
)  # fmt: skip
@pytest.mark.usefixtures("assessment")
def test_an_answer_that_cannot_be_is_explained(officer, question, value, target):
    answer = officer.get("/assessments/1/what-if/supposed", {"question": question, "value": value})
    assert answer.status_code == 422
    assert "<title>Error: " in text(answer)
    assert f'<a href="#{target}">' in text(answer)
    assert f'value="{value}"' in text(answer)


def peers_file():
    documents = [open_document((EXAMPLES / "journey/2025.json").read_bytes(), "p").document for _ in range(6)]
    lines = []
    for number, document in enumerate(documents):
        document["organisation"] = {**document["organisation"], "name": f"Peer {number} (invented)", "ods_code": f"RZ{number}"}
        lines.append(json.dumps(document))
    return "\n".join(lines).encode()


def test_peers_are_compared_as_on_the_command_line_and_their_file_is_not_kept(journey, run, tmp_path):
    (tmp_path / "p.json").write_bytes(journey.get("/assessments/3/profile.json").content)
    (tmp_path / "peers.jsonl").write_bytes(peers_file())
    compared = run("benchmark", "p.json", "--peers", "peers.jsonl", "--no-plugins", "-f", "json")
    assert compared.returncode == 0, compared.stderr
    said = json.loads(compared.stdout)
    file = io.BytesIO(peers_file() + b"\n{}\n")
    file.name = "peers.jsonl"
    answer = journey.post("/assessments/3/peers", {"peers": file})
    assert answer.status_code == 200
    page = words(answer)
    assert "Among 6 peers" in page
    assert "peers.jsonl, line 7" in page
    assert said["places"]
    for one in said["places"]:
        assert " ".join(one["question"].split()) in page
        assert f"{one['value_text']}: better than {one['peers'] - one['better'] - one['equal']} of 6 peers" in page


@pytest.mark.usefixtures("assessment")
def test_too_few_peers_are_refused_and_other_organisations_here_are_peers(officer):
    file = io.BytesIO(b"")
    file.name = "none.jsonl"
    for document in map(json.loads, peers_file().splitlines()[:4]):
        begun(document)
    page = text(officer.get("/assessments/1/peers"))
    assert "a benchmark needs at least 5 peers, and got 4" in page
    refused = officer.post("/assessments/1/peers", {"peers": file})
    assert refused.status_code == 422
    assert '<a href="#peers">' in text(refused)
    begun(json.loads(peers_file().splitlines()[4]))
    assert "Among 5 peers" in text(officer.get("/assessments/1/peers"))


def test_statements_show_who_until_when_and_why_one_does_not_count(officer, sound):
    gap = {"criterion": "senior-selection/beyond-clinical-expertise", "reason": "It begins in June.", "approver": "people committee", "approved_on": "2026-02-11", "expires_on": "2026-05-31"}
    sound["accepted_gaps"] = [gap, gap | {"criterion": "nothing/here", "expires_on": "2026-12-31"}]
    sound["attestations"] = [{"criterion": "journey/action-plan-known", "statement": "Most knew of it.", "role": "director of medical education", "method": "observed", "on": "2026-03-18", "valid_until": "2026-03-30"}]
    begun(sound)
    page = words(officer.get("/assessments/1/statements"))
    assert "people committee, 11 February 2026" in page
    assert "31 May 2026 soon" in page
    assert "Does not count: no question has this name; see engagecheck rules" in page
    assert "Does not count: it expired on 30 March 2026" in page
    assert "observed" in page


def test_evidence_that_is_too_old_shows_before_the_audit(officer, sound):
    item = next(one for one in sound["evidence"] if one["id"] == "HR")
    fresh = begun(sound)
    assert "Too old" not in words(officer.get("/assessments/1/evidence"))
    assert "Too old: " not in words(officer.get("/assessments/1/"))
    fresh.delete()
    item |= {"effective": "2020-01", "reference": "https://trust.example/report"}
    begun(sound)
    assert "Too old: 1" in words(officer.get("/assessments/2/"))
    page = officer.get("/assessments/2/evidence")
    old = words(page).partition("Too old: 1")[2].partition("Up to date")[0]
    assert item["title"] in old
    assert "describes January 2020" in old
    report = json.loads(officer.get("/assessments/2/papers/json").content)
    stale = [one["question"] for finding in report["findings"] for one in finding["criteria"] for cited in one["evidence"] if (cited["id"], cited["freshness"]) == ("HR", "stale")]
    assert stale
    assert [one for one in stale if " ".join(one.split()) not in old] == []
    assert '<a href="https://trust.example/report" rel="noopener noreferrer">' in text(page)


def test_a_link_that_is_no_web_address_is_no_link(officer, sound):
    next(one for one in sound["evidence"] if one["id"] == "HR")["reference"] = "javascript:alert(1)"
    begun(sound)
    assert "javascript:" not in text(officer.get("/assessments/1/evidence"))


def test_all_organisations_are_shown_as_for_a_folder(journey, run, tmp_path):
    begun(BARE | {"as_of": "2026-03-31"})
    folder = tmp_path / "profiles"
    folder.mkdir()
    for pk in (3, 4):  # the newest of each organisation
        (folder / f"{pk}.json").write_bytes(journey.get(f"/assessments/{pk}/profile.json").content)
    run("audit", "profiles", "--no-plugins", "-f", "html=pages")
    answer = journey.get("/organisations/")
    assert as_a_paper(answer) == (tmp_path / "pages/index.html").read_bytes()
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    names = [path.name for path in (tmp_path / "pages").glob("*.html") if path.name != "index.html"]
    assert len(names) == 2
    for name in names:
        assert as_a_paper(journey.get(f"/organisations/{name}")) == (tmp_path / "pages" / name).read_bytes()
    assert journey.get("/organisations/nothing.html").status_code == 404


def test_no_organisations_lead_to_the_first_page(officer):
    assert officer.get("/organisations/").headers["Location"] == "/"


def test_nobody_sees_results_side_by_side_that_are_not_theirs(team):
    team.assessment.__class__.begin(BARE)
    for client, count in ((team.lead, 1), (team.reviewer, 1), (team.auditor, 2)):
        page = client.get("/organisations/").content.decode()
        assert page.count("<tr><th scope=\"row\"><a href=") == count
    for client in (team.contributor, team.outsider):
        assert client.get("/organisations/").headers["Location"] == "/"
    name = re.search(r'<a href="(harbour[^"]+)"', team.lead.get("/organisations/").content.decode())[1]
    assert team.lead.get(f"/organisations/{name}").status_code == 200
    assert team.outsider.get(f"/organisations/{name}").status_code == 404
    for document in map(json.loads, peers_file().splitlines()):
        team.assessment.__class__.begin(document)
    assert "There is no other organisation here yet" in text(team.lead.get("/assessments/1/peers"))


def test_who_may_only_look_gets_no_form(team):
    team.lead.get("/assessments/1/tracker")
    assert 'id="meeting"' in text(team.lead.get("/assessments/1/tracker"))
    page = text(team.reviewer.get("/assessments/1/tracker"))
    assert 'id="meeting"' not in page
    place = re.search(r'href="(/assessments/1/tracker/[^"]+)"', page)[1]
    assert 'id="owner"' in text(team.lead.get(place))
    assert 'id="owner"' not in text(team.reviewer.get(place))
    assert 'href="/assessments/1/results"' not in text(team.contributor.get("/assessments/1/evidence"))
