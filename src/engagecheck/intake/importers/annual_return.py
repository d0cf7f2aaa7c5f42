"""Designated body annual report, Annex A section 2, as a small CSV with one row for each organisation."""

from collections.abc import Iterator, Mapping

from engagecheck.errors import InputRefused
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

ITEMS = (
    "connected", "completed", "approved_missed", "unapproved_missed", "recommendations_due", "recommendations_made",
    "recommendations_late", "positive", "deferrals", "non_engagement", "did_not_revalidate",
)  # fmt: skip
"""The figures of sections 2A, 2B and 2C, by their names in a profile."""
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
    """The figures of each organisation. An empty cell is unknown and never 0. Raises `InputRefused`."""
    for number, row in enumerate(file.table(*NEEDED), 1):
        counts = {}
        for item in ITEMS:
            cell = row.get(item, "")
            if cell and not (cell.isascii() and cell.isdecimal()):
                raise InputRefused(
                    [f"{file.name}: row {number}, {item}: {cell!r} is not a whole number; leave it empty if it is not known"]
                )
            if cell:
                counts[item] = int(cell)
        if counts:
            yield Imported(row["organisation"], {"appraisal": counts}, row["on"] or None, f"row {number}")
