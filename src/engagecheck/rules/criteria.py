"""A criterion is a measure and a yardstick.

The measure is a pure function of the facts that it names. The yardstick says, as data, which values are good enough.
Everything else that a report says about a criterion follows from these two.
"""

import json
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import Any

import msgspec
from attrs import evolve, field, frozen

from engagecheck.model.dates import day
from engagecheck.model.outcomes import Assurance, Basis, Effort, Priority
from engagecheck.model.profile import Organisation
from engagecheck.model.result import Advice, YardstickShown
from engagecheck.model.schema import title_of
from engagecheck.rules.yardsticks import Yardstick

BUNDLED_KINDS = ("at_least", "at_most", "between", "yes_no", "grades")
"""The kinds of yardstick that come with the program."""


@frozen
class Applies:
    """The organisations that a criterion applies to, as data. Where it is not known whether it applies, it is asked:
    leaving out a fact must never help.

    Empty means everyone. `since` and `until` are the first and last day of `as_of` on which it applies. `hosts_residents`
    means only those where resident doctors work, and `designated` only designated bodies. `to` names them in words.
    """

    types: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    to: str = ""
    hosts_residents: bool = False
    designated: bool = False

    def reason_not(self, organisation: Organisation, as_of: date) -> str | None:
        """Why it does not apply, or `None` if it does."""
        if self.types and organisation.type not in self.types:
            return f"asked of {self.to} only"
        if self.countries and organisation.country not in self.countries:
            return f"asked of {self.to} only"
        if self.hosts_residents and organisation.hosts_resident_doctors is False:
            return "no resident doctors work here"
        if self.designated and organisation.designated_body is False:
            return "the organisation is not a designated body"
        if self.since is not None and as_of < self.since:
            return f"the requirement was not yet in force on {day(as_of)}"
        if self.until is not None and as_of > self.until:
            return f"the requirement was no longer in force on {day(as_of)}"
        return None

    def surely_applies(self, organisation: Organisation, as_of: date) -> bool:
        """Whether it applies whatever is not known of the organisation."""
        is_known = not self.hosts_residents or organisation.hosts_resident_doctors is not None
        is_known = is_known and not (self.designated and organisation.designated_body is None)
        return is_known and self.reason_not(organisation, as_of) is None


everywhere = Applies()
english_trusts = Applies(
    types=("nhs_trust", "nhs_foundation_trust", "nhs_ambulance_trust"), countries=("England",), to="NHS trusts in England"
)
where_residents_work = Applies(hosts_residents=True, to="organisations where resident doctors work")
where_designated = Applies(designated=True, to="designated bodies")
in_england = Applies(countries=("England",), to="organisations in England")


@frozen
class Variant:
    """What is different for some organisations: those that `within` surely applies to, or `outside` surely not."""

    within: Applies | None = None
    outside: Applies | None = None
    yardstick: Yardstick | None = None
    basis: Basis | None = None
    priority: Priority | None = None
    gates: bool = True

    def fits(self, organisation: Organisation, as_of: date) -> bool:
        """Whether this variant is meant for an organisation."""
        inside = self.within is None or self.within.surely_applies(organisation, as_of)
        return inside and (self.outside is None or self.outside.reason_not(organisation, as_of) is not None)


@frozen
class Maybe:
    """A fact that a measure can do without. The measure gets `None` if the profile does not state it."""

    path: str


def maybe(path: str) -> Maybe:
    """Read a fact if it is there."""
    return Maybe(path)


def recommendation(
    text: str, *, owner: str, horizon: str, effort: str, success: str, reference: str = "", case: str = ""
) -> Advice:
    """A recommendation: what to do, who owns it, by when, how much work it is, and how to tell that it worked.

    With a `case`, it is given only if the measure answered with that grade, or with that `Measured.case`.
    """
    return Advice(text, owner, horizon, Effort(effort), success, reference, case)


@frozen
class Criterion:
    """One question that is asked of a profile. `id` is `rule-id/criterion-id`; `summary` says what the measure measures.

    `label` names what is measured, as it stands before the value: "Empty posts". Without it, papers print the question.
    `gates=False` keeps it out of the gate whatever its outcome. `same_cause_as` names a criterion with the same cause, so
    that one cause gets one recommendation. Evidence older than `max_age` months is stale. If the evidence is weaker than
    `min_assurance`, what would be met counts as not shown. `show` names the document that would answer the question.
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
    label: str = ""
    applies: Applies = everywhere
    prompted: bool = False
    variants: tuple[Variant, ...] = ()
    gates: bool = True
    same_cause_as: str = ""
    max_age: int = 24
    min_assurance: Assurance | None = None

    def for_organisation(self, organisation: Organisation, as_of: date) -> "Criterion":
        """The criterion as it is asked of an organisation: with the first variant that fits, if one does."""
        return self.with_variant(next((one for one in self.variants if one.fits(organisation, as_of)), None))

    def with_variant(self, variant: Variant | None) -> "Criterion":
        """The criterion with the changes of a variant."""
        if variant is None:
            return self
        return evolve(
            self,
            yardstick=variant.yardstick or self.yardstick,
            basis=variant.basis or self.basis,
            priority=variant.priority or self.priority,
            gates=variant.gates,
        )

    @cached_property
    def paths(self) -> tuple[str, ...]:
        """The paths of all facts that it reads."""
        return tuple(read.path if isinstance(read, Maybe) else read for read in self.reads)

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The paths of the facts that it cannot do without."""
        return tuple(read for read in self.reads if not isinstance(read, Maybe))

    @cached_property
    def evidenced(self) -> tuple[str, ...]:
        """The paths of the facts that evidence is asked for: not of the organisation itself, nor of the date of the audit."""
        return tuple(path for path in self.paths if path.partition(".")[0] not in ("as_of", "organisation"))

    def advice(self, case: str = "") -> tuple[Advice, ...]:
        """What to do in a case if it is not met. Without a recommendation, the next step is the question itself."""
        fitting = [one for one in self.recommend if one.case == case] or [one for one in self.recommend if not one.case]
        return tuple(fitting) or (Advice(self.question, "", "", Effort.MEDIUM, ""),)

    @property
    def document(self) -> str:
        """What would answer the question: `show`, or the titles of the facts."""
        return self.show or ", ".join(title_of(path) for path in self.paths)

    def yardstick_in(self, unit: str) -> YardstickShown:
        """The yardstick in words, and its edges as data. Raises whatever is wrong with a plugin's own yardstick."""
        yardstick = self.yardstick
        if yardstick.kind not in BUNDLED_KINDS:
            json.dumps([_plain(yardstick.met), _plain(yardstick.partly)])  # raises for an edge that no report can hold
        small = getattr(yardstick, "one_short", None)
        return YardstickShown(yardstick.describe(unit), yardstick.kind, _plain(yardstick.met), _plain(yardstick.partly), small)


def _plain(edge: Any) -> Any:
    """An edge as plain JSON values."""
    plain = msgspec.to_builtins(edge)
    return list(plain) if isinstance(plain, tuple) else plain
