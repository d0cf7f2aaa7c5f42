"""Writes `generated`: a function for each group of facts in the schema, which checks it and makes the value of its class.

Each takes a group from JSON, a `Walk` and the JSON Pointer of the group. A name that is not known, a `null` and a fact of the
wrong kind all raise `Doubtful`: every fact that is known is counted off, and nothing may be left.
"""

import types
from collections.abc import Iterator, Mapping
from typing import Any, Union, get_args, get_origin

import attrs

from engagecheck.dates import PartialDate
from engagecheck.gate import SURE
from engagecheck.listing import Listing
from engagecheck.profile import Evidence, Organisation
from engagecheck.sections import SECTIONS, section_class
from engagecheck.validation import resolved, schema

Schema = Mapping[str, Any]
BESIDE = ("note", "evidence", "evidence_for", "withheld")
HEAD = '''"""Written by `engagecheck.gate.writing` from schemas/profile.schema.json; change the schema or the writer instead."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from engagecheck.dates import partial_date
from engagecheck.gate import Doubtful, Walk, frozen, twice
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


class Writer:
    """The text of the module while it is written: functions by class, patterns and tables of answers as constants."""

    def __init__(self) -> None:
        self.root = schema("profile")
        self.functions: dict[str, str] = {}
        self.constants: dict[str, str] = {}
        self.classes: dict[str, str] = {}

    def text(self) -> str:
        """The whole module."""
        register = self.part("evidence")
        top = self.top(register["maxItems"])
        called = {name: self.group(self.part(name), section_class(name)) for name in SECTIONS}
        called["organisation"] = self.group(self.part("organisation"), Organisation)
        called["evidence"] = self.group(self.resolved(register["items"]), Evidence)
        of = {module: [name for name, one in self.classes.items() if one == module] for module in self.classes.values()}
        imports = [f"from {module} import {', '.join(sorted(of[module]))}" for module in sorted(of)]
        constants = [f"{name} = {value}" for value, name in self.constants.items()]
        table = [f'    "{name}": {function},' for name, function in called.items()]
        head = "\n".join((HEAD.rstrip(), *imports, "", *constants))
        parts = "\n".join(("PARTS: dict[str, Callable[[Any, Walk, str], Any]] = {", *table, "}"))
        return "\n\n\n".join((head, top, *self.functions.values(), parts)) + "\n"

    def part(self, name: str) -> Schema:
        """A part at the top of a profile."""
        return self.resolved(self.root["properties"][name])

    def resolved(self, part: Schema) -> Schema:
        """A part of the schema without `$ref`."""
        return resolved(part, self.root)

    def constant(self, kind: str, value: str) -> str:
        """The name of a constant; the same one for the same value."""
        return self.constants.setdefault(value, f"{kind}_{len(self.constants)}")

    def pattern(self, shape: Schema) -> str:
        """The name of what searches for the pattern of a text."""
        return self.constant("_PATTERN", f"re.compile({shape['pattern']!r}).search")

    def top(self, most: int) -> str:
        """What is neither a group of facts nor an organisation: the day, remarks, and how many pieces of evidence there are."""
        lines = TOP.replace("PATTERN", self.pattern(self.part("as_of"))).replace("MOST", str(most)).splitlines()
        for name in ("$schema", "note"):
            lines += [f'    if "{name}" in parts:', f'        value = parts.pop("{name}")']
            lines += [f"        {line}" for line in self.single("value", self.part(name), str)]
        return "\n".join(lines)

    def group(self, about: Schema, wanted: type, entry: Any = None) -> str:
        """Write the function for a group of facts (of a `Listing`: with the class of its entries); its name."""
        self.classes.setdefault(wanted.__name__, wanted.__module__)
        name = f"_{_snake(wanted.__name__)}" + (f"_of_{_snake(entry.__name__)}" if entry is not None else "")
        number = 1
        shapes = {fact: self.resolved(part) for fact, part in about["properties"].items()}
        lines = [*self.body(shapes, about, wanted, entry)]
        made = "Listing[Any]" if wanted is Listing else wanted.__name__
        text = f"def {{name}}(group: Any, walk: Walk, pointer: str) -> {made}:\n" + "\n".join(f"    {line}" for line in lines)
        while (known := self.functions.get(name)) is not None and known != text.replace("{name}", name):
            number += 1
            name = f"{name.rstrip('0123456789')}{number}"
        self.functions[name] = text.replace("{name}", name)
        return name

    def body(self, shapes: Mapping[str, Schema], about: Schema, wanted: type, entry: Any) -> Iterator[str]:
        """The lines of a function: take each fact, count it off, and make the value."""
        yield from ("if type(group) is not dict:", "    raise Doubtful")
        yield from ("get = group.get", "left = len(group)", "walk.names += left")
        for name in BESIDE:
            if name in shapes:
                yield from (f'{name}_ = get("{name}")', f"if {name}_ is not None:", "    left -= 1")
                yield from (f"    {line}" for line in self.beside(name, shapes))
        made, is_list = [], entry is not None
        for part in attrs.fields(wanted):
            name, value = part.alias, f"{part.alias}_"
            if name not in shapes:
                made.append("None")
                continue
            needed = part.default is attrs.NOTHING or name in about.get("required", ())
            yield f'{value} = group["{name}"]' if needed else f'{value} = get("{name}")'
            yield from ("left -= 1",) if needed else (f"if {value} is not None:", "    left -= 1")
            kind = entry if is_list and name == "entries" else _only(part.type)
            for line in self.fact(name, shapes[name], kind, is_entries=is_list and name == "entries"):
                yield line if needed else f"    {line}"
            default = None if part.default is attrs.NOTHING else part.default
            made.append(value if default is None else f"{value} if {value} is not None else {default!r}")
        yield from ("if left:", "    raise Doubtful")
        if "of" in shapes:
            there, number = ("entries_", "len(entries_)") if is_list else ("count_", "count_")
            yield from (f"if of_ is not None and {there} is not None and {number} > of_:", "    raise Doubtful")
        yield f"return {wanted.__name__}({', '.join(made)})"

    def fact(self, name: str, shape: Schema, kind: Any, *, is_entries: bool) -> Iterator[str]:
        """The lines that check a fact that is there, and make its value."""
        if is_entries:
            yield from self.entries(shape, kind)
        elif get_origin(kind) is Listing:
            yield f'{name}_ = {self.group(shape, Listing, get_args(kind)[0])}({name}_, walk, pointer + "/{name}")'
        elif get_origin(kind) is dict:
            yield from self.by_name(name, shape, get_args(kind)[1])
        elif attrs.has(kind) and kind is not PartialDate:
            yield f'{name}_ = {self.group(shape, kind)}({name}_, walk, pointer + "/{name}")'
        else:
            yield from self.single(f"{name}_", shape, kind)

    def single(self, name: str, shape: Schema, kind: Any) -> Iterator[str]:
        """The lines that check a single fact: an `if` says what it may not be."""
        if kind is PartialDate:
            yield from (f"{name} = partial_date({name})", f"if {name}.first > walk.as_of:", "    raise Doubtful")
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

    def entries(self, shape: Schema, entry: Any) -> Iterator[str]:
        """The entries of a list, no two of them the same by what tells them apart."""
        about = self.resolved(shape["items"])
        function = self.group(about, entry)
        yield from (f"if type(entries_) is not list or len(entries_) > {shape['maxItems']}:", "    raise Doubtful")
        yield "stated = entries_"
        yield f'entries_ = tuple([{function}(one, walk, f"{{pointer}}/entries/{{place}}") for place, one in enumerate(stated)])'
        told_apart = about.get("x-identity")
        names = [part.alias for part in attrs.fields(entry)] if told_apart is None else told_apart
        key = f"one.{names[0]}" if len(names) == 1 else "(" + ", ".join(f"one.{name}" for name in names) + ")"
        same = f"len({{{key} for one in entries_}}) < len(stated)"
        yield from (f"if {same}:" if told_apart else f"if len(stated) > 1 and {same} and twice(stated):", "    raise Doubtful")

    def by_name(self, name: str, shape: Schema, wanted: Any) -> Iterator[str]:
        """Groups by names that the document chooses, as a frozen mapping."""
        function = self.group(self.resolved(shape["additionalProperties"]), wanted)
        pattern = self.pattern(shape["propertyNames"])
        yield from (f"if len({name}_) > {shape['maxProperties']} or not all(map({pattern}, {name}_)):", "    raise Doubtful")
        yield f"walk.names += len({name}_)"
        member = f'{function}(part, walk, f"{{pointer}}/{name}/{{one}}")'
        yield f"{name}_ = frozen({{one: {member} for one, part in {name}_.items()}})"

    def beside(self, name: str, shapes: Mapping[str, Schema]) -> Iterator[str]:
        """What stands beside the facts of a group."""
        shape = shapes[name]
        if name == "note":
            yield from self.single("note_", shape, str)
            return
        if name == "evidence":
            yield f"walk.cite(pointer, evidence_, {shape['maxItems']})"
            return
        facts = self.constant("_FACTS", f"frozenset({sorted(set(shapes) - set(BESIDE))!r})")
        if name == "evidence_for":
            ids = self.resolved(shape["additionalProperties"])
            yield f"walk.cite_singly(pointer, evidence_for_, {facts}, {shape['maxProperties']}, {ids['maxItems']})"
        else:
            longest = shape["additionalProperties"]["maxLength"]
            yield f"walk.withhold(pointer, withheld_, {facts}, {shape['maxProperties']}, {longest}, group)"


def _only(hint: Any) -> Any:
    """The type that a fact has where it is stated: of `int | None`, the whole number."""
    if get_origin(hint) not in (Union, types.UnionType):
        return hint
    options = [option for option in get_args(hint) if option is not type(None)]
    return options[0] if len(options) == 1 else object


def _snake(name: str) -> str:
    return "".join(f"_{one.lower()}" if one.isupper() else one for one in name).strip("_")
