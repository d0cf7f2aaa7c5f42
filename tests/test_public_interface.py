"""What may be imported, and what importing it costs."""

import ast
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import engagecheck
from conftest import EXAMPLES, ROOT

MODULES = 86
"""What an audit may import beside what it stands on."""
HEAVY = {"jsonschema", "tabulate", "hypothesis", "importlib.metadata", "cattrs", "jinja2", "email", "urllib.request", "asyncio", "ssl"}


def test_every_public_name_is_there_and_typed():
    stub = ast.parse((ROOT / "src/engagecheck/__init__.pyi").read_text("utf-8"))
    typed = {alias.asname for node in stub.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    typed |= {node.target.id for node in stub.body if isinstance(node, ast.AnnAssign)}
    assert typed == set(engagecheck.__all__)
    for name in engagecheck.__all__:
        assert getattr(engagecheck, name) is not None
    assert set(dir(engagecheck)) == set(engagecheck.__all__)
    with pytest.raises(AttributeError):
        engagecheck.nothing  # noqa: B018


def loaded_by(command):
    code = f"import sys\n{command}\nprint(*sys.modules)"
    # Without what measures coverage in subprocesses and what says how wide a terminal is, which import modules of their own.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE") and name != "COLUMNS"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True, env=environment)
    return set(done.stdout.split("\n")[-2].split())


@pytest.mark.parametrize(
    ("command", "not_loaded"),
    [
        ("import engagecheck", {"attr", "click", "pluggy", "json", *HEAVY}),
        ("from engagecheck.cli import run\nrun(['--version'])", {"attr", "pluggy", "json", *HEAVY}),
        ("from engagecheck.cli import run\nrun(['schema', 'profile'])", {"pluggy", *HEAVY}),
        ("import engagecheck\nengagecheck.audit", {"click", *HEAVY}),
        (f"from engagecheck.cli import run\nrun(['audit', {str(EXAMPLES / 'harbour-vale.json')!r}, '-f', 'json'])", {"pluggy", "pathlib", "hashlib", "dis", "heapq", "pkgutil", "subprocess", "multiprocessing", "openpyxl", "docx", "tempfile", "zipfile", "orjson", "engagecheck.isolation", "engagecheck.batch", "engagecheck.lines", "engagecheck.papers.text", "engagecheck.papers.xlsx", "attr", *HEAVY}),
        (f"from engagecheck.cli import run\nrun(['audit', {str(EXAMPLES / 'sound.json')!r}])", {"attr", *HEAVY}),
        (f"from engagecheck.cli import run\nrun(['audit', {str(ROOT / 'pyproject.toml')!r}])", {"pluggy", "engagecheck.registry", "attr", *HEAVY}),
        (f"from engagecheck.cli import run\nrun(['audit', {str(ROOT / 'schemas/profile.schema.json')!r}])", {"pluggy", "engagecheck.registry"}),
    ],
)
def test_nothing_heavy_is_imported_before_it_is_needed(command, not_loaded):
    assert (loaded_by(command) - loaded_by("pass")) & not_loaded == set()


def test_what_an_audit_imports_names_nothing_slow_at_its_top():
    """Read, not run: where the package is installed as a link, Python itself has imported pathlib already."""
    loaded = loaded_by(f"from engagecheck.cli import run\nrun(['audit', {str(EXAMPLES / 'harbour-vale.json')!r}, '-f', 'json'])")
    files = {import_module(name).__file__ for name in loaded if name.partition(".")[0] == "engagecheck"}
    assert len(files) > 50
    named = {
        alias.name if isinstance(node, ast.Import) else node.module
        for file in files
        for node in ast.parse(Path(file).read_text("utf-8")).body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert "os" in named
    assert named & {"pathlib", "hashlib", "pluggy", "inspect", "tempfile", "dataclasses", "pkgutil", "jsonschema", "attrs", "attr"} == set()


def test_an_audit_imports_no_more_than_it_used_to():
    """Modules are counted, not timed. Whoever adds one looks first whether it can be imported where it is used."""
    loaded = loaded_by(f"from engagecheck.cli import run\nrun(['audit', {str(EXAMPLES / 'harbour-vale.json')!r}, '-f', 'json'])")
    base = loaded_by("import click, json")
    assert len(loaded - base) <= MODULES, sorted(loaded - base)


def test_bundled_plugins_and_reporters_import_only_the_public_interface():
    for path in [*(ROOT / "plugins").glob("*.py"), *(ROOT / "examples").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ImportFrom):
                assert node.module == "engagecheck.testing" or not f"{node.module}".startswith("engagecheck."), path
            if isinstance(node, ast.Import):
                assert all(not alias.name.startswith("engagecheck.") for alias in node.names), path


def test_nothing_imports_a_plugin_by_name():
    for path in Path(ROOT / "src").rglob("*.py"):
        assert "engagecheck.plugins" not in path.read_text("utf-8"), path
