"""Many profiles on a cluster of dask.distributed, through its executor. What travels is bytes: no folder need be shared."""

import logging
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from engagecheck.batch.chunks import Chunk, carried
from engagecheck.batch.executor import in_order
from engagecheck.batch.worker import Done, Options, fingerprint, work
from engagecheck.errors import EngagecheckError, OutputRefused, UsageRefused

if TYPE_CHECKING:
    from concurrent.futures import Future

PATIENCE = 10
"""Seconds to wait for a scheduler to answer."""
LOOK = 1
"""Seconds after which somebody who waits for a result looks whether the cluster is still there."""


def done(pieces: Iterable[Chunk], options: Options, address: str, *, form: str = "jsonl") -> Iterator[Done]:
    """Every piece of work done, in order, by the workers of a scheduler at an address such as `tcp://10.0.0.1:8786`.

    A worker that dies is made up for by the others; a profile that ends several workers is a line that says so. Raises
    `UsageRefused` where there is no scheduler or a worker has other rules than this process, `OutputRefused` when it goes away.
    """
    with _client(address) as client:
        here = fingerprint(options)
        _same_everywhere(client, options, address, here)
        from distributed import KilledWorker

        executor, link = client.get_executor(pure=False), client.scheduler_comm

        def submit(piece: Chunk) -> "Future[Done]":
            made: Future[Done] = executor.submit(_work, carried(piece), options, form, here)
            return made

        def result_of(future: "Future[Done]") -> Done:
            while True:
                try:
                    return future.result(timeout=LOOK)
                except TimeoutError:
                    # What is asked for while a connection ends is never answered, though dask may connect again.
                    if client.status != "running" or client.scheduler_comm is not link:
                        raise ConnectionError from None

        most = 2 * sum(client.ncores().values()) + 2
        try:
            yield from in_order(pieces, submit, most, form, lost=(KilledWorker,), result_of=result_of)
        except EngagecheckError:
            raise
        except Exception as error:  # dask has many names for a connection that ended
            raise OutputRefused(
                f"--dask {address}: the cluster went away ({type(error).__name__}); what was written is whole lines"
            ) from None


@contextmanager
def _client(address: str) -> Iterator[Any]:
    before = logging.root.manager.disable
    logging.disable(logging.CRITICAL)  # what ends a connection is said in one sentence, and not in tracebacks as well
    try:
        yield from _connected(address)
    finally:
        logging.disable(before)


def _connected(address: str) -> Iterator[Any]:
    try:
        from distributed import Client
    except ImportError:
        raise UsageRefused("--dask needs the extra dask; install it with: python -m pip install 'engagecheck[dask]'") from None
    try:
        client: Any = Client(address, timeout=PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, TimeoutError) as error:
        said = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UsageRefused(f"--dask {address}: there is no scheduler at this address ({said}); see docs/scale.md") from None
    with client:
        yield client


def _work(piece: Chunk, options: Options, form: str, expected: tuple[str, ...]) -> Done:
    """`work`, by a worker that may have joined late."""
    if fingerprint(options) != expected:
        raise UsageRefused(f"a worker on {socket.gethostname()} that joined meanwhile {_OTHERWISE}")
    return work(piece, options, form)


_OTHERWISE = "has another engagecheck or other rules; install the same everywhere, and start the workers again"


def _same_everywhere(client: Any, options: Options, address: str, here: tuple[str, ...]) -> None:
    """Refuse to begin where a worker would come to other results, or where there is none."""
    try:
        found = client.run(fingerprint, options)
    except EngagecheckError:
        raise
    except Exception as error:
        raise UsageRefused(f"--dask {address}: a worker cannot audit ({type(error).__name__}: {error})") from None
    if not found:
        raise UsageRefused(f"--dask {address}: no worker has joined this scheduler; start some first")
    for worker, there in sorted(found.items()):
        if there != here:
            raise UsageRefused(f"--dask {address}: the worker {worker} {_OTHERWISE}")
