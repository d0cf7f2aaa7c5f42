"""The terminal shows one screen: rating, what holds it down, red flags by name, three steps."""

import json

import pytest
from hypothesis import given, settings
from wcwidth import wcswidth

from conftest import BARE, EXAMPLES
from engagecheck import AuditSettings, Style, installed, run_audit
from engagecheck.audit.tailoring import read_tailoring
from engagecheck.papers.rating import ordered_flags
from engagecheck.papers.summary import LONGEST
from generated import PROFILES, accepted
from overriding import gap, overrides

BUNDLED = installed(third_party=False)
EVERY = sorted(EXAMPLES.glob("*.json")) + sorted(EXAMPLES.glob("flawed/*.json")) + sorted(EXAMPLES.glob("published/*.json"))


def screen(document, registry, **style):
    return registry.reporters["summary"].render(run_audit(document, registry), Style(**style))


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_fits_one_screen(path, bundled):
    text = screen(path, bundled)
    assert text.count("\n") <= LONGEST
    assert all(wcswidth(line) <= 80 for line in text.splitlines())


@settings(max_examples=25)
@given(PROFILES.filter(accepted))
def test_generated_profiles_fit_one_screen(document):
    assert screen(document, BUNDLED).count("\n") <= LONGEST


def test_says_the_rating_what_holds_it_down_and_what_to_do(bundled):
    text = screen(EXAMPLES / "harbour-vale.json", bundled)
    order = ["31 March 2026", "BUILDING", "72 or more for Sustaining", "Red flags", "Put right", "Show us", "Do next", "Strong", "Weak",
             "Not answered", "--detail", "exit code 1: there are red flags"]
    places = [text.rindex(words) if words == "Red flags" else text.index(words) for words in order]
    assert places == sorted(places)


def test_six_red_flags_are_named_and_the_rest_counted(bundled):
    text = screen(BARE, bundled)
    assert text.count("Show us") == 6
    report = run_audit(BARE, bundled)
    rest = len(report.summary.flags) - 6
    assert f"and {rest} more: {rest} to show" in text
    assert "exit code 4" in text
    assert "Collect:" in text


def test_where_all_is_well_nothing_is_said_about_the_exit_code(bundled):
    text = screen(EXAMPLES / "sound.json", bundled)
    assert "No red flags" in text
    assert "exit code" not in text
    assert "Weak" not in text


def test_an_ending_that_more_was_asked_for(bundled):
    report = run_audit(EXAMPLES / "sound.json", bundled, AuditSettings(min_coverage=100))
    text = bundled.reporters["summary"].render(report, Style())
    assert ("exit code 1: more was asked for" in text) is (report.exit_code == 1)
    assert json.loads(bundled.reporters["json"].render(report, Style()))["summary"]["ladders"][0]["next"] is None


def test_an_accepted_gap_is_said_of_its_flag_on_a_screen_that_is_full(bundled):
    every = run_audit(BARE, bundled).summary.flags
    gaps = overrides([gap(flag.criterion, approved="2025-03-01", expires="2025-12-31") for flag in every])
    report = run_audit(BARE, bundled, AuditSettings(overrides=gaps))
    named = [flag.accepted for flag in ordered_flags(report)[:6]]
    assert named.count(True) == 4  # a contradiction check cannot be accepted
    assert bundled.reporters["summary"].render(report, Style()).count("Gap accepted.") == 4


@pytest.mark.parametrize(
    ("name", "settings", "why"),
    [
        ("harbour-vale", {}, "there are red flags. (With --fail-on never: 0.)"),
        ("harbour-vale", {"min_coverage": 99}, "there are red flags. (With --fail-on never --min-coverage 0: 0.)"),
        ("harbour-vale", {"fail_on": "never", "min_coverage": 99}, "fewer questions are answered than --min-coverage asks for. (With --fail-on never --min-coverage 0: 0.)"),
        ("harbour-vale", {"fail_on": "never"}, ""),
    ],
)  # fmt: skip
def test_the_exit_code_is_explained_by_what_the_gate_asks_for(bundled, name, settings, why):
    report = run_audit(EXAMPLES / f"{name}.json", bundled, AuditSettings(**settings))
    text = " ".join(bundled.reporters["summary"].render(report, Style()).split())
    assert (report.exit_code == 1) is bool(why)
    assert text.endswith(f"The audit ends with exit code 1: {why}") if why else "exit code" not in text


def test_the_screen_of_a_tailored_audit_names_the_rating_by_the_defaults():
    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    document["perceptions"]["doctors"]["overall"]["mean"] = 3.0
    left_out = read_tailoring(b'[rules."individual-views"]\nleft_out = true\nreason = "x"\n', "c.toml", BUNDLED)
    reports = [run_audit(document, BUNDLED, settings) for settings in (AuditSettings(tailoring=left_out), AuditSettings())]
    tailored, plain = (BUNDLED.reporters["summary"].render(report, Style()) for report in reports)
    assert "By the defaults: Building, not satisfied. This audit departs from the defaults; see --detail." in " ".join(tailored.split())
    assert tailored.count("\n") <= LONGEST
    assert "By the defaults" not in plain
