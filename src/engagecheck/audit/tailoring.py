"""Departures from the defaults, read from `engagecheck.toml` or from `[tool.engagecheck]` in a `pyproject.toml`.

Each departure has a reason. A report shows the default threshold and the default level next to the tailored ones.
"""

import re
from collections.abc import Container, Iterator, Mapping
from hashlib import sha256
from typing import Any

import msgspec
from attrs import Factory, evolve, field, frozen
from msgspec import Struct

from engagecheck.errors import InputRefused
from engagecheck.inputs import parse_toml
from engagecheck.model.outcomes import Assurance, Priority
from engagecheck.model.profile import Profile
from engagecheck.model.report import Deviation
from engagecheck.model.schema import did_you_mean, schema
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.yardsticks import Yardstick, tailored

_TOP_LEVEL: Mapping[str, type | tuple[type, ...]] = {
    "pack": str, "scale": str, "fail_on": str, "min_coverage": (int, float), "plugins": list, "accepted_gaps": str,
    "attestations": str,
}  # fmt: skip
_TABLES = ("criteria", "rules")
_CHANGES = ("met", "partly", "max_age", "min_assurance")
_CRITERION_KEYS = (*_CHANGES, "reason")
_RULE_KEYS = ("left_out", "reason")
FAIL_ON = ("high", "medium", "low", "never")


@frozen
class TailoredCriterion:
    """The changes to one criterion. `None` keeps the default."""

    reason: str
    yardstick: Yardstick | None = None
    max_age: int | None = None
    min_assurance: Assurance | None = None


@frozen
class Tailoring:
    """All departures from the defaults. `left_out` holds the reason for each rule that does not count in the rating."""

    pack: str | None = None
    scale: str | None = None
    fail_on: str | None = None
    min_coverage: float | None = None
    plugins: tuple[str, ...] = ()
    accepted_gaps: str | None = None
    attestations: str | None = None
    criteria: Mapping[str, TailoredCriterion] = Factory(dict)
    left_out: Mapping[str, str] = Factory(dict)
    digest: str = ""
    name: str = ""
    raw: bytes = field(default=b"", repr=False)

    def applied_to(self, criterion: Criterion) -> Criterion:
        """The criterion with the changes of this audit."""
        change = self.criteria.get(criterion.id)
        if change is None:
            return criterion
        return evolve(
            criterion,
            yardstick=change.yardstick or criterion.yardstick,
            max_age=criterion.max_age if change.max_age is None else change.max_age,
            min_assurance=change.min_assurance or criterion.min_assurance,
        )

    def reason(self, criterion: str) -> str:
        """Why a criterion is tailored; an empty string if it is not."""
        return self.criteria[criterion].reason if criterion in self.criteria else ""

    def deviations(self, registry: Registry, profile: Profile) -> Iterator[Deviation]:
        """Every departure of a criterion or rule from what the organisation would be asked, with the default in words."""
        for name, change in sorted(self.criteria.items()):
            declared = _find_criterion(name, registry)
            if declared is None:
                continue
            default = declared.for_organisation(profile.organisation, profile.as_of)
            if change.yardstick not in (None, default.yardstick):
                unit = default.unit
                yield Deviation(name, default.yardstick.describe(unit), change.yardstick.describe(unit), change.reason)
            if change.max_age not in (None, default.max_age):
                usual = f"evidence up to {default.max_age} months old"
                yield Deviation(name, usual, f"up to {change.max_age} months", change.reason)
            if change.min_assurance not in (None, default.min_assurance):
                usual = f"at least {default.min_assurance}" if default.min_assurance else "any evidence"
                yield Deviation(name, usual, f"at least {change.min_assurance}", change.reason)
        for name, reason in sorted(self.left_out.items()):
            yield Deviation(name, "counts in the rating", "left out of the rating, but measured and shown", reason)


class _Reading(Struct, frozen=True):
    """A configuration file while it is read: its text, for positions, and the complaints so far."""

    name: str
    text: str
    prefix: str
    elsewhere: Container[str]
    complaints: list[tuple[int, int, str]] = msgspec.field(default_factory=list)

    def refuse(self, table: str, key: str, message: str) -> None:
        line, column = _position(self.text, self.prefix + table, key)
        self.complaints.append((line, column, f"{self.name}:{line}:{column}: {message}"))


