"""`engagecheck sign-off`."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from engagecheck.analysis.notes import NAME_OF_PERSON, names_person
from engagecheck.cli.options import NamedFiles, overrides_in
from engagecheck.cli.profiles import read_profile, save_document
from engagecheck.cli.say import echo
from engagecheck.errors import UsageRefused
from engagecheck.intake.load import unconfirmed_in
from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.kinds import NotAnAnswer
from engagecheck.intake.workflow.sign_off import STEPS, digest, sign, with_outside
from engagecheck.model.dates import against_start
from engagecheck.model.labels import day, plural


@click.command("sign-off")
@click.argument("profile")
@click.option("--prepared-by", "prepared", metavar="ROLE", help="The role that prepared the profile.")
@click.option("--checked-by", "checked", metavar="ROLE", help="The role that checked the profile.")
@click.option("--approved-by", "approved", metavar="ROLE", help="The committee or role that approved the profile.")
@click.option("--on", required=True, metavar="DATE", help="The day, such as 2026-05-01.")
@click.option("--accepted-gaps", metavar="FILE", help="Accepted gaps outside the profile that are part of what is signed.")
@click.option("--attestations", metavar="FILE", help="Attestations outside the profile that are part of what is signed.")
@click.option("--config", metavar="FILE", help="A configuration that names these files (default: as for audit).")
@click.option("--no-config", is_flag=True, help="Ignore any configuration file in this folder.")
def command(profile: str, on: str, prepared: str | None, checked: str | None, approved: str | None, **options: Any) -> None:
    """Record who prepared, checked or approved a profile.

    PROFILE is a .json or .xlsx file.

    The sign-off covers the facts, accepted gaps and attestations as they are now. If they change later, papers say
    "changed since approval: draft".
    """
    signed = zip(STEPS, (prepared, checked, approved), strict=True)
    roles = {step: " ".join(role.split()) for step, role in signed if role is not None}
    if not roles:
        raise UsageRefused("sign-off: say who signs, with --prepared-by, --checked-by or --approved-by")
    files = NamedFiles.of(**options)
    document = read_profile(profile)
    before = document.get("sign_off", {})
    outside = map(msgspec.to_builtins, overrides_in(files).statements)
    covers = with_outside(digest(document), outside)
    questions = {question.name: question for question in all_questions()}["sign_off"]
    for step, role in roles.items():
        answers = _answers(questions.part(step), step, role, on)
        wrong = against_start(date.fromisoformat(answers["on"]), date.fromisoformat(document["as_of"]), "the profile date")
        if wrong:
            raise UsageRefused(f"--on: {wrong}")
        document = sign(document, step, answers, covers)
    save_document(Path(profile), document)
    for step in roles:
        replaced = before.get(step)
        echo(f"Recorded: {_worded(step, document['sign_off'][step])}", err=True)
        if replaced and replaced != document["sign_off"][step]:
            echo(f"It takes the place of: {_worded(step, replaced)}", err=True)
    for role in roles.values():
        if names_person(role):
            echo(f"{role}: this {NAME_OF_PERSON}", err=True)
    _note_doubts(document)


def _note_doubts(document: Mapping[str, Any]) -> None:
    """Say what may be wrong with a sign-off: days that are out of order, and answers that nobody looked at this year."""
    signatures = [document["sign_off"][step] for step in STEPS if step in document["sign_off"]]
    days = [one["on"] for one in signatures if "on" in one]
    if days != sorted(days):
        echo("The days are out of order: a profile is prepared, then checked, then approved.", err=True)
    if count := len(unconfirmed_in(document)):
        echo(
            f"{plural(count, 'answer')} from last year, not yet confirmed and counted as stated only. Papers say so.", err=True
        )


def _worded(step: str, signature: Mapping[str, Any]) -> str:
    """A signature in words. One that people typed may lack the role or the day."""
    role, on = signature.get("role"), signature.get("on")
    return f"{step}{f' by {role}' if role else ''}{f', {day(on)}' if on else ''}"


def _answers(question: Question, step: str, role: str, on: str) -> Mapping[str, Any]:
    """The typed role and day as values of the profile. Raises `UsageRefused` if one of them is no answer."""
    answers = {}
    for name, text, option in (("role", role, f"--{step}-by"), ("on", on, "--on")):
        part = question.part(name)
        try:
            answers[name] = part.read(text)
        except NotAnAnswer as error:
            raise UsageRefused(f"{option}: {error}") from None
        if answers[name] is None or (complaint := part.complaint(answers[name])):
            raise UsageRefused(f"{option}: {complaint if answers[name] else 'it is empty; say who signs, and on which day'}")
    return answers
