"""`engagecheck whatif`."""

from copy import deepcopy
from typing import TYPE_CHECKING, Any

import click

from engagecheck.cli.comparison import echo_problems, format_option, print_result
from engagecheck.cli.options import STANDARD_INPUT, Setup, setting_options
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake.edit import parse_value, set_fact
from engagecheck.intake.explain import open_document
from engagecheck.intake.load import load_profile
from engagecheck.intake.writing import as_text

if TYPE_CHECKING:
    from engagecheck.analysis import whatif_values
    from engagecheck.model.report import Report


@click.command("whatif")
@click.argument("profile")
@click.option(
    "--set", "changes", multiple=True, metavar="/POINTER=VALUE", help="Audit with this fact changed, and show what changes."
)
@format_option
@setting_options
def command(profile: str, changes: tuple[str, ...], form: str, **options: Any) -> int:
    """Show what would change the result.

    For a PROFILE, it names the smallest changes, the way to the next level, and what to show.

    With --set, a fact is changed by its JSON Pointer (as validate and the report name it), and the two audits are compared.
    An empty value takes a fact out; a text that looks like a number is written in quotation marks.
    """
    setup = Setup.of(**options)
    if profile == STANDARD_INPUT:
        raise UsageRefused("whatif: name a file; standard input can be read only once")
    raw = read_bytes(profile)
    actual = setup.audit(load_profile(raw, name=profile, registry=setup.registry))
    document = open_document(raw, profile).document

    def audit_changed(changed: Any) -> "Report":
        return setup.audit(load_profile(as_text(changed), name=f"{profile} (with --set)", registry=setup.registry))

    if not changes:
        from engagecheck.analysis.whatif import what_if
        from engagecheck.papers.comparison_text import what_if as as_words

        def audit_with(change: "whatif_values.FactChange") -> "Report | None":
            changed = deepcopy(document)
            set_fact(changed, change.pointer, change.value)
            try:
                return audit_changed(changed)
            except InputRefused:
                return None

        print_result(what_if(actual, audit_with), form, text=as_words)
        return echo_problems(actual)
    from engagecheck.analysis.compare import compare
    from engagecheck.papers.comparison_text import comparison

    for change in changes:
        _apply(document, change)
    supposed = audit_changed(document)
    print_result(compare(actual, supposed, supposed=True), form, text=comparison)
    return echo_problems(actual, supposed)


def _apply(document: Any, change: str) -> None:
    pointer, equals, text = change.partition("=")
    if not equals or not pointer.startswith("/"):
        raise UsageRefused(f"--set {change}: write a JSON Pointer, = and the value, such as /talent/chief_registrar_time=40")
    try:
        set_fact(document, pointer, parse_value(text))
    except UsageRefused as refused:
        raise UsageRefused(f"--set {refused}") from None
