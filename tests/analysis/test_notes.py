"""Notes on valid profiles: each is there when it should be, and not when it should not."""

import copy
import json

import pytest

from conftest import BARE, EXAMPLES
from engagecheck import load_profile
from engagecheck.analysis.notes import notes
from engagecheck.intake.writing import write_document

CLAIM = {"journey": {"self_rating": "good"}}
REGISTER = [{"id": "A", "title": "A document", "kind": "other", "effective": "2025-01", "assurance": "documented"}]


def noted(document, registry):
    return [(note.pointer, note.text) for note in notes(load_profile({**BARE, **document}), registry)]


def test_a_claim_on_thin_evidence_is_noted(bundled):
    ((pointer, text),) = noted(CLAIM, bundled)
    assert pointer == "/journey/self_rating"
    assert "0 of 1 facts" in text


def test_a_claim_on_evidence_and_a_modest_one_are_not(bundled):
    shown = {"journey": {"self_rating": "good", "evidence": ["A"]}, "evidence": REGISTER}
    assert noted(shown, bundled) == []
    assert noted({"journey": {"self_rating": "requires_improvement"}}, bundled) == []
    ((_, text),) = noted({**shown, "evidence": [{name: value for name, value in REGISTER[0].items() if name != "assurance"}]}, bundled)
    assert "0 of 1 facts" in text  # nobody says that a document was seen


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"effective": "2023-03-30"}, "25 months before"), ({"effective": "2023-03-31"}, None), ({"effective": "2023-03"}, "25 months before"),
        ({"effective": None}, "has no date"), ({"id": "B"}, "no fact rests on"),
    ],
)  # fmt: skip
def test_evidence_past_its_date_undated_or_unused_is_noted(bundled, changes, words):
    item = {name: value for name, value in {**REGISTER[0], **changes}.items() if value is not None}
    found = noted({"journey": {"declared_complete": False, "evidence": ["A"] if item["id"] == "A" else []}, "evidence": [item]}, bundled)
    assert ([words in text for _, text in found] == [True]) if words else found == []


def test_lists_that_do_not_reach_their_total_are_noted(bundled):
    entries = [{"name": "Medicine"}]
    assert "1 of 2 listed" in noted({"structure": {"divisions": {"of": 2, "entries": entries}}}, bundled)[0][1]
    assert "listed, but the total is missing" in noted({"structure": {"divisions": {"entries": entries}}}, bundled)[0][1]
    assert noted({"structure": {"divisions": {"of": 1, "entries": entries}}}, bundled) == []


def test_contradictory_facts_are_noted(bundled):
    figures = {"connected": 10, "completed": 9, "approved_missed": 0, "unapproved_missed": 0}
    ((pointer, text),) = noted({"appraisal": figures}, bundled)
    assert pointer == "/appraisal/completed"
    assert "9 + 0 + 0 = 9; connected: 10" in text
    assert noted({"appraisal": {**figures, "approved_missed": 1}}, bundled) == []


@pytest.mark.parametrize("role", ["Dr Ann Example", "Prof. A. B. Example", "Ann Example", "Chief Nurse (Mrs Example)", "Ann B. Example-Smith"])
def test_the_name_of_a_person_is_noted(bundled, role):
    ((pointer, text),) = noted({"leadership": {"chief_executive": {"role": role}}}, bundled)
    assert pointer == "/leadership/chief_executive/role"
    assert "name of a person" in text


@pytest.mark.parametrize("role", ["Chief Executive", "Director of Human Resources", "Chief Nurse", "Accountable Officer", "Medical Director (Operations)"])
def test_a_role_is_not(bundled, role):
    assert noted({"leadership": {"chief_executive": {"role": role}}}, bundled) == []


SIGNED = {"sign_off": {"approved": {"role": "ROLE", "on": "2025-05-01"}}}
GAP = {"criterion": "journey/action-plan-known", "reason": "r", "approver": "ROLE", "approved_on": "2025-03-01", "expires_on": "2026-01-01"}
STATEMENT = {"criterion": "journey/action-plan-known", "statement": "s", "role": "ROLE", "method": "examined", "on": "2025-03-01", "valid_until": "2026-01-01"}
PLACES = {
    "/talent/answered_by": {"talent": {"answered_by": "ROLE"}},
    "/sign_off/approved/role": SIGNED,
    "/accepted_gaps/0/approver": {"accepted_gaps": [GAP]},
    "/attestations/0/role": {"attestations": [STATEMENT]},
}


def with_role(document, role):
    return json.loads(json.dumps(document).replace("ROLE", role))


@pytest.mark.parametrize("place", PLACES)
def test_a_name_is_noted_wherever_a_role_belongs(bundled, place):
    for name in ("Dr John Example", "John Example"):
        assert (place, "this looks like the name of a person; give the role instead") in noted(with_role(PLACES[place], name), bundled)
    for role in ("People Committee", "Board", "Trust Board", "Audit Committee", "Director of People", "Responsible officer"):
        assert not any("name of a person" in text for _, text in noted(with_role(PLACES[place], role), bundled))


def test_a_name_in_a_workbook_is_noted_too(bundled, tmp_path):
    (tmp_path / "p.xlsx").write_bytes(write_document({**BARE, **with_role(SIGNED, "Dr John Example")}, "p.xlsx"))
    found = [(note.pointer, note.text) for note in notes(load_profile(tmp_path / "p.xlsx"), bundled)]
    assert [pointer for pointer, text in found if "name of a person" in text] == ["/sign_off/approved/role"]


def test_units_are_not_taken_for_persons_unless_titled(bundled):
    def unit(name):
        return noted({"structure": {"divisions": {"of": 1, "entries": [{"name": name}]}}}, bundled)

    assert unit("Palliative Care") == unit("Women and Children") == []
    assert "name of a person" in unit("Dr Example's firm")[0][1]


def learnt(*entries):
    return {"learning": {"external_learning": {"of": len(entries), "entries": list(entries)}}}


VISIT = {"on": "2025-03-10", "kind": "visit", "partner": "a neighbouring trust", "action_recorded": True}


@pytest.mark.parametrize("again", [{}, {"partner": "A\u00a0neighbouring TR\u200bUST"}, {"on": "2025-03"}])
def test_an_event_that_is_listed_twice_in_whatever_spelling_is_noted(bundled, again):
    ((pointer, text),) = noted(learnt(VISIT, {**VISIT, "on": "2024-03"}, VISIT | again), bundled)
    assert pointer == "/learning/external_learning/entries/2"
    assert text.startswith("entries 1 and 3 say the same")


@pytest.mark.parametrize("other", [{"partner": "another trust"}, {"on": "2025-03-11"}, {"action_recorded": False}])
def test_events_that_differ_are_not(bundled, other):
    assert noted(learnt(VISIT, VISIT | other), bundled) == []


def test_the_sound_profile_has_nothing_to_note(bundled):
    import json

    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    assert list(notes(load_profile(copy.deepcopy(document)), bundled)) == []
