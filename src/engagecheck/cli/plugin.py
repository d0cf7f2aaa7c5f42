"""`engagecheck plugin`."""

from pathlib import Path

import click

from engagecheck.cli.files import make_folder, may_write, write_file, write_whole
from engagecheck.cli.options import plugin_options, registry_for
from engagecheck.cli.output import json_text, terminal_style, to_terminal
from engagecheck.cli.say import echo, echo_line
from engagecheck.errors import ExitCode
from engagecheck.inputs import is_there
from engagecheck.papers.text_layout import Paper
from engagecheck.plugin_host import consent, scaffold
from engagecheck.plugin_host.check import check as complaints_about
from engagecheck.plugin_host.doctor import loaded

_as_json = click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group("plugin")
def command() -> None:
    """Begin, check and look after plugins.

    Plugins are rules, formats, scales and importers of others."""


@command.command("new")
@click.argument("name")
@click.option("--rule-only", is_flag=True, help="Only one more rule file and its test, into this folder.")
def new(name: str, rule_only: bool) -> None:
    """Create a plugin called NAME: a complete package in its own folder, with a rule, its test and a schema."""
    files = list(scaffold.one_rule(name) if rule_only else scaffold.package(name))
    folder = Path() if rule_only else Path(name if name.startswith("engagecheck-") else f"engagecheck-{name}")
    for path, _ in files:
        may_write(folder / path)
    for path, text in files:
        make_folder((folder / path).parent)
        write_file(folder / path, text)
    next_step = f"python -m pytest {files[1][0]}" if rule_only else f"cd {folder} && bash ci.sh"
    echo(f"Next: {next_step}", err=True)


@command.command("check")
@click.argument("target", metavar="PATH|DISTRIBUTION")
@_as_json
def check(target: str, form: str) -> int:
    """Check a plugin before you ship it: ids, sources, texts, schema, packaging, loading."""
    complaints = list(complaints_about(target))
    if form == "json":
        to_terminal(json_text({"checked": target, "complaints": complaints}))
    else:
        for complaint in complaints:
            echo(complaint, err=True)
        if not complaints:
            echo(f"{target}: no problems found")
    return ExitCode.INCOMPLETE if complaints else ExitCode.OK


@command.command("trust")
@click.argument("folder")
def trust(folder: str) -> None:
    """Agree for good to the plugins in FOLDER, as they are now, where a configuration that is found names them."""
    place = consent.place()
    is_there(place)  # what another command agrees to meanwhile is not replaced
    content = consent.with_folder(folder)
    make_folder(place.parent)
    write_whole(place, content, replaces=place)
    echo_line(f"Trusted as it is now: {folder} (kept in {place})")


@command.command("list")
@_as_json
@plugin_options
def list_(form: str, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool) -> None:
    """List what is loaded, from which distribution and version, and what each brings."""
    plugins = loaded(registry_for(folders, without, no_plugins))
    if form == "json":
        to_terminal(json_text(plugins))
        return
    paper = Paper(terminal_style())
    for pack in dict.fromkeys((plugin.pack, plugin.version) for plugin in plugins):
        paper.section(" ".join(part for part in pack if part))
        for plugin in plugins:
            if (plugin.pack, plugin.version) == pack:
                paper.item("-", f"{plugin.name}: {', '.join(plugin.brings) or plugin.problem or 'nothing'}")
    to_terminal(paper.text())


@command.command("doctor")
@_as_json
@plugin_options
def doctor(form: str, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool) -> int:
    """Show what failed to load and why, what is in conflict, and how long each import took. Exit code 4 if anything failed."""
    plugins = loaded(registry_for(folders, without, no_plugins))
    failed = [plugin for plugin in plugins if plugin.problem]
    exit_code = ExitCode.INCOMPLETE if failed else ExitCode.OK
    if form == "json":
        to_terminal(json_text(plugins))
        return exit_code
    paper = Paper(terminal_style())
    paper.section(f"What failed ({len(failed)})")
    for plugin in failed:
        paper.item("!", f"{plugin.pack}:{plugin.name}: {plugin.problem}")
    if not failed:
        paper.say("Nothing.")
    paper.section("How long each import took, the slowest first")
    for plugin in sorted(plugins, key=lambda plugin: -(plugin.milliseconds or 0)):
        if plugin.milliseconds is not None:
            paper.item("-", f"{plugin.milliseconds:g} ms  {plugin.pack}:{plugin.name}")
    to_terminal(paper.text())
    return exit_code
