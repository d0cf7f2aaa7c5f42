"""Many profiles: bytes in, lines out, in one function that any executor can run.

Work travels as names of files and ranges of bytes, never as structured profiles; results come back as whole lines, in the
order of the profiles, whoever made them. A profile that is refused is a line with its errors, and the others are audited.
"""

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from engagecheck import __version__, dispositions, encoding, lines, tailoring
from engagecheck.documents import read
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.lines import Line
from engagecheck.pieces import Chunk, of_contents, singly
from engagecheck.profile import Profile
from engagecheck.registry import Registry, installed
from engagecheck.rendering import clean
from engagecheck.tally import Tally

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_TRIES = 2
"""How often a piece of work is tried whose process dies."""


@frozen
class Options:
    """What an audit is done with, as values that travel: folders of plugins, gate, and the bytes of the files beside it."""

    folders: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    third_party: bool = True
    isolate: bool = False
    as_of: str | None = None
    scale: str | None = None
    fail_on: str | None = None
    min_coverage: float | None = None
    tailoring: tuple[bytes, str] | None = None
    accepted_gaps: tuple[bytes, str] | None = None
    attestations: tuple[bytes, str] | None = None
    overrides_ignored: bool = False


@frozen
class Done:
    """A piece of work that is done: its lines, what came of its profiles, and how many bytes these were."""

    lines: bytes
    tally: Tally
    size: int = 0


def work(piece: Chunk, options: Options, form: str = "jsonl") -> Done:
    """Audit the profiles of a piece of work. `form`: `jsonl`, a line each; `csv`, a row for each criterion."""
    tally, out = Tally(), []
    make = _maker(options)
    for number, (name, raw) in enumerate(piece.profiles()):
        if number >= piece.skip:
            out.append(_noted(_line(name, raw, make), form, tally))
    return Done(b"".join(out), tally, piece.size)


def _line(name: str, raw: Callable[[], bytes], make: Callable[[bytes, str], Line]) -> Line:
    try:
        return make(raw(), name)
    except InputRefused as refused:
        return {"profile": name, "errors": [clean(one) for one in refused.complaints]}
    except UsageRefused as refused:  # what was asked for does not suit this profile, such as a day before its own
        return {"profile": name, "errors": [clean(f"{name}: {refused}")]}


def _noted(line: Line, form: str, tally: Tally) -> bytes:
    """A line as it goes out, taken into the tally."""
    tally.note(line)
    if form == "csv":
        return _rows(line).encode()
    return encoding.dumps(line, [one["value"] for one in line.get("criteria", {}).values()]) + b"\n"


def _rows(line: Mapping[str, Any]) -> str:
    import csv
    import io

    from engagecheck.reporters.csv import harmless

    if "errors" in line:
        rows = [[line["profile"], "", "", "", "", "refused", error] for error in line["errors"]]
    else:
        who = [line["profile"], line["subject"]["name"], line["subject"]["ods_code"] or "", line["as_of"]]
        rows = [[*who, name, one["outcome"], one["value"]] for name, one in line["criteria"].items()]
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


CSV_HEAD = ("Profile", "Organisation", "Code", "As of", "Criterion", "Outcome", "Value or error")


@frozen
class Maker:
    """Makes a line of a profile's bytes."""

    registry: Registry
    line: Callable[[Profile], Line]

    def __call__(self, raw: bytes, name: str) -> Line:
        """The line of a profile; `InputRefused` where it is none."""
        return self.line(read(raw, name, self.registry, encoding.loads))


@lru_cache(maxsize=2)
def _maker(options: Options) -> Maker:
    """What makes a line, once in each process: plugins loaded, files beside it read."""
    registry = installed(
        options.folders, without=options.without, third_party=options.third_party, isolate=options.isolate
    )
    tailored = tailoring.read(*options.tailoring, registry) if options.tailoring else None
    beside = dispositions.Overrides(ignored=options.overrides_ignored)
    beside += dispositions.accepted_gaps(*options.accepted_gaps) if options.accepted_gaps else dispositions.Overrides()
    beside += dispositions.attestations(*options.attestations) if options.attestations else dispositions.Overrides()
    line = lines.maker(
        registry, tailored, beside, as_of=options.as_of, scale=options.scale, fail_on=options.fail_on,
        min_coverage=options.min_coverage,
    )  # fmt: skip
    return Maker(registry, line)


def fingerprint(options: Options) -> tuple[str, ...]:
    """What the results of this process depend on besides profiles: version, and packs with their digests."""
    registry = _maker(options).registry
    packs = sorted({one.pack for one, _ in registry.loaded})
    return (__version__, *(f"{pack} {registry.digest_of(pack)}" for pack in packs))


