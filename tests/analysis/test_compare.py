"""Two audits side by side and many over time: what changed, and what was not the organisation's doing."""

import copy
import json

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec import to_builtins
from msgspec.structs import replace

from conftest import EXAMPLES, SOUND
from engagecheck import AuditSettings, InputRefused, UsageRefused, installed, run_audit
from engagecheck.analysis.compare import Change, compare, trend
from engagecheck.analysis.saved import read_report
from engagecheck.audit.tailoring import read_tailoring as tailoring
from generated import PROFILES, accepted

REGISTRY = installed(third_party=False)
YEARS = [EXAMPLES / f"journey/{year}.json" for year in (2024, 2025, 2026)]


def saved(report):
    return json.dumps(to_builtins(report), ensure_ascii=False).encode()


def changes(found):
    return {one.criterion: one for one in found.changes}


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
@given(PROFILES.filter(accepted))
def test_nothing_changes_between_an_audit_and_itself_saved_or_not(document):
    report = run_audit(document, REGISTRY)
    again = read_report(saved(report), "report.json")
    assert again == report
    for pair in ((report, report), (report, again), (again, report)):
        found = compare(*pair)
        assert {one.change for one in found.changes} == {Change.UNCHANGED}
        assert all(one.causes == () for one in found.changes)


def altered(report, name, **parts):
    findings = tuple(
        replace(finding, criteria=tuple(replace(one, **parts) if one.id == name else one for one in finding.criteria)) for finding in report.findings
    )
    return replace(report, findings=findings)


NAME = "talent-and-development/chief-registrar"


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        ("met", "met", "unchanged"), ("not_met", "partly_met", "improved"), ("partly_met", "met", "resolved"), ("not_met", "met", "resolved"), ("not_evidenced", "met", "resolved"), ("not_evidenced", "partly_met", "improved"),
        ("met", "partly_met", "worsened"), ("partly_met", "not_met", "worsened"), ("met", "not_evidenced", "evidence_lost"), ("not_met", "not_evidenced", "evidence_lost"), ("not_evidenced", "not_met", "unchanged"),
        ("not_applicable", "met", "new"), ("met", "not_applicable", "gone"), ("not_applicable", "not_applicable", "unchanged"), ("met", "error", "evidence_lost"), ("error", "not_evidenced", "unchanged"),
    ],
)  # fmt: skip
def test_every_change_has_its_word(before, after, change):
    from engagecheck import Outcome

    report = run_audit(SOUND, REGISTRY)
    found = compare(altered(report, NAME, outcome=Outcome(before)), altered(report, NAME, outcome=Outcome(after)))
    assert changes(found)[NAME].change == change
    assert sum(one.change != "unchanged" for one in found.changes) == (change != "unchanged")


def test_a_changed_yardstick_or_rule_is_no_progress_of_the_organisation():
    plain = run_audit(SOUND, REGISTRY)
    easier = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring(f'[criteria."{NAME}"]\nmet = 0.1\npartly = 0.05\nreason = "x"\n'.encode(), "t.toml", REGISTRY)))
    found = compare(plain, easier)
    one = changes(found)[NAME]
    assert one.change == "rule_changed"
    assert "what good looks like changed" in one.causes[0]
    assert "tailored differently" in " ".join(found.notes)
    newer = replace(plain, findings=tuple(replace(one, version="2") if one.rule == "journey" else one for one in plain.findings))
    moved = [one for one in compare(plain, newer).changes if one.change == "rule_changed"]
    assert {one.criterion.partition("/")[0] for one in moved} == {"journey"}
    assert "from version 1 to 2" in moved[0].causes[0]
    assert any("1, 2" in ", ".join(line.versions) for line in trend([plain, newer]).lines)


