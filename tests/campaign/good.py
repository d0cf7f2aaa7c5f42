"""A rule as a stranger writes it, for the campaigns."""

from engagecheck import Rule, yes

rule = Rule(title="There is a strategy")


@rule.criterion(question="Is there a strategy?", reads="talent.leadership_strategy", yardstick=yes)
def asked(fact):
    """Whether there is one."""
    return fact
