"""Plain text for comparisons, trends, what-if analyses and benchmarks, written to be read aloud."""

from collections.abc import Iterator, Mapping, Sequence

from engagecheck.analysis.benchmark import Benchmark, Place
from engagecheck.analysis.compare import AuditRating, Change, Comparison, CriterionChange, DatedResult, Trend, compare
from engagecheck.analysis.whatif import Proposal, Step, ToShow, WhatIf
from engagecheck.model import labels
from engagecheck.model.answers import amount
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult
from engagecheck.model.schema import answer_in_words, full_title, path_of
from engagecheck.papers import rating, wording
from engagecheck.papers.text_layout import Paper
from engagecheck.rules.reporter import Style

CHANGES = {
    Change.WORSENED: "Worse than before",
    Change.EVIDENCE_LOST: "Shown before, and not shown now",
    Change.IMPROVED: "Better than before",
    Change.RESOLVED: "Met now",
    Change.RULE_CHANGED: "Not comparable: the question or what good looks like changed",
    Change.NEW: "Asked now, and not before",
    Change.GONE: "Asked before, and not now",
}
MAX_LISTED = 15
MAX_NAMED = 3
"""How many changes of a kind are named where the others are counted."""
METHOD_NOTE = (
    "If a fact and its value are named, the audit was done again with that value. If not, only the one result was changed. "
    "The questions named there read the same facts and may change too."
)


def comparison(compared: Comparison, style: Style) -> str:
    """Two audits side by side. What got worse comes first."""
    paper = Paper(style)
    old, new = names(compared)
    paper.heading(f"{compared.subject.name}: {old} and {new}")
    paper.pairs([(old, _rating(compared.old)), (new, _rating(compared.new))], bold=True)
    for note in compared.notes:
        paper.say(f"Note: {note}")
    for title, changes in groups(compared):
        paper.section(f"{title} ({len(changes)})")
        for one in changes:
            _write_change(one, paper, old, new)
    same = unchanged(compared)
    paper.section(f"The same as before ({len(same)})")
    identical = [one for one in same if not one.causes and one.before.value_text == one.after.value_text]
    for one in same:
        if one not in identical:
            _write_change(one, paper, old, new)
    paper.say(f"{labels.plural(len(identical), 'question')} with the same result and the same value.")
    return paper.text()


def names(compared: Comparison) -> tuple[str, str]:
    """The names of the older and the newer audit: their dates, or other words if the dates do not tell them apart."""
    days = labels.day(compared.old.as_of), labels.day(compared.new.as_of)
    old, new = ("As it is", "Supposed") if compared.supposed else days
    return (old, new) if old != new else (f"First ({old})", f"Second ({new})")


def groups(compared: Comparison) -> Iterator[tuple[str, list[CriterionChange]]]:
    """The changes, grouped under titles. What got worse comes first.

    Newly shown criteria have a group of their own, because showing them is not progress.
    """
    for change, title in CHANGES.items():
        changes = [one for one in compared.changes if one.change is change and not newly_shown(one)]
        if changes:
            yield title, changes
        newly = [one for one in compared.changes if newly_shown(one)]
        if change is Change.RESOLVED and newly:
            yield "Shown now, and not before", newly


def unchanged(compared: Comparison) -> list[CriterionChange]:
    """The criteria with the same outcome as before, without the ones that are newly shown."""
    return [one for one in compared.changes if one.change is Change.UNCHANGED and not newly_shown(one)]


def newly_shown(one: CriterionChange) -> bool:
    """Whether a criterion was not shown before and is shown now. That is not progress, whatever the outcome."""
    comparable = (Change.IMPROVED, Change.RESOLVED, Change.WORSENED, Change.UNCHANGED)
    was_unknown = one.before.outcome is Outcome.NOT_EVIDENCED
    return was_unknown and one.change in comparable and one.after.outcome is not None and one.after.outcome.determined


def changes(report: Report, since: Report) -> Iterator[tuple[str, str]]:
    """What changed since an earlier report: how much became better or worse, or is newly shown, with examples."""
    compared = compare(since, report)
    by_id = since.results | report.results
    for title, _, group in _counted(compared):
        named = [] if group and group[0].change is Change.RULE_CHANGED else weightiest(group, by_id)[:MAX_NAMED]
        examples = "; ".join(_changed(one, by_id[one.criterion]) for one in named)
        yield f"{title}: {len(group)}.", f"{examples}." if examples else ""
    for note in compared.notes:
        yield "Note:", note


def changes_counted(report: Report, since: Report) -> str:
    """What changed since an earlier report in one line: "31 March 2025 (Starting out): 11 better, 3 worse"."""
    counts = ", ".join(f"{len(group)} {short}" for _, short, group in _counted(compare(since, report)))
    return f"{labels.day(since.as_of)} ({since.summary.scale.word}): {counts}"


