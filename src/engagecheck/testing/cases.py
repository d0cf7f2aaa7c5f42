"""The cases of one criterion, one for each outcome that it can have and each edge, and what is checked for free."""

import copy
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from attrs import field, frozen

from engagecheck.audit.engine import walk
from engagecheck.intake.structure import is_listing, profile_from
from engagecheck.model import schema
from engagecheck.model.report import CriterionResult, Outcome
from engagecheck.plugin_host import check
from engagecheck.rules.criteria import Criterion, Maybe, everywhere
from engagecheck.rules.rule import ProfileExtension
from engagecheck.rules.yardsticks import Above, AtLeast, AtMost, Between
from engagecheck.testing.judge import document_of, judge
from engagecheck.testing.purity import watched

Json = Any
Facts = Mapping[str, Json]
RANK = {Outcome.MET: 2, Outcome.PARTLY_MET: 1, Outcome.NOT_MET: 0, Outcome.NOT_EVIDENCED: 0}


@frozen(init=False)
class Cases:
    """Facts by the outcome that they must give; each case is a dict with a value for each parameter of the measure.

        heard = Cases(rule["registrar-heard"], met=[{"percent": 20}], partly_met=[{"percent": 10}], not_met=[{"percent": 9}])

    `extension`: where facts of a plugin's own are read, so that nothing is tried that its schema would refuse.
    `check()` raises `AssertionError` with a sentence for everything that is wrong; `failures()` gives the sentences.
    """

    criterion: Criterion
    cases: tuple[tuple[Outcome, Facts], ...] = field(repr=False)
    extension: ProfileExtension | None = field(default=None, repr=False)

    def __init__(
        self, criterion: Criterion, *, extension: ProfileExtension | None = None, **by_outcome: Sequence[Facts]
    ) -> None:
        unknown = sorted(set(by_outcome) - {one.value for one in Outcome})
        if unknown:
            raise TypeError(f"there is no outcome called {unknown[0]!r}; there are {', '.join(Outcome)}")
        cases = tuple((Outcome(name), dict(facts)) for name, listed in by_outcome.items() for facts in listed)
        self.__attrs_init__(criterion, cases, extension)

    def check(self) -> None:
        """Raise `AssertionError` with all that is wrong."""
        found = list(self.failures())
        assert not found, "\n".join(found)  # noqa: S101  # this is a test

    def failures(self) -> Iterator[str]:
        """Everything that is wrong, in sentences that say what to change."""
        for _, check in self.checks():
            yield from check()

    def checks(self) -> Iterator[tuple[str, Callable[[], Iterator[str]]]]:
        """Every check by a name, for a test runner that wants a test for each."""
        if list(check.unknown_facts(self.criterion)):
            yield "metadata", self._metadata
            return
        yield "facts only", self._facts_only  # first, before anything is remembered
        yield "complete", self._complete
        for number, (outcome, facts) in enumerate(self.cases, 1):
            yield f"{number}-{outcome}", partial(self._case, outcome, facts)
        yield "facts left out never help", self._left_out
        yield "same again", self._same_again
        yield "metadata", self._metadata

    def _said(self, text: str) -> str:
        return f"{self.criterion.id}: {text}"

    def _case(self, outcome: Outcome, facts: Facts) -> Iterator[str]:
        found = self._judged(facts)
        if found.outcome is not outcome:
            value = f" (measured: {found.value_text or found.value!r})" if found.value is not None else ""
            yield self._said(
                f"with {_short(facts)} the outcome is {found.outcome}{value}, and the case says {outcome}. {found.message}"
            )
        if outcome in (Outcome.NOT_MET, Outcome.PARTLY_MET) and not found.recommendations:
            yield self._said(f"with {_short(facts)} nothing is recommended; give recommend= a recommendation")

    def _judged(self, facts: Facts) -> CriterionResult:
        return judge(self.criterion, **copy.deepcopy(dict(facts)))

    def _complete(self) -> Iterator[str]:
        """A case for each outcome that it can have and for each edge, and none twice."""
        had = {outcome for outcome, _ in self.cases}
        for outcome in self._possible():
            if outcome not in had:
                yield self._said(f"there is no case that is {outcome}; add {outcome}=[{{…}}]")
        seen: list[str] = []
        for _, facts in self.cases:
            text = json.dumps(_plainly(facts), sort_keys=True, default=str)
            if text in seen:
                yield self._said(f"the case {_short(facts)} stands twice; remove one")
            seen.append(text)
        values = [self._judged(facts).value for _, facts in self.cases]
        for edge in _edges(self.criterion.yardstick):
            if not any(isinstance(value, int | float) and abs(value - edge) < 2e-6 for value in values):
                yield self._said(f"no case measures {edge:g}, which is an edge of the yardstick; add one that does")

    def _possible(self) -> Iterator[Outcome]:
        yield Outcome.MET
        stick = self.criterion.yardstick
        if getattr(stick, "partly", None) not in (None, ()):
            yield Outcome.PARTLY_MET
        yield Outcome.NOT_MET
        needed = [read for read in self.criterion.reads if not isinstance(read, Maybe)]
        if any(read != "as_of" and not read.startswith("organisation") for read in needed):
            yield Outcome.NOT_EVIDENCED
        if self.criterion.applies != everywhere:
            yield Outcome.NOT_APPLICABLE

    def _left_out(self) -> Iterator[str]:
        """Taking a fact or an entry of a list away never improves the outcome, and never makes it not apply."""
        for _, facts in self.cases:
            before = self._judged(facts).outcome
            if before is Outcome.ERROR:
                continue
            for what, fewer in _fewer(facts):
                if not self._could_be(fewer):
                    continue
                try:
                    after = self._judged(fewer).outcome
                except TypeError:  # without it no profile is accepted
                    continue
                if after not in RANK and after is not before:
                    yield self._said(f"without {what} it is {after}; answer NotEvidenced where that fact is missing")
                elif RANK.get(after, 0) > RANK.get(before, 0):
                    yield self._said(
                        f"with {_short(facts)} it is {before}, and without {what} it is {after}: leaving a fact out must never "
                        "help; count over the stated total, and ask a list for share, count or whole"
                    )

    def _could_be(self, facts: Facts) -> bool:
        """Whether a profile with these facts would be accepted, as far as the extension's schema says."""
        if self.extension is None:
            return True
        part = document_of(self.criterion, facts).get("extensions", {}).get(self.extension.name, {})
        return not schema.complaints(part, self.extension.schema)

    def _facts_only(self) -> Iterator[str]:
        """No clock, file, network or chance, and the facts are left as they are."""
        for _, facts in self.cases:
            profile = profile_from(document_of(self.criterion, copy.deepcopy(dict(facts))))
            values = [profile.fact(path) for path in self.criterion.paths]
            before = repr(values)
            with watched() as touched:
                walk(self.criterion.suited(profile.organisation, profile.as_of), profile)
            for what in sorted(touched):
                yield self._said(f"the measure touches {what}; it may read nothing but the facts in reads=")
            if repr(values) != before:
                yield self._said(f"the measure changes the facts that it is given ({_short(facts)}); make new values instead")

    def _same_again(self) -> Iterator[str]:
        """The same result a second time, and with the entries of every list in another order."""
        for _, facts in self.cases:
            first, again = self._judged(facts), self._judged(facts)
            if (first.outcome, first.value) != (again.outcome, again.value):
                yield self._said(f"with {_short(facts)} a second run gives {again.outcome} instead of {first.outcome}")
            orders = [self._judged(_reordered(dict(facts), by)) for by in (_turned, _rotated)]
            turned = next((one for one in orders if (one.outcome, one.value) != (first.outcome, first.value)), None)
            if turned is not None:
                yield self._said(
                    f"with {_short(facts)} the order of a list matters ({first.outcome} becomes {turned.outcome}); "
                    "the same facts in another order are the same facts"
                )

    def _metadata(self) -> Iterator[str]:
        """Everything that a report prints of a criterion is there."""
        yield from (self._said(text) for text in check.complaints_of(self.criterion))


