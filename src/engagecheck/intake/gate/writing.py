"""Writes `generated` and `engagecheck.titles`, so that an audit need not read the schema.

`generated` holds a function for each group of facts in the schema, which checks it and makes the value of its class.
Each takes a group from JSON, a `Walk` and the JSON Pointer of the group. A name that is not known, a `null` and a fact of the
wrong kind all raise `Doubtful`: every fact that is known is counted off, and nothing may be left.
"""

import json
from collections.abc import Iterator
from itertools import count
from typing import Any, get_args, get_origin

import attrs

from engagecheck.intake.gate.shapes import SURE, Schema, limits, only, part_of, shape_of
from engagecheck.intake.gate.walk import ALL_BESIDE, NOTE, NOTE_AND_EVIDENCE
from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Evidence, Organisation
from engagecheck.model.schema import resolved, schema
from engagecheck.model.sections import SECTIONS, section_class

HEAD = '''"""Written by `engagecheck.gate.writing` from schemas/profile.schema.json; change the schema or the writer instead."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from engagecheck.gate.walk import ALL_BESIDE, NOTE, NOTE_AND_EVIDENCE, Doubtful, Limits, ListOf, Walk, by_name
'''

TOP = '''def day(text: Any) -> date:
    """The day of an audit."""
    if not PATTERN(text):
        raise Doubtful
    return date.fromisoformat(text)


def top(parts: dict[str, Any]) -> None:
    """Take out and check what stands at the top and is no group of facts."""
    if type(parts.get("evidence", [])) is not list or len(parts.get("evidence", ())) > MOST:
        raise Doubtful
'''

TITLES = '''"""Written by `engagecheck.gate.writing` from schemas/profile.schema.json: the title of each fact, by its path."""

TITLES = {
'''


