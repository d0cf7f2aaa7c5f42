"""The questions of a profile on a terminal, section by section. The user can stop and go on later."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.files import write_whole
from engagecheck.cli.say import echo
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused
from engagecheck.inputs import is_there, read_bytes
from engagecheck.intake.edit import set_fact
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.questions import ECHOED, Question, questions_of
from engagecheck.intake.questions.asked import essential_facts, has_entries, is_asked, no_longer_asked
from engagecheck.intake.questions.kinds import Kind, NotAnAnswer
from engagecheck.intake.questions.places import shown_at, words_at
from engagecheck.intake.writing import as_text
from engagecheck.model.profile import CONFIRMED
from engagecheck.model.schema import quoted
from engagecheck.plugin_host.registry import installed
from engagecheck.rules.reporter import clean

Json = Any
MOST_SHOWN = 15
"""How many answers are offered at most. A longer list would scroll the question away."""
_HELP, _WITHHELD = "?", "withheld"
_SUPPORTING = ("note", "evidence", "answered_by")
_INTRODUCTION = """Press Enter if you do not know: the answer then counts as not shown, never as no. Type ? for help, or
withheld where an answer is known and may not be given. Stop with Ctrl-C at any time: every finished section is kept.
Write roles, never names of persons. Begin with the questions marked (essential). The others can wait."""


class Stopped(EngagecheckError):
    """Raised when the user stops. Finished sections are kept."""

    exit_code = ExitCode.OK


def ask(path: Path, sections: tuple[str, ...] = (), part: Mapping[str, Json] | None = None) -> None:
    """Ask the questions of each section that a profile does not hold yet, and write the profile after each section.

    `sections` limits the questions to these sections, and `part` holds what is known before a file exists. Raises
    `InputRefused` if the file is not valid, and `Stopped` if the user stops.
    """
    if not is_there(path) and part and "organisation" in part:
        write_whole(path, as_text(part))
    document = _unfinished(path) or dict(part or {})
    echo(_INTRODUCTION)
    try:
        for question in _in_order(sections):
            if _is_untouched(document.get(question.name)) or _wants_review(question):
                _ask_section(question, document, path)
    except click.Abort:
        state = "nothing is written yet; begin again with"
        if path.exists():
            state = f"every finished section is in {path}; go on with"
        raise Stopped(f"\nStopped: {state} engagecheck new {path}") from None
    echo(f"\nThat is all. Now: engagecheck validate {path}, and engagecheck audit {path}")


def _unfinished(path: Path) -> dict[str, Json]:
    if not path.exists():
        return {}
    file = open_document(read_bytes(path), str(path))
    document = _without_blanks(file.document)
    stand_in = {"as_of": "2199-12-31", "organisation": {"name": "?", "type": "nhs_trust", "country": "England"}}
    is_group = isinstance(file.document, dict)
    if not is_group or file.faults or complaints(open_document(as_text({**stand_in, **document}), str(path))):
        # The complaints about the file itself have the right lines.
        raise InputRefused([*complaints(file), f"{path}: correct these first, then go on with engagecheck new {path}"])
    return document


def _without_blanks(document: Json) -> dict[str, Json]:
    """The document without the unfilled parts of a skeleton: empty texts, and groups that hold only notes."""

    def is_filled(value: Json) -> bool:
        if isinstance(value, dict):
            return any(is_filled(member) for name, member in value.items() if name != "note")
        return value not in ("", [], None)

    sections = document.items() if isinstance(document, dict) else ()
    # An empty section was asked about before, and nothing was known.
    filled: dict[str, Json] = {name: section for name, section in sections if is_filled(section) or section in ({}, [])}
    organisation = filled.get("organisation")
    if isinstance(organisation, dict) and not all(organisation.get(name) for name in ("name", "type", "country")):
        del filled["organisation"]
    return filled


def _is_untouched(section: Json) -> bool:
    """Whether a section was never asked about. An empty one was, and nothing was known."""
    return section is None or (isinstance(section, dict) and bool(section) and set(section) <= {"answered_by", "note"})


def _in_order(sections: tuple[str, ...]) -> list[Question]:
    """The organisation first, because it is always needed, then the evidence, because facts refer to it."""
    questions = {question.name: question for question in questions_of(sections)}
    first = ["as_of", "organisation", "evidence"]
    return [questions[name] for name in first] + [one for name, one in questions.items() if name not in (*first, "note")]


def _wants_review(question: Question) -> bool:
    return question.name not in ("as_of", "organisation") and click.confirm(
        f"\n{question.title} is already filled in. Go through it again?", default=False
    )


def _ask_section(question: Question, document: dict[str, Json], path: Path) -> None:
    """Ask one section until it is valid. Write the profile if its organisation is known."""
    last_year = document.get("last_year", {})
    begins = f"/{question.name}/"
    before = [(pointer, value) for pointer, value in last_year.get("figures", {}).items() if pointer.startswith(begins)]
    while True:
        echo(f"\n{question.title}\n{'-' * len(question.title)}\n{question.help}")
        for pointer, value in before:
            echo(f"  Last year: {words_at(pointer)}: {shown_at(pointer, value)}")
        answer = _ask(question, document.get(question.name), document)
        # An empty section is kept, so that it is not asked about again when the user goes on later.
        empty: Json = [] if question.kind is Kind.REGISTER else {}
        document[question.name] = empty if answer is None else answer
        _keep_or_remove(document)
        carried = last_year.get("carried", {})
        carried.update({pointer: CONFIRMED for pointer in carried if pointer.startswith(begins)})
        if "organisation" not in document:
            return
        content = as_text(document)
        problems = complaints(open_document(content, str(path)))
        if not problems:
            write_whole(path, content, replaces=path)
            return
        echo("\nThis section has mistakes:")
        for line in problems:
            pointer, _, message = line.partition(": ")[2].partition(": ")
            echo(f"  {words_at(pointer)}: {message}")
        echo("Please go through the section again. Your answers are offered again.")


def _keep_or_remove(document: dict[str, Json]) -> None:
    """Offer to remove the answers that earlier answers make unnecessary. Answers that are kept are offered again next time."""
    for pointer, _ in list(no_longer_asked(document)):
        echo(f"\nNo longer asked after an earlier answer: {words_at(pointer)}.")
        if click.confirm("Remove your answer?", default=False):
            set_fact(document, pointer, "")


def _ask(question: Question, before: Json, document: dict[str, Json]) -> Json:
    """The answer to a question or group, or `None`. The answer from before is the default."""
    if question.is_leaf:
        return _ask_leaf(question, before, document)
    if question.kind in (Kind.LIST, Kind.REGISTER):
        return _ask_list(question, before, document)
    if question.kind is Kind.MAPPING:
        return before
    answers: dict[str, Json] = dict(before or {})
    essential = essential_facts(installed(third_party=False)) if question.can_withhold else ()
    for part in question.parts:
        if part.name in _SUPPORTING and not (part.name == "evidence" and document.get("evidence")):
            continue
        if not is_asked(part, document, answers):
            continue
        mark = " (essential)" if f"/{question.name}/{part.name}" in essential else ""
        if part.is_leaf:
            answer = _ask_leaf(part, answers.get(part.name), document, may_withhold=question.can_withhold, mark=mark)
        else:
            echo(f"\n{part.title}{mark}. {part.help}")
            if part.name not in answers and question.can_withhold and not _is_known(part, answers):
                continue
            answer = _ask(part, answers.get(part.name), document)
        if answer is _WITHHELD:
            _withhold(part, answers)
        else:
            _set_answer(answers, part.name, answer)
    return answers or None


def _is_known(question: Question, section: dict[str, Json]) -> bool:
    """Ask whether anything is known about a group or list. Note in its section if it is withheld."""
    options = click.Choice(["yes", "y", "no", "n", _WITHHELD], case_sensitive=False)
    answer = click.prompt("Do you have facts about this? (yes, no, withheld)", default="no", type=options, show_choices=False)
    if answer == _WITHHELD:
        _withhold(question, section)
    return answer in ("yes", "y")


def _withhold(question: Question, section: dict[str, Json]) -> None:
    section.pop(question.name, None)
    section.setdefault("withheld", {})[question.name] = click.prompt("Why is this withheld?")


def _set_answer(answers: dict[str, Json], name: str, value: Json) -> None:
    if value is None:
        answers.pop(name, None)
    else:
        answers[name] = value
        answers.get("withheld", {}).pop(name, None)


def _ask_leaf(
    question: Question, before: Json, document: dict[str, Json], *, may_withhold: bool = False, mark: str = ""
) -> Json:
    few = question.answers if len(question.answers) <= MOST_SHOWN else {}
    text = question.text + (f" [{', '.join(few.values())}]" if few else "")
    text += f" ({question.unit})" if question.unit and question.unit not in question.text else ""
    text += mark
    while True:
        shown = "" if before is None else clean(question.show(before))
        answer = str(click.prompt(text, default=shown, show_default=bool(shown))).strip()
        if answer == _HELP:
            usually = f" Usually found in: {question.found_in}." if question.found_in else ""
            echo(f"  {question.help}{usually}")
            continue
        if answer.lower() == _WITHHELD and may_withhold:
            return _WITHHELD
        try:
            value = before if shown and answer == shown else question.read(answer)
        except NotAnAnswer as error:
            echo(f"  {error}.")
            continue
        problem = _problem_with(question, value, document)
        if not problem:
            if question.kind in ECHOED and value is not None and question.show(value) != answer:
                echo(f"  Understood as {question.show(value)}")
            return value
        echo(f"  {problem}")


def _problem_with(question: Question, value: Json, document: dict[str, Json]) -> str:
    """What is wrong with a single answer, or "". The checks of the whole section come later."""
    if value is None:
        return "This answer is required." if question.needed else ""
    known = [item["id"] for item in document.get("evidence", [])]
    if question.kind is Kind.IDS and (unknown := [name for name in value if name not in known]):
        return f"No evidence is called {quoted(unknown[0])}; there is: {', '.join(known) or 'none yet'}."
    as_of = str(document.get("as_of", "9999"))
    complaint = question.complaint(value)
    if question.is_past and value not in question.words and not complaint and value > as_of[: len(value)]:
        return f"This date, {question.show(value)}, is after the profile date, {question.show(as_of)}."
    return complaint


def _ask_list(question: Question, before: Json, document: dict[str, Json]) -> Json:
    is_list = question.kind is Kind.LIST
    answers: dict[str, Json] = dict(before or {}) if is_list else {}
    for one in question.about:
        if one.name not in _SUPPORTING:
            _set_answer(answers, one.name, _ask_leaf(one, answers.get(one.name), document))
    entry = Question("entry", Kind.GROUP, question.title, "", "", "", question.found_in, False, {}, (), question.parts)
    entries = list(answers.get("entries", []) if is_list else before or [])
    while has_entries(answers) and (step := _ask_next_step(entries)) is not None:
        index, keeps = step
        old = entries[index] if index < len(entries) else None
        new = _ask(entry, old, document) if keeps else None
        entries[index : index + 1] = [] if new is None else [new]
    if not is_list:
        return entries or None
    _set_answer(answers, "entries", entries or (answers.get("entries") and []))
    return answers or None


def _ask_next_step(entries: list[Json]) -> tuple[int, bool] | None:
    """The index of the entry to add or change (`True`) or to remove (`False`). `None` if the list is done."""
    for number, entry in enumerate(entries, 1):
        echo(f"  {number}. {', '.join(value for value in entry.values() if isinstance(value, str)) or '(nothing said)'}")
    more = "" if not entries else ", a number to change that one, or - and a number to remove it"
    while True:
        text = f"Add {'another' if entries else 'one'}? (yes, no{more})"
        answer = str(click.prompt(text, default="no")).strip().lower()
        if answer in ("", "n", "no"):
            return None
        if answer in ("y", "yes"):
            return len(entries), True
        chosen = answer.removeprefix("-").strip()
        if chosen.isdecimal() and 1 <= int(chosen) <= len(entries):
            return int(chosen) - 1, not answer.startswith("-")
        echo(f"  {quoted(answer)} is none of these.")
