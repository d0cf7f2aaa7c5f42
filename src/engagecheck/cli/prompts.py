"""The questions of a profile on a terminal: section by section, to be stopped and taken up again."""

import json
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.output import write_whole
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused
from engagecheck.intake.load import complaints, file_bytes, opened
from engagecheck.intake.questions import Kind, NotAnAnswer, Question, ask_all
from engagecheck.intake.writing import as_text
from engagecheck.model.schema import quoted

Json = Any
_HELP, _WITHHELD = "?", "withheld"
_BESIDE = ("note", "evidence")
_INTRODUCTION = """Press Enter for what you do not know: it counts as not shown, never as no. Type ? for what is meant, or
withheld where an answer is known and may not be given. Stop with Ctrl-C at any time: every finished section is kept.
Write roles, never names of persons."""


class Stopped(EngagecheckError):
    """Raised when the one who answers stops; what is finished is kept."""

    exit_code = ExitCode.OK


def ask(path: Path) -> None:
    """Ask all that a profile does not hold yet, and write it after each section. `InputRefused` for one that is wrong."""
    document = _begun(path)
    click.echo(_INTRODUCTION)
    try:
        for question in _in_order():
            if question.name not in document or _again(question):
                _section(question, document, path)
    except click.Abort:
        kept = (
            f"every finished section is in {path}; go on with" if path.exists() else "nothing is written yet; begin again with"
        )
        raise Stopped(f"\nStopped: {kept} engagecheck new {path}") from None
    click.echo(f"\nThat is all. Now: engagecheck validate {path}, and engagecheck audit {path}")


def _begun(path: Path) -> dict[str, Json]:
    if not path.exists():
        return {}
    file = opened(file_bytes(path), str(path))
    document = _without_blanks(file.document)
    stand_in = {"as_of": "2199-12-31", "organisation": {"name": "?", "type": "nhs_trust", "country": "England"}}
    if complaints(opened(as_text({**stand_in, **document}), str(path))):
        wrong = complaints(file)  # with the places of the file as it is
        raise InputRefused([*wrong, f"{path}: correct these first, then go on with engagecheck new {path}"])
    return document


def _without_blanks(document: Json) -> dict[str, Json]:
    """The document without what a skeleton holds and nobody has filled in: empty texts, and groups with remarks alone."""

    def said(value: Json) -> bool:
        if isinstance(value, dict):
            return any(said(member) for name, member in value.items() if name != "note")
        return value not in ("", [], None)

    held: dict[str, Json] = json.loads(json.dumps(document if isinstance(document, dict) else {}))
    held = {name: part for name, part in held.items() if said(part) or part in ({}, [])}
    if not all(held.get("organisation", {}).get(name) for name in ("name", "type", "country")):
        held.pop("organisation", None)
    return held


def _in_order() -> list[Question]:
    """The organisation first, since it is always needed; then the evidence, so that facts can point at it."""
    top = {question.name: question for question in ask_all()}
    first = ["as_of", "organisation", "evidence"]
    return [top[name] for name in first] + [one for name, one in top.items() if name not in (*first, "note")]


def _again(question: Question) -> bool:
    return question.name not in ("as_of", "organisation") and click.confirm(
        f"\n{question.title} is filled in already. Go through it again?", default=False
    )


def _section(question: Question, document: dict[str, Json], path: Path) -> None:
    """Ask one section until nothing in it is wrong, and write the profile as soon as it can stand alone."""
    while True:
        click.echo(f"\n{question.title}\n{'-' * len(question.title)}\n{question.help}")
        before = document.get(question.name)
        document[question.name] = _asked(question, before, document)
        if document[question.name] is None:
            # Asked, and nothing known: so it is not asked again when the questions are taken up later.
            document[question.name] = [] if question.kind is Kind.REGISTER else {}
        if "organisation" not in document:
            return
        content = as_text(document)
        wrong = complaints(opened(content, str(path)))
        if not wrong:
            write_whole(path, content)
            return
        click.echo("\nThis section cannot be kept as it is:")
        for line in wrong:
            click.echo(f"  {line.partition(': ')[2]}")
        click.echo("Please go through it once more; what you gave is offered again.")


