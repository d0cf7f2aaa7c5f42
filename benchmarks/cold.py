"""How long a person waits: whole commands as ratios to a bare interpreter start.

The two commands of a ratio are run in turn (A B A B …), so that a machine that slows down slows both; the medians
are compared. Run it with the Python that has engagecheck installed: `python benchmarks/cold.py`.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

EXAMPLE = Path(__file__).parent.parent / "examples" / "harbour-vale.json"
BARE = [sys.executable, "-c", "pass"]
PROGRAM = [sys.executable, "-m", "engagecheck"]
COMMANDS = {
    "import click, pluggy, attr": [sys.executable, "-c", "import click, pluggy, attr"],
    "engagecheck --version": [*PROGRAM, "--version"],
    "engagecheck audit -f json": [*PROGRAM, "audit", str(EXAMPLE), "-f", "json"],
    "engagecheck audit (text)": [*PROGRAM, "audit", str(EXAMPLE)],
}


def seconds(command: list[str]) -> float:
    """Wall time of one run of a whole command."""
    start = time.perf_counter()
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False)
    elapsed = time.perf_counter() - start
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")
    return elapsed


def main() -> None:
    """Print the median ratio of each command to a bare interpreter start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="pairs of runs for each command")
    runs = parser.parse_args().runs
    seconds(BARE)
    for name, command in COMMANDS.items():
        seconds(command)
        pairs = [(seconds(BARE), seconds(command)) for _ in range(runs)]
        bare, ours = (statistics.median(times) for times in zip(*pairs, strict=True))
        print(f"{name:<28} {ours / bare:5.1f} x a bare interpreter start ({1000 * ours:.0f} ms against {1000 * bare:.0f} ms)")


if __name__ == "__main__":
    main()
