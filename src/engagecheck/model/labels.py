"""The words that a board reads, for the words that the model uses. Every report format takes them from here."""

from collections.abc import Mapping
from typing import Any

from engagecheck.model.dates import day as day
from engagecheck.model.outcomes import Assurance, Basis, Disposition, Freshness, Outcome, Priority
from engagecheck.model.report import Finding, Report, View
from engagecheck.model.result import Advice, CriterionResult, EvidenceCited, FactRead, Override, SourceCited
from engagecheck.model.schema import answer_in_words, path_of, title_of

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
    ("met, partly met, not met", "How the facts compare with what good looks like."),
    ("not shown to us", "The facts do not decide the question. Until they do, the worst possible answer counts."),
    ("does not apply", "The question is not asked of this organisation and has no effect."),
    ("essential, important, desirable", "Within an area, an essential question weighs 3, an important 2, a desirable 1."),
    ("red flag", "Something essential or required is not met or not shown, or facts contradict each other."),
    ("contradiction check", "Whether facts agree. A contradiction is a red flag and has no weight in the score."),
    ("required by", "A rule-maker requires it."),
    ("compared with", "Published figures of others."),
    ("our judgement", "The authors of the rule set the threshold; a source may have prompted it."),
    ("stated only, document seen, two sources agree, independently checked", "How strong the evidence is, from the weakest."),
    ("up to date, ageing, out of date, undated", "How old the evidence is, compared with the age that the question allows."),
    ("gap accepted", "The organisation accepts not meeting the question for a time. The question never counts as met."),
    ("confirmed, no document seen", "A named role confirms the answer. This changes no result."),
)
"""The words of a report and what they mean, for its appendix."""


def known(finding: Finding) -> str:
    """How many of the questions that apply were answered: "3 of 5"."""
    applicable = [one for one in finding.criteria if one.outcome is not Outcome.NOT_APPLICABLE]
    return f"{sum(one.outcome.determined for one in applicable)} of {len(applicable)}"


def weighed_score(finding: Finding) -> str:
    """The score of a finding: "40 to 60", or one number. Empty if it has none."""
    score = finding.score
    return " to ".join(str(end) for end in dict.fromkeys((score.low, score.high))) if score else ""


def view(one: View) -> str:
    """What doctors said to an item of the questionnaire: "What doctors said: “…” 6.4 of 10 (31 answered)"."""
    return f"What doctors said: “{one.text}” {one.mean:.1f} of 10 ({one.n} answered)"


def sources(report: Report) -> list[SourceCited]:
    """The sources that the report cites, without duplicates, sorted by authority and title."""
    cited = [finding.source for finding in report.findings]
    cited += [one.source for finding in report.findings for one in finding.criteria]
    unique = {(one.authority, one.title, one.date, one.address): one for one in cited if one is not None}
    return [source for _, source in sorted(unique.items())]


def basis(criterion: CriterionResult) -> str:
    """Where the threshold comes from: "required by …", "compared with …", or "our judgement, prompted by …".

    A judgement without a source says so: "the rule's own judgement; no source is given".
    """
    source, kind = criterion.source, criterion.basis
    if source is None:
        return "the rule's own judgement; no source is given" if kind is Basis.JUDGEMENT else BASIS[kind]
    return threshold(kind, source, part=kind is Basis.STANDARD)


def threshold(kind: Basis, source: SourceCited, *, part: bool = True) -> str:
    """Where a threshold with a source comes from: "required by NHS England: Code of governance, section 4.3, 27 October 2022".

    A source that was read elsewhere says so: "required by the 1996 Regulations, as summarised by the Association: …".
    """
    who = source.authority
    if source.read_in not in ("", who):
        read_in = "as read in" if source.prompted or kind is Basis.BENCHMARK else "as summarised by"
        who += f", {read_in} {source.read_in}"
    title = ", ".join(text for text in (source.title, part and source.part, day(source.date)) if text)
    return f"{BASIS[kind]}{', prompted by ' if kind is Basis.JUDGEMENT else ' '}{f'{who}: ' if who else ''}{title}"


def published(source: SourceCited, *, part: bool = False) -> str:
    """A source in a list of sources: "NHS England: Code of governance, 27 October 2022. In force from 1 April 2023."."""
    title = ", ".join(text for text in (source.title, part and source.part, day(source.date)) if text)
    lines = [f"{source.authority}: {title}" if source.authority else title]
    lines += [f"Read in: {source.read_in}"] if source.read_in not in ("", source.authority) else []
    return " ".join([*(f"{line[:1].upper()}{line[1:]}." for line in lines), *in_force(source)])


def in_force(source: SourceCited) -> list[str]:
    """A sentence that says when a source is in force: "In force from 2023-04-01.". None if no date is known."""
    ends = (("from", source.effective_from), ("to", source.effective_to))
    days = " ".join(f"{word} {day(end)}" for word, end in ends if end)
    return [f"In force {days}."] if days else []


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
        return f"{fact.label}: not stated"
    where = f"line {fact.line}" if fact.line else fact.cell
    return f"{fact.label} ({where})" if where else fact.label


def fact(one: FactRead) -> str:
    """A fact with its place and its value: "Doctors: How many answered? (line 386): 320". An entry of a list is only named."""
    is_named = one.value is None or one.value == one.label
    return place(one) if is_named or not one.stated else f"{place(one)}: {value(one.value, path_of(one.pointer))}"


def value(fact: Any, path: str = "") -> str:
    """The value of the fact at a path in the words of the form: the size of a list, the parts of a group, yes or no."""
    if isinstance(fact, Mapping):
        if set(fact) == {"of", "listed"}:
            return f"{fact['listed']} listed" + ("" if fact["of"] is None else f" of {fact['of']}")
        return "; ".join(_part(title_of(f"{path}.{name}"), value(part, f"{path}.{name}")) for name, part in fact.items())
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    return f"{fact or 0:,}".removesuffix(".0") if isinstance(fact, int | float) else day(answer_in_words(str(fact)))


def _part(title: str, answer: str) -> str:
    """A part of a group: "Total: 11", or a question with its answer: "Is there a leadership strategy? yes"."""
    return f"{title} {answer}" if title.endswith("?") else f"{title}: {answer}"


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


def recommendation(advice: Advice) -> str:
    """What to do, by whom, by when and with how much effort: "Name a deputy. (chair; 3 months; effort low)".

    Only the text if there is no owner and no horizon. A rule without a recommendation has such an advice.
    """
    who = [part for part in (advice.owner, advice.horizon) if part]
    return f"{advice.text} ({'; '.join([*who, f'effort {advice.effort}'])})" if who else advice.text


def plural(count: int, noun: str) -> str:
    """A count with its noun, which takes an "s" unless the count is 1: "1 question", "2 questions"."""
    return f"{count} {noun if count == 1 else noun + 's'}"


def statements(result: CriterionResult) -> list[str]:
    """The accepted gaps and attestations for a result: "Accepted by …", "Confirmed by …, no document seen"."""
    return [_statement(one, result.disposition) for one in result.overrides]


def _statement(one: Override, disposition: Disposition) -> str:
    who = one.role if one.role.startswith("the ") else f"the {one.role}"
    by, text, until = f" by {who}" if one.role else "", f": {one.text}" if one.text else "", f"until {day(one.until)}"
    if one.kind == "accepted gap":
        return f"Accepted{by} {until}{text}"
    but = "but the facts say otherwise" if disposition is Disposition.DISPUTED else "no document seen"
    return f"Confirmed{by} ({one.method} on {day(one.on)}, {until}), {but}{text}"
