"""Next year's profile: what was true once stays, figures are emptied, the rest counts as stated only until it is confirmed."""

import copy
import json
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from conftest import EXAMPLES
from engagecheck import UsageRefused, load_profile, run_audit
from engagecheck.intake.edit import set_fact
from engagecheck.intake.explain import open_document
from engagecheck.intake.merge import merge
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workflow.parts import merge_parts, part_of
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.intake.workflow.sign_off import digest
from engagecheck.intake.workflow.status import section_status
from engagecheck.intake.writing import write_document
from engagecheck.model.schema import NOT_FACTS
from engagecheck.rules.importer import Imported
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
        assert "35 answers from last year, not yet confirmed and counted as stated only" in " ".join(run("audit", "p.json", "-f", form).stdout.decode().split())


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
    assert rows["/appraisal/quality_audit"][names.index("still")] == "From last year, not yet confirmed"
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


def marked(sections, figure=86423):
    """Next year's profile, in which last year's figure of any other section is a number that is easily found."""
    document = rolled()
    figures = document["last_year"]["figures"]
    figures.update({at: figure for at, value in figures.items() if at.split("/")[1] not in sections and isinstance(value, int)})
    return document


@pytest.mark.parametrize("ending", [".json", ".xlsx", ".html"])
def test_the_part_of_a_colleague_holds_last_years_figures_of_its_sections_alone(ending):
    document = marked(["talent", "involvement"])
    part = part_of(document, ["talent", "involvement"], None)
    raw = write_document(part, f"part{ending}", ("talent", "involvement"))
    texts = [raw.decode()] if ending != ".xlsx" else [archive.read(one).decode("utf-8", "replace") for archive in [ZipFile(BytesIO(raw))] for one in archive.namelist()]
    assert not any("86423" in text or "/commitment/" in text or "~1commitment" in text for text in texts)
    whole = document["last_year"]
    own = {name: {at: one for at, one in whole[name].items() if at.split("/")[1] in ("talent", "involvement")} for name in ("figures", "carried")}
    assert part["last_year"] == {"as_of": whole["as_of"], **own}
    assert all(own.values())


def test_parts_of_next_years_profile_know_together_what_it_knows_of_last_year():
    document = rolled()
    sections = [one.name for one in all_questions() if one.can_withhold and one.name in document]
    start = {name: document[name] for name in ("as_of", "organisation")}
    found = merge_parts(start, "p", [(name, part_of(document, [name], None)) for name in sections], lambda _: False)
    assert found.differences == ()
    known, whole = found.document["last_year"], document["last_year"]
    assert known["figures"] == whole["figures"]
    assert known["carried"] == {at: state for at, state in whole["carried"].items() if not at.startswith("/organisation/")}
    assert known["as_of"] == whole["as_of"]


@pytest.mark.parametrize("with_marks", [True, False])
def test_an_answer_that_a_part_changes_is_this_years_and_a_group_stays_to_be_confirmed(with_marks):
    document = rolled()
    part = part_of(document, ["talent"], None)
    assert part["talent"]["development_plan"] is False
    part["talent"]["development_plan"] = True
    part["talent"]["curriculum"]["consultants"] = not part["talent"]["curriculum"]["consultants"]
    if not with_marks:
        del part["last_year"]
    before, kept, taken = (merge_parts(document, "p", [("part", part)], lambda _, take=take: take).document for take in (False, False, True))
    assert before["last_year"] == kept["last_year"] == document["last_year"]
    carried = taken["last_year"]["carried"]
    assert {at for at, state in carried.items() if state == "confirmed"} == {"/talent/development_plan"}


def test_an_answer_of_last_year_that_only_the_part_has_keeps_its_mark():
    document, part = rolled(), part_of(rolled(), ["talent"], None)
    del document["talent"]["development_plan"]
    found = merge_parts(document, "p", [("part", part)], lambda _: False)
    assert found.document["talent"]["development_plan"] is False
    assert found.document["last_year"]["carried"]["/talent/development_plan"] == "unconfirmed"
    del part["last_year"]  # an answer that somebody gives anew is this year's
    assert merge_parts(document, "p", [("part", part)], lambda _: False).document["last_year"]["carried"]["/talent/development_plan"] == "confirmed"


