"""Facts that cannot be true, such as more meetings attended than held, or a date that no calendar has. No schema can say this.

The checks tolerate whatever the schema refuses: a value of another type is passed over.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec import Struct

from engagecheck.model.dates import PartialDate, day, months_after, partial_date
from engagecheck.model.schema import answer_in_words, part_of_profile, pointer_step, quoted
from engagecheck.model.sections.journey import edition_year, result_year

Json = Any


class Complaint(Struct, frozen=True):
    """One thing that is wrong, with its JSON Pointer and a sentence about it.

    `of_name` says whether the complaint is about the name of the fact rather than its value. `wanted` is the pointer of
    the missing fact, if one is missing.
    """

    pointer: str
    message: str
    of_name: bool = False
    wanted: str = ""


AMONG_DOCTORS = ("consultants", "sas_doctors", "resident_doctors")
GROUPS = ("medical_leaders", "doctors", *AMONG_DOCTORS, "managers", "executives")
"""The groups that answer the questionnaire. Three of them are counted among the doctors too."""
AT_MOST = (
    ("/involvement/tiers/board", "attended", "meetings", "meetings"),
    ("/involvement/tiers/quality_committee", "attended", "meetings", "meetings"),
    ("/involvement/tiers/divisional_board", "attended", "meetings", "meetings"),
    ("/appraisal", "recommendations_late", "recommendations_due", "recommendations due"),
    ("/appraisal", "recommendations_not_made", "recommendations_due", "recommendations due"),
    *((f"/perceptions/{group}", "responded", "invited", "people asked") for group in GROUPS),
)
"""A count, the count that it is part of, and what that counts."""
NOT_THERE = (
    (
        "employs_sas_doctors", "SAS or locally employed doctors work here",
        ("/commitment/sas_advocate", "/talent/curriculum/sas_doctors", "/perceptions/sas_doctors"),
    ),
    (
        "hosts_resident_doctors", "resident doctors work here",
        (
            "/commitment/resident_lead", "/commitment/resident_peer_lead", "/talent/resident_leadership",
            "/talent/chief_registrar_time", "/talent/curriculum/resident_doctors", "/perceptions/resident_doctors",
        ),
    ),
    (
        "designated_body", "the organisation is a designated body",
        tuple(f"/appraisal/{name}" for name in (
            "connected", "completed", "appraised_leavers", "approved_missed", "unapproved_missed", "appraisers",
            "quality_audit/audited", "quality_audit/feedback", "recommendations_due",
            "recommendations_made", "recommendations_late", "recommendations_not_made", "positive",
            "deferrals", "non_engagement", "did_not_revalidate", "board_report_on", "compliance_signed_on",
        )),
    ),
)  # fmt: skip
"""A fact of the organisation, its words, and the facts that can only be stated where it is yes."""
GREAT_BRITAIN = "the Medical Profession (Responsible Officers) Regulations 2010, part 1 of the schedule"
NORTHERN_IRELAND = "the Medical Profession (Responsible Officers) Regulations (Northern Ireland) 2010"
DESIGNATED_BY_LAW = {
    ("nhs_trust", "England"): GREAT_BRITAIN,
    ("nhs_trust", "Wales"): GREAT_BRITAIN,
    ("nhs_ambulance_trust", "England"): GREAT_BRITAIN,
    ("nhs_ambulance_trust", "Wales"): GREAT_BRITAIN,
    ("nhs_foundation_trust", "England"): GREAT_BRITAIN,
    ("health_board", "Scotland"): GREAT_BRITAIN,
    ("health_board", "Wales"): GREAT_BRITAIN,
    ("health_and_social_care_trust", "Northern Ireland"): NORTHERN_IRELAND,
}
"""The types and countries of organisations that are designated bodies by law, each with that law."""
_LAST_YEAR = 2200
DESIGNATED_SINCE = "2011-01-01"
ONLY_IN = {
    "nhs_trust": ("England", "Wales"),
    "nhs_foundation_trust": ("England",),
    "nhs_ambulance_trust": ("England", "Wales"),
    "integrated_care_board": ("England",),
    "health_and_social_care_trust": ("Northern Ireland",),
}
"""The types of organisations that the law has only in some countries."""


def complaints(document: Json) -> Iterator[Complaint]:
    """The complaints about a profile's facts that cannot be true together."""
    yield from _fixed_by_law(document)
    yield from _counts(document)
    yield from _views(_group(document, "/perceptions"))
    yield from _recommendations(document)
    yield from _tiers(document)
    yield from _not_there(document)
    yield from _projects(document)
    measurements = list(_entries(document, "/journey/measurements"))
    for entry, where in measurements:
        yield from _measurement(entry, where)
    yield from _once_a_year(measurements)
    founded, as_of = _date(at(document, "/organisation/founded")), _date(at(document, "/as_of"))
    for pointer in ("/leadership/chief_executive", "/leadership/medical_director"):
        yield from _post(_group(document, pointer), pointer, founded, as_of)
    for post, where in _entries(document, "/leadership/other_executives"):
        yield from _post(post, where, founded, as_of)


