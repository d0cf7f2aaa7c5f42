"""`engagecheck import --decides`: which questions each source can answer, worked out by auditing its example."""

from collections.abc import Iterable, Mapping
from functools import reduce
from typing import Any

from engagecheck.audit.run import run_audit
from engagecheck.cli.output import terminal_style
from engagecheck.intake.importers.importing import read_imports, take_over
from engagecheck.intake.merge import without_total
from engagecheck.intake.tables import read_source
from engagecheck.model.outcomes import Outcome
from engagecheck.papers.text_layout import Paper
from engagecheck.plugin_host.registry import installed
from engagecheck.rules.importer import Importer

Json = Any
AS_OF = "2026-03-31"
BARE: dict[str, Json] = {"organisation": {"name": "Vale", "type": "nhs_trust", "country": "England"}, "as_of": AS_OF}
DECIDED = (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET)


def answered_by(importers: Iterable[Importer]) -> str:
    """The questions that each source can answer alone, and those that it answers once the totals are entered."""
    paper = Paper(terminal_style())
    paper.section("Questions that each source can answer, for an English NHS trust on 31 March 2026")
    for importer in importers:
        alone, with_totals = questions(importer)
        later = [f"{question} (once you enter how many there are in all)" for question in with_totals.values()]
        lines = [*alone.values(), *later]
        names = [importer.name, *[""] * len(lines)]
        paper.pairs(list(zip(names, lines or ["none by itself"], strict=False)))
    return paper.text()


def questions(importer: Importer) -> tuple[dict[str, str], dict[str, str]]:
    """The questions that the example of a source answers, and the further ones that it answers with the totals of its lists.

    Both by the ids of the questions.
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
    return {name: one.question for name, one in report.results.items() if one.outcome in DECIDED}
