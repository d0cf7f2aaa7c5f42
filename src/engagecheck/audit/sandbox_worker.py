"""The process of one isolated plugin: it reads a request, puts the plugin's rules to the profile, and writes an answer."""

import base64
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

from attrs import evolve

from engagecheck.audit import findings, sandbox
from engagecheck.audit.findings import Found
from engagecheck.audit.tailoring import Tailoring
from engagecheck.audit.tailoring import read as tailoring_of
from engagecheck.errors import EngagecheckError
from engagecheck.intake.load import read
from engagecheck.plugin_host.discovery import BUNDLED, GROUP, Plugin, entry_points, plugin_of
from engagecheck.plugin_host.registry import Registry, add_all

_LONGEST_FILE = 50_000_000
"""Bytes that a process may write into one file."""


def main() -> None:
    """Answer one request from standard input."""
    request = json.load(sys.stdin.buffer)
    _limit(request["megabytes"])
    answer = _answer(request)
    # Written in one go, by a name that was made for it: what the plugin printed is not in it.
    Path(request["answer"]).write_text(json.dumps(answer), "utf-8")


def _limit(megabytes: int) -> None:
    """No more memory than that, no long files and no core files, where the system can."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST_FILE, _LONGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: dict[str, Any]) -> Any:
    registry, plugin = _loaded(request)
    digest = registry.digest_of(plugin.pack, plugin.name)
    problem = next((one for one in registry.problems if one.where == str(plugin)), None)
    if problem is not None:
        detail = dict(registry.details).get(problem.where)
        why = f"{problem.message} [{detail}]" if detail else problem.message
        return sandbox.answer_of(Found(), (), (), digest, why)
    rules = [rule for name, rule in registry.rules.items() if registry.pack_of(name) is plugin]
    try:
        profile = read(base64.b64decode(request["profile"]), request["profile_name"], registry)
        tailoring = _tailoring(request, registry, {rule.id for rule in rules})
    except EngagecheckError as refused:
        return sandbox.answer_of(Found(), (), (), digest, str(refused).splitlines()[0])
    profile = evolve(profile, as_of=date.fromisoformat(request["as_of"]))
    found = findings.of_rules(rules, profile, registry, tailoring)
    reads = sorted({path for rule in rules for criterion in rule.criteria for path in criterion.paths})
    return sandbox.answer_of(found, reads, list(tailoring.deviations(registry)), digest)


def _loaded(request: dict[str, Any]) -> tuple[Registry, Plugin]:
    """A registry of the plugin asked for and the bundled ones; those of its own distribution only where it needs them."""
    known = entry_points(GROUP)
    plugin = plugin_of(request["path"], request["pack"]) if request["path"] else None
    plugin = plugin or next(one for one in known if (one.name, one.pack) == (request["name"], request["pack"]))
    bundled = [one for one in known if one.pack == BUNDLED]
    registry = add_all([*bundled, plugin])
    mates = [one for one in known if one.pack == plugin.pack and one.name != plugin.name]
    if mates and _lacks_something(registry, plugin):
        registry = add_all([*bundled, *mates, plugin])
    return registry, plugin


def _lacks_something(registry: Registry, plugin: Plugin) -> bool:
    """Whether its rules cite a source, or read an extension, that it does not bring itself."""
    criteria = [one for name, rule in registry.rules.items() if registry.pack_of(name) is plugin for one in rule.criteria]
    cited = {one.source.partition("/")[0] for one in criteria} - {""}
    parts = {path.split(".")[1] for one in criteria for path in one.paths if path.startswith("extensions.")}
    return not (cited <= set(registry.sources) and parts <= set(registry.extensions))


def _tailoring(request: dict[str, Any], registry: Registry, mine: set[str]) -> Tailoring:
    raw = base64.b64decode(request["tailoring"])
    return tailoring_of(raw, request["tailoring_name"], registry, _AllBut(mine)) if raw else Tailoring()


class _AllBut:
    """Every name but these."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def __contains__(self, name: object) -> bool:
        return name not in self.names


if __name__ == "__main__":
    main()
