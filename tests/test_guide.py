"""The guide for rule authors, followed to the letter from an empty folder; and its hooks and names."""

import inspect
import os
import re
import shlex
import subprocess
import sys

import pytest

import engagecheck
from conftest import ROOT, SOUND
from engagecheck import batch, installed, run_audit, testing
from engagecheck.plugin_host.adapter import KINDS
from engagecheck.rules import hookspecs

GUIDE = (ROOT / "docs/plugins.md").read_text("utf-8")
BLOCK = re.compile(r"(?:<!-- file: (?P<file>\S+) -->\n)?```(?P<kind>console|python|json)\n(?P<text>.*?)```", re.DOTALL)


def test_every_block_of_the_guide_is_of_a_kind_that_is_executed():
    assert len(re.findall(r"^```\w", GUIDE, re.MULTILINE)) == len(list(BLOCK.finditer(GUIDE)))
    assert all(found["file"] for found in BLOCK.finditer(GUIDE) if found["kind"] != "console")


@pytest.mark.exhaustive
def test_following_the_guide_leads_to_a_tested_rule_in_the_report(tmp_path):
    site, place = tmp_path / "site", tmp_path / "empty"
    place.mkdir()
    here = place
    environment = {**os.environ, "PYTHONPATH": str(site), "COLUMNS": "100", "PYTHONIOENCODING": "utf-8", "PYTEST_ADDOPTS": "-p no:cacheprovider", "PYTHONDONTWRITEBYTECODE": "1"}
    ran = 0
    for found in BLOCK.finditer(GUIDE):
        if found["kind"] != "console":
            (here / found["file"]).write_text(found["text"])
            continue
        lines = found["text"].splitlines()
        for number, line in enumerate(lines):
            if not line.startswith("$ "):
                continue
            command = shlex.split(line[2:])
            wanted = list(_until_next(lines[number + 1 :]))
            if command[0] == "cd":
                here = here / command[1]
                continue
            if command[:4] == ["python", "-m", "pip", "install"]:  # tests talk to nobody: what it needs is here already
                command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(site), *command[4:]]
            elif command[0] == "python":
                command = [sys.executable, *command[1:]]
            else:
                command = [sys.executable, "-m", *command]
            done = subprocess.run(command, cwd=here, env=environment, capture_output=True, text=True, check=False)
            said = done.stdout + done.stderr
            is_failing = any("failed" in text for text in wanted)
            assert (done.returncode != 0) is is_failing, (line, said)
            for text in wanted:
                assert text in said, (line, said)
            ran += 1
    assert ran >= 15


def _until_next(lines):
    for line in lines:
        if line.startswith("$ "):
            return
        if line.strip():
            yield line


def test_every_hook_is_documented_with_its_signature_and_every_one_is_tried(tmp_path):
    for name in KINDS:
        specification = getattr(hookspecs, name)
        assert inspect.getdoc(specification)
        assert f"`{name}{inspect.Signature(inspect.signature(specification).parameters.values())}`" in GUIDE
    body = {
        "rules": "rule = engagecheck.Rule('made', title='t', source='', why='w')\n    rule.criterion('x', question='q?', reads='talent.leadership_strategy', yardstick=engagecheck.yes, basis='judgement', source='', priority='low', show='s', recommend=engagecheck.recommendation('r', owner='o', horizon='h', effort='low', success='s'))(measure)\n    yield rule",
        "sources": "yield engagecheck.Source('made-source', title='t', authority='a', read_in='r', date='2026', address='a', seen='s')", "reporters": "yield engagecheck.reporter('made-format', about='x')(lambda report, style: 'made')",
        "extensions": "yield engagecheck.ProfileExtension('made', {'type': 'object'})", "importers": "yield engagecheck.importer('made-importer', about='x', title='t', publisher='p', kind='other')(lambda file, options: ())", "scales": "yield engagecheck.OpinionScale('made-scale', {level: ('w', 'd') for level in engagecheck.Level})",
    }  # fmt: skip
    assert {f"engagecheck_{kind}" for kind in body} == set(KINDS)
    text = "import engagecheck\ndef measure(fact):\n    'M.'\n    return fact\n" + "".join(f"@engagecheck.hookimpl\ndef engagecheck_{kind}():\n    {made}\n" for kind, made in body.items())
    (tmp_path / "all_hooks.py").write_text(text)
    registry = installed([tmp_path], third_party=False)
    assert registry.problems == []
    for kind in ("rules", "sources", "reporters", "extensions", "importers", "scales"):
        assert any(name.startswith("made") for name in getattr(registry, kind)), kind
    assert any(finding.rule == "made" for finding in run_audit(SOUND, registry).findings)


def test_the_public_interface_is_listed_where_stability_is_promised():
    text = (ROOT / "docs/stability.md").read_text("utf-8")
    listed = re.search(r"<!-- names -->\n```\n(.*?)```", text, re.DOTALL)[1]
    first, *others = listed.split("\n\n")
    assert set(first.split()) == set(engagecheck.__all__)
    assert [set(other.split()) for other in others] == [{"batch:", *batch.__all__}, {"testing:", *testing.__all__}]


def test_readers_of_the_guide_find_the_other_pages():
    for page in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert (ROOT / "docs" / page).resolve().exists(), page


@pytest.mark.parametrize("name", ["plugins.md", "stability.md", "papers.md", "judgement.md", "scale.md", "individuals.md"])
def test_the_readme_leads_to_every_page(name):
    assert f"docs/{name}" in (ROOT / "README.md").read_text("utf-8")
