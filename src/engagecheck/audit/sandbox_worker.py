"""The process of one isolated plugin: it reads a request, evaluates the plugin's rules, and writes an answer."""

import base64
import sys
from collections.abc import Container
from datetime import date
from pathlib import Path

import msgspec

from engagecheck.audit.describe import findings_of
from engagecheck.audit.evaluate import AuditPlan, evaluate, plan_audit
from engagecheck.audit.results import Places
from engagecheck.audit.sandbox import SandboxAnswer, SandboxRequest
from engagecheck.audit.scoring import score
from engagecheck.audit.tailoring import Tailoring, read_tailoring
from engagecheck.errors import EngagecheckError
from engagecheck.intake.load import load_profile
from engagecheck.model.report import Gate
from engagecheck.plugin_host.discovery import BUNDLED, Plugin, find_plugins, plugin_from
from engagecheck.plugin_host.registry import Registry, registry_of

_LONGEST_FILE = 50_000_000
"""Bytes that a process may write into one file."""


def main() -> None:
    """Answer one request from standard input."""
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=SandboxRequest)
    _limit(request.megabytes)
    answer = _answer(request)
    # The answer goes into a file that was made for it, so nothing that the plugin prints is part of it.
    Path(request.answer).write_bytes(msgspec.json.encode(answer))


def _limit(megabytes: int) -> None:
    """Limit memory and files, and write no core files, where the system can do that."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (megabytes * 1_000_000, megabytes * 1_000_000))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LONGEST_FILE, _LONGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: SandboxRequest) -> SandboxAnswer:
    registry, plugin = _loaded(request)
    digest = registry.digest_of(plugin.pack, plugin.name)
    problem = next((one for one in registry.problems if one.where == str(plugin)), None)
    if problem is not None:
        details = tuple(one for one in registry.details if one[0] == problem.where)
        return SandboxAnswer("", plugin in registry.loading, digest, problems=(problem,), exceptions=details)
    rules = {name for name in registry.rules if registry.plugin_of(name) is plugin}
    try:
        profile = load_profile(base64.b64decode(request.profile), name=request.profile_name, registry=registry)
        tailoring = _tailoring(request, registry, rules)
    except EngagecheckError as refused:
        return SandboxAnswer(str(refused).splitlines()[0], True, digest)
    plan = plan_audit(registry, tailoring)
    plan = AuditPlan(registry, tailoring, tuple(one for one in plan.rules if one.rule.id in rules))
    profile = profile.on(date.fromisoformat(request.as_of))
    (evaluation,) = evaluate(plan, [profile])
    findings = findings_of(evaluation, score(evaluation, Gate()), plan, Places.of(profile))
    criteria = [criterion for one in plan.rules for criterion in one.rule.criteria]
    return SandboxAnswer(
        why_not="",
        is_loaded=True,
        digest=digest,
        findings=tuple(finding for finding in findings if finding.rule in rules),
        problems=tuple(one for one in evaluation.problems if one.kind == "rule"),
        exceptions=tuple(one for one in evaluation.exceptions if one[0].partition("/")[0] in rules),
        deviations=tuple(tailoring.deviations(registry, profile)),
        reads=tuple(sorted({path for criterion in criteria for path in criterion.paths})),
    )


def _loaded(request: SandboxRequest) -> tuple[Registry, Plugin]:
    """A registry of the plugin and the bundled ones. Others of its own distribution are loaded only if it needs them."""
    known = find_plugins()
    plugin = plugin_from(request.path, request.pack) if request.path else None
    plugin = plugin or next(one for one in known if (one.name, one.pack) == (request.name, request.pack))
    bundled = [one for one in known if one.pack == BUNDLED]
    registry = registry_of([*bundled, plugin])
    siblings = [one for one in known if one.pack == plugin.pack and one.name != plugin.name]
    if siblings and _lacks_something(registry, plugin):
        registry = registry_of([*bundled, *siblings, plugin])
    registry.refuse_unknown_sources()
    return registry, plugin


def _lacks_something(registry: Registry, plugin: Plugin) -> bool:
    """Whether its rules cite a source, or read an extension, that it does not bring itself."""
    rules = [rule for name, rule in registry.rules.items() if registry.plugin_of(name) is plugin]
    criteria = [criterion for rule in rules for criterion in rule.criteria]
    cited = {source for rule in rules for source in rule.cites}
    parts = {path.split(".")[1] for one in criteria for path in one.paths if path.startswith("extensions.")}
    return not (cited <= set(registry.sources) and parts <= set(registry.extensions))


def _tailoring(request: SandboxRequest, registry: Registry, rules: set[str]) -> Tailoring:
    raw = base64.b64decode(request.tailoring)
    return read_tailoring(raw, request.tailoring_name, registry, _AllBut(rules)) if raw else Tailoring()


class _AllBut(Container[str]):
    """Every name except these."""

    def __init__(self, names: set[str]) -> None:
        self.names = names

    def __contains__(self, name: object) -> bool:
        return name not in self.names


if __name__ == "__main__":
    main()
