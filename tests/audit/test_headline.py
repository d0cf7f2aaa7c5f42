"""One pack heads a report, and every pack keeps a rating of its own."""

import json

import pytest
from jsonschema import Draft202012Validator
from msgspec import to_builtins
from msgspec.structs import replace

from conftest import BARE, PROFILES, SOUND
from engagecheck import AuditSettings, ExitCode, UsageRefused, installed, load_profile, read_tailoring, run_audit
from engagecheck.analysis.compare import compare, trend
from engagecheck.analysis.whatif import what_if
from engagecheck.audit.evaluate import evaluate, plan_audit
from engagecheck.audit.scoring import score
from engagecheck.model.schema import schema
from engagecheck.papers.jsonl import encoded, line_of, line_of_evaluation
from frameworks import ABOUT, NAME, TITLE, ward

NOTHING = {**BARE, "organisation": {**BARE["organisation"], "founded": "1994-04-01", "hosts_resident_doctors": True}}


def with_talent(**facts):
    return {**SOUND, "talent": {**SOUND["talent"], "leadership_strategy": True, "development_plan": True, **facts}}


GOOD, POOR = with_talent(), with_talent(leadership_strategy=False)
CHOICES = ("engagecheck", NAME, f"{NAME}:first-steps")


@pytest.fixture(scope="module")
def registry(tmp_path_factory):
    return installed([ward(tmp_path_factory.mktemp("packs"))], third_party=False)


def audited(registry, pack=None, profile=SOUND, **more):
    return run_audit(profile, registry, AuditSettings(pack=pack, **more))


def test_without_a_choice_and_with_the_bundled_pack_a_report_is_the_same_to_the_byte(registry):
    usual, chosen = (to_builtins(audited(registry, pack)) for pack in (None, "engagecheck"))
    assert json.dumps(usual) == json.dumps(chosen)
    assert set(usual["packs"][0]) == {"name", "version", "rules", "judgement", "digest"}
    assert set(usual["packs"][1]) == set(usual["packs"][0])


@pytest.mark.parametrize("path", [*PROFILES, None], ids=lambda path: path.stem if path else "bare")
def test_a_choice_changes_the_rating_of_no_other_pack_and_no_result(registry, path):
    usual = audited(registry, profile=path or NOTHING)
    ratings = {pack.name: pack.judgement for pack in usual.packs}
    for choice in CHOICES:
        report = audited(registry, choice, path or NOTHING)
        headline, *others = report.packs
        assert headline.choice == choice
        assert {pack.name: pack.judgement for pack in others}.items() <= ratings.items()
        if not headline.subset:
            assert headline.judgement == ratings[headline.name]
        shown = {name: getattr(report.summary, name) for name in headline.judgement.__struct_fields__}
        assert shown == {name: getattr(headline.judgement, name) for name in shown}
        assert [replace(finding, left_out="") for finding in report.findings] == list(usual.findings)


def test_the_headline_comes_first_and_gives_title_steps_and_exit_code(registry):
    report, usual = audited(registry, NAME, POOR), audited(registry, None, POOR)
    assert [pack.name for pack in report.packs] == [NAME, "engagecheck"]
    assert (report.packs[0].title, report.packs[0].about) == (TITLE, ABOUT)
    assert {step.criterion for step in report.summary.next_steps} == {"ward-strategy/asked", None}
    assert not report.summary.gate
    assert report.exit_code is ExitCode.GATE
    assert audited(registry, NAME, GOOD).exit_code is ExitCode.OK
    (departure,) = (one for one in report.deviations if one not in usual.deviations)
    assert (departure.what, departure.default, departure.used) == ("the pack that heads the report", "engagecheck", NAME)
    assert {one.criterion.partition("/")[0] for one in what_if(report).proposals} == {"ward-strategy"}


def test_a_subset_counts_alone_and_the_whole_stands_beside_it(registry):
    whole, part = audited(registry, NAME, POOR), audited(registry, f"{NAME}:first-steps", POOR)
    assert part.packs[0].subset == "first-steps"
    assert part.packs[0].left_out == ("ward-strategy",)
    assert part.summary.score.low == 100 > whole.summary.score.low
    assert (part.summary.by_default, part.summary.gate_by_default) == (whole.summary.level, whole.summary.gate)
    assert (part.exit_code, whole.exit_code) == (ExitCode.OK, ExitCode.GATE)
    assert part.deviations[-1].used == "its subset “first-steps”"
    reasons = {finding.rule: finding.left_out for finding in part.findings if finding.left_out}
    assert reasons == {"ward-strategy": "It is not in the subset “first-steps”."}


