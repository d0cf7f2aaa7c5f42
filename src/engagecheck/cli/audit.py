"""`engagecheck audit`."""

import os
from functools import cache, partial
from typing import Any

import click

from engagecheck.cli.options import STANDARD_INPUT, Setting, gate_options, is_given, profile_from, setting_options
from engagecheck.errors import UsageRefused


@click.command("audit")
@click.argument("profiles", nargs=-1, required=True, metavar="PROFILE...")
@click.option(
    "-f", "--format", "formats", multiple=True, metavar="FORMAT[=PATH]",
    help="text (default), html, docx, xlsx, csv, markdown, pdf, json …; with =PATH into a file. May be given several times.",
)
@gate_options
@click.option("--carry", metavar="OLD.xlsx", help="With -f xlsx=…: take over what people wrote in an older tracker.")
@click.option("--record", is_flag=True, help="Keep the report in the history too (see engagecheck history).")
@click.option("--store", metavar="PLACE", envvar="ENGAGECHECK_STORE", help="With --record: a file, or postgresql://…")
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Of many profiles: in N processes (default: as many as pay)."
)
@click.option("--dask", metavar="ADDRESS", help="Of many profiles: on a cluster, by the address of its scheduler (extra dask).")
@click.option("--resume", is_flag=True, help="Of many profiles, with -f jsonl=FILE: go on after the lines there.")
@setting_options
def command(
    profiles: tuple[str, ...], formats: tuple[str, ...], fail_on: str | None, min_coverage: float | None, carry: str | None,
    record: bool, store: str | None, workers: int | None, dask: str | None, resume: bool, **options: Any,
) -> int:  # fmt: skip
    """Audit a PROFILE (a .json or .xlsx file, or - for standard input) and report what was found.

    Several profiles, folders, or JSON Lines (.jsonl; - with -f jsonl) are audited in one go: a summary, -f jsonl or -f csv.
    """
    if is_given("store") and not record:
        raise UsageRefused("--store says where to keep the report; add --record to keep it")
    if _is_batch(profiles, formats):
        if record or carry:
            raise UsageRefused("--record and --carry are for one profile; use history add for many reports")
        if dask is not None and workers is not None:
            raise UsageRefused("--dask has workers of its own; leave --workers out")
        from engagecheck.cli.batch import audit_all, options_of

        gate = {"fail_on": fail_on, "min_coverage": min_coverage}
        return audit_all(profiles, formats, options_of({**options, **gate}), workers, dask, resume)
    if workers is not None or dask is not None or resume:
        raise UsageRefused("--workers, --dask and --resume are for many profiles: several files, a folder, or JSON Lines")
    given = cache(partial(Setting.of, **options))  # rules are not loaded for a profile that is refused
    profile = profile_from(profiles[0], lambda: given().registry)
    from engagecheck.cli.output import targets, written

    setting = given()
    wanted = targets(formats or ("text",), setting.registry, carry)
    report = setting.audit(profile, fail_on=fail_on, min_coverage=min_coverage)
    written(report, wanted)
    if record:
        from engagecheck.cli.history import recorded, store_at

        recorded(report, store_at(store))
    return report.exit_code


def _is_batch(profiles: tuple[str, ...], formats: tuple[str, ...]) -> bool:
    """Whether many profiles are meant: several, a folder, JSON Lines, or standard input with a line a profile."""
    (first, *more) = profiles
    lines = any(wanted.partition("=")[0] == "jsonl" for wanted in formats)
    return bool(more) or os.path.isdir(first) or first.lower().endswith(".jsonl") or (first == STANDARD_INPUT and lines)
