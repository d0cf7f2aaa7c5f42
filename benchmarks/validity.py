"""What supports the rating and what refutes it, in published data. `docs/validity.md` discusses the figures.

Run it with the Python that has engagecheck installed: `python benchmarks/validity.py [--data FOLDER]`. The folder holds the
published files. If they are not there, the script says so and measures nothing.

The classes (met, partly met, not met) are those of the bundled question about the engagement of all staff. Its yardstick is
applied to the score of each trust minus the mean of the same kind of trust in the same year. Nothing is tuned.
"""

import argparse
import csv
import statistics
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from agreement import interval, kappa, pearson, spearman, wilson

import engagecheck

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PANEL = "derived/trust_panel_2012_2019.csv"
LATEST = "staff_survey/trustpulse_nss2025_nof_q3_2025_26_subset.csv"
WORDS = ("ods_code", "org_type", "cqc_report_date", "cqc_well_led")
ITEMS = ("motivation_mean_1_5", "recommend_work_mean_1_5", "recommend_care_mean_1_5")
SCORES = ("theme_engagement_2025", "PP3_2_2025", "theme_morale_2025", "OF5000_adjusted_segment")
KINDS_LEFT_OUT = ("", "Clinical Commissioning Group")
WELL_LED = ("Inadequate", "Requires improvement", "Good", "Outstanding")
CLASSES = ("met", "partly met", "not met")
GOOD = WELL_LED.index("Good")
RATED_FROM = "2016-01-01"
EXEMPLARS = {"RTF": "Northumbria", "RM3": "Salford", "RRV": "University College London Hospitals", "RW1": "Southern Health"}
CRITERION = engagecheck.installed(third_party=False).rules["board-to-ward"]["staff-engagement-against-peers"]

Row = dict[str, Any]
Gaps = dict[int, dict[str, float]]
"""For each year and trust code: points of 10 above (or below) the mean of the same kind of trust."""


def main() -> None:
    """Print every figure of the parts of `docs/validity.md` that rest on published data."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA, help="the folder with the published files")
    parser.add_argument("--resamples", type=int, default=1000, help="samples drawn for each interval, at least 20")
    options = parser.parse_args()
    if options.resamples < 20:
        parser.error("--resamples: give 20 or more")
    panel = read(options.data / PANEL, WORDS, ("year", "respondents", *ITEMS))
    latest = read(options.data / LATEST, ("trust_type",), SCORES)
    if panel or latest:
        print(f"yardstick: {CRITERION.yardstick.describe(CRITERION.unit)}")
    if panel:
        gaps = against_peers(panel)
        later_ratings(panel, options.resamples)
        every_year(panel, gaps, options.resamples)
        next_class(gaps, options.resamples)
        direction(gaps, options.resamples)
        exemplars(gaps)
    if latest:
        newest(latest, options.resamples)


def read(path: Path, words: Sequence[str], numbers: Sequence[str]) -> list[Row]:
    """The rows of a CSV file with these columns; an empty number is `None`. No rows, and a sentence, if there is no such file.

    Ends the program with a sentence if a column is missing or a number cannot be read.
    """
    if not path.exists():
        print(f"There is no {path.parent.name}/{path.name}: nothing was measured with it. Name the data folder with --data.")
        return []
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if lacking := [column for column in (*words, *numbers) if column not in (lines.fieldnames or ())]:
            raise SystemExit(f"{path.name} has no column {', '.join(lacking)}. Use the file as described in its README.")
        rows: list[Row] = []
        for line in lines:
            try:
                values = {column: float(line[column]) if line[column] else None for column in numbers}
            except ValueError as error:
                raise SystemExit(f"{path.name}, line {lines.line_num}: {error}. Correct the number.") from None
            rows.append({column: line[column] or "" for column in words} | values)
        return rows


def three_items(row: Row) -> float:
    """Motivation, recommending as a place to work and as a place for care: their mean, on a scale of 0 to 10."""
    return (statistics.fmean(row[item] for item in ITEMS) - 1) * 2.5


def two_parts(row: Row) -> float:
    """Motivation and advocacy with equal weights, as the official score weighs its parts, on a scale of 0 to 10."""
    motivation, work, care = (float(row[item]) for item in ITEMS)
    return ((motivation + (work + care) / 2) / 2 - 1) * 2.5


def against_peers(
    rows: Iterable[Row],
    score: Callable[[Row], float] = three_items,
    centre: Callable[[Iterable[float]], float] = statistics.fmean,
) -> Gaps:
    """Each trust's score minus the mean (or another centre) of the same kind of trust in the same year."""
    trusts = [row for row in rows if row["org_type"] not in KINDS_LEFT_OUT]
    chosen = [row for row in trusts if None not in (row[column] for column in ("year", *ITEMS))]
    peers = defaultdict(list)
    for row in chosen:
        peers[row["year"], row["org_type"]].append(score(row))
    gaps: Gaps = defaultdict(dict)
    for row in chosen:
        gaps[int(row["year"])][row["ods_code"]] = score(row) - centre(peers[row["year"], row["org_type"]])
    return gaps


