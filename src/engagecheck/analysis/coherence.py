"""Whether the parts of a saved report fit together.

Its digest does not say that: whoever edits a report can work out a digest that fits.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from engagecheck.audit.scoring import lowest
from engagecheck.intake.plausibility import parsed_day
from engagecheck.model.outcomes import Level, Outcome
from engagecheck.model.report import Judgement, Pack, Report
from engagecheck.model.result import YardstickShown

EDGES = {"at_least": 1, "at_most": 1, "between": 2}
"""How many numbers each limit of a yardstick of these kinds has."""


def contradictions(report: Report) -> Iterator[str]:
    """What is said twice in a report and in two ways, or refers to what is not there, in words."""
    if parsed_day(report.as_of) is None:
        yield f"there is no day {report.as_of!r}"
    summary, headline = report.summary, report.packs[0].judgement
    if any(getattr(summary, name) != getattr(headline, name) for name in Judgement.__struct_fields__):
        yield "its rating is not that of its first pack"
    if (summary.scale.name, summary.could_be_scale.name) != (summary.levels[0].name,) * 2 or len(summary.levels) != len(Level):
        yield "its rating is in the words of several scales"
    # Two plugins of one name that could not be loaded stand there under that name.
    loaded = [one for one in report.findings if one.outcome is not Outcome.ERROR]
    for what, names in (
        ("area", [one.rule for one in loaded]),
        ("question", [each.id for one in loaded for each in one.criteria]),
        ("pack", [one.name for one in report.packs]),
    ):
        yield from (f"the {what} {name} is there {number} times" for name, number in Counter(names).items() if number > 1)
    for pack in report.packs:
        yield from _of_pack(pack, report)
    for name, one in report.results.items():
        shown = [one.yardstick, *([one.by_default.yardstick] if one.by_default else [])]
        if not all(map(_is_of_its_kind, shown)):
            yield f"the threshold of {name} is not of its kind"
    yield from _unknown(report)


def _of_pack(pack: Pack, report: Report) -> Iterator[str]:
    judgement, rules = pack.judgement, tuple(one.rule for one in report.findings if one.pack == pack.name)
    if pack.rules != rules:
        yield f"the areas of the pack {pack.name} are not those that it names"
    if judgement.level is not lowest(judgement.ladders):
        yield f"the level of the pack {pack.name} is not the lowest of its ladders"
    values = {"score": judgement.score.low, "flags": len(judgement.flags)}
    ladders = {one.name: one.value for one in judgement.ladders}
    if set(ladders) != {*values, "evidence"} or not values.items() <= ladders.items():
        yield f"the ladders of the pack {pack.name} are not those of its score and its red flags"
    coverage = judgement.coverage
    if not coverage.determined <= coverage.applicable <= coverage.total:
        yield f"the pack {pack.name} has more answers than questions"
    scores = [judgement.score, *(one.score for one in report.findings if one.pack == pack.name and one.score is not None)]
    if any(one.low > one.high for one in scores):
        yield f"a score of the pack {pack.name} ends below its beginning"


def _unknown(report: Report) -> Iterator[str]:
    """The questions and packs that something refers to and that are not there."""
    named: Iterable[str | None] = chain(
        (flag.criterion for pack in report.packs for flag in pack.judgement.flags),
        (step.criterion for step in report.summary.next_steps),
        (name for one in report.summary.to_collect for name in one.criteria),
    )
    for name in sorted({name for name in named if name is not None} - set(report.results)):
        yield f"there is no question {name!r}"
    for name in sorted({one.pack for one in report.findings} - {one.name for one in report.packs}):
        yield f"there is no pack {name!r}"


def _is_of_its_kind(yardstick: YardstickShown) -> bool:
    """Whether the limits of a yardstick are as many numbers as its kind has. One of a plugin's own kind may have any."""
    number = EDGES.get(yardstick.kind)
    met, partly = yardstick.met, yardstick.partly
    if isinstance(partly, Mapping):
        partly = partly.get("edge", "")
    return number is None or (_are_numbers(met, number) and (partly is None or _are_numbers(partly, number)))


def _are_numbers(value: Any, number: int) -> bool:
    values = value if isinstance(value, list | tuple) else [value]
    return len(values) == number and all(isinstance(one, int | float) and not isinstance(one, bool) for one in values)
