"""The importers on the real files, where they are: a valid profile for every trust, and five compared with the files."""

import csv
import json
from functools import cache

import openpyxl
import pytest

from conftest import run_here
from engagecheck import load_profile, run_audit
from engagecheck.intake.importers.staff_survey import TOPICS
from machine import published

FIVE = ["RR8", "RJ1", "RXP", "RTK", "RGD"]
"""Four acute trusts of which every table has something, and a mental health trust that the Staff Survey's table leaves out."""


TABLES = [
    # file, source, settings, organisations in it, profiles made of it alone with the list of trusts as --names, and why not
    (("ods", "etr.csv"), "ods", [], 218, 212, ["6: closed by"]),
    (("trusts", "davewest84_trusts_cc0_subset.csv"), "trusts", [], 207, 201, ["1: the file does not say the country"]),
    (("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv"), "staff-survey", [], 149, 149, []),
    (("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv"), "oversight", ["-o", "quarter=Q3 2025/26"], 150, 150, []),
    (("cqc", "CQC_latest_ratings_providers_2018-09-03.xlsx"), "cqc", [], 243, 206, ["31: the file does not say the name, type, country", "6: closed by"]),
    (("derived", "trust_panel_2012_2019.csv"), "panel", [], 251, 229, ["16: the file does not say the name", "6: closed by"]),
    (("derived", "asaria_acute_trusts_2017_18.csv"), "acute-trusts", [], 143, 127, ["11: the file does not say the type", "5: closed by"]),
]
"""Every table that was published, the source that reads it, and what becomes of its organisations."""


@pytest.mark.exhaustive
@pytest.mark.parametrize(("place", "source", "settings", "organisations", "made", "reasons"), TABLES, ids=[f"{place[-1][:12]} {source}" for place, source, *_ in TABLES])
def test_every_published_table_is_imported_or_says_what_it_lacks(run, tmp_path, place, source, settings, organisations, made, reasons):
    path = published(*place)
    listed = " ".join(run("import", "--list", path).stdout.decode().split())
    assert f"{source} " in listed
    assert settings or f"Here: {organisations} organisations" in listed
    done = run("import", source, path, *settings, "--all", "--output", "all.jsonl", "--names", published("ods", "etr.csv"), "--as-of", "2026-09-30")
    told = done.stderr.decode()
    counts = [int(line.split(":")[1]) for line in told.splitlines() if line.startswith("Left out")]
    lines = (tmp_path / "all.jsonl").read_text("utf-8").splitlines() if done.returncode == 0 else []
    assert (len(lines), sum(counts)) == (made, organisations - made), told
    for reason in reasons:
        assert reason in told


@pytest.fixture(scope="module")
def country(tmp_path_factory):
    """All sources, one after the other, for every trust in them."""
    etr, cqc = published("ods", "etr.csv"), published("cqc", "CQC_latest_ratings_providers_2018-09-03.xlsx")
    survey, panel = published("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv"), published("derived", "trust_panel_2012_2019.csv")
    folder = tmp_path_factory.mktemp("country")
    for words in (["ods", etr], ["cqc", cqc], ["staff-survey", survey], ["oversight", survey, "-o", "quarter=Q3 2025/26"], ["panel", panel]):
        done = run_here(folder, "import", *words, "--all", "--output", "p", "--as-of", "2026-09-30")
        assert done.returncode == 0, done.stderr
    return {path.stem: json.loads(path.read_text("utf-8")) for path in (folder / "p").glob("*.json")}


@pytest.mark.exhaustive
def test_every_trust_has_a_valid_profile(country, bundled):
    open_trusts = [row[0] for row in csv.reader(published("ods", "etr.csv").read_text("utf-8").splitlines()) if not row[11]]
    assert set(open_trusts) <= set(country)
    assert len(country) >= 230
    for document in country.values():
        load_profile(document)
    for code in ("RR8", "RGD"):
        report = run_audit(country[code], bundled)
        assert report.problems == ()
        assert report.summary.level == "unproven"  # what is published alone proves nothing of doctors


