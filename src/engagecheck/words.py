"""The words that a board reads, for the words that the model uses. Every reporter takes them from here."""

from engagecheck.report import (
    Assurance,
    Basis,
    CriterionResult,
    Disposition,
    FactRead,
    Freshness,
    Gate,
    Outcome,
    Override,
    Priority,
    Score,
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
