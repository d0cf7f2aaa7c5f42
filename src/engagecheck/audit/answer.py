"""One criterion put to one profile: are the facts there, measure, round, yardstick at both ends, strong enough."""

import math
from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.errors import text_of
from engagecheck.model import evidence
from engagecheck.model.answers import Either, Measured, Measurement, NotApplicable, NotEvidenced, Range, Share
from engagecheck.model.listing import Listing
from engagecheck.model.outcomes import ERROR, MET, NOT_APPLICABLE, NOT_EVIDENCED, NOT_MET, Outcome, Priority
from engagecheck.model.profile import Profile, entries_text, pointer_of
from engagecheck.model.report import Finding
from engagecheck.model.result import CriterionResult
from engagecheck.model.schema import full_title
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.rule import Rule
from engagecheck.rules.yardsticks import judge

FAULT = "this is a fault in the tool or plugin"
Ends = tuple[Outcome, Outcome]
"""The outcomes at the worst and at the best end of what the facts allow."""
OPEN: Ends = (NOT_MET, MET)
"""The ends where no fact says anything."""


class Answer(Struct, frozen=True):
    """What one criterion comes to: its outcome at both ends, its weight, and the measured value with its explanation.

    Equal ends decide the outcome; otherwise it is `not_evidenced`. `entries` are entries of the profile that fall short, and
    `missing` the paths of facts that are not stated and might decide it. `case` chooses the recommendation. `flags` and
    `documented` are as in a `CriterionResult`. `by_default` holds the ends without tailoring, if it is tailored.
    `described` is the finished text of an answer that comes from another process.
    """

    outcome: Outcome
    priority: Priority
    at_worst: Outcome = NOT_MET
    at_best: Outcome = MET
    gates: bool = True
    flags: bool = False
    documented: bool = False
    value: Measurement | None = None
    explanation: str = ""
    missing: tuple[str, ...] = ()
    entries: tuple[Any, ...] = ()
    exception: str = ""
    case: str = ""
    by_default: Ends | None = None
    described: CriterionResult | None = None

    def message(self, profile: Profile) -> str:
        """The explanation, with what is not stated and might decide it, and the names of the entries that fall short."""
        gaps = _sentence(_unstated(self.missing, profile)) if self.missing else ""
        if self.outcome is NOT_EVIDENCED and self.value is None and not (self.explanation or gaps):
            gaps = "The facts do not say."
        return " ".join(part for part in (self.explanation, gaps, entries_text(self.entries)) if part)

    def with_ends(self, ends: Ends) -> "Answer":
        """The same answer with other outcomes at its ends."""
        return replace(self, outcome=decided(ends), at_worst=ends[0], at_best=ends[1])


class RuleAnswers(Struct, frozen=True):
    """The answers of one rule, by the ids of its criteria. `left_out` says why it does not count in the rating, if it does not.

    `weight` is the weight of its finding in the score. `rule` is `None` for a plugin that could not be loaded, or whose rule
    ran in another process, which described it as `finding`.
    """

    id: str
    plugin: Plugin
    answers: dict[str, Answer]
    rule: Rule | None = None
    left_out: str = ""
    finding: Finding | None = None
    weight: int = 1


def decided(ends: Ends) -> Outcome:
    """The outcome that two ends decide."""
    return ends[0] if ends[0] is ends[1] else NOT_EVIDENCED


def ask(criterion: Criterion, profile: Profile, *, flags: bool = False) -> Answer:
    """The answer of one criterion for a profile. Whatever a measure or yardstick raises costs this criterion alone.

    `flags` says whether it is a red flag if it is not met.
    """
    priority, gates = criterion.priority, criterion.gates
    missing: tuple[str, ...] = ()
    facts: dict[str, Any] = {}
    try:
        reason = criterion.applies.reason_not(profile.organisation, profile.as_of)
        if reason is not None:
            return _not_asked(criterion, reason)
        facts = {path: profile.fact(path) for path in criterion.paths}
        missing = tuple([path for path, fact in facts.items() if fact is None])
        if missing and (required := tuple([path for path in missing if path in criterion.needs])):
            return Answer(NOT_EVIDENCED, priority, gates=gates, flags=flags, missing=required)
        measured = _measured(criterion.measure(*facts.values()))
        ends = _ends(criterion, measured)
        outcome = decided(ends)
        is_known = outcome is not NOT_EVIDENCED
        answer = Answer(
            outcome, priority, *ends, gates, flags, is_known and is_documented(criterion, profile, facts),
            measured.value, measured.because, () if is_known else missing, measured.at,
            case=measured.case or (measured.value if isinstance(measured.value, str) else ""),
        )  # fmt: skip
        return answer if criterion.min_assurance is None else _if_strong_enough(criterion, answer, profile, facts)
    except NotEvidenced as gap:
        why = _sentence(str(gap))
        missing = missing or (() if why else _unstated_parts(criterion, facts))
        return Answer(NOT_EVIDENCED, priority, gates=gates, flags=flags, explanation=why, missing=missing)
    except NotApplicable as reason:
        return _not_asked(criterion, str(reason))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a measure may call sys.exit
        return failed(criterion, f"The rule failed ({type(error).__name__}); {FAULT}.", text_of(error), flags=flags)


