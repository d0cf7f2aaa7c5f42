"""`engagecheck import --all`: a profile for each organisation of a file."""

import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.import_one import Wanted
from engagecheck.cli.options import today
from engagecheck.cli.profiles import Profiles
from engagecheck.cli.say import echo, echo_line
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.intake.explain import complaints, open_document
from engagecheck.intake.importers.importing import is_later, named, newest_fact, out_of_life, take_over, unstated
from engagecheck.intake.merge import new_document
from engagecheck.intake.writing import as_text
from engagecheck.model import labels
from engagecheck.model.labels import plural
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import SourceFile

Json = Any
EXAMPLES, SHOWN = 5, 10
"""The organisations that are named for each reason, and the differences that are shown."""


def import_all(
    importer: Importer, file: SourceFile, imports: Iterable[Imported], register: Mapping[str, Imported], wanted: Wanted
) -> int:
    """Write a profile for each organisation of the file, or merge the facts into the profile that exists.

    Organisations whose name, type or country neither the file nor the register says, and those that do not exist on the
    day, are counted by reason.
    """
    existing = Profiles.at(Path(wanted.output or ""))
    by_code: dict[str, list[Imported]] = {}
    for imported in imports:
        by_code.setdefault(imported.code, []).append(named(imported, register))
    done: dict[str, dict[str, Json]] = {}
    left_out: dict[str, list[str]] = {}
    refused: dict[str, list[str]] = {}
    with click.progressbar(by_code.items(), label="Profiles", file=sys.stderr, hidden=not sys.stderr.isatty()) as progress:
        for code, own in progress:
            known = code if code in existing.documents else own[0].organisation.get("name", "")
            before = existing.documents.get(known)
            as_of = str(before["as_of"]) if before else wanted.day or own[0].as_of or today()
            reason = _reason(own, as_of, wanted.dated, is_new=before is None)
            if reason:
                successors = [one.successor for one in own if one.successor and _is_closed(one, as_of)]
                left_out.setdefault(reason, []).append(f"{code}: now {successors[0]}" if successors else code)
                continue
            start = before or new_document(own[0], importer.evidence(file, own[0]), as_of)
            change = take_over(start, own, importer, file, wanted.prefer, wanted.dated)
            problems = complaints(open_document(as_text(change.document), f"{code} (with the import)"))
            if change.differences and wanted.prefer is None:
                problems += [f"{code}: {one.in_words()}" for one in change.differences]
            if problems:
                refused[code] = problems
            else:
                done[known if before else code] = change.document
    if done:
        existing.write(done)
        echo_line(f"Written: {plural(len(done), 'profile')} to {wanted.output}")
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


def _reason(imports: list[Imported], as_of: str, dated: str, *, is_new: bool) -> str:
    """Why an organisation gets no profile, without its name, so that reasons can be counted; "" if it gets one."""
    if is_new and (missing := unstated(imports[0].organisation)):
        return f"the file does not say the {missing}; name a list that does with --names"
    if any(_is_closed(one, as_of) for one in imports):
        return f"closed by {labels.day(as_of)}"
    if any(out_of_life(one, as_of) for one in imports):
        return f"not open on {labels.day(as_of)}"
    if is_later(newest_fact(imports, dated), as_of):
        return "the facts are later than the date of the profile; set a later date with --as-of"
    return ""


def _is_closed(imported: Imported, as_of: str) -> bool:
    return bool(imported.closed) and imported.closed < as_of
