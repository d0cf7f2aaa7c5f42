"""Ideas about published files that are imported: what they say is read, refused or told, and nothing is lost in silence."""

import json
import re
from pathlib import Path
from typing import Any

from common import Fault, save

from .shared import WHO, Ended, read, run, told

TRUST = WHO | {"organisation": WHO["organisation"] | {"ods_code": "R0X", "founded": "2001-04-01"}}
ANNUAL = "Organisation code,Year that ends on,Item,Holder,How held,From,To,Complete since,Number\n"
DOCTORS = "R0X,31/03/2026,Doctors and dentists,,,,,,{}\n"
VOTING = "R0X,31/03/2026,Voting members who are doctors,,,,,,{}\n"
SURVEY = "Organisation code,Indicator,Date,Score,Doctors asked,Doctors who answered,National score\n"
SCORE = "R0X,Workload,{},{},140,{},50.1\n"
CQC = "Provider ID,Provider Name,Service / Population Group,Domain,Latest Rating,Publication Date\n"
PANEL = "ods_code,year,org_name,org_type,motivation_mean_1_5,respondents,cqc_report_date,cqc_overall,cqc_well_led\n"
STAFF = "org_id,org_name,theme_engagement_2024,theme_engagement_2025\n"
NO_NUMBERS = ("-612", "６１２", "612²", "612 (1)", "6 1 2", '"1,234"', "2e6", "about 600", "NaN", "0x264")
NO_DAYS = ("03/31/2026", "29/02/2026", "00/03/2026", "31/03/20266")
MOTIVATION = "R0X,{},A,Acute,{},1500,2019-05-01,Good,Good\n"
NO_PANELS = (MOTIVATION.format(2019, 6.9), MOTIVATION.format(99, 3.9), MOTIVATION.format(2029, 3.9), MOTIVATION.format(2019, 3.9) + MOTIVATION.format(2019, 4.1))
NO_STAFF = ("R0X,A trust,69,7\n", "R0X,A trust,7.0,7.1\nR0X,A trust,7.0,2.1\n")


def _imported(source: str, text: str, *options: str, profile: Any = TRUST) -> tuple[Ended, Any]:
    Path("in.csv").write_text(text, "utf-8")
    done = run("import", source, "in.csv", "--into", save("p.json", profile), *(options or ("--organisation", "R0X")))
    return done, read("p.json")


def _taken(source: str, texts: tuple[str, ...]) -> Fault:
    """The texts that are not refused, or that change the profile."""
    return told([f"{text} is taken" for text in texts if (done := _imported(source, text))[0].code != 3 or done[1] != TRUST])


def two_numbers_of_a_year() -> Fault:
    """Two numbers of one item and year are refused or shown as different."""
    done, profile = _imported("annual-report", ANNUAL + VOTING.format(5) + VOTING.format(0))
    if done.code == 0 and not re.search(r"\b5\b.*\b0\b|differ|twice", done.said.split("Not answered")[0]):
        return f"5 and 0 became {profile['commitment']}"
    return None if done.code or profile["commitment"] else "nothing is imported"


def numbers_beside_posts() -> Fault:
    """A number in the row of an item that has none is read, refused or told."""
    done, _ = _imported("annual-report", ANNUAL + "R0X,31/03/2026,Doctors & dentists,,,,,,612\n")
    return "612 is gone without a word" if done.code == 0 and "612" not in done.said else None


def holders_beside_numbers() -> Fault:
    """A holder and a day in the row of a number are read, refused or told."""
    done, _ = _imported("annual-report", ANNUAL + "R0X,31/03/2026,Doctors and dentists,A,substantive,01/04/2020,,,7\n")
    return "the day is gone without a word" if done.code == 0 and "2020" not in done.said else None


def numbers_that_are_none() -> Fault:
    """Negative, full-width, raised, noted, parted and worded numbers are refused. A plain one is read."""
    done, profile = _imported("annual-report", ANNUAL + DOCTORS.format(612))
    if done.code or "612" not in json.dumps(profile):
        return f"612 is not read: {done.said}"
    return _taken("annual-report", tuple(ANNUAL + DOCTORS.format(one) for one in NO_NUMBERS))


def days_that_are_none() -> Fault:
    """Days with the month first, and days that do not exist, are refused."""
    return _taken("annual-report", tuple(ANNUAL + DOCTORS.format(7).replace("31/03/2026", day) for day in NO_DAYS))


def odd_surveys() -> Fault:
    """More answers than doctors asked, scores over 100 and surveys after the day of the profile are refused."""
    rows = ("May 2025", 48.5, 150), ("May 2025", 4850, 50), ("May 2026", 48.5, 50)
    return _taken("gmc-survey", tuple(SURVEY + SCORE.format(*row) for row in rows))


def two_scores_of_a_month() -> Fault:
    """Two scores of one indicator and month are refused or shown as different, and are not two surveys."""
    done, profile = _imported("gmc-survey", SURVEY + SCORE.format("May 2025", 48.5, 50) + SCORE.format("May 2025", 58.5, 50))
    return f"they became {profile['journey']}" if done.code == 0 and not re.search("differ|twice", done.said) else None


def odd_ratings_and_means() -> Fault:
    """Two ratings of one day decide nothing. Means off their scale, years that cannot be and two results of a year are refused."""
    rating = "R0X,A trust,Overall,Overall,{},01/02/2026\n"
    one, two = (_imported("cqc", CQC + rows)[0].said for rows in (rating.format("Good"), rating.format("Good") + rating.format("Inadequate")))
    said = [] if "dates do not show" in two and "dates do not show" not in one else [f"two ratings of one day decide: {two}"]
    said += [_taken("panel", tuple(PANEL + one for one in NO_PANELS)) or "", _taken("staff-survey", tuple(STAFF + one for one in NO_STAFF)) or ""]
    return told([one for one in said if one])


def views_into_an_empty_section() -> Fault:
    """Views are imported into a section that is there and empty."""
    head = run("views", "--template").out.splitlines()[0]
    done, profile = _imported("views", f"{head}\n" + ("consultants" + ",7" * head.count(",") + "\n") * 12, "-o", "on=2026-03", profile=TRUST | {"perceptions": {}})
    return None if done.code == 0 and profile["perceptions"] else f"code {done.code}: {done.said}"


def imported_again() -> Fault:
    """A file that is imported again changes nothing, a signed profile that takes new facts is a draft, and a corrected number is shown and taken only if it is preferred."""
    head = run("import", "annual-return", "--template").out.splitlines()[0]
    row = {"Organisation code": "R0X", "Year that ends on": "31/03/2026", "Doctors with a prescribed connection": "612", "Appraisals completed": "571"}
    save("p.json", TRUST)
    run("sign-off", "p.json", "--approved-by", "Board", "--on", "2026-05-01")
    said, taken = [], [571, 571, 571, 572]
    for turn, (number, options) in enumerate((("571", ()), ("571", ()), ("572", ()), ("572", ("--prefer", "imported")))):
        Path("in.csv").write_text("\n".join((head, ",".join((row | {"Appraisals completed": number}).get(name, "") for name in head.split(",")), "")))
        before = read("p.json")
        done = run("import", "annual-return", "in.csv", "--into", "p.json", "--organisation", "R0X", *options)
        after = read("p.json")
        if after["appraisal"]["completed"] != taken[turn] or (turn in (1, 2)) is not (before == after) or (turn == 2 and "572" not in done.out + done.said):
            said.append(f"turn {turn}: code {done.code}: {done.out}{done.said}")
        said += [] if "draft" in run("audit", "p.json").out.lower() else [f"turn {turn}: no draft"]
    return told(said)
