"""`engagecheck import --all`: a profile for each organisation of a file."""

import sys
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.profiles import Profiles
from engagecheck.cli.say import echo
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.importers.importing import NAMED, difference_in_words, is_later, named, out_of_life, take_over
from engagecheck.intake.merge import new_document
from engagecheck.intake.writing import as_text
from engagecheck.model import labels
from engagecheck.model.labels import plural
from engagecheck.model.schema import title_of
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import SourceFile

Json = Any
EXAMPLES, SHOWN = 5, 10
"""The organisations that are named for each reason, and the differences that are shown."""


def import_all(
    importer: Importer, file: SourceFile, imports: Iterable[Imported], register: Mapping[str, Imported], prefer: str | None,
    output: Path, day: str, dated: str,
) -> int:  # fmt: skip
    """Write a profile for each organisation of the file, or merge the facts into the profile that exists.

    Organisations whose name, type or country neither the file nor the register says, and those that do not exist on the
    day, are counted by reason.
    """
    existing = Profiles.at(output)
    by_code: dict[str, list[Imported]] = {}
    for imported in imports:
        by_code.setdefault(imported.code, []).append(named(imported, register))
    done: dict[str, dict[str, Json]] = {}
    left_out: dict[str, list[str]] = {}
    refused: dict[str, list[str]] = {}
    with click.progressbar(by_code.items(), label="Profiles", file=sys.stderr, hidden=not sys.stderr.isatty()) as progress:
        for code, found in progress:
            before = existing.documents.get(code)
            as_of = str(before["as_of"]) if before else day or found[0].as_of or _today()
            reason = _reason(found, as_of, dated, is_new=before is None)
            if reason:
                left_out.setdefault(reason, []).append(code)
                continue
            start = before or new_document(found[0], importer.evidence(file, found[0]), as_of)
            change = take_over(start, found, importer, file, prefer, dated)
            problems = complaints(open_document(as_text(change.document), f"{code} (with the import)"))
            if change.differences and prefer is None:
                problems += [f"{code}: {difference_in_words(one)}" for one in change.differences]
            if problems:
                refused[code] = problems
            else:
                done[code] = change.document
    if done:
        existing.write(done)
        echo(f"Written: {plural(len(done), 'profile')} to {output}", err=True)
    for reason, codes in sorted(left_out.items(), key=lambda item: -len(item[1])):
        some = ", ".join(codes[:EXAMPLES]) + " …" * (len(codes) > EXAMPLES)
        echo(f"Left out: {len(codes)}: {reason} ({some})", err=True)
    if refused:
        lines = [line for problems in refused.values() for line in problems]
        more = f"\nand {len(lines) - SHOWN} more" if len(lines) > SHOWN else ""
        echo("\n".join(lines[:SHOWN]) + more, err=True)
        echo(f"Left as they were: {plural(len(refused), 'profile')}. --prefer settles differences.", err=True)
    if not done:
        raise InputRefused([f"{file.name}: no profile was made or completed"])
    return ExitCode.INPUT if refused else ExitCode.OK


def _reason(found: list[Imported], as_of: str, dated: str, *, is_new: bool) -> str:
    """Why an organisation gets no profile, without its name, so that reasons can be counted; "" if it gets one."""
    organisation = found[0].organisation
    missing = [title_of(f"organisation.{part}").lower() for part in NAMED if not organisation.get(part)]
    if is_new and missing:
        return f"the file does not say the {', '.join(missing)}; name a list that does with --names"
    if any(one.closed and one.closed < as_of for one in found):
        return f"closed by {labels.day(as_of)}"
    if any(out_of_life(one, as_of) for one in found):
        return f"not open on {labels.day(as_of)}"
    latest = dated or max((one.effective for one in found if one.effective), default="")
    if is_later(latest, as_of):
        return "the facts are later than the date of the profile; set a later date with --as-of"
    return ""


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  # the local day of the user
