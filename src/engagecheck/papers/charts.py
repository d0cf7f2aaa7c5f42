"""Small charts as inline SVG: the interval of a score, a value on its yardstick, values over time.

Each chart has a text alternative, and none depends on colour alone. Shapes are styled by attributes, because the security
policy of the page forbids inline styles.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from attrs import frozen
from markupsafe import Markup

from engagecheck.audit.scoring import SCORE_STEPS
from engagecheck.model.answers import edge_text
from engagecheck.model.labels import OUTCOME
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Score
from engagecheck.model.result import CriterionResult

WIDTH = 320
"""The width of a chart; this and all coordinates are in the units of its view box."""
LEFT, RIGHT = 40, 280
EDGES = (0, *sorted(edge for edge, _ in SCORE_STEPS), 100)
"""The scores at which a level begins or the scale ends."""
INK, PALE, MIDDLE, DARK = "#212b32", "#e8edee", "#99c7eb", "#005eb8"
"""The colours of text, not met, partly met and met. From not met to met each is darker, also in greyscale."""


def picture(height: int, words: str, *parts: Markup) -> Markup:
    """An SVG of this height. `words` is its text alternative."""
    opening = Markup(
        '<svg class="drawing" role="img" aria-label="{}" viewBox="0 0 {} {}" font-family="Arial, sans-serif" font-size="13">'
    ).format(words, WIDTH, height)
    return opening + Markup("").join(parts) + Markup("</svg>")


def box(x: float, y: float, width: float, height: float, fill: str) -> Markup:
    """A filled rectangle with a thin outline, at least 0.5 wide. `x` and `y` are its top left corner."""
    shape = Markup('<rect x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" fill="{}" stroke="{}" stroke-width="0.7"/>')
    return shape.format(x, y, max(width, 0.5), height, fill, INK)


def line(x1: float, y1: float, x2: float, y2: float, width: float = 1) -> Markup:
    """A straight line from (`x1`, `y1`) to (`x2`, `y2`)."""
    return Markup('<line x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}" stroke="{}" stroke-width="{}"/>').format(
        x1, y1, x2, y2, INK, width
    )


def label(x: float, y: float, text: object, anchor: str = "middle", weight: str = "normal") -> Markup:
    """A text whose baseline is at `y`. `anchor` and `weight` are SVG's `text-anchor` and `font-weight`."""
    return Markup('<text x="{:.1f}" y="{:.1f}" text-anchor="{}" font-weight="{}" fill="{}">{}</text>').format(
        x, y, anchor, weight, INK, text
    )


def interval(score: Score, words: str) -> Markup:
    """The interval of a score on a scale from 0 to 100, with the edges of the levels. `words` is the text alternative."""
    left, right = 10, WIDTH - 10

    def at(value: float) -> float:
        return left + (right - left) * value / 100

    low, high = at(score.low), at(score.high)
    ticks = [line(at(edge), 44, at(edge), 50) for edge in EDGES]
    ticks += [label(at(edge), 64, edge, _anchor(at(edge))) for edge in EDGES]
    return picture(
        70, words,
        box(left, 24, right - left, 20, PALE), *ticks, box(low - 1, 20, high - low + 2, 28, DARK),
        label((low + high) / 2, 14, _score_text(score), _anchor((low + high) / 2), "bold"),
    )  # fmt: skip


def bar(score: Score) -> Markup:
    """A slim bar from the low to the high end of a score, for a line of text or a cell of a table."""
    edges = [line(3.2 * edge, 4, 3.2 * edge, 36, 2) for edge in EDGES[1:-1]]
    low, high = 3.2 * score.low, 3.2 * score.high
    shapes = [box(0, 8, WIDTH, 24, PALE), *edges, box(low - 4, 2, high - low + 8, 36, DARK)]
    return picture(40, f"{_score_text(score)} of 100", *shapes)


def stack(outcomes: Mapping[str, int]) -> Markup:
    """How many of those that a question applies to meet it, meet it partly, do not meet it, and have not shown it."""
    fills = {Outcome.MET: DARK, Outcome.PARTLY_MET: MIDDLE, Outcome.NOT_MET: PALE, Outcome.NOT_EVIDENCED: "#ffffff"}
    total = sum(outcomes.get(outcome, 0) for outcome in fills) or 1
    shapes, x = [], 1.0
    for outcome, fill in fills.items():
        if width := (WIDTH - 2) * outcomes.get(outcome, 0) / total:
            shapes.append(box(x, 4, width, 32, fill))
            x += width
    return picture(40, "; ".join(f"{outcomes.get(outcome, 0)} {OUTCOME[outcome]}" for outcome in fills), *shapes)


def _score_text(score: Score) -> str:
    return f"{score.low} to {score.high}" if score.low != score.high else str(score.low)


def _anchor(x: float) -> str:
    return "start" if x < 60 else "end" if x > WIDTH - 60 else "middle"


@frozen
class _Axis:
    low: float
    high: float

    def at(self, value: float) -> float:
        return LEFT + (RIGHT - LEFT) * (value - self.low) / (self.high - self.low)


