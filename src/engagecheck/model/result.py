"""What an audit says of one criterion: the result, and all that belongs to it. Values only."""

from collections.abc import Mapping
from typing import Any

from engagecheck.model.outcomes import Assurance, Basis, Disposition, Effort, Freshness, Outcome, Priority
from engagecheck.model.records import record


@record
class FactRead:
    """A fact that a criterion read: its JSON Pointer, its line in a JSON file or cell in a workbook, and its value."""

    pointer: str
    label: str
    line: int | None
    value: Any
    stated: bool = True
    cell: str | None = None


@record
class EvidenceCited:
    """A piece of evidence behind a fact, and how fresh it is for the criterion that reads the fact."""

    id: str
    title: str
    kind: str
    publisher: str | None
    effective: str | None
    assurance: Assurance
    reference: str | None
    freshness: Freshness = Freshness.UNDATED


@record
class SourceCited:
    """A source as a report prints it; `prompted`: the threshold is ours, the source only prompted it."""

    id: str
    title: str
    publisher: str
    date: str
    address: str
    part: str = ""
    prompted: bool = False


@record
class YardstickShown:
    """A yardstick as a report prints it: in words, and its edges as data.

    `one_short_below`: of a total under this, one short is never worse than partly met.
    """

    text: str
    kind: str
    met: Any
    partly: Any = None
    one_short_below: int | None = None


@record
class Advice:
    """A recommendation: text, who owns it, by when, how much work it is, and how to tell that it worked."""

    text: str
    owner: str
    horizon: str
    effort: Effort
    success: str
    reference: str = ""


@record
class Override:
    """What somebody has said of a result: a gap accepted (the reason) or an attestation (the statement), by role and date."""

    kind: str
    criterion: str
    text: str
    role: str
    on: str
    until: str
    method: str = ""


@record
class Tailored:
    """A threshold as it is by default, what the outcome would be by it, and why it was tailored."""

    yardstick: YardstickShown
    outcome: Outcome
    reason: str


@record
class CriterionResult:
    """The result of one criterion. `id` is `rule-id/criterion-id`; `counted` the count behind a share.

    The outcome is always the computed one; what people have said of it stands beside it in `disposition`.
    """

    id: str
    question: str
    outcome: Outcome
    value: bool | int | float | str | None
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
    beside: str = ""
    freshness: Freshness | None = None
    max_age: int = 24
    min_assurance: Assurance | None = None
    disposition: Disposition = Disposition.NONE
    overrides: tuple[Override, ...] = ()
    by_default: Tailored | None = None
