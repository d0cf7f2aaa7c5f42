"""Departures from the defaults, from `engagecheck.toml` or `[tool.engagecheck]` of a `pyproject.toml`: each with its reason.

A tailored threshold is always shown beside the default, and the level by the defaults beside the tailored one.
"""

import re
from collections.abc import Container, Iterator, Mapping
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.model.digests import digest_of
from engagecheck.model.records import Factory, changed, field, record
from engagecheck.model.report import Assurance, Deviation, Priority
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.criteria import Criterion
from engagecheck.rules.yardsticks import Yardstick, tailored

_TOP: Mapping[str, type | tuple[type, ...]] = {
    "scale": str, "fail_on": str, "min_coverage": (int, float), "plugins": list, "accepted_gaps": str, "attestations": str,
}  # fmt: skip
_TABLES = ("criteria", "rules")
_CHANGES = ("met", "partly", "max_age", "min_assurance")
_CRITERION = (*_CHANGES, "reason")
_RULE = ("left_out", "reason")
GATES = ("high", "medium", "low", "never")


@record
class TailoredCriterion:
    """What is different for one criterion. `None`: as by default."""

    reason: str
    yardstick: Yardstick | None = None
    max_age: int | None = None
    min_assurance: Assurance | None = None


@record
class Tailoring:
    """All departures from the defaults. `left_out`: the reason for each rule that does not count in the rating."""

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

    @classmethod
    def read(cls, raw: bytes, name: str = "engagecheck.toml", registry: Registry | None = None) -> "Tailoring":
        """The tailoring in the bytes of a TOML file, as `read` in this module does."""
        return read(raw, name, registry)

    def suited(self, criterion: Criterion) -> Criterion:
        """A criterion as it is put in this audit."""
        mine = self.criteria.get(criterion.id)
        if mine is None:
            return criterion
        return changed(
            criterion,
            yardstick=mine.yardstick or criterion.yardstick,
            max_age=criterion.max_age if mine.max_age is None else mine.max_age,
            min_assurance=mine.min_assurance or criterion.min_assurance,
        )

    def reason(self, criterion: str) -> str:
        """Why a criterion is tailored; nothing if it is not."""
        return self.criteria[criterion].reason if criterion in self.criteria else ""

    def deviations(self, registry: Registry) -> Iterator[Deviation]:
        """Every departure of a criterion or rule with the default, in words."""
        for name, mine in sorted(self.criteria.items()):
            default = _criterion(name, registry)
            if default is None:
                continue
            if mine.yardstick is not None:
                yield Deviation(
                    name, default.yardstick.describe(default.unit), mine.yardstick.describe(default.unit), mine.reason
                )
            if mine.max_age is not None:
                yield Deviation(
                    name, f"evidence up to {default.max_age} months old", f"up to {mine.max_age} months", mine.reason
                )
            if mine.min_assurance is not None:
                usual = f"at least {default.min_assurance}" if default.min_assurance else "any evidence"
                yield Deviation(name, usual, f"at least {mine.min_assurance}", mine.reason)
        for name, reason in sorted(self.left_out.items()):
            yield Deviation(name, "counts in the rating", "left out of it; measured and shown all the same", reason)


@record
class _Reading:
    """A configuration while it is read: its text for the places, and what is wrong so far."""

    name: str
    text: str
    prefix: str
    elsewhere: Container[str]
    wrong: list[tuple[int, int, str]] = Factory(list)

    def refuse(self, table: str, key: str, message: str) -> None:
        line, column = _place(self.text, self.prefix + table, key)
        self.wrong.append((line, column, f"{self.name}:{line}:{column}: {message}"))


