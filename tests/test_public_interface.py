"""What a plugin or an embedding program can rely on: every public name, its signature, types and pickles, and threads."""

import ast
import copy
import inspect
import os
import pickle
import subprocess
import sys
import typing
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Struct

import engagecheck
import engagecheck.batch
import engagecheck.testing  # registers strategies for dates and listings
from conftest import EXAMPLES, PROFILES, ROOT
from engagecheck import AuditSettings, Listing, PartialDate, Profile, run_audit
from engagecheck.model.profile import Organisation
from engagecheck.model.sections import SECTIONS

PUBLIC = [getattr(part, name) for part in (engagecheck, engagecheck.batch) for name in part.__all__]
CLASSES = [one for one in PUBLIC if inspect.isclass(one)]
CALLABLE = [one for one in PUBLIC if inspect.isfunction(one) or (inspect.isclass(one) and not issubclass(one, Exception))]
NOT_FOR_ONE_AUDIT = {"openpyxl", "docx", "weasyprint", "distributed", "psycopg", "jinja2", "jsonschema", "sqlite3"}


def test_every_public_name_is_there():
    assert sorted(engagecheck.__all__) == sorted(set(engagecheck.__all__))
    for name in engagecheck.__all__:
        assert getattr(engagecheck, name) is not None


@pytest.mark.parametrize("one", CALLABLE, ids=lambda one: getattr(one, "__name__", type(one).__name__))
def test_every_public_callable_has_a_signature_and_types_that_resolve(one):
    assert inspect.signature(one) is not None
    assert isinstance(typing.get_type_hints(one), dict)
    if inspect.isclass(one):
        for name, method in vars(one).items():
            if inspect.isfunction(method) and not name.startswith("_"):
                assert "return" in typing.get_type_hints(method), (one, name)


def test_an_audit_imports_nothing_that_it_does_not_need():
    code = f"import sys\nfrom engagecheck.cli import run\nrun(['audit', {str(EXAMPLES / 'harbour-vale.json')!r}, '-f', 'json'])\nprint(*sys.modules)"
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=environment)
    loaded = {name.partition(".")[0] for name in done.stdout.split("\n")[-2].split()}
    assert loaded & NOT_FOR_ONE_AUDIT == set()


def test_bundled_plugins_and_examples_import_only_the_public_interface():
    for path in [*(ROOT / "plugins").glob("*.py"), *(ROOT / "examples").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module == "engagecheck.testing" or not f"{node.module}".startswith("engagecheck."), path
            if isinstance(node, ast.Import):
                assert all(not alias.name.startswith("engagecheck.") for alias in node.names), path


def test_nothing_but_rule_files_imports_from_the_facade():
    for path in Path(ROOT / "src").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            assert not (isinstance(node, ast.ImportFrom) and node.module == "engagecheck"), path
        assert "engagecheck.plugins" not in path.read_text("utf-8"), path


def test_the_version_is_the_same_everywhere():
    assert f'version = "{engagecheck.__version__}"' in (ROOT / "pyproject.toml").read_text("utf-8")


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_profiles_and_reports_can_be_pickled_and_copied(path, bundled):
    profile = engagecheck.load_profile(path, registry=bundled)
    report = run_audit(profile, bundled)
    for one in (profile, report):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301
        assert copy.deepcopy(one) == one
    assert run_audit(pickle.loads(pickle.dumps(profile)), bundled) == report  # noqa: S301


def test_declarations_can_be_pickled(bundled):
    for one in (AuditSettings(as_of="2026-03-31"), PartialDate("2023-02"), engagecheck.at_least(3, partly=engagecheck.above(1)), *bundled.sources.values()):
        assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


@pytest.mark.parametrize("kind", [Organisation, *SECTIONS.values(), AuditSettings], ids=lambda kind: kind.__name__)
@settings(max_examples=20, deadline=None)
@given(data=st.data())
def test_hypothesis_makes_facts_and_settings(kind, data):
    made = data.draw(st.from_type(kind))
    assert isinstance(made, kind)
    if isinstance(made, Struct):
        assert pickle.loads(pickle.dumps(made)) == made  # noqa: S301
        for name in made.__struct_fields__:
            value = getattr(made, name)
            if isinstance(value, Listing) and value.of is not None:
                assert value.listed <= value.of


@settings(max_examples=50, deadline=None)
@given(st.from_type(PartialDate))
def test_dates_that_hypothesis_makes_are_dates(day):
    assert day.first <= day.last
    assert PartialDate(day.text) == day


def test_eight_threads_that_audit_at_once_give_what_one_gives(bundled):
    profiles = [engagecheck.load_profile(path, registry=bundled) for path in PROFILES]
    alone = [run_audit(profile, bundled) for profile in profiles]
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert list(pool.map(lambda profile: run_audit(profile, bundled), profiles)) == alone


def test_a_public_class_says_what_it_is():
    assert [one.__name__ for one in CLASSES if not inspect.getdoc(one)] == []
    assert Profile.__doc__
