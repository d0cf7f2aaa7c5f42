"""One table says who may do what. Each route, role and step is tried by its address, and nobody reaches what is another's."""

import itertools

import pytest

from workplace import routes

ROLES = {
    "lead": ("lead",), "contributor": ("contributor",), "reviewer": ("reviewer",), "board": ("board reader",), "auditor": ("auditor",),
    "administrator": (), "outsider": (),
}  # fmt: skip


def tabled():
    from engagecheck.web.team.table import STEPS, TABLE

    return TABLE, STEPS


@pytest.mark.usefixtures("data_folder")
def test_every_route_is_in_the_table_and_nothing_else_is():
    from engagecheck.web.urls import urlpatterns

    table, _ = tabled()
    patterns = [inner for one in urlpatterns for inner in getattr(one, "url_patterns", [one])]
    assert {one.name for one in patterns} == set(table)


def test_a_route_that_is_missing_from_the_table_is_refused(team, officer, monkeypatch):
    from engagecheck.web.team import access

    shorter = {name: row for name, row in access.TABLE.items() if name != "overview"}
    monkeypatch.setattr(access, "TABLE", shorter)
    for client in (team.lead, team.auditor, team.administrator, officer):
        assert client.get("/assessments/1/").status_code == 403


def statuses(team, name, place):
    for method in ("get", "post"):
        answer = getattr(team.clients[name], method)(place)
        answer.close()
        yield answer.status_code


@pytest.mark.exhaustive
@pytest.mark.parametrize("step", tabled()[1])
def test_each_role_gets_to_each_route_exactly_where_the_table_says(team, step):
    table, _ = tabled()
    team.stand_at(step)
    tried = 0
    for (route, place), (name, roles) in itertools.product(routes(), ROLES.items()):
        row = table[route]
        if row.is_open or not row.of_assessment or route in ("remove", "questions"):
            continue
        for method, allowed in (("get", row.look), ("post", row.act)):
            if method == "post" and any(step in allowed.get(role, ()) for role in roles):
                continue  # what those who may act bring about is tried in tests of its own
            answer = getattr(team.clients[name], method)(place)
            answer.close()
            status = answer.status_code
            tried += 1
            if not allowed:
                assert status == 405, (route, name)
            elif not roles:
                assert status == 404, (route, name)
            elif any(step in allowed.get(role, ()) for role in roles):
                assert status not in (403, 405), (route, name)
            else:
                assert status == 403, (route, name)
    assert tried > 100


@pytest.mark.parametrize("step", tabled()[1])
def test_a_contributor_reads_and_changes_only_the_named_sections(team, step):
    team.stand_at(step)
    may_change = 302 if step == "drafting" else 403
    for section, looks in (("appraisal", 200), ("evidence", 200), ("leadership", 403), ("organisation", 403), ("sign_off", 403)):
        place = f"/assessments/1/questions/{section}"
        assert team.contributor.get(place).status_code == looks, section
        assert team.contributor.post(place, {}).status_code == (may_change if looks == 200 else 403), section
        assert team.reviewer.get(place).status_code == team.auditor.get(place).status_code == 200
        assert team.reviewer.post(place, {}).status_code == team.auditor.post(place, {}).status_code == 403
        assert team.lead.post(place, {}).status_code == may_change
    page = team.contributor.get("/assessments/1/").content.decode()
    assert "questions/appraisal" in page
    assert "questions/leadership" not in page


@pytest.mark.exhaustive
def test_an_assessment_of_others_is_not_there_for_anybody_outside(team, sound):
    from engagecheck.web.models import Assessment

    other = Assessment.begin(sound, team.users["outsider"])
    table, _ = tabled()
    for name in ("lead", "contributor", "reviewer", "board", "administrator"):
        for route, place in routes():
            if table[route].of_assessment:
                there = place.replace("/assessments/1/", f"/assessments/{other.pk}/")
                assert set(statuses(team, name, there)) <= {404, 405}, (route, name)
        assert team.clients[name].get(f"/assessments/1/compared/{other.pk}").status_code == 404
    assert other.organisation_id != team.assessment.organisation_id
    assert f"/assessments/{other.pk}/" not in team.lead.get("/").content.decode()
    assert "compared" not in team.outsider.get(f"/assessments/{other.pk}/results").content.decode()


