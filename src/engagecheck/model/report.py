"""What an audit says: values only, all of them frozen. Reporters render them and derive nothing."""

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from typing import Any
from weakref import ref

from engagecheck.errors import ExitCode
from engagecheck.model.outcomes import Assurance as Assurance
from engagecheck.model.outcomes import Basis as Basis
from engagecheck.model.outcomes import Disposition as Disposition
from engagecheck.model.outcomes import Effort as Effort
from engagecheck.model.outcomes import Freshness as Freshness
from engagecheck.model.outcomes import Level as Level
from engagecheck.model.outcomes import Outcome as Outcome
from engagecheck.model.outcomes import Priority as Priority
from engagecheck.model.outcomes import Status as Status
from engagecheck.model.records import Factory, names_of, record
from engagecheck.model.result import Advice as Advice
from engagecheck.model.result import CriterionResult as CriterionResult
from engagecheck.model.result import EvidenceCited as EvidenceCited
from engagecheck.model.result import FactRead as FactRead
from engagecheck.model.result import Override as Override
from engagecheck.model.result import SourceCited as SourceCited
from engagecheck.model.result import Tailored as Tailored
from engagecheck.model.result import YardstickShown as YardstickShown


@record
class Score:
    """A score from 0 to 100 as an interval: unknowns count as not met at the low end, as met at the high end."""

    low: int
    high: int


@record
class Coverage:
    """How many criteria the facts decided, of those that apply, of all; and how many of the others were attested."""

    determined: int
    applicable: int
    total: int
    attested: int = 0


@record
class Finding:
    """A rule's result for one profile. `left_out`: why it does not count in the rating, where it was left out.

    `digest`: of the source text of the plugin that brought the rule; `status` and `replaced_by`: where it is in its life.
    """

    rule: str
    title: str
    pack: str
    why: str
    source: SourceCited | None
    outcome: Outcome
    score: Score
    criteria: tuple[CriterionResult, ...]
    version: str = "1"
    left_out: str = ""
    digest: str = ""
    status: Status = Status.STABLE
    replaced_by: str = ""


@record
class Scale:
    """The level put into words by an opinion scale."""

    name: str
    word: str
    definition: str


@record
class NextStep:
    """A step ranked by what it would change: the level and the low end of the score once it is met."""

    criterion: str | None
    advice: Advice
    level: Level
    points: int


@record
class ToCollect:
    """A document to collect, the criteria it would settle, and by how many points it narrows the interval."""

    show: str
    criteria: tuple[str, ...]
    points: int


@record
class Judgement:
    """What is derived from the outcomes of one pack; level and gate `by_default` too, where it was tailored."""

    level: Level
    could_be: Level
    score: Score
    coverage: Coverage
    assessed: bool
    gate: bool
    by_default: Level | None = None
    gate_by_default: bool | None = None


@record
class Deviation:
    """Where this audit departs from the defaults: what, the default, what is used instead, and why."""

    what: str
    default: str
    used: str
    reason: str


@record
class Expiring:
    """Something that is out of date within 90 days: evidence, an accepted gap or an attestation."""

    what: str
    on: str
    days: int


@record
class OverrideNote:
    """An accepted gap or attestation that does not count, and why."""

    criterion: str
    kind: str
    why: str


@record
class Summary:
    """The opinion on the bundled pack, always indicative; `levels` are all levels in the words of its scale."""

    level: Level
    could_be: Level
    scale: Scale
    could_be_scale: Scale
    score: Score
    coverage: Coverage
    assessed: bool
    gate: bool
    next_steps: tuple[NextStep, ...]
    to_collect: tuple[ToCollect, ...]
    indicative: bool = True
    by_default: Level | None = None
    gate_by_default: bool | None = None
    levels: tuple[Scale, ...] = ()


@record
class Pack:
    """The rules of one distribution: their own score, level and gate. `digest`: of the source text of its plugins."""

    name: str
    version: str
    rules: tuple[str, ...]
    judgement: Judgement
    digest: str = ""


@record
class Subject:
    """The organisation that was audited."""

    name: str
    type: str
    country: str
    ods_code: str | None


@record
class Problem:
    """Something that went wrong in the tool or a plugin, not in the organisation."""

    kind: str
    where: str
    message: str


@record
class Tool:
    """The program that made the report."""

    name: str
    version: str


@record
class Gate:
    """By which priority the gate fails, and how many per cent of the questions must be answered."""

    fail_on: str = "high"
    min_coverage: float = 0


@record
class Report:
    """The whole result of an audit. All that may vary between two runs of the same input is in `run`."""

    tool: Tool
    subject: Subject
    as_of: str
    profile_digest: str
    summary: Summary
    packs: tuple[Pack, ...]
    findings: tuple[Finding, ...]
    facts_not_read: tuple[FactRead, ...]
    problems: tuple[Problem, ...]
    gate: Gate = Gate()
    inputs: Mapping[str, str] = Factory(dict)
    left_out: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    override_notes: tuple[OverrideNote, ...] = ()
    expiring: tuple[Expiring, ...] = ()
    outdated_sources: tuple[SourceCited, ...] = ()
    run: Mapping[str, Any] = Factory(dict)
    report_digest: str = ""
    schema_version: str = "0.1"

    @property
    def exit_code(self) -> ExitCode:
        """What the audit says to a pipeline: incomplete before gate, by the bundled pack."""
        return exit_code(self.problems, self.summary)


def exit_code(problems: Sequence[Problem], rating: Judgement | Summary) -> ExitCode:
    """What problems and the rating of the bundled pack say to a pipeline: incomplete before gate."""
    if problems or not rating.assessed:
        return ExitCode.INCOMPLETE
    return ExitCode.OK if rating.gate else ExitCode.GATE


_PLAIN = {str, bool, int, float, type(None)}


def as_json(value: Any) -> Any:
    """A report or a part of it as plain JSON values."""
    if type(value) in _PLAIN:
        return value
    if names := names_of(type(value)):  # the bulk of a report, whose plain values are not worth a call
        return {name: part if type(part := getattr(value, name)) in _PLAIN else as_json(part) for name in names}
    if isinstance(value, tuple | list):
        return [as_json(part) for part in value]
    if isinstance(value, Enum):
        return value._value_
    if isinstance(value, Mapping):
        return {str(name): as_json(part) for name, part in value.items()}
    return value


_latest: tuple[Callable[[], Any], Mapping[str, Any]] = (lambda: None, {})


def remember(report: Report, document: Mapping[str, Any]) -> None:
    """Keep the JSON values of the report that was made last: often, the next thing that is wanted of it are those."""
    global _latest
    _latest = ref(report), document


def document_of(report: Report) -> Mapping[str, Any]:
    """A report as plain JSON values that are not to be changed; `as_json` makes others."""
    latest, document = _latest
    made: Mapping[str, Any] = document if latest() is report else as_json(report)
    return made
