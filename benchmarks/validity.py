"""Does it mean anything? Audits profiles built from published data, and compares the results with other people's ratings.

Run it with the Python that has engagecheck installed: `python benchmarks/validity.py [--data FOLDER]`. The folder holds the
published panels; where it is absent there is nothing to measure, and the script says so. `docs/validity.md` discusses the
figures. Nothing is tuned: the audits use the bundled rules as they stand.
"""

import argparse
import csv
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import engagecheck

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
CRITERION = "board-to-ward/staff-engagement-against-peers"
LED = ("Inadequate", "Requires improvement", "Good", "Outstanding")
EXEMPLARS = {"RTF": "Northumbria", "RM3": "Salford", "RRV": "University College London Hospitals", "RW1": "Southern Health"}
INDICES = {
    "motivation and advocacy (two of the three parts of the engagement score)": (
        ("motivation_mean_1_5", "recommend_work_mean_1_5", "recommend_care_mean_1_5"), 1, 5
    ),
    "senior managers (q8a to q8d, per cent who agree)": (tuple(f"q8{item}_agree_pct" for item in "abcd"), 0, 100),
}
REGISTRY = engagecheck.installed(third_party=False)


def main() -> None:
    """Print every figure of `docs/validity.md`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--limit", type=int, help="audit only so many organisations of each year, to try the script out")
    options = parser.parse_args()
    panel = options.data / "derived" / "trust_panel_2012_2019.csv"
    if not panel.exists():
        print(f"There is no published data in {options.data.name}/: nothing was measured.")
        return
    rows = read(panel)
    for name, (columns, low, high) in INDICES.items():
        print(f"\n{name}")
        well_led(rows, columns, low, high, options.limit)
        exemplars(rows, columns, low, high, options.limit)
    latest(read(options.data / "staff_survey" / "trustpulse_nss2025_nof_q3_2025_26_subset.csv"), options.limit)


def read(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def audited(name: str, score: float, peers: float, low: float, high: float, respondents: int | None, year: int) -> Any:
    """The result of the engagement criterion, and the whole report, for one organisation and year."""
    measurement: dict[str, Any] = {
        "instrument": "NHS Staff Survey", "topic": "engagement", "population": "all_staff", "on": f"{year}-11",
        "score": score, "scale_low": low, "scale_high": high,
        "comparator": {"score": peers, "population": "all_staff", "group": "the same kind of organisation"},
    }  # fmt: skip
    if respondents is not None:
        measurement["respondents"] = respondents
    report = engagecheck.run_audit({
            "organisation": {"name": name, "type": "nhs_trust", "country": "England"},
            "as_of": f"{year + 1}-03-31",
            "journey": {"measurements": {"of": 1, "entries": [measurement]}},
        }, REGISTRY)
    results = {result.id: result for finding in report.findings for result in finding.criteria}
    return results[CRITERION], report


def of_year(
    rows: Iterable[Mapping[str, str]], year: int, columns: Sequence[str], low: float, high: float, limit: int | None
) -> dict[str, tuple[Any, str]]:
    """The criterion's result and the well-led rating of each NHS provider of a year, compared within its kind."""
    chosen = [row for row in rows if row["year"] == str(year) and all(row[column] for column in columns)]
    chosen = [row for row in chosen if row["org_type"] not in ("", "Clinical Commissioning Group")]
    scores = {row["ods_code"]: statistics.fmean(float(row[column]) for column in columns) for row in chosen}
    kinds = defaultdict(list)
    for row in chosen:
        kinds[row["org_type"]].append(scores[row["ods_code"]])
    found = {}
    for row in chosen[:limit]:
        code, base = row["ods_code"], row["respondents"] or row["q8_base"]
        peers = statistics.fmean(kinds[row["org_type"]])
        result, _ = audited(code, scores[code], peers, low, high, int(float(base)) if base else None, year)
        found[code] = (result, row["cqc_well_led"])
    return found


def well_led(rows: Sequence[Mapping[str, str]], columns: Sequence[str], low: float, high: float, limit: int | None) -> None:
    """Rank correlation between the criterion's value and the regulator's well-led rating, 2018."""
    results = of_year(rows, 2018, columns, low, high, limit)
    rated = [(result.value, rating) for result, rating in results.values() if result.value is not None and rating in LED]
    pairs = [(value, LED.index(rating)) for value, rating in rated]
    outcomes = Counter(result.outcome.value for result, _ in results.values())
    print(f"  2018: {len(results)} providers with these items; outcomes: {shares(outcomes)}")
    if len(pairs) > 2:
        print(f"  rank correlation with the well-led rating: {spearman(pairs):.2f} (n {len(pairs)})")
    by_rating = defaultdict(list)
    for value, rating in pairs:
        by_rating[rating].append(value)
    for rating, values in sorted(by_rating.items()):
        print(f"    {LED[rating]:<21} n {len(values):>3}, median difference to peers {statistics.median(values):+.2f} of 10")


def exemplars(rows: Sequence[Mapping[str, str]], columns: Sequence[str], low: float, high: float, limit: int | None) -> None:
    """Where the four trusts of the report stood before and when it was written."""
    for year in (2012, 2013, 2014):
        results = of_year(rows, year, columns, low, high, limit)
        values = {code: result.value for code, (result, _) in results.items() if result.value is not None}
        ranked = sorted(values, key=lambda code: -values[code])
        place = {code: str(number) for number, code in enumerate(ranked, 1)}
        places = [f"{name} {place.get(code, 'not in the data')}" for code, name in EXEMPLARS.items()]
        print(f"  {year}, place among {len(ranked)}: {', '.join(places)}")


def latest(rows: Sequence[Mapping[str, str]], limit: int | None) -> None:
    """What share of the trusts of 2025/26 lies at each outcome, as published and if enough people answered."""
    print("\n2025/26, engagement score of all staff")
    kinds = defaultdict(list)
    for row in rows:
        if row["theme_engagement_2025"]:
            kinds[row["trust_type"]].append(float(row["theme_engagement_2025"]))
    for told, respondents in (("as published (the file does not say how many answered)", None), ("if 50 or more answered", 50)):
        outcomes: Counter[str] = Counter()
        determined = set()
        for row in rows[:limit]:
            if row["theme_engagement_2025"]:
                peers = statistics.median(kinds[row["trust_type"]])
                result, report = audited(row["org_code"], float(row["theme_engagement_2025"]), peers, 0, 10, respondents, 2025)
                outcomes[result.outcome.value] += 1
                determined.add((report.summary.coverage.determined, report.summary.coverage.applicable))
        print(f"  {told}: {shares(outcomes)} of {sum(outcomes.values())}")
        print(f"    questions answered: {', '.join(f'{some} of {all_}' for some, all_ in sorted(determined))}")


def shares(outcomes: Counter[str]) -> str:
    """Each outcome with its count and share."""
    total = sum(outcomes.values())
    return ", ".join(f"{name} {count} ({100 * count / total:.0f} %)" for name, count in sorted(outcomes.items()))


def spearman(pairs: Sequence[tuple[float, float]]) -> float:
    """Spearman's rank correlation; ties share their middle rank."""
    first, second = (ranks(list(values)) for values in zip(*pairs, strict=True))
    return statistics.correlation(first, second)


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, from 1; ties share their middle rank."""
    ordered = sorted(values)
    return [ordered.index(value) + (ordered.count(value) + 1) / 2 for value in values]


if __name__ == "__main__":
    main()
