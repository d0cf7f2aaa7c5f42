"""Accepted gaps and attestations: every edge of their time, and that they never change anything computed."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from conftest import BARE, EXAMPLES, SOUND
from engagecheck import AuditSettings, InputRefused, installed, load_profile, run_audit
from engagecheck.audit.overrides import accepted_gaps, attestations
from generated import PROFILES, accepted, loaded
from overriding import HIGH, attest, gap, overrides
from removing import assert_no_better, judged, removable, without

REGISTRY = installed(third_party=False)
IDS = [one.id for rule in REGISTRY.rules.values() for one in rule.criteria]


def result(report, name):
    return next(one for finding in report.findings for one in finding.criteria if one.id == name)


@pytest.mark.parametrize(
    ("approved", "expires", "as_of", "why"),
    [
        ("2025-10-01", "2026-03-31", "2026-03-31", None), ("2025-10-01", "2026-03-31", "2026-04-01", "expired on 31 March 2026"), ("2026-03-31", "2026-05-31", "2026-03-31", None),
        ("2026-04-01", "2026-05-31", "2026-03-31", "not in force before"), ("2026-12-31", "2026-12-31", "2026-12-31", None), ("2026-12-31", "2026-12-31", "2027-01-01", "expired"),
        ("2027-03-01", "2028-02-29", "2028-02-29", None), ("2027-03-01", "2028-02-29", "2028-03-01", "expired"),
    ],
)  # fmt: skip
def test_a_gap_is_in_force_on_its_first_and_last_day_and_not_the_day_before_or_after(approved, expires, as_of, why):
    report = run_audit(SOUND, REGISTRY, AuditSettings(as_of=as_of, overrides=overrides([gap("journey/action-plan-known", approved, expires)])))
    found = result(report, "journey/action-plan-known")
    assert found.disposition == ("none" if why else "accepted")
    assert [note.why for note in report.override_notes if why in note.why] if why else report.override_notes == ()


@pytest.mark.parametrize(
    ("approved", "expires", "words"),
    [
        ("2025-01-31", "2026-07-31", None), ("2025-01-31", "2026-08-01", "at most 18 months after 2025-01-31 are allowed; enter 2026-07-31"), ("2024-08-31", "2026-02-28", None), ("2024-08-31", "2026-03-01", "enter 2026-02-28"),
        ("2025-01-31", "2025-01-30", "is before the first day"), ("2025-02-30", "2025-03-30", "not a day"), ("2025-02", "2025-03-30", "not a day"), ("2025-01-31", "31/07/2026", "not a day"), ("9999-01-01", "9999-02-01", "begins in 9999"),
    ],
)  # fmt: skip
def test_days_that_cannot_be_and_gaps_accepted_for_too_long_are_refused(approved, expires, words):
    if words is None:
        assert overrides([gap(approved=approved, expires=expires)]).statements
        return
    with pytest.raises(InputRefused) as refused:
        overrides([gap(approved=approved, expires=expires)])
    assert words in "\n".join(refused.value.complaints)
    assert refused.value.complaints[0].startswith("gaps.json:1:")


@pytest.mark.parametrize(
    ("document", "words"),
    [
        ({"accepted_gaps": [{**gap(), "reson": "x"}]}, "did you mean 'reason'"), ({"accepted_gaps": [{k: v for k, v in gap().items() if k != "expires_on"}]}, "/expires_on: "),
        ({"accepted_gap": []}, "accepted_gaps"), ([], "a group of facts"), ({"accepted_gaps": [gap(criterion="no slash")]}, "does not fit"),
    ],
)  # fmt: skip
def test_unknown_keys_and_missing_ones_are_refused_with_their_place(document, words):
    with pytest.raises(InputRefused, match=words):
        accepted_gaps(json.dumps(document).encode(), "gaps.json")


@pytest.mark.parametrize(
    ("gaps", "vouched", "why"),
    [
        ([gap("no/such")], [], "no question has this name"), ([gap(), gap(expires="2026-06-30")], [], "another one"), ([gap("consistency/dates-agree")], [], "cannot be accepted"),
        ([gap("commitment/x")], [], "no question"), ([gap("quality-strategy/monitored-strategy")], [], "there is no gap"), ([], [attest("quality-strategy/monitored-strategy")], "the facts say enough"),
        ([], [attest(HIGH, until="2026-03-30")], "expired"),
    ],
)  # fmt: skip
def test_what_does_not_count_is_reported_with_the_reason(gaps, vouched, why):
    report = run_audit(SOUND, REGISTRY, AuditSettings(overrides=overrides(gaps, vouched)))
    assert any(why in note.why for note in report.override_notes)


def test_an_attestation_beside_an_unknown_is_shown_and_counted_and_against_the_facts_it_is_disputed():
    unknown, poor = "journey/action-plan-known", "senior-selection/appointment-panels"
    plain = run_audit(SOUND, REGISTRY)
    report = run_audit(SOUND, REGISTRY, AuditSettings(overrides=overrides([], [attest(unknown), attest(poor)])))
    assert (result(report, unknown).disposition, result(report, unknown).outcome) == ("attested", "not_evidenced")
    assert (result(report, poor).disposition, result(report, poor).outcome) == ("disputed", "not_met")
    assert report.summary.coverage.attested == 1
    assert (report.summary.score, report.summary.level, report.summary.gate) == (plain.summary.score, plain.summary.level, plain.summary.gate)


def test_only_the_gate_is_quieted():
    poor = [one.id for finding in run_audit(SOUND, REGISTRY).findings for one in finding.criteria if one.priority == "high" and one.outcome in ("not_met", "not_evidenced")]
    poor += [one.id for finding in run_audit(SOUND, REGISTRY).findings for one in finding.criteria if one.priority == "caps" and one.outcome in ("not_met", "not_evidenced")]
    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    document["selection"]["scored_assessment"]["count"] = 0
    assert not run_audit(document, REGISTRY).summary.gate
    report = run_audit(document, REGISTRY, AuditSettings(overrides=overrides([gap()])))
    assert report.summary.gate
    assert report.exit_code == 0
    assert report.summary.level == "building"
    assert [(flag.criterion, flag.accepted) for flag in report.summary.flags] == [("senior-selection/beyond-clinical-expertise", True)]
    assert poor


def computed(report):
    flags = [(flag.criterion, flag.kind) for flag in report.summary.flags]
    stripped = replace(report, summary=replace(report.summary, gate=True, coverage=None, flags=flags), packs=(), inputs={}, override_notes=(), expiring=(), report_digest="")
    return replace(
        stripped, findings=tuple(replace(one, criteria=tuple(replace(item, disposition="none", overrides=()) for item in one.criteria)) for one in report.findings)
    )


SOME = st.builds(overrides, st.lists(st.builds(gap, st.sampled_from(IDS), expires=st.sampled_from(["2026-05-31", "2025-12-31"])), max_size=8), st.lists(st.builds(attest, st.sampled_from(IDS)), max_size=8))


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(PROFILES.filter(accepted), SOME)
def test_overrides_change_no_outcome_score_finding_or_level(document, some):
    document = {**document, "as_of": "2026-03-31"}
    plain, beside = run_audit(document, REGISTRY), run_audit(document, REGISTRY, AuditSettings(overrides=some))
    assert computed(beside) == computed(plain)
    assert beside.summary.gate >= plain.summary.gate


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(SOME, st.randoms())
def test_taking_facts_away_under_overrides_never_helps(some, chance):
    full = judged(load_profile(SOUND), some)
    for path in chance.sample(list(removable(SOUND)), 8):
        less = without(SOUND, path)
        if (profile := loaded(less)) is not None:
            assert_no_better(judged(profile, some), full, path)


def test_the_examples_are_in_force():
    found = accepted_gaps((EXAMPLES / "journey/accepted_gaps.json").read_bytes(), "g") + attestations((EXAMPLES / "journey/attestations.json").read_bytes(), "a")
    report = run_audit(load_profile(EXAMPLES / "journey/2026.json"), REGISTRY, AuditSettings(overrides=found))
    assert report.override_notes == ()
    assert [one.what for one in report.expiring if "accepted gap" in one.what] == ["accepted gap for talent-and-development/named-successors"]
    assert BARE


def test_nobody_approves_or_vouches_with_blanks_and_no_attestation_holds_for_ever():
    for change in ({"approver": "  "}, {"reason": " "}, {"approver": "\u200b"}, {"reason": "\u00a0\u3164"}):
        with pytest.raises(InputRefused, match="does not fit"):
            overrides([gap(**change)])
    for change, words in (({"role": " "}, "does not fit"), ({"statement": " "}, "does not fit"), ({"valid_until": "2029-01-02"}, "at most 36 months after 2026-01-01")):
        with pytest.raises(InputRefused, match=words):
            overrides(vouched=[attest(HIGH, **change)])


def test_ignoring_them_leaves_a_trace(run, tmp_path):
    (tmp_path / "gaps.json").write_text(json.dumps({"accepted_gaps": [gap()]}))
    said = " ".join(run("audit", EXAMPLES / "harbour-vale.json", "--accepted-gaps", "gaps.json", "--ignore-overrides", "--detail").stdout.decode().split())
    assert "accepted gaps and attestations: ignored by request" in said
    assert "ignored by request" not in run("audit", EXAMPLES / "harbour-vale.json", "--ignore-overrides", "--detail").stdout.decode()
