"""The catalogue of rules: everything about each of them, from its metadata alone."""

from engagecheck import results, words
from engagecheck.criteria import Criterion
from engagecheck.errors import UsageRefused
from engagecheck.profile import pointer_of
from engagecheck.registry import Registry
from engagecheck.rendering import Style
from engagecheck.report import SourceCited
from engagecheck.reporters.paper import Paper
from engagecheck.rules import Rule
from engagecheck.validation import did_you_mean, title_of


def listed(registry: Registry, style: Style) -> str:
    """Every rule with its criteria, a line each."""
    paper = Paper(style)
    for rule in registry.rules.values():
        paper.section(f"{rule.id}: {rule.title}")
        for criterion in rule.criteria:
            paper.item("-", f"{criterion.id.partition('/')[2]} ({words.PRIORITY[criterion.priority]}): {criterion.question}")
    paper.gap()
    paper.say("Everything about one of them: engagecheck rules RULE, or engagecheck rules RULE/CRITERION.")
    return paper.text()


def of(name: str, registry: Registry, style: Style) -> str:
    """Everything about one rule or criterion; `UsageRefused` if there is none of that name."""
    paper = Paper(style)
    rule = registry.rules.get(name.partition("/")[0])
    criteria = [one for one in rule.criteria if name in (one.id, rule.id)] if rule else []
    if rule is None or not criteria:
        known = [*registry.rules, *(one.id for rule in registry.rules.values() for one in rule.criteria)]
        raise UsageRefused(f"rules {name}: there is no rule or criterion of this name; {did_you_mean(name, known)}")
    if name == rule.id:
        _rule(rule, registry, paper)
    for criterion in criteria:
        _criterion(criterion, registry, paper)
    return paper.text()


def _rule(rule: Rule, registry: Registry, paper: Paper) -> None:
    paper.heading(f"{rule.id}: {rule.title}")
    paper.say(rule.why)
    paper.say(f"Source: {_source(results.cited(rule.source, registry.sources))}")


def _criterion(criterion: Criterion, registry: Registry, paper: Paper) -> None:
    paper.section(criterion.id)
    paper.say(criterion.question, bold=True)
    rows = [
        ("What we measure", criterion.summary),
        ("What good looks like", criterion.yardstick.describe(criterion.unit)),
        ("Where that is from", f"{words.BASIS[criterion.basis]}: {_source(_cited(criterion, registry))}"),
        ("Priority", words.PRIORITY[criterion.priority]),
        ("Asked of", criterion.applies.to or "every organisation with a board and employed doctors"),
        ("Reads", "; ".join(f"{title_of(path)} ({pointer_of(path)})" for path in criterion.paths)),
        ("What would show it", criterion.show),
    ]
    for advice in criterion.recommend:
        rows.append(("If it falls short", f"{advice.text} ({advice.owner}; {advice.horizon}; effort {advice.effort})"))
        rows.append(("Done when", advice.success))
    paper.pairs(rows)


def _cited(criterion: Criterion, registry: Registry) -> SourceCited | None:
    return results.cited(criterion.source, registry.sources, prompted=criterion.prompted)


def _source(source: SourceCited | None) -> str:
    if source is None:
        return "none"
    prompted = "prompted by " if source.prompted else ""
    parts = (source.publisher, source.title, source.part, source.date, source.address)
    return prompted + ", ".join(part for part in parts if part)
