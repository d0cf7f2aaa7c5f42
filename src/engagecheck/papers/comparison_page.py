"""Comparisons and trends as HTML pages: a slope chart, intervals over time, and a table under each chart."""

from engagecheck.analysis.compare import Area, Comparison, DatedResult, Trend
from engagecheck.model import labels
from engagecheck.model.outcomes import Outcome
from engagecheck.model.report import Score
from engagecheck.papers import charts, rating
from engagecheck.papers.comparison_text import groups, names, unchanged
from engagecheck.papers.html import page
from engagecheck.rules.reporter import Style


def comparison_page(compared: Comparison, _style: Style) -> str:
    """Two audits side by side."""
    old, new = names(compared)
    areas = [area for area in compared.areas if None not in area.scores]
    rows = [(str(number), *_low_shares(area)) for number, area in enumerate(areas, 1)]
    scores = [(old, compared.old.score), (new, compared.new.score)]
    return page(
        "comparison.html.j2",
        comparison=compared,
        then=old,
        now=new,
        score_text=_score_text,
        moment=_result,
        areas=areas,
        groups=[*groups(compared), ("The same as before", unchanged(compared))],
        intervals=charts.intervals(scores, _alt_text("Scores of 100", scores)),
        slopes=charts.slopes(rows, (old, new)),
    )


def trend_page(history: Trend, _style: Style) -> str:
    """Many audits over time."""
    scores = [(labels.day(one.as_of), one.score) for one in history.opinions]
    return page(
        "trend.html.j2",
        history=history,
        score_text=_score_text,
        moment=_result,
        areas=history.areas,
        drawn=lambda area: _area_chart(area, history),
        intervals=charts.intervals(scores, _alt_text("Scores of 100", scores)),
    )


def _area_chart(area: Area, history: Trend) -> str:
    opinions = zip(history.opinions, area.scores, strict=True)
    scores = [(labels.day(one.as_of), score) for one, score in opinions if score is not None]
    return charts.intervals(scores, _alt_text(area.title, scores))


def _alt_text(title: str, scores: list[tuple[str, Score]]) -> str:
    return f"{title}: " + "; ".join(f"{name}, {rating.interval(score)}" for name, score in scores)


def _low_shares(area: Area) -> tuple[float, float]:
    first, second = (score.low / 100 for score in area.scores if score is not None)
    return first, second


def _score_text(score: Score | None) -> str:
    return "not asked" if score is None else rating.interval(score)


def _result(one: DatedResult) -> str:
    if one.outcome is None:
        return "not asked"
    value = f" ({one.value_text})" if one.value_text and one.outcome is not Outcome.NOT_EVIDENCED else ""
    return f"{labels.MARK[one.outcome]} {labels.OUTCOME[one.outcome]}{value}"