def at(document: Json, pointer: str) -> Json:
    """The value at a plain JSON Pointer; `None` if there is none."""
    for step in pointer.split("/")[1:]:
        if not isinstance(document, dict):
            return None
        document = document.get(step)
    return document


def _group(document: Json, pointer: str) -> Json:
    """The group of facts at a plain JSON Pointer; an empty one if there is none."""
    group = at(document, pointer)
    return group if isinstance(group, dict) else {}


def _entries(document: Json, pointer: str) -> Iterator[tuple[Json, str]]:
    """The entries of the list at a plain JSON Pointer, each with its own pointer. What is no group of facts is passed over."""
    entries = at(document, f"{pointer}/entries")
    for index, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, dict):
            yield entry, f"{pointer}/entries/{index}"


def _is_number(*values: Json) -> bool:
    return {int, float}.issuperset(map(type, values))  # in JSON, yes and no are of a type of their own


def _fixed_by_law(document: Json) -> Iterator[Complaint]:
    kind, country = (at(document, f"/organisation/{name}") for name in ("type", "country"))
    as_of = at(document, "/as_of")
    if not all(isinstance(text, str) for text in (kind, country, as_of)):
        return
    allowed, law = ONLY_IN.get(kind), DESIGNATED_BY_LAW.get((kind, country))
    words = f'the type "{answer_in_words(kind)}"'
    if allowed and country not in allowed and country in part_of_profile("organisation.country")["enum"]:
        yield Complaint(
            "/organisation/country", f"{words} exists only in {' and '.join(allowed)}; correct the type or the country"
        )
    if law and as_of >= DESIGNATED_SINCE and at(document, "/organisation/designated_body") is False:
        message = f'{words} in {country} is always a designated body ({law}); answer "Yes", or correct the type'
        yield Complaint("/organisation/designated_body", message)


def _counts(document: Json) -> Iterator[Complaint]:
    for pointer, part, whole, words in AT_MOST:
        group = _group(document, pointer)
        count, total = group.get(part), group.get(whole)
        if _is_number(count, total) and count > total:
            yield Complaint(f"{pointer}/{part}", f"you entered {count:g} but said there are {total:g} {words} in total")


def _views(perceptions: Json) -> Iterator[Complaint]:
    for name in GROUPS:
        group = _group(perceptions, f"/{name}")
        people = group.get("responded", group.get("invited"))
        items = {f"items/{pointer_step(item)}": answer for item, answer in _group(group, "/items").items()}
        for place, answer in {"overall": group.get("overall"), **items}.items():
            answers = at(answer, "/n")
            if _is_number(answers, people) and answers > people:
                message = f"you entered {answers:g} answers but {people:g} people; correct one of the two"
                yield Complaint(f"/perceptions/{name}/{place}/n", message)
    for count in ("invited", "responded"):
        doctors = at(perceptions, f"/doctors/{count}")
        among = sum(number for name in AMONG_DOCTORS if _is_number(number := at(perceptions, f"/{name}/{count}")))
        if _is_number(doctors) and among > doctors:
            message = f"you entered {doctors:g} doctors, but {among:g} in the groups that are counted among them"
            yield Complaint(f"/perceptions/doctors/{count}", f"{message}; correct one of the figures")


def _recommendations(document: Json) -> Iterator[Complaint]:
    appraisal = _group(document, "/appraisal")
    due, made, not_made = (appraisal.get(f"recommendations_{name}") for name in ("due", "made", "not_made"))
    if _is_number(due, made, not_made) and not_made > max(0, due - made):
        message = f"you entered {not_made:g} not made, but {made:g} of the {due:g} that were due were made"
        yield Complaint("/appraisal/recommendations_not_made", message)


def _tiers(document: Json) -> Iterator[Complaint]:
    for name in ("board", "quality_committee", "divisional_board"):
        tier = _group(document, f"/involvement/tiers/{name}")
        if tier.get("exists") is False and tier.get("meetings") not in (None, 0):
            message = "you said that there are no such meetings, but entered how many; correct one of the two"
            yield Complaint(f"/involvement/tiers/{name}/meetings", message)


def _not_there(document: Json) -> Iterator[Complaint]:
    for name, words, pointers in NOT_THERE:
        if at(document, f"/organisation/{name}") is False:
            for pointer in pointers:
                stated = at(document, pointer)
                if stated is not None and (stated is False or stated != 0):
                    yield Complaint(pointer, f'you answered "No" to whether {words}; remove this fact, or change that answer')


def _projects(document: Json) -> Iterator[Complaint]:
    if any(at(document, f"/organisation/{fact}") is not False for fact in ("hosts_resident_doctors", "employs_sas_doctors")):
        return
    for project, where in _entries(document, "/involvement/change_projects"):
        if project.get("resident_or_sas") is True:
            message = (
                'you answered "No" to whether resident, SAS or locally employed doctors work here; correct one of the answers'
            )
            yield Complaint(f"{where}/resident_or_sas", message)


