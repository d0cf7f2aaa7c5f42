"""Many profiles: bytes in, lines out, in one function that any executor can run.

Work travels as names of files and ranges of bytes, never as structured profiles; results come back as whole lines, in the
order of the profiles, whoever made them. A profile that is refused is a line with its errors, and the others are audited.
"""

import json
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from engagecheck import dispositions, encoding, lines, tailoring
from engagecheck.documents import read
from engagecheck.errors import InputRefused
from engagecheck.lines import Line
from engagecheck.pieces import Chunk, of_stream
from engagecheck.registry import installed
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
    """A piece of work that is done: its lines, how many profiles they are, and what came of them."""

    lines: bytes
    tally: Tally


def work(piece: Chunk, options: Options, form: str = "jsonl") -> Done:
    """Audit the profiles of a piece of work. `form`: `jsonl`, a line each; `csv`, a row for each criterion."""
    make, tally, out = _maker(options), Tally(), []
    for number, (name, raw) in enumerate(piece.profiles()):
        if number >= piece.skip:
            out.append(_noted(_line(name, raw, make), form, tally))
    return Done(b"".join(out), tally)


def _line(name: str, raw: Callable[[], bytes], make: Callable[[bytes, str], Line]) -> Line:
    try:
        return make(raw(), name)
    except InputRefused as refused:
        return {"profile": name, "errors": [clean(one) for one in refused.complaints]}


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


@lru_cache(maxsize=2)
def _maker(options: Options) -> Callable[[bytes, str], Line]:
    """What makes a line of a profile's bytes, made once in each process: plugins loaded, files beside it read."""
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
    return lambda raw, name: line(read(raw, name, registry, encoding.loads))


def done(
    pieces: Iterable[Chunk], options: Options, *, form: str = "jsonl", workers: int = 1, executor: "Executor | None" = None
) -> Iterator[Done]:
    """Every piece of work done, in order: here, in `workers` processes, or by an executor of the caller's."""
    if executor is not None:
        yield from _in_order(pieces, lambda piece: executor.submit(work, piece, options, form), 2 * (os.cpu_count() or 1) + 2)
    elif workers <= 1:
        yield from (work(piece, options, form) for piece in pieces)
    else:
        yield from _in_processes(pieces, options, form, workers)


def _in_order(pieces: Iterable[Chunk], submit: Callable[[Chunk], "Future[Done]"], most: int) -> Iterator[Done]:
    """Results in the order of the work, with so much of it under way at a time that memory stays flat."""
    pending: deque[Future[Done]] = deque()
    for piece in pieces:
        pending.append(submit(piece))
        if len(pending) >= most:
            yield pending.popleft().result()
    while pending:
        yield pending.popleft().result()


def _in_processes(pieces: Iterable[Chunk], options: Options, form: str, workers: int) -> Iterator[Done]:
    """The same in processes. One that dies is replaced, and what was under way is done again; nothing goes out twice."""
    from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
    from multiprocessing import get_context

    def pool() -> "Executor":
        return ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts_to_the_parent)

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
                pieces_left = [piece for piece, _ in pending]
                pending.clear()
                if tries > _TRIES:
                    yield _dead(pieces_left.pop(0), form)
                    tries = 0
                pending.extend((piece, running.submit(work, piece, options, form)) for piece in pieces_left)
                continue
            tries = 0
            pending.popleft()
            yield result
    finally:
        running.shutdown(wait=False, cancel_futures=True)


def _leave_interrupts_to_the_parent() -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _dead(piece: Chunk, form: str) -> Done:
    """What stands for a piece of work whose process died again and again: a line for each of its profiles that says so."""
    tally, out = Tally(), []
    for number, (name, _) in enumerate(piece.profiles()):
        if number >= piece.skip:
            line = {"profile": name, "errors": ["the process that audited this died; audit it alone to see why"]}
            out.append(_noted(line, form, tally))
    return Done(b"".join(out), tally)


def audit_many(
    profiles: Iterable[bytes | str | Mapping[str, Any]], *, executor: "Executor | None" = None, options: Options | None = None
) -> Iterator[dict[str, Any]]:
    """Audit many profiles, each JSON bytes, text or a document; a dict each, as a line of `-f jsonl` holds it, in order.

    One that is refused gives a dict with its `errors`. `executor`: any of `concurrent.futures`, or what is like one.
    """
    lines = (_as_line(one) for one in profiles)
    for finished in done(of_stream("profiles", lines), options or Options(), executor=executor):
        yield from (json.loads(line) for line in finished.lines.splitlines())


def _as_line(profile: bytes | str | Mapping[str, Any]) -> bytes:
    """A profile as one line; what cannot be one, because it is no JSON, goes as it is, without line breaks, and is refused."""
    text = json.dumps(profile) if isinstance(profile, Mapping) else profile
    raw = text.encode() if isinstance(text, str) else text
    return (raw.replace(b"\r", b" ").replace(b"\n", b" ").strip() or b"{}") + b"\n"
