"""Many profiles: what one costs against reading and parsing it; what workers, threads, a cluster and more profiles change.

The floor reads the lines of a file, parses each with orjson and writes it; nothing that uses the profiles can be quicker.
`python benchmarks/batch.py --profiles 100000 --interrupted`; without orjson and dask what needs them is left out.
"""

import argparse
import filecmp
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from measuring import machine, medians
from profiles import written

from engagecheck.batch.chunks import chunks
from engagecheck.batch.executor import results
from engagecheck.batch.worker import BatchSettings
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.load import load_profile

try:
    import orjson
except ImportError:
    orjson = None  # type: ignore[assignment]

PROGRAM = [sys.executable, "-m", "engagecheck"]
PEAK = (  # the peak of any process of a command, in KiB
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL);"
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def head_of(path: Path, count: int) -> Path:
    """A file of the first lines of another."""
    part = path.with_name(f"{count}-of-{path.name}")
    with path.open("rb") as file, part.open("wb") as out:
        out.writelines(next(file) for _ in range(count))
    return part


def floor(path: Path) -> None:
    """Read the lines, parse each, write it."""
    with path.open("rb") as file, path.with_suffix(".floor").open("wb") as out:
        for line in file:
            orjson.loads(line)
            out.write(line)


def audited(path: Path, **more: Any) -> None:
    """Audit a file of profiles in this process and write the lines."""
    with path.with_suffix(".lines").open("wb") as out:
        for result in results(chunks([str(path)]), BatchSettings(), **more):
            out.write(result.lines)


def accepted(path: Path) -> None:
    """Read the profiles of a file as a batch does: those that are right are accepted at once."""
    for line in path.read_bytes().splitlines():
        load_profile(line, name="profile")


def explained(path: Path) -> None:
    """Look at them as if something were wrong: with jsonschema, and with the place of everything."""
    for line in path.read_bytes().splitlines():
        if complaints(open_document(line, "profile")):
            raise SystemExit(f"{path}: a profile is refused")


def command(path: Path, *more: str) -> Callable[[], None]:
    """The whole command on a file of profiles."""

    def run() -> None:
        out = path.with_suffix(".out")
        out.unlink(missing_ok=True)
        done = subprocess.run([*PROGRAM, "audit", str(path), "-f", f"jsonl={out}", *more], check=False, capture_output=True)
        if done.returncode not in (0, 1, 4):
            raise SystemExit(f"audit {path} ended with {done.returncode}: {done.stderr.decode()}")

    return run


@contextmanager
def cluster(folder: Path) -> Iterator[str]:
    """A scheduler of dask with two workers on this machine: its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, local = f"tcp://127.0.0.1:{port}", ("--host", "127.0.0.1", "--no-dashboard")
    module = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", str(port), *local]
    worker = [sys.executable, "-m", "distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", *local]
    log = folder / "cluster.log"
    with log.open("wb") as out:
        started = [subprocess.Popen(one, cwd=folder, stdout=out, stderr=out) for one in (module, worker, worker)]
    try:
        while log.read_text("utf-8", "replace").count("Registered to") < 2:
            time.sleep(0.1)
        yield address
    finally:
        for one in started:
            one.kill()
            one.wait()


def interrupted(path: Path) -> str:
    """Two workers, killed twice half-way and resumed, against one run without interruption."""
    whole, out = path.with_suffix(".whole"), path.with_suffix(".resumed")
    for old in (whole, out):
        old.unlink(missing_ok=True)
    audit = [*PROGRAM, "audit", str(path), "--workers", "2", "-f"]
    subprocess.run([*audit, f"jsonl={whole}"], check=False, capture_output=True)
    resume = [*audit, f"jsonl={out}", "--resume"]
    killed = []
    for share in (0.3, 0.7):
        process = subprocess.Popen(resume, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        while process.poll() is None and (not out.exists() or out.stat().st_size < share * whole.stat().st_size):
            time.sleep(0.01)
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            killed.append(f"{out.stat().st_size / whole.stat().st_size:.0%}")
    subprocess.run(resume, check=False, capture_output=True)
    same = filecmp.cmp(whole, out, shallow=False)
    when = ", ".join(killed) or "nothing, for it was too quick"
    return f"killed after {when} and resumed: {'the same' if same else 'OTHER'} bytes"


def main() -> None:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=10_000, help="of the runs of whole commands")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--interrupted", action="store_true", help="also kill a run twice, resume it, and compare the bytes")
    parser.add_argument("--folder", type=Path, help="where the profiles are kept (default: a temporary folder)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        measure(options.folder or Path(temporary), options.profiles, options.runs, options.interrupted)


def measure(folder: Path, count: int, runs: int, killed: bool) -> None:
    """All measurements on one file of profiles."""
    folder.mkdir(exist_ok=True)
    path = written(folder / f"{count}.jsonl", count)
    some = head_of(path, min(count, 1000))
    each = min(count, 1000)
    print(machine())
    print(f"{count} profiles of {path.stat().st_size // count} bytes on average")
    tasks: dict[str, Callable[[], object]] = {"one process": lambda: audited(some)}
    if orjson:
        tasks = {"floor": lambda: floor(some), **tasks}
    took = medians(tasks, runs, time.process_time)
    for name, seconds in took.items():
        ratio = f"{seconds / took['floor']:6.1f} x the floor, " if "floor" in took else ""
        print(f"{name:<28} {ratio}{1e6 * seconds / each:7.0f} µs of CPU a profile, {each / seconds:7.0f} a second")
    with ThreadPoolExecutor(2) as threads:
        took = medians({"one": lambda: audited(some), "two": lambda: audited(some, executor=threads)}, max(1, runs // 3))
    print(f"{'two threads':<28} {took['one'] / took['two']:6.2f} x as fast as one")
    took = medians({"at once": lambda: accepted(some), "explained": lambda: explained(some)}, max(1, runs // 3))
    print(f"{'accepting a profile':<28} {took['explained'] / took['at once']:6.1f} x as fast as explaining one")
    whole = {"one worker": command(path, "--workers", "1"), "two workers": command(path, "--workers", "2")}
    took = medians(whole, max(1, runs // 3))
    rate = f"{count / took['two workers']:.0f} a second"
    print(f"{'two workers':<28} {took['one worker'] / took['two workers']:6.2f} x as fast as one ({rate})")
    try:
        import distributed  # noqa: F401

        with cluster(folder) as address:
            took = medians({"dask": command(path, "--dask", address), "pool": whole["two workers"]}, max(1, runs // 3))
        print(f"{'dask, two workers':<28} {took['dask'] / took['pool']:6.2f} x the time of two workers")
    except ImportError:
        print("dask: not installed, left out")
    for number in sorted({1_000, 10_000, 100_000, count}):
        if number <= count:
            out = folder / "memory.out"
            out.unlink(missing_ok=True)
            audit = [*PROGRAM, "audit", str(head_of(path, number)), "-f", f"jsonl={out}", "--workers", "2"]
            peak = int(subprocess.run([sys.executable, "-c", PEAK, *audit], capture_output=True, check=True).stdout)
            print(f"memory, {number:>6} profiles       {peak / 1024:6.0f} MiB at the peak of any process")
    if killed:
        print(interrupted(path))


if __name__ == "__main__":
    main()
