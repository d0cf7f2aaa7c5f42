"""How the cost grows with the number of profiles, of rules, and with the length of lists: fitted slopes on logarithmic scales.

A slope of 1 is in proportion; nothing should be above it. `python benchmarks/scaling.py`
"""

import argparse
import copy
import json
import math
import statistics
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from measuring import machine, medians
from profiles import EXAMPLE, documents

from engagecheck import installed, load_profile, run_audit
from engagecheck.audit.evaluate import evaluate, plan_audit
from engagecheck.audit.scoring import score
from engagecheck.audit.tailoring import Tailoring
from engagecheck.batch import audit_many
from engagecheck.model.profile import Profile
from engagecheck.model.report import Gate
from engagecheck.papers.jsonl import Line, line_of_evaluation
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.rule import Rule

Task = Callable[[], object]


def maker(registry: Registry) -> Callable[[list[Profile]], list[Line]]:
    """What makes the lines of profiles, as a worker does."""
    plan = plan_audit(registry, Tailoring())
    return lambda profiles: [line_of_evaluation(one, score(one, Gate())) for one in evaluate(plan, profiles)]


def by_profiles(most: int) -> Iterator[tuple[int, Task]]:
    """Many profiles, in one process."""
    for count in (most // 8, most // 4, most // 2, most):
        raws = [json.dumps(one).encode() for one in documents(count)]
        yield count, lambda raws=raws: deque(audit_many(raws), maxlen=0)  # nothing is kept, as in a stream


def by_rules(most: int) -> Iterator[tuple[int, Task]]:
    """The same profile and the bundled rules, once and several times over."""
    for times in (1, 2, 4, most):
        registry = installed(third_party=False)
        for name, offered in list(registry.offered[Rule].items()):
            for number in range(1, times):
                registry.offered[Rule][f"{name}-{number}"] = copy.copy(offered)
        profile, make = load_profile(EXAMPLE, registry=registry), maker(registry)
        yield times * 67, lambda make=make, profile=profile: make([profile] * 20)


def by_length(most: int, work: Callable[[bytes, Any], object]) -> Iterator[tuple[int, Task]]:
    """A profile with longer and longer lists."""
    registry = installed(third_party=False)
    for length in (most // 8, most // 4, most // 2, most):
        document = copy.deepcopy(EXAMPLE)
        for place in ("divisions", "departments"):
            unit = document["structure"][place]
            unit["entries"] = [{**unit["entries"][0], "name": f"{place} {number}"} for number in range(length)]
            unit["of"] = length
        raw = json.dumps(document).encode()
        yield 2 * length, lambda raw=raw: work(raw, registry)


def slope(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """The slope of a line through the logarithms."""
    return statistics.linear_regression([math.log(one) for one in sizes], [math.log(one) for one in seconds]).slope


def main() -> None:
    """Print a slope for each thing that may grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=1600)
    parser.add_argument("--length", type=int, default=56, help="entries of each list; the schema allows 60 divisions")
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    make = maker(installed(third_party=False))
    print(machine())
    for name, points in {
        "profiles, one process": by_profiles(options.profiles),
        "rules, 20 lines": by_rules(8),
        "list lengths, 20 lines": by_length(
            options.length, lambda raw, registry: make([load_profile(raw, name="x", registry=registry) for _ in range(20)])
        ),
        "list lengths, a whole report": by_length(options.length, lambda raw, registry: run_audit(raw, registry)),
    }.items():
        sized = dict(points)
        took = medians({str(size): task for size, task in sized.items()}, options.runs)
        fitted = slope(list(sized), list(took.values()))
        shown = ", ".join(f"{size}: {1000 * took[str(size)]:.1f} ms" for size in sized)
        print(f"{name:<30} slope {fitted:4.2f}{'' if fitted < 1.15 else '  WORSE THAN LINEAR'}  ({shown})")


if __name__ == "__main__":
    main()