def test_other_demands_on_evidence_are_named_as_a_cause():
    plain = run_audit(SOUND, REGISTRY)
    text = f'[criteria."{NAME}"]\nmin_assurance = "verified"\nreason = "x"\n'.encode()
    one = changes(compare(plain, run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring(text, "t.toml", REGISTRY)))))[NAME]
    assert one.change == "rule_changed"
    assert one.causes == ("the least evidence asked for was any and is verified",)


def test_rules_that_come_and_go_and_evidence_that_ages_are_told():
    plain = run_audit(SOUND, REGISTRY)
    fewer = replace(plain, findings=plain.findings[1:])
    assert {one.change for one in compare(fewer, plain).changes} == {Change.UNCHANGED, Change.NEW}
    assert {one.change for one in compare(plain, fewer).changes} == {Change.UNCHANGED, Change.GONE}
    later = run_audit(SOUND, REGISTRY, AuditSettings(as_of="2027-12-31"))
    assert any("the evidence is now stale" in one.causes for one in compare(plain, later).changes)


def test_another_organisation_is_refused_and_another_kind_is_noted():
    other = copy.deepcopy(SOUND)
    other["organisation"]["name"] = "Another"
    with pytest.raises(UsageRefused, match="different organisations"):
        compare(run_audit(SOUND, REGISTRY), run_audit(other, REGISTRY))
    other = copy.deepcopy(SOUND)
    other["organisation"]["type"] = "nhs_foundation_trust"
    assert "type or country changed" in " ".join(compare(run_audit(SOUND, REGISTRY), run_audit(other, REGISTRY)).notes)


def test_both_are_worded_by_one_scale():
    found = compare(run_audit(SOUND, REGISTRY, AuditSettings(scale="journey")), run_audit(SOUND, REGISTRY, AuditSettings(scale="rag")))
    assert found.old.scale == found.new.scale
    assert found.new.scale.name == "rag"


def test_a_report_that_was_altered_is_refused():
    document = to_builtins(run_audit(SOUND, REGISTRY))
    document["summary"]["score"]["low"] = 99
    with pytest.raises(InputRefused, match="was changed after"):
        read_report(json.dumps(document).encode(), "report.json")
    document["summary"]["score"]["low"] = "99"
    with pytest.raises(InputRefused, match="/summary/score/low"):
        read_report(json.dumps(document).encode(), "report.json")


def test_three_years_of_the_invented_trust():
    reports = [run_audit(path, REGISTRY) for path in YEARS]
    found = trend([reports[1], reports[2], reports[0]])
    assert [one.as_of for one in found.opinions] == ["2024-03-31", "2025-03-31", "2026-03-31"]
    assert [one.level for one in found.opinions] == ["unproven", "unproven", "building"]
    assert found.opinions[0].score.low < found.opinions[1].score.low < found.opinions[2].score.low
    line = next(one for one in found.lines if one.criterion == "appraisal-and-revalidation/appraisals-completed")
    assert [moment.value_text for moment in line.moments] == ["470 of 585 (80.3 %)", "528 of 598 (88.3 %)", "571 of 612 (93.3 %)"]
    change = changes(compare(reports[0], reports[2]))["quality-strategy/monitored-strategy"]
    assert (change.before.outcome, change.after.outcome, change.change) == ("partly_met", "met", "resolved")


def test_the_commands_read_reports_and_profiles_and_can_be_read_aloud(run):
    for path in YEARS[:2]:
        run("audit", path, "-f", f"json={path.stem}.json")
    said = run("compare", "2024.json", YEARS[2]).stdout.decode()
    for words in ("31 March 2024", "Unproven.", "Building.", "Met now", "Better than before", "with the same result and the same value", "Score between"):
        assert words in said
    said = run("trend", "2025.json", YEARS[2], "2024.json").stdout.decode()
    assert said.index("31 March 2024") < said.index("31 March 2025") < said.index("31 March 2026")
    assert "█" in said
    assert json.loads(run("trend", "2025.json", "2024.json", "-f", "json").stdout)["opinions"][0]["as_of"] == "2024-03-31"
    for words, code in ((("compare", "2024.json", EXAMPLES / "sound.json"), 2), (("compare", "none.json", "2024.json"), 3), (("trend",), 3), (("trend", "2024.json", "--store", "x"), 2)):
        assert run(*words).returncode == code


