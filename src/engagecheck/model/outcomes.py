"""The values that a result can take on each of its axes. No axis ever overwrites another."""

from enum import StrEnum


class Outcome(StrEnum):
    """The outcome of a criterion, of a finding, or of a rule that could not be loaded."""

    MET = "met"
    PARTLY_MET = "partly_met"
    NOT_MET = "not_met"
    NOT_EVIDENCED = "not_evidenced"
    NOT_APPLICABLE = "not_applicable"
    ERROR = "error"

    @property
    def determined(self) -> bool:
        """Whether the facts decided it."""
        return self in FROM_WORST


MET, PARTLY_MET, NOT_MET, NOT_EVIDENCED, NOT_APPLICABLE, ERROR = Outcome
"""The outcomes by their names alone, for what looks at every answer: Python 3.11 is slow to find a member in its class."""
FROM_WORST = (NOT_MET, PARTLY_MET, MET)
"""The outcomes that facts can decide, the worst first."""


class Basis(StrEnum):
    """Where a threshold comes from: a rule-maker requires it, published figures, or our judgement."""

    STANDARD = "standard"
    BENCHMARK = "benchmark"
    JUDGEMENT = "judgement"


class Priority(StrEnum):
    """How much a criterion weighs. `CAPS` weighs nothing, but limits the level as a high priority does."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    CAPS = "caps"


ESSENTIAL = (Priority.HIGH, Priority.CAPS)
"""The priorities of which a question is a red flag if it is not met."""


class Effort(StrEnum):
    """How much work a recommendation asks for."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class FlagKind(StrEnum):
    """What ends a red flag: put right what is not met, show what is not shown, or explain figures that disagree."""

    PUT_RIGHT = "put_right"
    SHOW = "show"
    EXPLAIN = "explain"


class Level(StrEnum):
    """The level of the indicative rating, from the lowest."""

    UNPROVEN = "unproven"
    STARTING = "starting"
    BUILDING = "building"
    SUSTAINING = "sustaining"


class Assurance(StrEnum):
    """How strong the evidence of a fact is, from the weakest."""

    ASSERTED = "asserted"
    DOCUMENTED = "documented"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"


class Freshness(StrEnum):
    """How old the evidence is, compared with the age that the criterion allows. Undated evidence ranks with stale."""

    CURRENT = "current"
    AGEING = "ageing"
    STALE = "stale"
    UNDATED = "undated"


class Status(StrEnum):
    """Where a rule is in its life. An experimental rule never gates."""

    EXPERIMENTAL = "experimental"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Disposition(StrEnum):
    """What people say about a result: a gap accepted, an attestation, or an attestation that the facts dispute."""

    NONE = "none"
    ACCEPTED = "accepted"
    ATTESTED = "attested"
    DISPUTED = "disputed"


class SignatureState(StrEnum):
    """Whether a signature covers the profile as it is, an earlier state of it, or was typed and never recorded."""

    CURRENT = "current"
    CHANGED = "changed"
    UNRECORDED = "unrecorded"
