"""The words that a board reads, for the words that the model uses. Every reporter takes them from here."""

from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.model.report import (
    Assurance,
    Basis,
    CriterionResult,
    Disposition,
    EvidenceCited,
    FactRead,
    Finding,
    Freshness,
    Gate,
    Level,
    NextStep,
    Outcome,
    Override,
    Priority,
    Report,
    Score,
    SourceCited,
    Summary,
    ToCollect,
)

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
"""What the words of a report mean, for its appendix."""


def worst_first(report: Report) -> list[Finding]:
    """The findings, the one to look at first at the top; within one outcome by score, then by name."""
    return sorted(report.findings, key=lambda one: (WORST_FIRST.index(one.outcome), one.score.low, one.rule))


def known(finding: Finding) -> str:
    """How many of its questions that apply were answered: "3 of 5"."""
    counted = [one for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE]
    return f"{sum(one.outcome.determined for one in counted)} of {len(counted)}"


def weighed_score(finding: Finding) -> str:
    """The score of a finding: "40 to 60"; nothing for contradiction checks, which weigh nothing."""
    weighs = any(one.priority is not Priority.CAPS for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE)
    return f"{finding.score.low} to {finding.score.high}" if weighs else ""


def sources(report: Report) -> list[SourceCited]:
    """Every source that the report cites, each once, by publisher and title."""
    cited = [finding.source for finding in report.findings]
    cited += [one.source for finding in report.findings for one in finding.criteria]
    once = {(one.publisher, one.title, one.date, one.address): one for one in cited if one is not None}
    return [source for _, source in sorted(once.items())]


def alarms(report: Report) -> Iterator[str]:
    """What nobody may miss: faults, what was left out, that nothing was assessed, and facts that contradict one another."""
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
    """A score is never one number alone: "between 41 and 68"; "100, nothing unknown" only where both ends are exactly equal."""
    return f"between {score.low} and {score.high}" if score.low != score.high else f"{score.low}, nothing unknown"


def basis(criterion: CriterionResult) -> str:
    """Where the threshold comes from: "required by …", "compared with …", "our judgement, prompted by …"."""
    source = criterion.source
    if source is None:
        return BASIS[criterion.basis]
    part = source.part if criterion.basis is Basis.STANDARD else ""
    where = ", ".join(text for text in (source.title, part, source.date) if text)
    named = f"{source.publisher}: {where}" if source.publisher else where
    return f"{BASIS[criterion.basis]}{', prompted by ' if criterion.basis is Basis.JUDGEMENT else ' '}{named}"


def measured(criterion: CriterionResult) -> str:
    """The measured value and what explains it."""
    value = f"{criterion.value_text}." if criterion.value_text else ""
    return " ".join(part for part in (value[:1].upper() + value[1:], criterion.message) if part)


def result(criterion: CriterionResult) -> str:
    """The outcome, and the measured value where there is one: "partly met (8 of 10 (80 %))"."""
    said = OUTCOME[criterion.outcome]
    return f"{said} ({criterion.value_text})" if criterion.value_text and criterion.outcome.determined else said


def place(fact: FactRead) -> str:
    """A fact with its place in the profile: "Chief executive (line 12)", "Appraisers (Appraisal!C18)"."""
    if not fact.stated:
        return f"{fact.label}: not stated ({fact.pointer})"
    where = f"line {fact.line}" if fact.line else fact.cell or fact.pointer
    return f"{fact.label} ({where})"


GATES = {"high": "every essential question", "medium": "every essential or important question", "low": "every question"}
"""Which questions a gate asks, by the lowest priority among them."""


def gate(satisfied: bool, by: Gate) -> str:
    """Whether the gate is satisfied, in the board's words: "not all in place; asked for: every essential question …"."""
    parts = [f"{GATES[by.fail_on]} at least partly met, or accepted as a gap"] if by.fail_on in GATES else []
    parts += [f"at least {by.min_coverage:g} % of the questions answered"] if by.min_coverage else []
    if not parts:
        return "nothing is asked for"
    return f"{'in place' if satisfied else 'not all in place'}; asked for: {', and '.join(parts)}"


def value(fact: Any) -> str:
    """The value of a fact as a reader sees it: lists by their size, groups by their parts, truths as yes and no."""
    if isinstance(fact, Mapping):
        if set(fact) == {"of", "listed"}:
            return f"{fact['listed']} listed" + ("" if fact["of"] is None else f" of {fact['of']}")
        return ", ".join(f"{name.replace('_', ' ')} {value(part)}" for name, part in fact.items())
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return f"{fact:,}".removesuffix(".0") if isinstance(fact, int | float) else str(fact)


def evidence(item: EvidenceCited) -> str:
    """A piece of evidence with who published it and where to find it."""
    published = f"{item.publisher}: {item.title}" if item.publisher else item.title
    return f"{published}, {item.reference}" if item.reference else published


def strength(criterion: CriterionResult) -> str:
    """How strong the evidence is, and how old: "document seen, ageing"."""
    if criterion.assurance is None:
        return ""
    age = f", {FRESHNESS[criterion.freshness]}" if criterion.freshness else ""
    return ASSURANCE[criterion.assurance] + age


def could_be(summary: Summary) -> str:
    """The word for the level that it could be, in brackets; nothing where no unknown would lift it."""
    return "" if summary.could_be is summary.level else f" (could be: {summary.could_be_scale.word})"


def answered(summary: Summary) -> str:
    """How many questions the facts answered, and how many more were attested."""
    covered = summary.coverage
    attested = f"; {covered.attested} more confirmed, no document seen" if covered.attested else ""
    return f"{covered.determined} of {plural(covered.applicable, 'question')} answered{attested}"


def by_default(summary: Summary) -> str:
    """The level and the gate by the defaults, where the audit departs from them."""
    if summary.by_default is None:
        return ""
    word = next((scale.word for scale, level in zip(summary.levels, Level, strict=False) if level is summary.by_default), "")
    essentials = "" if summary.gate_by_default else "not "
    return f"{word}; the essentials would {essentials}be in place. This audit departs from them; see the end."


def step(one: NextStep, summary: Summary) -> str:
    """What a step would change: "Would lift the rating. Worth 3 points."."""
    lifts = "Would lift the rating. " if one.level is not summary.level else ""
    return (lifts + (f"Worth {plural(one.points, 'point')}." if one.points else "")).strip()


def collecting(item: ToCollect) -> str:
    """What a document would settle: "Answers 1 question, narrows the score by 1 point."."""
    narrows = f"narrows the score by {plural(item.points, 'point')}" if item.points else "which caps the rating"
    return f"Answers {plural(len(item.criteria), 'question')}, {narrows}."


def plural(count: int, one: str, many: str = "") -> str:
    """ "1 question", "2 questions"."""
    return f"{count} {one if count == 1 else many or one + 's'}"


def said(result: CriterionResult) -> list[str]:
    """What people have said beside a result: "gap accepted by …", "confirmed by …, no document seen"."""
    return [_said(one, result.disposition) for one in result.overrides]


def _said(one: Override, disposition: Disposition) -> str:
    if one.kind == "accepted gap":
        return f"gap accepted by {one.role} until {one.until}: {one.text}"
    but = "but the facts say otherwise" if disposition is Disposition.DISPUTED else "no document seen"
    return f"confirmed by {one.role} ({one.method} on {one.on}, until {one.until}), {but}: {one.text}"
