"""The figures on validity: known on a tiny file, and those of the page on published data."""

import importlib.util
import re
import subprocess
import sys

import pytest

import machine
from conftest import ROOT

PANEL = (
    "ods_code,year,org_type,respondents,motivation_mean_1_5,recommend_work_mean_1_5,recommend_care_mean_1_5,"
    "cqc_report_date,cqc_well_led"
)
FOUR = [
    "RA1,2014,Acute,400,3.0,3.0,3.0,2017-01-01,Inadequate",
    "RA2,2014,Acute,400,3.5,3.5,3.5,2017-01-01,Good",
    "RA3,2014,Acute,400,4.0,4.0,4.0,2017-01-01,Requires improvement",
    "RA4,2014,Acute,400,4.5,4.5,4.5,2017-01-01,Outstanding",
]
LEFT_OUT = [
    "RA5,2014,Ambulance,400,1.0,1.0,1.0,2015-12-31,Outstanding",  # rated before 2016
    "RA6,2014,Ambulance,400,1.0,1.0,1.0,2017-01-01,",  # not rated
    "RA7,2014,Acute,,,3.0,3.0,2017-01-01,Inadequate",  # an item is missing
    "00D,2014,Clinical Commissioning Group,40,5.0,5.0,5.0,2017-01-01,Inadequate",
]  # fmt: skip
LATEST = "trust_type,theme_engagement_2025,PP3_2_2025,theme_morale_2025,OF5000_adjusted_segment"


def run(folder, *arguments):
    command = [sys.executable, str(ROOT / "benchmarks" / "validity.py"), "--data", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def write(folder, name, *lines):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", "utf-8")


def write_panel(folder, *lines):
    write(folder, "derived/trust_panel_2012_2019.csv", *lines)


def test_a_known_rank_correlation_and_the_classes_come_out(tmp_path):
    write_panel(tmp_path, PANEL, *FOUR, *LEFT_OUT)
    done = run(tmp_path, "--resamples", "20")
    assert (done.returncode, done.stderr) == (0, "")
    # Places 1 2 3 4 against 1 3 2 4: 1 - 6 × 2 ÷ (4 × 15).
    assert re.search(r"mean of the three items, mean of peers: rank correlation 0\.80 \(.*\), n 4\n", done.stdout)
    assert "below good among met: 1 of 2, 50 %" in done.stdout
    assert "below good among partly met: 0 of 0\n" in done.stdout
    assert "below good among not met: 1 of 2, 50 %" in done.stdout


def test_the_class_and_the_change_of_the_next_year_come_out(tmp_path):
    # The scores turn round each year: who was above is below. The mean stays, and so does the kind.
    years = [
        f"RA{number},{year},Acute,400,{score},{score},{score},,"
        for year in (2012, 2013, 2014, 2015)
        for number, score in enumerate((3, 3.2, 3.8, 4) if year % 2 else (4, 3.8, 3.2, 3), 1)
    ]
    write_panel(tmp_path, PANEL, *years)
    done = run(tmp_path, "--resamples", "20")
    assert "2012: kappa -1.00" in done.stdout
    assert "in another class after: 2 of 2, 100 %" in done.stdout
    assert "all years, from not met: 6 met, 0 partly met, 0 not met; in another class after: 6 of 6" in done.stdout
    # Over two years nothing changes, and a list that is all alike has no correlation.
    assert "2012 to 2014, then 2015: correlation cannot be computed (n 4)" in done.stdout


def test_segments_and_near_duplicates_come_out(tmp_path):
    lines = ["Acute,6.0,5.0,6.0,4", "Acute,6.5,5.5,6.1,2", "Acute,7.0,6.0,6.4,3", "Acute,7.5,6.5,6.5,1", "Acute,,,,2"]
    write(tmp_path, "staff_survey/trustpulse_nss2025_nof_q3_2025_26_subset.csv", LATEST, *lines)
    out = run(tmp_path, "--resamples", "20").stdout
    assert re.search(r"score, oversight segment \(1 is best\): rank correlation -0\.80 .*, n 4\n", out)
    assert "score, raising concerns: correlation 1.00 (1.00 to 1.00), n 4" in out
    assert "classes if enough people answered: 2 met, 1 partly met, 1 not met" in out


def test_without_the_data_it_says_so_and_measures_nothing(tmp_path):
    done = run(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("There is no derived/trust_panel_2012_2019.csv: nothing was measured with it.")
    assert second.startswith("There is no staff_survey/")


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ((PANEL, FOUR[0], FOUR[1].replace("3.5", "n/a", 1)), "trust_panel_2012_2019.csv, line 3: could not convert string to float: 'n/a'"),
        (("ods_code,year", "RA1,2014"), "trust_panel_2012_2019.csv has no column org_type, cqc_report_date"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named_in_one_sentence(tmp_path, lines, sentence):
    write_panel(tmp_path, *lines)
    done = run(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith(sentence)
    assert len(done.stderr.splitlines()) == 1


def test_correlations_kappa_and_intervals_are_those_of_textbooks():
    spec = importlib.util.spec_from_file_location("agreement", ROOT / "benchmarks" / "agreement.py")
    agreement = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(agreement)
    table = [("yes", "yes")] * 20 + [("yes", "no")] * 5 + [("no", "yes")] * 10 + [("no", "no")] * 15
    assert agreement.kappa(table) == pytest.approx(0.4)
    assert agreement.spearman([(1, 1), (2, 1), (3, 2)]) == pytest.approx(3**0.5 / 2)  # ranks 1 2 3 against 1.5 1.5 3
    assert agreement.pearson([(1, 2), (2, 4), (3, 6)]) == pytest.approx(1)
    assert agreement.wilson(0, 10) == pytest.approx((0, 0.2775), abs=1e-4)
    pairs = [(number, number % 7) for number in range(50)]
    low, high = agreement.interval(agreement.pearson, pairs, 200)
    assert low < agreement.pearson(pairs) < high
    assert (low, high) == agreement.interval(agreement.pearson, pairs, 200)


@pytest.mark.exhaustive
def test_the_page_gives_the_figures_that_published_data_give():
    data = machine.published("derived", "trust_panel_2012_2019.csv").parents[1]
    machine.published("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv")
    out = run(data).stdout
    assert "mean of the three items, mean of peers: rank correlation 0.40 (0.24 to 0.54), n 125" in out
    page = (ROOT / "docs/validity.md").read_text("utf-8").replace("−", "-")
    page = re.sub(r"## A simulated population.*?(?=\n## )", "", page, flags=re.DOTALL)
    figures = re.findall(r"-?\d\.\d\d|\d+(?= trusts)|(?<=\| )\d+(?= \()", page)
    assert len(figures) > 40
    assert [figure for figure in figures if not re.search(rf"(?<![\d.-]){re.escape(figure)}(?![\d.])", out)] == []