def _counted(compared: Comparison) -> Iterator[tuple[str, str, list[CriterionChange]]]:
    """The changes of each kind, with its name and its short name."""
    shown = [one for one in compared.changes if newly_shown(one)]
    rest = [one for one in compared.changes if one not in shown]
    groups = (
        ("Better", "better", [one for one in rest if one.change in (Change.IMPROVED, Change.RESOLVED)]),
        ("Worse", "worse", [one for one in rest if one.change is Change.WORSENED]),
        ("Shown now, and not before", "newly shown", shown),
        ("Shown before, and not now", "no longer shown", [one for one in rest if one.change is Change.EVIDENCE_LOST]),
        (
            "Cannot be compared, because the question changed",
            "not comparable",
            [one for one in rest if one.change is Change.RULE_CHANGED],
        ),
    )
    for title, short, group in groups:
        if group or title in ("Better", "Worse"):
            yield title, short, group


def weightiest(group: Sequence[CriterionChange], by_id: Mapping[str, CriterionResult]) -> list[CriterionChange]:
    """The changes of what weighs most first."""
    return sorted(group, key=lambda one: rating.weight(by_id[one.criterion]))


def _changed(change: CriterionChange, one: CriterionResult) -> str:
    moments = (change.before, change.after)
    words = [labels.OUTCOME[moment.outcome] if moment.outcome else "not asked" for moment in moments]
    values = [wording.typeset(wording.without_unit(moment.value_text, one)) for moment in moments]
    before, now = words if values[0] == values[1] else (value or word for value, word in zip(values, words, strict=True))
    return f"{wording.subject(one)} {before}, now {now}"


def _write_change(one: CriterionChange, paper: Paper, old: str, new: str) -> None:
    paper.item("-", one.question, bold=True)
    before, after = (_result(result.outcome, result.value_text) for result in (one.before, one.after))
    causes = "; ".join(one.causes)
    causes = f" {causes[:1].upper()}{causes[1:]}." if causes else ""
    paper.item("", f"{old}: {before}. {new}: {after}.{causes} ({one.criterion})")


def _result(outcome: Outcome | None, value: str) -> str:
    if outcome is None:
        return "not asked"
    return f"{labels.OUTCOME[outcome]}{f' ({value})' if value else ''}"


def _rating(one: AuditRating) -> str:
    answered = f"{one.determined} of {labels.plural(one.applicable, 'question')} answered"
    return f"{one.scale.word}. Score {rating.interval(one.score)}; {answered}."


def trend(history: Trend, style: Style) -> str:
    """The audits of an organisation over time: one interval for each date, one line for each criterion."""
    paper = Paper(style)
    paper.heading(f"{history.subject.name}: {labels.plural(len(history.opinions), 'audit')}")
    paper.pairs([(labels.day(one.as_of), f"{_bar(one)}  {_rating(one)}") for one in history.opinions])
    for note in history.notes:
        paper.say(f"Note: {note}")
    paper.section("Question by question, " + ", ".join(labels.day(one.as_of) for one in history.opinions))
    paper.say("; ".join(f"{labels.MARK[outcome]} {labels.OUTCOME[outcome]}" for outcome in labels.WORST_FIRST))
    paper.gap()
    for line in history.lines:
        marks = " ".join(labels.MARK[result.outcome] if result.outcome else "." for result in line.moments)
        is_measured = any(result.value_text for result in line.moments)
        values = " → ".join(result.value_text or _unmeasured(result) for result in line.moments) if is_measured else ""
        changed = f" Its rule changed on the way: versions {', '.join(line.versions)}." if len(line.versions) > 1 else ""
        if len(line.yardsticks) > 1:
            changed += f" What good looks like changed on the way: {' → '.join(line.yardsticks)}."
        paper.item("", f"{marks}  {line.question}{f' {values}.' if values else ''}{changed}")
    return paper.text()


def _unmeasured(result: DatedResult) -> str:
    return labels.OUTCOME[result.outcome] if result.outcome else "not asked"


def _bar(one: AuditRating) -> str:
    """The interval of the score as a bar of 20 cells, 5 points each."""
    low, high = one.score.low // 5, -(-one.score.high // 5)
    return "·" * low + "█" * max(1, high - low) + "·" * (20 - max(high, low + 1))


STEP = {"meet": "Put right", "show": "Show evidence for", "document": "Give a current document for"}
"""What to do about a criterion on the way to the next rating."""


