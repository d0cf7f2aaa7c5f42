"""Pieces of work done, in order: here, in processes, or by any executor. Who does the work makes no difference to the lines."""

import json
import os
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from engagecheck.batch.chunks import Chunk, of_contents, singly
from engagecheck.batch.worker import Done, Options, given_up, work

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

_TRIES = 2
"""How often a piece of work is tried again whose process dies."""


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
    pieces: Iterable[Chunk], submit: Callable[[Chunk], "Future[Done]"], most: int, form: str, *,
    lost: tuple[type[Exception], ...] = (), result_of: "Callable[[Future[Done]], Done]" = lambda future: future.result(),
) -> Iterator[Done]:  # fmt: skip
    """Results in the order of the work, with `most` pieces under way at a time, so that memory stays flat.

    `lost`: what is raised for a piece that was given up because it ended its workers. It is tried again profile by profile.
    `result_of` waits for a result.
    """
    source, pending = iter(pieces), deque["tuple[Chunk, Future[Done]]"]()
    while True:
        while len(pending) < most and (piece := next(source, None)) is not None:
            pending.append((piece, submit(piece)))
        if not pending:
            return
        piece, future = pending.popleft()
        try:
            finished = [result_of(future)]
        except lost:
            alone = list(singly(piece))
            several = in_order(alone, submit, most, form, lost=lost, result_of=result_of)
            finished = [given_up(piece, form)] if len(alone) == 1 else list(several)
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
            except Exception:
                running.shutdown(cancel_futures=True)  # waits: a pool that is left alone may complain while Python ends
                raise
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
                yield given_up(one, form)
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
