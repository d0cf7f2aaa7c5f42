"""Measured values and limits in words."""

import math

from engagecheck.model.answers import Either, Range, Share

Value = bool | int | float | str | Share
"""One value, as a yardstick judges it."""
Measurement = Value | Range | Either
"""A value, or the ends between which it is known to lie."""


def amount(answer: Measurement, unit: str) -> str:
    """A measured value in words: "25 months", "8 of 10 (80 %)", "yes", "2 to 5 months", "3 months or more"."""
    value = answer
    if isinstance(value, Either):
        return " or ".join(amount(option, unit) for option in value.options)
    if isinstance(value, Range):
        return _between(value, unit)
    if isinstance(value, Share):
        upto = f" to {value.upto}" if value.upto != value.good else ""
        percent = _percent(value.value) + (f" to {_percent(value.ends[1].value)}" if upto else "")
        return f"{value.good}{upto} of {value.of} ({percent})"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value if isinstance(value, str) else limit(value, unit)


def _between(value: Range, unit: str) -> str:
    if value.low == math.inf:
        return "never"
    if math.isinf(value.high):
        return "not known" if math.isinf(value.low) else f"{limit(value.low, unit)} or more"
    if math.isinf(value.low):
        return f"{limit(value.high, unit)} or less"
    high = f"1 {unit}".strip() if value.high == 1 and unit != "share" else limit(value.high, unit)
    return f"{_number_text(value.low)} to {high}"


def limit(value: float, unit: str) -> str:
    """A number with its unit: "25 months", "90 %". Fewer points than another score are "0.1 points of 10 below"."""
    if math.isinf(value):
        return "more" if value > 0 else "less"
    if unit == "share":
        return _percent(value)
    if value < 0 and unit.startswith("points"):
        return f"{limit(-value, unit)} below"
    number = _number_text(value) if isinstance(value, float) else str(value)
    return f"{number} {singular(unit) if abs(value) == 1 else unit}".strip()


def _number_text(value: float) -> str:
    """Two decimals, or six if two would round the number to a whole number that could be a limit."""
    places = 2 if round(value, 2) != round(value) or value == round(value) else 6
    return f"{value:.{places}f}".rstrip("0").rstrip(".")


def singular(unit: str) -> str:
    """For example "month" for "months", "point of 10" for "points of 10", "activity a week" for "activities a week"."""
    counted, link, rest = next(
        (unit.partition(link) for link in (" of ", " a ", " per ", " without ") if link in unit), (unit, "", "")
    )
    return (counted.removesuffix("ies") + "y" if counted.endswith("ies") else counted.removesuffix("s")) + link + rest


def _percent(value: float) -> str:
    return f"{100 * value:.1f}".removesuffix(".0") + " %"
