"""The rating of a report in words: its ladders, its red flags, what could change it."""

from collections import Counter
from collections.abc import Iterable

from attrs import frozen

from engagecheck.audit.scoring import EVIDENCE_STEPS, FLAG_STEPS, SCORE_STEPS
from engagecheck.errors import ExitCode
from engagecheck.model.labels import MEANINGS, measured, plural
from engagecheck.model.outcomes import FlagKind, Level, Priority
from engagecheck.model.report import Flag, Gate, NextStep, Report, Score, Summary, ToCollect
from engagecheck.model.result import CriterionResult
from engagecheck.papers.wording import answer, subject


def interval(score: Score) -> str:
    """The score as an interval: "between 41 and 68", or one number if both ends are equal."""
    return f"between {score.low} and {score.high}" if score.low != score.high else str(score.low)


REQUIRED = {
    "high": "no red flag unless its gap is accepted, and a rating of at least starting out",
    "medium": "the same, and no essential or important question that is not met or not shown",
    "low": "the same, and no question at all that is not met or not shown",
}
"""What a gate asks for, by the lowest priority that it covers."""


def gate(satisfied: bool, required: Gate) -> str:
    """Whether the gate is satisfied: "not satisfied: no red flag unless …". Empty if nothing is required."""
    parts = [REQUIRED[required.fail_on]] if required.fail_on in REQUIRED else []
    parts += [f"at least {required.min_coverage:g} % of the questions answered"] if required.min_coverage else []
    if not parts:
        return ""
    return f"{'satisfied' if satisfied else 'not satisfied'}: {', and '.join(parts)}"


FLAG = {FlagKind.PUT_RIGHT: "put right", FlagKind.EXPLAIN: "explain", FlagKind.SHOW: "show us"}
"""What ends a red flag. Papers list the flags in this order."""


@frozen
class LadderWords:
    """The words for a ladder: its title, its name in a sentence, its value, what the next level asks for, and what each does.

    `at_the_top` stands where there is no next level. `steps` are in the order of the levels.
    """

    title: str
    name: str
    value: str
    next: str
    steps: tuple[str, ...]
    unit: str = ""
    at_the_top: str = ""


def _at_least(edges: Iterable[int], unit: str = "") -> tuple[str, ...]:
    rising = sorted(edges)
    return f"under {rising[0]}{unit}", *(f"{edge}{unit} or more" for edge in rising)


_FEW = FLAG_STEPS[1][0]
LADDERS = {
    "score": LadderWords(
        "Score", "the score", "{} of 100 at the low end", "{} or more for {}", _at_least(edge for edge, _ in SCORE_STEPS)
    ),
    "flags": LadderWords(
        "Red flags", "the red flags", "{}", "{} or fewer for {}", ("", f"more than {_FEW}", f"{_FEW} or fewer", "none")
    ),
    "evidence": LadderWords(
        "Evidence", "the evidence", "{} % of the score rests on a current document or better", "{} % or more for {}",
        _at_least((edge for edge, _ in EVIDENCE_STEPS), " %"), " %", "share of the score with current documents",
    ),
}  # fmt: skip
"""The ladders of a rating, in the order of papers."""
STRONG = SCORE_STEPS[0][0]
"""An area with at least this score at its low end is called strong: the score that the highest rating asks for."""


NO_FLAGS = "No question that can raise a red flag falls short."
"""What a paper without red flags may say, also where a rule is left out: its essential questions may fall short."""


def flag_counts(summary: Summary) -> str:
    """How many red flags there are, by what ends them: "2 red flags: 1 to put right, 1 to show"."""
    if not summary.flags:
        return "no red flags"
    return f"{plural(len(summary.flags), 'red flag')}: {kinds(flag.kind for flag in summary.flags)}"


def kinds(of: Iterable[FlagKind]) -> str:
    """How many flags are of each kind: "1 to put right, 2 to show"."""
    numbers = Counter(of)
    words = {FlagKind.PUT_RIGHT: "to put right", FlagKind.EXPLAIN: "to explain", FlagKind.SHOW: "to show"}
    return ", ".join(f"{numbers[kind]} {word}" for kind, word in words.items() if numbers[kind])


def ordered_flags(report: Report) -> list[Flag]:
    """The red flags in the order of papers: what is to be put right, then explained, then shown."""
    return sorted(report.summary.flags, key=lambda flag: list(FLAG).index(flag.kind))


def weight(one: CriterionResult) -> tuple[int, str]:
    """What to sort results by, so that what weighs most comes first."""
    return tuple(Priority).index(one.priority), one.id


def flags(report: Report) -> list[tuple[str, str]]:
    """Each red flag as a label, such as "Put right", and a text: what was measured, with its value or what is to be shown."""
    results = report.results
    return [(FLAG[flag.kind].capitalize(), _named(flag, results[flag.criterion])) for flag in ordered_flags(report)]


def _named(flag: Flag, one: CriterionResult) -> str:
    accepted = "Gap accepted. " if flag.accepted else ""  # first, because a screen cuts the end
    if flag.kind is FlagKind.SHOW:
        return f"{accepted}{subject(one)} not shown. Show: {one.show}."
    if flag.kind is FlagKind.EXPLAIN:
        return f"{accepted}{subject(one)} {measured(one)}"
    return f"{accepted}{answer(one)}"


