"""The words that a board reads, for the words that the model uses. Every report format takes them from here."""

from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.model.outcomes import Assurance, Basis, Disposition, Freshness, Level, Outcome, Priority
from engagecheck.model.report import Finding, Gate, NextStep, Report, Score, Summary, ToCollect, View
from engagecheck.model.result import Advice, CriterionResult, EvidenceCited, FactRead, Override, SourceCited

OUTCOME = {
    Outcome.MET: "met",
    Outcome.PARTLY_MET: "partly met",
    Outcome.NOT_MET: "not met",
    Outcome.NOT_EVIDENCED: "not shown to us",
    Outcome.NOT_APPLICABLE: "does not apply",
    Outcome.ERROR: "could not be assessed (fault in the tool)",
}
MARK = {
    Outcome.MET: "✓",
    Outcome.PARTLY_MET: "~",
    Outcome.NOT_MET: "✗",
    Outcome.NOT_EVIDENCED: "?",
    Outcome.NOT_APPLICABLE: "–",
    Outcome.ERROR: "!",
}
PRIORITY = {
    Priority.HIGH: "essential",
    Priority.MEDIUM: "important",
    Priority.LOW: "desirable",
    Priority.CAPS: "contradiction check",
}
BASIS = {Basis.STANDARD: "required by", Basis.BENCHMARK: "compared with", Basis.JUDGEMENT: "our judgement"}
ASSURANCE = {
    Assurance.ASSERTED: "stated only",
    Assurance.DOCUMENTED: "document seen",
    Assurance.CORROBORATED: "two sources agree",
    Assurance.VERIFIED: "independently checked",
}
FRESHNESS = {
    Freshness.CURRENT: "up to date",
    Freshness.AGEING: "ageing",
    Freshness.STALE: "out of date",
    Freshness.UNDATED: "undated",
}
WORST_FIRST = (Outcome.ERROR, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.PARTLY_MET, Outcome.MET, Outcome.NOT_APPLICABLE)
SELF_ASSESSMENT = "A self-assessment, not an internal audit opinion, and not a judgement on any person."


MEANINGS = (
    ("met, partly met, not met", "What the facts say when they are held against what good looks like."),
    ("not shown to us", "No fact says so. It weighs as much as what is not met, until it is shown."),
    ("does not apply", "It is not asked of this organisation; it counts neither for nor against."),
    ("essential, important, desirable", "They weigh 3, 2 and 1; one that is essential and not in place caps the rating."),
    ("contradiction check", "Facts that do not agree with each other; it weighs nothing, and caps the rating."),
    ("required by", "A rule-maker requires it."),
    ("compared with", "Published figures of others."),
    ("our judgement", "The authors of the rule set the threshold; a source may have prompted it."),
    ("stated only, document seen, two sources agree, independently checked", "How strong the evidence is, from the weakest."),
    ("up to date, ageing, out of date, undated", "How old the evidence is against the age that the question allows."),
    ("gap accepted", "The organisation accepts not meeting it for a time. It never counts as met."),
    ("confirmed, no document seen", "A named role vouches for it. It changes no result."),
)
"""The words of a report and what they mean, for its appendix."""


def worst_first(report: Report) -> list[Finding]:
    """The findings sorted by outcome, worst first; then by score, lowest first; then by rule id."""
    return sorted(report.findings, key=lambda one: (WORST_FIRST.index(one.outcome), one.score.low, one.rule))


def known(finding: Finding) -> str:
    """How many of the questions that apply were answered: "3 of 5"."""
    applicable = [one for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE]
    return f"{sum(one.outcome.determined for one in applicable)} of {len(applicable)}"


def weighed_score(finding: Finding) -> str:
    """The score of a finding: "40 to 60". Empty if nothing that applies weighs, as with contradiction checks."""
    weighs = any(one.priority is not Priority.CAPS for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE)
    return f"{finding.score.low} to {finding.score.high}" if weighs else ""


