"""What the benchmarks share: interleaved runs, their medians, and a description of the machine."""

import os
import platform
import statistics
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import engagecheck

HERE = Path(__file__).parent


def machine() -> str:
    """What the figures were measured on: processor, cores, system, Python, version and commit."""
    model = "unknown processor"
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
        model = next((line.partition(": ")[2] for line in lines if line.startswith("model name")), model)
    commit = subprocess.run(
        ["git", "-C", str(HERE), "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False  # noqa: S607
    ).stdout.strip()
    return (
        f"{time.strftime('%Y-%m-%d')}, {model}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        f", engagecheck {engagecheck.__version__} at {commit or 'an unknown commit'}"
    )


def medians(
    tasks: Mapping[str, Callable[[], object]], runs: int, clock: Callable[[], float] = time.perf_counter
) -> dict[str, float]:
    """The median of the seconds that each task takes. They run in turn (A B C A B C …), after a run that is not counted.

    `clock` is wall time, or `time.process_time` for the CPU time of this process, which other programs do not disturb.
    """
    took: dict[str, list[float]] = {name: [] for name in tasks}
    for number in range(runs + 1):
        for name, task in tasks.items():
            start = clock()
            task()
            if number:
                took[name].append(clock() - start)
    return {name: statistics.median(times) for name, times in took.items()}
