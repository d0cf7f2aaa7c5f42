"""`engagecheck import`."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.output import may_write, terminal_style, to_terminal, write_whole
from engagecheck.cli.profiles import Profiles
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, UsageRefused
from engagecheck.intake.explain import OpenDocument, complaints, open_document, valid_document
from engagecheck.intake.importers.tables import read_source
from engagecheck.intake.load import read_bytes
from engagecheck.intake.merge import (
    ENTERED,
    IMPORTED,
    Difference,
    lists_without_total,
    merge,
    names_an_organisation,
    new_document,
    select,
)
from engagecheck.intake.writing import as_text, write_document
from engagecheck.model.labels import plural
from engagecheck.model.schema import did_you_mean, quoted, title_of
from engagecheck.papers.text_layout import Paper
from engagecheck.plugin_host.discovery import IMPORTERS
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import SourceFile

Json = Any


@click.command("import")
@click.argument("source", required=False)
@click.argument("file", required=False)
@click.option("--organisation", metavar="CODE", help="Which organisation of the file, by its code, such as RR8.")
@click.option("--into", metavar="PROFILE", help="Put the facts into this profile (.json or .xlsx).")
@click.option(
    "--prefer", type=click.Choice([ENTERED, IMPORTED]),
    help="Where the two differ: keep what is entered, or take what is imported.",
)
@click.option("--all", "everyone", is_flag=True, help="A profile for each organisation of the file; give --output.")
@click.option("--output", metavar="PATH", help="Where new profiles go: a file; with --all a folder, or one FILE.jsonl.")
@click.option("--as-of", metavar="DATE", help="The day that a new profile speaks of (default: today).")
@click.option(
    "-o", "--option", "given", multiple=True, metavar="NAME=VALUE",
    help="A further thing to say; the list of sources names them.",
)
@click.option("--template", is_flag=True, help="Print an empty FILE for this source, where it has one.")
@click.option("--plugins", "folders", multiple=True, metavar="DIR", help="Load importers from this folder too.")
def command(
    source: str | None, file: str | None, organisation: str | None, into: str | None, prefer: str | None, everyone: bool,
    output: str | None, as_of: str | None, given: tuple[str, ...], template: bool, folders: tuple[str, ...],
) -> int:  # fmt: skip
    """Fill in what is published: read FILE, of the kind SOURCE, into a profile, each fact with its evidence.

    Without SOURCE, the kinds of files are listed. Nothing that was entered is overwritten unless you say so.
    """
    registry = installed(folders, group=IMPORTERS)
    if source is None:
        to_terminal(_importer_list(registry).encode())
        return ExitCode.OK
    importer = _importer(source, registry)
    if template:
        if not importer.template:
            raise UsageRefused(f"import {source} --template: this source is published by others, and has no template")
        to_terminal(importer.template.encode())
        return ExitCode.OK
    if file is None:
        raise UsageRefused(f"import {source}: name the file to read")
    _check_options(everyone=everyone, organisation=organisation, into=into, output=output)
    source_file = read_source(file, read_bytes(file))
    imports = _read(importer, source_file, _importer_options(given, importer))
    day = _checked_day(as_of) if as_of else None
    if everyone:
        return _import_all(importer, source_file, imports, prefer, Path(output or ""), day)
    return _import_one(importer, source_file, imports, organisation, prefer, into, output, day)


def _check_options(*, everyone: bool, organisation: str | None, into: str | None, output: str | None) -> None:
    """Refuse options that contradict each other, before anything is read."""
    if everyone and not output:
        raise UsageRefused("import --all: say where the profiles go, with --output FOLDER or --output FILE.jsonl")
    if everyone and (organisation or into):
        raise UsageRefused("import --all is about every organisation of the file; leave out --organisation and --into")
    if into and output:
        raise UsageRefused("import: --into completes a profile and --output begins one; give one of the two")
    if everyone and Path(output or "").suffix and not str(output).endswith(".jsonl"):
        raise UsageRefused(f"import --all --output {output}: name a folder, or one file that ends in .jsonl")


def _importer(name: str, registry: Registry) -> Importer:
    if name in registry.importers:
        return registry.importers[name]
    broken = [problem for problem in registry.problems if problem.where.endswith(f":{name}")]
    if broken:
        raise EngagecheckError(f"{broken[0].where}: {broken[0].message}")
    raise UsageRefused(f"import {name}: there is no such source; {did_you_mean(name, list(registry.importers))}")


def _importer_list(registry: Registry) -> str:
    paper = Paper(terminal_style())
    paper.section("What can be imported")
    importers = registry.importers.values()
    paper.pairs([(importer.name, f"{importer.about} ({importer.publisher})") for importer in importers])
    for importer in importers:
        if importer.options:
            paper.section(f"Further things to say for {importer.name}, each with -o NAME=VALUE")
            paper.pairs(list(importer.options.items()))
    return paper.text()


def _importer_options(given: Sequence[str], importer: Importer) -> dict[str, str]:
    options = {}
    for option in given:
        name, equals, value = option.partition("=")
        if name not in importer.options or not equals or not value:
            known = did_you_mean(name, list(importer.options)) if importer.options else "there are none"
            raise UsageRefused(f"-o {option}: write NAME=VALUE with an option of {importer.name}; {known}")
        options[name] = value
    return options


def _read(importer: Importer, file: SourceFile, options: Mapping[str, str]) -> list[Imported]:
    """Read a file. Any error of a third-party importer becomes an `EngagecheckError` with one sentence."""
    try:
        return list(importer.read(file, options))
    except (EngagecheckError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise EngagecheckError(
            f"import {importer.name}: the importer failed on {file.name} ({type(error).__name__}: {error})"
        ) from None


def _checked_day(as_of: str) -> str:
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise UsageRefused(f"--as-of {as_of}: this is not a day; write it as 2026-03-31") from None


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  # the local day of the user


def _import_one(
    importer: Importer, file: SourceFile, imports: list[Imported], organisation: str | None, prefer: str | None,
    into: str | None, output: str | None, day: str | None,
) -> int:  # fmt: skip
    """Merge what a file says about one organisation into its profile or into a new one."""
    opened = open_document(read_bytes(into), into) if into else None
    before = _facts_before(opened)
    chosen = select(imports, _organisation_code(before, organisation, into), file.name)
    if "organisation" not in before:
        before = _with_organisation(before, chosen[0], importer, file, day)
    elif day:
        before["as_of"] = max(day, before["as_of"])
    if output:
        may_write(Path(output))
    name = into or output or "the new profile"
    _check_not_later(chosen, before, file, name)
    result, differences = _merge_all(before, chosen, importer, file, prefer)
    if differences and prefer is None:
        result, _ = _merge_all(before, chosen, importer, file, _ask_preference(differences, name, opened))
    valid_document(open_document(as_text(result), f"{name} (with the import)"))
    _write(result, into, output)
    for title in dict.fromkeys(title for part in chosen for title in lists_without_total(part.facts, result)):
        click.echo(f"Left to you: {title}: say how many there are in all; else most questions cannot read it.", err=True)
    return ExitCode.OK


def _facts_before(opened: OpenDocument | None) -> dict[str, Json]:
    """What a profile holds before the import. A blank profile need not name its organisation yet."""
    if opened is None:
        return {}
    document = opened.document
    is_blank = isinstance(document, dict) and not document.get("organisation") and not opened.faults
    sections = document if is_blank else valid_document(opened)
    return {name: section for name, section in sections.items() if not is_blank or section not in ("", {}, None)}


def _with_organisation(
    before: dict[str, Json], imported: Imported, importer: Importer, file: SourceFile, day: str | None
) -> dict[str, Json]:
    """A new or blank profile, with the organisation and the day filled in from the import."""
    if not names_an_organisation(imported):
        who = imported.code or "it is about"
        raise UsageRefused(f"{file.name} does not say what organisation {who} is; begin a profile and name it with --into")
    return {**new_document(imported, importer.evidence(file, imported), day or _today()), **before}


def _write(result: dict[str, Json], into: str | None, output: str | None) -> None:
    target = into or output
    if target is None:
        to_terminal(as_text(result))
        return
    path = Path(target)
    if into and path.suffix.lower() == ".xlsx":
        names = (path.with_name(f"{path.stem}.before-{number}{path.suffix}") for number in range(1, 1000))
        backup = next(name for name in names if not name.exists())
        write_whole(backup, read_bytes(path))
        click.echo(f"The workbook is made anew with all answers; as it was, it is kept as {backup}", err=True)
    write_whole(path, write_document(result, target))
    click.echo(f"Written: {target}", err=True)


def _organisation_code(before: Mapping[str, Json], organisation: str | None, into: str | None) -> str | None:
    own = before.get("organisation", {}).get("ods_code")
    if own and organisation and own.upper() != organisation.upper():
        raise UsageRefused(f"--organisation {organisation}: {into} is the profile of {own}; nothing was taken over")
    return organisation or own


def _check_not_later(imports: Iterable[Imported], document: Mapping[str, Json], file: SourceFile, name: str) -> None:
    """Refuse a file about a time after the day of the profile. Either date may lack the day or the month."""
    as_of = str(document.get("as_of", ""))
    latest = max((part.effective for part in imports if part.effective), default="")
    if latest and latest[: len(as_of)] > as_of[: len(latest)]:
        problem = f"{file.name} speaks of {latest}, after the day of {name}, {as_of}"
        raise InputRefused([f"{problem}; move that day on with --as-of, or import an older file"])


def _merge_all(
    document: Mapping[str, Json], imports: Iterable[Imported], importer: Importer, file: SourceFile, prefer: str | None
) -> tuple[dict[str, Json], list[Difference]]:
    result = dict(document)
    differences: list[Difference] = []
    for imported in imports:
        step = merge(result, imported, importer.evidence(file, imported), prefer, importer.whole)
        result = step.document
        differences += step.differences
    return result, differences


def _ask_preference(differences: Sequence[Difference], name: str, opened: OpenDocument | None) -> str:
    """Ask which values to keep. Raises `InputRefused` if standard input is not a terminal."""
    messages = [f"{name}: {_in_words(difference, opened)}" for difference in differences]
    if not sys.stdin.isatty():
        raise InputRefused([*messages, f"{name}: nothing was changed; say --prefer entered or --prefer imported"])
    click.echo("\n".join(messages))
    return str(click.prompt("Which is right for these?", type=click.Choice([ENTERED, IMPORTED])))


def _in_words(difference: Difference, opened: OpenDocument | None = None) -> str:
    """A difference as a sentence. It names the cell if the entered value is in a workbook."""
    pointer = difference.pointer
    where = (opened.origin.cells.get(pointer) if opened else None) or pointer
    entered, imported = quoted(difference.entered), quoted(difference.imported)
    return f"{where} ({title_of(pointer[1:].replace('/', '.'))}): entered is {entered}, the file says {imported}"


def _import_all(
    importer: Importer, file: SourceFile, imports: Iterable[Imported], prefer: str | None, output: Path, day: str | None
) -> int:
    """Write a profile for each organisation of the file, or merge the facts into the profile that exists."""
    existing = Profiles.at(output)
    by_code: dict[str, list[Imported]] = {}
    for imported in imports:
        by_code.setdefault(imported.code, []).append(imported)
    done, nameless, refused = {}, [], []
    for code, (first, *more) in by_code.items():
        before = existing.documents.get(code)
        if before is None:
            if not names_an_organisation(first):
                nameless.append(code)
                continue
            before = new_document(first, importer.evidence(file, first), day or first.as_of or _today())
        result, differences = _merge_all(before, (first, *more), importer, file, prefer)
        problems = complaints(open_document(as_text(result), f"{code} (with the import)"))
        if differences and prefer is None:
            problems += [f"{code}: {_in_words(difference)}" for difference in differences]
        if problems:
            refused += problems
        else:
            done[code] = result
    if done:
        existing.write(done)
        click.echo(f"Written: {plural(len(done), 'profile')} to {output}", err=True)
    if nameless:
        who = f"{len(nameless)} whose names the file does not give ({', '.join(nameless[:5])}{' …' * (len(nameless) > 5)})"
        click.echo(f"Left out: {who}; import ods into {output} first", err=True)
    for line in refused:
        click.echo(line, err=True)
    if refused:
        click.echo("These profiles were left as they were; --prefer settles differences.", err=True)
    if not done:
        raise InputRefused([f"{file.name}: no profile was made or completed"])
    return ExitCode.INPUT if refused else ExitCode.OK
