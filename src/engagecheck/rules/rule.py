"""A rule: one plugin module, one finding. Its criteria are functions under `@rule.criterion`."""

import re
from collections.abc import Callable, Iterable, Mapping
from types import FunctionType
from typing import Any, TypeVar

from engagecheck.errors import RuleRefused
from engagecheck.model.late import inspect
from engagecheck.model.records import Factory, record
from engagecheck.model.report import Advice, Assurance, Basis, Priority, Status
from engagecheck.rules.criteria import Applies, Criterion, Maybe, Variant, everywhere
from engagecheck.rules.yardsticks import Yardstick

Measure = TypeVar("Measure", bound=Callable[..., Any])
_CATCHES_ALL = 4 | 8
"""`inspect.CO_VARARGS` and `CO_VARKEYWORDS`: flags of a function with `*facts` or `**facts`."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


@record
class Source:
    """A published source. `seen` says what of it was read; `parts` names the passages that are cited.

    A criterion cites it by `id`, or by `id/part`. `about` says whom its figures or demands are about: for any
    other organisation, a threshold that rests on it is a judgement that the source only prompted.
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


@record
class ProfileExtension:
    """The JSON Schema of a plugin's own part of a profile: `/extensions/NAME`."""

    name: str
    schema: Mapping[str, Any]


class Rule:
    """One finding and the criteria that it is judged by. `id` is the name of its entry point or file.

    `version` changes whenever the same profile could get another outcome: audits are compared within one version.
    `status` is experimental (it never gates), stable, or deprecated; `replaced_by` names the rule to use instead.
    """

    def __init__(
        self, id: str, *, title: str, source: str, why: str, version: str = "1", status: Status | str = Status.STABLE,  # noqa: A002
        replaced_by: str = "",
    ) -> None:  # fmt: skip
        self.id, self.title, self.source, self.why, self.version = id, title, source, why, version
        self.status, self.replaced_by = status, replaced_by  # the setter takes a name too
        self.criteria: tuple[Criterion, ...] = ()

    @property
    def status(self) -> Status:
        """Where it is in its life."""
        return self._status

    @status.setter
    def status(self, status: Status | str) -> None:
        self._status = Status(status)

    def __repr__(self) -> str:
        return f"Rule({self.id!r}, title={self.title!r}, version={self.version!r}, status={self.status.value!r})"

    def copy(self) -> "Rule":
        """Another one like it; what is changed in one is not in the other."""
        made = Rule.__new__(type(self))
        made.__dict__.update(self.__dict__)
        return made

    def __getitem__(self, name: str) -> Criterion:
        """The criterion of that name, without the rule's own id; `KeyError` if there is none."""
        for criterion in self.criteria:
            if criterion.id == f"{self.id}/{name}":
                return criterion
        raise KeyError(f"{self.id}/{name}")

    def criterion(
        self,
        name: str,
        *,
        question: str,
        reads: str | Maybe | Iterable[str | Maybe],
        yardstick: Yardstick,
        basis: Basis | str,
        source: str,
        priority: Priority | str,
        recommend: Advice | Iterable[Advice],
        show: str,
        unit: str = "",
        applies: Applies = everywhere,
        prompted: bool = False,
        variants: Iterable[Variant] = (),
        beside: str = "",
        max_age: int = 24,
        min_assurance: Assurance | str | None = None,
    ) -> Callable[[Measure], Measure]:
        """Make a criterion of a measure: a function of the facts in `reads`, in that order.

        `prompted` says that the source only prompted a threshold that is our own judgement; `variants` what is
        different for some organisations; `beside` names a criterion of the same cause; `max_age` is the age in months
        after which evidence is stale, `min_assurance` how strong it must be at least. The function is returned unchanged;
        raises `RuleRefused` when function and declaration do not fit.
        """

        def declare(measure: Measure) -> Measure:
            paths = (reads,) if isinstance(reads, str | Maybe) else tuple(reads)
            identity = f"{self.id}/{name}"
            self._check(identity, name, paths, measure)
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
                    beside=beside,
                    max_age=max_age,
                    min_assurance=Assurance(min_assurance) if min_assurance else None,
                ),
            )
            return measure

        return declare

    def _check(self, identity: str, name: str, paths: tuple[str | Maybe, ...], measure: Callable[..., Any]) -> None:
        if not _ID.fullmatch(name):
            raise RuleRefused(f"{identity}: write the id in lower case with hyphens, such as chief-executive-tenure")
        if any(criterion.id == identity for criterion in self.criteria):
            raise RuleRefused(f"{identity}: the rule has two criteria of this name; rename one")
        wanted = _wanted(measure)
        if wanted != len(paths):
            raise RuleRefused(
                f"{identity}: the measure takes {wanted} facts and reads= names {len(paths)}; make the two agree"
            )
        if not inspect.cleandoc(measure.__doc__ or ""):
            raise RuleRefused(f"{identity}: the measure needs a docstring that says what it measures")


def _wanted(measure: Callable[..., Any]) -> int:
    """How many facts a measure takes."""
    if type(measure) is FunctionType and not vars(measure):  # nothing wraps it
        code = measure.__code__
        if not code.co_flags & _CATCHES_ALL:
            return code.co_argcount + code.co_kwonlyargcount
    return len(inspect.signature(measure).parameters)
