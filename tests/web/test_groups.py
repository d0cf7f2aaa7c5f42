"""The questionnaire for groups: a code counts once, nothing of a person is kept, and the sum is that of the command line."""

import html
import json
import random
import re
import threading
from collections import Counter

import pytest

from engagecheck.intake.tables.text import as_csv
from engagecheck.model.questionnaire import GROUPS, ITEMS

INVITED = {"consultants": "14", "sas_doctors": "11", "resident_doctors": "12", "managers": "10", "executives": "4"}


def text(answer):
    return " ".join(html.unescape(answer.content.decode()).split())


def opened(team, **changes):
    answer = team.lead.post("/assessments/1/survey", {"on": "March 2026"} | INVITED | changes)
    assert answer.status_code == 200
    codes = {}
    for title, part in re.findall(r"<h2>([^<]+): \d+</h2>(.*?)</section>", answer.content.decode(), re.DOTALL):
        group = next(name for name, one in GROUPS.items() if html.escape(one) == title)
        codes[group] = re.findall(r"<code>([^<]+)</code>", part)
    return codes


def everything():
    """Every row of every table, as text."""
    from django.db import connection

    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608
            rows[table] = Counter(map(repr, cursor.fetchall()))
    return rows


def stored():
    from engagecheck.web.models import Assessment

    return Assessment.objects.get(pk=1).profile


def people(rng, group, count):
    return [{"group": group} | {item.id: str(rng.randint(0, 10)) for item in ITEMS if rng.random() < 0.9} for _ in range(count)]


@pytest.mark.parametrize("took_part", [(14, 11, 12, 10), (14, 4, 12, 10), (9, 11, 10, 3), (10, 2, 3, 0)])
def test_the_sum_is_that_of_the_command_line(team, visitor, run, tmp_path, took_part):
    codes = opened(team)
    rng, rows = random.Random(sum(took_part)), []
    for group, count in zip(codes, took_part, strict=True):
        for code, person in zip(codes[group], people(rng, group, count), strict=False):
            answer = visitor.post("/questionnaire", {"code": code} | {name: value for name, value in person.items() if name != "group"})
            assert "Your answers are counted" in text(answer)
            rows.append(person)
    assert "its results are in the assessment" in text(team.lead.post("/assessments/1/survey/close", follow=True))
    names = ["group", *(item.id for item in ITEMS)]
    (tmp_path / "rows.csv").write_text(as_csv([names, *([one.get(name, "") for name in names] for one in rows)]), "utf-8")
    document = json.loads(team.lead.get("/assessments/1/profile.json").content)
    bare = {name: document[name] for name in ("as_of", "organisation")}
    bare["organisation"] = {name: value for name, value in bare["organisation"].items() if name != "evidence"}
    (tmp_path / "p.json").write_text(json.dumps(bare), "utf-8")
    options = [part for group, count in INVITED.items() for part in ("-o", f"invited-{group.replace('_', '-')}={count}")]
    done = run("import", "views", "rows.csv", "--into", "p.json", "-o", "on=2026-03", *options)
    assert done.returncode == 0, done.stderr
    expected = json.loads((tmp_path / "p.json").read_text("utf-8"))["perceptions"]
    assert without_evidence(document["perceptions"]) == without_evidence(expected)
    assert any("suppressed" in one for one in expected.values() if isinstance(one, dict))


def test_the_sum_takes_the_place_of_texts_in_error_in_its_section_and_of_no_others(team, visitor):
    from engagecheck.web.models import Assessment

    typed = {"perceptions/executives/responded": "a few", "appraisal/connected": "many"}
    Assessment.objects.update(typed=typed)
    codes = opened(team)
    for code, answers in zip(codes["managers"], people(random.Random(1), "managers", 10), strict=True):
        visitor.post("/questionnaire", {"code": code} | {name: value for name, value in answers.items() if name != "group"})
    assert "its results are in the assessment" in text(team.lead.post("/assessments/1/survey/close", follow=True))
    assert Assessment.objects.get().typed == {"appraisal/connected": "many"}


def without_evidence(value):
    if isinstance(value, dict):
        return {name: without_evidence(part) for name, part in value.items() if name not in ("evidence", "evidence_for")}
    return value


def test_an_answer_changes_counts_and_deletes_a_code_and_nothing_else(team, visitor):
    codes = opened(team)
    before = everything()
    answers = {item.id: str(place % 11) for place, item in enumerate(ITEMS)}
    answer = visitor.post("/questionnaire", {"code": codes["managers"][3].lower()} | answers)
    assert "Your answers are counted" in text(answer)
    after = everything()
    changed = {table for table in before if before[table] != after[table]}
    assert changed == {"workplace_code", "workplace_count"}
    assert (before["workplace_code"] - after["workplace_code"]).total() == 1
    assert (after["workplace_code"] - before["workplace_code"]).total() == 0
    assert (after["workplace_count"] - before["workplace_count"]).total() == len(ITEMS) + 1
    assert "sessionid" not in visitor.cookies
    assert "engagecheck_session" not in visitor.cookies


