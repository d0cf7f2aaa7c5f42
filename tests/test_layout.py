"""The house: eleven packages, small files, and nothing else at the top."""

import ast
import tomllib
from pathlib import Path

import pytest

from conftest import ROOT

HOUSE = ROOT / "src" / "engagecheck"
PACKAGES = ("analysis", "audit", "batch", "cli", "intake", "model", "papers", "plugin_host", "rules", "testing", "web")
ONE_FILE_EACH = ("cli", "papers")
"""Packages with one file for each command or format; the limit of a dozen is for the others."""


def modules(folder: Path) -> list[Path]:
    return [path for path in folder.glob("*.py") if path.name != "__init__.py"]


def test_nothing_else_is_at_the_top():
    here = {path.name for path in HOUSE.iterdir() if path.name != "__pycache__"}
    assert here == {*PACKAGES, "__init__.py", "__main__.py", "errors.py", "inputs.py", "py.typed"}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_small_and_says_what_comes_in_and_what_goes_out(name):
    described = ast.get_docstring(ast.parse((HOUSE / name / "__init__.py").read_text("utf-8")))
    assert len(described.split("\n\n")) >= 2, described
    if name not in ONE_FILE_EACH:
        assert len(modules(HOUSE / name)) <= 12


def test_files_are_short_enough_to_be_read_at_once():
    for path in [*HOUSE.rglob("*.py"), *(ROOT / "plugins").glob("*.py")]:
        assert len(path.read_text("utf-8").splitlines()) <= 320, path


def test_the_tests_mirror_the_packages():
    here = {path.name for path in Path(__file__).parent.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert here == {*PACKAGES, "plugins", "campaign", "mutation"}


def test_every_package_is_part_of_the_wheel():
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    here = [".".join(("engagecheck", *path.parent.relative_to(HOUSE).parts)) for path in HOUSE.rglob("__init__.py")]
    assert sorted(declared) == sorted(
        [*here, "engagecheck.examples", "engagecheck.plugins", "engagecheck.schemas", "engagecheck_command"]
    )
