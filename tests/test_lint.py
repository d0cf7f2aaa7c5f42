from conftest import BARE
from engagecheck import load
from engagecheck.lint import notes

CLAIM = {"journey": {"self_rating": "good"}}
REGISTER = [{"id": "A", "title": "A document", "kind": "other"}]


def test_a_claim_on_thin_evidence_is_noted():
    (note,) = notes(load({**BARE, **CLAIM}))
    assert "0 of 1 facts" in note


def test_a_claim_on_evidence_and_a_modest_one_are_not():
    shown = {"journey": {"self_rating": "good", "evidence": ["A"]}, "evidence": REGISTER}
    assert list(notes(load({**BARE, **shown}))) == []
    assert list(notes(load({**BARE, "journey": {"self_rating": "requires_improvement"}}))) == []


def test_validate_prints_the_note_and_ends_well(run, tmp_path):
    import json

    (tmp_path / "p.json").write_text(json.dumps({**BARE, **CLAIM}))
    done = run("validate", "p.json")
    assert done.returncode == 0
    assert "note: the organisation rates" in done.stdout.decode()
