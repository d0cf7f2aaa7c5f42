"""A research data set of acute trusts in 2017/18, a row for each: ratings, doctors, managers and a staff survey score."""

from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.intake.importers import names
from engagecheck.intake.importers.cqc import RATINGS
from engagecheck.intake.tables.values import numbers, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

FIGURES = {
    "DOCTORS": "Doctors, full-time equivalents", "OPERATING_COST": "Operating cost, £ thousand",
    "CONSULTANTS": "Consultants, full-time equivalents", "MANAGERS": "Managers, full-time equivalents",
    "NHS_SS": "Staff Survey, score for management (0 to 100)", "MANAGEMENT_SPEND": "Management spend, £ hundred thousand",
}  # fmt: skip
"""The figures and their units. Spend on management is as the study's spend per 1,000 episodes implies: 71 is £7.1 million."""
COLUMNS = ("ORG_CODE", "ORG_NAME", "YEAR", "CQC_RATING", "CQC_WELL_LED_RATING", *FIGURES)
LARGEST = 1e9


@importer(
    "acute-trusts",
    about="Ratings, doctors, managers and spend of acute trusts in 2017/18: the CSV of a study of NHS managers.",
    title="Acute trusts in England, 2017/18",
    publisher="Asaria and others, from NHS Digital, NHS Staff Survey and CQC",
    kind="data_set",
    example=",".join(COLUMNS) + "\nR0X,Vale NHS Trust,2017,Good,Good,600,403924,260,108,63.9,71\n",
)
def trusts(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The figures of each trust at the end of the financial year. Its ratings have no date. Raises `InputRefused`."""
    rows = list(file.table(*COLUMNS))
    figures = {column: numbers(file, rows, column, 0, LARGEST) for column in FIGURES}
    years = numbers(file, rows, "YEAR", 2000, 2099, whole=True)
    for place, (row, year) in enumerate(zip(rows, years, strict=True)):
        label = f"{year:.0f}/{year + 1 - 2000:02.0f}" if year else "no year"
        entries = [
            {"fact": f"{FIGURES[column]}, {label}", "value": round(value) if value.is_integer() else value}
            for column, listed in figures.items()
            if (value := listed[place]) is not None
        ]
        context: dict[str, Any] = {"others": {"entries": entries}} if entries else {}
        rated = {"overall": words(row["CQC_RATING"]), "well_led": words(row["CQC_WELL_LED_RATING"])}
        ratings = [{"domain": domain, "rating": RATINGS[rating]} for domain, rating in rated.items() if rating in RATINGS]
        facts = {"context": context, **({"regulator": {"ratings": {"entries": ratings}}} if ratings else {})}
        code = names.code_of(row["ORG_CODE"])
        organisation = names.organisation(code, row["ORG_NAME"], "England")
        yield Imported(code, facts, f"{year + 1:.0f}-03" if year else None, f"ORG_CODE {code}", organisation)
