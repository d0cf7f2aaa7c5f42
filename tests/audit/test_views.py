"""What doctors said stands with the finding that it belongs to, and no item of a suppressed group is shown anywhere."""

import io
import json

import docx
import pytest
from jsonschema import Draft202012Validator
from msgspec import to_builtins

from conftest import BARE, SOUND
from engagecheck import Style, run_audit
from engagecheck.analysis.saved import read_report
from engagecheck.model.questionnaire import GROUPS, ITEMS
from engagecheck.model.schema import schema

MEANS = {item.id: {"n": 31 + number, "mean": round(4 + number / 8, 2), "spread": 2.0} for number, item in enumerate(ITEMS)}
GROUP = {"responded": 60, "items": MEANS}


def audited(bundled, document, **groups):
    return run_audit({**document, "perceptions": groups}, bundled)


def views(report):
    return {finding.rule: finding.views for finding in report.findings if finding.views}


@pytest.mark.parametrize("document", [BARE, SOUND], ids=["bare", "sound"])
def test_each_item_is_shown_with_its_finding(bundled, document):
    found = views(audited(bundled, document, doctors=GROUP))
    assert {rule: [view.item for view in listed] for rule, listed in found.items()} == {
        item.rule: [other.id for other in ITEMS if other.rule == item.rule] for item in ITEMS
    }
    for listed in found.values():
        for view in listed:
            assert (view.n, view.mean) == (MEANS[view.item]["n"], MEANS[view.item]["mean"])
            assert view.text in {item.text for item in ITEMS}


def test_only_items_that_were_answered_are_shown(bundled):
    (first, second) = (item for item in ITEMS if item.rule == "board-to-ward")
    report = audited(bundled, BARE, doctors={"responded": 60, "items": {second.id: MEANS[second.id]}})
    assert {rule: [view.item for view in listed] for rule, listed in views(report).items()} == {"board-to-ward": [second.id]}
    assert first.text not in str(to_builtins(report))
    assert views(audited(bundled, BARE, managers=GROUP)) == views(run_audit(BARE, bundled)) == {}


def test_views_change_no_outcome_and_no_score(bundled):
    perceptions = SOUND["perceptions"]
    before = run_audit(SOUND, bundled)
    after = audited(bundled, SOUND, **{**perceptions, "doctors": {**perceptions["doctors"], "items": MEANS}})
    assert views(after)
    assert after.summary == before.summary
    assert [(one.outcome, one.score) for one in after.findings] == [(one.outcome, one.score) for one in before.findings]


@pytest.mark.parametrize("group", ["doctors", *GROUPS])
def test_no_item_of_a_suppressed_group_is_shown_anywhere(bundled, group):
    secret = {item.id: {"n": 12, "mean": 8.88, "spread": 1.11} for item in ITEMS}
    report = audited(bundled, BARE, **{group: {"suppressed": True, "items": secret}})
    assert views(report) == {}
    assert "8.88" not in json.dumps(to_builtins(report))
    for name in ("text", "html", "markdown"):
        assert "8.88" not in bundled.reporters[name].render(report, Style())


def shown(bundled, name, report):
    made = bundled.reporters[name].render(report, Style())
    text = "\n".join(one.text for one in docx.Document(io.BytesIO(made)).paragraphs) if name == "docx" else made
    return " ".join(text.replace("\\", "").split())


@pytest.mark.parametrize("name", ["text", "html", "markdown", "docx"])
def test_the_papers_say_what_doctors_said_after_the_title_of_the_finding(bundled, name):
    report = audited(bundled, SOUND, doctors=GROUP)
    text = shown(bundled, name, report).replace("&#39;", "'")
    for finding in report.findings:
        for view in finding.views:
            line = f"What doctors said: “{view.text}” {view.mean:.1f} of 10 ({view.n} answered)"
            assert text.count(line) == 1
            assert text.rindex(finding.title, 0, text.index(line)) > max(
                (text.rfind(other.title, 0, text.index(line)) for other in report.findings if other is not finding), default=-1
            )
    assert "What doctors said" not in shown(bundled, name, run_audit(SOUND, bundled))


def test_the_report_is_valid_and_is_read_back(bundled):
    report = audited(bundled, SOUND, doctors=GROUP)
    text = bundled.reporters["json"].render(report, Style())
    Draft202012Validator(schema("report")).validate(json.loads(text))
    assert views(read_report(text.encode(), "r.json")) == views(report)
