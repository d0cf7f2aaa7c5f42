"""`engagecheck new`."""

from pathlib import Path

import click

from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.profiles import read_profile
from engagecheck.cli.say import echo
from engagecheck.errors import UsageRefused
from engagecheck.intake.workflow.parts import named_sections, part_of
from engagecheck.intake.writing import as_text, skeleton, write_document

CHECKLIST = "self.html"
"""The name of a file that is the checklist for a medical leader, and no form for a profile."""


@click.command("new")
@click.argument("target", metavar="FILE")
@click.option("--blank", is_flag=True, help="With a .json file: write a skeleton with remarks instead of asking.")
@click.option("--for", "chosen", metavar="SECTION,…", help="Only these sections, for one colleague: appraisal,selection.")
@click.option("--role", metavar="ROLE", help="With --for: the role of this colleague. It is kept with the answers.")
@click.option("--from", "profile", metavar="PROFILE", help="With --for: begin with what this profile already says.")
def command(target: str, blank: bool, chosen: str | None, role: str | None, profile: str | None) -> None:
    """Begin a profile: a workbook, a form, or questions here.

    FILE.xlsx is a workbook. FILE.html is a form for the browser. FILE.json asks the questions here.

    With --for, it has only the sections of one colleague. engagecheck merge puts all parts together.

    Asking may be stopped at any time (Ctrl-C) and goes on where it stopped when the command is given again.

    self.html is no profile. It is the checklist for a medical leader, for the browser (on the terminal: engagecheck self).
    """
    if chosen is None and (role or profile):
        raise UsageRefused("new: --role and --from go with --for, which names the sections of one colleague")
    path = Path(target)
    sections = named_sections(chosen) if chosen is not None else ()
    start = read_profile(profile) if profile else {}
    part = part_of(start, sections, role)
    if blank and path.suffix.lower() != ".json":
        raise UsageRefused("new --blank: only a .json file can be written as a skeleton; a workbook or form is one already")
    if path.suffix.lower() == ".json" and not blank:
        from engagecheck.cli.prompts import ask

        ask(path, sections, part)
        return
    may_write(path)
    if path.name.lower() == CHECKLIST:
        write_file(path, _checklist(), " (the checklist for a medical leader; a form for a profile needs another name)")
        return
    is_json = path.suffix.lower() == ".json"
    write_file(path, as_text({**skeleton(sections), **part}) if is_json else write_document(part, path, sections))
    echo(_next_step(path, is_part=bool(sections)), err=True)


def _next_step(path: Path, *, is_part: bool) -> str:
    """What to do with the new file."""
    is_form = path.suffix.lower() == ".html"
    if is_part:
        return f"Next: send it to your colleague. Then: engagecheck merge {'SAVED.json' if is_form else path} --into PROFILE"
    if is_form:
        return "Next: open it in a browser, and save your answers there. Then: engagecheck validate SAVED.json"
    return f"Next: fill it in and save it. Then: engagecheck validate {path}"


def _checklist() -> str:
    from engagecheck.papers.self_check import as_page
    from engagecheck.plugin_host.registry import installed

    return as_page(installed(third_party=False).rules)
