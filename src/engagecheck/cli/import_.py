"""`engagecheck import`."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.output import may_write, terminal_style, to_terminal, write_whole
from engagecheck.cli.profiles import Profiles, valid
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, UsageRefused
from engagecheck.intake.load import Opened, complaints, file_bytes, opened
from engagecheck.intake.merge import ENTERED, IMPORTED, Difference, begun, can_begin, chosen, merged, without_total
from engagecheck.intake.tables import SourceFile
from engagecheck.intake.writing import as_text, written
from engagecheck.model.labels import plural
from engagecheck.model.schema import did_you_mean, quoted, title_of
from engagecheck.papers.text_layout import Paper
from engagecheck.plugin_host.discovery import IMPORTERS
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.importer import Imported, Importer

Json = Any


@click.command("import")
@click.argument("source", required=False)
@click.argument("file", required=False)
@click.option("--organisation", metavar="CODE", help="Which organisation of the file, by its code, such as RR8.")
@click.option("--into", metavar="PROFILE", help="Put the facts into this profile (.json or .xlsx).")
@click.option(
    "--prefer",
    type=click.Choice([ENTERED, IMPORTED]),
    help="Where the two differ: keep what is entered, or take what is imported.",
)
@click.option("--all", "everyone", is_flag=True, help="A profile for each organisation of the file; give --output.")
@click.option("--output", metavar="PATH", help="Where new profiles go: a file; with --all a folder, or one FILE.jsonl.")
@click.option("--as-of", metavar="DATE", help="The day that a new profile speaks of (default: today).")
@click.option(
    "-o",
    "--option",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
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
        to_terminal(_listed(registry).encode())
        return ExitCode.OK
    importer = _importer(source, registry)
    if template:
        if not importer.template:
            raise UsageRefused(f"import {source} --template: this source is published by others, and has no template")
        to_terminal(importer.template.encode())
        return ExitCode.OK
    if file is None:
        raise UsageRefused(f"import {source}: name the file to read")
    _together(everyone=everyone, organisation=organisation, into=into, output=output)
    read = SourceFile.of(file, file_bytes(file))
    found = _read(importer, read, _options(given, importer))
    day = _day(as_of) if as_of else None
    if everyone:
        return _all(importer, read, found, prefer, Path(output or ""), day)
    return _one(importer, read, found, organisation, prefer, into, output, day)


def _together(*, everyone: bool, organisation: str | None, into: str | None, output: str | None) -> None:
    """Refuse options that do not go together, before anything is read."""
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


def _listed(registry: Registry) -> str:
    paper = Paper(terminal_style())
    paper.section("What can be imported")
    paper.pairs([(one.name, f"{one.about} ({one.publisher})") for one in registry.importers.values()])
    for one in registry.importers.values():
        if one.options:
            paper.section(f"Further things to say for {one.name}, each with -o NAME=VALUE")
            paper.pairs(list(one.options.items()))
    return paper.text()


def _options(given: Sequence[str], importer: Importer) -> dict[str, str]:
    found = {}
    for one in given:
        name, equals, value = one.partition("=")
        if name not in importer.options or not equals or not value:
            known = did_you_mean(name, list(importer.options)) if importer.options else "there are none"
            raise UsageRefused(f"-o {one}: write NAME=VALUE with an option of {importer.name}; {known}")
        found[name] = value
    return found


def _read(importer: Importer, file: SourceFile, options: Mapping[str, str]) -> list[Imported]:
    """What an importer finds; a third-party one that fails says so in a sentence."""
    try:
        return list(importer.read(file, options))
    except (EngagecheckError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise EngagecheckError(
            f"import {importer.name}: the importer failed on {file.name} ({type(error).__name__}: {error})"
        ) from None


def _day(as_of: str) -> str:
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise UsageRefused(f"--as-of {as_of}: this is not a day; write it as 2026-03-31") from None


def _today() -> str:
    return date.today().isoformat()  # noqa: DTZ011  # the day where the person sits


def _one(
    importer: Importer, file: SourceFile, found: list[Imported], organisation: str | None, prefer: str | None,
    into: str | None, output: str | None, day: str | None,
) -> int:  # fmt: skip
    """Put what a file says about one organisation into its profile, or into a new one."""
    there = opened(file_bytes(into), into) if into else None
    before = _before(there)
    mine = chosen(found, _code(before, organisation, into), file.name)
    if "organisation" not in before:
        before = _begun(before, mine[0], importer, file, day)
    elif day:
        before["as_of"] = max(day, before["as_of"])
    if output:
        may_write(Path(output))
    name = into or output or "the new profile"
    _not_later(mine, before, file, name)
    result, differences = _merged(before, mine, importer, file, prefer)
    if differences and prefer is None:
        result, _ = _merged(before, mine, importer, file, _asked(differences, name, there))
    valid(opened(as_text(result), f"{name} (with the import)"))
    _write(result, into, output)
    for title in dict.fromkeys(title for one in mine for title in without_total(one.facts, result)):
        click.echo(f"Left to you: {title}: say how many there are in all; else most questions cannot read it.", err=True)
    return ExitCode.OK


def _before(there: Opened | None) -> dict[str, Json]:
    """What a profile holds before the import; one that is blank so far need not say who it is about yet."""
    if there is None:
        return {}
    document = there.document
    is_blank = isinstance(document, dict) and not document.get("organisation") and not there.faults
    held = document if is_blank else valid(there)
    return {name: part for name, part in held.items() if not is_blank or part not in ("", {}, None)}


def _begun(
    before: dict[str, Json], found: Imported, importer: Importer, file: SourceFile, day: str | None
) -> dict[str, Json]:
    """A new profile, or a blank one that says by now which organisation it is about."""
    if not can_begin(found):
        who = found.code or "it is about"
        raise UsageRefused(f"{file.name} does not say what organisation {who} is; begin a profile and name it with --into")
    fresh = begun(found, importer.evidence(file, found), day or _today())
    return {**fresh, **before}


def _write(result: dict[str, Json], into: str | None, output: str | None) -> None:
    target = into or output
    if target is None:
        to_terminal(as_text(result))
        return
    path = Path(target)
    if into and path.suffix.lower() == ".xlsx":
        names = (path.with_name(f"{path.stem}.before-{number}{path.suffix}") for number in range(1, 1000))
        kept = next(one for one in names if not one.exists())
        write_whole(kept, file_bytes(path))
        click.echo(f"The workbook is made anew with all answers; as it was, it is kept as {kept}", err=True)
    write_whole(path, written(result, target))
    click.echo(f"Written: {target}", err=True)


def _code(before: Mapping[str, Json], organisation: str | None, into: str | None) -> str | None:
    own = before.get("organisation", {}).get("ods_code")
    if own and organisation and own.upper() != organisation.upper():
        raise UsageRefused(f"--organisation {organisation}: {into} is the profile of {own}; nothing was taken over")
    return organisation or own


def _not_later(found: Iterable[Imported], document: Mapping[str, Json], file: SourceFile, name: str) -> None:
    """Refuse a file that speaks of a time after the profile's own day, in one sentence."""
    as_of = str(document.get("as_of", ""))
    latest = max((one.effective for one in found if one.effective), default="")
    if latest and latest[: len(as_of)] > as_of[: len(latest)]:
        raise InputRefused(
            [
                (f"{file.name} speaks of {latest}, after the day of {name}, {as_of}; "
                "move that day on with --as-of, or import an older file")
            ]
        )


