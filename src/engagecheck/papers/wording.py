"""One question in words, as a board reads it."""

import re

from engagecheck.model import labels
from engagecheck.model.answers import singular
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult

_WITHOUT_VALUE = (Outcome.NOT_APPLICABLE, Outcome.ERROR)


def answer(one: CriterionResult, *, outcome_said: bool = False) -> str:
    """A question with its value and what good looks like: "Empty executive posts: 1. Good: none; partly: up to 1.".

    Without a value it has its outcome, unless the reader knows the outcome already (`outcome_said`).
    """
    if one.outcome in _WITHOUT_VALUE:
        return stated(one)
    good, partly, rest = without_unit(one.yardstick.text, one).partition("; partly")
    begins = stated(one)
    if outcome_said and not one.value_text:
        begins = f"{one.label}." if one.label else one.question
    return typeset(f"{begins} Good: {good if one.outcome is Outcome.MET else good + partly + rest}.")


def stated(one: CriterionResult) -> str:
    """A question with its value: "Empty executive posts: 1."."""
    value = "" if one.outcome in _WITHOUT_VALUE else without_unit(one.value_text, one)
    return typeset(f"{subject(one)} {value or labels.OUTCOME[one.outcome]}.")


def named(one: CriterionResult) -> str:
    """What is measured: "Empty executive posts". If a rule does not say, the question."""
    return one.label or one.question


def headline(one: CriterionResult) -> str:
    """A question with its value, if it has one, for a heading or a link: "Empty executive posts: 1"."""
    return typeset(f"{subject(one)} {without_unit(one.value_text, one)}") if one.value_text else named(one)


def subject(one: CriterionResult) -> str:
    """What is measured, as it stands before its value: "Empty executive posts:". If a rule does not say, the question."""
    return f"{one.label}:" if one.label else one.question


def without_unit(text: str, one: CriterionResult) -> str:
    """A value or a limit without its unit, if the label names the unit already: "1" for "1 empty post"."""
    if not one.unit or not set(one.unit.lower().split()) <= set(one.label.lower().split()):
        return text
    return text.replace(f" {one.unit}", "").replace(f" {singular(one.unit)}", "")


def in_words(text: str, report: Report) -> str:
    """A text in which questions and areas are named in words, and not by their ids."""
    for finding in report.findings:
        if text.partition(": ")[0] == finding.rule:
            text = text.replace(finding.rule, f"“{finding.title}”", 1)
    for name, one in report.results.items():
        text = text.replace(name, f"“{named(one)}”") if name in text else text
    return capitalised(text)


def capitalised(text: str) -> str:
    """The text with a capital letter first. Other capitals stay."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with one full stop at its end."""
    return f"{text.rstrip('.')}."


def typeset(text: str) -> str:
    """The text with minus signs for the hyphens before numbers. A line can break after a hyphen."""
    return re.sub(r"(?<!\S)-(?=[0-9])", "−", text)


def unbroken(text: str) -> str:
    """The text with each percent sign on the line of its number."""
    return re.sub(r"(?<=[0-9]) %", "\N{NO-BREAK SPACE}%", text)
