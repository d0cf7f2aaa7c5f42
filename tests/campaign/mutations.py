"""Mutations of profiles by structure: a base, and changes that a person or an accident could make."""

import copy
import json
import random
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import cases as rules_cases
from common import ROOT, SOUND

from engagecheck import installed
from engagecheck.testing.judge import document_of

ODD = [None, True, False, 0, -1, 1.5, 1e308, 10**12, "", " ", "x" * 5000, "2025-02-30", "2026-03-31", "present", [], {}, [1], {"of": 1}, "\x1b[31m", "\u202e", "<script>"]  # fmt: skip
PLAUSIBLE = {bool: [True, False], int: [0, 1, 2, 5, 12, 40, 100], float: [0, 0.5, 12.5, 100], str: ["A text", "E1", "medical director"]}  # fmt: skip
DATES = ["2015", "2024-06", "2024-12-31", "2025-03-01"]
RULES = installed(third_party=False).rules
CASES = [
    (RULES[name][criterion], facts)
    for name in RULES
    for criterion, facts, _ in import_module(f"test_{name.replace('-', '_')}").CASES
]
"""A criterion and facts about it, for every outcome that it can have."""
POSSIBLE = {
    (criterion.id, str(outcome))
    for rule in RULES.values()
    for criterion in rule.criteria
    for outcome in rules_cases.possible(criterion)
}
"""Every criterion with every outcome that it can have."""
EXAMPLES = [
    SOUND,
    *(
        json.loads(path.read_text("utf-8"))
        for path in sorted((ROOT / "examples").glob("**/*.json"))
        if b'"organisation": {' in path.read_bytes()[:2000]
    ),
]


def base(random_: random.Random) -> Any:
    """An example, or the facts of a case, alone or in a sound profile."""
    kind = random_.randrange(4)
    if not kind:
        return copy.deepcopy(random_.choice(EXAMPLES))
    criterion, facts = random_.choice(CASES)
    document = document_of(criterion, copy.deepcopy(facts))
    if not random_.randrange(6):  # some facts can be stated only there
        document["organisation"] |= {"type": "independent_hospital", "country": random_.choice(["England", "elsewhere"])}
    if kind < 3:
        return document
    own = {name: value for name, value in document.items() if name not in ("as_of", "organisation") or name in facts}
    return _merged(copy.deepcopy(SOUND), own)


def _merged(into: Any, document: Any) -> Any:
    for key, value in document.items():
        into[key] = _merged(into[key], value) if isinstance(value, dict) and isinstance(into.get(key), dict) else value
    return into


def mutated(document: Any, random_: random.Random, changes: int) -> Any:
    """A copy with some values replaced, removed, repeated, or put elsewhere. Half of the changes are plausible ones."""
    document = copy.deepcopy(document)
    for _ in range(changes):
        if not (found := list(places(document))):  # the changes before left nothing
            break
        holder, key = random_.choice(found)
        value, kind = holder[key], random_.randrange(10)
        if kind == 0:
            holder[key] = copy.deepcopy(random_.choice(ODD))
        elif kind <= 2 and isinstance(holder, dict):
            del holder[key]
        elif kind == 3 and isinstance(holder, dict):
            holder[random_.choice(["note", "evidence", "of", "entries", "since", "x"])] = value
        elif kind == 4 and isinstance(holder, list):
            holder.append(copy.deepcopy(value))
        elif type(value) in PLAUSIBLE:
            likely = DATES if isinstance(value, str) and value[:2].isdigit() else PLAUSIBLE[type(value)]
            holder[key] = random_.choice([value, *likely])
    return document


def places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in a document that holds a value: its holder and its key."""
    for key, part in list(value.items() if isinstance(value, dict) else enumerate(value)):
        yield value, key
        if isinstance(part, dict | list):
            yield from places(part)


def spoilt(raw: bytes, random_: random.Random, most: int = 5) -> bytes:
    """Bytes of which some are cut, doubled or replaced."""
    content = bytearray(raw)
    for _ in range(random_.randrange(1, most + 1)):
        start = random_.randrange(len(content) or 1)
        content[start : start + random_.randrange(9)] = random_.randbytes(random_.randrange(9))
    return bytes(content)