def rows(*parts):
    with published(*parts).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def measurements(document):
    return document.get("journey", {}).get("measurements", {}).get("entries", [])


@cache
def providers():
    book = openpyxl.load_workbook(published("cqc", "CQC_latest_ratings_providers_2018-09-03.xlsx"))
    return list(book["Providers"].iter_rows(values_only=True))


@pytest.mark.exhaustive
@pytest.mark.parametrize("code", [*FIVE, "R0A", "RTF", "RX1"])
def test_five_trusts_agree_with_the_files(country, code):
    document = country[code]
    official = next(row for row in csv.reader(published("ods", "etr.csv").read_text("utf-8").splitlines()) if row[0] == code)
    assert document["organisation"]["name"].upper() == official[1]
    assert document["organisation"]["type"] == ("nhs_foundation_trust" if "FOUNDATION" in official[1] else "nhs_trust")
    rated = {(row[2], row[3], f"{row[4]:%Y-%m-%d}") for row in providers() if row[0] == code and row[1] == "Overall" and row[2] in ("Overall", "Well-led")}
    listed = document.get("regulator", {}).get("ratings", {}).get("entries", [])
    own = [entry for entry in listed if entry["evidence"][0].startswith("cqc-")]
    words = {"overall": "Overall", "well_led": "Well-led"}
    assert {(words[entry["domain"]], entry["rating"].replace("_", " ").capitalize(), entry["on"]) for entry in own} == rated
    survey = {row["org_code"]: row for row in rows("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv")}
    found = {(entry["instrument"], entry["topic"], entry["on"]): entry["score"] for entry in measurements(document)}
    if code in survey and survey[code]["theme_engagement_2025"]:
        columns = {name: TOPICS[name.removesuffix("_2025").lower()] for name in survey[code] if name.removesuffix("_2025").lower() in TOPICS}
        assert len(columns) == 13
        for name, topic in columns.items():
            assert found["nhs_staff_survey", topic, "2025-11"] == float(survey[code][name])
        segment = next(one["value"] for one in document["context"]["others"]["entries"] if "OF5000" in one["fact"])
        assert segment == float(survey[code]["OF5000_adjusted_segment"])
        assert found["other", "engagement", "2025-12"] == float(survey[code]["OF0084_staff_engagement"])
    panel = {row["year"]: row for row in rows("derived", "trust_panel_2012_2019.csv") if row["ods_code"] == code}
    for year, row in panel.items():
        if row["motivation_mean_1_5"]:
            assert found["nhs_staff_survey", "motivation", f"{year}-11"] == float(row["motivation_mean_1_5"])
    assert all(entry["population"] == "all_staff" for entry in measurements(document))


def test_the_figures_of_the_study_have_its_year_and_units(run, tmp_path):
    """They are of 2017/18, so they are no figures of this year. The unit of spend follows from the study's own rate."""
    study = published("derived", "asaria_acute_trusts_2017_18.csv")
    assert run("import", "acute-trusts", study, "--all", "--names", published("ods", "etr.csv"), "--output", "p.jsonl", "--as-of", "2026-03-31").returncode == 0
    made = {one["organisation"]["ods_code"]: one["context"] for one in map(json.loads, (tmp_path / "p.jsonl").read_text("utf-8").splitlines())}
    for row in rows("derived", "asaria_acute_trusts_2017_18.csv"):
        if row["ORG_CODE"] in made and row["MANAGEMENT_SPEND"]:
            assert set(made[row["ORG_CODE"]]) == {"others"}
            facts = {fact["fact"]: fact["value"] for fact in made[row["ORG_CODE"]]["others"]["entries"]}
            assert facts["Doctors, full-time equivalents, 2017/18"] == float(row["DOCTORS"])
            pounds = float(row["MAN_SPEND_PER_1000_FCE"]) * float(row["ADMISSIONS"]) / 1000
            assert abs(facts["Management spend, £ hundred thousand, 2017/18"] * 100_000 - pounds) < 100_000


