"""What changed between audits, what would change one, and a place among peers: as text to read aloud."""

import json
from collections.abc import Iterator

from engagecheck.analysis.benchmark import Benchmark, Place
from engagecheck.analysis.compare import Change, Changed, Comparison, Opinion, Trend
from engagecheck.analysis.whatif import Proposal, WhatIf
from engagecheck.model import labels
from engagecheck.model.report import Outcome
from engagecheck.papers.text_layout import Paper
from engagecheck.rules.reporter import Style
from engagecheck.rules.yardsticks import amount

CHANGES = {
    Change.WORSENED: "Worse than before",
    Change.EVIDENCE_LOST: "Shown before, and not shown now",
    Change.IMPROVED: "Better than before",
    Change.RESOLVED: "Met now",
    Change.RULE_CHANGED: "Not comparable: the question or what good looks like changed",
    Change.NEW: "Asked now, and not before",
    Change.GONE: "Asked before, and not now",
}
FIRST = 15
EXACT = (
    "Where a fact and its value are named, the audit was done again with it. Where none is, only the one result was changed: "
    "the questions named there read the same facts and may change with it."
)


def comparison(found: Comparison, style: Style) -> str:
    """Two audits side by side, what got worse first."""
    paper = Paper(style)
    then, now = names(found)
    paper.heading(f"{found.subject.name}: {then} and {now}")
    paper.pairs([(then, _opinion(found.old)), (now, _opinion(found.new))], bold=True)
    for note in found.notes:
        paper.say(f"Note: {note}")
    for title, mine in groups(found):
        paper.section(f"{title} ({len(mine)})")
        for one in mine:
            _changed(one, paper, then, now)
    same = [one for one in found.changes if one.change is Change.UNCHANGED and not newly_shown(one)]
    paper.section(f"The same as before ({len(same)})")
    rest = [one for one in same if not one.causes and one.before.value_text == one.after.value_text]
    for one in same:
        if one not in rest:
            _changed(one, paper, then, now)
    paper.say(f"{labels.plural(len(rest), 'question')} with the same result and the same value.")
    return paper.text()


def names(found: Comparison) -> tuple[str, str]:
    """What the two audits are called: by their days, or by what tells them apart."""
    then, now = ("As it is", "Supposed") if found.supposed else (found.old.as_of, found.new.as_of)
    return (then, now) if then != now else (f"First ({then})", f"Second ({now})")


def groups(found: Comparison) -> Iterator[tuple[str, list[Changed]]]:
    """What changed, by title, what got worse first; what was not shown before is no progress, and stands apart."""
    for change, title in CHANGES.items():
        mine = [one for one in found.changes if one.change is change and not newly_shown(one)]
        if mine:
            yield title, mine
        shown = [one for one in found.changes if newly_shown(one)]
        if change is Change.RESOLVED and shown:
            yield "Shown now, and not before", shown


def newly_shown(one: Changed) -> bool:
    """Whether it was not shown before and is now: no progress of the organisation, whatever it shows."""
    claims = (Change.IMPROVED, Change.RESOLVED, Change.WORSENED, Change.UNCHANGED)
    was_unknown = one.before.outcome is Outcome.NOT_EVIDENCED
    return was_unknown and one.change in claims and one.after.outcome is not None and one.after.outcome.determined


def _changed(one: Changed, paper: Paper, then: str, now: str) -> None:
    paper.item("-", one.question, bold=True)
    before, after = (_said(moment.outcome, moment.value_text) for moment in (one.before, one.after))
    causes = "; ".join(one.causes)
    causes = f" {causes[:1].upper()}{causes[1:]}." if causes else ""
    paper.item("", f"{then}: {before}. {now}: {after}.{causes} ({one.criterion})")


def _said(outcome: Outcome | None, value: str) -> str:
    if outcome is None:
        return "not asked"
    return f"{labels.OUTCOME[outcome]}{f' ({value})' if value else ''}"


def _opinion(one: Opinion) -> str:
    answered = f"{one.determined} of {labels.plural(one.applicable, 'question')} answered"
    return f"{one.scale.word}. Score {labels.interval(one.score)}; {answered}."


