"""How long each format takes, as a ratio to the audit itself, measured in the same process and run.

    python benchmarks/papers.py [--runs 5] [--profile examples/journey/2026.json]
"""

import argparse
import statistics
import time

from engagecheck import Style, installed, load_profile, run_audit


def median(work, runs):
    """Median seconds of some work, after one run that does not count."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main():
    """Print a line a format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--profile", default="examples/journey/2026.json")
    arguments = parser.parse_args()
    registry = installed(third_party=False)
    profile = load_profile(arguments.profile, registry=registry)
    audited = median(lambda: run_audit(profile, registry), arguments.runs)
    report = run_audit(profile, registry)
    print(f"audit in process: {1000 * audited:.1f} ms, median of {arguments.runs} runs")
    print(f"{'format':<12}{'audits':>8}{'ms':>9}{'kB':>8}")
    for name, reporter in registry.reporters.items():
        size = len(_bytes(reporter.render(report, Style())))
        taken = median(lambda reporter=reporter: reporter.render(report, Style()), arguments.runs)
        print(f"{name:<12}{taken / audited:>8.1f}{1000 * taken:>9.1f}{size / 1000:>8.0f}")


def _bytes(made):
    return made if isinstance(made, bytes) else made.encode()


if __name__ == "__main__":
    main()
