"""The engine: one visible walk for each criterion.

Does it apply → are the needed facts there → measure → round to six decimals → yardstick. Nothing else happens here.
"""

import math
from typing import Any

from attrs import frozen

from engagecheck.answers import Measured, NotApplicable, NotEvidenced, Share
from engagecheck.criteria import Criterion, Maybe
from engagecheck.profile import Profile, pointer_of
from engagecheck.report import Outcome
from engagecheck.yardsticks import Value


@frozen
class Walked:
    """Where the walk ended: the outcome, the value if one was measured, why, and the entries that it is about."""

    outcome: Outcome
    value: Value | None = None
    because: str = ""
    at: tuple[Any, ...] = ()
    exception: str = ""


def walk(criterion: Criterion, profile: Profile) -> Walked:
    """Put one criterion to a profile. Whatever a measure or yardstick raises costs this criterion alone."""
    try:
        reason = criterion.applies.reason_not(profile.organisation, profile.as_of)
        if reason is not None:
            return Walked(Outcome.NOT_APPLICABLE, because=_sentence(reason))
        facts = [_read(read, profile) for read in criterion.reads]
        answer = _measured(criterion.measure(*facts))
        value = _rounded(answer.value)
        outcome = criterion.yardstick.judge(value)
        if not isinstance(outcome, Outcome):
            raise TypeError(f"a yardstick judged {outcome!r}, which is no outcome")
        return Walked(outcome, value, _explained(answer), answer.at)
    except NotEvidenced as gap:
        return Walked(Outcome.NOT_EVIDENCED, because=_sentence(str(gap)))
    except NotApplicable as reason:
        return Walked(Outcome.NOT_APPLICABLE, because=_sentence(str(reason)))
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a measure may call sys.exit
        return Walked(
            Outcome.ERROR,
            because=f"The rule failed ({type(error).__name__}); this is a fault in the tool or plugin.",
            exception=told(error),
        )


def told(error: BaseException) -> str:
    """The kind and the text of an exception; even one that fails when it is asked for its text."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__


def _read(read: str | Maybe, profile: Profile) -> Any:
    """A declared fact, or `None` for one that may be missing; `NotEvidenced` for a needed one that is."""
    path = read.path if isinstance(read, Maybe) else read
    fact = profile.fact(path)
    if fact is None and not isinstance(read, Maybe):
        withheld = profile.withheld.get(pointer_of(path))
        raise NotEvidenced(f"withheld: {withheld}" if withheld else "the profile does not state it")
    return fact


def _measured(answer: Any) -> Measured:
    """What a measure returned, in one form; an answer that is no value is raised."""
    if answer is None:
        raise NotEvidenced("the facts given do not say")
    if isinstance(answer, NotEvidenced | NotApplicable):
        raise answer
    if isinstance(answer, Share):
        return Measured(answer, answer.remark, answer.short)
    if isinstance(answer, Measured):
        return answer if answer.value is not None else _measured(None)
    return Measured(answer)


def _rounded(value: Any) -> Value:
    if isinstance(value, bool | str | Share):
        return value
    if isinstance(value, int | float) and math.isfinite(value):
        return round(value, 6)
    raise TypeError(f"a measure returned {value!r}, which is neither a finite number, a yes or no, a grade nor a share")


def _explained(answer: Measured) -> str:
    return " ".join(part for part in (answer.because, _named(answer.at)) if part)


def _named(entries: tuple[Any, ...]) -> str:
    """The entries that fall short, by name; private ones only by their number."""
    names = [name for entry in entries if not getattr(entry, "private", False) and (name := label(entry))]
    hidden = sum(1 for entry in entries if getattr(entry, "private", False))
    if hidden:
        names.append(f"{hidden} kept private")
    return f"Not so for: {', '.join(names)}." if names else ""


def label(entry: Any) -> str:
    """What an entry of a list is called, by the first name-like fact that it has."""
    read = entry.get if hasattr(entry, "get") else lambda name: getattr(entry, name, None)
    found = next((str(read(name)) for name in ("name", "post", "role", "title", "fact") if read(name)), "")
    return found.replace("_", "-")


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
