"""The README's commands, output and code are real."""

import re
import shlex
import subprocess
import sys

import pytest
from click import Context, Group

from conftest import BARE, ROOT
from engagecheck import installed, load_profile, run_audit
from engagecheck.cli import engagecheck as engagecheck_command

README = (ROOT / "README.md").read_text("utf-8")
SCORING = (ROOT / "docs/scoring.md").read_text("utf-8")


EMBEDDING = (ROOT / "docs/embedding.md").read_text("utf-8")
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COMMANDS = [
    line.partition("  ")[0] for page in PAGES for line in re.findall(r"^    (engagecheck [^#|\n]+)", page.read_text("utf-8"), re.MULTILINE)
]


def blocks(language, page=README):
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


def test_the_output_shown_is_what_the_command_prints():
    (shown,) = re.findall(r"<!-- output: engagecheck audit (?:\S+) -->\n```\n(.*?)```", README, re.DOTALL)
    done = subprocess.run(
        [sys.executable, "-m", "engagecheck", "audit", "examples/harbour-vale.json"],
        capture_output=True, check=False, cwd=ROOT, env={"PYTHONIOENCODING": "utf-8", "COLUMNS": "80"},
    )
    assert shown
    assert done.stdout.decode().startswith(shown.rstrip("\n"))


def test_the_two_commands_are_on_the_first_screen():
    first = README.splitlines()[:40]
    assert sum(line.startswith("    python3 -m venv") for line in first) == 2


def test_the_rule_in_full_works(tmp_path):
    rule = next(block for block in blocks("python") if "@rule.criterion" in block)
    name = re.match(r"# (\S+)", rule)[1]
    (tmp_path / name).write_text(rule)
    registry = installed([tmp_path], third_party=False)
    assert registry.problems == []
    report = run_audit({**BARE, "talent": {"chief_registrar_time": 50}}, registry)
    assert next(one for one in report.findings if one.rule == "board-diary").outcome == "met"


def test_the_program_works(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    exec(next(block for block in blocks("python", EMBEDDING) if "import engagecheck" in block), {})  # noqa: S102
    assert re.fullmatch(r"\w+ \d+ \d+ \d\n", capsys.readouterr().out)


def test_the_profile_is_valid():
    (profile,) = blocks("json", EMBEDDING)
    assert load_profile(profile.encode()).organisation.country == "England"


@pytest.mark.parametrize("line", sorted(set(COMMANDS)))
def test_every_command_and_option_of_the_pages_exists(line):
    words = shlex.split(line)[1:]
    command, context = engagecheck_command, Context(engagecheck_command, info_name="engagecheck")
    while isinstance(command, Group) and words and not words[0].startswith("-"):
        name, *words = words
        command = command.get_command(context, name)
        assert command is not None, name
        context = Context(command, parent=context, info_name=name)
    command.make_context(command.name, words, resilient_parsing=True)  # refuses an option that is not known


def test_the_readme_is_short():
    assert len(README.splitlines()) <= 150


def test_the_scoring_page_names_every_weight_and_edge():
    from engagecheck.audit import scoring

    evidence = {level: edge for edge, level in scoring.EVIDENCE_STEPS}
    flags = {level: "none" if edge == 0 else f"at most {edge}" for edge, level in scoring.FLAG_STEPS}
    for edge, level in scoring.SCORE_STEPS:
        assert f"| {level} | {edge} or more | {flags.get(level, 'any number')} | {evidence[level]} % or more |" in SCORING
    for words, weight in zip(("essential", "important", "desirable"), (3, 2, 1), strict=True):
        assert f"*{words}* {weight}" in SCORING
    assert f"**met**: {scoring.FINDING_MET} or more" in SCORING
    assert f"**partly met**: {scoring.FINDING_PARTLY} or more" in SCORING
