"""`engagecheck views`."""

import hashlib
import json
from pathlib import Path

import click

from engagecheck.cli.output import to_terminal, write_whole
from engagecheck.documents import file_bytes, read
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.questionnaire import GROUPS
from engagecheck.strict_json import NotStrictJson, decode
from engagecheck.views import perceptions, template
from engagecheck.views import read as answers_in


@click.command("views")
@click.argument("responses", required=False)
@click.option("--template", "wants_template", is_flag=True, help="Print an empty survey export with the questions.")
@click.option("--invited", multiple=True, metavar="GROUP=N", help="How many of a group were asked. May be given several times.")
@click.option("--on", metavar="DATE", help="When the questionnaire was asked, such as 2025-11.")
@click.option("--into", metavar="PROFILE", help="Write the result into this profile, with its evidence.")
@click.option("--replace", is_flag=True, help="With --into: replace views that the profile already holds.")
def command(
    responses: str | None, wants_template: bool, invited: tuple[str, ...], on: str | None, into: str | None, replace: bool
) -> None:
    """Sum up RESPONSES (a survey export, CSV, a row a person) as the perceptions of a profile, nobody recognisable."""
    if wants_template:
        to_terminal(template().encode())
        return
    if responses is None:
        raise UsageRefused("views: name the survey export, or ask for --template")
    raw = file_bytes(Path(responses))
    try:
        answers = answers_in(decode(raw), responses)
    except NotStrictJson as error:
        raise InputRefused([f"{responses}: {error}".replace("as JSON ", "as CSV ")]) from None
    if not any(answers.values()):
        raise InputRefused([f"{responses}: nobody answered: there is no row with a group and an answer"])
    section = {**({"on": on} if on else {}), **perceptions(answers, _invited(invited))}
    if into is None:
        to_terminal((json.dumps(section, indent=2, ensure_ascii=False) + "\n").encode())
    else:
        _put(section, Path(into), hashlib.sha256(raw).hexdigest(), on, replace)


def _invited(given: tuple[str, ...]) -> dict[str, int]:
    found = {}
    for one in given:
        group, _, number = one.partition("=")
        if group not in GROUPS or not number.isdecimal():
            raise UsageRefused(f"--invited {one}: write GROUP=NUMBER; groups are: {', '.join(GROUPS)}")
        found[group] = int(number)
    return found


def _put(section: dict[str, object], path: Path, digest: str, on: str | None, replace: bool) -> None:
    """Write the section into a profile, which is left as it was unless the result is a valid one."""
    raw = file_bytes(path)
    read(raw, str(path))
    document = json.loads(decode(raw))
    if "perceptions" in document and not replace:
        raise UsageRefused(f"{path}: already holds individuals' views; give --replace to replace them")
    name = f"views-{digest[:8]}"
    evidence = {"id": name, "title": "Answers to the engagecheck questionnaire", "kind": "survey", "sha256": digest}
    document["perceptions"] = {**section, "evidence": [name]}
    others = [item for item in document.get("evidence", []) if item["id"] != name]
    document["evidence"] = [*others, {**evidence, **({"effective": on} if on else {})}]
    content = (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
    read(content, str(path))
    write_whole(path, content)
    click.echo(f"Written: {path}", err=True)
