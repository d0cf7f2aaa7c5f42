"""What-if: what it promises is what comes true, and nothing smaller would do."""

import json
from functools import partial

import pytest
from hypothesis import Phase, given, settings

from conftest import EXAMPLES, SOUND
from engagecheck import AuditSettings, InputRefused, Level, Outcome, Style, installed, load_profile, run_audit
from engagecheck.analysis.whatif import shortest, step_up, what_if
from engagecheck.audit.scoring import RANK, changed, documented, judge, weighed
from engagecheck.audit.tailoring import read_tailoring
from engagecheck.intake.edit import set_fact
from engagecheck.model.answers import Share
from engagecheck.model.labels import ASSURANCE
from engagecheck.model.report import Gate
from engagecheck.papers.comparison_text import what_if as in_words
from engagecheck.rules.yardsticks import AtLeast, AtMost, Between, above, at_least, at_most, between, grades, no, yes
from generated import EACH, PROFILES, accepted

REGISTRY = installed(third_party=False)
STICKS = {one.id: one for rule in REGISTRY.rules.values() for one in rule.criteria}


def results(report):
    return {one.id: one for finding in report.findings for one in finding.criteria}


@settings(EACH, phases=[Phase.explicit, Phase.reuse, Phase.generate])
@given(PROFILES.filter(accepted))
def test_what_holds_of_the_proposals_for_every_profile(document):
    """All on one profile and its report, because to make these takes as long as what is asked of them."""
    profile = load_profile(document)
    report = run_audit(profile, REGISTRY)
    every_proposal_is_judged_as_promised_and_nothing_nearer_is(profile, report)
    what_follows_from_a_proposal_is_what_the_derivation_gives(report)
    the_steps_to_the_next_level_reach_it_and_none_is_for_nothing(report)
    kept(document, report)


def every_proposal_is_judged_as_promised_and_nothing_nearer_is(profile, report):
    found = results(report)
    for one in what_if(report).proposals:
        stick = STICKS[one.criterion].for_organisation(profile.organisation, profile.as_of).yardstick
        before = found[one.criterion]
        value = one.value
        if before.counted:
            good = round(one.value * before.counted["of"])
            assert stick.judge(Share(good, before.counted["of"])) is one.outcome
            nearer = good + 1 if isinstance(stick, AtMost) else good - 1
            assert stick.judge(Share(nearer, before.counted["of"])) is before.outcome
        else:
            assert stick.judge(value) is one.outcome
            if isinstance(stick, AtLeast | AtMost | Between) and value != before.value:
                nearer = round(value + (before.value - value) * 1e-3, 6)  # measured values have six decimals
                assert nearer == value or stick.judge(nearer) is before.outcome


def what_follows_from_a_proposal_is_what_the_derivation_gives(report):
    rules = weighed(report.findings)
    for one in what_if(report).proposals[:6]:
        judgement = judge(changed(rules, {one.criterion: one.outcome}).values(), Gate())
        assert (judgement.score, judgement.level, judgement.could_be) == (one.score, one.level, one.could_be)


def the_steps_to_the_next_level_reach_it_and_none_is_for_nothing(report):
    rules, found = weighed(report.findings), results(report)
    reached = judge(rules.values(), Gate()).level
    if reached is Level.SUSTAINING:
        return
    wanted = RANK[RANK.index(reached) + 1]
    steps, after = shortest(rules, wanted)

    def taken(some):
        then = rules
        for name, kind in some:
            if kind in ("meet", "show"):
                then = changed(then, {name: Outcome.MET if kind == "meet" else found[name].at_best})
            if kind in ("document", "show"):
                then = documented(then, name)
        return judge(then.values(), Gate())

    assert len({name for name, kind in steps if kind != "document"}) == sum(kind != "document" for _, kind in steps)
    assert RANK.index(taken(steps).level) >= RANK.index(wanted)
    assert taken(steps).score == after
    width = report.summary.score.high - report.summary.score.low
    assert all(one.points <= width for one in report.summary.to_collect)
    assert RANK.index(taken(steps[:-1]).level) < RANK.index(wanted)


def shown(stick, value, unit="", outcome=None):
    from engagecheck import Rule, recommendation
    from engagecheck.testing import judge

    rule = Rule("own", title="t", source="", why="w")

    @rule.criterion(
        "x", question="q?", reads="talent.chief_registrar_time", unit=unit, yardstick=stick, basis="judgement", source="", priority="low",
        recommend=recommendation("r", owner="o", horizon="h", effort="low", success="s"), show="s",
    )  # fmt: skip
    def x(_fact):
        """X."""
        return value

    found = judge(rule["x"], _fact=1)
    assert outcome is None or found.outcome is outcome
    return found


