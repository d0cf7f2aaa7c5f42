"""What a governance officer reads aloud: overrides and departures in the report, and what would change it."""

from conftest import EXAMPLES, SOUND
from engagecheck import AuditSettings, Style, installed, run_audit
from engagecheck.analysis.compare import trend
from engagecheck.analysis.whatif import what_if
from engagecheck.audit.overrides import accepted_gaps, attestations
from engagecheck.audit.tailoring import read_tailoring
from engagecheck.papers import comparison_text
from engagecheck.papers.text import as_text

REGISTRY = installed(third_party=False)
FOLDER = EXAMPLES / "journey"


def said(text):
    return " ".join(text.split())


def test_the_report_tells_overrides_and_departures_in_words():
    beside = accepted_gaps((FOLDER / "accepted_gaps.json").read_bytes(), "g") + attestations((FOLDER / "attestations.json").read_bytes(), "a")
    tailoring = read_tailoring((FOLDER / "engagecheck.toml").read_bytes(), "engagecheck.toml", REGISTRY)
    text = said(as_text.render(run_audit(FOLDER / "2026.json", REGISTRY, AuditSettings(overrides=beside, tailoring=tailoring)), Style(width=100)))
    for words in (
        "1 more confirmed, no document seen", "By the defaults Largely shown, not satisfied. This audit departs from the defaults", "Accepted by the people committee until 31 December 2026: The scored assessment begins",
        "Confirmed by the director of medical education (observed on 18 March 2026, until 30 September 2026), no document seen", "By default 36 months or more; partly: from 18 months: met. Tailored because: The board wants",
        "Where this audit departs from the defaults", "Out of date within 90 days", "accepted gap for talent-and-development/named-successors: until 31 May 2026, 61 days", "document seen, up to date",
    ):  # fmt: skip
        assert words in text, words
    for word in ("gate satisfied", "disposition", "yardstick"):
        assert word not in text


def test_an_attestation_against_the_facts_says_so_and_what_does_not_count_is_listed():
    import json

    vouched = {"criterion": "senior-selection/appointment-panels", "statement": "They were.", "role": "director of people", "method": "examined", "on": "2026-01-01", "valid_until": "2026-12-31"}
    old = {**vouched, "criterion": "journey/action-plan-known", "valid_until": "2026-01-31"}
    found = attestations(json.dumps({"attestations": [vouched, old]}).encode(), "a")
    text = said(as_text.render(run_audit(SOUND, REGISTRY, AuditSettings(overrides=found)), Style()))
    assert "but the facts say otherwise: They were." in text
    assert "attestation for journey/action-plan-known: it expired on 31 January 2026." in text


def test_a_trend_says_what_was_never_measured_by_its_mark_alone():
    text = said(comparison_text.trend(trend([run_audit(FOLDER / f"{year}.json", REGISTRY) for year in (2024, 2025)]), Style(width=200)))
    assert "? ? How motivated are doctors, compared with their peers elsewhere? " in text
    assert "- →" not in text


def test_what_reads_the_same_facts_is_named_in_words():
    report = run_audit(EXAMPLES / "harbour-vale.json", REGISTRY)
    analysis = what_if(report)
    said_of = {one.criterion: comparison_text.proposal_in_words(one, analysis) for one in analysis.proposals}
    assert "The same facts are read by “Revalidation figures add up”." in said_of["appraisal-and-revalidation/recommendations-on-time"]
    assert [name for name in report.results if any(name in text for text in said_of.values())] == []


def test_what_would_change_the_result_is_told_in_words():
    text = said(comparison_text.what_if(what_if(run_audit(SOUND, REGISTRY)), Style(width=100)))
    assert "Now: Building, score between 66 and 73." in text
    assert "The same facts are read by" in text
    assert "the rating would be Sustaining, the score" in text
    assert "410 of 455 (90.1 %) instead of 372 of 455 (81.8 %) would make the answer met: the area" in text
    assert "What to show, by how far it narrows the score" in text
    best = said(comparison_text.what_if(what_if(run_audit(EXAMPLES / "sound.json", REGISTRY)), Style()))
    assert "There is no higher rating." in best
    poor = said(comparison_text.what_if(what_if(run_audit({**{key: SOUND[key] for key in ("organisation", "as_of")}}, REGISTRY)), Style()))
    assert "the rating would be Starting out, the score" in poor