def read(raw: bytes, name: str, registry: Registry | None = None, elsewhere: Container[str] | None = None) -> Tailoring:
    """The tailoring in a TOML file. Raises `InputRefused` with line and column of each thing that is wrong.

    Without a registry only what names plugins to load and files beside it is read. With one, criteria and rules must exist,
    but for the rules `elsewhere`, which are read where they are audited (those of isolated plugins, unless given).
    """
    import tomllib

    try:
        text = raw.decode("utf-8")
        document = tomllib.loads(text)
    except UnicodeDecodeError:
        raise InputRefused([f"{name}:1:1: the file is not UTF-8 text; save it as TOML in UTF-8"]) from None
    except tomllib.TOMLDecodeError as error:
        where = re.search(r"line (\d+), column (\d+)", str(error))
        last = text.rstrip().splitlines() or [""]
        line, column = (where[1], where[2]) if where else (str(len(last)), str(len(last[-1]) + 1))
        raise InputRefused([f"{name}:{line}:{column}: not TOML here: {str(error).partition(' (at')[0]}"]) from None
    is_project = name.endswith("pyproject.toml")
    table = _own_table(document, name) if is_project else document
    if elsewhere is None:
        elsewhere = {plugin.name for plugin in registry.isolated} if registry else ()
    reading = _Reading(name, text, "tool.engagecheck." if is_project else "", elsewhere)
    found = _read(table, reading, registry)
    if reading.wrong:
        raise InputRefused([message for _, _, message in sorted(reading.wrong)])
    return changed(found, digest=digest_of(raw), name=name, raw=raw)


