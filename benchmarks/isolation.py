"""What rules in processes of their own cost: an audit with a pack of N rule files, isolated, as a ratio to the same in process.

    python benchmarks/isolation.py [--runs 5] [--rules 4]
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from engagecheck import installed, load_profile, run_audit

RULE = (Path(__file__).parent.parent / "examples/plugins/one-file/board_diary.py").read_text("utf-8")


def main():
    """Print both medians and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rules", type=int, default=4)
    parser.add_argument("--profile", default="examples/harbour-vale.json")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for number in range(arguments.rules):
            (Path(folder) / f"rule_{number}.py").write_text(RULE.replace("board-diary", f"rule-{number}"))
        taken = {False: [], True: []}
        for _ in range(arguments.runs):
            for isolate, times in taken.items():
                registry = installed([folder], third_party=False, isolate=isolate)
                profile = load_profile(arguments.profile, registry=registry)
                start = time.perf_counter()
                run_audit(profile, registry)
                times.append(time.perf_counter() - start)
    here, apart = (statistics.median(taken[isolate]) for isolate in (False, True))
    print(f"{arguments.rules} rule files, {os.cpu_count()} cores, median of {arguments.runs} interleaved runs")
    print(f"in process: {1000 * here:.1f} ms; isolated: {1000 * apart:.1f} ms; ratio {apart / here:.1f}; ", end="")
    print(f"{1000 * (apart - here) / arguments.rules:.0f} ms more a rule file")


if __name__ == "__main__":
    main()
