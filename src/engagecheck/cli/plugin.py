"""`engagecheck plugin`."""

import json
from pathlib import Path

import click

from engagecheck.cli.options import plugin_options, registry_of
from engagecheck.cli.output import may_write, terminal_style, to_terminal, write_whole
from engagecheck.errors import ExitCode, OutputRefused
from engagecheck.model.report import as_json

_as_json = click.option("-f", "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)


@click.group("plugin")
def command() -> None:
    """Begin, check and look after plugins: rules, formats, scales and importers of others."""


@command.command("new")
@click.argument("name")
@click.option("--rule-only", is_flag=True, help="Only one more rule file and its test, into this folder.")
def new(name: str, rule_only: bool) -> None:
    """Begin a plugin called NAME: a complete package in a folder of its own, with a rule, its test and a schema."""
    from engagecheck.plugin_host import scaffold

    made = list(scaffold.one_rule(name) if rule_only else scaffold.package(name))
    folder = Path() if rule_only else Path(name if name.startswith("engagecheck-") else f"engagecheck-{name}")
    for path, _ in made:
        may_write(folder / path)
    for path, text in made:
        try:
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputRefused(f"{folder}: the folder cannot be made ({error.strerror})") from None
        write_whole(folder / path, text.encode())
        click.echo(f"Written: {folder / path}", err=True)
    what = f"python -m pytest {made[1][0]}" if rule_only else f"cd {folder} && bash ci.sh"
    click.echo(f"Next: {what}", err=True)


@command.command("check")
@click.argument("target", metavar="PATH|DISTRIBUTION")
@_as_json
def check(target: str, form: str) -> int:
    """Say what is wrong with a plugin before it is shipped: ids, sources, texts, schema, packaging, loading."""
    from engagecheck.plugin_host import doctor

    found = list(doctor.check(target))
    if form == "json":
        to_terminal((json.dumps({"checked": target, "complaints": found}, indent=2, ensure_ascii=False) + "\n").encode())
        return ExitCode.INCOMPLETE if found else ExitCode.OK
    for one in found:
        click.echo(one, err=True)
    if not found:
        click.echo(f"{target}: nothing to say against it")
    return ExitCode.INCOMPLETE if found else ExitCode.OK


@command.command("list")
@_as_json
@plugin_options
def list_(form: str, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool) -> None:
    """List what is loaded, from which distribution and version, and what each brings."""
    from engagecheck.papers.text_layout import Paper
    from engagecheck.plugin_host import doctor

    found = doctor.loaded(registry_of(folders, without, no_plugins))
    if form == "json":
        to_terminal((json.dumps(as_json(found), indent=2, ensure_ascii=False) + "\n").encode())
        return
    paper = Paper(terminal_style())
    for pack in dict.fromkeys((one.pack, one.version) for one in found):
        paper.section(" ".join(part for part in pack if part))
        for one in found:
            if (one.pack, one.version) == pack:
                paper.item("-", f"{one.name}: {', '.join(one.brings) or one.problem or 'nothing'}")
    to_terminal(paper.text().encode())


@command.command("doctor")
@_as_json
@plugin_options
def doctor(form: str, folders: tuple[str, ...], without: tuple[str, ...], no_plugins: bool) -> int:
    """Say what failed to load and why, what is in conflict, and how long each import took. Exit code 4 if anything failed."""
    from engagecheck.papers.text_layout import Paper
    from engagecheck.plugin_host import doctor

    found = doctor.loaded(registry_of(folders, without, no_plugins))
    wrong = [one for one in found if one.problem]
    if form == "json":
        to_terminal((json.dumps(as_json(found), indent=2, ensure_ascii=False) + "\n").encode())
        return ExitCode.INCOMPLETE if wrong else ExitCode.OK
    paper = Paper(terminal_style())
    paper.section(f"What failed ({len(wrong)})")
    for one in wrong:
        paper.item("!", f"{one.pack}:{one.name}: {one.problem}")
    if not wrong:
        paper.say("Nothing.")
    paper.section("How long each import took, the slowest first")
    for one in sorted(found, key=lambda one: -(one.milliseconds or 0)):
        if one.milliseconds is not None:
            paper.item("-", f"{one.milliseconds:g} ms  {one.pack}:{one.name}")
    to_terminal(paper.text().encode())
    return ExitCode.INCOMPLETE if wrong else ExitCode.OK