@pytest.mark.parametrize("code", ["RR8", "RGD"])
def test_two_published_trusts_as_of_two_dates(run, code):
    path = EXAMPLES / f"published/{code}.json"
    run("audit", path, "-f", "json=old.json")
    said = run("compare", "old.json", path, "--as-of", "2026-03-31").stdout.decode()
    assert "31 March 2025" in said
    assert "31 March 2026" in said
    assert "Unproven" in said


def test_what_is_shown_now_and_a_rule_left_out_are_causes():
    plain = run_audit(SOUND, REGISTRY)
    from engagecheck import Outcome

    for outcome in ("met", "partly_met", "not_met"):
        (one,) = [one for one in compare(altered(plain, NAME, outcome=Outcome.NOT_EVIDENCED), altered(plain, NAME, outcome=Outcome(outcome))).changes if one.criterion == NAME]
        assert one.causes == ("what was not shown before is shown now",)
    text = b'[rules.journey]\nleft_out = true\nreason = "x"\n'
    found = compare(plain, run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring(text, "t.toml", REGISTRY))))
    assert {one.criterion.partition("/")[0] for one in found.changes if "counted in the rating before and does not now" in " ".join(one.causes)} == {"journey"}
    assert "Different rules count in the rating" in " ".join(found.notes)


def test_audits_of_one_day_keep_the_order_in_which_they_are_given():
    others = [copy.deepcopy(SOUND) for _ in range(4)]
    for number, document in enumerate(others):
        document["appraisal"]["completed"] = 300 + number
    reports = [run_audit(document, REGISTRY) for document in others]
    for ordered in (reports, reports[::-1]):
        found = trend(ordered)
        line = next(one for one in found.lines if one.criterion.endswith("/appraisals-completed"))
        said = [next(one for one in report.results.values() if one.id == line.criterion).value_text for report in ordered]
        assert [moment.value_text for moment in line.moments] == said
        assert "Two of the audits are of the same day. They are in the order in which they were given or recorded." in found.notes


def test_the_wrong_order_is_noted_and_a_changed_yardstick_shows_in_the_trend():
    old, new = (run_audit(path, REGISTRY) for path in YEARS[:2])
    assert "name the older one first" in " ".join(compare(new, old).notes)
    assert not any("older one first" in note for note in compare(old, new).notes)
    text = f'[criteria."{NAME}"]\nmet = 0.1\npartly = 0.05\nreason = "x"\n'.encode()
    line = next(one for one in trend([old, run_audit(YEARS[1], REGISTRY, AuditSettings(tailoring=tailoring(text, "t.toml", REGISTRY)))]).lines if one.criterion == NAME)
    assert len(line.yardsticks) == 2


def test_a_broken_plugin_is_named_and_makes_every_command_incomplete(run, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "broken.py").write_text("raise ValueError")
    for words in (("whatif", YEARS[2]), ("whatif", YEARS[2], "--set", "/talent/chief_registrar_time=40"), ("compare", YEARS[0], YEARS[2]), ("trend", YEARS[0], YEARS[2])):
        done = run(*words, "--plugins", "mine")
        assert done.returncode == 4
        assert b"folder mine:broken: could not be loaded" in done.stderr
        assert done.stdout


def test_an_edited_rule_is_no_progress_though_its_version_stayed(tmp_path):
    from hostile_plugins import rule

    file = tmp_path / "good.py"
    reports = []
    for body in ("return not fact", "return fact"):
        file.write_text(rule("good", body))
        reports.append(run_audit(SOUND, installed([tmp_path], third_party=False)))
    found = compare(*reports)
    assert changes(found)["good/asked"].change == "rule_changed"
    assert "was edited" in changes(found)["good/asked"].causes[0]
    assert "edited between the audits" in " ".join(found.notes)
    assert "edited between the audits" in " ".join(trend(reports).notes)


