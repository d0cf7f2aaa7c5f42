"""Designated body annual report, Annex A section 2, as a small CSV: one row an organisation."""

from collections.abc import Iterator, Mapping

from engagecheck.errors import InputRefused
from engagecheck.intake.tables import SourceFile
from engagecheck.rules.importer import Imported, importer

ITEMS = (
    "connected", "completed", "approved_missed", "unapproved_missed", "recommendations_due", "recommendations_made",
    "recommendations_late", "positive", "deferrals", "non_engagement", "did_not_revalidate",
)  # fmt: skip
"""The figures of sections 2A, 2B and 2C, under the names that they have in a profile."""
NEEDED = ("organisation", "on", *ITEMS[:4])


@importer(
    "annual-return",
    about="Appraisal and revalidation figures: section 2 of the designated body's annual report, as CSV (see --template).",
    title="Designated body annual report, Annex A, section 2",
    publisher="The designated body",
    kind="statutory_return",
    template=",".join(("organisation", "on", *ITEMS)) + "\nR0X,2026-03-31" + "," * len(ITEMS) + "\n",
)
def figures(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The figures of each organisation. An empty cell says nothing; it is never 0."""
    for number, row in enumerate(file.table(*NEEDED), 1):
        found = {}
        for item in ITEMS:
            cell = row.get(item, "")
            if cell and not (cell.isascii() and cell.isdecimal()):
                raise InputRefused(
                    [f"{file.name}: row {number}, {item}: {cell!r} is not a whole number; leave it empty if it is not known"]
                )
            if cell:
                found[item] = int(cell)
        if found:
            yield Imported(row["organisation"], {"appraisal": found}, row["on"] or None, f"row {number}")