def read_tailoring(
    raw: bytes, name: str, registry: Registry | None = None, elsewhere: Container[str] | None = None
) -> Tailoring:
    """The tailoring in a TOML file. Raises `InputRefused` with the line and column of each mistake.

    Without a registry, only the plugins to load and the names of other files are read. With a registry, criteria and
    rules must exist. The rules in `elsewhere` are skipped, because the process that audits them reads their tables.
    By default these are the rules of isolated plugins.
    """
    document, text = parse_toml(raw, name)
    is_project = name.endswith("pyproject.toml")
    table = _own_table(document, name) if is_project else document
    if elsewhere is None:
        elsewhere = {plugin.name for plugin in registry.isolated} if registry else ()
    reading = _Reading(name, text, "tool.engagecheck." if is_project else "", elsewhere)
    tailoring = _read(table, reading, registry)
    if reading.complaints:
        raise InputRefused([message for _, _, message in sorted(reading.complaints)])
    return evolve(tailoring, digest=sha256(raw).hexdigest(), name=name, raw=raw)


def _own_table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """`[tool.engagecheck]` of a `pyproject.toml`; empty if there is no such table."""
    tools = document.get("tool", {})
    table = tools.get("engagecheck", {}) if isinstance(tools, dict) else {}
    if not isinstance(table, dict):
        raise InputRefused([f"{name}:1:1: engagecheck under tool is no table; write [tool.engagecheck], its settings below"])
    return table


def _read(document: Mapping[str, Any], reading: _Reading, registry: Registry | None) -> Tailoring:
    top: dict[str, Any] = {}
    for key, value in document.items():
        if key in _TABLES:
            continue
        if key not in _TOP_LEVEL:
            reading.refuse("", key, f"the name {key!r} is not known here; {did_you_mean(key, [*_TOP_LEVEL, *_TABLES])}")
        elif not isinstance(value, _TOP_LEVEL[key]) or isinstance(value, bool) or value == "" or not _lists_only_texts(value):
            reading.refuse("", key, f"{key} = {value!r} is not what is wanted here; see docs/judgement.md")
        else:
            top[key] = value
    if top.get("fail_on", "high") not in FAIL_ON:
        reading.refuse("", "fail_on", f"fail_on = {top.pop('fail_on')!r} is not one of {', '.join(FAIL_ON)}")
    if not 0 <= top.get("min_coverage", 0) <= 100:
        reading.refuse("", "min_coverage", f"min_coverage = {top.pop('min_coverage')} is not between 0 and 100")
    if registry is None:
        gaps, attestations = top.get("accepted_gaps"), top.get("attestations")
        return Tailoring(plugins=tuple(top.get("plugins", ())), accepted_gaps=gaps, attestations=attestations)
    if "scale" in top and top["scale"] not in registry.scales:
        known = did_you_mean(top["scale"], list(registry.scales))
        reading.refuse("", "scale", f"there is no scale called {top['scale']!r}; {known}")
    criteria = {
        name: change
        for name, table in _subtables(document, "criteria", reading)
        if (change := _read_criterion(name, table, reading, registry))
    }
    left_out = dict(_read_left_out(document, reading, registry))
    return Tailoring(**{**top, "plugins": tuple(top.get("plugins", ()))}, criteria=criteria, left_out=left_out)


def _lists_only_texts(value: Any) -> bool:
    return not isinstance(value, list) or all(isinstance(item, str) and item for item in value)


