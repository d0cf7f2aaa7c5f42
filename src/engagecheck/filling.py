"""A profile to fill in, empty or as far as it is filled, in each of the forms that a person may choose."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engagecheck import archives
from engagecheck.errors import UsageRefused
from engagecheck.questions import Question, ask_all
from engagecheck.validation import schema

Json = Any
SUFFIXES = (".json", ".xlsx", ".html")
_NOTE = 1_900


def written(document: Mapping[str, Json], path: str | Path) -> bytes:
    """A document in the form that a file's name asks for: JSON, a workbook or a page. Raises `UsageRefused`."""
    suffix = Path(path).suffix.lower()
    if suffix == ".json":
        return as_text(document)
    if suffix == ".html":
        from engagecheck.form import page

        return page(document)
    if suffix != ".xlsx":
        raise UsageRefused(f"{path}: name a file that ends in .xlsx (a workbook), .html (a form) or .json")
    try:
        from engagecheck.workbook.writing import write
    except ImportError:
        raise UsageRefused(f"{path}: {archives.EXTRA}") from None
    return write(document)


def as_text(document: Mapping[str, Json]) -> bytes:
    """A document as JSON text, in UTF-8 with a line break at its end."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def skeleton() -> dict[str, Json]:
    """A profile with nothing in it but remarks that say what can be filled in; name, kind, country and day are wanted."""
    document: dict[str, Json] = {
        "$schema": schema("profile")["$id"],
        "note": "Fill in what can be shown and delete these remarks, or leave them: no rule reads them. What is left out counts as not shown.",
    }
    for question in ask_all():
        if question.name == "organisation":
            document[question.name] = {one.name: "" for one in question.parts if one.needed} | {"note": _remark(question)}
        elif question.needed:
            document[question.name] = ""
        elif question.parts and question.can_withhold:
            document[question.name] = _group(question)
    document["evidence"] = []
    return document


def _group(question: Question) -> dict[str, Json]:
    found: dict[str, Json] = {"note": _remark(question)}
    for one in question.parts:
        # A group with something that is always needed cannot stand there empty.
        if one.kind in ("group", "list") and not (one.kind == "group" and any(part.needed for part in one.parts)):
            found[one.name] = _group(one) if one.kind == "group" else {"note": _remark(one)}
    return found


def _remark(question: Question) -> str:
    """What can be filled in here, in words."""
    said = [*_facts(question.about), *_facts(question.parts)]
    where = "Each entry" if question.kind in ("list", "mapping") else "Here"
    text = f"{question.help} {where} can hold: {'; '.join(said)}." if said else question.help
    return text if len(text) <= _NOTE else f"{text[:_NOTE]}…"


def _facts(parts: tuple[Question, ...]) -> Iterator[str]:
    for one in parts:
        if one.is_leaf and one.name not in ("note", "evidence"):
            answers = " | ".join(one.answers) or {"yes_no": "true | false"}.get(one.kind, one.unit or one.kind.value)
            yield f"{one.name} ({one.text} {answers})"
