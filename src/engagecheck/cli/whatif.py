"""`engagecheck whatif`."""

import json
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.comparison import as_format, faults, printed
from engagecheck.cli.options import STANDARD_INPUT, Setting, setting_options
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake.edit import change, meant
from engagecheck.intake.load import file_bytes, opened, read
from engagecheck.intake.writing import as_text

if TYPE_CHECKING:
    from engagecheck.analysis import whatif_values
    from engagecheck.model.report import Report


@click.command("whatif")
@click.argument("profile")
@click.option(
    "--set", "changes", multiple=True, metavar="/POINTER=VALUE", help="Audit as if this fact were so; shows what changes."
)
@as_format
@setting_options
def command(profile: str, changes: tuple[str, ...], form: str, **options: Any) -> int:
    """Say what would change the result of a PROFILE: the smallest changes, the next level, what to show.

    With --set, a fact is changed by its JSON Pointer (as validate and the report name it), and the two audits are compared.
    An empty value takes a fact out; a text that looks like a number is written in quotation marks.
    """
    setting = Setting.of(**options)
    if profile == STANDARD_INPUT:
        raise UsageRefused("whatif: name a file; standard input can be read only once")
    raw = file_bytes(profile)
    now = setting.audit(read(raw, profile, setting.registry))
    document, supposed = opened(raw, profile).document, f"{profile} (with --set)"
    if not changes:
        from engagecheck.analysis.whatif import what_if
        from engagecheck.papers.comparison_text import what_if as as_words

        def again(one: "whatif_values.Setting") -> "Report | None":
            changed = _copy(document)
            change(changed, one.pointer, one.value)
            try:
                return setting.audit(read(as_text(changed), supposed, setting.registry))
            except InputRefused:
                return None

        printed(what_if(now, again), form, text=as_words)
        return faults(now)
    from engagecheck.analysis.compare import compare
    from engagecheck.papers.comparison_text import comparison

    changed = _copy(document)
    for wanted in changes:
        _set(changed, wanted)
    then = setting.audit(read(as_text(changed), supposed, setting.registry))
    printed(compare(now, then, supposed=True), form, text=comparison)
    return faults(now, then)


def _copy(document: Any) -> Any:
    return json.loads(json.dumps(document))


def _set(document: Any, wanted: str) -> None:
    pointer, equals, text = wanted.partition("=")
    if not equals or not pointer.startswith("/"):
        raise UsageRefused(f"--set {wanted}: write a JSON Pointer, = and the value, such as /talent/chief_registrar_time=40")
    try:
        change(document, pointer, meant(text))
    except UsageRefused as refused:
        raise UsageRefused(f"--set {refused}") from None
