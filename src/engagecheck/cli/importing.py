"""`engagecheck import`."""

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.output import may_write, terminal_style, to_terminal, write_whole
from engagecheck.documents import complaints, file_bytes, opened
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, UsageRefused
from engagecheck.filling import as_text, written
from engagecheck.importing import Imported, Importer
from engagecheck.merging import ENTERED, IMPORTED, Difference, begun, can_begin, chosen, merged, without_total
from engagecheck.registry import IMPORTERS, Registry, installed
from engagecheck.reporters.paper import Paper
from engagecheck.tables import SourceFile
from engagecheck.validation import did_you_mean, quoted

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
    if everyone and not output:
        raise UsageRefused("import --all: say where the profiles go, with --output FOLDER or --output FILE.jsonl")
    read = SourceFile.of(file, file_bytes(Path(file)))
    found = _read(importer, read, _options(given, importer))
    day = _day(as_of)
    if everyone:
        return _all(importer, read, found, prefer, Path(output or ""), day)
    return _one(importer, read, found, organisation, prefer, into, output, day)


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


def _day(as_of: str | None) -> str:
    if as_of is None:
        return date.today().isoformat()  # noqa: DTZ011  # the day where the person sits
    try:
        return date.fromisoformat(as_of).isoformat()
    except ValueError:
        raise UsageRefused(f"--as-of {as_of}: this is not a day; write it as 2026-03-31") from None


def _one(
    importer: Importer, file: SourceFile, found: list[Imported], organisation: str | None, prefer: str | None,
    into: str | None, output: str | None, day: str,
) -> int:  # fmt: skip
    """Put what a file says about one organisation into its profile, or into a new one."""
    before = _valid(opened(file_bytes(Path(into)), into)) if into else None
    code = _code(before, organisation, into)
    mine = chosen(found, code, file.name)
    if before is None and not can_begin(mine[0]):
        raise UsageRefused(
            f"{file.name} does not say what organisation {code or 'it is about'} is; begin a profile and name it with --into"
        )
    if output:
        may_write(Path(output))
    document = begun(mine[0], importer.evidence(file, mine[0]), day) if before is None else before
    result, differences = _merged(document, mine, importer, file, prefer)
    if differences and prefer is None:
        answer = _asked(differences, into or file.name)
        result, _ = _merged(document, mine, importer, file, answer)
    name = into or output or "the new profile"
    _valid(opened(as_text(result), f"{name} (with the import)"))
    target = into or output
    if target is None:
        to_terminal(as_text(result))
    else:
        write_whole(Path(target), written(result, target))
        click.echo(f"Written: {target}", err=True)
    for title in dict.fromkeys(title for one in mine for title in without_total(one.facts, result)):
        click.echo(
            f"Left to you: {title}: say how many there are in all; without that total most questions cannot read the list.",
            err=True,
        )
    return ExitCode.OK


def _code(before: Mapping[str, Json] | None, organisation: str | None, into: str | None) -> str | None:
    own = before["organisation"].get("ods_code") if before else None
    if own and organisation and own.upper() != organisation.upper():
        raise UsageRefused(f"--organisation {organisation}: {into} is the profile of {own}; nothing was taken over")
    return organisation or own


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


def _asked(differences: Sequence[Difference], name: str) -> str:
    """Whether to keep what was entered; asked only where somebody is there to answer. Raises `InputRefused` elsewhere."""
    told = [
        f"{name}: {one.pointer}: entered is {quoted(one.entered)}, the file says {quoted(one.imported)}" for one in differences
    ]
    if not sys.stdin.isatty():
        raise InputRefused([*told, f"{name}: nothing was changed; say --prefer entered or --prefer imported"])
    click.echo("\n".join(told))
    return str(click.prompt("Which is right for these?", type=click.Choice([ENTERED, IMPORTED])))


def _valid(file: Any) -> dict[str, Json]:
    wrong = complaints(file)
    if wrong:
        raise InputRefused(wrong)
    document: dict[str, Json] = file.document
    return document


def _all(importer: Importer, file: SourceFile, found: Iterable[Imported], prefer: str | None, output: Path, day: str) -> int:
    """A profile for each organisation of the file; those that are there already get the facts too."""
    one_file = output.suffix == ".jsonl"
    profiles = _profiles(output, one_file=one_file)
    by_code: dict[str, list[Imported]] = {}
    for one in found:
        by_code.setdefault(one.code, []).append(one)
    done, nameless, refused = {}, [], []
    for code, mine in by_code.items():
        if code not in profiles and not can_begin(mine[0]):
            nameless.append(code)
            continue
        result, differences = _merged(
            profiles.get(code) or begun(mine[0], importer.evidence(file, mine[0]), day), mine, importer, file, prefer
        )
        wrong = complaints(opened(as_text(result), f"{code} (with the import)"))
        if differences and prefer is None:
            wrong += [
                f"{code}: {one.pointer}: entered is {quoted(one.entered)}, the file says {quoted(one.imported)}"
                for one in differences
            ]
        if wrong:
            refused += wrong
        else:
            done[code] = result
    _put(output, profiles, done, one_file=one_file)
    click.echo(f"Written: {len(done)} profiles to {output}", err=True)
    if nameless:
        click.echo(
            f"Left out: {len(nameless)} whose names the file does not give ({', '.join(nameless[:5])} …); "
            f"import ods into {output} first",
            err=True,
        )
    for line in refused:
        click.echo(line, err=True)
    if refused:
        click.echo("These profiles were left as they were; --prefer settles differences.", err=True)
    return ExitCode.INPUT if refused else ExitCode.OK


def _profiles(output: Path, *, one_file: bool) -> dict[str, dict[str, Json]]:
    """The profiles that are there already, by the code of their organisation."""
    if one_file:
        lines = file_bytes(output).splitlines() if output.exists() else []
        sources = [(line, f"{output}, line {number}") for number, line in enumerate(lines, 1) if line.strip()]
    else:
        sources = [(file_bytes(path), str(path)) for path in sorted(output.glob("*.json"))]
    documents = [_valid(opened(raw, name)) for raw, name in sources]
    return {document["organisation"].get("ods_code", str(place)): document for place, document in enumerate(documents)}


def _put(output: Path, before: Mapping[str, Json], done: Mapping[str, Json], *, one_file: bool) -> None:
    if one_file:
        lines = [json.dumps(document, ensure_ascii=False) for document in {**before, **done}.values()]
        write_whole(output, "".join(f"{line}\n" for line in lines).encode())
        return
    output.mkdir(parents=True, exist_ok=True)
    for code, document in done.items():
        write_whole(output / f"{code}.json", as_text(document))
