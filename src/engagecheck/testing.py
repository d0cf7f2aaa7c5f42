"""The kit for rule authors: put one criterion to facts, without a profile or a file."""

import inspect
from typing import Any

from engagecheck import results
from engagecheck.criteria import Criterion
from engagecheck.engine import walk
from engagecheck.report import CriterionResult
from engagecheck.structure import profile_from

ENGLISH_TRUST = {"name": "A trust (invented)", "type": "nhs_trust", "country": "England"}
AS_OF = "2025-03-31"


def judge(criterion: Criterion, **facts: Any) -> CriterionResult:
    """The result of one criterion on the facts given, each under the name of the measure's parameter.

    A fact is given as it would stand in a profile's JSON. `organisation` and `as_of` may be given too; without
    them the facts are those of an NHS trust in England on 31 March 2025. A fact that is not given is missing.
    Raises `TypeError` for a name that is no parameter of the measure.
    """
    organisation = {**ENGLISH_TRUST, **facts.pop("organisation", {})}
    document: dict[str, Any] = {"organisation": organisation, "as_of": facts.pop("as_of", AS_OF)}
    names = list(inspect.signature(criterion.measure).parameters)
    paths = dict(zip(names, criterion.paths, strict=True))
    unknown = sorted(set(facts) - set(paths))
    if unknown:
        raise TypeError(f"{criterion.id} reads no fact called {unknown[0]!r}; it reads {', '.join(names)}")
    for name, value in facts.items():
        _put(document, paths[name].split("."), value)
    profile = profile_from(document)
    criterion = criterion.suited(profile.organisation, profile.as_of)
    return results.result_of(criterion, walk(criterion, profile), profile, {})


def _put(document: dict[str, Any], steps: list[str], value: Any) -> None:
    for step in steps[:-1]:
        document = document.setdefault(step, {})
    document[steps[-1]] = value
