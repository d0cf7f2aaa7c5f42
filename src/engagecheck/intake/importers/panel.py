"""A research panel of organisation-years: a staff survey item and ratings, a row an organisation and year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import UsageRefused
from engagecheck.intake.importers import names, scores
from engagecheck.intake.importers.cqc import RATINGS
from engagecheck.intake.tables import SourceFile
from engagecheck.rules.importer import Imported, importer

INSTRUMENT = "NHS Staff Survey, items 1 to 5"
COLUMNS = (
    "ods_code",
    "year",
    "org_name",
    "org_type",
    "motivation_mean_1_5",
    "respondents",
    "cqc_report_date",
    "cqc_overall",
    "cqc_well_led",
)
Row = dict[str, str]


@importer(
    "panel",
    about="Motivation of all staff by year, and latest ratings, of trusts: a CSV panel of organisation-years.",
    title="Panel of organisation-years, NHS trusts in England",
    publisher="Derived from NHS Staff Survey, NHS Digital and CQC",
    kind="data_set",
    options={"each": "year: with --all, a profile for each organisation and year, of what was known at the end of that year"},
)
def years(file: SourceFile, options: Mapping[str, str]) -> Iterator[Imported]:
    """Every year of each trust; or for each year what was known at its end.

    Commissioning groups are passed over: they employ hardly any doctors.
    """
    if options not in ({}, {"each": "year"}):
        raise UsageRefused(f"-o each={options['each']}: write each=year, or leave it out")
    rows = [row for row in file.table(*COLUMNS) if names.TRUST.fullmatch(row["ods_code"])]
    peers: dict[tuple[str, str], list[float]] = defaultdict(list)
    for row in rows:
        if (score := scores.number(row["motivation_mean_1_5"])) is not None:
            peers[row["year"], row["org_type"]].append(score)
    by_code: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_code[row["ods_code"]].append(row)
    for code, mine in by_code.items():
        mine.sort(key=lambda row: row["year"])
        who, latest = _name(code, mine), mine[-1]["cqc_report_date"] or f"{mine[-1]['year']}-12"
        if not options:
            yield Imported(code, _facts(mine, peers), latest, f"ods_code {code}", who)
            continue
        for count, row in enumerate(mine, 1):
            end, name = f"{row['year']}-12-31", f"{code} {row['year']}"
            yield Imported(name, _facts(mine[:count], peers, end), f"{row['year']}-12", f"ods_code {name}", who, end)


def _name(code: str, rows: list[Row]) -> dict[str, str]:
    """The organisation by its latest name; nothing where the panel gives none."""
    name = next((row["org_name"] for row in reversed(rows) if row["org_name"]), "")
    return names.organisation(code, name) if name else {}


def _facts(rows: list[Row], peers: Mapping[tuple[str, str], list[float]], end: str = "9999") -> dict[str, Any]:
    """The facts of some years; a rating only if it was published by the `end` of them."""
    facts: dict[str, Any] = {}
    entries = []
    for row in rows:
        score = scores.number(row["motivation_mean_1_5"])
        if score is not None:
            comparator = scores.median_of(peers[row["year"], row["org_type"]], row["org_type"])
            base = scores.number(row["respondents"])
            entries.append(
                scores.measurement(
                    INSTRUMENT, "motivation", f"{row['year']}-11", score, comparator, respondents=base, scale=(1, 5)
                )
            )
    if entries:
        facts["journey"] = {"measurements": {"entries": entries}}
    # The panel repeats the latest rating on every year; it is one rating, of the day of its report.
    last = rows[-1]
    rated = {"overall": RATINGS.get(last["cqc_overall"]), "well_led": RATINGS.get(last["cqc_well_led"])}
    ratings = [
        {"domain": domain, "rating": rating, "on": last["cqc_report_date"]} for domain, rating in rated.items() if rating
    ]
    if ratings and last["cqc_report_date"] and last["cqc_report_date"] <= end:
        facts["regulator"] = {"ratings": {"entries": ratings}}
    return facts
