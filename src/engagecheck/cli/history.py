"""`engagecheck history`."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import click

from engagecheck.analysis.chain import REMOVED, Row, faults
from engagecheck.analysis.history import Store, default_place
from engagecheck.analysis.notes import NAME_OF_PERSON, names_person
from engagecheck.cli.comparison import only_format, report_in
from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.options import Setup, setting_options, today
from engagecheck.cli.output import output_for, write
from engagecheck.cli.parent import leave_if_another
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.model.labels import plural
from engagecheck.model.report import Report
from engagecheck.plugin_host.registry import installed

store_option = click.option(
    "--store", metavar="PLACE", envvar="ENGAGECHECK_STORE", help="A file, or postgresql://… (default: this user's own file)."
)


def store_at(place: str | None) -> Store:
    """The store at a place, or this user's own. Raises `UsageRefused` for a place that cannot be a store."""
    return Store(default_place() if place is None else place)


head_option = click.option(
    "--head", metavar="DIGEST", help="The head that you noted when you last recorded: shows whether rows were cut off."
)


def reports_of(place: str | None, organisation: str | None, head: str | None) -> list[Report]:
    """The recorded reports of one organisation, by its code or name.

    Raises `UsageRefused` if it is not clear which organisation is meant, and `InputRefused` if it has no reports.
    """
    rows = _sound_rows(place, head)
    known = {row.subject: row.name for row in rows}
    if organisation is None and len(known) > 1:
        raise UsageRefused(
            f"the history holds {len(known)} organisations; say which with --organisation: {', '.join(sorted(known))}"
        )
    chosen = [row for row in rows if organisation is None or organisation in (row.subject, row.name)]
    if not chosen:
        raise InputRefused(
            [f"the history has no report of {organisation or 'anyone'}; known are: {', '.join(sorted(known)) or 'none'}"]
        )
    kept = [row for row in chosen if not row.removal]
    if not kept:
        raise InputRefused([f"the reports of {chosen[0].name} were all removed; engagecheck history verify says when and why"])
    return [row.report() for row in kept]


@click.group("history")
def command() -> None:
    """Keep reports, and check that none was changed.

    They are kept in an append-only store, which shows whether one was removed or altered."""


@command.command("add")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@store_option
@click.option("--although-altered", is_flag=True, help="Add to a history of which a row was removed or altered, all the same.")
@setting_options
def add(reports: tuple[str, ...], store: str | None, although_altered: bool, **options: Any) -> int:
    """Record each REPORT (JSON, or a profile to audit).

    Exit code 6 if a row was removed or altered. Nothing is then added, unless with --although-altered.
    """
    setup, place = Setup.of(**options), store_at(store)
    for source in reports:
        record_report(report_in(source, setup), place, although_altered=although_altered)
    return _echo_state(place, place.rows(), None, err=True) if although_altered else ExitCode.OK


def record_report(report: Report, place: Store, *, although_altered: bool = False) -> None:
    """Record a report, and print a line once it is on disk."""
    leave_if_another()
    recorded = place.add(report, although_altered=although_altered)
    message, row = "Recorded" if recorded.is_new else "Recorded before", recorded.row
    echo(f"{message}: {row.name}, {row.as_of}, as number {row.number} in {place.shown} (head {recorded.head})", err=True)


@command.command("list")
@store_option
@head_option
def list_(store: str | None, head: str | None) -> int:
    """List what is recorded. Exit code 6 if something was removed or altered."""
    place = store_at(store)
    rows = place.rows()
    for row in rows:
        removed = "  (report removed)" if row.removal else ""
        echo(f"{row.number:>5}  {row.as_of}  {row.report_digest[:12]}  {row.name}{removed}")
    return _echo_state(place, rows, head, err=True)


def _echo_state(place: Store, rows: list[Row], head: str | None, *, err: bool) -> ExitCode:
    """Say whether the chain holds, or everything that is wrong with it."""
    messages = list(faults(rows, head))
    for message in messages:
        echo(f"{place.shown}: {message}", err=True)
    if messages:
        return ExitCode.VERIFICATION
    echo(_holds(place, rows), err=err)
    return ExitCode.OK


def _sound_rows(store: str | None, head: str | None) -> list[Row]:
    """The rows of a history whose chain holds, which is said on standard error."""
    place = store_at(store)
    rows = place.sound_rows(head)
    echo(_holds(place, rows), err=True)
    return rows


def _holds(place: Store, rows: list[Row]) -> str:
    head = rows[-1].row_digest if rows else "none"
    notes = [f"number {row.number}: {REMOVED} {row.removal.words}; its digest stays" for row in rows if row.removal]
    found = "no row removed or altered" if notes else "none removed or altered"
    return "\n".join([f"{place.shown}: {plural(len(rows), 'report')}, {found} (head {head})", *notes])


def _row(store: str | None, number: int, head: str | None) -> Row:
    rows = _sound_rows(store, head)
    numbered = next((row for row in rows if row.number == number), None)
    if numbered is None:
        raise UsageRefused(f"there is no number {number}; the history holds {len(rows)}")
    return numbered


@command.command("show")
@click.argument("number", type=int)
@click.option("-f", "--format", "form", multiple=True, callback=only_format, metavar="FORMAT[=PATH]", help="As for audit.")
@store_option
@head_option
def show(number: int, form: str, store: str | None, head: str | None) -> None:
    """Print the recorded report of that NUMBER."""
    output = output_for((form,), installed())
    write(_row(store, number, head).report(), output)


@command.command("export")
@click.argument("target", metavar="FILE.jsonl")
@store_option
@head_option
def export(target: str, store: str | None, head: str | None) -> None:
    """Write every recorded report to FILE.jsonl, one a line, the oldest row first."""
    may_write(Path(target))
    rows = _sound_rows(store, head)
    kept = [row for row in rows if not row.removal]
    lines = "".join(json.dumps(json.loads(row.content), ensure_ascii=False) + "\n" for row in kept)
    write_file(Path(target), lines, f" ({plural(len(kept), 'report')})")


@command.command("remove")
@click.argument("number", type=int)
@click.option("--by", required=True, metavar="ROLE", help="Which role removes it; never a name.")
@click.option("--reason", required=True, metavar="TEXT", help="Why, without repeating what must not be kept.")
@store_option
def remove(number: int, by: str, reason: str, store: str | None) -> int:
    """Remove the report of that NUMBER for good, such as one that names a patient.

    Its digest, the role, the day and the reason stay, so that the chain holds. The row itself stays.
    """
    if names_person(by):
        raise UsageRefused(f"--by {by}: this {NAME_OF_PERSON}, such as data protection officer")
    place = store_at(store)
    place.remove(number, " ".join(by.split()), " ".join(reason.split()), date.fromisoformat(today()))
    return _echo_state(place, place.rows(), None, err=True)


@command.command("verify")
@head_option
@store_option
def verify(head: str | None, store: str | None) -> int:
    """Check that no recorded report was removed or altered. Exit code 6 if one was."""
    place = store_at(store)
    return _echo_state(place, place.rows(), head, err=False)


@command.command("head")
@store_option
@head_option
def head_(store: str | None, head: str | None) -> None:
    """Print the head of the chain, to be signed or kept elsewhere. With it as --head, nothing can be cut off unnoticed."""
    rows = _sound_rows(store, head)
    if not rows:
        raise InputRefused(["there is nothing recorded yet, so there is no head"])
    echo(rows[-1].row_digest)
