"""The catalogue of rules, written from their metadata."""

import json

from engagecheck.audit.results import cited
from engagecheck.errors import UsageRefused
from engagecheck.model import labels
from engagecheck.model.profile import pointer_of
from engagecheck.model.result import SourceCited
from engagecheck.model.schema import did_you_mean, title_of
from engagecheck.papers.html import page_file
from engagecheck.papers.text_layout import Paper
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.reporter import Style
from engagecheck.rules.rule import Rule

NOTICE = "Made from the rules by `engagecheck rules --markdown docs/rules`; do not edit."

KEY_FINDINGS: dict[str, str] = json.loads(page_file("key_findings.json"))
"""Each thing that the report's key findings and policy implications say, in our words, with the criteria that audit it."""


def listed(registry: Registry, style: Style) -> str:
    """Every rule with one line for each of its criteria."""
    paper = Paper(style)
    for rule in registry.rules.values():
        paper.section(f"{rule.id}: {rule.title}")
        for criterion in rule.criteria:
            paper.item("-", f"{criterion.id.partition('/')[2]} ({labels.PRIORITY[criterion.priority]}): {criterion.question}")
    paper.gap()
    paper.say("For details: engagecheck rules RULE, or engagecheck rules RULE/CRITERION.")
    return paper.text()


def of(name: str, registry: Registry, style: Style) -> str:
    """Everything about one rule or criterion. Raises `UsageRefused` if nothing has that name."""
    paper = Paper(style)
    rule = registry.rules.get(name.partition("/")[0])
    criteria = [one for one in rule.criteria if name in (one.id, rule.id)] if rule else []
    if rule is None or not criteria:
        known = [one.id for one in rule.criteria] if rule else list(registry.rules)
        raise UsageRefused(f"rules {name}: there is no rule or criterion of this name; {did_you_mean(name, known)}")
    if name == rule.id:
        _rule(rule, registry, paper)
    for criterion in criteria:
        _criterion(criterion, registry, paper)
    return paper.text()


def markdown(registry: Registry) -> dict[str, str]:
    """A Markdown page for each rule, and an index, by file name."""
    pages = {f"{rule.id}.md": _page(rule, registry) for rule in registry.rules.values()}
    lines = ["# The rules", "", NOTICE, "", "| rule | what it looks for | questions |", "|---|---|---|"]
    lines += [f"| [{rule.id}]({rule.id}.md) | {rule.title} | {len(rule.criteria)} |" for rule in registry.rules.values()]
    known = {criterion.id for rule in registry.rules.values() for criterion in rule.criteria}
    if all(name in known for names in KEY_FINDINGS.values() for name in names.split()):
        lines += ["", "## What the key findings say, and the questions that audit it", ""]
        lines += ["| the report says, in our words | questions |", "|---|---|"]
        lines += [f"| {words} | {', '.join(map(_link, names.split()))} |" for words, names in KEY_FINDINGS.items()]
    return {"index.md": "\n".join(lines) + "\n", **pages}


def _link(criterion: str) -> str:
    rule, _, name = criterion.partition("/")
    return f"[{name}]({rule}.md)"


def _page(rule: Rule, registry: Registry) -> str:
    parts = [f"# {rule.title}", NOTICE, f"`{rule.id}` · {_source(cited(rule.source, registry.sources))}", rule.why]
    for criterion in rule.criteria:
        parts.append(f"## {criterion.question}")
        parts.append(f"`{criterion.id}`")
        rows = "\n".join(f"| {name} | {_cell(text)} |" for name, text in _rows(criterion, registry))
        parts.append(f"| | |\n|---|---|\n{rows}")
    return "\n\n".join(parts) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _rule(rule: Rule, registry: Registry, paper: Paper) -> None:
    paper.heading(f"{rule.id}: {rule.title}")
    paper.say(rule.why)
    paper.say(f"Source: {_source(cited(rule.source, registry.sources))}")


def _criterion(criterion: Criterion, registry: Registry, paper: Paper) -> None:
    paper.section(criterion.id)
    paper.say(criterion.question, bold=True)
    paper.pairs(_rows(criterion, registry))


def _rows(criterion: Criterion, registry: Registry) -> list[tuple[str, str]]:
    rows = [
        ("What we measure", criterion.summary),
        ("What good looks like", criterion.yardstick.describe(criterion.unit)),
        ("Where this comes from", _threshold(criterion, registry)),
        ("Priority", labels.PRIORITY[criterion.priority]),
        ("Asked of", criterion.applies.to or "every organisation with a board and employed doctors"),
        ("Reads", "; ".join(f"{title_of(path)} ({pointer_of(path)})" for path in criterion.paths)),
        ("What would show it", criterion.show),
    ]
    rows[3:3] = [("For others", text) for text in _variants(criterion)]
    if criterion.same_cause_as:
        rows.append(("Same cause as", criterion.same_cause_as))
    for advice in criterion.recommend:
        rows.append((f"If {advice.case}" if advice.case else "If not met", labels.recommendation(advice)))
        if advice.success:
            rows.append(("Done when", advice.success))
    return rows


def _variants(criterion: Criterion) -> list[str]:
    """What differs for some organisations, in one sentence for each variant."""
    sentences = []
    for variant in criterion.variants:
        who = variant.within.to if variant.within else f"everyone but {variant.outside.to if variant.outside else ''}"
        differences = [labels.BASIS[variant.basis]] if variant.basis else []
        differences += [f"what good looks like: {variant.yardstick.describe(criterion.unit)}"] if variant.yardstick else []
        differences += [labels.PRIORITY[variant.priority]] if variant.priority else []
        differences += [] if variant.gates else ["no effect on the exit code"]
        sentences.append(f"{who}: {'; '.join(differences)}")
    return sentences


def _threshold(criterion: Criterion, registry: Registry) -> str:
    source = cited(criterion.source, registry.sources, prompted=criterion.prompted)
    if source is None:
        return f"{labels.BASIS[criterion.basis]}: none"
    return " ".join([f"{labels.threshold(criterion.basis, source)}.", *labels.in_force(source), source.address]).strip()


def _source(source: SourceCited | None) -> str:
    return "none" if source is None else f"{labels.published(source, part=True)} {source.address}".strip()
