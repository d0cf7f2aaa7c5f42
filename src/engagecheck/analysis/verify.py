"""Verification of a report: the differences between it and the same audit done again."""

from collections.abc import Iterator

from msgspec import to_builtins
from msgspec.structs import replace

from engagecheck.model.report import Report
from engagecheck.model.result import CriterionResult


def differences(report: Report, reaudit: Report) -> Iterator[str]:
    """The differences, in sentences. There are none if the report follows from its inputs. Run details are ignored."""
    if report.profile_digest != reaudit.profile_digest:
        yield "this is not the profile that was audited: its digest is different"
    for name in sorted({*report.inputs, *reaudit.inputs}):
        if report.inputs.get(name) != reaudit.inputs.get(name):
            what = name.replace("_", " ")
            if name in report.inputs and name in reaudit.inputs:
                yield f"the {what} are not those of the report"
            else:
                yield f"the report was made {'with' if name in report.inputs else 'without'} {what}; verify it the same way"
    if report.tool != reaudit.tool:
        yield f"it was made with {report.tool.name} {report.tool.version}, and this is {reaudit.tool.version}"
    yield from _packs(report, reaudit)
    yield from _results(report, reaudit)
    yield from _parts(report, reaudit)
    if report.report_digest != reaudit.report_digest:
        yield "the new audit has a different digest"


def _packs(report: Report, reaudit: Report) -> Iterator[str]:
    old, new = {pack.name: pack for pack in report.packs}, {pack.name: pack for pack in reaudit.packs}
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            yield f"the pack {name} was {'' if name in old else 'not '}there and is {'' if name in new else 'not '}there"
        elif old[name].version != new[name].version:
            yield f"the pack {name} was version {old[name].version or 'none'} and is {new[name].version or 'none'}"
        elif old[name].digest != new[name].digest:
            yield f"the rules of the pack {name} were edited: the digest of their text is different"
        elif old[name] != new[name]:
            yield f"the rating of the pack {name} is not what the facts say"
    versions = {finding.rule: finding.version for finding in report.findings}
    for finding in reaudit.findings:
        if versions.get(finding.rule, finding.version) != finding.version:
            yield f"the rule {finding.rule} was version {versions[finding.rule]} and is {finding.version}"


_COMPARED_ELSEWHERE = ("tool", "profile_digest", "inputs", "packs", "findings", "run", "report_digest")
"""Parts of a report that `_parts` skips: other functions compare them, or they may differ between two runs."""


def _parts(report: Report, reaudit: Report) -> Iterator[str]:
    for part in Report.__struct_fields__:
        old, new = to_builtins(getattr(report, part)), to_builtins(getattr(reaudit, part))
        if part not in _COMPARED_ELSEWHERE and old != new:
            names = [name for name in old if old[name] != new.get(name)] if isinstance(old, dict) else []
            where = f" ({', '.join(names).replace('_', ' ')})" if names else ""
            yield f"the part “{part.replace('_', ' ')}” of the report is not what the audit gives{where}"


def _results(report: Report, reaudit: Report) -> Iterator[str]:
    ignores_overrides = any(deviation.what.startswith("accepted gaps") for deviation in report.deviations)
    if ignores_overrides and report.deviations != reaudit.deviations:
        yield "accepted gaps and attestations were ignored for the report; verify with the same files and --ignore-overrides"
    if [finding.rule for finding in report.findings] != [finding.rule for finding in reaudit.findings]:
        yield "the areas are not those that the rules give, or not in their order"
    areas = {finding.rule: finding for finding in reaudit.findings}
    for finding in report.findings:
        if finding.rule in areas and replace(finding, criteria=()) != replace(areas[finding.rule], criteria=()):
            yield f"the area {finding.rule} (title, result, score or text) is not what the audit gives"
    old, new, details = report.results, reaudit.results, []
    for name in sorted({*old, *new}):
        if name not in old or name not in new:
            yield f"{name} is {'not in the report' if name not in old else 'only in the report'}"
        elif old[name].outcome is not new[name].outcome or old[name].value != new[name].value:
            yield f"{name}: the report says {_described(old[name])}, the facts say {_described(new[name])}"
        elif to_builtins(old[name]) != to_builtins(new[name]):
            details.append(name)
    if details:  # a profile that was only saved again has other lines for every fact
        shown = ", ".join(details[:_NAMED]) + (f" and {len(details) - _NAMED} more" if len(details) > _NAMED else "")
        yield f"the outcome is the same, but other details differ (such as the lines of the profile): {shown}"


_NAMED = 3
"""How many questions are named whose details alone differ."""


def _described(result: CriterionResult) -> str:
    return f"{result.outcome} ({result.value_text or result.value})" if result.value is not None else str(result.outcome)
