"""`engagecheck import` for one organisation: from a file into its profile, with an account of what was taken over."""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from attrs import frozen

from engagecheck.analysis.importing import about, account_of, check_life, other_name, too_late, total_in_words
from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.options import today
from engagecheck.cli.output import to_terminal
from engagecheck.cli.profiles import refuse_invalid, save_document
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake.differences import Difference
from engagecheck.intake.explain import OpenDocument, open_document, valid_document
from engagecheck.intake.importers.importing import named, take_over, unstated
from engagecheck.intake.merge import ENTERED, IMPORTED, Merged, new_document
from engagecheck.intake.writing import as_text, write_document
from engagecheck.model import labels
from engagecheck.model.labels import plural
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import SourceFile

Json = Any
CHOICES = 12
"""The organisations that a question or a refusal names."""


@frozen
class Wanted:
    """What one call of the command asks for, apart from the source and the file."""

    organisation: str | None
    into: str | None
    output: str | None
    prefer: str | None
    day: str
    move_day: bool
    dated: str


def import_one(
    importer: Importer, file: SourceFile, imports: list[Imported], register: Mapping[str, Imported], wanted: Wanted
) -> int:
    """Merge what a file says about one organisation into its profile or into a new one."""
    opened = open_document(read_bytes(wanted.into), wanted.into) if wanted.into and Path(wanted.into).exists() else None
    if path := wanted.output or (opened is None and wanted.into):
        may_write(Path(path))
    before = start = _facts_before(opened)
    chosen = _chosen([named(one, register) for one in imports], register, before, file, wanted)
    name = wanted.into or wanted.output or "the new profile"
    check_life(chosen, file, name, str(before.get("as_of") or wanted.day or today()))
    if wanted.day and wanted.day != before.get("as_of", wanted.day):
        before = {**before, "as_of": _moved(wanted, before["as_of"])}
    if "organisation" not in before:
        before = _begun(before, chosen[0], importer, file, wanted.day)
    _check_day(chosen, file, name, before["as_of"], wanted.dated)
    change = take_over(before, chosen, importer, file, wanted.prefer, wanted.dated)
    if change.differences and wanted.prefer is None:
        change = take_over(before, chosen, importer, file, _ask_preference(change.differences, name, opened), wanted.dated)
    refuse_invalid(change.document, f"{name} (with the import)")
    _write(change.document, wanted)
    _account(change, start, chosen, wanted, file, importer)
    return ExitCode.OK


def _facts_before(opened: OpenDocument | None) -> dict[str, Json]:
    """What a profile holds before the import. A blank profile need not name its organisation yet."""
    if opened is None:
        return {}
    document = opened.document
    is_blank = isinstance(document, dict) and not document.get("organisation") and not opened.faults
    sections = document if is_blank else valid_document(opened)
    return {name: section for name, section in sections.items() if not is_blank or section not in ("", {}, None)}


def _chosen(
    imports: list[Imported], register: Mapping[str, Imported], before: dict[str, Json], file: SourceFile, wanted: Wanted
) -> list[Imported]:
    """What the file says about the one organisation that is meant. Asks, on a terminal, where several fit."""
    own = before.get("organisation", {})
    asked = wanted.organisation or own.get("ods_code") or own.get("name")
    hint = "" if register else "; --names and a register of trusts say what became of an organisation that closed"
    fitting = about(imports, asked, file, register, hint)
    codes = list(dict.fromkeys(one.code for one in fitting))
    code = codes[0] if len(codes) == 1 else _ask_organisation(fitting, file)
    if own.get("ods_code") and code and code.upper() != own["ods_code"].upper():
        raise UsageRefused(f"--organisation {wanted.organisation}: {wanted.into} is the profile of {own['ods_code']}")
    chosen = [one for one in fitting if one.code == code]
    if remark := other_name(chosen, asked):
        echo(remark, err=True)
    return chosen