def _measurement(entry: Json, pointer: str) -> Iterator[Complaint]:
    low, high = entry.get("scale_low"), entry.get("scale_high")
    if _is_number(low, high) and low >= high:
        yield Complaint(f"{pointer}/scale_low", f"the scale goes from {low:g} to {high:g}; enter the lowest score first")
    elif _is_number(low, high):
        for name in ("/score", "/comparator/score"):
            score = at(entry, name)
            if _is_number(score) and not low <= score <= high:
                yield Complaint(pointer + name, f"the score {score:g} is outside its scale of {low:g} to {high:g}")
    answered, asked = entry.get("respondents"), entry.get("invited")
    if _is_number(answered, asked) and answered > asked:
        yield Complaint(f"{pointer}/respondents", f"you entered {answered:g} who answered but only {asked:g} who were asked")


def _once_a_year(measurements: list[tuple[Json, str]]) -> Iterator[Complaint]:
    """Complain about results of all staff in the survey that is taken once a year.

    A result has a date of the year of its edition, and there is one for each topic and year.
    """
    seen: set[tuple[str, int]] = set()
    for entry, where in measurements:
        year = yearly_result(entry)
        if year is None:
            continue
        topic, on = str(entry.get("topic")), _date(entry.get("on"))
        if (stated := edition_year(str(entry.get("edition")))) not in (None, year):
            message = f"the NHS Staff Survey {stated} was answered in autumn {stated}, and the date is {on}"
            yield Complaint(f"{where}/edition", f"{message}; correct one of the two")
        if (topic, year) in seen:
            message = f"the NHS Staff Survey of autumn {year} has one result of all staff for this topic, and you entered two"
            correct = f"remove one of them, or correct its {'date' if on else 'edition'}"
            yield Complaint(f"{where}/{'on' if on else 'edition'}", f"{message}; {correct}")
        seen.add((topic, year))


def yearly_result(entry: Json) -> int | None:
    """The year of the survey that a measurement is of, if it is of all staff in the survey that is taken once a year."""
    instrument, population, edition = str(entry.get("instrument")), str(entry.get("population")), str(entry.get("edition"))
    return result_year(instrument, population, _date(entry.get("on")), edition)


def _post(post: Json, pointer: str, founded: PartialDate | None, as_of: PartialDate | None) -> Iterator[Complaint]:
    for spell, place in _entries(post, "/holders"):
        where = pointer + place
        for name in ("since", "until", "starts"):
            on = _date(spell.get(name))
            if on and founded and on.last < founded.first:
                yield Complaint(f"{where}/{name}", f"this date, {on}, is before the organisation was founded ({founded})")
        since = _date(spell.get("since"))
        if since and as_of and since.first > as_of.last and spell.get("kind") != "designate":
            message = f"this date, {since}, is after the profile date, {as_of}"
            message += "; only a designate may come later"
            yield Complaint(f"{where}/since", message)
    created = _date(post.get("created"))
    if created and founded and created.last < founded.first:
        yield Complaint(f"{pointer}/created", f"this date, {created}, is before the organisation was founded ({founded})")


def _date(text: Json) -> PartialDate | None:
    try:
        return partial_date(text) if isinstance(text, str) else None
    except ValueError:
        return None


def parsed_day(text: Json) -> date | None:
    """The day, or `None` for anything that is not a day."""
    try:
        return date.fromisoformat(text)
    except (TypeError, ValueError):
        return None


def against_calendar(text: Json, kind: str, as_of: date | None) -> str:
    """Why a date is wrong, in a sentence, or "" if it is right. The schema complains about values that are not text."""
    if not isinstance(text, str):
        return ""
    if kind == "day":
        return "" if len(text) == 10 and parsed_day(text) else f"{quoted(text)} is not a day; enter a day like 2025-03-31"
    if len(text) == 4 and kind != "past-year":
        return f"{quoted(text)} is a year; enter a month or a day, like 2023-02 or 2023-02-14"
    try:
        earliest = partial_date(text).first
    except ValueError:
        return f"{quoted(text)} is not a date; enter a date like 2023-02 or 2023-02-14"
    if as_of is not None and earliest > as_of and kind != "any-date":
        return f"this date, {day(text)}, is after the profile date, {day(as_of.isoformat())}"
    return ""


def against_period(first: Json, last: Json, months: int) -> str:
    """Why a period is wrong, in a sentence, or "" if it is right. Dates that are no days have their own complaint."""
    start, end = parsed_day(first), parsed_day(last)
    if start is None or end is None:
        return ""
    if end < start:
        return f"this date, {end}, is before the first day, {start}"
    if start.year >= _LAST_YEAR:
        return f"this period begins in {start.year}; correct the first day"
    latest = months_after(start, months)
    return f"at most {months} months after {start} are allowed; enter {latest} or earlier" if end > latest else ""