def area(finding: Finding) -> tuple[str, str, str, str]:
    """A row of the table of areas: title, outcome with its mark, questions answered, score."""
    title = finding.title + (" (left out of the rating)" if finding.left_out else "")
    return title, f"{MARK[finding.outcome]} {OUTCOME[finding.outcome]}", known(finding), weighed_score(finding)


def view(one: View) -> str:
    """What doctors said to an item of the questionnaire: "What doctors said: “…” 6.4 of 10 (31 answered)"."""
    return f"What doctors said: “{one.text}” {one.mean:.1f} of 10 ({one.n} answered)"


def sources(report: Report) -> list[SourceCited]:
    """The sources that the report cites, without duplicates, sorted by publisher and title."""
    cited = [finding.source for finding in report.findings]
    cited += [one.source for finding in report.findings for one in finding.criteria]
    unique = {(one.publisher, one.title, one.date, one.address): one for one in cited if one is not None}
    return [source for _, source in sorted(unique.items())]


def alarms(report: Report) -> Iterator[str]:
    """What every reader must see: faults, rules left out, an audit that assessed nothing, and contradictory facts."""
    for problem in report.problems:
        yield f"The audit is incomplete. {problem.where}: {problem.message}"
    if report.left_out:
        yield f"Left out by request: {', '.join(report.left_out)}."
    if not report.summary.assessed:
        yield "Nothing could be assessed: no question that counts was answered. This is not a good result."
    for finding in report.findings:
        for one in finding.criteria:
            if one.priority is Priority.CAPS and one.outcome is Outcome.NOT_MET:
                yield f"Facts contradict one another: {one.question} {measured(one)}"


def interval(score: Score) -> str:
    """The score as an interval: "between 41 and 68", or "100, nothing unknown" if both ends are equal."""
    return f"between {score.low} and {score.high}" if score.low != score.high else f"{score.low}, nothing unknown"


def basis(criterion: CriterionResult) -> str:
    """Where the threshold comes from: "required by …", "compared with …", or "our judgement, prompted by …".

    A judgement without a source says so: "the rule's own judgement; no source is given".
    """
    source = criterion.source
    if source is None:
        return "the rule's own judgement; no source is given" if criterion.basis is Basis.JUDGEMENT else BASIS[criterion.basis]
    part = source.part if criterion.basis is Basis.STANDARD else ""
    title = ", ".join(text for text in (source.title, part, source.date) if text)
    citation = f"{source.publisher}: {title}" if source.publisher else title
    return f"{BASIS[criterion.basis]}{', prompted by ' if criterion.basis is Basis.JUDGEMENT else ' '}{citation}"


def measured(criterion: CriterionResult) -> str:
    """The measured value, then the message that explains it."""
    value = f"{criterion.value_text}." if criterion.value_text else ""
    return " ".join(part for part in (value[:1].upper() + value[1:], criterion.message) if part)


def result(criterion: CriterionResult) -> str:
    """The outcome, with the measured value if there is one: "partly met (8 of 10 (80 %))"."""
    word = OUTCOME[criterion.outcome]
    return f"{word} ({criterion.value_text})" if criterion.value_text and criterion.outcome.determined else word


def place(fact: FactRead) -> str:
    """A fact with its place in the profile: "Chief executive (line 12)", "Appraisers (Appraisal!C18)"."""
    if not fact.stated:
        return f"{fact.label}: not stated ({fact.pointer})"
    where = f"line {fact.line}" if fact.line else fact.cell or fact.pointer
    return f"{fact.label} ({where})"


GATES = {"high": "every essential question", "medium": "every essential or important question", "low": "every question"}
"""The questions that a gate covers, by the lowest priority that it covers."""


def gate(satisfied: bool, required: Gate) -> str:
    """Whether the gate is satisfied, in the board's words: "not all in place; asked for: every essential question …"."""
    parts = [f"{GATES[required.fail_on]} at least partly met, or accepted as a gap"] if required.fail_on in GATES else []
    parts += [f"at least {required.min_coverage:g} % of the questions answered"] if required.min_coverage else []
    if not parts:
        return "nothing is asked for"
    return f"{'in place' if satisfied else 'not all in place'}; asked for: {', and '.join(parts)}"