def _ask_organisation(fitting: Sequence[Imported], file: SourceFile) -> str:
    """The code of the organisation that the user chooses. Raises `UsageRefused` if standard input is not a terminal."""
    names = {one.code: f"{one.code} {one.organisation.get('name', '')}".strip() for one in fitting}
    listed = list(names.values())[:CHOICES]
    more = f" and {len(names) - CHOICES} more" if len(names) > CHOICES else ""
    if not sys.stdin.isatty() or more:
        raise UsageRefused(
            f"{file.name} is about {plural(len(names), 'organisation')}: {', '.join(listed)}{more}; "
            "say which with --organisation CODE or NAME, or --all"
        )
    echo("\n".join(f"{number:3} {name}" for number, name in enumerate(listed, 1)), err=True)
    return list(names)[click.prompt("Which of these?", type=click.IntRange(1, len(listed)), err=True) - 1]


def _begun(before: dict[str, Json], imported: Imported, importer: Importer, file: SourceFile, day: str) -> dict[str, Json]:
    """A new or blank profile, with the organisation and the day filled in from the import."""
    if missing := unstated(imported.organisation):
        who = imported.code or "the organisation"
        raise UsageRefused(f"{file.name} does not say the {missing} of {who}; begin a profile and name it with --into")
    begun = new_document(imported, importer.evidence(file, imported), day or today())
    if not day and "as_of" not in before:
        echo(f"The profile is for today, {labels.day(begun['as_of'])}. Use --as-of to say another day.", err=True)
    return {**begun, **before}


def _moved(wanted: Wanted, as_of: str) -> str:
    """The new day of a profile that exists, if the user agrees. Raises `UsageRefused` if nobody can be asked."""
    if wanted.move_day:
        return wanted.day
    if not sys.stdin.isatty():
        now = f"{wanted.into} is for {labels.day(as_of)}"
        raise UsageRefused(f"--as-of {wanted.day}: {now}; add --move-day to change its date, or leave out --as-of")
    if not click.confirm(f"{wanted.into} is for {labels.day(as_of)}. Change its date to {labels.day(wanted.day)}?", err=True):
        raise UsageRefused("Nothing was changed.")
    return wanted.day


def _check_day(chosen: Sequence[Imported], file: SourceFile, name: str, as_of: str, dated: str) -> None:
    """Refuse a file about a time after the day of the profile."""
    if problem := too_late(chosen, file, name, as_of, dated):
        raise InputRefused([f"{problem}; change that date with --as-of and --move-day, or import an older file"])


def _ask_preference(differences: Sequence[Difference], name: str, opened: OpenDocument | None) -> str:
    """Ask which values to keep. Raises `InputRefused` if standard input is not a terminal."""
    cells = opened.origin.cells if opened else {}
    echo("\n".join(f"{name}: {difference.in_words(cells)}" for difference in differences), err=True)
    if not sys.stdin.isatty():
        raise InputRefused([f"{name}: nothing was changed; say --prefer entered or --prefer imported"])
    return str(click.prompt("Which is right for these?", type=click.Choice([ENTERED, IMPORTED]), err=True))


def _write(document: dict[str, Json], wanted: Wanted) -> None:
    target = wanted.into or wanted.output
    if target is None:
        to_terminal(as_text(document))
        return
    path = Path(target)
    if wanted.into:
        save_document(path, document)
    else:
        write_file(path, write_document(document, target))


def _account(
    change: Merged, before: dict[str, Json], chosen: Sequence[Imported], wanted: Wanted, file: SourceFile, importer: Importer
) -> None:
    """Say what was taken over, what differs, what is still to do, and how many questions the profile now decides."""
    account = account_of(change, before, chosen, importer)
    name, facts = change.document["organisation"]["name"], plural(len(account.facts), "fact")
    echo(f"\n{name}, {labels.day(change.document['as_of'])}: {facts} from {file.name}", err=True)
    for line in account.facts:
        echo(f"  {line}", err=True)
    for difference in change.differences:
        echo(f"  Different: {difference.in_words()}; kept: {wanted.prefer or 'as chosen'}", err=True)
    target = wanted.into or wanted.output
    cells = open_document(read_bytes(target), target).origin.cells if target else {}
    for one in account.to_do:
        where = cells.get(one.pointer) or total_in_words(one)
        echo(f"  Still to do: enter the total for {one.title} in {where} ({one.listed} listed)", err=True)
    for question, gap in account.unanswered:
        echo(f"  Not answered yet: {question} {gap}", err=True)
    answers = f"{account.answered} of {account.applicable} questions (before: {account.before})"
    echo(f"The profile now answers {answers}.", err=True)
