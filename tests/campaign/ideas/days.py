"""Ideas about days: leap days, ends of months, ages and due dates, and both ends of the calendar."""

import contextlib
import json
import os
import shutil
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from unittest.mock import patch

from common import Fault, save

from .shared import MINI, VALE, YEARS, audited, gap, outcomes, papers, read, result, run, shown, told, vale

SINCE, REVIEW, EFFECTIVE = "/leadership/chief_executive/holders/entries/2/since", "/learning/external_review_on", "/evidence/0/effective"
DAYS = {
    (SINCE, "2026-04-01"): False, (SINCE, "2026-03"): True, (SINCE, "2026-04"): False, (EFFECTIVE, "2026-04-01"): False, (EFFECTIVE, "9999-12-31"): False,
    **{(REVIEW, day): False for day in ("2026-13", "2026-00", "0000-01", "2026-3", "２０２５-03", "2025-03-31T00:00:00Z", "2025-W10")},
}  # fmt: skip
"""Whether a day or month may stand in a profile of 31 March 2026."""
GAPS = [
    ("2025-09-01", "2026-03-31", True), ("2025-09-01", "2026-03-30", False), ("2026-03-31", "2026-03-31", True), ("2026-04-01", "2026-05-31", False), ("2024-10-01", "2026-04-01", True),
    ("2024-10-31", "2026-04-30", True), ("2024-12-31", "2026-06-30", True), ("2024-10-01", "2026-04-02", None), ("2024-10-31", "2026-05-01", None), ("2025-09-01", "2025-08-31", None),
]  # fmt: skip
"""The first and the last day of a gap, and whether it counts on 31 March 2026. None is for one that is refused."""
DUE = {
    "2026-11-30": ("2027-02-28", "28 February 2027"), "2027-11-30": ("2028-02-29", "29 February 2028"),
    "2026-05-14": ("2026-08-14", "14 August 2026"), "2026-12-31": ("2027-03-31", "31 March 2027"),
}  # fmt: skip
"""Days of meetings, each with the day three months later."""


def leap_days() -> Fault:
    """29 February exists in leap years alone, in a profile and in every option that is a day."""
    days = {"2024-02-29": True, "2000-02-29": True, "2026-02-29": False, "2100-02-29": False, "2026-02-30": False}
    said = [day for day, exists in days.items() if (run("validate", save("p.json", MINI | {"as_of": day})).code != 3) is not exists]
    for words in (
        ("audit", VALE, "--as-of", "2027-02-29"), ("audit", VALE, "--meeting", "29 February 2027", "-f", "docx=o.docx"),
        ("sign-off", "p.json", "--approved-by", "Board", "--on", "2027-02-29"), ("roll-forward", VALE, "--to", "2027-02-29", "--output", "n.json"),
    ):  # fmt: skip
        if run(*words).code not in (2, 3):
            said.append(str(words))
    return told(said)


def days_that_cannot_be() -> Fault:
    """Days after that of the profile, and what is no day, are refused. A month that has begun is not."""
    return told([f"{pointer} = {day}" for (pointer, day), is_right in DAYS.items() if (run("audit", save("p.json", vale(pointer, day))).code != 3) is not is_right])


def days_of_gaps() -> Fault:
    """An accepted gap counts on its first and its last day, and not on the day outside. One of over 18 months is refused."""
    said = []
    for first, last, counts in GAPS:
        profile = vale() | {"accepted_gaps": [gap(approved_on=first, expires_on=last)]}
        if run("validate", save("p.json", profile)).code == 3:
            found = None
        else:
            found = next(one["accepted"] for one in audited(profile)["summary"]["flags"] if one["criterion"] == gap()["criterion"])
        if found is not counts:
            said.append(f"{first} to {last}: {found}, not {counts}")
    return told(said)


def ages() -> Fault:
    """Evidence is out of date from the month after its age ends, and not before."""
    said = []
    for day, is_current in {"2024-04-01": True, "2024-03-31": True, "2024-03-30": False, "2024-03": False, "2023-01": False}.items():
        profile = vale()
        next(one for one in profile["evidence"] if one["id"] == "ROREP")["effective"] = day
        found = result(audited(profile), "appraisal-and-revalidation/appraisals-completed")["freshness"]
        if (found in ("current", "ageing")) is not is_current:
            said.append(f"{day}: {found}")
    return told(said)


def due_dates() -> Fault:
    """Actions are due whole months after the meeting, at the latest on the last day of a shorter month."""
    said = []
    for meeting, days in DUE.items():
        for name, raw in papers(("csv", "docx"), "audit", VALE, "--meeting", meeting).items():
            if not any(day in shown(raw) for day in days):
                said.append(f"{name} of {meeting} lacks {days[1]}")
    return told(said)


def both_ends_of_the_calendar() -> Fault:
    """The first and the last days that there are, in a profile and in every option, end in a code and a sentence."""
    for day in ("0001-01-01", "1582-10-10", "1900-01-01", "9999-12-01", "9999-12-31"):
        save("p.json", MINI | {"as_of": day})
        for words in (
            ("audit", "p.json", "-f", "json=r.json"), ("audit", VALE, "--as-of", day), ("audit", VALE, "--meeting", day, "-f", "docx=o.docx", "-f", "xlsx=o.xlsx", "-f", "csv=o.csv", "-f", "html=o.html"),
            ("sign-off", "p.json", "--approved-by", "Board", "--on", day), ("roll-forward", "p.json", "--to", day, "--output", "n.json"), ("roll-forward", "p.json", "--to", "2027-03-31", "--output", "m.json"),
            ("convert", "p.json", "o2.xlsx", "--overwrite"), ("whatif", "p.json"),
        ):  # fmt: skip
            run(*words)
            for name in ("n.json", "m.json"):
                Path(name).unlink(missing_ok=True)
    return None


