"""Templates of a new plugin: a complete package, or one rule file in a folder."""

import keyword
import re
import sys
from collections.abc import Iterator
from importlib.resources import files

from engagecheck.errors import UsageRefused
from engagecheck.model.report import VERSION
from engagecheck.plugin_host.discovery import BUNDLED, find_plugins

_RESERVED = ("engagecheck", "conftest", "pytest", "setup")
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
"""The files of a package, and the template of each. A file without a template is empty."""
ONE_RULE = {"{rule_module}.py": "one_rule.py.txt", "test_{rule_module}.py": "test_one_rule.py.txt"}


def package(name: str) -> Iterator[tuple[str, str]]:
    """The paths and texts of the files of a new package. Raises `UsageRefused` for a name that a plugin cannot have."""
    distribution = name if name.startswith("engagecheck-") else f"engagecheck-{name}"
    yield from _rendered(FILES, name.removeprefix("engagecheck-"), distribution)


def one_rule(name: str) -> Iterator[tuple[str, str]]:
    """The paths and texts of a rule file and its test. Raises `UsageRefused` for a name that a plugin cannot have."""
    yield from _rendered(ONE_RULE, name, name)


def _rendered(templates: dict[str, str], rule: str, distribution: str) -> Iterator[tuple[str, str]]:
    if not _NAME.fullmatch(rule):
        raise UsageRefused(f"plugin new {rule}: write the name in lower case with hyphens, such as board-diary")
    module = rule.replace("-", "_")
    if keyword.iskeyword(module) or module in sys.stdlib_module_names or module in _RESERVED or module.startswith("test_"):
        raise UsageRefused(f"plugin new {rule}: Python uses that name for itself; take another, such as {rule}-rule")
    if rule in [plugin.name for plugin in find_plugins() if plugin.pack == BUNDLED]:
        raise UsageRefused(f"plugin new {rule}: a bundled plugin has that name; take another")
    values = {
        "rule": rule,
        "extension": module,
        "distribution": distribution,
        "module": distribution.replace("-", "_"),
        "rule_module": module,
        "title": rule.replace("-", " ").capitalize(),
        "version": VERSION,
    }
    for path, template in templates.items():
        text = (files("engagecheck.plugin_host") / "template" / template).read_text("utf-8") if template else ""
        yield _filled(path, values, "{", "}"), _filled(text, values, "{{", "}}")


def _filled(text: str, values: dict[str, str], opening: str, closing: str) -> str:
    for name, value in values.items():
        text = text.replace(f"{opening}{name}{closing}", value)
    return text
