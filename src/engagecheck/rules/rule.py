"""A rule: one plugin module, one finding. Its criteria are functions under `@rule.criterion`."""

import inspect
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeVar

from attrs import Factory, define, evolve, field, frozen

from engagecheck.errors import RuleRefused
from engagecheck.model.outcomes import Assurance, Basis, Priority, Status
from engagecheck.model.result import Advice
from engagecheck.rules.criteria import Applies, Criterion, Maybe, Variant, everywhere
from engagecheck.rules.yardsticks import Yardstick

Measure = TypeVar("Measure", bound=Callable[..., Any])
ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@frozen
class Source:
    """A published source. `seen` says which part of it was read; `parts` names the passages that are cited.

    A criterion cites it by `id`, or by `id/part`. `about` says which organisations its figures or demands concern: for
    any other, a threshold that rests on it is a judgement that the source only prompted. `effective_from` and
    `effective_to` are the days between which it is in force, such as 2025-08-29.
    """

    id: str
    title: str
    publisher: str
    date: str
    address: str
    seen: str
    parts: Mapping[str, str] = Factory(dict)
    about: Applies = everywhere
    effective_from: str | None = None
    effective_to: str | None = None


@frozen
class ProfileExtension:
    """The JSON Schema of a plugin's own part of a profile: `/extensions/NAME`."""

    name: str
    schema: Mapping[str, Any]


@define
class Rule:
    """One finding and the criteria that it is judged by. Without an `id`, it gets the name of its entry point or file.

    `version` changes whenever the same profile could get another outcome: audits are compared within one version.
    An experimental rule never gates; a deprecated one names the rule to use instead in `replaced_by`.
    """

    id: str = ""
    title: str = field(kw_only=True)
    source: str = field(default="", kw_only=True)
    why: str = field(default="", kw_only=True)
    version: str = field(default="1", kw_only=True)
    status: Status = field(default=Status.STABLE, converter=Status, kw_only=True)
    replaced_by: str = field(default="", kw_only=True)
    criteria: tuple[Criterion, ...] = field(default=(), init=False, repr=False)

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
        unit: str = "",
        applies: Applies = everywhere,
        prompted: bool = False,
        variants: Iterable[Variant] = (),
        same_cause_as: str = "",
        max_age: int = 24,
        min_assurance: Assurance | str | None = None,
    ) -> Callable[[Measure], Measure]:
        """Make a criterion of a measure: a function of the facts in `reads`, in that order.

        Without a `name`, the name is that of the function. `prompted` says that the source only prompted a threshold
        that is our own judgement. `variants` say what is different for some organisations. `same_cause_as` names a
        criterion with the same cause. `max_age` is the age in months after which evidence is stale. The function is
        returned unchanged. Raises `RuleRefused` if function and declaration do not fit.
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
        takes = len(inspect.signature(measure).parameters)
        if takes != len(paths):
            raise RuleRefused(
                f"{identity}: the measure takes {takes} facts and reads= names {len(paths)}; make the two agree"
            )
