"""Small pictures as inline SVG, each with its words: an interval of a score, a value on its yardstick, values over time.

Everything is drawn with attributes, for the page allows no style in its elements. Nothing is told by colour alone.
"""

from collections.abc import Mapping, Sequence

from attrs import frozen
from markupsafe import Markup

from engagecheck.audit.scoring import LEVELS
from engagecheck.model.report import CriterionResult, Score
from engagecheck.rules.yardsticks import amount

WIDTH = 320
LEFT, RIGHT = 40, 280
INK, PALE, MIDDLE, DARK = "#212b32", "#e8edee", "#99c7eb", "#005eb8"
"""Text, not met, partly met, met: each a step darker than the one before, in grey too."""


def picture(height: int, words: str, *parts: Markup) -> Markup:
    """An SVG of that height with a text that says what it shows."""
    opening = Markup(
        '<svg class="drawing" role="img" aria-label="{}" viewBox="0 0 {} {}" font-family="Arial, sans-serif" font-size="13">'
    ).format(words, WIDTH, height)
    return opening + Markup("").join(parts) + Markup("</svg>")


def box(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    """A filled rectangle with a thin line around it."""
    shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}" stroke-width="0.7"/>')
    return shape.format(x, y, max(width, 0.5), height, fill, INK)


def line(x1: float, y1: float, x2: float, y2: float, width: float = 1) -> Markup:
    """A line."""
    return Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}"/>').format(
        x1, y1, x2, y2, INK, width
    )


def label(x: float, y: float, text: object, anchor: str = "middle", weight: str = "normal") -> Markup:
    """A text at a place."""
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-weight="{}" fill="{}">{}</text>').format(
        x, y, anchor, weight, INK, text
    )


def interval(score: Score, words: str) -> Markup:
    """The interval of a score on a scale from 0 to 100, with the edges of the levels."""
    left, right = 10, WIDTH - 10

    def at(value: float) -> float:
        return left + (right - left) * value / 100

    low, high = at(score.low), at(score.high)
    edges = [0, *sorted(edge for edge, _ in LEVELS), 100]
    ticks = [line(at(edge), 44, at(edge), 50) for edge in edges]
    ticks += [label(at(edge), 64, edge, _anchor(at(edge))) for edge in edges]
    said = f"{score.low} to {score.high}" if score.low != score.high else score.low
    return picture(
        70, words,
        box(left, 24, right - left, 20, PALE), *ticks, box(low - 1, 20, high - low + 2, 28, DARK),
        label((low + high) / 2, 14, said, _anchor((low + high) / 2), "bold"),
    )  # fmt: skip


def _anchor(x: float) -> str:
    return "start" if x < 60 else "end" if x > WIDTH - 60 else "middle"


@frozen
class _Axis:
    low: float
    high: float

    def at(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - self.low) / (self.high - self.low)


def on_yardstick(one: CriterionResult) -> Markup:
    """A measured number on its yardstick, to scale; nothing for a yes or no, a grade, or what was not measured."""
    zones = _zones(one)
    value = one.value
    if zones is None or not one.outcome.determined or isinstance(value, bool | str) or value is None:
        return Markup("")
    edges = [edge for zone in zones for edge in zone[:2] if edge is not None]
    span = (0.0, 1.0) if one.unit == "share" else (min(0, value, *edges), max(value, *edges))
    axis = _Axis(span[0], span[1] if one.unit == "share" else span[1] + 0.15 * ((span[1] - span[0]) or 1))
    drawn = []
    for low, high, fill in zones:
        start, end = (axis.at(low) if low is not None else LEFT), (axis.at(high) if high is not None else RIGHT)
        drawn.append(box(start, 26, end - start, 14, fill))
    x = axis.at(value)
    drawn.append(Markup('<path d="M{:.1f} 22l-6 -8h12z" fill="{}"/>').format(x, INK))
    drawn.append(line(x, 20, x, 44, 2))
    drawn.append(label(x, 11, one.value_text, _anchor(x), "bold"))
    inner = sorted({edge for edge in edges if axis.low <= edge <= axis.high})
    for place, edge in enumerate(inner[:1] + inner[-1:] if len(inner) > 1 else inner):
        drawn.append(line(axis.at(edge), 40, axis.at(edge), 46))
        anchor = "middle" if len(inner) == 1 else ("end" if place == 0 else "start")
        drawn.append(label(axis.at(edge) + (0 if len(inner) == 1 else (3, -3)[place]), 58, _edge(edge, one.unit), anchor))
    return picture(64, f"{one.value_text}, where good is {one.yardstick.text}", *drawn)