class Writer:
    """The text of the module while it is written: functions by class, patterns and tables of answers as constants."""

    def __init__(self) -> None:
        self.functions: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        self.classes: dict[str, str] = {}

    def text(self) -> str:
        """The whole module."""
        register = part_of("evidence")
        top = self.top(register["maxItems"])
        called = {name: self.group(part_of(name), section_class(name)) for name in SECTIONS}
        called["organisation"] = self.group(part_of("organisation"), Organisation)
        called["evidence"] = self.group(shape_of(register["items"]), Evidence)
        of = {module: [name for name, one in self.classes.items() if one == module] for module in self.classes.values()}
        imports = [f"from {module} import {', '.join(sorted(of[module]))}" for module in sorted(of)]
        constants = [f"{name} = {value}" for value, name in self.constants.items()]
        table = [f'    "{name}": {function},' for name, function in called.items()]
        head = "\n".join((HEAD.rstrip(), *imports, "", f"LIMITS = {limits()!r}", *constants))
        parts = "\n".join(("PARTS: dict[str, Callable[[Any, Walk, str], Any]] = {", *table, "}"))
        return "\n\n\n".join((head, top, *self.functions.values(), parts)) + "\n"

    def constant(self, kind: str, value: str) -> str:
        """The name of a constant; the same one for the same value."""
        return self.constants.setdefault(value, f"{kind}_{len(self.constants)}")

    def pattern(self, shape: Schema) -> str:
        """The name of what searches for the pattern of a text."""
        return self.constant("_PATTERN", f"re.compile({shape['pattern']!r}).search")

    def top(self, most: int) -> str:
        """What is neither a group of facts nor an organisation: the day, remarks, and how many pieces of evidence there are."""
        lines = TOP.replace("PATTERN", self.pattern(part_of("as_of"))).replace("MOST", str(most)).splitlines()
        for name in ("$schema", "note"):
            lines += [f'    if "{name}" in parts:', f'        value = parts.pop("{name}")']
            lines += [f"        {line}" for line in self.single("value", part_of(name), str)]
        return "\n".join(lines)

    def group(self, about: Schema, wanted: type) -> str:
        """Write the function for a group of facts; its name."""
        self.classes.setdefault(wanted.__name__, wanted.__module__)
        head = f"def {{}}(group: Any, walk: Walk, pointer: str) -> {wanted.__name__}:"
        return self.named(_snake(wanted.__name__), "\n".join((head, *(f"    {line}" for line in self.body(about, wanted)))))

    def list_of(self, about: Schema, entry: type) -> str:
        """Write what makes a list of entries of a class; its name."""
        known, shape = about["properties"], shape_of(about["properties"]["entries"])
        one = shape_of(shape["items"])
        apart = tuple(one.get("x-identity", (part.alias for part in attrs.fields(entry))))
        more = f"notes_count={'x-identity' not in one}, history={'complete_from' in known}"
        text = f"{{}} = ListOf({self.group(one, entry)}, {shape['maxItems']}, {apart!r}, {more})"
        return self.named(f"list_of_{_snake(entry.__name__)}", text)

    def named(self, name: str, text: str) -> str:
        """The name by which a text is there: the same for the same text, another one for another."""
        numbered = (f"_{name}{number or ''}" for number in count())
        chosen = next(one for one in numbered if self.functions.get(one, text.format(one)) == text.format(one))
        self.functions[chosen] = text.format(chosen)
        return chosen

    def body(self, about: Schema, wanted: type) -> Iterator[str]:
        """The lines of a function: take each fact, count it off, and make the value."""
        shapes = {fact: shape_of(part) for fact, part in about["properties"].items()}
        yield from ("if type(group) is not dict:", "    raise Doubtful")
        yield from ("left = len(group)", "walk.names += left")
        made = []
        for part in attrs.fields(wanted):
            name, value = part.alias, f"{part.alias}_"
            lines = [f"    {line}" for line in self.fact(name, shapes[name], only(part.type))]
            if part.default is attrs.NOTHING or name in about.get("required", ()):
                yield from (f'{value} = group["{name}"]', "left -= 1", *(line[4:] for line in lines))
            else:
                yield from (f'if ({value} := group.get("{name}")) is not None:', "    left -= 1", *lines)
            has_default = part.default is not attrs.NOTHING and part.default is not None
            made.append(f"{value} if {value} is not None else {part.default!r}" if has_default else value)
        allowed = ALL_BESIDE & shapes.keys()
        if allowed:
            name = {NOTE: "NOTE", NOTE_AND_EVIDENCE: "NOTE_AND_EVIDENCE", ALL_BESIDE: "ALL_BESIDE"}[frozenset(allowed)]
            if allowed == ALL_BESIDE:
                name += ", " + self.constant("_FACTS", f"frozenset({sorted(shapes.keys() - ALL_BESIDE)!r})")
            yield f"if left and left != walk.beside(group, pointer, {name}):"
        else:
            yield "if left:"
        yield "    raise Doubtful"
        if {"of", "count"} <= shapes.keys():
            yield from ("if of_ is not None and count_ is not None and count_ > of_:", "    raise Doubtful")
        yield f"return {wanted.__name__}({', '.join(made)})"

    def fact(self, name: str, shape: Schema, kind: Any) -> Iterator[str]:
        """The lines that check a fact that is there, and make its value."""
        below = f'{name}_, walk, pointer + "/{name}"'
        if get_origin(kind) is Listing:
            yield f"{name}_ = {self.list_of(shape, get_args(kind)[0])}({below})"
        elif get_origin(kind) is dict:
            member = self.group(shape_of(shape["additionalProperties"]), get_args(kind)[1])
            yield f"{name}_ = by_name({below}, {member}, {shape['maxProperties']}, {self.pattern(shape['propertyNames'])})"
        elif attrs.has(kind) and kind is not PartialDate:
            yield f"{name}_ = {self.group(shape, kind)}({below})"
        else:
            yield from self.single(f"{name}_", shape, kind)

    def single(self, name: str, shape: Schema, kind: Any) -> Iterator[str]:
        """The lines that check a single fact: an `if` says what it may not be."""
        if kind is PartialDate:
            yield f"{name} = walk.past({name})"
            return
        if "enum" in shape:
            answers = self.constant("_ANSWERS", f"frozenset({sorted(shape['enum'])!r})")
            wrong = f"{name} not in {answers}"
        elif isinstance(shape["type"], list):
            wrong = " and ".join(f"({self.wrong(name, {**shape, 'type': one})})" for one in shape["type"])
        else:
            wrong = self.wrong(name, shape)
        yield from (f"if {wrong}:", "    raise Doubtful")
        if kind is float:
            yield f"{name} = float({name})"

    def wrong(self, name: str, shape: Schema) -> str:
        """The condition that a value is not of a kind, or not within its limits."""
        kind = shape["type"]
        if kind == "boolean":
            return f"{name} is not True and {name} is not False"
        if kind in ("integer", "number"):
            low, high = shape.get("minimum", -SURE), shape.get("maximum", SURE)
            other = f"type({name}) is not int"
            if kind == "number":
                other = f"(type({name}) is not float and {other})"
            return f"{other} or not {low} <= {name} <= {high}"
        wrong = f"type({name}) is not str or not {shape.get('minLength', 0)} <= len({name}) <= {shape['maxLength']}"
        if "pattern" in shape:
            wrong += f" or not {self.pattern(shape)}({name})"
        return wrong


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).strip("_")


def titles() -> str:
    """The module `engagecheck.titles`: the title of each fact, by its path."""
    found = _titles(schema("profile"), "")
    lines = "".join(f"    {json.dumps(path)}: {json.dumps(title, ensure_ascii=False)},\n" for path, title in found)
    return f"{TITLES}{lines}}}\n"


def _titles(about: Schema, path: str) -> Iterator[tuple[str, str]]:
    for name, part in about.get("properties", {}).items():
        shape = resolved(part, schema("profile"))
        if "title" in shape:
            yield f"{path}{name}", shape["title"]
        yield from _titles(shape, f"{path}{name}.")