def test_a_subset_never_leaves_a_contradiction_out(registry):
    contradicted = with_talent(curriculum={**SOUND["talent"]["curriculum"], "consultants": False})
    report = audited(registry, f"{NAME}:first-steps", contradicted)
    assert "ward-agrees" not in report.packs[0].left_out
    assert [flag.criterion for flag in report.summary.flags] == ["ward-agrees/asked"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("folder wrad", "--pack folder wrad: no pack of rules is called so; did you mean 'folder ward'?"), ("", "--pack : no pack of rules is called so; known are: engagecheck, folder ward"), (f"{NAME}:first-step", f"--pack {NAME}:first-step: the pack {NAME} has no subset called 'first-step'; did you mean 'first-steps'?"),
        (f"{NAME}:", f"the pack {NAME} has no subset called ''; known are: first-steps"), ("engagecheck:first", "the pack engagecheck has no subset called 'first'; it names none"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_refused_in_a_sentence(registry, text, words):
    with pytest.raises(UsageRefused) as refused:
        audited(registry, text)
    assert words in str(refused.value)
    assert "\n" not in str(refused.value)


def test_the_configuration_chooses_and_the_option_counts_more(registry):
    chosen = read_tailoring(f'pack = "{NAME}"\n'.encode(), "engagecheck.toml", registry)
    assert audited(registry, tailoring=chosen).packs[0].name == NAME
    assert audited(registry, "engagecheck", tailoring=chosen).packs[0].name == "engagecheck"
    wrong = read_tailoring(b'pack = "nothing"\n', "engagecheck.toml", registry)
    with pytest.raises(UsageRefused, match=r"engagecheck\.toml: pack = nothing: no pack of rules is called so"):
        audited(registry, tailoring=wrong)


def test_the_tailoring_of_a_rule_stands_beside_a_subset(registry):
    text = b'[rules.ward-plan]\nleft_out = true\nreason = "Not this year."\n'
    report = audited(registry, f"{NAME}:first-steps", tailoring=read_tailoring(text, "engagecheck.toml", registry))
    assert report.packs[0].left_out == ("ward-strategy",)
    assert {finding.rule: finding.left_out for finding in report.findings if finding.left_out}["ward-plan"] == "Not this year."
    assert report.summary.coverage.applicable == 1  # the contradiction check alone


@pytest.mark.parametrize("choice", CHOICES)
def test_a_report_fits_its_schema_and_equals_its_line(registry, choice):
    settings = AuditSettings(pack=choice)
    report = run_audit(SOUND, registry, settings)
    document = json.loads(json.dumps(to_builtins(report)))
    Draft202012Validator(schema("report")).validate(document)
    plan = plan_audit(registry, settings.tailoring, settings.headline_in(registry))
    (evaluation,) = evaluate(plan, [load_profile(SOUND, registry=registry)])
    line = line_of_evaluation(evaluation, score(evaluation, settings.gate, plan.headline.pack), plan.headline)
    assert encoded(line) == encoded(line_of(report))
    assert json.loads(encoded(line)).get("pack", "engagecheck") == choice


def test_a_pack_without_a_framework_is_called_by_its_name_isolated_or_not(tmp_path):
    folder = ward(tmp_path)
    (folder / "ours.py").unlink()
    reports = [audited(installed([folder], third_party=False, isolate=isolate), NAME) for isolate in (False, True)]
    assert reports[0] == reports[1]
    assert "title" not in to_builtins(reports[0].packs[0])
    with pytest.raises(UsageRefused, match="with --isolate the subsets of folder ward are not known"):
        audited(installed([folder], third_party=False, isolate=True), f"{NAME}:first-steps")


def test_a_headline_that_could_not_be_loaded_is_an_incomplete_audit(tmp_path):
    (tmp_path / "ward").mkdir()
    (tmp_path / "ward" / "journey.py").write_text("from engagecheck import Rule\nrule = 3")
    report = audited(installed([tmp_path / "ward"], third_party=False), NAME)
    assert report.packs[0].name == NAME
    assert report.exit_code is ExitCode.INCOMPLETE
    assert not report.summary.assessed


def test_comparisons_say_where_different_packs_head_the_audits(registry):
    usual, (whole, part) = audited(registry), (audited(registry, choice, as_of="2027-03-31") for choice in CHOICES[1:])
    for found in (compare(usual, whole), trend([usual, whole])):
        assert f"Different packs head the audits: engagecheck, {NAME}. Their ratings and scores cannot be compared." in found.notes
        assert found.framework == TITLE
        assert not any("made with different packs" in note for note in found.notes)
    assert any(f"{NAME}:first-steps" in note for note in compare(whole, part).notes)
    same = compare(usual, usual)
    assert "framework" not in to_builtins(same)
    assert not any("head the audits" in note for note in same.notes)
    assert not any("head the audits" in note for note in compare(whole, whole).notes)
