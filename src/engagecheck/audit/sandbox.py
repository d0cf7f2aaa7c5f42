"""Rules of third parties in processes of their own. Whatever goes wrong in one costs that plugin alone.

A process gets the bytes of the profile, a time limit and, where the system can set one (not on Windows), a memory limit.
What it prints is thrown away. What it answers is checked, and scored again with everything else. This protects against
accidents and not against malice: the process may do what its user may.
"""

import base64
import os
import signal
import stat
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit.answer import Answer, RuleAnswers
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.profile import Profile
from engagecheck.model.report import Deviation, Finding, Problem
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Registry, brought_twice

SECONDS = 10
MEGABYTES = 1024
_LONGEST_ANSWER = 20_000_000
WORKER = "engagecheck.audit.sandbox_worker"


class SandboxRequest(Struct, frozen=True):
    """What a process is asked: a plugin, a profile and a tailoring (both as base64), and the file for the answer."""

    name: str
    pack: str
    path: str
    profile: str
    profile_name: str
    as_of: str
    tailoring: str
    tailoring_name: str
    answer: str
    megabytes: int


class SandboxAnswer(Struct, frozen=True, forbid_unknown_fields=True):
    """What a process answers. `why_not` is the reason if the plugin could not be asked; `is_loaded` says if it was loaded.

    A plugin that fails in its process fails with the `problems` that it would have here.
    """

    why_not: str
    is_loaded: bool
    digest: str
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    exceptions: tuple[tuple[str, str], ...] = ()
    deviations: tuple[Deviation, ...] = ()
    reads: tuple[str, ...] = ()


class IsolatedAnswers(Struct, frozen=True):
    """What all isolated plugins answer together."""

    rules: tuple[RuleAnswers, ...]
    problems: tuple[Problem, ...]
    exceptions: tuple[tuple[str, str], ...]
    deviations: tuple[Deviation, ...]
    reads: tuple[str, ...]
    failed: tuple[Plugin, ...]


class _NoAnswerError(Exception):
    """A process gave no answer that can be used. The text says why."""


def evaluate_isolated(registry: Registry, profile: Profile, tailoring: Tailoring, seconds: float = SECONDS) -> IsolatedAnswers:
    """The answers of the isolated plugins for a profile, with several processes at a time."""
    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        futures = [pool.submit(_ask, plugin, profile, tailoring, seconds) for plugin in registry.isolated]
    problems: list[Problem] = []
    answers: list[SandboxAnswer] = []
    failed: list[Plugin] = []
    brought: dict[str, tuple[Plugin, Finding]] = {}
    for plugin, future in zip(registry.isolated, futures, strict=True):
        try:
            answer = future.result()
            _check(answer, registry)
        except _NoAnswerError as error:
            failed.append(plugin)
            problems.append(Problem("plugin", str(plugin), str(error)))
            continue
        if answer.is_loaded:
            registry.learn_digest(plugin, answer.digest)
        problems.extend(answer.problems)
        answers.append(answer)
        if any(problem.where == str(plugin) for problem in answer.problems):
            failed.append(plugin)
        for finding in answer.findings:
            if finding.rule not in brought:
                brought[finding.rule] = plugin, finding
                continue
            other, _ = brought.pop(finding.rule)  # as here, neither of two keeps a name
            failed += [plugin, other]
            problems.append(Problem("conflict", str(plugin), brought_twice(f"the rule {finding.rule!r}", other, plugin)))
    return IsolatedAnswers(
        failed=tuple(failed),
        rules=tuple(_rule_answers(finding, plugin) for plugin, finding in brought.values()),
        problems=tuple(problems),
        exceptions=tuple(one for answer in answers for one in answer.exceptions),
        deviations=tuple(one for answer in answers for one in answer.deviations),
        reads=tuple(one for answer in answers for one in answer.reads),
    )


def _rule_answers(finding: Finding, plugin: Plugin) -> RuleAnswers:
    answers = {
        one.id: Answer(
            one.outcome, one.priority, one.at_worst, one.at_best, one.gates, one.flags, one.documented, None, one.message,
            by_default=(one.by_default.at_worst, one.by_default.at_best) if one.by_default else None, described=one,
        )
        for one in finding.criteria
    }  # fmt: skip
    bare = replace(finding, criteria=())
    return RuleAnswers(finding.rule, plugin, answers, left_out=finding.left_out, finding=bare, weight=finding.weight)


def _check(answer: SandboxAnswer, registry: Registry) -> None:
    """Raise `_NoAnswerError` for an answer that says so, or that takes another rule's name."""
    if answer.why_not:
        raise _NoAnswerError(answer.why_not)
    mine = [finding.rule for finding in answer.findings]
    ids = [one.id for finding in answer.findings for one in finding.criteria]
    if set(mine) & set(registry.rules) or len(set(mine)) < len(mine) or len(set(ids)) < len(ids):
        raise _NoAnswerError("brings a rule whose name is taken")
    if any(one.id.partition("/")[0] != finding.rule for finding in answer.findings for one in finding.criteria):
        raise _NoAnswerError("gave results under the name of another rule")


def _ask(plugin: Plugin, profile: Profile, tailoring: Tailoring, seconds: float) -> SandboxAnswer:
    """The answer of a plugin's process. Raises `_NoAnswerError`."""
    with tempfile.TemporaryDirectory(prefix="engagecheck-", ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "answer.json"
        request = SandboxRequest(
            plugin.name, plugin.pack, plugin.path, base64.b64encode(profile.origin.raw).decode(), profile.origin.name,
            profile.as_of.isoformat(), base64.b64encode(tailoring.raw).decode(), tailoring.name, str(path), MEGABYTES,
        )  # fmt: skip
        _run(msgspec.json.encode(request), seconds)
        try:
            if not stat.S_ISREG(path.lstat().st_mode):
                raise _NoAnswerError("ended without an answer")
            if path.stat().st_size > _LONGEST_ANSWER:
                raise _NoAnswerError("gave an answer that is far too long")
            raw = path.read_bytes()
        except OSError:
            raise _NoAnswerError("ended without an answer") from None
        try:
            return msgspec.json.decode(raw, type=SandboxAnswer)
        except msgspec.ValidationError:
            raise _NoAnswerError("gave an answer that is none") from None
        except (msgspec.DecodeError, RecursionError):
            raise _NoAnswerError("ended without an answer") from None


def _run(request: bytes, seconds: float) -> None:
    process = subprocess.Popen(  # noqa: S603  # this very Python and a module of ours
        [sys.executable, "-P", "-m", WORKER],  # nothing from the current folder
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.communicate(request, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise _NoAnswerError(f"took longer than {seconds:g} seconds and was stopped") from None
    except OSError:
        raise _NoAnswerError("ended before it read anything") from None
    finally:
        _end(process)
    if process.returncode < 0:
        raise _NoAnswerError(f"was ended by the signal {_signal_name(-process.returncode)}")
    if process.returncode:
        raise _NoAnswerError(f"ended by itself, with the exit code {process.returncode}")


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return str(number)


def _end(process: "subprocess.Popen[bytes]") -> None:
    """End a process and everything that it started, where the system knows groups of processes."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
    process.wait()