@pytest.mark.parametrize(("prefer", "state"), [("imported", "confirmed"), ("entered", "unconfirmed")])
def test_an_answer_that_an_import_changes_is_this_years(prefer, state):
    document = rolled()
    evidence = {"id": "AR27", "title": "Annual report 2027", "kind": "annual_report", "effective": "2027-03-31", "assurance": "documented"}
    found = merge(document, Imported("", {"commitment": {"voting_doctors": 3}}, "2027-03-31"), evidence, prefer).document
    assert found["last_year"]["carried"]["/commitment/voting_doctors"] == state
    assert ("/commitment/voting_doctors" in load_profile(found).unconfirmed) is (state == "unconfirmed")
    strength = {result.id: result.assurance for finding in run_audit(found).findings for result in finding.criteria}["senior-commitment/doctors-on-the-board"]
    assert strength == ("documented" if prefer == "imported" else "asserted")


def test_what_is_changed_by_its_pointer_is_this_years():
    document = rolled()
    set_fact(document, "/commitment/board_lead/named", False)
    assert {at for at, state in document["last_year"]["carried"].items() if state == "confirmed"} == {"/commitment/board_lead"}


def test_an_answer_that_somebody_took_out_or_withholds_is_not_called_last_years():
    document = rolled()
    before = load_profile(document).unconfirmed
    del document["talent"]["development_plan"]
    del document["commitment"]["voting_doctors"]
    document["commitment"]["withheld"] = {"voting_doctors": "a by-election is under way"}
    after = load_profile(document).unconfirmed
    assert set(before) - set(after) == {"/talent/development_plan", "/commitment/voting_doctors"}
    assert sum(one.unconfirmed for one in section_status(document)) == sum(one.unconfirmed for one in section_status(rolled())) - 2


def test_what_is_not_taken_over_is_said_and_stays_in_the_old_profile(run, tmp_path):
    document = {**copy.deepcopy(FULL), "accepted_gaps": [gap(expires="2027-03-30"), gap("journey/action-plan-known", "2026-01-01", "2027-03-31")]}
    del document["commitment"]["voting_doctors"]
    document["commitment"]["withheld"] = {"voting_doctors": "the paper of spring 2026 is being rewritten"}
    (tmp_path / "p.json").write_text(json.dumps(document), encoding="utf-8")
    said = run("roll-forward", "p.json", "--to", "2027-03-31", "--output", "next.json").stderr.decode()
    assert "Not taken over, and still in p.json: 1 accepted gap.\nNot taken over, and still in p.json: 3 withheld answers.\n" in said
    after = json.loads((tmp_path / "next.json").read_text("utf-8"))
    assert "withheld" not in after["commitment"]
    assert len(after["accepted_gaps"]) == 1
    nothing = {**FULL, **{name: {key: value for key, value in part.items() if key != "withheld"} for name, part in FULL.items() if isinstance(part, dict)}}
    (tmp_path / "p.json").write_text(json.dumps(nothing), encoding="utf-8")
    assert "Not taken over" not in run("roll-forward", "p.json", "--to", "2027-03-31", "--output", "other.json").stderr.decode()


def test_what_is_withheld_and_true_for_ever_stays_withheld():
    document = copy.deepcopy(FULL)
    del document["appraisal"]["board_report_on"]
    document["appraisal"]["withheld"] = {"board_report_on": "the board has not minuted it"}
    assert roll_forward(document, NEXT)["appraisal"]["withheld"] == document["appraisal"]["withheld"]


def test_a_sign_off_says_that_answers_are_not_confirmed_and_that_its_days_are_out_of_order(run, tmp_path):
    path = tmp_path / "p.json"
    path.write_text(json.dumps(rolled()), encoding="utf-8")
    approved = run("sign-off", "p.json", "--approved-by", "Board", "--on", "2027-05-01")
    assert "35 answers from last year, not yet confirmed and counted as stated only" in " ".join(approved.stderr.decode().split())
    assert "out of order" not in approved.stderr.decode()
    path.write_text(json.dumps(confirmed(json.loads(path.read_text("utf-8")))), encoding="utf-8")
    prepared = run("sign-off", "p.json", "--prepared-by", "Secretary", "--on", "2027-06-10")
    assert "The days are out of order: a profile is prepared, then checked, then approved." in prepared.stderr.decode()
    assert "not yet confirmed" not in prepared.stderr.decode()
