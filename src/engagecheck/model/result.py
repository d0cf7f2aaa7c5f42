"""The result of an audit for one criterion, with everything that a report shows about it. Values only."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from engagecheck.model.outcomes import Assurance, Basis, Disposition, Effort, Freshness, Outcome, Priority


class FactRead(Struct, frozen=True):
    """A fact that a criterion read: its JSON Pointer, its value, and its line in a JSON file or cell in a workbook."""

    pointer: str
    label: str
    line: int | None
    value: Any
    stated: bool = True
    cell: str | None = None


class EvidenceCited(Struct, frozen=True):
    """Evidence behind a fact, with its freshness for the criterion that reads the fact."""

    id: str
    title: str
    kind: str
    publisher: str | None
    effective: str | None
    assurance: Assurance
    reference: str | None
    freshness: Freshness = Freshness.UNDATED


class SourceCited(Struct, frozen=True):
    """A source as a report prints it. If `prompted` is true, the source prompted the threshold but does not state it.

    `authority` is who requires, advises or found it, and `read_in` is where it was read. The dates in force are None
    where they are not known, or where nothing is in force.
    """

    id: str
    title: str
    authority: str
    read_in: str
    date: str
    address: str
    part: str = ""
    prompted: bool = False
    effective_from: str | None = None
    effective_to: str | None = None


class YardstickShown(Struct, frozen=True):
    """A yardstick as a report prints it: its words, and its limits as data.

    With `one_short`, a share that is exactly one short is at least partly met.
    """

    text: str
    kind: str
    met: Any
    partly: Any = None
    one_short: bool | None = None


class Advice(Struct, frozen=True):
    """A recommendation: its text, owner, deadline, effort, and the sign of success. `case` is the state that it is for."""

    text: str
    owner: str
    horizon: str
    effort: Effort
    success: str
    reference: str = ""
    case: str = ""


class Override(Struct, frozen=True):
    """An accepted gap or an attestation, with the role and the dates. `text` is the reason or the statement."""

    kind: str
    criterion: str
    text: str
    role: str
    on: str
    until: str
    method: str = ""


class Tailored(Struct, frozen=True):
    """The default threshold of a tailored criterion, the outcome by default with its ends, and the reason for the change."""

    yardstick: YardstickShown
    outcome: Outcome
    at_worst: Outcome
    at_best: Outcome
    reason: str


class CriterionResult(Struct, frozen=True):
    """The result of one criterion. `id` is `rule-id/criterion-id`. `counted` is the count behind a share.

    `at_worst` and `at_best` are the outcomes at both ends of what the facts allow; where they differ, `outcome` is
    `not_evidenced`, and `value` is the pair of its ends (`None` for an end that is not known). `outcome` is always the
    computed one. `disposition` shows what people have stated about it. `flags` says whether it is a red flag unless its
    worst end is at least partly met; `documented` whether every fact that it needs rests on a current document or better.
    `label` names what is measured. It is empty if the rule does not say.
    """

    id: str
    question: str
    outcome: Outcome
    value: bool | int | float | str | tuple[bool | int | float | str | None, ...] | None
    value_text: str
    counted: Mapping[str, int] | None
    unit: str
    yardstick: YardstickShown
    basis: Basis
    source: SourceCited | None
    priority: Priority
    facts: tuple[FactRead, ...]
    evidence: tuple[EvidenceCited, ...]
    assurance: Assurance | None
    message: str
    recommendations: tuple[Advice, ...]
    show: str
    gates: bool = True
    same_cause_as: str = field(default="", name="beside")  # reports of version 1.0 call it so
    freshness: Freshness | None = None
    max_age: int = 24
    min_assurance: Assurance | None = None
    disposition: Disposition = Disposition.NONE
    overrides: tuple[Override, ...] = ()
    by_default: Tailored | None = None
    at_worst: Outcome = Outcome.NOT_MET
    at_best: Outcome = Outcome.MET
    flags: bool = False
    documented: bool = False
    label: str = ""