def test_who_only_fills_in_another_year_does_not_see_its_rating_beside_this_one(team, sound):
    from engagecheck.web.models import Assessment, Membership

    other = Assessment.begin({"organisation": sound["organisation"], "as_of": "2025-02-28"}, team.users["lead"])
    other.organisation_id = team.assessment.organisation_id
    other.save()
    joined = Membership.objects.create(assessment=other, user=team.users["reviewer"], role="contributor", sections=["appraisal"])
    for role, status in (("contributor", 403), ("board reader", 403), ("reviewer", 200)):
        Membership.objects.filter(pk=joined.pk).update(role=role)
        assert team.reviewer.get(f"/assessments/1/compared/{other.pk}").status_code == status
        for page in ("years", "results"):
            shown = team.reviewer.get(f"/assessments/1/{page}").content.decode()
            assert ("28 February 2025" in shown) is (status == 200), (page, role)


@pytest.mark.parametrize("number", ["0", "9" * 30])
def test_a_number_that_no_database_holds_is_not_found(officer, assessment, number):
    for place in (f"/assessments/{number}/", f"/assessments/{assessment.pk}/compared/{number}", f"/assessments/{assessment.pk}/files/{number}"):
        assert officer.get(place).status_code == 404, place


def test_only_the_administrator_makes_users_and_only_who_may_begins(team):
    for name in ROLES:
        expected = 200 if name == "administrator" else 403
        assert team.clients[name].get("/people").status_code == expected
        assert team.clients[name].get("/people/1").status_code == expected
        assert team.clients[name].get("/begin").status_code == (200 if name == "lead" else 403)
        assert team.clients[name].post("/bring").status_code == (422 if name == "lead" else 403)
        assert team.clients[name].get("/").status_code == 200


def test_a_contributor_sees_the_score_only_if_the_lead_allows_it(team):
    place = "/assessments/1/questions/appraisal"
    for allows in (False, True):
        type(team.assessment).objects.update(shows_score=allows)
        for page in (place, "/assessments/1/"):
            assert ("Score " in team.contributor.get(page).content.decode()) is allows
            assert "Score " in team.lead.get(page).content.decode()
            assert "questions answered" in team.contributor.get(page).content.decode()
        at_once = team.contributor.post(
            place, {"v:appraisal/connected": str(500 + allows), "w:appraisal/connected": ""},
            headers={"HX-Request": "true", "HX-Trigger": "field:appraisal--connected"},
        )  # fmt: skip
        assert ("Score " in at_once.content.decode()) is allows
    assert team.contributor.get("/assessments/1/results").status_code == 403


def test_a_contributor_removes_only_a_file_of_their_own(team):
    import io

    entry = next(one["#"] for one in team.assessment.document["evidence"] if one["id"] == "HR")
    for number, name in enumerate(("lead", "contributor"), 1):
        file = io.BytesIO(f"of {name}".encode())
        file.name = "a.txt"
        assert team.clients[name].post(f"/assessments/1/evidence/{entry}/add", {"file": file}).status_code == 302
        assert team.contributor.get(f"/assessments/1/files/{number}").status_code == 200
    assert team.contributor.get("/assessments/1/files/1/remove").status_code == 403
    assert team.contributor.post("/assessments/1/files/1/remove", {"reason": "x"}).status_code == 403
    assert team.contributor.post("/assessments/1/files/2/remove", {"reason": "x"}).status_code == 302
    assert team.lead.post("/assessments/1/files/1/remove", {"reason": "x"}).status_code == 302
