"""A new plugin: a complete package of its own, or one more rule in a folder."""

import keyword
import re
import sys
from collections.abc import Iterator
from importlib.resources import files

from engagecheck import __version__
from engagecheck.errors import UsageRefused
from engagecheck.plugin_host.discovery import BUNDLED, entry_points

_TAKEN = ("engagecheck", "conftest", "pytest", "setup")
_NAME = re.compile(r"[a-z][a-z0-9]{1,40}(-[a-z0-9]{1,40}){0,6}")
FILES = {
    "pyproject.toml": "pyproject.toml.txt",
    "README.md": "README.md.txt",
    "src/{module}/__init__.py": "package.py.txt",
    "src/{module}/{rule_module}.py": "rule.py.txt",
    "src/{module}/profile.schema.json": "profile.schema.json.txt",
    "src/{module}/py.typed": "",
    "tests/test_{rule_module}.py": "test_rule.py.txt",
    "tests/profile.json": "profile.json.txt",
    "ci.sh": "ci.sh.txt",
}
"""The files of a package, and the templates that they are made of."""
ONE_RULE = {"{rule_module}.py": "one_rule.py.txt", "test_{rule_module}.py": "test_one_rule.py.txt"}


def package(name: str) -> Iterator[tuple[str, str]]:
    """The files of a new package by their paths. Raises `UsageRefused` for a name that a distribution cannot have."""
    distribution = name if name.startswith("engagecheck-") else f"engagecheck-{name}"
    yield from _made(FILES, name.removeprefix("engagecheck-"), distribution)


def one_rule(name: str) -> Iterator[tuple[str, str]]:
    """The file of one more rule, and of its test."""
    yield from _made(ONE_RULE, name, name)


def _made(wanted: dict[str, str], rule: str, distribution: str) -> Iterator[tuple[str, str]]:
    if not _NAME.fullmatch(rule):
        raise UsageRefused(f"plugin new {rule}: write the name in lower case with hyphens, such as board-diary")
    module = rule.replace("-", "_")
    if keyword.iskeyword(module) or module in sys.stdlib_module_names or module in _TAKEN or module.startswith("test_"):
        raise UsageRefused(f"plugin new {rule}: Python uses that name for itself; take another, such as {rule}-rule")
    if rule in [one.name for one in entry_points() if one.pack == BUNDLED]:
        raise UsageRefused(f"plugin new {rule}: a bundled plugin has that name; take another")
    values = {
        "rule": rule,
        "extension": rule.replace("-", "_"),
        "distribution": distribution,
        "module": distribution.replace("-", "_"),
        "rule_module": rule.replace("-", "_"),
        "title": rule.replace("-", " ").capitalize(),
        "version": __version__,
    }
    for path, template in wanted.items():
        text = (files(__name__) / "template" / template).read_text("utf-8") if template else ""
        yield _filled(path, values, "{", "}"), _filled(text, values, "{{", "}}")


def _filled(text: str, values: dict[str, str], left: str, right: str) -> str:
    for name, value in values.items():
        text = text.replace(f"{left}{name}{right}", value)
    return text
