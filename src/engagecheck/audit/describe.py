"""The result of one criterion: where the walk ended, with the facts, evidence, sources and texts that belong to it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from engagecheck.audit import evidence
from engagecheck.audit.engine import Walked, label
from engagecheck.model.answers import Share
from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Profile, pointer_of
from engagecheck.model.records import changed, names_of
from engagecheck.model.report import (
    Advice,
    Assurance,
    Basis,
    CriterionResult,
    FactRead,
    Outcome,
    SourceCited,
    Tailored,
    YardstickShown,
)
from engagecheck.model.schema import title_of
from engagecheck.rules.criteria import Criterion, Maybe
from engagecheck.rules.rule import Source
from engagecheck.rules.yardsticks import amount

BROKEN = "The rule failed; this is a fault in the tool or plugin."
"""What is said of a criterion of which not even its texts could be put together."""


def result_of(
    criterion: Criterion,
    walked: Walked,
    profile: Profile,
    sources: Mapping[str, Source],
    default: Criterion | None = None,
    reason: str = "",
) -> CriterionResult:
    """The result of a criterion as a report holds it; `default`: the criterion before it was tailored for a `reason`."""
    facts = tuple(_facts(criterion, profile))
    entries = tuple(_entries(walked.at, profile))
    value = walked.value
    stated = stated_by(criterion, profile)
    source = sources.get(criterion.source.partition("/")[0])
    facts_with_evidence = resting_on_evidence(stated)
    strength = evidence.assurance(profile, facts_with_evidence, criterion.max_age)
    by_default = None
    if default is not None and _differs(criterion, default):
        usual = evidence.assurance(profile, facts_with_evidence, default.max_age)
        by_default = _by_default(default, walked, usual, reason)
    walked = strong_enough(criterion, walked, strength)
    falls_short = walked.outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET)
    foreign = source is not None and source.about.reason_not(profile.organisation, profile.as_of) is not None
    return CriterionResult(
        id=criterion.id,
        question=criterion.question,
        outcome=walked.outcome,
        value=value.value if isinstance(value, Share) else value,
        value_text="" if value is None else amount(value, criterion.unit),
        counted={"count": value.good, "of": value.of} if isinstance(value, Share) else None,
        unit=criterion.unit,
        yardstick=criterion.yardstick_shown,
        basis=Basis.JUDGEMENT if foreign else criterion.basis,
        source=cited(criterion.source, sources, prompted=criterion.prompted or foreign),
        priority=criterion.priority,
        facts=facts + entries,
        evidence=evidence.behind(profile, stated, criterion.max_age),
        assurance=strength,
        freshness=evidence.freshness(profile, facts_with_evidence, criterion.max_age),
        max_age=criterion.max_age,
        min_assurance=criterion.min_assurance,
        by_default=by_default,
        message=walked.because,
        recommendations=tuple(_referenced(one, source) for one in criterion.recommend) if falls_short else (),
        show=criterion.show,
        gates=criterion.gates,
        beside=criterion.beside,
    )


def stated_by(criterion: Criterion, profile: Profile) -> list[str]:
    """The JSON Pointers of the facts that a criterion reads and a profile states."""
    return [pointer_of(path) for path in criterion.paths if profile.fact(path) is not None]


def resting_on_evidence(pointers: Iterable[str]) -> list[str]:
    """Those of the facts that evidence is asked for: who is audited, and on what day, needs none."""
    return [pointer for pointer in pointers if pointer != "/as_of" and not pointer.startswith("/organisation")]


def strong_enough(criterion: Criterion, walked: Walked, strength: Assurance | None) -> Walked:
    """What would count for the organisation counts as not shown where its evidence is too weak; what counts against stays."""
    least = criterion.min_assurance
    good = walked.outcome in (Outcome.MET, Outcome.PARTLY_MET)
    if not good or not evidence.is_too_weak(least, strength):
        return walked
    because = f"The evidence is too weak: {strength or 'none'}, and at least {least} is asked for. {walked.because}".strip()
    return walked._replace(outcome=Outcome.NOT_EVIDENCED, said=because, at=())


def _by_default(default: Criterion, walked: Walked, strength: Assurance | None, reason: str) -> Tailored:
    """The outcome as it would be without tailoring: the same measured value, by the default yardstick and demands."""
    if walked.outcome.determined and walked.value is not None:
        walked = walked._replace(outcome=default.yardstick.judge(walked.value))
    return Tailored(default.yardstick_shown, strong_enough(default, walked, strength).outcome, reason)


def _differs(criterion: Criterion, default: Criterion) -> bool:
    return (criterion.yardstick, criterion.max_age, criterion.min_assurance) != (
        default.yardstick,
        default.max_age,
        default.min_assurance,
    )


def _referenced(advice: Advice, source: Source | None) -> Advice:
    """A recommendation that names where to read more: its own reference, or the criterion's source."""
    if advice.reference or source is None:
        return advice
    reference = f"{source.title} ({source.publisher})"
    return Advice(advice.text, advice.owner, advice.horizon, advice.effort, advice.success, reference)


