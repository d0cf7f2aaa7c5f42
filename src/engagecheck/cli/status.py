"""`engagecheck status`."""

import click

from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.errors import InputRefused
from engagecheck.inputs import read_bytes
from engagecheck.intake.explain import complaints, is_report, open_document
from engagecheck.intake.workflow.sign_off import signatures
from engagecheck.intake.workflow.status import SectionStatus, section_status
from engagecheck.model import headings, labels
from engagecheck.papers.text_layout import Paper


@click.command("status")
@click.argument("profile")
def command(profile: str) -> None:
    """Show what is answered, by whom, and what is missing.

    PROFILE is a .json or .xlsx file.
    """
    opened = open_document(read_bytes(profile), profile)
    document = opened.document
    if not isinstance(document, dict) or is_report(document):
        raise InputRefused(complaints(opened))
    mistakes = complaints(opened)
    sections = section_status(document)
    if not document.keys() & {"organisation", *(one.name for one in sections)}:  # such as a file of results
        raise InputRefused(mistakes)
    paper = Paper(terminal_style())
    organisation = document.get("organisation")
    name = organisation.get("name") if isinstance(organisation, dict) else None
    paper.apart(str(name or profile), labels.day(str(document.get("as_of", ""))), bold=True)
    if mistakes:
        paper.say(f"{labels.plural(len(mistakes), 'mistake')}. See what is wrong with: engagecheck validate {profile}")
    else:
        signed = signatures(document)
        paper.say(" ".join([headings.approval_of(signed), *(f"{name} {by}." for name, by in headings.signed_by(signed))]))
    paper.gap()
    paper.table(("Section", "Answered", "Withheld", "To confirm", "By"), [_row(one) for one in sections])
    if missing := [(one.title, "; ".join(one.missing)) for one in sections if one.missing and one.answered]:
        paper.section("Missing in the sections that were begun")
        paper.pairs(missing)
    to_terminal(paper.text())


def _row(one: SectionStatus) -> tuple[str, ...]:
    answered, counts = f"{one.answered} of {one.asked}", (one.withheld, one.unconfirmed)
    return one.title, answered, *(str(count or "") for count in counts), one.by or ("not said" if one.answered else "")
