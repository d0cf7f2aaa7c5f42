"""A rule: one plugin module, one finding. Its criteria are functions under `@rule.criterion`."""

import datetime
import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from attrs import Factory, define, evolve, field, frozen

from engagecheck.errors import RuleRefused
from engagecheck.model.dates import PartialDate
from engagecheck.model.outcomes import Assurance, Basis, Priority, Status
from engagecheck.model.result import Advice
from engagecheck.rules.criteria import Applies, Criterion, Maybe, Variant, everywhere
from engagecheck.rules.yardsticks import Yardstick

Measure = TypeVar("Measure", bound=Callable[..., Any])
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
YEAR = re.compile(r"\d{4}", re.ASCII)


def days_of(text: str) -> tuple[datetime.date, datetime.date]:
    """The first and the last day that a year, a month or a day can mean, such as 2014, 2014-07 or 2014-07-10.

    Raises `ValueError` if the text is none of these.
    """
    if YEAR.fullmatch(text):
        return PartialDate(f"{text}-01").first, PartialDate(f"{text}-12").last
    exact = PartialDate(text)
    return exact.first, exact.last


@frozen
class Source:
    """A published source: who stands behind it, where it was read, and when it is in force.

    `authority` is who requires it, advises it or found it. `read_in` is the publication or the publisher where it was
    read, and may be the same. Write both as they stand in a sentence: "the General Medical Council". `date` is the year,
    month or day of what was read, such as 2014-07. Where that bears no date, `seen` says how the year is known; if it is
    only the year of reading, the title says so too. `address` is a whole address that a reader can follow. `seen` says
    which part was read; `parts` names the passages that are cited.

    A criterion cites it by `id`, or by `id/part`. `about` says which organisations its figures or demands concern: for
    any other, a threshold that rests on it is a judgement that the source only prompted.

    `effective_from` and `effective_to` are the first and the last day in force, each a year, month or day. A standard
    needs the first; without the second, no end is known. Advice and findings may leave out both: they are no rule in
    force, and do not expire.

    Raises `RuleRefused` if one of the two is not a date, or another of these texts is not a text.
    """

    id: str
    title: str
    authority: str
    read_in: str
    date: str
    address: str
    seen: str
    parts: Mapping[str, str] = Factory(dict)
    about: Applies = everywhere
    effective_from: str | None = None
    effective_to: str | None = None

    def __attrs_post_init__(self) -> None:
        for name in ("id", "title", "authority", "read_in", "date", "address", "seen"):
            if not isinstance(getattr(self, name), str):
                raise RuleRefused(f"source {self.id}: {name}={getattr(self, name)!r} is not a text; write it in quotes")
        for name, text in (("effective_from", self.effective_from), ("effective_to", self.effective_to)):
            try:
                if text is not None:
                    days_of(text)
            except (TypeError, ValueError):
                words = f"source {self.id}: {name}={text!r} is not a date; write it like '2025-08-29', '2025-08' or '2025'"
                raise RuleRefused(words) from None

    @cached_property
    def first_day(self) -> datetime.date:
        """The first day on which it can have been in force."""
        return days_of(self.effective_from)[0] if self.effective_from else datetime.date.min

    def has_begun(self, as_of: datetime.date) -> bool:
        """Whether it was in force on a day, or ever has been."""
        return self.first_day <= as_of

    def has_ended(self, as_of: datetime.date) -> bool:
        """Whether it was no longer in force on a day."""
        return self.effective_to is not None and days_of(self.effective_to)[1] < as_of


@frozen
class ProfileExtension:
    """The JSON Schema of a plugin's own part of a profile: `/extensions/NAME`."""

    name: str
    schema: Mapping[str, Any]


