"""NHS Oversight Framework: scores of all staff, the segment and the other metrics, by trust and quarter."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from attrs import Factory, define

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names, scores
from engagecheck.intake.tables.values import numbers, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import OtherKind, Record, SourceFile, plain

TOPICS = {"OF0084": "engagement", "OF0061": "raising_concerns"}
LONG = ("Trust_code", "Trust_name", "Trust_type", "Metric_ID", "Quarter", "Value", ("Median", "Median_value"))
EXAMPLE = (
    "Trust_code,Trust_name,Trust_type,Metric_ID,Metric description,Quarter,Value,Median\n"
    "R0X,Vale NHS Trust,Acute trust,OF0084,Staff engagement,Q3 2025/26,6.9,6.8\n"
    "R0X,Vale NHS Trust,Acute trust,OF5000,Adjusted segment,Q3 2025/26,2,3\n"
)
FRAMEWORK = "NHS Oversight Framework"
NOTE = "As published for the quarter; the survey behind it may be older."
LARGEST = 1e9
_METRIC = re.compile(r"(OF[0-9]{4})_?(\w*)", re.ASCII | re.IGNORECASE)
_QUARTER = re.compile(r"Q([1-4]) (20[0-9]{2})[/-][0-9]{2,4}", re.ASCII | re.IGNORECASE)


@define
class _Trust:
    """What the file says about one trust. `months` are the ends of its quarters."""

    organisation: dict[str, str]
    scores: list[dict[str, Any]] = Factory(list)
    metrics: list[dict[str, Any]] = Factory(list)
    months: set[str] = Factory(set)


_Trusts = dict[tuple[str, int], _Trust]
"""By code and number: a second row about the same metric is an import of its own, so that it is compared with the first."""


@importer(
    "oversight",
    about="Segment and metrics of each trust by quarter, staff engagement among them: the Oversight Framework's CSV.",
    title="NHS Oversight Framework, trust metrics",
    publisher="NHS England",
    address="https://www.england.nhs.uk/nhs-oversight-framework/",
    kind="data_set",
    example=EXAMPLE,
    options={
        "quarter": "the quarter, such as Q3 2025/26, where the file has a column for each metric and none for the quarter"
    },
)
def metrics(file: SourceFile, options: Mapping[str, str]) -> Iterator[Imported]:
    """The metrics of each trust: scores of all staff as measurements, others as its context. Raises `InputRefused`."""
    trusts: _Trusts = {}
    for metric in _wide(file, options["quarter"]) if options.get("quarter") else _long(file):
        _add(trusts, file, *metric)
    for (code, _), trust in trusts.items():
        facts: dict[str, Any] = {}
        if trust.scores:
            facts["journey"] = {"measurements": {"entries": trust.scores}}
        if trust.metrics:
            facts["context"] = {"others": {"entries": trust.metrics}}
        if facts:
            yield Imported(code, facts, max(trust.months), f"Trust_code {code}", trust.organisation)


_Metric = tuple[Sequence[Record], str, str, str, str]
"""The rows of one metric in one quarter, its number and name, the quarter, and the column of the values."""


def _long(file: SourceFile) -> Iterator[_Metric]:
    by_metric: dict[tuple[str, str], list[Record]] = defaultdict(list)
    try:
        table = file.table(*LONG)
    except OtherKind as refused:
        try:
            next(_wide(file, ""))
        except OtherKind:
            raise refused from None
        quarter = "there is a column for each metric and none for the quarter; say it with -o 'quarter=Q3 2025/26'"
        raise InputRefused([f"{file.name}: {quarter}"]) from None
    for record in table:
        by_metric[record["Metric_ID"].upper(), record["Quarter"]].append(record)
    for (metric, quarter), rows in by_metric.items():
        yield rows, metric, rows[0].get("Metric description") or metric, quarter, "Value"


def _wide(file: SourceFile, quarter: str) -> Iterator[_Metric]:
    table = file.table(("org_code", "Trust_code"), ("org_name", "Trust_name"), ("trust_type", "Trust_type"))
    columns = [(name, match[1].upper(), words(match[2])) for name in table.columns if (match := _METRIC.fullmatch(plain(name)))]
    if not columns:
        raise OtherKind([f"{file.name}: no column is called OF and a number, such as OF0084"])
    named = {"org_code": "Trust_code", "org_name": "Trust_name", "trust_type": "Trust_type"}
    rows = [Record(row.where, {**row.cells, **{long: row[wide] for wide, long in named.items()}}) for row in table]
    for column, metric, name in columns:
        yield rows, metric, name, quarter, column


def _add(trusts: _Trusts, file: SourceFile, rows: Sequence[Record], metric: str, name: str, quarter: str, column: str) -> None:
    topic, month = TOPICS.get(metric), _last_month(quarter, file.name)
    values = numbers(file, rows, column, *((0, 10) if topic else (-LARGEST, LARGEST)))
    peers = _comparators(file, rows, values) if topic else {}
    seen: Counter[str] = Counter()
    for row, value in zip(rows, values, strict=True):
        code = names.code_of(row["Trust_code"])
        if not code:
            file.leave_out(row.where, "there is no code of a trust")
        if value is None or not code:
            continue
        trust = trusts.setdefault((code, seen[code]), _Trust(names.organisation(code, row["Trust_name"], "England")))
        seen[code] += 1
        trust.months.add(month)
        if topic:
            note, group = f"{FRAMEWORK}, {metric}. {NOTE}", peers.get(row["Trust_type"])
            trust.scores.append(scores.measurement("other", topic, month, value, group, name=FRAMEWORK, note=note))
        else:
            fact = f"{FRAMEWORK} {quarter}, {metric}: {name}"[:300]
            trust.metrics.append({"fact": fact, "value": round(value) if value.is_integer() else value})


def _comparators(file: SourceFile, rows: Sequence[Record], values: Sequence[float | None]) -> dict[str, dict[str, Any]]:
    """The comparator of each type of trust: the median that the file gives, or else that of the scores."""
    kinds = [row["Trust_type"] for row in rows]
    if "Median" not in rows[0].cells:
        return scores.medians(kinds, values)
    given = numbers(file, rows, "Median", 0, 10)
    # If all rows have the same median, it is the median of all trusts. Otherwise it is the median of the trust's type.
    is_common = len({median for median in given if median is not None}) == 1
    note = "The median that the framework publishes beside the score."
    return {
        kind: {"score": median, "population": "all_staff", "group": "all trusts" if is_common else kind[:160], "note": note}
        for kind, median in zip(kinds, given, strict=True)
        if median is not None and kind
    }


def _last_month(quarter: str, name: str) -> str:
    """The last month of a quarter of the financial year: Q3 2025/26 ends in 2025-12."""
    match = _QUARTER.fullmatch(" ".join(quarter.split()))
    if match is None:
        raise InputRefused([f"{name}: the quarter {quarter!r} is not written as Q3 2025/26"])
    number, year = int(match[1]), int(match[2])
    return f"{year + 1}-03" if number == 4 else f"{year}-{3 + 3 * number:02d}"
