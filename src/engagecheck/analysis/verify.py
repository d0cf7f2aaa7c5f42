"""Whether a report follows from its inputs: what differs between it and the same audit done again."""

from collections.abc import Iterator

import attrs
from attrs import evolve

from engagecheck.model.report import CriterionResult, Report, as_json


def differences(made: Report, again: Report) -> Iterator[str]:
    """What differs, in sentences; nothing if the report follows. What may vary between two runs is not looked at."""
    if made.profile_digest != again.profile_digest:
        yield "the profile is not the one that was audited: its digest is another"
    for name in sorted({*made.inputs, *again.inputs}):
        if made.inputs.get(name) != again.inputs.get(name):
            what = name.replace("_", " ")
            yield (
                f"the {what} are not those of the report"
                if name in made.inputs and name in again.inputs
                else (f"the report was made {'with' if name in made.inputs else 'without'} {what}; verify it the same way")
            )
    if made.tool != again.tool:
        yield f"it was made with {made.tool.name} {made.tool.version}, and this is {again.tool.version}"
    yield from _packs(made, again)
    yield from _results(made, again)
    yield from _parts(made, again)
    if made.report_digest != again.report_digest:
        yield "the audit done again has another digest"


def _packs(made: Report, again: Report) -> Iterator[str]:
    then, now = ({pack.name: pack for pack in report.packs} for report in (made, again))
    for name in sorted({*then, *now}):
        if name not in then or name not in now:
            yield f"the pack {name} was {'' if name in then else 'not '}there and is {'' if name in now else 'not '}there"
        elif then[name].version != now[name].version:
            yield f"the pack {name} was version {then[name].version or 'none'} and is {now[name].version or 'none'}"
        elif then[name].digest != now[name].digest:
            yield f"the rules of the pack {name} were edited: the digest of their text is another"
        elif then[name] != now[name]:
            yield f"the rating of the pack {name} is not what the facts say"
    rules_then = {finding.rule: finding.version for finding in made.findings}
    for finding in again.findings:
        if rules_then.get(finding.rule, finding.version) != finding.version:
            yield f"the rule {finding.rule} was version {rules_then[finding.rule]} and is {finding.version}"


_TOLD = ("tool", "profile_digest", "inputs", "packs", "findings", "run", "report_digest")
"""Parts of a report that are compared one by one, or not at all."""


def _parts(made: Report, again: Report) -> Iterator[str]:
    for part in attrs.fields(Report):
        then, now = (as_json(getattr(report, part.name)) for report in (made, again))
        if part.name not in _TOLD and then != now:
            names = [name for name in then if then[name] != now.get(name)] if isinstance(then, dict) else []
            where = f" ({', '.join(names).replace('_', ' ')})" if names else ""
            yield f"the part “{part.name.replace('_', ' ')}” of the report is not what the audit gives{where}"


def _results(made: Report, again: Report) -> Iterator[str]:
    if any(one.what.startswith("accepted gaps") for one in made.deviations) and made.deviations != again.deviations:
        yield "accepted gaps and attestations were ignored for the report; verify with the same files and --ignore-overrides"
    if [finding.rule for finding in made.findings] != [finding.rule for finding in again.findings]:
        yield "the areas are not those that the rules give, or not in their order"
    areas = {finding.rule: finding for finding in again.findings}
    for finding in made.findings:
        if finding.rule in areas and evolve(finding, criteria=()) != evolve(areas[finding.rule], criteria=()):
            yield f"the area {finding.rule} (title, result, score or text) is not what the audit gives"
    then = {one.id: one for finding in made.findings for one in finding.criteria}
    now = {one.id: one for finding in again.findings for one in finding.criteria}
    for name in sorted({*then, *now}):
        if name not in then or name not in now:
            yield f"{name} is {'not in the report' if name not in then else 'only in the report'}"
        elif then[name].outcome is not now[name].outcome or then[name].value != now[name].value:
            yield f"{name}: the report says {_told(then[name])}, the facts say {_told(now[name])}"
        elif as_json(then[name]) != as_json(now[name]):
            yield f"{name}: the outcome is the same, and something beside it differs"


def _told(one: CriterionResult) -> str:
    return f"{one.outcome} ({one.value_text or one.value})" if one.value is not None else str(one.outcome)