def outdated(criteria: Iterable[Criterion], sources: Mapping[str, Source], as_of: date) -> tuple[SourceCited, ...]:
    """The sources that these criteria cite and that were no longer in force on that day."""
    names = sorted({criterion.source.partition("/")[0] for criterion in criteria} & set(sources))
    ended = [name for name in names if (sources[name].effective_to or "9999") < as_of.isoformat()]
    return tuple(one for name in ended if (one := cited(name, sources)) is not None)


def cited(reference: str, sources: Mapping[str, Source], *, prompted: bool = False) -> SourceCited | None:
    """A source as a report prints it, from `id` or `id/part`; an unknown one by its id alone; none for ""."""
    if not reference:
        return None
    name, _, part = reference.partition("/")
    source = sources.get(name)
    if source is None:
        return SourceCited(reference, reference, "", "", "", "", prompted)
    return SourceCited(
        reference, source.title, source.publisher, source.date, source.address, source.parts.get(part, part), prompted
    )


def not_read(criteria: Iterable[Criterion], profile: Profile, elsewhere: Iterable[str] = ()) -> tuple[FactRead, ...]:
    """The facts of a profile that no criterion reads, in the order of the sections; `elsewhere` are paths read by others."""
    read = {path for criterion in criteria for path in criterion.paths} | set(elsewhere)
    found: list[str] = []
    for part in (profile.sections, {"extensions": profile.extensions}):
        for name, value in part.items():
            found.extend(_unread(name, value, read))
    return tuple(fact for path in sorted(found) for fact in _each(path, profile))


def _each(path: str, profile: Profile) -> Iterator[FactRead]:
    """A fact; or, where it is a list of facts that have values of their own, each of them."""
    listed = profile.fact(path)
    entries = listed.found(lambda one: hasattr(one, "value")) if isinstance(listed, Listing) else ()
    for pointer, entry in profile.pointers_of(entries):
        yield _placed(profile, pointer, label(entry), entry.value)
    if not entries:
        yield _fact(path, profile)


def _unread(path: str, value: Any, read: set[str]) -> Iterator[str]:
    if value is None or path in read:
        return
    parts = _parts(value)
    if parts is not None and (path.count(".") == 0 or any(other.startswith(f"{path}.") for other in read)):
        for name, member in parts.items():
            yield from _unread(f"{path}.{name}", member, read)
    elif parts is None or parts:
        yield path


def _parts(value: Any) -> Mapping[str, Any] | None:
    """The named parts of a group of facts; `None` for a list or a single fact."""
    if isinstance(value, Mapping):
        return value
    names = () if isinstance(value, Listing | PartialDate) else names_of(type(value))
    return {name: getattr(value, name) for name in names} if names else None


def _facts(criterion: Criterion, profile: Profile) -> Iterator[FactRead]:
    for read in criterion.reads:
        path = read.path if isinstance(read, Maybe) else read
        fact = _fact(path, profile)
        if fact.stated or not isinstance(read, Maybe):
            yield fact


def _fact(path: str, profile: Profile) -> FactRead:
    pointer = pointer_of(path)
    value = profile.fact(path)
    return _placed(profile, pointer, title_of(path), _shown(value), stated=value is not None)


def _entries(entries: tuple[Any, ...], profile: Profile) -> Iterator[FactRead]:
    for pointer, entry in profile.pointers_of(entries):
        name = "kept private" if getattr(entry, "private", False) else label(entry)
        yield _placed(profile, pointer, name, name)


def _placed(profile: Profile, pointer: str, name: str, value: Any, *, stated: bool = True) -> FactRead:
    """A fact with where it stands; one that is not stated stands nowhere, though a workbook has a cell for it."""
    cell = profile.origin.cells.get(pointer) if stated else None
    return FactRead(pointer, name, profile.origin.lines.get(pointer), value, stated, cell)


def _shown(value: Any) -> Any:
    """A fact as a report shows it: lists by their size, everything else as it is."""
    if isinstance(value, Listing):
        return {"of": value.of, "listed": value.listed}
    if value is None or isinstance(value, bool | int | float | str):
        return value
    parts = _parts(value)
    if parts is None:
        return str(value)
    return {name: _shown(part) for name, part in parts.items() if part is not None}


def broken(criterion: Criterion, said: str = BROKEN) -> CriterionResult:
    """What stands for a criterion of which not even its texts could be put together."""
    result = missing_part("", "")
    return changed(
        result, id=criterion.id, question=str(criterion.question), priority=criterion.priority, message=said, show="",
        gates=criterion.gates,
    )  # fmt: skip


def missing_part(plugin_name: str, pack: str) -> CriterionResult:
    """What stands in the report for a plugin that could not be loaded: an error that caps as an unknown would."""
    from engagecheck.model.report import Priority

    return CriterionResult(
        id=f"{plugin_name}/loaded",
        question="Could this rule be put to the profile?",
        outcome=Outcome.ERROR,
        value=None,
        value_text="",
        counted=None,
        unit="",
        yardstick=YardstickShown("yes", "yes_no", True),
        basis=Basis.JUDGEMENT,
        source=None,
        priority=Priority.HIGH,
        facts=(),
        evidence=(),
        assurance=None,
        message=f"The plugin {plugin_name} of {pack} could not be loaded; this is a fault in the plugin.",
        recommendations=(),
        show="Ask whoever installed the plugin.",
    )
