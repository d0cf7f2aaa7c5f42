"""`engagecheck import`."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from engagecheck.cli.import_all import import_all
from engagecheck.cli.import_decides import answered_by
from engagecheck.cli.import_one import Wanted, import_one
from engagecheck.cli.options import day_of
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.cli.say import echo
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, UsageRefused
from engagecheck.intake.importers.importing import other_kind, read_imports, register_in, sources_for
from engagecheck.intake.merge import ENTERED, IMPORTED
from engagecheck.intake.tables import open_source
from engagecheck.model.labels import plural
from engagecheck.model.schema import did_you_mean
from engagecheck.papers.text_layout import Paper
from engagecheck.plugin_host.discovery import IMPORTERS
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import OTHERS, OtherKind, SourceFile


@click.command("import")
@click.argument("source", required=False)
@click.argument("file", required=False)
@click.option("--organisation", metavar="CODE|NAME", help='Which organisation of the file, such as RR8 or "Leeds Teaching".')
@click.option("--into", metavar="PROFILE", help="Put the facts into this profile (.json or .xlsx), which may be new.")
@click.option(
    "--prefer",
    type=click.Choice([ENTERED, IMPORTED]),
    help="Where the two differ: keep what is entered, or take what is imported.",
)
@click.option("--all", "everyone", is_flag=True, help="A profile for each organisation of the file; give --output.")
@click.option("--names", metavar="FILE", help="A list that names the organisations of FILE, such as etr.csv.")
@click.option("--output", metavar="PATH", help="Where new profiles go: a file; with --all a folder, or one FILE.jsonl.")
@click.option("--as-of", metavar="DATE", help="The date of a new profile (default: today).")
@click.option("--move-day", is_flag=True, help="Let --as-of change the date of a profile that exists.")
@click.option("--dated", metavar="DATE", help="The date of FILE, if it does not say it.")
@click.option(
    "-o",
    "--option",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of one source; the list of sources explains them.",
)
@click.option("--list", "listing", is_flag=True, help="Say which sources can read FILE (import --list FILE).")
@click.option("--decides", is_flag=True, help="Say which questions each source can answer.")
@click.option("--template", is_flag=True, help="Print an empty FILE for this source, if there is one.")
@click.option("--plugins", "folders", multiple=True, metavar="DIR", help="Load importers from this folder too.")
def command(
    source: str | None, file: str | None, organisation: str | None, into: str | None, prefer: str | None, everyone: bool,
    names: str | None, output: str | None, as_of: str | None, move_day: bool, dated: str | None, given: tuple[str, ...],
    listing: bool, decides: bool, template: bool, folders: tuple[str, ...],
) -> int:  # fmt: skip
    """Fill in what is published.

    FILE, of the kind SOURCE, is read into a profile. Each fact comes with its evidence.

    Without SOURCE, the kinds of files are listed. Your own answers are never overwritten unless you say so.
    """
    registry = installed(folders, group=IMPORTERS)
    if listing:
        return _list_sources(registry, file or source)
    if decides:
        to_terminal(answered_by(registry.importers.values()))
        return ExitCode.OK
    if source is None:
        to_terminal(_importer_list(registry))
        return ExitCode.OK
    importer = _importer(source, registry)
    if template:
        if not importer.template:
            raise UsageRefused(f"import {source} --template: this source is published by others, and has no template")
        to_terminal(importer.template)
        return ExitCode.OK
    if file is None:
        raise UsageRefused(f"import {source}: name the file to read")
    _check_options(everyone=everyone, organisation=organisation, into=into, output=output)
    day, file_day = (
        day_of(option, text).isoformat() if text else "" for option, text in (("--as-of", as_of), ("--dated", dated))
    )
    wanted = Wanted(organisation, into, output, prefer, day, move_day, file_day)
    options = _importer_options(given, importer)
    if everyone and sys.stderr.isatty():
        echo(f"Reading {file} …", err=True)
    source_file, imports = _read(importer, file, options, registry)
    register = register_in(open_source(names), registry.importers.values()) if names else {}
    if everyone:
        return import_all(importer, source_file, imports, register, wanted)
    return import_one(importer, source_file, imports, register, wanted)


def _check_options(*, everyone: bool, organisation: str | None, into: str | None, output: str | None) -> None:
    """Refuse options that contradict each other, before anything is read."""
    if everyone and not output:
        raise UsageRefused("import --all: say where the profiles go, with --output FOLDER or --output FILE.jsonl")
    if everyone and (organisation or into):
        raise UsageRefused("import --all is about every organisation of the file; leave out --organisation and --into")
    if into and output:
        raise UsageRefused("import: --into completes a profile and --output begins one; give one of the two")
    if everyone and Path(output or "").suffix and not str(output).lower().endswith(".jsonl"):
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
    paper.section("Where these files are")
    paper.pairs([(importer.name, importer.address) for importer in importers if importer.address])
    for importer in importers:
        if importer.options:
            paper.section(f"Settings for {importer.name}, each with -o NAME=VALUE")
            paper.pairs(list(importer.options.items()))
    return paper.text()


def _list_sources(registry: Registry, path: str | None) -> int:
    """Print the sources that can read a file, and for how many organisations."""
    if path is None:
        raise UsageRefused("import --list: name the file")
    file = open_source(path)
    fitting = [
        (importer.name, f"{importer.about} Here: {problem.removeprefix(f'{file.name}: ') or plural(count, 'organisation')}.")
        for importer, count, problem in sources_for(registry.importers.values(), file)
    ]
    if not fitting:
        raise InputRefused([f"{file.name}: no source can read this file; engagecheck import lists what can be read"])
    paper = Paper(terminal_style())
    paper.section(f"{file.name} can be imported as")
    paper.pairs(fitting)
    to_terminal(paper.text())
    return ExitCode.OK


def _importer_options(given: Sequence[str], importer: Importer) -> dict[str, str]:
    options = {}
    for option in given:
        name, equals, value = option.partition("=")
        if name not in importer.options or not equals or not value:
            known = did_you_mean(name, list(importer.options)) if importer.options else "there are none"
            raise UsageRefused(f"-o {option}: write NAME=VALUE with an option of {importer.name}; {known}")
        options[name] = value
    return options


def _read(importer: Importer, path: str, options: dict[str, str], registry: Registry) -> tuple[SourceFile, list[Imported]]:
    """What a file says, and how it was read. A file of another kind is refused with what it seems to be."""
    file = open_source(path)
    try:
        imports = read_imports(importer, file, options)
    except OtherKind as refused:
        raise other_kind(refused, registry.importers.values(), file) from None
    for note in file.notes:
        echo(f"{file.name}: {note}", err=True)
    if file.unread:
        echo(f"{file.name}: {plural(sum(file.unread.values()), 'row')} could not be read in full:", err=True)
        for line, count in file.unread.items():
            echo(f"  {f'and {count} more' if line == OTHERS else line.removeprefix(f'{file.name}: ')}", err=True)
    return file, imports
