"""One question in words, as a board reads it."""

from engagecheck.model import labels
from engagecheck.model.outcomes import Outcome
from engagecheck.model.result import CriterionResult
from engagecheck.rules.amounts import singular


def answer(one: CriterionResult) -> str:
    """A question with its value and what good looks like: "Empty executive posts: 1. Good: none; partly: up to 1."."""
    if one.outcome in (Outcome.NOT_APPLICABLE, Outcome.ERROR):
        return f"{subject(one)} {labels.OUTCOME[one.outcome]}."
    value = _brief(one.value_text, one) or labels.OUTCOME[Outcome.NOT_EVIDENCED]
    good, partly, rest = _brief(one.yardstick.text, one).partition("; partly")
    return f"{subject(one)} {value}. Good: {good if one.outcome is Outcome.MET else good + partly + rest}."


def subject(one: CriterionResult) -> str:
    """What is measured, as it stands before its value: "Empty executive posts:". If a rule does not say, the question."""
    return f"{one.label}:" if one.label else one.question


def _brief(text: str, one: CriterionResult) -> str:
    """A text without its unit if the label already names the unit: "1" for "1 empty post"."""
    if not one.unit or not set(one.unit.lower().split()) <= set(one.label.lower().split()):
        return text
    return text.replace(f" {one.unit}", "").replace(f" {singular(one.unit)}", "")
