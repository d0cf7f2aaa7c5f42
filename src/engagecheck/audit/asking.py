"""The questions of an audit, each in the forms in which it is put: by variant, tailored. Made once for many profiles."""

from collections.abc import Callable, Mapping
from functools import cache, partial

from engagecheck.audit import evidence
from engagecheck.audit.describe import BROKEN, resting_on_evidence, stated_by, strong_enough
from engagecheck.audit.engine import Walked, told, walker
from engagecheck.audit.scoring import Result
from engagecheck.audit.tailoring import Tailoring
from engagecheck.model.profile import Profile
from engagecheck.model.records import changed, field, record
from engagecheck.model.report import Outcome, Priority, Status
from engagecheck.rules.criteria import Criterion, Variant
from engagecheck.rules.rule import Rule


@record
class Form:
    """A criterion as it is put to those whom a variant is for (`None`: everyone else), and as it would be by default.

    `walk` measures and judges, `judge` also asks for evidence that is strong enough; `results`: what the derivation looks at,
    by outcome.
    """

    variant: Variant | None
    criterion: Criterion
    default: Criterion
    walk: Callable[[Profile], Walked] = field(eq=False, repr=False)
    judge: Callable[[Profile], Walked] = field(eq=False, repr=False)
    results: Mapping[Outcome, Result] = field(eq=False, repr=False)

    @classmethod
    def of(cls, variant: Variant | None, declared: Criterion, rule: Rule, tailoring: Tailoring) -> "Form":
        """The form in a variant. Raises whatever is wrong with a plugin's own yardstick."""
        default = declared.varied(variant)
        criterion = tailoring.suited(default)
        if rule.status is Status.EXPERIMENTAL:
            criterion = changed(criterion, gates=False)
        for one in (default,) if criterion is default else (default, criterion):
            one.yardstick_shown  # noqa: B018 (what no report can show is a fault here)
        kinds = _results(criterion.priority, criterion.gates)
        walk = walker(criterion)
        judge = walk if criterion.min_assurance is None else partial(_with_evidence, criterion, walk)
        return cls(variant, criterion, default, walk, judge, kinds)


@cache
def _results(priority: Priority, gates: bool) -> Mapping[Outcome, Result]:
    return {outcome: Result(priority, outcome, gates) for outcome in Outcome}


def _with_evidence(criterion: Criterion, walk: Callable[[Profile], Walked], profile: Profile) -> Walked:
    facts = resting_on_evidence(stated_by(criterion, profile))
    return strong_enough(criterion, walk(profile), evidence.assurance(profile, facts, criterion.max_age))


@record
class Question:
    """A criterion in all its forms, the usual one last. `fault`: the text of the exception that kept it from having any."""

    declared: Criterion
    forms: tuple[Form, ...] = ()
    fault: str = ""

    @classmethod
    def of(cls, declared: Criterion, rule: Rule, tailoring: Tailoring) -> "Question":
        """The question that a rule asks by a criterion. Whatever fails costs it alone."""
        try:
            return cls(declared, tuple(Form.of(one, declared, rule, tailoring) for one in (*declared.variants, None)))
        except KeyboardInterrupt:
            raise
        except BaseException as error:
            return cls(declared, fault=told(error))

    def form_for(self, profile: Profile) -> Form:
        """The form in which it is put to an organisation: by the first variant that fits."""
        for form in self.forms[:-1]:
            if form.variant is not None and form.variant.fits(profile.organisation, profile.as_of):
                return form
        return self.forms[-1]

    @property
    def lost(self) -> tuple[Result, Walked]:
        """What stands for its answer where it has no forms."""
        walked = Walked(Outcome.ERROR, said=BROKEN)
        return Result(self.declared.priority, walked.outcome, self.declared.gates), walked
