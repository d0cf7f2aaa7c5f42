"""What changed between audits as pages of HTML: a slope chart, intervals over time, and a table under each."""

from engagecheck import __version__
from engagecheck.analysis.compare import Area, Change, Comparison, Moment, Trend
from engagecheck.model import labels
from engagecheck.model.report import Outcome, Score
from engagecheck.papers import charts
from engagecheck.papers.comparison_text import groups, names, newly_shown
from engagecheck.papers.html import anchor, page
from engagecheck.rules.reporter import Style

GENERATOR = f"engagecheck {__version__}"


def comparison_page(found: Comparison, _style: Style) -> str:
    """Two audits side by side."""
    then, now = names(found)
    areas = [area for area in found.areas if None not in area.scores]
    rows = [(str(number), *_shares(area)) for number, area in enumerate(areas, 1)]
    same = [one for one in found.changes if one.change is Change.UNCHANGED and not newly_shown(one)]
    scores = [(then, found.old.score), (now, found.new.score)]
    return page(
        "comparison.html.j2",
        generator=GENERATOR,
        found=found,
        then=then,
        now=now,
        labels=labels,
        anchor=anchor,
        said=_said,
        moment=_moment,
        areas=areas,
        groups=[*groups(found), ("The same as before", same)],
        intervals=charts.intervals(scores, _told("Scores of 100", scores)),
        slopes=charts.slopes(rows, (then, now)),
    )


def trend_page(found: Trend, _style: Style) -> str:
    """Many audits over time."""
    scores = [(one.as_of, one.score) for one in found.opinions]
    return page(
        "trend.html.j2",
        generator=GENERATOR,
        found=found,
        labels=labels,
        said=_said,
        moment=_moment,
        areas=found.areas,
        drawn=lambda area: _drawn(area, found),
        intervals=charts.intervals(scores, _told("Scores of 100", scores)),
    )


def _drawn(area: Area, found: Trend) -> str:
    scores = [(one.as_of, score) for one, score in zip(found.opinions, area.scores, strict=True) if score is not None]
    return charts.intervals(scores, _told(area.title, scores))


def _told(what: str, scores: list[tuple[str, Score]]) -> str:
    return f"{what}: " + "; ".join(f"{name}, {labels.interval(score)}" for name, score in scores)


def _shares(area: Area) -> tuple[float, float]:
    first, second = (score.low / 100 for score in area.scores if score is not None)
    return first, second


def _said(score: Score | None) -> str:
    return "not asked" if score is None else labels.interval(score)


def _moment(one: Moment) -> str:
    if one.outcome is None:
        return "not asked"
    value = f" ({one.value_text})" if one.value_text and one.outcome is not Outcome.NOT_EVIDENCED else ""
    return f"{labels.MARK[one.outcome]} {labels.OUTCOME[one.outcome]}{value}"
