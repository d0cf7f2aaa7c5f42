"""An import into one profile: whose facts are meant, why a file is refused, and what came of it."""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from engagecheck.audit.run import run_audit
from engagecheck.errors import InputRefused
from engagecheck.intake.importers.importing import (
    how_it_ended,
    is_later,
    matching,
    new_facts,
    newest_fact,
    out_of_life,
    read_imports,
    take_over,
)
from engagecheck.intake.merge import Merged, Untotalled, without_total
from engagecheck.intake.tables import read_source
from engagecheck.model import labels
from engagecheck.model.labels import plural
from engagecheck.model.outcomes import Outcome
from engagecheck.model.schema import title_of
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import SourceFile

Json = Any
AS_OF = "2026-03-31"
BARE: dict[str, Json] = {"organisation": {"name": "Vale", "type": "nhs_trust", "country": "England"}, "as_of": AS_OF}


class Account(Struct, frozen=True):
    """What came of an import: the new facts in words, the totals still to enter, and the questions that stay open.

    `unanswered` are questions that this kind of file can answer, each with what is missing. `answered` counts the questions
    that the profile now decides of those that are `applicable`, and `before` those that it decided before.
    """

    facts: tuple[str, ...]
    to_do: tuple[Untotalled, ...]
    unanswered: tuple[tuple[str, str], ...]
    answered: int
    applicable: int
    before: int


def account_of(
    change: Merged, before: Mapping[str, Json], chosen: Sequence[Imported], importer: Importer, registry: Registry | None = None
) -> Account:
    """What came of the import of `chosen` into a profile. `before` is what the profile held, which may be nothing."""
    report = run_audit(change.document, registry)
    can_be, _ = questions(importer)
    results = [one for finding in report.findings for one in finding.criteria if one.id in can_be]
    start = before if "organisation" in before else {**_bare(change.document), **before}
    coverage = report.summary.coverage
    return Account(
        facts=tuple(new_facts(change.document, before)),
        to_do=tuple(dict.fromkeys(one for part in chosen for one in without_total(part.facts, change.document))),
        unanswered=tuple((one.question, one.message) for one in results if one.outcome is Outcome.NOT_EVIDENCED),
        answered=coverage.determined,
        applicable=coverage.applicable,
        before=run_audit(start, registry).summary.coverage.determined,
    )


def _bare(document: Mapping[str, Json]) -> dict[str, Json]:
    organisation = {part: value for part, value in document["organisation"].items() if part != "evidence"}
    return {"organisation": organisation, "as_of": document["as_of"]}


def total_in_words(one: Untotalled) -> str:
    """The field in which the total of a list is entered, in the words of the form."""
    return f"the field “{title_of(one.pointer[1:].replace('/', '.'))}” of {one.title}"


def about(
    imports: Sequence[Imported], asked: str | None, file: SourceFile, register: Mapping[str, Imported] = {}, hint: str = ""
) -> list[Imported]:
    """What a file says about the organisations that `asked` fits. Raises `InputRefused` if it fits none.

    The refusal says what became of the organisation if the `register` knows it, and otherwise ends with the `hint`.
    """
    if fitting := matching(imports, asked):
        return fitting
    ended = [f"{one.code}: {how}" for one in matching(register.values(), asked) if (how := how_it_ended(one))]
    codes = list(dict.fromkeys(one.code for one in imports))
    some, count = ", ".join(codes[:3]), plural(len(codes), "other organisation")
    what = "; ".join(ended) or f"it is about {count}, such as {some}{hint if len(codes) > 1 else ''}"
    raise InputRefused([f"{file.name}: there is nothing about {asked} in it; {what}"])


def other_name(chosen: Sequence[Imported], asked: str | None) -> str:
    """A sentence that says so, if the name that was asked for is another one of the organisation; otherwise empty."""
    if not asked or matching([replace(one, also_called=()) for one in chosen], asked):
        return ""
    return f"{asked}: this is another name, perhaps an earlier one, of {chosen[0].organisation['name']} ({chosen[0].code})."


def check_life(chosen: Sequence[Imported], file: SourceFile, name: str, as_of: str) -> None:
    """Refuse an organisation that does not exist on the day of the profile. `name` is that of the profile."""
    for one in chosen:
        if reason := out_of_life(one, as_of):
            who = f"{one.organisation.get('name', '')} {one.code}".strip()
            raise InputRefused([f"{file.name}: {who}: {reason}; {name} is for {labels.day(as_of)}"])


def too_late(chosen: Sequence[Imported], file: SourceFile, name: str, as_of: str, dated: str) -> str:
    """Why a file is refused that is about a time after the day of the profile; empty if it is not."""
    latest = newest_fact(chosen, dated)
    if not is_later(latest, as_of):
        return ""
    return f"{file.name} is about {labels.day(latest)}, after the date of {name}, {labels.day(as_of)}"


def questions(importer: Importer) -> tuple[dict[str, str], dict[str, str]]:
    """The questions that the example of a source answers, and the further ones that it answers with the totals of its lists.

    Both by the ids of the questions. They are worked out by auditing the example.
    """
    if not importer.example:
        return {}, {}
    file = read_source(f"{importer.name}.csv", importer.example.encode())
    imports = read_imports(importer, file, {})
    own = [one for one in imports if one.code == imports[0].code]
    after = take_over(BARE, own, importer, file).document
    with_totals = reduce(_with_total, (one.pointer for part in own for one in without_total(part.facts, after)), after)
    before, alone, total = (_decided(document) for document in (BARE, after, with_totals))
    return _without(alone, before), _without(total, alone)


def _without(decided: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {one: text for one, text in decided.items() if one not in known}


def _with_total(document: Mapping[str, Json], pointer: str) -> dict[str, Json]:
    _, section, name, _ = pointer.split("/")
    listed = document[section][name]
    return {**document, section: {**document[section], name: {**listed, "of": len(listed["entries"])}}}


def _decided(document: Mapping[str, Json]) -> dict[str, str]:
    """The questions that a profile answers, by their ids."""
    report = run_audit(document, installed(third_party=False))
    return {name: one.question for name, one in report.results.items() if one.outcome.determined}
