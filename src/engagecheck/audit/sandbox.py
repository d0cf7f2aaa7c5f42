"""Third parties' rules in processes of their own: what goes wrong in one costs that plugin, whatever it is.

A process is given the bytes of the profile, a time and, where the system can (not on Windows), a limit of memory; what it
prints is thrown away, and what it answers is checked against the schema and derived again. This holds off faults, not
malice: the process may do what its user may.
"""

import base64
import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import attrs
from attrs import frozen

from engagecheck.audit import findings as findings_of
from engagecheck.audit.findings import Found
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.from_json import made
from engagecheck.model.profile import Profile
from engagecheck.model.report import Deviation, Finding, Problem
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Registry

SECONDS = 10
MEGABYTES = 1024
_LONGEST_ANSWER = 20_000_000
WORKER = "engagecheck.audit.sandbox_worker"


@frozen
class _Failure:
    """Why a process gave no answer."""

    why: str


def audited(registry: Registry, profile: Profile, tailoring: Tailoring, seconds: float = SECONDS) -> Found:
    """Put the isolated plugins' rules to a profile, several processes at a time."""
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        futures = [pool.submit(_asked, plugin, profile, tailoring, seconds) for plugin in registry.isolated]
        answers = [future.result() for future in futures]
    together = Found()
    taken = set(registry.rules)
    for plugin, answer in zip(registry.isolated, answers, strict=True):
        if not isinstance(answer, _Failure):
            answer = _checked(plugin, answer, taken)  # an answer that is none is a failure
        if isinstance(answer, _Failure):
            together.findings.append(findings_of.of_failure(plugin))
            together.problems.append(Problem("plugin", str(plugin), answer.why))
            continue
        found, digest = answer
        registry.learn_digest(plugin, digest)
        taken |= {finding.rule for finding in found.findings}
        for part in attrs.fields(Found):
            getattr(together, part.name).extend(getattr(found, part.name))
    return together


def _asked(plugin: Plugin, profile: Profile, tailoring: Tailoring, seconds: float) -> Any:
    """The answer of a plugin's process, as JSON; or a failure."""
    with tempfile.TemporaryDirectory(prefix="engagecheck-", ignore_cleanup_errors=True) as folder:
        answer = Path(folder) / "answer.json"
        request = {
            "name": plugin.name, "pack": plugin.pack, "version": plugin.version, "path": plugin.path,
            "profile": base64.b64encode(profile.origin.raw).decode(), "profile_name": profile.origin.name,
            "as_of": profile.as_of.isoformat(), "tailoring": base64.b64encode(tailoring.raw).decode(),
            "tailoring_name": tailoring.name, "answer": str(answer), "megabytes": MEGABYTES,
        }  # fmt: skip
        failure = _run(json.dumps(request).encode(), seconds)
        if failure is not None:
            return failure
        try:
            if not stat.S_ISREG(answer.lstat().st_mode):
                return _Failure("ended without an answer")
            if answer.stat().st_size > _LONGEST_ANSWER:
                return _Failure("gave an answer that is far too long")
            return json.loads(answer.read_bytes())
        except (OSError, ValueError, RecursionError):
            return _Failure("ended without an answer")


def _run(request: bytes, seconds: float) -> _Failure | None:
    process = subprocess.Popen(  # noqa: S603  # this very Python and a module of ours
        [sys.executable, "-P", "-m", WORKER],  # nothing out of the folder that one happens to be in
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.communicate(request, timeout=seconds)
    except subprocess.TimeoutExpired:
        return _Failure(f"took longer than {seconds:g} seconds and was stopped")
    except OSError:
        return _Failure("ended before it read anything")
    finally:
        _end(process)
    if process.returncode < 0:
        return _Failure(f"was ended by the signal {_signal(-process.returncode)}")
    return None if process.returncode == 0 else _Failure(f"ended by itself, with the exit code {process.returncode}")


def _signal(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and everything that it started, where the system knows groups."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()


def _checked(plugin: Plugin, answer: Any, taken: set[str]) -> "tuple[Found, str] | _Failure":
    """An answer as values; a failure for one that the schema does not allow, or that takes another's name."""
    from engagecheck.model import schema

    report = schema.schema("report")
    wanted = {"$defs": report["$defs"], **_ANSWER}
    if not isinstance(answer, dict) or schema.complaints(answer, wanted):
        return _Failure("gave an answer that is none")
    if answer["why"]:
        return _Failure(str(answer["why"]))
    findings = [made(Finding, one) for one in answer["findings"]]
    names = [finding.rule for finding in findings]
    ids = [one.id for finding in findings for one in finding.criteria]
    if set(names) & taken or len(set(names)) < len(names) or len(set(ids)) < len(ids):
        return _Failure("brings a rule whose name is taken")
    if any(one.id.partition("/")[0] != finding.rule for finding in findings for one in finding.criteria):
        return _Failure("gave results under the name of another rule")
    digest = str(answer["digest"])
    derived = [_derived(finding, plugin, digest) for finding in findings]
    problems = [Problem("rule", str(where), str(message)) for where, message in answer["problems"]]
    details = [(str(where), str(text)) for where, text in answer["details"]]
    deviations = [Deviation(*map(str, one)) for one in answer["deviations"]]
    return Found(derived, problems, details, list(map(str, answer["reads"])), deviations), digest


def _derived(finding: Finding, plugin: Plugin, digest: str) -> Finding:
    """A finding whose outcome and score follow from its results, whatever the process said."""
    own = findings_of.of_results(finding.rule, finding.title, plugin.pack, finding.why, finding.source, finding.criteria)
    return attrs.evolve(
        own, version=finding.version, left_out=finding.left_out, status=finding.status, replaced_by=finding.replaced_by,
        digest=digest,
    )  # fmt: skip


def _texts(length: int) -> dict[str, Any]:
    row = {"type": "array", "items": {"type": "string"}, "minItems": length, "maxItems": length}
    return {"type": "array", "items": row, "maxItems": 1000}


_ANSWER = {
    "type": "object",
    "required": ["why", "findings", "problems", "details", "deviations", "reads", "digest"],
    "properties": {
        "why": {"type": "string"},
        "findings": {"type": "array", "items": {"$ref": "#/$defs/finding"}, "maxItems": 100},
        "problems": _texts(2),
        "details": _texts(2),
        "deviations": _texts(4),
        "reads": {"type": "array", "items": {"type": "string"}, "maxItems": 1000},
        "digest": {"type": "string"},
    },
}


def answer_of(found: Found, reads: Sequence[str], deviations: Sequence[Deviation], digest: str, why: str = "") -> Any:
    """What a process answers, as JSON values; `why`: what kept the plugin from being loaded."""
    from engagecheck.model.report import as_json

    return {
        "why": why,
        "findings": as_json(found.findings),
        "problems": [[one.where, one.message] for one in found.problems],
        "details": [list(one) for one in found.details],
        "deviations": [[one.what, one.default, one.used, one.reason] for one in deviations],
        "reads": list(reads),
        "digest": digest,
    }