DECIDED = ("met", "partly_met", "not_met")
STAFF = "board-to-ward/staff-engagement-against-peers"


@pytest.mark.parametrize("code", FIVE)
@pytest.mark.exhaustive
def test_how_many_answered_is_what_the_survey_table_lacks_for_an_answer(country, bundled, code):
    """The table has no numbers of respondents, so nothing is decided. With the number, one question is, without any total."""

    def answers(document):
        return {one.id: one for finding in run_audit(document, bundled).findings for one in finding.criteria}

    document = json.loads(json.dumps(country[code]))
    before = answers(document)
    assert not [one.id for one in before.values() if one.outcome in DECIDED]
    newest = [one for one in measurements(document) if (one["instrument"], one["topic"], one["on"]) == ("nhs_staff_survey", "engagement", "2025-11")]
    assert len(newest) == (code != "RGD")  # the table leaves this trust out
    for entry in newest:
        assert "the number who answered (november 2025) is missing" in before[STAFF].message.lower()
        entry["respondents"] = 900
    after = answers(document)
    assert [one.id for one in after.values() if one.outcome in DECIDED] == [STAFF] * len(newest)
    for entry in newest:
        gap = entry["score"] - entry["comparator"]["score"]
        assert after[STAFF].outcome == ("met" if gap >= -0.1 else "partly_met" if gap >= -0.3 else "not_met")


def test_an_import_names_what_only_the_organisation_knows(run):
    survey, cqc = published("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv"), published("cqc", "CQC_latest_ratings_providers_2018-09-03.xlsx")
    begun = run("import", "ods", published("ods", "etr.csv"), "--organisation", "Leeds Teaching", "--into", "p.json", "--as-of", "2026-03-31")
    assert begun.returncode == 0, begun.stderr
    told = run("import", "staff-survey", survey, "--into", "p.json").stderr.decode()
    assert "Not answered yet: How engaged are all staff, compared with their peers elsewhere? The number who answered (November 2025) is missing." in told
    told = run("import", "cqc", cqc, "--into", "p.json").stderr.decode()
    assert "Not answered yet: Is the organisation free of regulators' warnings and poor ratings? The total of the regulator's ratings is not stated. Not stated: Warnings, undertakings and conditions" in told


@pytest.mark.exhaustive
def test_every_organisation_year_of_the_panel_is_audited_in_one_command(run):
    """A profile for each trust and year, of what was known at its end."""
    panel = published("derived", "trust_panel_2012_2019.csv")
    assert run("import", "panel", panel, "--all", "-o", "each=month", "--output", "p.jsonl").returncode == 2
    assert run("import", "panel", panel, "--all", "-o", "each=year", "--output", "p.jsonl").returncode == 0
    known = {row["ods_code"] for row in rows("derived", "trust_panel_2012_2019.csv") if row["org_name"]}
    wanted = [row for row in rows("derived", "trust_panel_2012_2019.csv") if row["ods_code"] in known and row["org_type"] != "Clinical Commissioning Group"]
    finished = run("audit", "p.jsonl", "-f", "jsonl")
    found = [json.loads(line) for line in finished.stdout.splitlines()]
    assert finished.returncode == 4  # nothing that weighs can be determined of many
    assert sorted((one["subject"]["ods_code"], one["as_of"]) for one in found) == sorted((row["ods_code"], f"{row['year']}-12-31") for row in wanted)
    assert len(found) == 1344
    # The files do not say that no later rating replaces one that they list, so nothing is decided about it.
    assert {one["criteria"]["consistency/no-open-warning"]["outcome"] for one in found} == {"not_evidenced"}
    decided = {name for one in found for name, result in one["criteria"].items() if result["outcome"] in ("met", "partly_met", "not_met")}
    assert decided == set()
