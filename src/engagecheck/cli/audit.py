"""`engagecheck audit`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.options import PAPERS, STANDARD_INPUT, Setup, gate_options, is_given, load, paper_options, setting_options
from engagecheck.cli.output import output_for, write
from engagecheck.errors import UsageRefused

if TYPE_CHECKING:
    from engagecheck.model.report import Report


@click.command("audit")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@click.option(
    "-f",
    "--format",
    "formats",
    multiple=True,
    metavar="FORMAT[=PATH]",
    help="html=FILE, docx=FILE, xlsx=FILE, pdf=FILE, csv, markdown, json …; without =FILE to the terminal. Can be repeated.",
)
@click.option("--detail", is_flag=True, help="Show the whole report on the terminal, not just one screen (as -f text does).")
@gate_options
@paper_options
@click.option("--record", is_flag=True, help="Also keep the report in the history (see engagecheck history).")
@click.option("--store", metavar="PLACE", envvar="ENGAGECHECK_STORE", help="With --record: a file, or postgresql://…")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="For many profiles: how many processes to use.")
@click.option("--dask", metavar="ADDRESS", help="For many profiles: the address of a Dask scheduler (extra dask).")
@click.option("--resume", is_flag=True, help="For many profiles, with -f jsonl=FILE: continue after the last line in FILE.")
@setting_options
def command(
    profiles: tuple[str, ...], formats: tuple[str, ...], detail: bool, fail_on: str | None, min_coverage: float | None,
    record: bool, store: str | None, workers: int | None, dask: str | None, resume: bool, **options: Any,
) -> int:  # fmt: skip
    """Audit profiles and report what was found.

    A PROFILE is a .json or .xlsx file, or - for standard input.

    Several profiles, folders, or JSON Lines (.jsonl; - with -f jsonl) are audited in one go: a summary, -f jsonl,
    -f csv, or with -f html=FOLDER a page for all of them and one each.
    """
    papers = {name: options.pop(name) for name in PAPERS}
    if is_given("store") and not record:
        raise UsageRefused("--store says where to keep the report; add --record to keep it")
    if detail and any("=" not in form for form in formats if form != "text"):
        raise UsageRefused("--detail shows the report on the terminal, where another format goes; give that one a file")
    if _is_batch(profiles, formats):
        is_public = papers.pop("is_public")
        if record or any(papers.values()):
            raise UsageRefused("--record, --carry, --template, --meeting and --since are for one profile")
        if dask is not None and workers is not None:
            raise UsageRefused("--dask brings its own workers; leave out --workers")
        from engagecheck.cli.batch import audit_all, batch_settings

        settings = batch_settings({**options, "fail_on": fail_on, "min_coverage": min_coverage}, is_public)
        return audit_all(profiles, formats, settings, workers, dask, resume, detail)
    if workers is not None or dask is not None or resume:
        raise UsageRefused("--workers, --dask and --resume are for many profiles: several files, a folder, or JSON Lines")
    setup = Setup.of(**options, fail_on=fail_on, min_coverage=min_coverage)
    profile = load(profiles[0], setup.registry)
    shown = () if any("=" not in form for form in formats) else ("text" if detail else "summary",)
    output = output_for((*formats, *shown), setup.registry, **papers)
    report = setup.audit(profile)
    write(report, output, is_public=papers["is_public"], record=_recorder(store) if record else None, code=report.exit_code)
    return report.exit_code


def _recorder(store: str | None) -> Callable[["Report"], None]:
    """What records a report in the history."""
    from engagecheck.cli.history import record_report, store_at

    return lambda report: record_report(report, store_at(store))


def _is_batch(profiles: tuple[str, ...], formats: tuple[str, ...]) -> bool:
    """Whether there are many profiles: several names, a folder, JSON Lines, or standard input with one profile a line."""
    (first, *more) = profiles
    writes_lines = any(form.partition("=")[0] == "jsonl" for form in formats)
    is_lines = first.lower().endswith(".jsonl") or (first == STANDARD_INPUT and writes_lines)
    return bool(more) or Path(first).is_dir() or is_lines