def value(fact: Any) -> str:
    """The value of a fact in words: the size of a list, the parts of a group, yes or no for a boolean."""
    if isinstance(fact, Mapping):
        if set(fact) == {"of", "listed"}:
            return f"{fact['listed']} listed" + ("" if fact["of"] is None else f" of {fact['of']}")
        return ", ".join(f"{name.replace('_', ' ')} {value(part)}" for name, part in fact.items())
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return f"{fact:,}".removesuffix(".0") if isinstance(fact, int | float) else str(fact)


def evidence(item: EvidenceCited) -> str:
    """The publisher, title and reference of a piece of evidence."""
    published = f"{item.publisher}: {item.title}" if item.publisher else item.title
    return f"{published}, {item.reference}" if item.reference else published


def strength(criterion: CriterionResult) -> str:
    """How strong and how old the evidence is: "document seen, ageing". Empty without evidence."""
    if criterion.assurance is None:
        return ""
    age = f", {FRESHNESS[criterion.freshness]}" if criterion.freshness else ""
    return ASSURANCE[criterion.assurance] + age


def could_be(summary: Summary) -> str:
    """The word for the highest possible level, in brackets. Empty if no unknown could lift the level."""
    return "" if summary.could_be is summary.level else f" (could be: {summary.could_be_scale.word})"


def answered(summary: Summary) -> str:
    """How many questions the facts answered, and how many more were attested."""
    coverage = summary.coverage
    attested = f"; {coverage.attested} more confirmed, no document seen" if coverage.attested else ""
    return f"{coverage.determined} of {plural(coverage.applicable, 'question')} answered{attested}"


def by_default(summary: Summary) -> str:
    """The level and the gate by the defaults. Empty if the audit does not depart from them."""
    if summary.by_default is None:
        return ""
    word = next((scale.word for scale, level in zip(summary.levels, Level, strict=False) if level is summary.by_default), "")
    essentials = "" if summary.gate_by_default else "not "
    return f"{word}; the essentials would {essentials}be in place. This audit departs from them; see the end."


def recommendation(advice: Advice) -> str:
    """What to do, by whom, by when and with how much effort: "Name a deputy. (chair; 3 months; effort low)".

    Only the text if there is no owner and no horizon. A rule without a recommendation has such an advice.
    """
    if not (advice.owner or advice.horizon):
        return advice.text
    return f"{advice.text} ({advice.owner}; {advice.horizon}; effort {advice.effort})"


def step(one: NextStep, summary: Summary) -> str:
    """The effect of a step: "Would lift the rating. Worth 3 points."."""
    lifts = "Would lift the rating. " if one.level is not summary.level else ""
    return (lifts + (f"Worth {plural(one.points, 'point')}." if one.points else "")).strip()


def collecting(item: ToCollect) -> str:
    """The effect of a document: "Answers 1 question, narrows the score by 1 point."."""
    narrows = f"narrows the score by {plural(item.points, 'point')}" if item.points else "which caps the rating"
    return f"Answers {plural(len(item.criteria), 'question')}, {narrows}."


def plural(count: int, noun: str) -> str:
    """A count with its noun, which takes an "s" unless the count is 1: "1 question", "2 questions"."""
    return f"{count} {noun if count == 1 else noun + 's'}"


def statements(result: CriterionResult) -> list[str]:
    """The accepted gaps and attestations for a result: "gap accepted by …", "confirmed by …, no document seen"."""
    return [_statement(one, result.disposition) for one in result.overrides]


def _statement(one: Override, disposition: Disposition) -> str:
    if one.kind == "accepted gap":
        return f"gap accepted by {one.role} until {one.until}: {one.text}"
    but = "but the facts say otherwise" if disposition is Disposition.DISPUTED else "no document seen"
    return f"confirmed by {one.role} ({one.method} on {one.on}, until {one.until}), {but}: {one.text}"