def done(
    pieces: Iterable[Chunk], options: Options, *, form: str = "jsonl", workers: int = 1, executor: "Executor | None" = None
) -> Iterator[Done]:
    """Every piece of work done, in order: here, in `workers` processes, or by an executor of the caller's."""
    if executor is not None:
        most = 2 * (os.cpu_count() or 1) + 2
        yield from in_order(pieces, lambda piece: executor.submit(work, piece, options, form), most, form)
    elif workers <= 1:
        yield from (work(piece, options, form) for piece in pieces)
    else:
        yield from _in_processes(pieces, options, form, workers)


def in_order(
    pieces: Iterable[Chunk], submit: Callable[[Chunk], "Future[Done]"], most: int, form: str,
    lost: tuple[type[Exception], ...] = (),
) -> Iterator[Done]:  # fmt: skip
    """Results in the order of the work, with `most` pieces under way at a time, so that memory stays flat.

    `lost`: what is raised for a piece that was given up because it ended its workers. It is tried again profile by profile.
    """
    source, pending = iter(pieces), deque["tuple[Chunk, Future[Done]]"]()
    while True:
        while len(pending) < most and (piece := next(source, None)) is not None:
            pending.append((piece, submit(piece)))
        if not pending:
            return
        piece, future = pending.popleft()
        try:
            finished = [future.result()]
        except lost:
            alone = list(singly(piece))
            finished = [_dead(piece, form)] if len(alone) == 1 else list(in_order(alone, submit, most, form, lost))
        yield from finished


def _in_processes(pieces: Iterable[Chunk], options: Options, form: str, workers: int) -> Iterator[Done]:
    """The same in processes. One that dies is replaced, and what was under way is done again; nothing goes out twice.

    What was waited for when processes died three times may be the reason: its profiles are then tried one by one.
    """
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    def pool(size: int = workers) -> "Executor":
        return ProcessPoolExecutor(size, mp_context=get_context("spawn"), initializer=_serve)

    running, pending, source, tries = pool(), deque["tuple[Chunk, Future[Done]]"](), iter(pieces), 0
    try:
        while True:
            while len(pending) < 2 * workers + 2 and (piece := next(source, None)) is not None:
                pending.append((piece, running.submit(work, piece, options, form)))
            if not pending:
                return
            try:
                result = pending[0][1].result()
            except BrokenExecutor:
                tries += 1
                running.shutdown(wait=False, cancel_futures=True)
                running = pool()
                again = [piece for piece, _ in pending]
                suspect = again.pop(0) if tries > _TRIES else None
                pending = deque((piece, running.submit(work, piece, options, form)) for piece in again)
                if suspect is not None:
                    tries = 0
                    yield from _one_by_one(suspect, lambda: pool(1), options, form)
                continue
            tries = 0
            pending.popleft()
            yield result
    finally:
        running.shutdown(wait=False, cancel_futures=True)


def _one_by_one(piece: Chunk, pool: Callable[[], "Executor"], options: Options, form: str) -> Iterator[Done]:
    """The profiles of a piece of work with nothing beside them, so that who ends the process is known, and is given up."""
    from concurrent.futures import BrokenExecutor

    running = pool()
    try:
        for one in singly(piece):
            try:
                yield running.submit(work, one, options, form).result()
            except BrokenExecutor:
                running.shutdown(wait=False, cancel_futures=True)
                running = pool()
                yield _dead(one, form)
    finally:
        running.shutdown(wait=False, cancel_futures=True)


def _serve() -> None:
    """Make this process one that works for another: it leaves interrupts to that, ends with it, and keeps its output clean."""
    import signal
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr  # what a rule prints is no part of the lines

    def end_with(parent: Any) -> None:
        parent.join()
        os._exit(1)

    Thread(target=end_with, args=(parent_process(),), daemon=True).start()


def _dead(piece: Chunk, form: str) -> Done:
    """What stands for a piece of work whose process died again and again: a line for each of its profiles that says so."""
    tally, out = Tally(), []
    for number, (name, _) in enumerate(piece.profiles()):
        if number >= piece.skip:
            line = {"profile": name, "errors": ["the process that audited this died; audit it alone to see why"]}
            out.append(_noted(line, form, tally))
    return Done(b"".join(out), tally, piece.size)


def audit_many(
    profiles: Iterable[bytes | str | Mapping[str, Any]], *, executor: "Executor | None" = None, options: Options | None = None
) -> Iterator[dict[str, Any]]:
    """Audit many profiles, each JSON bytes, text or a document; a dict each, as a line of `-f jsonl` holds it, in order.

    One that is refused gives a dict with its `errors`. `executor`: any of `concurrent.futures`, or what is like one. Raises
    `TypeError` for what is neither, or a document that is no JSON.
    """
    for finished in done(of_contents("profile", map(_content, profiles)), options or Options(), executor=executor):
        yield from (json.loads(line) for line in finished.lines.splitlines())


def _content(profile: bytes | str | Mapping[str, Any]) -> bytes:
    """The bytes of a profile; of a document, those that `load` gives it."""
    if isinstance(profile, Mapping):
        return json.dumps(profile, indent=1).encode()
    return profile.encode("utf-8", "surrogatepass") if isinstance(profile, str) else bytes(profile)
