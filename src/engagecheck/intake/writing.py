"""A profile as a file to fill in, empty or partly filled: JSON, a workbook or a web page. Also the guide to its questions."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engagecheck.errors import UsageRefused, needs_extra
from engagecheck.intake.questions import Question, all_questions, leaves, questions_of
from engagecheck.intake.questions.kinds import ANSWERS_FROM, Kind
from engagecheck.model.schema import NOT_FACTS, schema

Json = Any
SUFFIXES = (".json", ".xlsx", ".html")
_MAX_REMARK = 1_900


def write_document(document: Mapping[str, Json], path: str | Path, sections: tuple[str, ...] = ()) -> bytes:
    """The bytes of a document in the format of a file's suffix: JSON, a workbook or a page.

    If sections are named, a workbook or page asks only these.

    Raises `UsageRefused` for any other suffix, and for a workbook if the extra `office` is not installed.
    """
    suffix = Path(path).suffix.lower()
    if suffix == ".json":
        return as_text(document)
    if suffix == ".html":
        from engagecheck.intake.form import page

        return page(document, sections)
    if suffix != ".xlsx":
        raise UsageRefused(f"{path}: name a file that ends in .xlsx (a workbook), .html (a form) or .json")
    with needs_extra("office", str(path)):
        from engagecheck.intake.workbook.writing import write
    return write(document, sections)


def as_text(document: Mapping[str, Json]) -> bytes:
    """A document as JSON text, in UTF-8 with a line break at the end."""
    return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()


def skeleton(sections: tuple[str, ...] = ()) -> dict[str, Json]:
    """An empty profile with remarks that say what can be filled in. Only name, kind, country and day are required.

    If sections are named, it holds only these.
    """
    register = next(one for one in all_questions() if one.name == "evidence")
    instructions = (
        "Fill in what you can show. You can delete these notes or leave them. Anything that is left out counts as not shown."
    )
    note = f"{instructions} The list called evidence: {_remark(register)}"
    document: dict[str, Json] = {"$schema": schema("profile")["$id"], "note": note}
    for question in questions_of(sections):
        if question.name == "organisation":
            document[question.name] = {one.name: "" for one in question.parts if one.needed} | {"note": _remark(question)}
        elif question.needed:
            document[question.name] = ""
        elif question.parts and question.can_withhold:
            document[question.name] = _group(question)
    return document


def _group(question: Question) -> dict[str, Json]:
    remarks: dict[str, Json] = {"note": _remark(question)}
    for one in question.parts:
        # An empty group with a required fact would not be valid.
        if one.kind in ("group", "list") and not (one.kind == "group" and any(part.needed for part in one.parts)):
            remarks[one.name] = _group(one) if one.kind == "group" else {"note": _remark(one)}
    return remarks


def _remark(question: Question) -> str:
    facts = [*_facts(question.about), *_facts(question.parts)]
    where = "Each entry" if question.kind in ("list", "mapping", "register") else "Here"
    text = f"{question.help} {where} can hold: {'; '.join(facts)}." if facts else question.help
    return text if len(text) <= _MAX_REMARK else f"{text[:_MAX_REMARK]}…"


def _facts(parts: tuple[Question, ...]) -> Iterator[str]:
    for one in parts:
        if one.is_leaf and one.name not in NOT_FACTS:
            answers = " | ".join(one.answers) or {"yes_no": "true | false"}.get(one.kind, one.unit or one.kind.value)
            yield f"{one.name} ({one.text} {answers})"


def guide() -> str:
    """Every question of a profile as Markdown tables, with its answer, its meaning and where the fact is usually found."""
    parts = ["# What a profile can hold", _GUIDE_INTRODUCTION]
    for question in all_questions():
        if question.name == "note":
            continue
        parts.append(f"## {question.title}\n\n{question.help}")
        rows = [
            f"| `{pointer}` | {leaf.text} | {_answers(leaf)} | {leaf.help} | {leaf.found_in} |".replace("*", "\\*")
            for pointer, leaf in leaves(question, f"/{question.name}")
            if leaf.name not in NOT_FACTS
        ]
        head = "| where | question | answer | what is meant | usually found in |\n|---|---|---|---|---|"
        parts.append("\n".join([head, *rows]))
    return "\n\n".join(parts) + "\n"


_GUIDE_INTRODUCTION = (
    "Made from the schema by `engagecheck schema profile --markdown`; do not edit. A `*` stands for any entry of a list. "
    "Every group also takes a `note` and the ids of its `evidence`; a section also `evidence_for` single facts, "
    "`withheld` with reasons, and the role that it was `answered_by`."
)


def _answers(question: Question) -> str:
    if ANSWERS_FROM in question.schema:
        return "a question of the audit"
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
