"""The framework that a pack is, and the pack that heads a report.

Every pack of rules has a score, ladders, a rating and a gate of its own. The one that is chosen as the headline also gives
the papers their title.
"""

from collections.abc import Iterator, Mapping, Sequence

from attrs import Factory, frozen

from engagecheck.errors import RuleRefused
from engagecheck.model.outcomes import Priority
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.discovery import BUNDLED
from engagecheck.rules.rule import ID, Rule


@frozen(kw_only=True)
class Framework:
    """What a pack says about itself. It stands once in a pack, at the top level of a module.

    `title` heads the papers, and `about` is a sentence below it. `subsets` names choices of rules, each by the ids of the
    rules that count. Raises `RuleRefused` for a title that is empty, or a subset that cannot be.
    """

    title: str
    about: str = ""
    subsets: Mapping[str, tuple[str, ...]] = Factory(dict)

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.title, str) or not self.title.strip() or not isinstance(self.about, str):
            raise RuleRefused(f"the framework {self.title!r}: title and about are texts, and the title is not empty")
        for name, rules in self.subsets.items():
            if not ID.fullmatch(name):
                raise RuleRefused(f"the subset {name!r}: write its name in lower case with hyphens, such as first-steps")
            if not isinstance(rules, tuple | list) or not rules or not all(isinstance(rule, str) for rule in rules):
                raise RuleRefused(f"the subset {name!r}: give the ids of its rules as a tuple, at least one")

    def complaints(self, rules: Sequence[str]) -> Iterator[str]:
        """What is wrong with it, beside the rules of its pack, which are given by their ids."""
        for name, chosen in self.subsets.items():
            for rule in chosen:
                if rule not in rules:
                    known = did_you_mean(rule, rules)
                    yield f"the framework's subset {name} names {rule!r}, which is no rule of its pack; {known}"


@frozen
class Headline:
    """The pack whose rating heads a report. `subset` names the rules of it that count; without one, all do.

    `framework` is `None` for the bundled pack. As text it is what `--pack` takes: NAME, or NAME:SUBSET.
    """

    pack: str = BUNDLED
    framework: Framework | None = None
    subset: str = ""

    def __str__(self) -> str:
        return f"{self.pack}:{self.subset}" if self.subset else self.pack

    def leaves_out(self, rule: Rule, pack: str) -> str:
        """Why a rule of a pack does not count in its rating; empty if it does.

        Contradictions between facts always count, as nobody can accept one.
        """
        if pack != self.pack or self.framework is None or not self.subset or rule.id in self.framework.subsets[self.subset]:
            return ""
        if any(criterion.priority is Priority.CAPS for criterion in rule.criteria):
            return ""
        return f"It is not in the subset “{self.subset}”."


USUAL = Headline()
"""The bundled pack, with all of its rules."""
