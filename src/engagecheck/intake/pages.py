"""Web pages that need no server and no network: a template with its style sheet and its script, and nothing else may run."""

import base64
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jinja2 import Environment


def rendered(package: str, template: str, *, style: str, script: str = "", **parts: Any) -> Iterator[str]:
    """A page in pieces, from a template of a package. Its security policy allows its own style sheet and script only."""
    from markupsafe import Markup

    script_policy = f"; script-src '{_hash(script)}'" if script else ""
    policy = f"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{_hash(style)}'{script_policy}"
    # Style sheet and script are files of the package. Text from a report or a profile is always escaped.
    ours = {"style": Markup(style), "script": Markup(script)}  # noqa: S704
    return _templates(package).get_template(template).generate(policy=policy, **ours, **parts)


@cache
def part_of_page(package: str, name: str) -> str:
    """The text of a template, style sheet or script."""
    return (files(package) / name).read_text("utf-8").replace("\r\n", "\n")


def embedded(value: Any) -> Any:
    """JSON as a part of a page. Nothing in it can close its element."""
    from markupsafe import Markup

    return Markup(json.dumps(value, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704


@cache
def _templates(package: str) -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    loader = FunctionLoader(lambda name: part_of_page(package, name))
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