@define
class Rule:
    """One finding and the criteria that it is judged by. Without an `id`, it gets the name of its entry point or file.

    `version` changes whenever the same profile could get another outcome: audits are compared within one version.
    `weight` is the weight of this finding in the score, in which each finding usually weighs the same.
    An experimental rule never gates; a deprecated one names the rule to use instead in `replaced_by`.
    """

    id: str = ""
    title: str = field(kw_only=True)
    source: str = field(default="", kw_only=True)
    why: str = field(default="", kw_only=True)
    version: str = field(default="1", kw_only=True)
    status: Status = field(default=Status.STABLE, converter=Status, kw_only=True)
    replaced_by: str = field(default="", kw_only=True)
    weight: int = field(default=1, kw_only=True)
    criteria: tuple[Criterion, ...] = field(default=(), init=False, repr=False)

    @property
    def cites(self) -> set[str]:
        """The ids of the sources that it and its criteria cite."""
        return {source.partition("/")[0] for source in (self.source, *(one.source for one in self.criteria))} - {""}

    def named(self, name: str) -> "Rule":
        """A copy of this rule with an id, which its criteria carry too."""
        copy = evolve(self, id=name)
        copy.criteria = tuple(evolve(one, id=f"{name}/{one.id.rpartition('/')[2]}") for one in self.criteria)
        return copy

    def __getitem__(self, name: str) -> Criterion:
        """The criterion of that name, without the rule's own id; `KeyError` if there is none."""
        for criterion in self.criteria:
            if criterion.id == f"{self.id}/{name}":
                return criterion
        raise KeyError(f"{self.id}/{name}")

    def criterion(
        self,
        name: str = "",
        *,
        question: str,
        reads: str | Maybe | Iterable[str | Maybe],
        yardstick: Yardstick,
        basis: Basis | str = Basis.JUDGEMENT,
        source: str = "",
        priority: Priority | str = Priority.MEDIUM,
        recommend: Advice | Iterable[Advice] = (),
        show: str = "",
        label: str = "",
        unit: str = "",
        applies: Applies = everywhere,
        prompted: bool = False,
        variants: Iterable[Variant] = (),
        same_cause_as: str = "",
        max_age: int = 24,
        min_assurance: Assurance | str | None = None,
    ) -> Callable[[Measure], Measure]:
        """Make a criterion of a measure: a function of the facts in `reads`, in that order.

        Without a `name`, the name is that of the function. `label` names what is measured, for a sentence with the value:
        "Empty executive posts". `prompted` says that the source only prompted a threshold that is our own judgement.
        `variants` say what is different for some organisations. `same_cause_as` names a criterion with the same cause.
        `max_age` is the age in months after which evidence is stale. The function is returned unchanged. Raises
        `RuleRefused` if function and declaration do not fit.
        """

        def declare(measure: Measure) -> Measure:
            paths = (reads,) if isinstance(reads, str | Maybe) else tuple(reads)
            own = name or measure.__name__.replace("_", "-")
            identity = f"{self.id}/{own}"
            self._check(identity, own, paths, measure)
            self.criteria += (
                Criterion(
                    id=identity,
                    question=question,
                    summary=inspect.cleandoc(measure.__doc__ or ""),
                    reads=paths,
                    measure=measure,
                    unit=unit,
                    yardstick=yardstick,
                    basis=Basis(basis),
                    source=source,
                    priority=Priority(priority),
                    recommend=(recommend,) if isinstance(recommend, Advice) else tuple(recommend),
                    show=show,
                    label=label,
                    applies=applies,
                    prompted=prompted,
                    variants=tuple(variants),
                    same_cause_as=same_cause_as,
                    max_age=max_age,
                    min_assurance=Assurance(min_assurance) if min_assurance else None,
                ),
            )
            return measure

        return declare

    def _check(self, identity: str, name: str, paths: tuple[str | Maybe, ...], measure: Callable[..., Any]) -> None:
        if not ID.fullmatch(name):
            raise RuleRefused(f"{identity}: write the id in lower case with hyphens, such as chief-executive-tenure")
        if any(criterion.id == identity for criterion in self.criteria):
            raise RuleRefused(f"{identity}: the rule has two criteria of this name; rename one")
        if inspect.iscoroutinefunction(measure) or inspect.isgeneratorfunction(measure) or inspect.isasyncgenfunction(measure):
            raise RuleRefused(f"{identity}: the measure must return its answer; write a plain function, without async or yield")
        parameters = inspect.signature(measure).parameters
        for one in parameters.values():
            if one.kind not in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD):
                raise RuleRefused(f"{identity}: the measure gets its facts by place; write {one.name} as a plain parameter")
        takes, named = len(parameters), len(set(paths))
        if takes != named:
            raise RuleRefused(f"{identity}: the measure takes {takes} facts and reads= names {named}; make the two agree")
