"""A profile to fill in, empty or as far as it is filled, in each of the forms that a person may choose."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engagecheck.errors import UsageRefused
from engagecheck.intake import archives
from engagecheck.intake.questions import Kind, Question, ask_all, leaves
from engagecheck.model.schema import schema

Json = Any
SUFFIXES = (".json", ".xlsx", ".html")
_NOTE = 1_900


def written(document: Mapping[str, Json], path: str | Path) -> bytes:
    """A document in the form that a file's name asks for: JSON, a workbook or a page. Raises `UsageRefused`."""
    suffix = Path(path).suffix.lower()
    if suffix == ".json":
        return as_text(document)
    if suffix == ".html":
        from engagecheck.intake.form import page

        return page(document)
    if suffix != ".xlsx":
        raise UsageRefused(f"{path}: name a file that ends in .xlsx (a workbook), .html (a form) or .json")
    try:
        from engagecheck.intake.workbook.writing import write
    except ImportError:
        raise UsageRefused(f"{path}: {archives.EXTRA}") from None
    return write(document)


def as_text(document: Mapping[str, Json]) -> bytes:
    """A document as JSON text, in UTF-8 with a line break at its end."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def skeleton() -> dict[str, Json]:
    """A profile with nothing in it but remarks that say what can be filled in; name, kind, country and day are wanted."""
    (register,) = (one for one in ask_all() if one.kind == "register")
    how = (
        "Fill in what can be shown and delete these remarks, or leave them: no rule reads them. "
        "What is left out counts as not shown."
    )
    note = f"{how} The list called evidence: {_remark(register)}"
    document: dict[str, Json] = {"$schema": schema("profile")["$id"], "note": note}
    for question in ask_all():
        if question.name == "organisation":
            document[question.name] = {one.name: "" for one in question.parts if one.needed} | {"note": _remark(question)}
        elif question.needed:
            document[question.name] = ""
        elif question.parts and question.can_withhold:
            document[question.name] = _group(question)
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
    where = "Each entry" if question.kind in ("list", "mapping", "register") else "Here"
    text = f"{question.help} {where} can hold: {'; '.join(said)}." if said else question.help
    return text if len(text) <= _NOTE else f"{text[:_NOTE]}…"


def _facts(parts: tuple[Question, ...]) -> Iterator[str]:
    for one in parts:
        if one.is_leaf and one.name not in ("note", "evidence"):
            answers = " | ".join(one.answers) or {"yes_no": "true | false"}.get(one.kind, one.unit or one.kind.value)
            yield f"{one.name} ({one.text} {answers})"


def guide() -> str:
    """Every question of a profile, as Markdown: what is asked, what is meant, and where it is usually found."""
    parts = ["# What a profile can hold", MADE]
    for question in ask_all():
        if question.name == "note":
            continue
        parts.append(f"## {question.title}\n\n{question.help}")
        rows = [
            f"| `{pointer}` | {leaf.text} | {_answers(leaf)} | {leaf.help} | {leaf.found_in} |".replace("*", "\\*")
            for pointer, leaf in leaves(question, f"/{question.name}")
            if leaf.name not in ("note", "evidence")
        ]
        head = "| where | question | answer | what is meant | usually found in |\n|---|---|---|---|---|"
        parts.append("\n".join([head, *rows]))
    return "\n\n".join(parts) + "\n"


MADE = (
    "Made from the schema by `engagecheck schema profile --markdown`; do not edit. A `*` stands for any entry of a list. "
    "Every group also takes a `note` and the ids of its `evidence`; a section also `evidence_for` single facts, and "
    "`withheld` with reasons."
)


def _answers(question: Question) -> str:
    if question.answers:
        return ", ".join(f"{label} (`{value}`)" for value, label in question.answers.items())
    low, high = question.schema.get("minimum"), question.schema.get("maximum")
    between = f", {low} to {high}" if low is not None else ""
    return f"{_KINDS.get(question.kind, question.kind.value)}{between}{f' ({question.unit})' if question.unit else ''}"


_KINDS = {
    Kind.YES_NO: "yes or no",
    Kind.WHOLE: "a whole number",
    Kind.NUMBER: "a number",
    Kind.TEXT: "text",
    Kind.DATE: "a month or day",
    Kind.DAY: "a day",
    Kind.VALUE: "a number, yes or no, or text",
}