def judged(gap: float) -> str:
    """The class of a gap by the bundled yardstick, in words."""
    return str(CRITERION.yardstick.judge(gap).value).replace("_", " ")


def ratings(rows: Iterable[Row]) -> dict[str, int]:
    """The latest well-led rating of each trust, 0 (inadequate) to 3 (outstanding), if its report is of 2016 or later."""
    rated = (row for row in rows if row["cqc_well_led"] in WELL_LED and row["cqc_report_date"] >= RATED_FROM)
    return {row["ods_code"]: WELL_LED.index(row["cqc_well_led"]) for row in rated}


def later_ratings(rows: Sequence[Row], resamples: int) -> None:
    """The survey of 2014 against ratings of 2016 and later; then the same with other choices that could have been made."""
    print("\nSurvey of 2014 against the well-led rating in a report of 2016 or later")
    choices = {
        "mean of the three items, mean of peers": against_peers(rows),
        "mean of the three items, median of peers": against_peers(rows, centre=statistics.median),
        "two parts with equal weights, mean of peers": against_peers(rows, two_parts),
    }
    rated = ratings(rows)
    days = sorted(row["cqc_report_date"] for row in rows if row["year"] == 2014 and row["ods_code"] in rated)
    if days:
        print(f"  reports from {days[0]} to {days[-1]}, half of them by {days[len(days) // 2]}")
    for name, gaps in choices.items():
        pairs = [(gap, rated[code]) for code, gap in gaps[2014].items() if code in rated]
        print(f"  {name}: {measured('rank correlation', spearman, pairs, resamples)}")
        for kind in CLASSES:
            below = [rating < GOOD for gap, rating in pairs if judged(gap) == kind]
            print(f"    below good among {kind}: {share(sum(below), len(below))}")


def every_year(rows: Sequence[Row], gaps: Gaps, resamples: int) -> None:
    """The same ratings against the survey of each year."""
    print("\nThe same ratings against the survey of each year")
    rated = ratings(rows)
    for year, scores in sorted(gaps.items()):
        pairs = [(gap, rated[code]) for code, gap in scores.items() if code in rated]
        answered = [row["respondents"] or 0 for row in rows if row["year"] == year and row["ods_code"] in scores]
        base = f"answered: fewest {min(answered):.0f}, median {statistics.median(answered):.0f}"
        print(f"  {year}: {measured('rank correlation', spearman, pairs, resamples)}; {base}")


