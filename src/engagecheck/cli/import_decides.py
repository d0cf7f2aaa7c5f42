"""`engagecheck import --decides`: which questions each source can answer."""

from collections.abc import Iterable

from engagecheck.analysis.importing import questions
from engagecheck.cli.output import terminal_style
from engagecheck.papers.text_layout import Paper
from engagecheck.rules.importer import Importer


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
