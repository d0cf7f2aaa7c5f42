"""The axes of a result, which never overwrite one another."""

from enum import StrEnum


class Word(StrEnum):
    """A word of an axis. It is found in a table as its text is, which takes a third of the time of an enum's own way."""

    __hash__ = str.__hash__


class Outcome(Word):
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
        return self in (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)


MET, PARTLY_MET, NOT_MET, NOT_EVIDENCED, NOT_APPLICABLE, ERROR = Outcome
"""The same for where they are asked for again and again: in its class, Python 3.11 finds one in four times the time."""


class Basis(Word):
    """Where a threshold comes from: a rule-maker demands it, published figures, or our judgement."""

    STANDARD = "standard"
    BENCHMARK = "benchmark"
    JUDGEMENT = "judgement"


class Priority(Word):
    """How much a criterion weighs. `caps`: nothing, but it caps the level as a high priority does."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    CAPS = "caps"


class Effort(Word):
    """How much work a recommendation asks for."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class Level(Word):
    """The level of the indicative opinion, from the lowest."""

    UNPROVEN = "unproven"
    STARTING = "starting"
    BUILDING = "building"
    SUSTAINING = "sustaining"


class Assurance(Word):
    """How strong the evidence of a fact is, from the weakest."""

    ASSERTED = "asserted"
    DOCUMENTED = "documented"
    CORROBORATED = "corroborated"
    VERIFIED = "verified"


class Freshness(Word):
    """How old the evidence behind a criterion is, against the age that the criterion allows; undated ranks with stale."""

    CURRENT = "current"
    AGEING = "ageing"
    STALE = "stale"
    UNDATED = "undated"


class Status(Word):
    """Where a rule is in its life. An experimental one never gates."""

    EXPERIMENTAL = "experimental"
    STABLE = "stable"
    DEPRECATED = "deprecated"


class Disposition(Word):
    """What people have said of a result, beside it: a gap accepted, an attestation, or one that the facts dispute."""

    NONE = "none"
    ACCEPTED = "accepted"
    ATTESTED = "attested"
    DISPUTED = "disputed"
