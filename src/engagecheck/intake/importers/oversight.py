"""NHS Oversight Framework: staff engagement (OF0084) and raising concerns (OF0061), by trust, metric and quarter."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names, scores
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

TOPICS = {"OF0084": "engagement", "OF0061": "raising_concerns"}
WIDE = {"OF0084_staff_engagement": "OF0084", "OF0061_raising_concerns": "OF0061"}
LONG = ("Trust_code", "Trust_name", "Trust_type", "Metric_ID", "Quarter", "Value", "Median")
NOTE = "As published for the quarter; the survey behind it may be older."
_QUARTER = re.compile(r"Q([1-4]) (20[0-9]{2})[/-][0-9]{2,4}", re.ASCII | re.IGNORECASE)


@importer(
    "oversight",
    about="Staff engagement and raising concerns of all staff, by quarter: the Oversight Framework's CSV.",
    title="NHS Oversight Framework, trust metrics",
    publisher="NHS England",
    kind="data_set",
    options={
        "quarter": "the quarter, such as Q3 2025/26, where the file has a column for each metric and none for the quarter"
    },
)
def metrics(file: SourceFile, options: Mapping[str, str]) -> Iterator[Imported]:
    """The two metrics of each trust, with a median as comparator. Raises `InputRefused`."""
    entries_by_code: dict[str, list[dict[str, Any]]] = {}
    organisations: dict[str, dict[str, str]] = {}
    for code, name, metric, quarter, value, comparator in _wide(file, options) if options.get("quarter") else _long(file):
        score = scores.number(value)
        if score is None or not 0 <= score <= 10:
            continue
        organisations[code] = names.organisation(code, name)
        entry = scores.measurement(
            "other", TOPICS[metric], _last_month(quarter, file.name), score, comparator,
            note=f"NHS Oversight Framework, {metric}. {NOTE}",
        )
        entries_by_code.setdefault(code, []).append(entry)
    for code, entries in entries_by_code.items():
        facts = {"journey": {"measurements": {"entries": entries}}}
        yield Imported(code, facts, max(entry["on"] for entry in entries), f"Trust_code {code}", organisations[code])


_MetricRow = tuple[str, str, str, str, str, dict[str, Any] | None]


def _long(file: SourceFile) -> Iterator[_MetricRow]:
    rows = [row for row in file.table(*LONG) if row["Metric_ID"] in TOPICS]
    medians: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        medians[row["Metric_ID"], row["Quarter"]].add(row["Median"])
    for row in rows:
        # If all rows have the same median, it is the median of all trusts. Otherwise it is the median of the trust's type.
        group = "all trusts" if len(medians[row["Metric_ID"], row["Quarter"]]) == 1 else row["Trust_type"]
        median = scores.number(row["Median"])
        note = "The median that the framework publishes beside the score."
        comparator = (
            {"score": median, "population": "all_staff", "group": group, "note": note} if median is not None and group else None
        )
        yield row["Trust_code"], row["Trust_name"], row["Metric_ID"], row["Quarter"], row["Value"], comparator


def _wide(file: SourceFile, options: Mapping[str, str]) -> Iterator[_MetricRow]:
    rows = list(file.table("org_code", "org_name", "trust_type", *WIDE))
    for column, metric in WIDE.items():
        groups: dict[str, list[float]] = defaultdict(list)
        for row in rows:
            if (value := scores.number(row[column])) is not None:
                groups[row["trust_type"]].append(value)
        for row in rows:
            comparator = scores.median_of(groups[row["trust_type"]], row["trust_type"])
            yield row["org_code"], row["org_name"], metric, options["quarter"], row[column], comparator


def _last_month(quarter: str, name: str) -> str:
    """The last month of a quarter of the financial year: Q3 2025/26 ends in 2025-12."""
    match = _QUARTER.fullmatch(quarter.strip())
    if match is None:
        raise InputRefused([f"{name}: the quarter {quarter!r} is not written as Q3 2025/26"])
    number, year = int(match[1]), int(match[2])
    return f"{year + 1}-03" if number == 4 else f"{year}-{3 + 3 * number:02d}"