def _merged(
    document: Mapping[str, Json], found: Iterable[Imported], importer: Importer, file: SourceFile, prefer: str | None
) -> tuple[dict[str, Json], list[Difference]]:
    result = dict(document)
    differences: list[Difference] = []
    for one in found:
        step = merged(result, one, importer.evidence(file, one), prefer, importer.whole)
        result = step.document
        differences += step.differences
    return result, differences


def _asked(differences: Sequence[Difference], name: str, file: Opened | None) -> str:
    """Whether to keep what was entered; asked only where somebody is there to answer. Raises `InputRefused` elsewhere."""
    told = [f"{name}: {_told(one, file)}" for one in differences]
    if not sys.stdin.isatty():
        raise InputRefused([*told, f"{name}: nothing was changed; say --prefer entered or --prefer imported"])
    click.echo("\n".join(told))
    return str(click.prompt("Which is right for these?", type=click.Choice([ENTERED, IMPORTED])))


def _told(one: Difference, file: Opened | None = None) -> str:
    """A difference in words, with the cell of what was entered where it stands in one."""
    where = (file.origin.cells.get(one.pointer) if file else None) or one.pointer
    title = title_of(one.pointer[1:].replace("/", "."))
    return f"{where} ({title}): entered is {quoted(one.entered)}, the file says {quoted(one.imported)}"


def _all(
    importer: Importer, file: SourceFile, found: Iterable[Imported], prefer: str | None, output: Path, day: str | None
) -> int:
    """A profile for each organisation of the file; those that are there already get the facts too."""
    there = Profiles.at(output)
    by_code: dict[str, list[Imported]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one)
    done, nameless, refused = {}, [], []
    for code, mine in by_code.items():
        if code not in there.documents and not can_begin(mine[0]):
            nameless.append(code)
            continue
        before = there.documents.get(code) or begun(mine[0], importer.evidence(file, mine[0]), day or mine[0].as_of or _today())
        result, differences = _merged(before, mine, importer, file, prefer)
        wrong = complaints(opened(as_text(result), f"{code} (with the import)"))
        if differences and prefer is None:
            wrong += [f"{code}: {_told(one)}" for one in differences]
        if wrong:
            refused += wrong
        else:
            done[code] = result
    if done:
        there.put(done)
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