def trend(found: Trend, style: Style) -> str:
    """The audits of an organisation over time: an interval a date, a line a criterion."""
    paper = Paper(style)
    paper.heading(f"{found.subject.name}: {labels.plural(len(found.opinions), 'audit')}")
    paper.pairs([(one.as_of, f"{_bar(one)}  {_opinion(one)}") for one in found.opinions])
    for note in found.notes:
        paper.say(f"Note: {note}")
    paper.section("Question by question, " + ", ".join(one.as_of for one in found.opinions))
    paper.say("; ".join(f"{labels.MARK[outcome]} {labels.OUTCOME[outcome]}" for outcome in labels.WORST_FIRST))
    paper.gap()
    for line in found.lines:
        marks = " ".join(labels.MARK[moment.outcome] if moment.outcome else "." for moment in line.moments)
        values = " → ".join(moment.value_text or "-" for moment in line.moments)
        changed = f" Its rule changed on the way: versions {', '.join(line.versions)}." if len(line.versions) > 1 else ""
        if len(line.yardsticks) > 1:
            changed += f" What good looks like changed on the way: {' → '.join(line.yardsticks)}."
        paper.item("", f"{marks}  {line.question} {values}.{changed}")
    return paper.text()


def _bar(one: Opinion) -> str:
    """The interval on a line of twenty cells."""
    low, high = one.score.low // 5, -(-one.score.high // 5)
    return "·" * low + "█" * max(1, high - low) + "·" * (20 - max(high, low + 1))


def what_if(found: WhatIf, style: Style) -> str:
    """What would change the result, nearest first."""
    paper = Paper(style)
    paper.heading("What would change the result")
    paper.say(f"Now: {found.words[found.level]}, score {labels.interval(found.score)}.")
    paper.say(EXACT)
    paper.section("The shortest way to the next rating")
    if found.next_level is None:
        paper.say("There is no higher rating.")
    elif not found.to_next:
        paper.say(f"Nothing that this audit measures would lift it to {found.words[found.next_level]}.")
    else:
        these = "this one were" if len(found.to_next) == 1 else f"these {len(found.to_next)} were"
        then = f"{found.words[found.next_level]}, the score {labels.interval(found.after)}"
        paper.say(f"If {these} shown and met, it would be {then}:")
        for number, step in enumerate(found.to_next, 1):
            paper.item(f"{number}.", f"{step.question} ({step.criterion})")
    paper.section("The smallest change for each question that falls short")
    if not found.proposals:
        paper.say("Nothing that was measured falls short.")
    for one in found.proposals:
        paper.item("-", one.question, bold=True)
        paper.item("", _proposed(one, found))
    if found.to_show:
        paper.section("What to show, by how far it narrows the score")
        for item in found.to_show[:FIRST]:
            narrows = labels.plural(item.points, "point") if item.points else "caps the rating until it is shown"
            paper.item("-", f"{item.show}: {narrows} ({item.criterion})")
    return paper.text()


def _proposed(one: Proposal, found: WhatIf) -> str:
    evidence = f", with evidence that is at least “{labels.ASSURANCE[one.evidence]}”," if one.evidence else ""
    said = (
        f"{one.needed} instead of {one.measured}{evidence} would make it {labels.OUTCOME[one.outcome]}: its area "
        f"{labels.OUTCOME[one.finding]}, the score {labels.interval(one.score)}, the rating {found.words[one.level]}. "
    )
    if one.setting and one.needed.startswith("more than"):
        said += f"Set {one.setting.pointer} above {round(one.setting.value, 2):g}. "
    elif one.setting:
        said += f"Set {one.setting.pointer} to {json.dumps(one.setting.value)}. "
    if one.also:
        changes = ", ".join(f"{moved.criterion} ({labels.OUTCOME[moved.outcome]})" for moved in one.also)
        said += f"With that alone these change too: {changes}. "
    if one.shared:
        said += f"The same facts are read by {', '.join(one.shared)}. "
    return f"{said}({one.criterion})"


def places(found: Benchmark, style: Style) -> str:
    """The place of an organisation among its peers, where it is furthest behind first."""
    paper = Paper(style)
    paper.heading(f"{found.subject.name} among {labels.plural(found.peers, 'peer')}, as of {found.as_of}")
    days = f"are of {found.first}" if found.first == found.last else f"are from {found.first} to {found.last}"
    paper.say(f"The peers' figures {days}.")
    for one in sorted(found.places, key=lambda place: (place.share, place.criterion)):
        paper.item("-", one.question, bold=True)
        paper.item("", _place(one))
    if not found.places:
        paper.say("On no question were five comparable peers measured.")
    if found.without:
        paper.section("Without a place")
        for why in dict.fromkeys(why for _, why in found.without):
            names = [name for name, other in found.without if other == why]
            paper.item("-", f"{why} ({labels.plural(len(names), 'question')}): {', '.join(names)}.")
    return paper.text()


def _place(one: Place) -> str:
    quartiles = " / ".join(amount(value, one.unit) for value in (one.lower, one.median, one.upper))
    behind = f"better than {one.peers - one.better - one.equal} of {labels.plural(one.peers, 'peer')}"
    tied = f", level with {one.equal}" if one.equal else ""
    return f"{one.value_text}: {behind}{tied}. Quartiles of the peers: {quartiles}. ({one.criterion})"