def test_a_changed_demand_on_evidence_is_no_progress_and_what_is_newly_shown_stands_apart():
    plain = run_audit(SOUND, REGISTRY)
    text = f'[criteria."{NAME}"]\nmin_assurance = "verified"\nreason = "x"\n'.encode()
    strict = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring(text, "t.toml", REGISTRY)))
    assert changes(compare(strict, plain))[NAME].change == "rule_changed"
    assert changes(compare(plain, strict))[NAME].change == "rule_changed"
    from engagecheck import Style
    from engagecheck.papers.comparison_text import comparison, groups

    found = compare(*(run_audit(path, REGISTRY) for path in (YEARS[0], YEARS[2])))
    shown = dict(groups(found))["Shown now, and not before"]
    assert {one.before.outcome for one in shown} == {"not_evidenced"}
    assert "Shown now, and not before" in comparison(found, Style())


def test_an_organisation_that_got_a_code_is_the_same_and_another_code_is_another():
    from engagecheck.analysis.compare import is_same

    report = run_audit(SOUND, REGISTRY).subject
    assert is_same(report, replace(report, ods_code="RXX"))
    assert not is_same(replace(report, ods_code="RYY"), replace(report, ods_code="RXX"))
    assert is_same(replace(report, ods_code="RXX", name="New name"), replace(report, ods_code="RXX"))


def test_another_reason_for_a_gap_and_another_gate_are_told():
    from overriding import gap, overrides

    old, new = (run_audit(SOUND, REGISTRY, AuditSettings(overrides=overrides([gap(reason=reason)]), fail_on=fail_on)) for reason, fail_on in (("A", "high"), ("B", "never")))
    found = compare(old, new)
    assert changes(found)["senior-selection/beyond-clinical-expertise"].causes == ("accepted gaps or attestations changed",)
    assert "condition for exit code 0 was different" in " ".join(found.notes)


def test_comparison_and_trend_are_written_as_pages(run, tmp_path):
    for words in (("compare", YEARS[0], YEARS[2]), ("trend", *YEARS)):
        assert run(*words, "-f", "html=page.html").returncode == 0
        text = (tmp_path / "page.html").read_text("utf-8")
        assert text.startswith("<!DOCTYPE html>")
        assert text.count("<svg") >= 2
        assert run(*words, "-f", "html").stdout.decode() == text
    for form in ("docx", "html=", "none"):
        assert run("compare", YEARS[0], YEARS[2], "-f", form).returncode == 2
    assert run("whatif", YEARS[0], "-f", "html").returncode == 2
    assert run("compare", YEARS[0], YEARS[2], "-f", "html=none/page.html").returncode == 5


def test_the_scores_of_the_areas_are_those_of_the_reports():
    reports = [run_audit(path, REGISTRY) for path in YEARS]
    found = {area.rule: area.scores for area in trend(reports).areas}
    assert "consistency" not in found
    for rule, scores in found.items():
        assert scores == tuple(next(one.score for one in report.findings if one.rule == rule) for report in reports)
    fewer = replace(reports[0], findings=reports[0].findings[1:])
    (area,) = [area for area in compare(fewer, reports[2]).areas if area.rule == reports[0].findings[0].rule]
    assert area.scores[0] is None


@pytest.mark.parametrize("words", [("compare", YEARS[0], YEARS[1]), ("trend", *YEARS), ("whatif", YEARS[0]), ("benchmark", YEARS[0], "--peers", "."), ("history", "show", "1")])
def test_a_second_format_is_refused_and_not_taken_in_place_of_the_first(run, tmp_path, words):
    done = run(*words, "-f", "json=one.json", "-f", "text")
    assert (done.returncode, done.stderr.count(b"\n"), list(tmp_path.iterdir())) == (2, 1, [])
    assert b"-f text: this command writes one format at a time" in done.stderr