def _edge(edge: float, unit: str) -> str:
    return amount(edge, unit if unit == "share" else "")


Zone = tuple[float | None, float | None, str]


def _zones(one: CriterionResult) -> list[Zone] | None:
    """From the lowest value to the highest: where it is not met, partly met and met. `None`: no end on that side."""
    stick = one.yardstick
    met, partly = stick.met, stick.partly["edge"] if isinstance(stick.partly, Mapping) else stick.partly
    if stick.kind == "at_least":
        between: list[Zone] = [(partly, met, MIDDLE)] if partly is not None else []
        return [(None, met if partly is None else partly, PALE), *between, (met, None, DARK)]
    if stick.kind == "at_most":
        between = [(met, partly, MIDDLE)] if partly is not None else []
        return [(None, met, DARK), *between, (met if partly is None else partly, None, PALE)]
    if stick.kind == "between":
        low, high = partly if partly else met
        return [(None, low, PALE), (low, met[0], MIDDLE), (met[0], met[1], DARK), (met[1], high, MIDDLE), (high, None, PALE)]
    return None


def slopes(rows: Sequence[tuple[str, float, float]], names: tuple[str, str]) -> Markup:
    """A slope chart: for each row (name, first, second, both from 0 to 1) a line, thick where it goes down."""
    top, bottom, left, right = 30, 250, 70, 250

    def at(share: float) -> float:
        return bottom - share * (bottom - top)

    drawn = [label(left, 16, names[0], "middle", "bold"), label(right, 16, names[1], "middle", "bold")]
    drawn += [line(left, top, left, bottom), line(right, top, right, bottom)]
    drawn += [label(left - 6, at(share) + 4, round(100 * share), "end") for share in (0, 0.4, 0.6, 0.8, 1)]
    ordered = sorted(rows, key=lambda row: -row[2])
    heights = _apart([at(second) + 4 for _, _, second in ordered], top + 4, bottom + 4)
    for (name, first, second), height in zip(ordered, heights, strict=True):
        drawn.append(line(left, at(first), right, at(second), 2.5 if second < first else 1))
        dot = Markup('<circle cx="{}" cy="{:.1f}" r="3" fill="{}"/>')
        drawn += [dot.format(x, at(share), DARK) for x, share in ((left, first), (right, second))]
        drawn += [line(right + 4, at(second), right + 18, height - 4, 0.5), label(right + 21, height, name, "start")]
    better, worse = sum(second > first for _, first, second in rows), sum(second < first for _, first, second in rows)
    counts = f"{better} higher, {worse} lower, {len(rows) - better - worse} level"
    return picture(bottom + 10, f"Scores of {len(rows)} areas, {names[0]} and {names[1]}: {counts}", *drawn)


def _apart(heights: Sequence[float], top: float, bottom: float, least: float = 12) -> list[float]:
    """Heights from the top down, moved so far that no two names lie on one another."""
    moved: list[float] = []
    for height in heights:
        moved.append(max(height, moved[-1] + least if moved else top))
    for place in range(len(moved) - 1, -1, -1):
        moved[place] = min(moved[place], bottom if place == len(moved) - 1 else moved[place + 1] - least)
    return moved


def intervals(scores: Sequence[tuple[str, Score]], words: str) -> Markup:
    """Intervals over time, one above the other, the oldest at the top; each a small multiple of the same scale."""
    drawn: list[Markup] = []
    for place, (name, score) in enumerate(scores):
        y = 6 + 26 * place
        low, high = (100 + 1.5 * end for end in (score.low, score.high))
        said = f"{score.low} to {score.high}" if score.low != score.high else str(score.low)
        drawn += [label(94, y + 12, name, "end"), box(100, y, 150, 16, PALE), box(low - 1, y, high - low + 2, 16, DARK)]
        drawn.append(label(258, y + 12, said, "start", "bold"))
    bottom = 6 + 26 * len(scores)
    drawn += [label(100 + 1.5 * edge, bottom + 10, edge) for edge in (0, *sorted(edge for edge, _ in LEVELS), 100)]
    return picture(bottom + 16, words, *drawn)