def _asked(question: Question, before: Json, document: dict[str, Json]) -> Json:
    """The answer to a question or group, offering what was there before; `None` for nothing."""
    if question.is_leaf:
        return _leaf(question, before, document)
    if question.kind in (Kind.LIST, Kind.REGISTER):
        return _list(question, before, document)
    if question.kind is Kind.MAPPING:
        return before
    found: dict[str, Json] = dict(before or {})
    for one in question.parts:
        if one.name in _BESIDE and not (one.name == "evidence" and document.get("evidence")):
            continue
        if not one.is_leaf:
            click.echo(f"\n{one.title}. {one.help}")
            if one.name not in found and question.can_withhold and not _wanted(one, found):
                continue
        given = _leaf(one, found.get(one.name), document, may_withhold=question.can_withhold) if one.is_leaf else None
        if given is _WITHHELD:
            _withhold(one, found)
        else:
            _put(found, one.name, given if one.is_leaf else _asked(one, found.get(one.name), document))
    return found or None


def _wanted(question: Question, section: dict[str, Json]) -> bool:
    """Whether anything of a group or list can be said."""
    options = click.Choice(["yes", "y", "no", "n", _WITHHELD], case_sensitive=False)
    said = click.prompt("Can you say anything about it? (yes, no, withheld)", default="no", type=options, show_choices=False)
    if said == _WITHHELD:
        _withhold(question, section)
    return said in ("yes", "y")


def _withhold(question: Question, section: dict[str, Json]) -> None:
    section.pop(question.name, None)
    section.setdefault("withheld", {})[question.name] = click.prompt("Why is it withheld?")


def _put(found: dict[str, Json], name: str, value: Json) -> None:
    if value is None:
        found.pop(name, None)
    else:
        found[name] = value
        found.get("withheld", {}).pop(name, None)


def _leaf(question: Question, before: Json, document: dict[str, Json], *, may_withhold: bool = False) -> Json:
    text = question.text + (f" [{', '.join(question.answers.values())}]" if question.answers else "")
    text += f" ({question.unit})" if question.unit and question.unit not in question.text else ""
    while True:
        shown = "" if before is None else question.show(before)
        given = str(click.prompt(text, default=shown, show_default=bool(shown))).strip()
        if given == _HELP:
            click.echo(f"  {question.help} Usually found in: {question.found_in}.")
            continue
        if given.lower() == _WITHHELD and may_withhold:
            return _WITHHELD
        try:
            value = question.read(given)
        except NotAnAnswer as wrong:
            click.echo(f"  {wrong}.")
            continue
        fault = _fault(question, value, document)
        if not fault:
            return value
        click.echo(f"  {fault}")


def _fault(question: Question, value: Json, document: dict[str, Json]) -> str:
    """What is wrong with an answer, as far as can be told while it is given; "" if nothing."""
    if value is None:
        return "This is always needed." if question.needed else ""
    known = [item["id"] for item in document.get("evidence", [])]
    if question.kind is Kind.IDS and (unknown := [name for name in value if name not in known]):
        return f"No evidence is called {quoted(unknown[0])}; there is: {', '.join(known) or 'none yet'}."
    as_of = str(document.get("as_of", "9999"))
    if question.kind is Kind.DATE and not question.complaint(value) and value[: len(as_of)] > as_of[: len(value)]:
        return f"{value} lies after the day of this profile, {as_of}."
    return question.complaint(value)


def _list(question: Question, before: Json, document: dict[str, Json]) -> Json:
    listed = question.kind is Kind.LIST
    found: dict[str, Json] = dict(before or {}) if listed else {}
    for one in question.about:
        if one.name not in _BESIDE:
            _put(found, one.name, _leaf(one, found.get(one.name), document))
    entry = Question("entry", Kind.GROUP, question.title, "", "", "", question.found_in, False, {}, (), question.parts)
    entries = list(found.get("entries", []) if listed else before or [])
    while (chosen := _next(entries)) is not None:
        place, change = chosen
        before_it = entries[place] if place < len(entries) else None
        given = _asked(entry, before_it, document) if change else None
        entries[place : place + 1] = [] if given is None else [given]
    if not listed:
        return entries or None
    _put(found, "entries", entries or (found.get("entries") and []))
    return found or None


def _next(entries: list[Json]) -> tuple[int, bool] | None:
    """Which entry to add or change (`True`) or remove (`False`); `None` when the list is done."""
    for place, one in enumerate(entries, 1):
        click.echo(f"  {place}. {', '.join(value for value in one.values() if isinstance(value, str)) or '(nothing said)'}")
    more = "" if not entries else ", a number to change that one, or - and a number to remove it"
    while True:
        asked = f"Add {'another' if entries else 'one'}? (yes, no{more})"
        said = str(click.prompt(asked, default="no")).strip().lower()
        if said in ("", "n", "no"):
            return None
        if said in ("y", "yes"):
            return len(entries), True
        number = said.removeprefix("-").strip()
        if number.isdecimal() and 1 <= int(number) <= len(entries):
            return int(number) - 1, not said.startswith("-")
        click.echo(f"  {quoted(said)} is none of these.")