def what_if(analysis: WhatIf, style: Style) -> str:
    """What would change the result: the way to the next rating, the smallest changes, and what to show."""
    paper = Paper(style)
    paper.heading("What would change the result")
    paper.say(f"Now: {analysis.words[analysis.level]}, score {rating.interval(analysis.score)}.")
    paper.say(METHOD_NOTE)
    paper.section("The shortest way to the next rating")
    if analysis.next_level is None:
        paper.say("There is no higher rating.")
    elif not analysis.to_next:
        paper.say(f"Nothing in this audit would lift the rating to {analysis.words[analysis.next_level]}.")
    else:
        outcome = f"{analysis.words[analysis.next_level]}, the score {rating.interval(analysis.after)}"
        paper.say(f"With {labels.plural(len(analysis.to_next), 'step')} the rating would be {outcome}:")
        for number, step in enumerate(analysis.to_next, 1):
            paper.item(f"{number}.", f"{STEP[step.kind]}: {step.question}{strength(step)} ({step.criterion})")
    paper.section("The smallest change for each question that falls short")
    if not analysis.proposals:
        paper.say("Nothing that was measured falls short.")
    for one in analysis.proposals:
        paper.item("-", one.question, bold=True)
        paper.item("", f"{proposal_in_words(one, analysis)} ({one.criterion})")
    if analysis.to_show:
        paper.section("What to show, by how far it narrows the score")
        for item in analysis.to_show[:MAX_LISTED]:
            narrows = labels.plural(item.points, "point")
            paper.item("-", f"{item.show}: {narrows}{strength(item)} ({item.criterion})")
    return paper.text()


def strength(one: Step | ToShow) -> str:
    """How strong the evidence must be, if it is too weak now."""
    return f". The evidence must be at least “{labels.ASSURANCE[one.evidence]}”" if one.evidence else ""


def proposal_in_words(one: Proposal, analysis: WhatIf) -> str:
    """What the smallest change for a question would bring."""
    evidence = f", with evidence that is at least “{labels.ASSURANCE[one.evidence]}”," if one.evidence else ""
    text = (
        f"{one.needed} instead of {one.measured}{evidence} would make the answer {labels.OUTCOME[one.outcome]}: the area "
        f"{labels.OUTCOME[one.finding]}, the score {rating.interval(one.score)}, the rating {analysis.words[one.level]}. "
    )
    if one.setting is not None:
        title, value = full_title(path_of(one.setting.pointer)), one.setting.value
        above = " or more" if one.needed.startswith("more than") else ""
        answer = labels.value(round(value, 2) if isinstance(value, float) else value)
        text += f"The answer to “{title}” would be {answer}{above}. "
    if one.also:
        changes = ", ".join(f"“{analysis.names[moved.criterion]}” ({labels.OUTCOME[moved.outcome]})" for moved in one.also)
        text += f"With that alone these change too: {changes}. "
    if one.shared:
        text += f"The same facts are read by {', '.join(f'“{analysis.names[name]}”' for name in one.shared)}. "
    return text.rstrip()


def places(benchmark: Benchmark, style: Style) -> str:
    """The organisation among its peers. The criteria on which it is furthest behind come first."""
    paper = Paper(style)
    peers = labels.plural(benchmark.peers, "peer")
    paper.heading(f"{benchmark.subject.name} among {peers}, as of {labels.day(benchmark.as_of)}")
    first, last = labels.day(benchmark.first), labels.day(benchmark.last)
    dates = f"are of {first}" if first == last else f"are from {first} to {last}"
    paper.say(f"The peers' figures {dates}.")
    if mixed := types_in_words(benchmark):
        paper.say(mixed)
    for one in furthest_behind_first(benchmark):
        paper.item("-", one.question, bold=True)
        paper.item("", place_in_words(one))
    if not benchmark.places:
        paper.say("No question has five comparable peers.")
    if benchmark.without:
        paper.section("Without a place")
        for why in dict.fromkeys(why for _, why in benchmark.without):
            names = [benchmark.names[name] for name, other in benchmark.without if other == why]
            paper.item("-", f"{why} ({labels.plural(len(names), 'question')}): {'; '.join(names)}.")
    return paper.text()


def types_in_words(benchmark: Benchmark) -> str:
    """How many peers are of which type of organisation; "" if all are of the organisation's own type."""
    if set(benchmark.types) == {benchmark.subject.type}:
        return ""
    counted = ", ".join(f"{answer_in_words(one)} ({number})" for one, number in benchmark.types.items())
    return (
        f"This organisation is of the type {answer_in_words(benchmark.subject.type)}. Its peers are of these types: {counted}."
    )


def furthest_behind_first(benchmark: Benchmark) -> list[Place]:
    """The places, those furthest behind first."""
    return sorted(benchmark.places, key=lambda place: (place.share, place.criterion))


def place_in_words(one: Place) -> str:
    """The place on one question: its value, how many peers are behind, and the quartiles of the peers."""
    quartiles = " / ".join(amount(value, one.unit) for value in (one.lower, one.median, one.upper))
    behind = f"better than {one.peers - one.better - one.equal} of {labels.plural(one.peers, 'peer')}"
    tied = f", level with {one.equal}" if one.equal else ""
    return f"{one.value_text}: {behind}{tied}. Quartiles of the peers: {quartiles}. ({one.criterion})"