@pytest.mark.parametrize(
    ("stick", "value", "needed", "outcome"),
    [
        (at_least(36, partly=18), 7, 18, "partly_met"), (at_least(36, partly=18), 20, 36, "met"), (at_least(5), 1, 5, "met"), (at_least(0.4, partly=above(0)), 0, 1e-6, "partly_met"), (at_most(0, partly=1), 3, 1, "partly_met"),
        (between(5, 20, partly=(3, 25)), 30, 25, "partly_met"), (between(5, 20, partly=(3, 25)), 22, 20, "met"), (between(5, 20), 2, 5, "met"), (yes, False, True, "met"), (no, True, False, "met"),
        (grades(met="both", partly="one", poor="none"), "none", "one", "partly_met"), (grades(met="both", partly="one", poor="none"), "one", "both", "met"),
    ],
)  # fmt: skip
def test_the_nearest_better_value(stick, value, needed, outcome):
    assert step_up(shown(stick, value)) == (needed, outcome)


def test_shares_move_by_whole_counts_and_mind_small_numbers():
    assert step_up(shown(at_least(0.9, partly=0.75), Share(3, 10), "share"))[0] == Share(8, 10)
    assert step_up(shown(at_least(0.9), Share(2, 10), "share"))[0] == Share(9, 10)
    assert step_up(shown(at_least(1, one_short=False), Share(8, 10), "share"))[0] == Share(10, 10)


PROMISED = [EXAMPLES / name for name in ("harbour-vale.json", "journey/2024.json", "published/RGD.json", *(f"flawed/{path.name}" for path in sorted((EXAMPLES / "flawed").iterdir())))]


def again(document, audit=partial(run_audit, registry=REGISTRY)):
    def audited(setting):
        changed = json.loads(json.dumps(document))
        set_fact(changed, setting.pointer, setting.value)
        try:
            return audit(changed)
        except InputRefused:
            return None

    return audited


def kept(document, before):
    """That each proposal with a fact, set by hand, gives exactly what it promises, and no other result changes unsaid."""
    made = {}  # a fact set by hand should give the very document from which the proposal was made, so each is audited once

    def audit(changed):
        text = json.dumps(changed)
        if text not in made:
            made[text] = run_audit(changed, REGISTRY)
        return made[text]

    outcomes = {name: one.outcome for name, one in results(before).items()}
    for one in what_if(before, again(document, audit)).proposals:
        if one.setting is None:
            continue
        changed = json.loads(json.dumps(document))
        holder, (*steps, last) = changed, one.setting.pointer[1:].split("/")
        for step in steps:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        holder[last] = one.setting.value
        report = audit(changed)
        after = results(report)
        assert (after[one.criterion].outcome, after[one.criterion].value) == (one.outcome, one.value)
        assert next(finding.outcome for finding in report.findings if finding.rule == one.criterion.partition("/")[0]) is one.finding
        assert (report.summary.score, report.summary.level, report.summary.could_be) == (one.score, one.level, one.could_be)
        assert {moved.criterion: moved.outcome for moved in one.also} == {name: found.outcome for name, found in after.items() if name != one.criterion and found.outcome is not outcomes[name]}


@pytest.mark.parametrize("path", PROMISED, ids=lambda path: path.stem)
def test_a_promise_comes_true_when_its_fact_is_set(path):
    document = json.loads(path.read_text("utf-8"))
    kept(document, run_audit(document, REGISTRY))


def test_what_moves_with_a_fact_is_told_and_what_shares_one_is_named():
    document = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
    document["strategy"]["improvement_at_induction"] = "none"
    document["talent"]["leadership_strategy"] = False
    proposals = {one.criterion: one for one in what_if(run_audit(document, REGISTRY), again(document)).proposals}
    one = proposals["talent-and-development/leadership-strategy"]
    assert (one.setting.pointer, one.setting.value, one.also) == ("/talent/leadership_strategy", True, ())
    alone = {one.criterion: one for one in what_if(run_audit(document, REGISTRY)).proposals}["talent-and-development/leadership-strategy"]
    assert (alone.setting, alone.level) == (None, one.level)


