"""One question in words, as a board reads it."""

import re

from engagecheck.model import labels
from engagecheck.model.outcomes import Outcome
from engagecheck.model.result import CriterionResult
from engagecheck.rules.amounts import singular

_WITHOUT_VALUE = (Outcome.NOT_APPLICABLE, Outcome.ERROR)


def answer(one: CriterionResult) -> str:
    """A question with its value and what good looks like: "Empty executive posts: 1. Good: none; partly: up to 1."."""
    if one.outcome in _WITHOUT_VALUE:
        return stated(one)
    good, partly, rest = without_unit(one.yardstick.text, one).partition("; partly")
    return typeset(f"{stated(one)} Good: {good if one.outcome is Outcome.MET else good + partly + rest}.")


def stated(one: CriterionResult) -> str:
    """A question with its value: "Empty executive posts: 1."."""
    value = "" if one.outcome in _WITHOUT_VALUE else without_unit(one.value_text, one)
    return typeset(f"{subject(one)} {value or labels.OUTCOME[one.outcome]}.")


def headline(one: CriterionResult) -> str:
    """A question with its value, if it has one, for a heading or a link: "Empty executive posts: 1"."""
    return typeset(f"{subject(one)} {without_unit(one.value_text, one)}") if one.value_text else one.label or one.question


def subject(one: CriterionResult) -> str:
    """What is measured, as it stands before its value: "Empty executive posts:". If a rule does not say, the question."""
    return f"{one.label}:" if one.label else one.question


def without_unit(text: str, one: CriterionResult) -> str:
    """A value or a limit without its unit, if the label names the unit already: "1" for "1 empty post"."""
    if not one.unit or not set(one.unit.lower().split()) <= set(one.label.lower().split()):
        return text
    return text.replace(f" {one.unit}", "").replace(f" {singular(one.unit)}", "")


def capitalised(text: str) -> str:
    """The text with a capital letter first. Other capitals stay."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with one full stop at its end."""
    return f"{text.rstrip('.')}."


def typeset(text: str) -> str:
    """The text with minus signs for the hyphens before numbers. A line can break after a hyphen."""
    return re.sub(r"(?<!\S)-(?=[0-9])", "−", text)
