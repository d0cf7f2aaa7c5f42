"""The test cases of one criterion, and general checks that need no case."""

import copy
import json
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from attrs import field, frozen

from engagecheck.audit.answer import ask
from engagecheck.intake.checks import is_listing
from engagecheck.intake.validation import complaints
from engagecheck.model.outcomes import FROM_WORST, Outcome
from engagecheck.model.result import CriterionResult
from engagecheck.plugin_host.check import complaints_of, unknown_facts
from engagecheck.rules.criteria import Criterion, Maybe, everywhere
from engagecheck.rules.rule import ProfileExtension
from engagecheck.rules.yardsticks import Above, AtLeast, AtMost, Between
from engagecheck.testing.judge import document_of, judge, profile_of
from engagecheck.testing.purity import watched

Json = Any
Facts = Mapping[str, Json]


@frozen(init=False)
class Cases:
    """Facts by the outcome that they must give. Each case is a dict of values by the measure's parameters.

        heard = Cases(rule["registrar-heard"], met=[{"percent": 20}], partly_met=[{"percent": 10}], not_met=[{"percent": 9}])

    Give `extension` if the criterion reads facts of a plugin's extension. Facts that its schema refuses are then not tried.
    `check()` raises `AssertionError` with a sentence for each failure. `failures()` yields the sentences. Raises `TypeError`
    for an unknown outcome.
    """

    criterion: Criterion
    cases: tuple[tuple[Outcome, Facts], ...] = field(repr=False)
    extension: ProfileExtension | None = field(default=None, repr=False)

    def __init__(
        self, criterion: Criterion, *, extension: ProfileExtension | None = None, **by_outcome: Sequence[Facts]
    ) -> None:
        unknown = sorted(set(by_outcome) - {outcome.value for outcome in Outcome})
        if unknown:
            raise TypeError(f"there is no outcome called {unknown[0]!r}; there are {', '.join(Outcome)}")
        cases = tuple((Outcome(name), dict(facts)) for name, listed in by_outcome.items() for facts in listed)
        self.__attrs_init__(criterion, cases, extension)

    def check(self) -> None:
        """Run all checks. Raises `AssertionError` with all failures."""
        failures = list(self.failures())
        assert not failures, "\n".join(failures)  # noqa: S101  # this is a test

    def failures(self) -> Iterator[str]:
        """All failures, in sentences that say what to change."""
        for _, check in self.checks():
            yield from check()

    def checks(self) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
        """All checks with their names, for a test runner that makes a test of each."""
        if list(unknown_facts(self.criterion)):
            yield "metadata", self._metadata
            return
        yield "facts only", self._facts_only  # first, before the measure can cache anything
        yield "complete", self._complete
        for number, (outcome, facts) in enumerate(self.cases, 1):
            yield f"{number}-{outcome}", partial(self._case, outcome, facts)
        yield "facts left out never help", self._without_facts
        yield "same again", self._repeated
        yield "metadata", self._metadata

    def _message(self, text: str) -> str:
        return f"{self.criterion.id}: {text}"

    def _case(self, outcome: Outcome, facts: Facts) -> Iterator[str]:
        result = self._result(facts)
        if result.outcome is Outcome.ERROR and outcome is not Outcome.ERROR:
            yield self._message(f"with {_short(facts)} the measure fails: {self._exception(facts)}")
        elif result.outcome is not outcome:
            value = f" (measured: {result.value_text or result.value!r})" if result.value is not None else ""
            yield self._message(
                f"with {_short(facts)} the outcome is {result.outcome}{value}, and the case says {outcome}. {result.message}"
            )
        if outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET) and not result.recommendations:
            yield self._message(f"with {_short(facts)} nothing is recommended; give recommend= a recommendation")

    def _result(self, facts: Facts) -> CriterionResult:
        return judge(self.criterion, **copy.deepcopy(dict(facts)))

    def _exception(self, facts: Facts) -> str:
        """The text of the measure's exception, and the line in which it was raised."""
        profile = profile_of(self.criterion, copy.deepcopy(dict(facts)))
        text = ask(self.criterion.for_organisation(profile.organisation, profile.as_of), profile).exception
        try:
            self.criterion.measure(*(profile.fact(path) for path in self.criterion.paths))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a measure may call sys.exit
            frame = traceback.extract_tb(error.__traceback__)[-1]
            return f"{text} ({Path(frame.filename).name}, line {frame.lineno}: {frame.line})"
        return text  # it is the answer that cannot be judged

    def _complete(self) -> Iterator[str]:
        """Complain about outcomes and edges without a case, and about repeated cases."""
        covered = {outcome for outcome, _ in self.cases}
        for outcome in self._possible():
            if outcome not in covered:
                yield self._message(f"there is no case that is {outcome}; add {outcome}=[{{…}}]")
        seen: list[str] = []
        for _, facts in self.cases:
            text = json.dumps(_with_floats(facts), sort_keys=True, default=str)
            if text in seen:
                yield self._message(f"the case {_short(facts)} is there twice; remove one")
            seen.append(text)
        values = [self._result(facts).value for _, facts in self.cases]
        for edge in _edges(self.criterion.yardstick):
            if not any(isinstance(value, int | float) and abs(value - edge) < 2e-6 for value in values):
                yield self._message(f"no case measures {edge:g}, which is an edge of the yardstick; add one that does")

    def _possible(self) -> Iterator[Outcome]:
        yield Outcome.MET
        if getattr(self.criterion.yardstick, "partly", None) not in (None, ()):
            yield Outcome.PARTLY_MET
        yield Outcome.NOT_MET
        required = [path for path in self.criterion.reads if not isinstance(path, Maybe)]
        if any(path != "as_of" and not path.startswith("organisation") for path in required):
            yield Outcome.NOT_EVIDENCED
        if self.criterion.applies != everywhere:
            yield Outcome.NOT_APPLICABLE

    def _without_facts(self) -> Iterator[str]:
        """Complain if removing a fact or an entry raises the worst end, lowers the best end, or makes the criterion not apply.

        Read the other way round: adding a true fact never moves the two ends of what is possible apart.
        """
        for _, facts in self.cases:
            before = self._result(facts)
            if before.outcome is Outcome.ERROR:
                continue
            for what, reduced in _reduced_facts(facts):
                if not self._is_accepted(reduced):
                    continue
                try:
                    after = self._result(reduced)
                except (TypeError, msgspec.ValidationError):  # a profile without this part is refused
                    continue
                if after.outcome is before.outcome and not after.outcome.determined:
                    continue
                yield from self._compared(facts, what, before, after)

    def _compared(self, facts: Facts, what: str, before: CriterionResult, after: CriterionResult) -> Iterator[str]:
        """The complaint about a result after a fact is taken away, if there is one."""
        change = self._message(f"with {_short(facts)} it is {before.outcome}, and without {what} it is {after.outcome}")
        if after.outcome is Outcome.NOT_APPLICABLE or after.outcome is Outcome.ERROR:
            yield self._message(f"without {what} it is {after.outcome}; answer NotEvidenced where that fact is missing")
        elif before.outcome is Outcome.NOT_APPLICABLE:
            if after.at_worst is not Outcome.NOT_MET:
                yield f"{change}: leaving a fact out must never help; what does not apply must not become good"
        elif FROM_WORST.index(after.at_worst) > FROM_WORST.index(before.at_worst):
            yield f"{change}: leaving a fact out must never help; answer None for an entry that does not say"
        elif FROM_WORST.index(after.at_best) < FROM_WORST.index(before.at_best):
            yield f"{change}: what is not stated may still be so; answer None, or a Range, where a fact is missing"

    def _is_accepted(self, facts: Facts) -> bool:
        """Whether the extension's schema, if there is one, accepts the facts."""
        if self.extension is None:
            return True
        part = document_of(self.criterion, facts).get("extensions", {}).get(self.extension.name, {})
        return not complaints(part, self.extension.schema)

    def _facts_only(self) -> Iterator[str]:
        """Complain if the measure uses anything other than its facts, or changes them."""
        for _, facts in self.cases:
            profile = profile_of(self.criterion, copy.deepcopy(dict(facts)))
            values = [profile.fact(path) for path in self.criterion.paths]
            before = repr(values)
            with watched() as touched:
                ask(self.criterion.for_organisation(profile.organisation, profile.as_of), profile)
            for what in sorted(touched):
                yield self._message(f"the measure touches {what}; it may read nothing but the facts in reads=")
            if repr(values) != before:
                text = f"the measure changes the facts that it is given ({_short(facts)}); make new values instead"
                yield self._message(text)

    def _repeated(self) -> Iterator[str]:
        """Complain if a second run, or another order of the lists, gives another result."""
        for _, facts in self.cases:
            first, second = self._result(facts), self._result(facts)
            if (first.outcome, first.value) != (second.outcome, second.value):
                yield self._message(f"with {_short(facts)} a second run gives {second.outcome} instead of {first.outcome}")
            reordered = [self._result(_reordered(dict(facts), order)) for order in (_reversed, _rotated)]
            other = next((one for one in reordered if (one.outcome, one.value) != (first.outcome, first.value)), None)
            if other is not None:
                yield self._message(
                    f"with {_short(facts)} the order of a list matters ({first.outcome} becomes {other.outcome}); "
                    "the same facts in another order are the same facts"
                )

    def _metadata(self) -> Iterator[str]:
        yield from (self._message(text) for text in complaints_of(self.criterion))