def on_yardstick(one: CriterionResult) -> Markup:
    """A measured number on its yardstick, to scale, or the ends between which it is known to lie.

    Empty for a yes or no, a grade, or a value that was not measured.
    """
    zones, ends = _zones(one), _ends(one.value)
    if zones is None or not ends:
        return Markup("")
    edges = [edge for zone in zones for edge in zone[:2] if edge is not None]
    known = [end for end in ends if end is not None]
    span = (0.0, 1.0) if one.unit == "share" else (min(0, *known, *edges), max(*known, *edges))
    axis = _Axis(span[0], span[1] if one.unit == "share" else span[1] + 0.15 * ((span[1] - span[0]) or 1))
    shapes = []
    for low, high, fill in zones:
        start, end = (axis.at(low) if low is not None else LEFT), (axis.at(high) if high is not None else RIGHT)
        shapes.append(box(start, 26, end - start, 14, fill))
    places = [LEFT if ends[0] is None else axis.at(ends[0]), RIGHT if ends[-1] is None else axis.at(ends[-1])]
    middle = sum(places) / 2
    if places[0] == places[1]:
        shapes.append(Markup('<path d="M{:.1f} 22l-6 -8h12z" fill="{}"/>').format(middle, INK))
    else:
        shapes += [line(places[0], 20, places[1], 20, 3), line(places[1], 20, places[1], 44, 2)]
    shapes += [line(places[0], 20, places[0], 44, 2), label(middle, 11, one.value_text, _anchor(middle), "bold")]
    inner = sorted({edge for edge in edges if axis.low <= edge <= axis.high})
    for index, edge in enumerate(inner[:1] + inner[-1:] if len(inner) > 1 else inner):
        shapes.append(line(axis.at(edge), 40, axis.at(edge), 46))
        anchor = "middle" if len(inner) == 1 else ("end" if index == 0 else "start")
        text = edge_text(edge, one.unit if one.unit == "share" else "")
        shapes.append(label(axis.at(edge) + (0 if len(inner) == 1 else (3, -3)[index]), 58, text, anchor))
    return picture(64, f"{one.value_text}, where good is {one.yardstick.text}", *shapes)


def _ends(value: Any) -> tuple[float | None, ...]:
    """A number, or the two ends between which it lies. Nothing for any other value, or if both ends are open."""
    ends = value if isinstance(value, tuple) else (value,)
    numbers = [end for end in ends if isinstance(end, int | float) and not isinstance(end, bool)]
    return ends if numbers and all(end is None or end in numbers for end in ends) else ()


Zone = tuple[float | None, float | None, str]


def _zones(one: CriterionResult) -> list[Zone] | None:
    """The zones of the yardstick from the lowest value up, each with its colour. An end that is `None` is open.

    `None` if the yardstick has no zones.
    """
    yardstick = one.yardstick
    met = yardstick.met
    partly = yardstick.partly["edge"] if isinstance(yardstick.partly, Mapping) else yardstick.partly
    if yardstick.kind == "at_least":
        between: list[Zone] = [(partly, met, MIDDLE)] if partly is not None else []
        return [(None, met if partly is None else partly, PALE), *between, (met, None, DARK)]
    if yardstick.kind == "at_most":
        between = [(met, partly, MIDDLE)] if partly is not None else []
        return [(None, met, DARK), *between, (met if partly is None else partly, None, PALE)]
    if yardstick.kind == "between":
        low, high = partly if partly else met
        return [(None, low, PALE), (low, met[0], MIDDLE), (met[0], met[1], DARK), (met[1], high, MIDDLE), (high, None, PALE)]
    return None


def slopes(rows: Sequence[tuple[str, float, float]], names: tuple[str, str]) -> Markup:
    """A slope chart: a line for each row, thick if it goes down. A row is a name and two shares from 0 to 1."""
    top, bottom, left, right = 30, 250, 70, 250

    def at(share: float) -> float:
        return bottom - share * (bottom - top)

    shapes = [label(left, 16, names[0], "middle", "bold"), label(right, 16, names[1], "middle", "bold")]
    shapes += [line(left, top, left, bottom), line(right, top, right, bottom)]
    shapes += [label(left - 6, at(share) + 4, round(100 * share), "end") for share in (0, 0.4, 0.6, 0.8, 1)]
    ordered = sorted(rows, key=lambda row: -row[2])
    heights = _spread([at(second) + 4 for _, _, second in ordered], top + 4, bottom + 4)
    for (name, first, second), height in zip(ordered, heights, strict=True):
        shapes.append(line(left, at(first), right, at(second), 2.5 if second < first else 1))
        dot = Markup('<circle cx="{}" cy="{:.1f}" r="3" fill="{}"/>')
        shapes += [dot.format(x, at(share), DARK) for x, share in ((left, first), (right, second))]
        shapes += [line(right + 4, at(second), right + 18, height - 4, 0.5), label(right + 21, height, name, "start")]
    better, worse = sum(second > first for _, first, second in rows), sum(second < first for _, first, second in rows)
    counts = f"{better} higher, {worse} lower, {len(rows) - better - worse} level"
    return picture(bottom + 10, f"Scores of {len(rows)} areas, {names[0]} and {names[1]}: {counts}", *shapes)


def _spread(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """The heights, sorted from the top down, moved apart so that no two names overlap."""
    spacing = 12
    spread: list[float] = []
    for height in heights:
        spread.append(max(height, spread[-1] + spacing if spread else top))
    for index in reversed(range(len(spread))):
        spread[index] = min(spread[index], bottom if index == len(spread) - 1 else spread[index + 1] - spacing)
    return spread


def intervals(scores: Sequence[tuple[str, Score]], words: str) -> Markup:
    """Intervals on one scale, one below the other in the order of `scores`. `words` is the text alternative."""
    shapes: list[Markup] = []
    for index, (name, score) in enumerate(scores):
        y = 6 + 26 * index
        low, high = (100 + 1.5 * end for end in (score.low, score.high))
        shapes += [label(94, y + 12, name, "end"), box(100, y, 150, 16, PALE), box(low - 1, y, high - low + 2, 16, DARK)]
        shapes.append(label(258, y + 12, _score_text(score), "start", "bold"))
    bottom = 6 + 26 * len(scores)
    shapes += [label(100 + 1.5 * edge, bottom + 10, edge) for edge in (EDGES[0], EDGES[1], EDGES[-2], EDGES[-1])]
    return picture(bottom + 16, words, *shapes)