def _own_table(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """`[tool.engagecheck]` of a pyproject; nothing where there is none."""
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
        if key not in _TOP:
            reading.refuse("", key, f"the name {key!r} is not known here; {did_you_mean(key, [*_TOP, *_TABLES])}")
        elif not isinstance(value, _TOP[key]) or isinstance(value, bool) or value == "" or not _only_texts(value):
            reading.refuse("", key, f"{key} = {value!r} is not what is wanted here; see docs/judgement.md")
        else:
            top[key] = value
    if top.get("fail_on", "high") not in GATES:
        reading.refuse("", "fail_on", f"fail_on = {top.pop('fail_on')!r} is not one of {', '.join(GATES)}")
    if not 0 <= top.get("min_coverage", 0) <= 100:
        reading.refuse("", "min_coverage", f"min_coverage = {top.pop('min_coverage')} is not between 0 and 100")
    if registry is None:
        gaps, vouched = top.get("accepted_gaps"), top.get("attestations")
        return Tailoring(plugins=tuple(top.get("plugins", ())), accepted_gaps=gaps, attestations=vouched)
    if "scale" in top and top["scale"] not in registry.scales:
        known = did_you_mean(top["scale"], list(registry.scales))
        reading.refuse("", "scale", f"there is no scale called {top['scale']!r}; {known}")
    criteria = {
        name: one for name, part in _tables(document, "criteria", reading) if (one := _one(name, part, reading, registry))
    }
    left_out = dict(_left_out(document, reading, registry))
    return Tailoring(**{**top, "plugins": tuple(top.get("plugins", ()))}, criteria=criteria, left_out=left_out)


def _only_texts(value: Any) -> bool:
    return not isinstance(value, list) or all(isinstance(item, str) and item for item in value)


def _tables(document: Mapping[str, Any], kind: str, reading: _Reading) -> Iterator[tuple[str, Mapping[str, Any]]]:
    tables = document.get(kind, {})
    if not isinstance(tables, dict):
        reading.refuse(kind, "", f'write a table for each of the {kind}: [{kind}."NAME"]')
        return
    for name, part in tables.items():
        if name.partition("/")[0] in reading.elsewhere:
            continue
        if isinstance(part, dict):
            yield name, part
        else:
            reading.refuse(kind, name, f'write a table: [{kind}."{name}"]')


def _one(name: str, part: Mapping[str, Any], reading: _Reading, registry: Registry) -> TailoredCriterion | None:
    where = f"criteria.{name}"
    criterion = _criterion(name, registry)
    if criterion is None:
        known = [one.id for rule in registry.rules.values() for one in rule.criteria]
        reading.refuse(where, "", f"there is no criterion called {name!r}; {did_you_mean(name, known)}")
        return None
    before = len(reading.wrong)
    for key in part:
        if key not in _CRITERION:
            reading.refuse(where, key, f"the name {key!r} is not known here; {did_you_mean(key, list(_CRITERION))}")
    _reason(name, part, where, reading)
    if not set(part) & set(_CHANGES):
        reading.refuse(where, "", f"{name}: nothing is different; give {', '.join(_CHANGES)}, or remove this table")
    age, least = part.get("max_age"), part.get("min_assurance")
    if age is not None and (isinstance(age, bool) or not isinstance(age, int) or not 1 <= age <= 120):
        reading.refuse(where, "max_age", f"max_age = {age!r} is not a number of months from 1 to 120")
    if least is not None and least not in [one.value for one in Assurance]:
        reading.refuse(where, "min_assurance", f"min_assurance = {least!r} is not one of {', '.join(Assurance)}")
    stick = None
    if "met" in part or "partly" in part:
        try:
            stick = tailored(criterion.yardstick, criterion.unit, met=part.get("met"), partly=part.get("partly"))
        except ValueError as error:
            reading.refuse(where, "met" if "met" in part else "partly", f"{name}: {error}")
    if len(reading.wrong) > before:
        return None
    return TailoredCriterion(str(part["reason"]), stick, age, Assurance(least) if least else None)


def _left_out(document: Mapping[str, Any], reading: _Reading, registry: Registry) -> Iterator[tuple[str, str]]:
    for name, part in _tables(document, "rules", reading):
        where = f"rules.{name}"
        if name not in registry.rules:
            reading.refuse(where, "", f"there is no rule called {name!r}; {did_you_mean(name, list(registry.rules))}")
        for key in part:
            if key not in _RULE:
                reading.refuse(where, key, f"the name {key!r} is not known here; {did_you_mean(key, list(_RULE))}")
        if part.get("left_out") is not True:
            reading.refuse(where, "left_out" if "left_out" in part else "", "write left_out = true, or remove this table")
        elif _reason(name, part, where, reading):
            caps = name in registry.rules and any(one.priority is Priority.CAPS for one in registry.rules[name].criteria)
            if caps:  # what no accepted gap may quiet, no configuration may
                reading.refuse(where, "left_out", f"{name}: contradictions between facts cannot be left out; correct the facts")
            else:
                yield name, str(part["reason"])


def _reason(name: str, part: Mapping[str, Any], where: str, reading: _Reading) -> bool:
    """Whether a table says why; it is refused if not."""
    found = part.get("reason")
    if isinstance(found, str) and found.strip():
        return True
    reading.refuse(where, "reason" if "reason" in part else "", f'{name}: say why, with reason = "…"')
    return False


def _criterion(name: str, registry: Registry) -> Criterion | None:
    rule = registry.rules.get(name.partition("/")[0])
    return next((one for one in rule.criteria if one.id == name), None) if rule else None


def _place(text: str, table: str, key: str) -> tuple[int, int]:
    """Line and column of a key in a table of a TOML text; those of the table where it has no such line."""
    current, found, table = "", None, table.rstrip(".")
    for number, line in enumerate(text.splitlines(), 1):
        header = re.match(r"\s*\[\s*([^\]]+?)\s*\]", line)
        if header:
            current = header[1].replace('"', "").replace("'", "")
            if current == table:
                found = (number, line.index("[") + 1)
        own = re.match(r"\s*[\"']?([^\"'=\s]+)[\"']?\s*=", line)
        if own and key and own[1] == key and current == table:
            return number, len(line) - len(line.lstrip()) + 1
    return found or _mentioned(text, table.partition(".")[2] or table)


def _mentioned(text: str, name: str) -> tuple[int, int]:
    """Where a name stands that has no table of its own, such as a key of an inline one."""
    for number, line in enumerate(text.splitlines(), 1):
        if name and name in line.partition("#")[0]:
            return number, line.index(name) + 1
    return 1, 1