def _edges(stick: Any) -> tuple[float, ...]:
    """The edges of a numeric yardstick; an open edge is one too."""
    if isinstance(stick, Between):
        return tuple(sorted({*stick.met, *(stick.partly or ())}))
    if isinstance(stick, AtLeast | AtMost):
        partly = stick.partly.edge if isinstance(stick.partly, Above) else stick.partly
        return (stick.met,) if partly is None else (stick.met, partly)
    return ()


def _fewer(facts: Facts) -> Iterator[tuple[str, Facts]]:
    """The same facts with one taken away, or one entry of a list whose total stays."""
    for name in facts:
        if name not in ("organisation", "as_of"):
            yield name, {other: value for other, value in facts.items() if other != name}
            yield from ((what, {**facts, name: value}) for what, value in _thinner(facts[name], name))
    if len(facts) > 1:
        yield "all of its facts", {name: value for name, value in facts.items() if name in ("organisation", "as_of")}


def _thinner(value: Json, what: str) -> Iterator[tuple[str, Json]]:
    if isinstance(value, list):
        for place in range(len(value)):
            yield f"item {place + 1} of {what}", [*value[:place], *value[place + 1 :]]
    if isinstance(value, Mapping):
        if is_listing(value):
            for place in range(len(value["entries"])):
                kept = [entry for number, entry in enumerate(value["entries"]) if number != place]
                yield f"entry {place + 1} of {what}", {**value, "entries": kept}
        for name, part in value.items():
            if name != "entries":
                yield f"{name} of {what}", {other: kept for other, kept in value.items() if other != name}
                yield from ((deeper, {**value, name: thin}) for deeper, thin in _thinner(part, f"{name} of {what}"))
            else:
                for place, entry in enumerate(part):
                    for deeper, thin in _thinner(entry, f"entry {place + 1} of {what}"):
                        yield deeper, {**value, name: [*part[:place], thin, *part[place + 1 :]]}


def _turned(items: list[Json]) -> list[Json]:
    return items[::-1]


def _rotated(items: list[Json]) -> list[Json]:
    return [*items[1:], *items[:1]]


def _reordered(value: Json, by: Callable[[list[Json]], list[Json]]) -> Json:
    if isinstance(value, dict):
        return {name: _reordered(part, by) for name, part in value.items()}
    return [_reordered(part, by) for part in by(value)] if isinstance(value, list) else value


def _plainly(value: Json) -> Json:
    """20 and 20.0 are one case."""
    if isinstance(value, Mapping):
        return {name: _plainly(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_plainly(part) for part in value]
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _short(facts: Facts) -> str:
    text = ", ".join(f"{name}={json.dumps(value, default=str)}" for name, value in facts.items()) or "no facts"
    return text if len(text) <= 120 else f"{text[:117]}…"
