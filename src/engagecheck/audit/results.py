"""The result of one criterion as a report holds it: the answer, with its facts, evidence, sources and texts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from math import isinf
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit.answer import Answer, decided, needed
from engagecheck.audit.evaluate import AskedCriterion, PlannedCriterion
from engagecheck.intake.load import line_numbers
from engagecheck.model import evidence
from engagecheck.model.answers import Either, Measurement, Range, Share, amount
from engagecheck.model.dates import DateOrWord, PartialDate
from engagecheck.model.labels import OUTCOME
from engagecheck.model.listing import Listing
from engagecheck.model.outcomes import FROM_WORST, NOT_EVIDENCED, NOT_MET, PARTLY_MET, Basis
from engagecheck.model.profile import Profile, entry_name, parts_of, pointer_of
from engagecheck.model.result import Advice, CriterionResult, FactRead, SourceCited, Tailored, YardstickShown
from engagecheck.model.schema import full_title
from engagecheck.rules.criteria import Criterion, Maybe
from engagecheck.rules.rule import Source
from engagecheck.rules.yardsticks import ends_of_answer


class Places(Struct, frozen=True):
    """Where the facts of a profile stand: the line of each in a JSON file, or its cell in a workbook."""

    profile: Profile
    lines: Mapping[str, int]

    @classmethod
    def of(cls, profile: Profile) -> "Places":
        """The places of a profile's facts."""
        return cls(profile, line_numbers(profile.origin))

    def fact(self, path: str) -> FactRead:
        """The fact at a path."""
        value = self.profile.fact(path)
        return self.placed(pointer_of(path), full_title(path), _shown(value), stated=value is not None)

    def entries(self, entries: tuple[Any, ...]) -> Iterator[FactRead]:
        """Entries of lists, by name. Private ones are named only as such."""
        for pointer, entry in self.profile.pointers_of(entries):
            name = "kept private" if getattr(entry, "private", False) else entry_name(entry)
            yield self.placed(pointer, name, name)

    def placed(self, pointer: str, name: str, value: Any, *, stated: bool = True) -> FactRead:
        """A fact with its place. One that is not stated has none, though a workbook has a cell for it."""
        cell = self.profile.origin.cells.get(pointer) if stated else None
        return FactRead(pointer, name, self.lines.get(pointer), value, stated, cell)


def result_of(
    planned: PlannedCriterion, answer: Answer, places: Places, sources: Mapping[str, Source], reason: str = ""
) -> CriterionResult:
    """The result of a criterion for a profile. `reason` says why it is tailored."""
    if answer.described is not None:
        return answer.described
    if planned.fault:
        return broken(planned.declared, answer)
    return described(planned.asked_of(places.profile), answer, places, sources, reason)


def described(
    asked: AskedCriterion, answer: Answer, places: Places, sources: Mapping[str, Source], reason: str = ""
) -> CriterionResult:
    """The result of a criterion as it was asked."""
    criterion, profile, value = asked.criterion, places.profile, answer.value
    source, foreign = asked.source, asked.is_foreign(profile)
    facts = {path: profile.fact(path) for path in criterion.paths}
    needs = needed(criterion, facts)
    falls_short = answer.outcome in (NOT_MET, PARTLY_MET)
    unit = criterion.unit or ("share" if isinstance(value, Share) else "")
    yardstick = criterion.yardstick_in(unit)
    edges = _edges(yardstick)
    tailored = None
    if asked.default is not None and answer.by_default is not None:
        tailored = Tailored(asked.default.yardstick_in(unit), decided(answer.by_default), *answer.by_default, reason)
    return CriterionResult(
        id=criterion.id,
        question=criterion.question,
        label=criterion.label,
        outcome=answer.outcome,
        value=plain_value(value),
        value_text="" if value is None else amount(value, unit, edges),
        counted={"count": value.good, "most": value.upto, "of": value.of} if isinstance(value, Share) else None,
        unit=unit,
        yardstick=yardstick,
        basis=Basis.JUDGEMENT if foreign else criterion.basis,
        source=cited(criterion.source, sources, prompted=criterion.prompted or foreign),
        priority=criterion.priority,
        facts=(*_facts(criterion, places), *places.entries(answer.entries)),
        evidence=evidence.behind(profile, [path for path, fact in facts.items() if fact is not None], criterion.max_age),
        assurance=evidence.assurance(profile, needs, criterion.max_age),
        freshness=evidence.freshness(profile, needs, criterion.max_age),
        max_age=criterion.max_age,
        min_assurance=criterion.min_assurance,
        by_default=tailored,
        message=_message(answer, criterion, profile, unit, edges),
        recommendations=tuple(_referenced(one, source) for one in criterion.advice(answer.case)) if falls_short else (),
        show=criterion.document,
        gates=criterion.gates,
        same_cause_as=criterion.same_cause_as,
        at_worst=answer.at_worst,
        at_best=answer.at_best,
        flags=answer.flags,
        documented=answer.documented,
    )


def plain_value(value: Measurement | None) -> Any:
    """A measured value as JSON has it: a pair for one known between two ends, `None` for an end that is not known."""
    if isinstance(value, Range):
        return tuple(None if isinf(end) else end for end in (value.low, value.high))
    if isinstance(value, Share) and value.upto != value.good:
        return tuple(end.value for end in value.ends)
    if isinstance(value, Either):
        return value.options
    return value.value if isinstance(value, Share) else value


