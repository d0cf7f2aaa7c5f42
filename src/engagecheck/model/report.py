"""The report of an audit, as frozen values. Reporters render the values and derive nothing."""

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from engagecheck.errors import ExitCode
from engagecheck.model.outcomes import FlagKind, Level, Outcome, SignatureState, Status
from engagecheck.model.result import Advice, CriterionResult, FactRead, SourceCited

VERSION = "0.1.0"
"""The version of this program. `pyproject.toml` states the same; a test compares them."""


class Score(Struct, frozen=True):
    """A score from 0 to 100 as an interval: what is unknown counts as badly as it can in `low`, as well as it can in `high`."""

    low: int
    high: int


class Coverage(Struct, frozen=True):
    """The number of criteria in all, the number that apply, and how many of these are decided or attested only."""

    determined: int
    applicable: int
    total: int
    attested: int = 0


class View(Struct, frozen=True):
    """What doctors said to one item of the questionnaire: their mean from 0 to 10, and how many answered (at least ten)."""

    item: str
    text: str
    mean: float
    n: int


class Finding(Struct, frozen=True):
    """The result of a rule for one profile. `weight` is the weight of its score in that of the pack.

    It has no score if nothing that applies has a weight, as with checks for contradictions.

    `left_out` is the reason if the rule does not count in the rating. `digest` is the digest of the plugin's source
    text. `status` and `replaced_by` describe the life cycle of the rule. `views` are the items of the questionnaire that
    belong to this finding; they change no outcome and no score.
    """

    rule: str
    title: str
    pack: str
    why: str
    source: SourceCited | None
    outcome: Outcome
    score: Score | None
    criteria: tuple[CriterionResult, ...]
    version: str = "1"
    left_out: str = ""
    digest: str = ""
    status: Status = Status.STABLE
    replaced_by: str = ""
    weight: int = 1
    views: tuple[View, ...] = ()

    @property
    def low(self) -> int:
        """The low end of its score; 0 without one."""
        return self.score.low if self.score else 0

    @property
    def high(self) -> int:
        """The high end of its score; 100 without one."""
        return self.score.high if self.score else 100


class Scale(Struct, frozen=True):
    """The level in the words of an opinion scale."""

    name: str
    word: str
    definition: str


class NextStep(Struct, frozen=True):
    """A recommended step: whether it ends a red flag, and the level and the points at the low end once it is met."""

    criterion: str | None
    advice: Advice
    level: Level
    points: int
    ends_flag: bool = False


class ToCollect(Struct, frozen=True):
    """A document to collect, the criteria that it would decide, and the points by which it narrows the interval.

    `flags` is the number of red flags that it could end.
    """

    show: str
    criteria: tuple[str, ...]
    points: int
    flags: int = 0


class Flag(Struct, frozen=True):
    """A red flag: the criterion, what ends it, and whether its gap is accepted, which quiets the gate only."""

    criterion: str
    kind: FlagKind
    accepted: bool = False


class Ladder(Struct, frozen=True):
    """One of the three ladders of a rating: `score`, `flags` or `evidence`, its value, and the level that it allows.

    The value is the low end of the score, the number of red flags, or the percentage of the score's weight that rests on
    a current document or better. `next` is the value that the next higher level asks for; `None` at the highest.
    """

    name: str
    value: int
    level: Level
    next: int | None = None


class Judgement(Struct, frozen=True):
    """The rating of one pack, with its ladders and red flags. If the audit was tailored, with level and gate by default."""

    level: Level
    could_be: Level
    score: Score
    ladders: tuple[Ladder, ...]
    flags: tuple[Flag, ...]
    coverage: Coverage
    assessed: bool
    gate: bool
    by_default: Level | None = None
    gate_by_default: bool | None = None


class Deviation(Struct, frozen=True):
    """A departure of this audit from a default: its subject, the default, the replacement and the reason."""

    what: str
    default: str
    used: str
    reason: str


class Expiring(Struct, frozen=True):
    """Evidence, an accepted gap or an attestation that expires within 90 days."""

    what: str
    on: str
    days: int


class OverrideNote(Struct, frozen=True):
    """An accepted gap or attestation that does not count, and the reason."""

    criterion: str
    kind: str
    why: str


class Signed(Struct, frozen=True):
    """Who prepared, checked or approved the profile (`step`), by role and day, and whether it has changed since."""

    step: str
    state: SignatureState
    role: str
    on: str


class Summary(Judgement, frozen=True, kw_only=True):
    """The rating of the headline pack. It is always indicative. `levels` are all levels in the words of the scale."""

    scale: Scale
    could_be_scale: Scale
    next_steps: tuple[NextStep, ...]
    to_collect: tuple[ToCollect, ...]
    indicative: bool = True
    levels: tuple[Scale, ...] = ()


class Pack(Struct, frozen=True, omit_defaults=True):
    """The rules of one distribution, with their own score, level and gate. `digest` covers the source text of its plugins.

    Only the headline can have the rest: the title of its framework and a sentence about it, the subset that was chosen,
    and the rules that this leaves out of the rating.
    """

    name: str
    version: str
    rules: tuple[str, ...]
    judgement: Judgement
    digest: str = ""
    title: str = ""
    about: str = ""
    subset: str = ""
    left_out: tuple[str, ...] = ()

    @property
    def choice(self) -> str:
        """What `--pack` takes for this pack and its subset: NAME, or NAME:SUBSET."""
        return f"{self.name}:{self.subset}" if self.subset else self.name


class Subject(Struct, frozen=True):
    """The organisation that was audited."""

    name: str
    type: str
    country: str
    ods_code: str | None


class Problem(Struct, frozen=True):
    """An error in the tool or a plugin, not in the organisation."""

    kind: str
    where: str
    message: str


class Tool(Struct, frozen=True):
    """The program that made the report."""

    name: str
    version: str


class Gate(Struct, frozen=True):
    """The priority from which the gate fails, and the percentage of questions that must be answered."""

    fail_on: str = "high"
    min_coverage: int | float = 0


class Report(Struct, frozen=True):
    """The whole result of an audit. The first pack is the headline. Only `run` may differ between runs with the same input.

    `not_for_publication` has the JSON Pointers of the facts that a public edition leaves out. `public` says that this is one.
    `unconfirmed` names the answers that are last year's and that nobody has confirmed.
    """

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
    inputs: Mapping[str, str] = field(default_factory=dict)
    left_out: tuple[str, ...] = ()
    deviations: tuple[Deviation, ...] = ()
    override_notes: tuple[OverrideNote, ...] = ()
    expiring: tuple[Expiring, ...] = ()
    sign_off: tuple[Signed, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    outdated_sources: tuple[SourceCited, ...] = ()
    not_for_publication: tuple[str, ...] = ()
    public: bool = False
    run: Mapping[str, Any] = field(default_factory=dict)
    report_digest: str = ""
    schema_version: str = "1.0"

    @property
    def results(self) -> dict[str, CriterionResult]:
        """The result of each criterion by its id, area by area."""
        return {one.id: one for finding in self.findings for one in finding.criteria}

    @property
    def exit_code(self) -> ExitCode:
        """The exit code for a pipeline, from the headline pack. Incomplete takes precedence over the gate."""
        return exit_code(self.problems, self.summary)


def exit_code(problems: Sequence[Problem], rating: Judgement | Summary) -> ExitCode:
    """The exit code for problems and the rating of the headline pack. Incomplete takes precedence over the gate."""
    if problems or not rating.assessed:
        return ExitCode.INCOMPLETE
    return ExitCode.OK if rating.gate else ExitCode.GATE
