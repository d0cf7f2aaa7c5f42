"""`engagecheck history`."""

import json
from pathlib import Path
from typing import Any

import click

from engagecheck.analysis.history import Row, Store, default_place, faults
from engagecheck.cli.comparison import report_in
from engagecheck.cli.options import Setting, setting_options
from engagecheck.cli.output import may_write, terminal_style, to_terminal, write_whole
from engagecheck.errors import ExitCode, InputRefused, UsageRefused
from engagecheck.model.report import Report

a_store = click.option(
    "--store", metavar="PLACE", envvar="ENGAGECHECK_STORE", help="A file, or postgresql://… (default: this user's own file)."
)


def store_at(place: str | None) -> Store:
    """The store at a place, or this user's own."""
    return Store(default_place() if place is None else place)


def reports_of(place: str | None, organisation: str | None) -> list[Report]:
    """The recorded reports of one organisation. Raises `UsageRefused` where it is not clear which, `InputRefused` for none."""
    rows = store_at(place).sound_rows()
    known = {row.subject: row.name for row in rows}
    if organisation is None and len(known) > 1:
        raise UsageRefused(
            f"the history holds {len(known)} organisations; say which with --organisation: {', '.join(sorted(known))}"
        )
    mine = [row for row in rows if organisation is None or organisation in (row.subject, row.name)]
    if not mine:
        raise InputRefused(
            [f"there is nothing recorded of {organisation or 'anyone'}; known are: {', '.join(sorted(known)) or 'none'}"]
        )
    return [row.report() for row in mine]


@click.group("history")
def command() -> None:
    """Keep reports in an append-only store, and find out whether one was removed or altered."""


@command.command("add")
@click.argument("reports", nargs=-1, required=True, metavar="REPORT...")
@a_store
@setting_options
def add(reports: tuple[str, ...], store: str | None, **options: Any) -> None:
    """Record each REPORT (JSON, or a profile to audit)."""
    setting, place = Setting.of(**options), store_at(store)
    for source in reports:
        recorded(report_in(source, setting), place)


def recorded(report: Report, place: Store) -> None:
    """Record a report, and say so once it is on disk."""
    done = place.add(report)
    said, row = "Recorded" if done.is_new else "Recorded before", done.row
    click.echo(f"{said}: {row.name}, {row.as_of}, as number {row.number} in {place.shown} (head {done.head})", err=True)


@command.command("list")
@a_store
def list_(store: str | None) -> int:
    """List what is recorded. Exit code 6 if something was removed or altered."""
    place = store_at(store)
    rows = place.rows()
    for row in rows:
        click.echo(f"{row.number:>5}  {row.as_of}  {row.report_digest[:12]}  {row.name}")
    return _faulty(place, rows, None)


def _faulty(place: Store, rows: list[Row], head: str | None) -> ExitCode:
    """Name what is wrong with the rows; the exit code."""
    found = list(faults(rows, head))
    for one in found:
        click.echo(f"{place.shown}: {one}", err=True)
    return ExitCode.VERIFICATION if found else ExitCode.OK


def _row(store: str | None, number: int) -> Row:
    rows = store_at(store).sound_rows()
    found = next((row for row in rows if row.number == number), None)
    if found is None:
        raise UsageRefused(f"there is no number {number}; the history holds {len(rows)}")
    return found


@command.command("show")
@click.argument("number", type=int)
@click.option(
    "-f", "--format", "form", default="text", show_default=True, help="How to print it: text, json or another format."
)
@a_store
def show(number: int, form: str, store: str | None) -> None:
    """Print the recorded report of that NUMBER."""
    from engagecheck.cli.output import targets
    from engagecheck.plugin_host.registry import installed

    (target,) = targets((form,), installed())
    rendered = target.reporter.render(_row(store, number).report(), terminal_style())
    to_terminal(rendered if isinstance(rendered, bytes) else rendered.encode())


@command.command("export")
@click.argument("target", metavar="FILE.jsonl")
@a_store
def export(target: str, store: str | None) -> None:
    """Write every recorded report to FILE.jsonl, one a line, the oldest row first."""
    may_write(Path(target))
    rows = store_at(store).sound_rows()
    write_whole(Path(target), "".join(json.dumps(json.loads(row.content), ensure_ascii=False) + "\n" for row in rows).encode())
    click.echo(f"Written: {target} ({len(rows)} reports)", err=True)


@command.command("verify")
@click.option(
    "--head", metavar="DIGEST", help="The head that you noted when you last recorded: shows whether rows were cut off."
)
@a_store
def verify(head: str | None, store: str | None) -> int:
    """Find out whether a recorded report was removed or altered. Exit code 6 if one was."""
    place = store_at(store)
    rows = place.rows()
    if faulty := _faulty(place, rows, head):
        return faulty
    click.echo(f"{place.shown}: {len(rows)} reports, none removed or altered (head {rows[-1].row_digest if rows else 'none'})")
    return ExitCode.OK