def test_nothing_is_denied_and_nothing_past_is_rewritten():
    for path in PROMISED:
        document = json.loads(path.read_text("utf-8"))
        for one in what_if(run_audit(document, REGISTRY), again(document)).proposals:
            if one.setting is not None:
                assert one.setting.value is not False, one
                assert not one.setting.pointer.startswith(("/appraisal/recommendations", "/appraisal/unapproved", "/involvement/tiers", "/perceptions", "/journey")), one


def test_a_demanded_strength_is_part_of_the_proposal():
    from engagecheck.audit.tailoring import read_tailoring

    name = "talent-and-development/chief-registrar"
    tailoring = read_tailoring(f'[criteria."{name}"]\nmin_assurance = "verified"\nmet = 0.9\npartly = 0.8\nreason = "x"\n'.encode(), "t.toml", REGISTRY)
    report = run_audit(SOUND, REGISTRY, AuditSettings(tailoring=tailoring))
    (one,) = [one for one in what_if(report, again(SOUND)).proposals if one.criterion == name]
    assert (one.evidence, one.setting) == ("verified", None)


def test_setting_a_fact_audits_again_and_a_promise_comes_true(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(SOUND))
    promised = {one["criterion"]: one for one in json.loads(run("whatif", "p.json", "-f", "json").stdout)["proposals"]}
    one = promised["appraisal-and-revalidation/job-plans"]
    done = json.loads(run("whatif", "p.json", "--set", f"/appraisal/job_plans/count={round(one['value'] * 455)}", "-f", "json").stdout)
    (change,) = [change for change in done["changes"] if change["change"] != "unchanged"]
    assert (change["criterion"], change["after"]["outcome"]) == (one["criterion"], one["outcome"])
    assert done["new"]["score"] == one["score"]
    assert "Met now (1)" in run("whatif", "p.json", "--set", "/talent/chief_registrar_time=40").stdout.decode()
    assert "not shown now" in run("whatif", "p.json", "--set", "/talent/chief_registrar_time=").stdout.decode()
    for words, code in (("/talent", 2), ("talent=1", 2), ("/structure/divisions/entries/99/name=x", 2), ("/talent/chief_registrar_time=much", 3), ("/talent/nothing=1", 3), ("/as_of/x=1", 2), ("/note=" + "[" * 5000, 3), (f"/structure/divisions/entries/{'9' * 5000}/name=x", 2), ("/structure/divisions/entries/0=", 2)):
        refused = run("whatif", "p.json", "--set", words)
        assert (refused.returncode, refused.stdout) == (code, b""), refused.stderr
        assert b"Traceback" not in refused.stderr
    assert run("whatif", "-").returncode == 2


def test_a_workbook_is_audited_again_too(run):
    run("convert", EXAMPLES / "harbour-vale.json", "p.xlsx")
    found = [json.loads(run("whatif", source, "-f", "json").stdout)["proposals"] for source in (EXAMPLES / "harbour-vale.json", "p.xlsx")]
    named = [[one["setting"] for one in proposals] for proposals in found]
    assert named[0] == named[1]
    assert sum(one is not None for one in named[1]) >= 4


@pytest.mark.parametrize(
    "words", ['/organisation/name="\\ud800"', "/talent/chief_registrar_timee=", '/talent={"chief_registrar_time":40,"chief_registrar_time":50}']
)  # fmt: skip
def test_what_cannot_be_set_is_refused_in_a_sentence(run, words):
    done = run("whatif", EXAMPLES / "harbour-vale.json", "--set", words)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("--set ")
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("name", ["sound", "harbour-vale"])
def test_evidence_that_is_too_weak_is_asked_for_with_the_strength_that_it_needs(name):
    document = json.loads((EXAMPLES / f"{name}.json").read_text("utf-8"))
    asked = ("appraisal-and-revalidation/job-plans", "appraisal-and-revalidation/unapproved-missed")
    text = "".join(f'[criteria."{one}"]\nmin_assurance = "verified"\nreason = "x"\n' for one in asked)
    tailoring = read_tailoring(text.encode(), "c.toml", REGISTRY)
    analysis = what_if(run_audit(document, REGISTRY, AuditSettings(tailoring=tailoring)))
    named = {one.criterion: one.evidence for one in (*analysis.to_show, *analysis.to_next) if one.criterion in asked}
    assert named
    assert set(named.values()) == {"verified"}
    assert all(one.evidence is None for one in (*analysis.to_show, *analysis.to_next) if one.criterion not in asked)
    words = " ".join(in_words(analysis, Style()).split())
    assert words.count(f"The evidence must be at least “{ASSURANCE['verified']}”") == sum(one.criterion in asked for one in (*analysis.to_show, *analysis.to_next))
