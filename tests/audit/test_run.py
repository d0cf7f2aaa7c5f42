"""Whole reports: the published schema, the digest, the same bytes, what is read and what is not."""

import json
import subprocess
import sys
from datetime import date

import pytest
from jsonschema import Draft202012Validator
from msgspec import to_builtins

from conftest import BARE, EXAMPLES, PROFILES, SOUND
from engagecheck import AuditSettings, Basis, InputRefused, Outcome, Style, UsageRefused, load_profile, run_audit
from engagecheck.audit.describe import report_digest as digest
from engagecheck.model.schema import schema

DOCUMENTS = {path.relative_to(EXAMPLES).as_posix(): path for path in PROFILES}


def document_of(report):
    """The report as its JSON is read again: lists are lists."""
    return json.loads(json.dumps(to_builtins(report)))


def results(report):
    return {result.id: result for finding in report.findings for result in finding.criteria}


@pytest.mark.parametrize("path", DOCUMENTS.values(), ids=DOCUMENTS)
def test_every_report_is_valid_and_bears_its_digest(path, bundled):
    report = run_audit(path, bundled)
    document = document_of(report)
    Draft202012Validator(schema("report")).validate(document)
    assert digest(document) == report.report_digest
    assert json.loads(bundled.reporters["json"].render(report, Style())) == json.loads(json.dumps(document))


def test_the_report_of_an_empty_profile_is_valid_too(bundled):
    Draft202012Validator(schema("report")).validate(document_of(run_audit(BARE, bundled)))


def test_the_same_input_gives_the_same_bytes_in_another_process():
    command = "import engagecheck, msgspec, sys; sys.stdout.write(repr(msgspec.to_builtins(engagecheck.run_audit(sys.argv[1]))))"
    path = str(EXAMPLES / "harbour-vale.json")
    runs = [
        subprocess.run([sys.executable, "-c", command, path], capture_output=True, check=True, env={"PYTHONHASHSEED": seed})
        for seed in ("1", "2")
    ]
    assert runs[0].stdout == runs[1].stdout != b""


def test_what_is_volatile_stays_out_of_the_digest(bundled):
    raw = (EXAMPLES / "harbour-vale.json").read_bytes()
    one, other = (run_audit(load_profile(raw, name=name), bundled) for name in ("a.json", "b.json"))
    assert one.report_digest == other.report_digest
    assert one.run != other.run


def test_a_later_day_moves_the_audit_and_an_earlier_one_is_refused(bundled):
    later = run_audit(SOUND, bundled, AuditSettings(as_of="2026-09-30"))
    assert later.as_of == "2026-09-30"
    assert results(later)["leadership-stability/chief-executive-tenure"].value == 56
    assert run_audit(SOUND, bundled, AuditSettings(as_of=date(2026, 9, 30))) == later
    assert run_audit(SOUND, bundled, AuditSettings(as_of="30 September 2026")) == later
    with pytest.raises(UsageRefused, match="--as-of 20260930: is not a day; enter one like 31 March 2026"):
        AuditSettings(as_of="20260930")
    with pytest.raises(UsageRefused, match="is before the profile date"):
        run_audit(SOUND, bundled, AuditSettings(as_of="2026-03-30"))
    with pytest.raises(UsageRefused, match="not a day"):
        run_audit(SOUND, bundled, AuditSettings(as_of="next week"))


def test_a_refused_profile_is_refused_by_the_library_too():
    with pytest.raises(InputRefused):
        run_audit({})


def test_a_criterion_shows_its_facts_evidence_and_strength(bundled):
    found = results(run_audit(EXAMPLES / "harbour-vale.json", bundled))
    tenure = found["leadership-stability/chief-executive-tenure"]
    assert [fact.pointer for fact in tenure.facts] == ["/leadership/chief_executive", "/organisation", "/as_of"]
    assert all(fact.line for fact in tenure.facts)
    assert [item.id for item in tenure.evidence] == ["AR2526"]
    assert tenure.assurance == "documented"
    assert found["medical-leadership-structure/divisions-led-by-doctors"].assurance == "corroborated"


def test_recommendations_are_for_what_falls_short_and_documents_for_what_is_not_shown(bundled):
    for result in results(run_audit(EXAMPLES / "harbour-vale.json", bundled)).values():
        assert bool(result.recommendations) is (result.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET))
        assert result.show


def test_facts_that_no_rule_reads_are_listed(bundled):
    report = run_audit(EXAMPLES / "published/RR8.json", bundled)
    pointers = {fact.pointer for fact in report.facts_not_read}
    assert {"/context/doctors_wte", "/context/training_spend", "/context/operating_spend", "/context/others/entries/0"} <= pointers
    assert not any(pointer.startswith("/leadership/chief_executive") for pointer in pointers)


def test_english_figures_are_a_judgement_elsewhere(bundled):
    scottish = {**SOUND, "organisation": {"name": "A board (invented)", "type": "health_board", "country": "Scotland"}}
    at_home, abroad = (
        results(run_audit(document, bundled))["leadership-stability/chief-executive-turnover"] for document in (SOUND, scottish)
    )
    assert (at_home.basis, at_home.source.prompted) == (Basis.BENCHMARK, False)
    assert (abroad.basis, abroad.source.prompted) == (Basis.JUDGEMENT, True)


@pytest.mark.parametrize(("code", "chief", "medical"), [("RR8", 25, 18), ("RGD", 102, 55)])
def test_the_published_trusts(bundled, code, chief, medical):
    report = run_audit(EXAMPLES / f"published/{code}.json", bundled)
    found = results(report)
    # Not every holder is listed, so another may have served longer beside the one shown.
    assert found["leadership-stability/chief-executive-tenure"].value == (chief, None)
    assert found["leadership-stability/medical-director-tenure"].value == (medical, None)
    assert report.exit_code == 1
    assert report.summary.to_collect


def test_every_fact_of_the_published_profiles_has_its_evidence():
    for code in ("RR8", "RGD"):
        profile = load_profile(EXAMPLES / f"published/{code}.json")
        for pointer, value in profile.walk():
            if type(value) in (bool, int, float) and not pointer.endswith("/of"):
                covered = [where for where in profile.cited if pointer.startswith(f"{where}/")]
                assert covered, pointer


def test_the_invented_trust_says_so_and_fills_every_section(sound):
    assert "(invented)" in sound["organisation"]["name"]
    sections = set(schema("profile")["properties"]) - {"extensions", "accepted_gaps", "attestations", "sign_off", "last_year", "not_for_publication"}
    assert sections <= set(sound)
    reached = {result.outcome for result in results(run_audit(sound)).values()}
    assert reached >= {Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED}
