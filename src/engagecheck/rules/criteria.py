"""A criterion is a measure and a yardstick.

The measure is a pure function of the facts that it names; the yardstick says, as data, which values are good
enough. Whatever else a report says of a criterion follows from these two.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

from engagecheck.model.profile import Organisation
from engagecheck.model.records import changed, field, record
from engagecheck.model.report import Advice, Assurance, Basis, Effort, Priority, YardstickShown, as_json
from engagecheck.rules.yardsticks import Yardstick

OURS = ("at_least", "at_most", "between", "yes_no", "grades")
"""The kinds of yardstick that come with the program."""


@record
class Applies:
    """To whom a criterion applies, as data: only the required facts of a profile are asked.

    Empty means everyone. `since` and `until` are the first and last day of `as_of` on which it applies.
    """

    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    to: str = ""

    def reason_not(self, organisation: Organisation, as_of: date) -> str | None:
        """Why it does not apply, or `None` if it does."""
        if self.types and organisation.type not in self.types:
            return f"asked of {self.to} only"
        if self.countries and organisation.country not in self.countries:
            return f"asked of {self.to} only"
        if self.since is not None and as_of < self.since:
            return f"not yet in force on {as_of.isoformat()}"
        if self.until is not None and as_of > self.until:
            return f"no longer in force on {as_of.isoformat()}"
        return None


everywhere = Applies()
english_trusts = Applies(
    types=("nhs_trust", "nhs_foundation_trust", "nhs_ambulance_trust"), countries=("England",), to="NHS trusts in England"
)


in_england = Applies(countries=("England",), to="organisations in England")


@record
class Variant:
    """What is different for some organisations: those that `within` holds for, or that `outside` does not hold for."""

    within: Applies | None = None
    outside: Applies | None = None
    yardstick: Yardstick | None = None
    basis: Basis | None = None
    priority: Priority | None = None
    gates: bool = True

    def fits(self, organisation: Organisation, as_of: date) -> bool:
        """Whether this is the variant for an organisation."""
        inside = self.within is None or self.within.reason_not(organisation, as_of) is None
        return inside and (self.outside is None or self.outside.reason_not(organisation, as_of) is not None)


@record
class Maybe:
    """A fact that a measure can do without: it arrives as `None` where the profile does not state it."""

    path: str


def maybe(path: str) -> Maybe:
    """Read a fact if it is there."""
    return Maybe(path)


def recommendation(
    text: str, *, owner: str, horizon: str, effort: str, success: str, reference: str = ""
) -> Advice:
    """A recommendation: who does what by when, how much work it is, and how to tell that it worked."""
    return Advice(text, owner, horizon, Effort(effort), success, reference)


@record
class Criterion:
    """One question put to a profile. `id` is `rule-id/criterion-id`; `summary` says what the measure measures.

    `gates=False` keeps it out of the gate whatever its outcome. `beside` names a criterion of the same cause, so
    that one cause is not counselled twice. Evidence older than `max_age` months is stale; with evidence weaker than
    `min_assurance`, what would be met counts as not shown.
    """

    id: str
    question: str
    summary: str
    reads: tuple[str | Maybe, ...]
    measure: Callable[..., Any] = field(repr=False)
    unit: str
    yardstick: Yardstick
    basis: Basis
    source: str
    priority: Priority
    recommend: tuple[Advice, ...]
    show: str
    applies: Applies = everywhere
    prompted: bool = False
    variants: tuple[Variant, ...] = ()
    gates: bool = True
    beside: str = ""
    max_age: int = 24
    min_assurance: Assurance | None = None

    def suited(self, organisation: Organisation, as_of: date) -> "Criterion":
        """The criterion as it is put to an organisation: by its first variant that fits, or as it stands."""
        return self.varied(next((one for one in self.variants if one.fits(organisation, as_of)), None))

    def varied(self, variant: Variant | None) -> "Criterion":
        """The criterion in a variant; without one, as it stands."""
        if variant is None:
            return self
        return changed(
            self,
            yardstick=variant.yardstick or self.yardstick,
            basis=variant.basis or self.basis,
            priority=variant.priority or self.priority,
            gates=variant.gates,
        )

    @cached_property
    def yardstick_shown(self) -> YardstickShown:
        """The yardstick in words, and its edges as data. Raises whatever is wrong with a plugin's own yardstick."""
        stick = self.yardstick
        small = getattr(stick, "one_short_below", None)
        if stick.kind not in OURS:
            json.dumps([as_json(stick.met), as_json(stick.partly)])  # TypeError where no report can hold it
        return YardstickShown(stick.describe(self.unit), stick.kind, _edges(stick.met), _edges(stick.partly), small)

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of all facts that it reads."""
        return tuple(read.path if isinstance(read, Maybe) else read for read in self.reads)


def _edges(edge: Any) -> Any:
    """An edge as JSON data, which nobody can change."""
    data = as_json(edge)
    return tuple(data) if isinstance(data, list) else data