def _edges(yardstick: Any) -> tuple[float, ...]:
    """The edges of a numeric yardstick, open edges included."""
    if isinstance(yardstick, Between):
        return tuple(sorted({*yardstick.met, *(yardstick.partly or ())}))
    if isinstance(yardstick, AtLeast | AtMost):
        partly = yardstick.partly.edge if isinstance(yardstick.partly, Above) else yardstick.partly
        return (yardstick.met,) if partly is None else (yardstick.met, partly)
    return ()


def _reduced_facts(facts: Facts) -> Iterator[tuple[str, Facts]]:
    """The facts without one of them or a part of one, each with the name of the removed part. Stated totals stay."""
    for name in facts:
        if name not in ("organisation", "as_of"):
            yield name, {other: value for other, value in facts.items() if other != name}
            yield from ((what, {**facts, name: value}) for what, value in _reduced(facts[name], name))
    if len(facts) > 1:
        yield "all of its facts", {name: value for name, value in facts.items() if name in ("organisation", "as_of")}


def _reduced(value: Json, what: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, list):
        for number, rest in enumerate(_without_one(value), 1):
            yield f"item {number} of {what}", rest
    if isinstance(value, Mapping):
        if is_listing(value):
            for number, rest in enumerate(_without_one(value["entries"]), 1):
                yield f"entry {number} of {what}", {**value, "entries": rest}
        for name, part in value.items():
            if name != "entries":
                yield f"{name} of {what}", {other: kept for other, kept in value.items() if other != name}
                yield from ((inner, {**value, name: reduced}) for inner, reduced in _reduced(part, f"{name} of {what}"))
            else:
                for index, entry in enumerate(part):
                    for inner, reduced in _reduced(entry, f"entry {index + 1} of {what}"):
                        yield inner, {**value, name: [*part[:index], reduced, *part[index + 1 :]]}


def _without_one(items: Sequence[Json]) -> Iterator[list[Json]]:
    return ([*items[:index], *items[index + 1 :]] for index in range(len(items)))


def _reversed(items: list[Json]) -> list[Json]:
    return items[::-1]


def _rotated(items: list[Json]) -> list[Json]:
    return [*items[1:], *items[:1]]


def _reordered(value: Json, order: Callable[[list[Json]], list[Json]]) -> Json:
    if isinstance(value, dict):
        return {name: _reordered(part, order) for name, part in value.items()}
    return [_reordered(part, order) for part in order(value)] if isinstance(value, list) else value


def _with_floats(value: Json) -> Json:
    """The value with all integers as floats, so that 20 and 20.0 are the same case."""
    if isinstance(value, Mapping):
        return {name: _with_floats(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_with_floats(part) for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short(facts: Facts) -> str:
    text = ", ".join(f"{name}={json.dumps(value, default=str)}" for name, value in facts.items()) or "no facts"
    return text if len(text) <= 120 else f"{text[:117]}…"
