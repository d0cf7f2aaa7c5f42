"""Next year's profile: what was true once stays, figures are emptied, the rest counts as stated only until it is confirmed."""

import copy
import json
from datetime import date

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from conftest import EXAMPLES
from engagecheck import UsageRefused, load_profile, run_audit
from engagecheck.intake.explain import open_document
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workflow.parts import merge_parts, part_of
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.intake.workflow.sign_off import digest
from engagecheck.intake.workflow.status import section_status
from engagecheck.intake.writing import write_document
from engagecheck.model.schema import NOT_FACTS
from generated import accepted, dressed
from overriding import gap

FULL = json.loads((EXAMPLES / "harbour-vale.json").read_text("utf-8"))
NEXT = date(2027, 3, 31)


def rolled(**changed):
    return roll_forward({**copy.deepcopy(FULL), **changed}, NEXT)


def confirmed(document):
    carried = dict.fromkeys(document["last_year"]["carried"], "confirmed")
    return {**document, "last_year": {**document["last_year"], "carried": carried}}


def facts(document, question, pointer):
    """Every single fact of a document below a question, in lists too, by JSON Pointer."""
    if question.is_leaf or not isinstance(document, dict | list):
        yield pointer, document
    elif question.kind is Kind.LIST:
        yield from ((f"{pointer}/{name}", value) for name, value in document.items() if name not in (*NOT_FACTS, "entries"))
        for place, entry in enumerate(document.get("entries", ())):
            yield from ((f"{pointer}/entries/{place}/{name}", value) for name, value in entry.items() if name not in NOT_FACTS)
    elif question.kind is Kind.GROUP:
        for part in question.parts:
            if part.name in document and part.name not in NOT_FACTS:
                yield from facts(document[part.name], part, f"{pointer}/{part.name}")


def all_facts(document):
    return {place: value for one in all_questions() if one.can_withhold for place, value in facts(document[one.name], one, f"/{one.name}")}


def test_each_fact_stays_is_emptied_with_last_years_beside_or_is_to_be_confirmed():
    after, carried, figures = rolled(), rolled()["last_year"]["carried"], rolled()["last_year"]["figures"]
    before, now = all_facts(FULL), all_facts(after)
    emptied_lists = ("/involvement/projects", "/involvement/change_projects")
    assert {place for place in before if place not in now and not place.startswith(emptied_lists)} == {place for place in figures if not place.startswith(emptied_lists)}
    assert all(figures[place] == before[place] for place in figures)
    assert all(now[place] == before[place] for place in now)
    assert {place.split("/")[1] for place in now if not any(f"{place}/".startswith(f"{one}/") for one in carried)} == {
        "appraisal", "commitment", "governance", "journey", "learning", "perceptions", "regulator", "selection",
    }  # fmt: skip


def test_the_same_organisation_a_year_later_without_a_sign_off_is_a_valid_profile():
    after = rolled(sign_off={"approved": {"role": "Board", "on": "2026-05-01"}})
    profile = load_profile(after)
    assert profile.as_of == NEXT
    assert profile.organisation.name == FULL["organisation"]["name"]
    assert "sign_off" not in after
    assert after["last_year"]["as_of"] == FULL["as_of"]


def test_a_gap_that_has_expired_goes_and_one_in_force_stays():
    after = rolled(accepted_gaps=[gap(expires="2027-03-30"), gap("journey/action-plan-known", "2026-01-01", "2027-03-31")])
    assert [one["criterion"] for one in after["accepted_gaps"]] == ["journey/action-plan-known"]


@pytest.mark.parametrize("count", [5, pytest.param(100, marks=pytest.mark.exhaustive)])
def test_generated_profiles_are_valid_next_year_and_the_year_after(count):
    @settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(dressed().filter(accepted))
    def is_valid(document):
        after = roll_forward(document, NEXT)
        assert load_profile(after).as_of == NEXT
        if after["last_year"]["figures"]:
            with pytest.raises(UsageRefused, match="no figure of 31 March 2027 is entered yet"):
                roll_forward(after, date(2028, 3, 31))
            return
        again = roll_forward(after, date(2028, 3, 31))
        assert load_profile(again).unconfirmed == load_profile(after).unconfirmed

    is_valid()


def test_a_year_whose_figures_nobody_entered_is_not_rolled_forward_and_one_with_some_is():
    after = roll_forward(FULL, NEXT)
    figures = after["last_year"]["figures"]
    with pytest.raises(UsageRefused, match=r"enter them first, or begin with the profile of 31 March 2026$"):
        roll_forward(after, date(2028, 3, 31))
    pointer = next(one for one, value in figures.items() if one.count("/") == 2 and isinstance(value, int))
    section, name = pointer[1:].split("/")
    after[section][name] = figures[pointer]
    assert roll_forward(after, date(2028, 3, 31))["last_year"]["figures"] == {pointer: figures[pointer]}


def test_a_day_that_is_not_later_is_refused():
    with pytest.raises(UsageRefused, match="enter a day after 2026-03-31"):
        roll_forward(FULL, date(2026, 3, 31))