def _edges(yardstick: YardstickShown) -> tuple[float, ...]:
    """The numbers at which the outcome changes."""
    partly = yardstick.partly.get("edge") if isinstance(yardstick.partly, Mapping) else yardstick.partly
    limits = [one for end in (yardstick.met, partly) for one in (end if isinstance(end, list | tuple) else [end])]
    return tuple(one for one in limits if isinstance(one, int | float) and not isinstance(one, bool))


def _message(answer: Answer, criterion: Criterion, profile: Profile, unit: str, edges: Collection[float]) -> str:
    """The explanation of an answer and, if the value is known only between two ends, what each end would come to."""
    ends, message = () if answer.value is None else ends_of_answer(answer.value), answer.message(profile)
    if answer.outcome is not NOT_EVIDENCED or len(ends) < 2:
        return message
    values = sorted(ends, key=lambda one: FROM_WORST.index(criterion.yardstick.judge(one)))
    best, worst = OUTCOME[answer.at_best], OUTCOME[answer.at_worst]
    at_ends = f"If {amount(values[-1], unit, edges)}: {best}; if {amount(values[0], unit, edges)}: {worst}."
    return f"{message} {at_ends} Until that is shown, we count the answer as {worst}.".strip()


def _facts(criterion: Criterion, places: Places) -> Iterator[FactRead]:
    for read in criterion.reads:
        fact = places.fact(read.path if isinstance(read, Maybe) else read)
        if fact.stated or not isinstance(read, Maybe):
            yield fact


def _shown(value: Any) -> Any:
    """A fact as a report shows it: lists by their size, everything else as it is."""
    if isinstance(value, Listing):
        return {"of": value.of, "listed": value.listed}
    if isinstance(value, PartialDate | DateOrWord):
        return value.text
    if isinstance(value, date | tuple):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return {name: _shown(part) for name, part in parts_of(value)}


def _referenced(advice: Advice, source: Source | None) -> Advice:
    """A recommendation that says where to read more: its own reference, or the criterion's source."""
    if advice.reference or source is None:
        return advice
    return replace(advice, reference=f"{source.title} ({source.authority})")


def cited(reference: str, sources: Mapping[str, Source], *, prompted: bool = False) -> SourceCited | None:
    """A source as a report prints it, from `id` or `id/part`. An unknown one is shown by its id, none for ""."""
    if not reference:
        return None
    name, _, part = reference.partition("/")
    source = sources.get(name)
    if source is None:
        return SourceCited(reference, reference, "", "", "", "", "", prompted)
    return SourceCited(
        id=reference,
        title=source.title,
        authority=source.authority,
        read_in=source.read_in,
        date=source.date,
        address=source.address,
        part=source.parts.get(part, part),
        prompted=prompted,
        effective_from=source.effective_from,
        effective_to=source.effective_to,
    )


def outdated(criteria: Iterable[Criterion], sources: Mapping[str, Source], as_of: date) -> tuple[SourceCited, ...]:
    """The sources that these criteria cite and that were no longer in force on that day."""
    names = sorted({criterion.source.partition("/")[0] for criterion in criteria} & set(sources))
    return tuple(one for name in names if sources[name].has_ended(as_of) and (one := cited(name, sources)) is not None)


def not_read(criteria: Iterable[Criterion], places: Places, read_elsewhere: Iterable[str] = ()) -> tuple[FactRead, ...]:
    """The facts of a profile that no criterion reads, in the order of their paths."""
    profile = places.profile
    read = {path for criterion in criteria for path in criterion.paths} | set(read_elsewhere)
    paths: list[str] = []
    for part in (profile.sections, {"extensions": profile.extensions}):
        for name, value in part.items():
            paths.extend(_unread(name, value, read))
    return tuple(fact for path in sorted(paths) for fact in _each(path, places))


def _unread(path: str, value: Any, read: set[str]) -> Iterator[str]:
    if path in read:
        return
    is_group = isinstance(value, Struct | Mapping) and not isinstance(value, Listing)
    parts = dict(parts_of(value)) if is_group else {}
    if is_group and (path.count(".") == 0 or any(other.startswith(f"{path}.") for other in read)):
        for name, member in parts.items():
            yield from _unread(f"{path}.{name}", member, read)
    elif not is_group or parts:
        yield path


def _each(path: str, places: Places) -> Iterator[FactRead]:
    """A fact; if it is a list of facts that have values of their own, each of them."""
    listed = places.profile.fact(path)
    entries = listed.matching(lambda one: hasattr(one, "value")) if isinstance(listed, Listing) else ()
    for pointer, entry in places.profile.pointers_of(entries):
        yield places.placed(pointer, entry_name(entry), entry.value)
    if not entries:
        yield places.fact(path)


def broken(criterion: Criterion, answer: Answer) -> CriterionResult:
    """What a report shows of a criterion whose texts could not be put together."""
    return replace(unassessed(criterion.id, answer), question=str(criterion.question), show="")


def unassessed(name: str, answer: Answer) -> CriterionResult:
    """What a report shows of a criterion without a declaration, such as that of a plugin that could not be loaded."""
    return CriterionResult(
        id=name,
        question="Could this rule be put to the profile?",
        outcome=answer.outcome,
        value=None,
        value_text="",
        counted=None,
        unit="",
        yardstick=YardstickShown("yes", "yes_no", True),
        basis=Basis.JUDGEMENT,
        source=None,
        priority=answer.priority,
        facts=(),
        evidence=(),
        assurance=None,
        message=answer.explanation,
        recommendations=(),
        show="Ask whoever installed the plugin.",
        gates=answer.gates,
    )
