"""Do chunks of work in order: in this process, in others, or with any executor. The lines are the same in each case."""

import json
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager
from typing import Any

from engagecheck.batch.chunks import Chunk, chunks_of_contents, one_profile_each
from engagecheck.batch.worker import BatchSettings, ChunkResult, crash_result, work
from engagecheck.inputs import read_bytes

_RETRIES = 2
"""How often a chunk whose process dies is tried again."""


def results(
    chunks: Iterable[Chunk], settings: BatchSettings, *, form: str = "jsonl", workers: int = 1, executor: Executor | None = None
) -> Iterator[ChunkResult]:
    """The result of every chunk, in order: from this process, from `workers` processes, or from the given executor."""
    if executor is not None:
        limit = 2 * (os.cpu_count() or 1) + 2
        yield from in_order(chunks, lambda chunk: executor.submit(work, chunk, settings, form), limit, form)
    elif workers <= 1:
        yield from (work(chunk, settings, form) for chunk in chunks)
    else:
        yield from _in_processes(chunks, settings, form, workers)


def in_order(
    chunks: Iterable[Chunk], submit: Callable[[Chunk], Future[ChunkResult]], limit: int, form: str, *,
    crash_errors: tuple[type[Exception], ...] = (),
    result_of: Callable[[Future[ChunkResult]], ChunkResult] = lambda future: future.result(),
) -> Iterator[ChunkResult]:  # fmt: skip
    """Results in the order of the chunks. At most `limit` chunks are submitted at a time, so that memory stays flat.

    `crash_errors` are raised for a chunk that ended its workers. Such a chunk is tried again, one profile at a time.
    `result_of` waits for a result.
    """
    source, pending = iter(chunks), deque[tuple[Chunk, Future[ChunkResult]]]()
    while True:
        while len(pending) < limit and (chunk := next(source, None)) is not None:
            pending.append((chunk, submit(chunk)))
        if not pending:
            return
        chunk, future = pending.popleft()
        try:
            finished = [result_of(future)]
        except crash_errors:
            profiles = list(one_profile_each(chunk))
            if len(profiles) == 1:
                finished = [crash_result(chunk, form)]
            else:
                finished = list(in_order(profiles, submit, limit, form, crash_errors=crash_errors, result_of=result_of))
        yield from finished


def _in_processes(chunks: Iterable[Chunk], settings: BatchSettings, form: str, workers: int) -> Iterator[ChunkResult]:
    """Results from processes, in order. If a process dies, all unfinished chunks are done again.

    If processes die more than `_RETRIES` times before the next result, its chunk may be the cause.
    The profiles of that chunk are then done one by one.
    """
    pool, pending, source, failures = _process_pool(workers), deque[tuple[Chunk, Future[ChunkResult]]](), iter(chunks), 0
    try:
        while True:
            while len(pending) < 2 * workers + 2 and (chunk := next(source, None)) is not None:
                pending.append((chunk, _submit(pool, chunk, settings, form)))
            if not pending:
                return
            try:
                result = pending[0][1].result()
            except BrokenExecutor:
                failures += 1
                pool.shutdown(wait=False, cancel_futures=True)
                if failures > _RETRIES:
                    failures = 0
                    yield from _one_by_one(pending.popleft()[0], settings, form)
                pool = _process_pool(workers)
                pending = deque((chunk, _submit(pool, chunk, settings, form)) for chunk, _ in pending)
                continue
            failures = 0
            pending.popleft()
            yield result
    finally:
        pool.shutdown(cancel_futures=True)  # this waits: a process that is still starting complains if its semaphores are gone


def _one_by_one(chunk: Chunk, settings: BatchSettings, form: str) -> Iterator[ChunkResult]:
    """Results for the profiles of a chunk, each alone in a process, to see which of them ends its process."""
    pool = _process_pool(1)
    try:
        for profile in one_profile_each(chunk):
            try:
                yield _submit(pool, profile, settings, form).result()
            except BrokenExecutor:
                pool.shutdown(wait=False, cancel_futures=True)
                pool = _process_pool(1)
                yield crash_result(profile, form)
    finally:
        pool.shutdown(cancel_futures=True)


def _process_pool(size: int) -> Executor:
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(size, mp_context=get_context("spawn"), initializer=_prepare_process)


def _submit(pool: Executor, chunk: Chunk, settings: BatchSettings, form: str) -> Future[ChunkResult]:
    """Submit a chunk. A process that this starts must not be interrupted before it can ignore that, nor be half started."""
    with _interrupts_wait():
        return pool.submit(work, chunk, settings, form)


@contextmanager
def _interrupts_wait() -> Iterator[None]:
    """An interrupt takes effect afterwards; what is started meanwhile gets none. On Windows it cannot be put off."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _prepare_process() -> None:
    """Prepare a worker process: it ignores interrupts, ends with its parent, and writes nothing to standard output."""
    from multiprocessing import parent_process
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    sys.stdout = sys.stderr  # text that a rule prints must not mix with the lines

    def end_with(parent: Any) -> None:
        parent.join()
        os._exit(1)

    Thread(target=end_with, args=(parent_process(),), daemon=True).start()


def audit_many(
    profiles: Iterable[bytes | str | os.PathLike[str] | Mapping[str, Any]],
    *,
    executor: Executor | None = None,
    settings: BatchSettings | None = None,
) -> Iterator[dict[str, Any]]:
    """Audit many profiles, each as JSON bytes, JSON text, a document or a path. Text that opens no brace is a path.

    Gives a dict for each, in order, with the contents of a line of `-f jsonl`. A profile that is refused gives its `errors`.
    `executor` is any executor with the interface of `concurrent.futures`.
    Raises `TypeError` for a profile of another type or a document that JSON cannot hold, `InputRefused` for a missing file.
    """
    chunks = chunks_of_contents("profile", map(_content, profiles))
    for finished in results(chunks, settings or BatchSettings(), executor=executor):
        yield from map(json.loads, finished.lines.splitlines())


def _content(profile: bytes | str | os.PathLike[str] | Mapping[str, Any]) -> bytes:
    """The bytes of a profile. A document becomes the same bytes as in `load_profile`, so its digest is the same."""
    if isinstance(profile, Mapping):
        return json.dumps(dict(profile), indent=1).encode()
    if isinstance(profile, os.PathLike) or (isinstance(profile, str) and not profile.lstrip().startswith("{")):
        return read_bytes(profile)
    if not isinstance(profile, str | bytes | bytearray | memoryview):
        raise TypeError(f"a profile is bytes, text, a document or a path, and not {type(profile).__name__}")
    return profile.encode("utf-8", "surrogatepass") if isinstance(profile, str) else bytes(profile)