def test_a_capability_assessment_that_never_took_place_has_to_be_confirmed():
    after = rolled(governance={"capability_assessed_on": "never"})
    assert after["last_year"]["carried"]["/governance/capability_assessed_on"] == "unconfirmed"
    assert "/governance/capability_assessed_on" not in rolled()["last_year"]["carried"]


def results(document):
    return {one.id: one for finding in run_audit(document).findings for one in finding.criteria}


def test_what_is_not_confirmed_counts_as_stated_only_and_the_first_page_says_so(run, tmp_path):
    before, after = results({**rolled(), "last_year": {"as_of": "2026-03-31"}}), results(rolled())
    assert {name: one.outcome for name, one in before.items()} == {name: one.outcome for name, one in after.items()}
    weaker = [name for name in after if before[name].assurance == "documented" and after[name].assurance == "asserted"]
    assert len(weaker) > 10
    assert results(confirmed(rolled())) == before
    (tmp_path / "p.json").write_text(json.dumps(rolled()), encoding="utf-8")
    for form in ("text", "html", "markdown"):
        assert "35 answers as last year, not yet confirmed and counted as stated only" in " ".join(run("audit", "p.json", "-f", form).stdout.decode().split())


def test_the_evidence_of_last_year_shows_no_figure_of_this_year():
    section = {"appraisal": {**copy.deepcopy(FULL["appraisal"]), "evidence": [FULL["evidence"][0]["id"]]}}
    after = confirmed(rolled(**section))
    after["appraisal"].update({name: FULL["appraisal"][name] for name in ("connected", "completed", "approved_missed", "unapproved_missed")})
    assert run_audit(after).findings
    profile = load_profile(after)
    assert profile.cited_for("/appraisal/connected") == []
    assert profile.cited_for("/appraisal/board_report_on") != []
    assert not any(profile.cited_for(f"{one.removesuffix('/of')}") for one in rolled()["last_year"]["figures"] if one.endswith("/of"))


def test_the_workbook_shows_last_years_figures_and_comes_back_unchanged(tmp_path):
    raw = write_document(rolled(), "p.xlsx")
    assert digest(open_document(raw, "p.xlsx").document) == digest(rolled())
    path = tmp_path / "p.xlsx"
    path.write_bytes(raw)
    book = openpyxl.load_workbook(path)
    sheet = book["Appraisal"]
    rows = {str(row[0].value): [cell.value for cell in row] for row in sheet.iter_rows()}
    names = rows["facts"]
    assert rows["/appraisal/connected"][names.index("last")] == "612"
    assert rows["/appraisal/connected"][names.index("answer")] is None
    assert rows["/appraisal/quality_audit"][names.index("still")] == "As last year, not yet confirmed"
    (cell,) = (row[names.index("still")] for row in sheet.iter_rows() if row[0].value == "/appraisal/quality_audit")
    cell.value = "Confirmed"
    book.save(path)
    assert "/appraisal/quality_audit" not in load_profile(path).unconfirmed
    assert len(load_profile(path).unconfirmed) == len(load_profile(rolled()).unconfirmed) - 1


def test_a_colleague_sees_last_years_figures_and_confirms_their_part():
    part = confirmed(part_of(rolled(), ["talent"], None))
    found = merge_parts(rolled(), "p", [("part", part)], lambda _: False)
    assert found.differences == ()
    assert found.document["last_year"]["carried"]["/talent/curriculum"] == "confirmed"
    assert [one.unconfirmed for one in section_status(rolled()) if one.name == "talent"] == [4]


@pytest.mark.exhaustive
def test_on_the_command_line_the_old_profile_stays_and_no_file_is_overwritten(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(FULL), encoding="utf-8")
    result = run("roll-forward", "p.json", "--to", "31 March 2027")
    assert result.returncode == 0
    assert "Enter 48 figures for this year. Confirm or correct 35 answers from last year." in result.stderr.decode()
    assert json.loads((tmp_path / "p.json").read_text("utf-8")) == FULL
    assert json.loads((tmp_path / "p-2027-03-31.json").read_text("utf-8")) == rolled()
    for name in ("next.xlsx", "next.html"):
        assert run("roll-forward", "p.json", "--to", "2027-03-31", "--output", name).returncode == 0
    assert digest(open_document((tmp_path / "next.xlsx").read_bytes(), "next.xlsx").document) == digest(rolled())
    assert run("roll-forward", "next.xlsx", "--to", "2028-03-31").returncode == 2
    assert run("roll-forward", "p.json", "--to", "2028-03-31", "--output", "later.xlsx").returncode == 0
    assert load_profile(tmp_path / "later.xlsx").as_of == date(2028, 3, 31)
    assert run("roll-forward", "p.json", "--to", "2027-03-31").returncode == 5
    assert run("roll-forward", "p.json", "--to", "soon", "--output", "q.json").returncode == 2
    assert run("roll-forward", "p.json", "--to", "2027-03", "--output", "q.json").returncode == 2
