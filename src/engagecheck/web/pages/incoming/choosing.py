"""Where an assessment and a file differ, a person chooses for each question. No answer is chosen beforehand."""

from collections.abc import Callable, Mapping

from attrs import frozen

from engagecheck.intake.differences import Difference
from engagecheck.intake.merge import Merged
from engagecheck.intake.questions.places import words_at

HERE, THERE = "here", "there"
UNDECIDED = "Choose an answer for each question below."


@frozen
class Asked:
    """A difference that a person decides: its place in words, both answers with who gave them, and what was chosen."""

    field: str
    text: str
    here: str
    there: str
    chosen: str


def asked_about(merged: Merged, given: Mapping[str, str]) -> list[Asked]:
    """The differences that leave a choice, in words, with what a request has chosen."""
    return [_asked(one, given.get(_field(one), "")) for one in merged.differences if not one.because]


def settled(merged: Merged) -> list[str]:
    """The differences that leave no choice, each as a sentence."""
    return [f"{one.in_words()}." for one in merged.differences if one.because]


def _asked(one: Difference, chosen: str) -> Asked:
    here, there = one.answers
    text, both = words_at(one.pointer), (f"{here} ({one.entered_by})", f"{there} ({one.imported_by})")
    return Asked(_field(one), text, *both, chosen)


def _field(one: Difference) -> str:
    return f"c:{one.pointer}"


def choosing(given: Mapping[str, str]) -> Callable[[Difference], bool]:
    """Whether the answer of the file replaces the one that is here, as a request has chosen."""
    return lambda one: given.get(_field(one)) == THERE


def is_chosen(merged: Merged, given: Mapping[str, str]) -> bool:
    """Whether a request has chosen for every difference."""
    return all(given.get(_field(one)) in (HERE, THERE) for one in merged.differences if not one.because)
