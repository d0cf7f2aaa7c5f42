"""A research panel of organisation-years: a staff survey item and ratings, with a row for each organisation and year."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import UsageRefused
from engagecheck.intake.importers import names, scores
from engagecheck.intake.importers.cqc import RATINGS
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

INSTRUMENT = "nhs_staff_survey"
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
    """The years of each trust. With the option `each=year`, one import for each year, with the facts known at its end.

    Commissioning groups are skipped, because they employ hardly any doctors. Raises `UsageRefused` for any other option.
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
    for code, trust_rows in by_code.items():
        trust_rows.sort(key=lambda row: row["year"])
        last, organisation = trust_rows[-1], _organisation(code, trust_rows)
        if not options:
            latest = last["cqc_report_date"] or f"{last['year']}-12"
            yield Imported(code, _facts(trust_rows, peers), latest, f"ods_code {code}", organisation)
            continue
        for count, row in enumerate(trust_rows, 1):
            end, name = f"{row['year']}-12-31", f"{code} {row['year']}"
            facts = _facts(trust_rows[:count], peers, end)
            yield Imported(name, facts, f"{row['year']}-12", f"ods_code {name}", organisation, end)


def _organisation(code: str, rows: list[Row]) -> dict[str, str]:
    """The organisation with its latest name, or nothing if the panel gives no name."""
    name = next((row["org_name"] for row in reversed(rows) if row["org_name"]), "")
    return names.organisation(code, name) if name else {}


def _facts(rows: list[Row], peers: Mapping[tuple[str, str], list[float]], end: str = "9999") -> dict[str, Any]:
    """The facts of some years. A rating is included only if it was published by the day `end`."""
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
    # The panel repeats the latest rating in every year. It counts once, on the day of its report.
    last = rows[-1]
    rated = {"overall": RATINGS.get(last["cqc_overall"]), "well_led": RATINGS.get(last["cqc_well_led"])}
    ratings = [
        {"domain": domain, "rating": rating, "on": last["cqc_report_date"]} for domain, rating in rated.items() if rating
    ]
    if ratings and last["cqc_report_date"] and last["cqc_report_date"] <= end:
        facts["regulator"] = {"ratings": {"entries": ratings}}
    return facts
