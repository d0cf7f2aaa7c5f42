"""`engagecheck whatif`."""

import json
from pathlib import Path
from typing import Any

import click

from engagecheck.cli.journey import as_format, printed
from engagecheck.cli.options import STANDARD_INPUT, Setting, setting_options
from engagecheck.documents import file_bytes, opened, read
from engagecheck.errors import UsageRefused
from engagecheck.filling import as_text


@click.command("whatif")
@click.argument("profile")
@click.option(
    "--set", "changes", multiple=True, metavar="/POINTER=VALUE", help="Audit as if this fact were so; shows what changes."
)
@as_format
@setting_options
def command(profile: str, changes: tuple[str, ...], form: str, **options: Any) -> None:
    """Say what would change the result of a PROFILE: the smallest changes, the next level, what to show.

    With --set, a fact is changed by its JSON Pointer (as validate and the report name it), and the two audits are compared.
    """
    setting = Setting.of(**options)
    if profile == STANDARD_INPUT:
        raise UsageRefused("whatif: name a file; standard input can be read only once")
    raw = file_bytes(Path(profile))
    now = setting.audit(read(raw, profile, setting.registry))
    if not changes:
        from engagecheck.reporters.journey import what_if as as_words
        from engagecheck.sensitivity import what_if

        printed(what_if(now), form, as_words)
        return
    from engagecheck.compare import compare
    from engagecheck.reporters.journey import comparison

    document = json.loads(json.dumps(opened(raw, profile).document))
    for change in changes:
        _put(document, change)
    then = setting.audit(read(as_text(document), f"{profile} (with --set)", setting.registry))
    printed(compare(now, then), form, comparison)


def _put(document: Any, change: str) -> None:
    """Change one fact of a document; an empty value takes it out."""
    pointer, equals, text = change.partition("=")
    if not equals or not pointer.startswith("/"):
        raise UsageRefused(f"--set {change}: write a JSON Pointer, = and the value, such as /talent/chief_registrar_time=40")
    *steps, last = (step.replace("~1", "/").replace("~0", "~") for step in pointer[1:].split("/"))
    holder = document
    for step in steps:
        holder = _member(holder, step, change)
    if isinstance(holder, list):
        _member(holder, last, change)
        holder[int(last)] = _value(text)
    elif not isinstance(holder, dict):
        raise UsageRefused(f"--set {change}: there is nothing below that fact")
    elif text:
        holder[last] = _value(text)
    else:
        holder.pop(last, None)


def _member(holder: Any, step: str, change: str) -> Any:
    if isinstance(holder, list):
        if not step.isdecimal() or int(step) >= len(holder):
            raise UsageRefused(f"--set {change}: the list has no entry {step}; it has {len(holder)}, counted from 0")
        return holder[int(step)]
    if not isinstance(holder, dict):
        raise UsageRefused(f"--set {change}: there is nothing below {step}")
    return holder.setdefault(step, {})


def _value(text: str) -> Any:
    """The value that a text means: JSON where it is JSON, else the text itself."""
    try:
        return json.loads(text)
    except ValueError:
        return text