def _subtables(document: Mapping[str, Any], kind: str, reading: _Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    tables = document.get(kind, {})
    if not isinstance(tables, dict):
        reading.refuse(kind, "", f'write a table for each of the {kind}: [{kind}."NAME"]')
        return
    for name, table in tables.items():
        if name.partition("/")[0] in reading.elsewhere:
            continue
        if isinstance(table, dict):
            yield name, table
        else:
            reading.refuse(kind, name, f'write a table: [{kind}."{name}"]')


def _read_criterion(name: str, table: Mapping[str, Any], reading: _Reading, registry: Registry) -> TailoredCriterion | None:
    where = f"criteria.{name}"
    criterion = _find_criterion(name, registry)
    if criterion is None:
        known = [criterion.id for rule in registry.rules.values() for criterion in rule.criteria]
        reading.refuse(where, "", f"there is no criterion called {name!r}; {did_you_mean(name, known)}")
        return None
    complaints_before = len(reading.complaints)
    _refuse_unknown(table, _CRITERION_KEYS, where, reading)
    _has_reason(name, table, where, reading)
    if not set(table) & set(_CHANGES):
        reading.refuse(where, "", f"{name}: nothing is different; give {', '.join(_CHANGES)}, or remove this table")
    age, assurance = table.get("max_age"), table.get("min_assurance")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 1 <= age <= 120):
        reading.refuse(where, "max_age", f"max_age = {age!r} is not a number of months from 1 to 120")
    if assurance is not None and assurance not in [allowed.value for allowed in Assurance]:
        reading.refuse(where, "min_assurance", f"min_assurance = {assurance!r} is not one of {', '.join(Assurance)}")
    yardstick = None
    if "met" in table or "partly" in table:
        try:
            yardstick = tailored(criterion.yardstick, criterion.unit, met=table.get("met"), partly=table.get("partly"))
        except ValueError as error:
            reading.refuse(where, "met" if "met" in table else "partly", f"{name}: {error}")
    if len(reading.complaints) > complaints_before:
        return None
    return TailoredCriterion(str(table["reason"]), yardstick, age, Assurance(assurance) if assurance else None)


def _refuse_unknown(table: Mapping[str, Any], known: tuple[str, ...], where: str, reading: _Reading) -> None:
    for key in table:
        if key not in known:
            reading.refuse(where, key, f"the name {key!r} is not known here; {did_you_mean(key, list(known))}")


def _read_left_out(document: Mapping[str, Any], reading: _Reading, registry: Registry) -> Iterator[tuple[str, str]]:
    for name, table in _subtables(document, "rules", reading):
        where = f"rules.{name}"
        if name not in registry.rules:
            reading.refuse(where, "", f"there is no rule called {name!r}; {did_you_mean(name, list(registry.rules))}")
        _refuse_unknown(table, _RULE_KEYS, where, reading)
        if table.get("left_out") is not True:
            reading.refuse(where, "left_out" if "left_out" in table else "", "write left_out = true, or remove this table")
        elif _has_reason(name, table, where, reading):
            rule = registry.rules.get(name)
            if rule and any(criterion.priority is Priority.CAPS for criterion in rule.criteria):
                # Nobody can accept a contradiction between facts as a gap, so nobody can leave it out either.
                reading.refuse(where, "left_out", f"{name}: contradictions between facts cannot be left out; correct the facts")
            else:
                yield name, str(table["reason"])


def _has_reason(name: str, table: Mapping[str, Any], where: str, reading: _Reading) -> bool:
    """Whether a table gives a reason; refuses the table if not."""
    reason = table.get("reason")
    seen = schema("profile")["$defs"]["accepted_gap"]["properties"]["reason"]["pattern"]
    if isinstance(reason, str) and re.search(seen, reason):
        return True
    reading.refuse(where, "reason" if "reason" in table else "", f'{name}: say why, with reason = "…"')
    return False


def _find_criterion(name: str, registry: Registry) -> Criterion | None:
    rule = registry.rules.get(name.partition("/")[0])
    return next((criterion for criterion in rule.criteria if criterion.id == name), None) if rule else None


def _position(text: str, table: str, key: str) -> tuple[int, int]:
    """Line and column of a key in a table of a TOML text; those of the table if the key has no line of its own."""
    current, table_position, table = "", None, table.rstrip(".")
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([^\]]+?)\s*\]", line)
        if header:
            current = header[1].replace('"', "").replace("'", "")
            if current == table:
                table_position = (number, line.index("[") + 1)
        assignment = re.match(r"\s*[\"']?([^\"'=\s]+)[\"']?\s*=", line)
        if assignment and key and assignment[1] == key and current == table:
            return number, len(line) - len(line.lstrip()) + 1
    return table_position or _mention_position(text, table.partition(".")[2] or table)


def _mention_position(text: str, name: str) -> tuple[int, int]:
    """Line and column of a name without a table of its own, such as a key of an inline table."""
    for number, line in enumerate(text.splitlines(), 1):
        if name and name in line.partition("#")[0]:
            return number, line.index(name) + 1
    return 1, 1
