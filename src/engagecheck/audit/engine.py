"""The engine: one visible walk for each criterion.

Does it apply → are the needed facts there → measure → round to six decimals → yardstick. Nothing else happens here.
"""

import math
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any, NamedTuple

from engagecheck.model.answers import Measured, NotApplicable, NotEvidenced, Share
from engagecheck.model.outcomes import ERROR, NOT_APPLICABLE, NOT_EVIDENCED, Outcome
from engagecheck.model.profile import Profile, pointer_of, reader
from engagecheck.rules.criteria import Criterion, Maybe, everywhere
from engagecheck.rules.yardsticks import Value


class Walked(NamedTuple):
    """Where the walk ended: the outcome, the value if one was measured, what was said of it, and the entries it is about."""

    outcome: Outcome
    value: Value | None = None
    said: str = ""
    at: tuple[Any, ...] = ()
    exception: str = ""

    @property
    def because(self) -> str:
        """Why, with the names of the entries that fall short. Put together only where somebody reads it."""
        return " ".join(part for part in (self.said, _named(self.at)) if part)


_ended = partial(tuple.__new__, Walked)
"""Makes one of a tuple of all its fields, in half the time."""


def walk(criterion: Criterion, profile: Profile) -> Walked:
    """Put one criterion to a profile. Whatever a measure or yardstick raises costs this criterion alone."""
    try:
        return walker(criterion)(profile)
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # a plugin's own yardstick or facts that no profile has
        return _failed(error)


def walker(criterion: Criterion) -> Callable[[Profile], Walked]:
    """The walk of one criterion, which looks up what depends on the criterion alone only once."""
    applies = None if criterion.applies == everywhere else criterion.applies.reason_not
    needed = [None if isinstance(read, Maybe) else pointer_of(read) for read in criterion.reads]
    reads = list(zip(map(reader, criterion.paths), needed, strict=True))
    measure, judge = criterion.measure, criterion.yardstick.judge

    def walked(profile: Profile) -> Walked:
        try:
            if applies is not None and (reason := applies(profile.organisation, profile.as_of)) is not None:
                return Walked(NOT_APPLICABLE, said=_sentence(reason))
            facts, missing = [], None
            for read, pointer in reads:  # all of them, for one may be a fact that no profile has
                fact = read(profile)
                if fact is None and missing is None:
                    missing = pointer
                facts.append(fact)
            if missing is not None:
                return _not_stated(missing, profile)
            value, said, at = _answered(measure(*facts))
            outcome = judge(value)
            if type(outcome) is not Outcome:
                raise TypeError(f"a yardstick judged {outcome!r}, which is no outcome")
            return _ended((outcome, value, said, at, ""))
        except NotEvidenced as gap:
            return _ended((NOT_EVIDENCED, None, _sentence(str(gap)), (), ""))
        except NotApplicable as reason:
            return _ended((NOT_APPLICABLE, None, _sentence(str(reason)), (), ""))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # a measure may call sys.exit
            return _failed(error)

    return walked


_MOST = 10**308
"""No number of a report reaches it; a whole one that does raises `OverflowError` here, and not when it is shown."""
_EXACT = (bool, str, Share)
"""What a measure may return that is never rounded."""


def _failed(error: BaseException) -> Walked:
    because = f"The rule failed ({type(error).__name__}); this is a fault in the tool or plugin."
    return Walked(ERROR, said=because, exception=told(error))


def told(error: BaseException) -> str:
    """The kind and the text of an exception; even one that fails when it is asked for its text."""
    try:
        return f"{type(error).__name__}: {error}"
    except Exception:
        return type(error).__name__


def _not_stated(pointer: str, profile: Profile) -> Walked:
    """Where the walk ends when a needed fact is missing."""
    withheld = profile.withheld.get(pointer)
    return Walked(NOT_EVIDENCED, said=_sentence(f"withheld: {withheld}")) if withheld else _NOT_STATED


_NOT_STATED = Walked(NOT_EVIDENCED, said="The profile does not state it.")


def _answered(answer: Any) -> tuple[Value, str, tuple[Any, ...]]:
    """What a measure returned: the value to six decimals, what it says of it, and the entries it is about.

    An answer that is no value is raised.
    """
    said, at, kind = "", (), type(answer)
    if kind is bool or kind is str:
        return answer, said, at
    if isinstance(answer, Share):
        return answer, answer.remark, answer.short
    if isinstance(answer, Measured):
        answer, said, at = answer.value, answer.because, answer.at
        if not isinstance(said, str) or not isinstance(at, tuple):
            raise TypeError("because= is a sentence, and at= a tuple of entries")
        kind = type(answer)
    if (kind is int and -_MOST < answer < _MOST) or isinstance(answer, _EXACT):
        return answer, said, at
    if isinstance(answer, int | float) and math.isfinite(answer):
        return round(float(answer), 6), said, at
    if answer is None:
        raise NotEvidenced("the facts given do not say")
    if isinstance(answer, NotEvidenced | NotApplicable):
        raise answer
    raise TypeError(f"a measure returned {answer!r}, which is neither a finite number, a yes or no, a grade nor a share")


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


@lru_cache(maxsize=1 << 10)
def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "?", "!")) else ".")