def ladder_rows(summary: Summary) -> list[tuple[str, str, str, str]]:
    """The three ladders as columns: name, value, the level that it allows, and what the next level asks for."""
    words = [scale.word for scale in summary.levels]
    rows = []
    for one in summary.ladders:
        ladder, step = LADDERS[one.name], list(Level).index(one.level)
        beyond = ladder.next.format(one.next, words[step + 1]) if one.next is not None else ladder.at_the_top
        if one.name == "flags" and one.next == 0:
            beyond = f"none for {words[step + 1]}"
        rows.append((ladder.title, f"{one.value}{ladder.unit}", words[step], beyond))
    return rows


def ladders(summary: Summary) -> list[tuple[str, str]]:
    """The three ladders of the rating, each with its value and the step that it allows."""
    allowed = {level: f"allows “{scale.word}”" for level, scale in zip(Level, summary.levels, strict=True)}
    allowed[Level.UNPROVEN] = "no rating above the lowest"
    words = [(LADDERS[one.name], one) for one in summary.ladders]
    return [(ladder.title, f"{ladder.value.format(one.value)}: {allowed[one.level]}") for ladder, one in words]


def held_by(summary: Summary) -> str:
    """Which ladder holds the rating where it is: "held down by the score and the red flags"; empty for the highest rating."""
    holding = [LADDERS[one.name].name for one in summary.ladders if one.level is summary.level]
    return "" if summary.level is Level.SUSTAINING else f"held down by {' and '.join(holding)}"


def could_be(summary: Summary) -> str:
    """The word for the highest possible level, in brackets. Empty if no unknown could lift the level."""
    return "" if summary.could_be is summary.level else f" (could be: {summary.could_be_scale.word})"


def answered(summary: Summary) -> str:
    """How many questions the facts answered, and how many more were attested."""
    coverage = summary.coverage
    attested = f"; {coverage.attested} more confirmed, no document seen" if coverage.attested else ""
    return f"{coverage.determined} of {plural(coverage.applicable, 'question')} answered{attested}"


def by_default(summary: Summary, where: str = "see the end") -> str:
    """The level and the gate by the defaults, and where the departures stand. Empty if the audit does not depart from them."""
    if summary.by_default is None:
        return ""
    word = next((scale.word for scale, level in zip(summary.levels, Level, strict=False) if level is summary.by_default), "")
    is_satisfied = "" if summary.gate_by_default else "not "
    return f"{word}, {is_satisfied}satisfied. This audit departs from the defaults; {where}."


def effect(one: NextStep, summary: Summary) -> str:
    """The effect of a step: "Ends a red flag. Would lift the rating. Worth 3 points."."""
    lifts = "Ends a red flag. " if one.ends_flag else ""
    lifts += "Would lift the rating. " if one.level is not summary.level else ""
    return (lifts + (f"Worth {plural(one.points, 'point')}." if one.points else "")).strip()


def owner_and_effect(one: NextStep, summary: Summary) -> str:
    """Who takes a step, how long it takes, and its effect: "Chair, 3 months, low effort. Ends a red flag."."""
    advice = one.advice
    stated = [part for part in (advice.owner, advice.horizon) if part]
    who = f"{', '.join(stated)}, {advice.effort} effort. " if stated else ""
    return f"{who[:1].upper()}{who[1:]}{effect(one, summary)}".strip()


def collecting(item: ToCollect) -> str:
    """The effect of a document: "Would answer 1 question, could end 1 red flag, and narrows the score by 1 point."."""
    parts = [f"would answer {plural(len(item.criteria), 'question')}"]
    parts += [f"could end {plural(item.flags, 'red flag')}"] if item.flags else []
    parts += [f"narrows the score by {plural(item.points, 'point')}"] if item.points else []
    text = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return f"{text[0].upper()}{text[1:]}."


def ending(report: Report) -> str:
    """What the exit code means if it is not 0, and how to change that; empty for 0."""
    if report.exit_code is ExitCode.INCOMPLETE:
        return "The audit ends with exit code 4: it is incomplete, or nothing could be assessed."
    if report.exit_code is ExitCode.OK:
        return ""
    summary, required = report.summary, report.gate
    if required.fail_on == "never":
        why = "fewer questions are answered than --min-coverage asks for"
    elif any(not flag.accepted for flag in summary.flags):
        why = "there are red flags"
    elif summary.level is Level.UNPROVEN:
        why = f"the rating is below {summary.levels[1].word}"
    else:
        why = "more was asked for with --fail-on or --min-coverage"
    options = f"--fail-on never{' --min-coverage 0' if required.min_coverage else ''}"
    return f"The audit ends with exit code 1: {why}. (With {options}: 0.)"


def meanings(summary: Summary) -> list[tuple[str, str]]:
    """The words of the levels and of the results, with what they mean."""
    return [*((scale.word, scale.definition) for scale in summary.levels), *MEANINGS]
