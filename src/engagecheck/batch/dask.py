"""Audit many profiles on a dask.distributed cluster. The bytes of files travel, so the machines need no shared folder."""

import logging
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from engagecheck.batch.chunks import Chunk, with_contents
from engagecheck.batch.executor import in_order
from engagecheck.batch.worker import BatchSettings, ChunkResult, fingerprint, work
from engagecheck.errors import EngagecheckError, OutputRefused, UsageRefused, needs_extra

CONNECT_SECONDS = 10
"""How long to wait for a scheduler to answer."""
POLL_SECONDS = 1
"""How often to check that the cluster still exists while waiting for a result."""
_OTHER_RULES = "has another engagecheck or other rules; install the same version everywhere, and start the workers again"


def results_from(
    chunks: Iterable[Chunk], settings: BatchSettings, address: str, *, form: str = "jsonl"
) -> Iterator[ChunkResult]:
    """The result of every chunk, in order, from the workers of a scheduler at an address such as `tcp://10.0.0.1:8786`.

    If a worker dies, the others do its work. A profile that ends several workers becomes a line with an error.
    Raises `UsageRefused` if there is no scheduler or a worker has other rules, `OutputRefused` if the cluster goes away.
    """
    with _client(address) as client:
        expected = fingerprint(settings)
        _refuse_other_rules(client, settings, address, expected)
        from distributed import KilledWorker

        link = client.scheduler_comm

        def submit(chunk: Chunk) -> Any:
            # Not through dask's executor: it takes a result for an error when the worker dies just after it answered.
            return client.submit(_work, with_contents(chunk), settings, form, expected, pure=False)

        def result_of(future: Any) -> ChunkResult:
            while True:
                try:
                    result: ChunkResult = future.result(timeout=POLL_SECONDS)
                    return result
                except TimeoutError:
                    # dask may reconnect, but it never answers a request from before.
                    if client.status != "running" or client.scheduler_comm is not link:
                        raise ConnectionError from None

        limit = 2 * sum(client.ncores().values()) + 2
        try:
            yield from in_order(chunks, submit, limit, form, crash_errors=(KilledWorker,), result_of=result_of)
        except EngagecheckError:
            raise
        except Exception as error:  # dask raises many types of error for a lost connection
            raise OutputRefused(
                f"--dask {address}: the cluster went away ({type(error).__name__}); the lines written so far are complete"
            ) from None


@contextmanager
def _client(address: str) -> Iterator[Any]:
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # one sentence reports a lost connection, without dask's tracebacks
    try:
        yield from _connected(address)
    finally:
        logging.disable(before)


def _connected(address: str) -> Iterator[Any]:
    with needs_extra("dask", "--dask"):
        from distributed import Client
        from distributed.comm.addressing import get_address_host_port
    try:
        get_address_host_port(address)  # with an invalid address, Client would complain again when Python ends
        client: Any = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageRefused(f"--dask {address}: there is no scheduler at this address ({reason}); see docs/scale.md") from None
    with client:
        yield client


def _work(chunk: Chunk, settings: BatchSettings, form: str, expected: tuple[str, ...]) -> ChunkResult:
    """Like `work`, but refuses to run on a worker that joined late with other rules."""
    if fingerprint(settings) != expected:
        raise UsageRefused(f"a worker on {socket.gethostname()} that joined meanwhile {_OTHER_RULES}")
    return work(chunk, settings, form)


def _refuse_other_rules(client: Any, settings: BatchSettings, address: str, expected: tuple[str, ...]) -> None:
    """Raise `UsageRefused` if there is no worker, or one of them would give other results."""
    try:
        fingerprints = client.run(fingerprint, settings)
    except EngagecheckError:
        raise
    except Exception as error:
        raise UsageRefused(f"--dask {address}: a worker cannot audit ({type(error).__name__}: {error})") from None
    if not fingerprints:
        raise UsageRefused(f"--dask {address}: no worker has joined this scheduler; start some first")
    for worker, its_fingerprint in sorted(fingerprints.items()):
        if its_fingerprint != expected:
            raise UsageRefused(f"--dask {address}: the worker {worker} {_OTHER_RULES}")
