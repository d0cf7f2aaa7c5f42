"""A research panel of organisation-years: a staff survey item and ratings, with a row for each organisation and year."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from engagecheck.errors import UsageRefused
from engagecheck.intake.importers import names, scores
from engagecheck.intake.importers.cqc import RATINGS
from engagecheck.intake.importers.staff_survey import INSTRUMENT, MOST_RESPONDENTS
from engagecheck.intake.tables.values import date_in, numbers, pass_over, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import Record, SourceFile

COLUMNS = (
    "ods_code", "year", "org_name", "org_type", "motivation_mean_1_5", "respondents", "cqc_report_date", "cqc_overall",
    "cqc_well_led",
)  # fmt: skip


@importer(
    "panel",
    about="Motivation of all staff by year, and latest ratings, of trusts: a CSV panel of organisation-years.",
    title="Panel of organisation-years, NHS trusts in England",
    publisher="Derived from NHS Staff Survey, NHS Digital and CQC",
    kind="data_set",
    example=",".join(COLUMNS) + "\nR0X,2019,Vale NHS Trust,Acute,3.9,900,2019-02-01,Good,Requires improvement\n",
    options={"each": "year: with --all, a profile for each organisation and year, of what was known at the end of that year"},
)
def years(file: SourceFile, options: Mapping[str, str]) -> Iterator[Imported]:
    """The years of each trust. With the option `each=year`, one import for each year, with the facts known at its end.

    Commissioning groups are skipped, because they employ hardly any doctors. Raises `UsageRefused` for any other option.
    """
    if options not in ({}, {"each": "year"}):
        raise UsageRefused(f"-o each={options['each']}: write each=year, or leave it out")
    everything = list(file.table(*COLUMNS))
    for row in everything:
        pass_over(row, "cqc_report_date")
    rows = [row for row in everything if _is_provider(row)]
    measured = _measured(file, rows)
    # A second row about the same year is an import of its own, so that it is compared with the first.
    by_code: dict[tuple[str, int], dict[str, tuple[Record, dict[str, Any] | None]]] = defaultdict(dict)
    seen: Counter[tuple[str, str]] = Counter()
    for row, entry in zip(rows, measured, strict=True):
        code, year = names.code_of(row["ods_code"]), row["year"]
        by_code[code, seen[code, year]][year] = (row, entry)
        seen[code, year] += 1
    for (code, _), given in list(by_code.items()):
        trust = [both for _, both in sorted({**by_code[code, 0], **given}.items())]
        name = next((row["org_name"] for row, _ in reversed(trust) if row["org_name"]), "")
        organisation = names.organisation(code, name, "England") if name else {}
        if not options:
            last = trust[-1][0]
            latest = date_in(last, "cqc_report_date") or f"{last['year']}-12"
            yield Imported(code, _facts(trust), latest, f"ods_code {code}", organisation)
            continue
        for count, (row, _) in enumerate(trust, 1):
            end, called = f"{row['year']}-12-31", f"{code} {row['year']}"
            yield Imported(called, _facts(trust[:count], end), f"{row['year']}-12", f"ods_code {called}", organisation, end)


def _is_provider(row: Record) -> bool:
    """Whether a row is about one organisation that is no commissioning group. Merged groups have several codes in one."""
    is_one = names.CODE.fullmatch(names.code_of(row["ods_code"])) is not None
    return is_one and words(row["org_type"]) != "clinical commissioning group"


def _measured(file: SourceFile, rows: Sequence[Record]) -> list[dict[str, Any] | None]:
    """The measurement of each row, compared with the organisations of the same kind in the same year."""
    values = numbers(file, rows, "motivation_mean_1_5", 1, 5)
    answered = numbers(file, rows, "respondents", 0, MOST_RESPONDENTS, whole=True)
    peers = scores.medians((row["org_type"] and f"{row['year']} {row['org_type']}" for row in rows), values)
    measured = []
    for row, value, count in zip(rows, values, answered, strict=True):
        group = peers.get(f"{row['year']} {row['org_type']}")
        comparator = {**group, "group": row["org_type"]} if group else None
        on = f"{row['year']}-11"
        measured.append(
            None if value is None
            else scores.measurement(INSTRUMENT, "motivation", on, value, comparator, respondents=count, scale=(1, 5))
        )  # fmt: skip
    return measured


def _facts(trust: Sequence[tuple[Record, dict[str, Any] | None]], end: str = "9999") -> dict[str, Any]:
    """The facts of some years. A rating is included only if it was published by the day `end`."""
    facts: dict[str, Any] = {}
    entries = [entry for _, entry in trust if entry]
    if entries:
        facts["journey"] = {"measurements": {"entries": entries}}
    # The panel repeats the latest rating in every year. It counts once, on the day of its report.
    last = trust[-1][0]
    on = date_in(last, "cqc_report_date")
    rated = {"overall": RATINGS.get(words(last["cqc_overall"])), "well_led": RATINGS.get(words(last["cqc_well_led"]))}
    ratings = [{"domain": domain, "rating": rating, "on": on} for domain, rating in rated.items() if rating]
    if ratings and on and on <= end:
        facts["regulator"] = {"ratings": {"entries": ratings}}
    return facts