def _not_asked(criterion: Criterion, reason: str) -> Answer:
    """The answer of a criterion that does not apply."""
    priority, gates = criterion.priority, criterion.gates
    return Answer(NOT_APPLICABLE, priority, gates=gates, explanation=_sentence(reason))


def _ends(criterion: Criterion, measured: Measured) -> Ends:
    """The outcomes at both ends of a measured value; met where it is the utmost that was possible."""
    if measured.utmost:
        return MET, MET
    worst, best = judge(criterion.yardstick, measured.value)  # type: ignore[arg-type]  # `_measured` lets no `None` through
    return worst, MET if measured.utmost is None else best


def failed(criterion: Criterion, explanation: str, exception: str, *, flags: bool) -> Answer:
    """The answer of a criterion whose measure or yardstick failed."""
    priority, gates = criterion.priority, criterion.gates
    return Answer(ERROR, priority, gates=gates, flags=flags, explanation=explanation, exception=exception)


def _unstated(paths: Iterable[str], profile: Profile) -> str:
    """A sentence about facts that a profile does not state, with the reasons for those that are withheld."""
    reasons = [profile.withheld[pointer] for pointer in map(pointer_of, paths) if pointer in profile.withheld]
    return f"withheld: {'; '.join(reasons)}" if reasons else f"not stated: {'; '.join(full_title(path) for path in paths)}"


def _unstated_parts(criterion: Criterion, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The paths of what is not stated within the groups of facts that a criterion reads."""
    groups = {path: facts.get(path) for path in criterion.evidenced}
    stated = [(path, one) for path, one in groups.items() if isinstance(one, Struct) and not isinstance(one, Listing)]
    return tuple([f"{path}.{name}" for path, one in stated for name in one.__struct_fields__ if getattr(one, name) is None])


_LARGEST = 10**308
"""A whole number beyond it raises `OverflowError` when it is shown, and is refused as a value."""


def _measured(answer: Any) -> Measured:
    """What a measure returned, with its values to six decimals.

    Raises an answer that is not a value, and `TypeError` for anything that cannot be one.
    """
    if isinstance(answer, Share):
        return Measured(_value(answer), answer.remark, answer.short)
    if not isinstance(answer, Measured):
        return Measured(_value(answer))
    if not isinstance(answer.because, str) or not isinstance(answer.at, tuple):
        raise TypeError("because= is a sentence, and at= a tuple of entries")
    return replace(answer, value=_value(answer.value, answer.because))


def _value(value: Any, because: str = "") -> Measurement:
    if isinstance(value, Share):
        return _share(value)
    if isinstance(value, bool) or (type(value) is int and abs(value) < _LARGEST):
        return value
    if isinstance(value, str):
        return str(value)  # a report holds plain text, not a kind of a plugin's own
    if isinstance(value, Range):
        low, high = (end if type(end) is int or math.isinf(end) else round(float(end), 6) for end in (value.low, value.high))
        if not low <= high:
            raise TypeError(f"a measure returned {value!r}, whose low end is above its high end")
        return low if low == high < math.inf else Range(low, high)
    if isinstance(value, Either) and value.options:
        return value if len(value.options) > 1 else value.options[0]
    if isinstance(value, int | float) and math.isfinite(value):
        return round(float(value), 6)
    if value is None:
        raise NotEvidenced(because)
    if isinstance(value, NotEvidenced | NotApplicable):
        raise value
    kinds = "a finite number, a range, a yes or no, a grade or a share"
    raise TypeError(f"a measure returned {value!r}, which is not {kinds}")


def _share(share: Share) -> Share:
    counts = (share.good, share.upto, share.of)
    if counts == (0, 0, 0):
        raise NotApplicable("the total is 0")
    if not (share.of and 0 <= share.good <= share.upto <= share.of and all(type(count) is int for count in counts)):
        raise TypeError(f"a measure returned {share!r}, whose counts are not whole numbers from 0 to the total, good ≤ most")
    return share


def _if_strong_enough(criterion: Criterion, answer: Answer, profile: Profile, facts: Mapping[str, Any]) -> Answer:
    """What would count for the organisation counts as not shown if its evidence is too weak. What counts against it stays."""
    least = criterion.min_assurance
    strength = evidence.assurance(profile, needed(criterion, facts), criterion.max_age)
    if answer.at_best is NOT_MET or not evidence.is_too_weak(least, strength):
        return answer
    reason = f"The evidence is too weak: {strength or 'none'}. At least {least} is required."
    open_answer = answer.with_ends((NOT_MET, answer.at_best))
    message = answer.message(profile)
    return replace(open_answer, explanation=f"{reason} {message}".strip(), missing=(), entries=(), documented=False)


def _sentence(text: str) -> str:
    if not text:
        return ""
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")


def needed(criterion: Criterion, facts: Mapping[str, Any]) -> dict[str, Any]:
    """The stated facts that a criterion cannot do without, or all that it reads if it needs none, by their paths.

    The organisation and the date of the audit need no evidence.
    """
    needs = {path: facts[path] for path in criterion.needs if path in criterion.evidenced and facts[path] is not None}
    return needs or {path: facts[path] for path in criterion.evidenced if facts[path] is not None}


def is_documented(criterion: Criterion, profile: Profile, facts: Mapping[str, Any]) -> bool:
    """Whether each fact that a criterion needs rests on a current document or better."""
    return evidence.is_documented(profile, needed(criterion, facts), criterion.max_age)