def test_a_code_counts_once_and_what_cannot_be_counted_is_shown_again(team, visitor):
    codes = opened(team)
    (first, *_) = codes["consultants"]
    nothing = visitor.post("/questionnaire", {"code": first})
    assert nothing.status_code == 422
    assert "your code can still be used" in text(nothing)
    assert f'value="{first}"' in text(nothing)
    one = {ITEMS[0].id: "7"}
    assert visitor.post("/questionnaire", {"code": first} | one).status_code == 200
    for code in (first, "", "AAAAA-AAAAA-AAAAA", "ß" * 40):
        again = visitor.post("/questionnaire", {"code": code} | one)
        assert again.status_code == 422
        assert '<a href="#code">this code is not known, or was used already</a>' in text(again)
        assert '<option value="7" selected>' in text(again)
    from engagecheck.web.models import Count

    assert Count.objects.get(group="consultants", item="").people == 1
    assert visitor.post("/questionnaire", {"code": codes["consultants"][1], ITEMS[0].id: "11"}).status_code == 422


def test_of_two_answers_with_one_code_at_once_one_counts(team):
    from django.db import connections

    from engagecheck.errors import InputRefused
    from engagecheck.web.models import Count
    from engagecheck.web.pages.groups.counting import count_in

    (code, *_) = opened(team)["managers"]
    ended, start = [], threading.Barrier(4)

    def send():
        start.wait()
        try:
            count_in(code, {ITEMS[0].id: 5})
            ended.append("counted")
        except InputRefused:
            ended.append("refused")
        finally:
            connections.close_all()

    senders = [threading.Thread(target=send) for _ in range(4)]
    for one in senders:
        one.start()
    for one in senders:
        one.join()
    assert sorted(ended) == ["counted", "refused", "refused", "refused"]
    assert Count.objects.get(group="managers", item="").people == 1


def test_groups_under_ten_get_no_codes_and_codes_are_shown_once(team):
    codes = opened(team)
    assert {group: len(own) for group, own in codes.items()} == {"consultants": 14, "sas_doctors": 11, "resident_doctors": 12, "managers": 10}
    everywhere = str(everything())
    assert not [one for own in codes.values() for one in own if one in everywhere or one.replace("-", "") in everywhere]
    again = team.lead.post("/assessments/1/survey", {"on": "March 2026"} | INVITED)
    assert "It is open" in text(again)
    assert "<code>" not in text(again)


@pytest.mark.parametrize(
    ("changes", "field"), [({"on": ""}, "on"), ({"on": "soon"}, "on"), ({"on": "April 2026"}, "on"), ({"on": "2199"}, "on"), ({"managers": "many"}, "managers"), (dict.fromkeys(INVITED, "9"), "medical_leaders")]
)  # fmt: skip
def test_what_cannot_be_opened_is_explained(team, changes, field):
    refused = team.lead.post("/assessments/1/survey", {"on": "March 2026"} | INVITED | changes)
    assert refused.status_code == 422
    assert f'<a href="#{field}">' in text(refused)
    assert f'id="{field}"' in text(refused)
    assert "could be revealed" in text(refused)


def test_while_it_is_open_no_page_and_no_file_has_an_answer(team, visitor):
    pages = ("/assessments/1/", "/assessments/1/survey", "/assessments/1/profile.json", "/assessments/1/questions/perceptions", "/assessments/1/results")
    codes = opened(team)
    before = [re.sub(r'name="csrf[^>]+>', "", team.lead.get(page).content.decode()) for page in pages]
    for own in codes.values():
        for code in own:
            visitor.post("/questionnaire", {"code": code, ITEMS[0].id: "3"})
    assert [re.sub(r'name="csrf[^>]+>', "", team.lead.get(page).content.decode()) for page in pages] == before


def test_closing_deletes_all_counts_and_codes_also_if_nobody_answered(team, visitor):
    from engagecheck.web.models import Code, Count, Survey

    codes = opened(team)
    before = stored()
    assert "Nobody can answer any more" in text(team.lead.get("/assessments/1/survey/close"))
    assert "nobody has answered" in text(team.lead.post("/assessments/1/survey/close", follow=True))
    assert stored() == before
    assert [kind.objects.count() for kind in (Survey, Code, Count)] == [0, 0, 0]
    assert visitor.post("/questionnaire", {"code": codes["managers"][0], ITEMS[0].id: "3"}).status_code == 422
    assert "It is open" not in text(team.lead.get("/assessments/1/survey"))


def test_alone_at_a_machine_there_is_no_questionnaire(officer, assessment):
    for answer in (officer.get(f"/assessments/{assessment.pk}/survey"), officer.post(f"/assessments/{assessment.pk}/survey", INVITED)):
        assert answer.status_code == 422
        assert "this needs a team" in text(answer)


def test_a_group_that_the_assessment_says_is_not_there_cannot_be_invited(team):
    from engagecheck.web.models import Assessment

    assessment = Assessment.objects.get(pk=1)
    assessment.document = {**assessment.document, "organisation": {**assessment.document["organisation"], "employs_sas_doctors": False}}
    assessment.save()
    refused = team.lead.post("/assessments/1/survey", {"on": "March 2026"} | INVITED)
    assert refused.status_code == 422
    assert '<a href="#sas_doctors">' in text(refused)
    assert opened(team, sas_doctors="")