def next_class(gaps: Gaps, resamples: int) -> None:
    """How often the class of a trust is the same a year later."""
    print("\nThe class of one year against the class of the next")
    every: Counter[tuple[str, str]] = Counter()
    for year, scores in sorted(gaps.items()):
        following = gaps.get(year + 1, {})
        pairs = [(judged(gap), judged(following[code])) for code, gap in scores.items() if code in following]
        if pairs:
            after_not_met = [after for before, after in pairs if before == "not met"]
            left = share(sum(after != "not met" for after in after_not_met), len(after_not_met))
            print(f"  {year}: {measured('kappa', kappa, pairs, resamples)}; of those not met, in another class after: {left}")
            every.update(pairs)
    for before in CLASSES:
        counts = {after: every[before, after] for after in CLASSES}
        left = share(sum(counts.values()) - counts[before], sum(counts.values()))
        print(f"    all years, from {before}: {in_words(counts)}; in another class after: {left}")


def direction(gaps: Gaps, resamples: int) -> None:
    """A change over two years against the change in the year that follows."""
    print("\nA change over two years against the change in the next year")
    for year, first in sorted(gaps.items()):
        third, fourth = gaps.get(year + 2, {}), gaps.get(year + 3, {})
        stayed = [code for code in first if code in third and code in fourth]
        pairs = [(third[code] - first[code], fourth[code] - third[code]) for code in stayed]
        if pairs:
            print(f"  {year} to {year + 2}, then {year + 3}: {measured('correlation', pearson, pairs, resamples)}")


def exemplars(gaps: Gaps) -> None:
    """Where the four trusts of the report stood when it was written."""
    print("\nThe four trusts of the report, place among all")
    for year in (2012, 2013, 2014):
        scores = {code: round(gap, 6) for code, gap in gaps[year].items()}
        places = (
            f"{name} {1 + sum(score > scores[code] for score in scores.values()) if code in scores else 'not there'}"
            for code, name in EXEMPLARS.items()
        )
        print(f"  {year}, of {len(scores)}: {', '.join(places)}")


def newest(rows: Sequence[Row], resamples: int) -> None:
    """The survey of 2025 against the oversight segment of 2025/26, and against other scores of the same survey."""
    print("\nSurvey of 2025, engagement of all staff")
    rows = [row for row in rows if None not in (row[column] for column in SCORES)]
    peers = defaultdict(list)
    for row in rows:
        peers[row["trust_type"]].append(row["theme_engagement_2025"])
    values = [row["theme_engagement_2025"] for row in rows]
    against = [row["theme_engagement_2025"] - statistics.fmean(peers[row["trust_type"]]) for row in rows]

    def other(column: str) -> list[float]:
        return [row[column] for row in rows]

    for name, function, first, column in (
        ("score, oversight segment (1 is best): rank correlation", spearman, values, "OF5000_adjusted_segment"),
        ("score minus mean of the kind, oversight segment: rank correlation", spearman, against, "OF5000_adjusted_segment"),
        ("score, raising concerns: correlation", pearson, values, "PP3_2_2025"),
        ("score, morale: correlation", pearson, values, "theme_morale_2025"),
    ):
        print(f"  {measured(name, function, list(zip(first, other(column), strict=True)), resamples)}")
    print(f"  classes if enough people answered: {in_words(Counter(map(judged, against)))}")


def measured(name: str, statistic: Callable[[Any], float], pairs: Sequence[tuple[Any, Any]], resamples: int) -> str:
    """A statistic with its 95 % interval and n, in words."""
    try:
        value = statistic(pairs)
        low, high = interval(statistic, pairs, resamples)
    except statistics.StatisticsError:
        return f"{name} cannot be computed (n {len(pairs)})"
    return f"{name} {value:.2f} ({low:.2f} to {high:.2f}), n {len(pairs)}"


def share(count: int, total: int) -> str:
    """A share with its 95 % interval, in words."""
    if not total:
        return "0 of 0"
    low, high = wilson(count, total)
    return f"{count} of {total}, {100 * count / total:.0f} % ({100 * low:.0f} to {100 * high:.0f})"


def in_words(counts: Mapping[str, int]) -> str:
    """How many are in each class, in words."""
    return ", ".join(f"{counts[name]} {name}" for name in CLASSES)


if __name__ == "__main__":
    main()