def approvals_of_another_day() -> Fault:
    """An approval is of the day of its profile: no paper of another day says that it was approved."""
    shutil.copy(VALE, "p.json")
    run("sign-off", "p.json", "--approved-by", "Board", "--on", "2026-05-01")
    forms, said = ("text", "markdown", "html", "docx", "xlsx", "oscal"), []
    if "Approved by Board" not in shown(papers(("text",), "audit", "p.json")["text"]):
        said.append("it is not approved on its own day")
    for day in ("2026-04-30", "2028-03-31"):
        made = papers(forms, "audit", "p.json", "--as-of", day)
        said += [f"{form} of {day} says who approved it" for form, raw in made.items() if "Approved by Board" in shown(raw).replace("\n", " ")]
        said += [f"{form} of {day} is no draft" for form in ("text", "html", "docx") if "raft" not in shown(made[form])]
    return told(said)


def another_day() -> Fault:
    """A later day as an option gives what the profile of that day gives, and an earlier one is refused."""
    other = vale("/as_of", "2027-03-31")
    one = audited(VALE, "--as-of", "2027-03-31")
    save("r.json", one)
    codes = [run("audit", VALE, "--as-of", "2025-03-31").code, *(run("verify", "r.json", VALE, "--as-of", day).code for day in ("2027-03-31", "2027-04-01"))]
    return None if outcomes(one) == outcomes(audited(other)) and codes[0] in (2, 3) and codes[1:] == [0, 6] else f"codes {codes}"


def comparisons_of_another_day() -> Fault:
    """A comparison and a trend as of a later day have the results of audits of that day, and say that day alone."""
    day = ("--as-of", "2026-01-31")
    both, said = [audited(path, *day)["summary"]["score"] for path in YEARS[:2]], []
    done = run("compare", *YEARS[:2], *day, "-f", "json")
    if not done.code:
        sides = [json.loads(done.out)[side] for side in ("old", "new")]
        if [one["score"] for one in sides] != both or {one["as_of"] for one in sides} != {day[1]}:
            said.append(f"{sides}, not {both}")
    trend = run("trend", *YEARS[:2], *day)
    return told(said + (["the trend has another day"] if not trend.code and "31 March" in trend.out else []))


def an_earlier_report_that_is_not() -> Fault:
    """A later report, and that of another organisation, is refused as the earlier one."""
    run("audit", YEARS[-1], "-f", "json=r.json")
    other = vale() | {"organisation": {**read(YEARS[-1])["organisation"], "name": "Another", "ods_code": "RZZ"}, "as_of": "2027-03-31"}
    return told([str(path) for path in (YEARS[0], save("o.json", other)) if run("audit", path, "--since", "r.json").code in (0, 1)])


def signed_far_away() -> Fault:
    """A profile that was signed today where the day begins first is accepted where yesterday has not ended."""
    said, first = [], datetime.now(timezone(timedelta(hours=14))).date().isoformat()
    shutil.copy(VALE, "p.json")
    with _zone("Etc/GMT-14"):
        code = run("sign-off", "p.json", "--approved-by", "Board", "--on", first).code
    for zone in ("Etc/GMT+12", "UTC"):
        with _zone(zone):
            codes = run("validate", "p.json").code, run("audit", "p.json", "--fail-on", "never").code
        if code or codes != (0, 0):
            said.append(f"signed with code {code}, and then {zone}: {codes}")
    return told(said)


def signed_on_a_leap_day() -> Fault:
    """A signature of 29 February is of that day in every paper, wherever it is read."""
    said, forms = [], ("text", "markdown", "html", "docx")
    if code := run("sign-off", save("p.json", MINI | {"as_of": "2024-02-28"}), "--approved-by", "Board", "--on", "29 February 2024").code:
        return f"code {code}"
    for zone in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        with _zone(zone):
            made = papers(forms, "audit", "p.json")
        said += [f"{form} in {zone}" for form, raw in made.items() if "29 February 2024" not in " ".join(shown(raw).split())]
    return told(said)


@contextlib.contextmanager
def _zone(name: str) -> Iterator[None]:
    """The clock of another part of the world."""
    with patch.dict(os.environ, {"TZ": name}):
        time.tzset()
        yield
    time.tzset()


def ninety_days() -> Fault:
    """A gap and a statement that end within 90 days are listed with their day and the right number of days, and on the day after that not."""
    said, today = [], datetime(2026, 3, 31)
    statement = {"criterion": "journey/action-plan-known", "statement": "S", "role": "Chair", "method": "observed", "on": "2026-03-18"}
    for days in (0, 1, 89, 90, 91):
        end = (today + timedelta(days)).date().isoformat()
        report = audited(vale() | {"attestations": [statement | {"valid_until": end}], "accepted_gaps": [gap(expires_on=end)]})
        found = [one for one in report["expiring"] if not one["what"].startswith("evidence")]
        if len(found) != (2 if days <= 90 else 0) or any((one["on"], one["days"]) != (end, days) for one in found):
            said.append(f"{days} days: {found}")
        said += [f"{one}" for one in report["expiring"] if (datetime.fromisoformat(one["on"]) - today).days != one["days"]]
    return told(said)
