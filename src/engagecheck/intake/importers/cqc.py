"""Care Quality Commission, "Latest ratings" (ods, xlsx or csv). Only ratings of whole organisations are read."""

from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names
from engagecheck.intake.tables.values import ColumnRefused, date_in, pass_over, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import OtherKind, Record, SourceFile

SHEET = "Providers"
DOMAINS = {"overall": "overall", "well led": "well_led"}
OTHER_DOMAINS = {"safe", "effective", "caring", "responsive"}
RATINGS = {
    "outstanding": "outstanding", "good": "good", "requires improvement": "requires_improvement", "inadequate": "inadequate",
}  # fmt: skip
UNRATED = {
    "", "no published rating", "not rated", "inspected but not rated", "insufficient evidence to rate",
    "do not include in report",
}  # fmt: skip
COLUMNS = (
    "Provider ID", "Service / Population Group", ("Domain", "Key Question", "Domain (formerly Key Question)"), "Latest Rating",
    "Publication Date",
)  # fmt: skip
EXAMPLE = (
    "Provider ID,Provider Name,Service / Population Group,Domain,Latest Rating,Publication Date,Report Type\n"
    "R0X,Vale NHS Trust,Overall,Overall,Requires improvement,12/06/2025,Provider\n"
    "R0X,Vale NHS Trust,Overall,Well-led,Requires improvement,12/06/2025,Provider\n"
)
Rating = tuple[str, str, str]


@importer(
    "cqc",
    about="Overall and well-led ratings of whole organisations, with their dates: the CQC's Latest ratings, ods, xlsx or csv.",
    title="Latest ratings",
    publisher="Care Quality Commission",
    address="https://www.cqc.org.uk/about-us/transparency/using-cqc-data",
    kind="regulator_report",
    example=EXAMPLE,
)
def ratings(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The ratings of each provider. Those of services, population groups and locations are skipped. Raises `InputRefused`."""
    table = file.table(*COLUMNS, optional=("Provider Name", "Report Type"), sheet=SHEET)
    if "locationid" in map(str.casefold, map(names.code_of, table.columns)):
        raise OtherKind([f"{file.name}: these are ratings of locations, not of whole organisations; use the sheet {SHEET}"])
    listed: dict[str, list[Rating]] = {}
    called: dict[str, str] = {}
    in_part: set[str] = set()
    newest = ""
    for record in table:
        if not _is_of_provider(record):
            pass_over(record, "Publication Date")
            continue
        code, rating = names.code_of(record["Provider ID"]), _rating(file, record)
        if not code:
            file.leave_out(record.where, "there is no Provider ID")
        if rating is None or not code:
            in_part.add(code)
            continue
        if rating not in listed.setdefault(code, []):
            listed[code].append(rating)
        called[code] = record.get("Provider Name") or called.get(code, "")
        newest = max(newest, rating[2])
    for code, ratings_of in listed.items():
        entries = [{"domain": domain, "rating": rated, **({"on": on} if on else {})} for domain, rated, on in ratings_of]
        facts: dict[str, Any] = {"regulator": {"ratings": {"entries": entries}}}
        on = max(on for _, _, on in ratings_of)
        organisation = names.organisation(code, called[code], "England") if called[code] else {}
        # A row that could not be read may be another rating of its provider, or without a code of any provider.
        complete = "" if in_part & {code, ""} else newest
        yield Imported(code, facts, on or None, f"sheet {SHEET}, Provider ID {code}", organisation, complete_on=complete)


def _is_of_provider(record: Record) -> bool:
    """Whether a row has an overall or well-led rating of the whole organisation."""
    if words(record["Service / Population Group"]) != "overall" or words(record.get("Report Type")) == "location":
        return False
    return words(record["Domain"]) not in OTHER_DOMAINS and words(record["Latest Rating"]) not in UNRATED


def _rating(file: SourceFile, record: Record) -> Rating | None:
    """The domain, rating and date of a row. A row that cannot be read is counted."""
    domain, rated = words(record["Domain"]), words(record["Latest Rating"])
    if domain not in DOMAINS or rated not in RATINGS:
        file.leave_out(record.where, f"{record['Domain']} {record['Latest Rating']!r} is no rating that is known")
        return None
    return DOMAINS[domain], RATINGS[rated], _published(file, record)


def _published(file: SourceFile, record: Record) -> str:
    """The date of publication, or "" with a remark. A rating counts without its date too."""
    try:
        on = date_in(record, "Publication Date")
    except ColumnRefused:
        raise
    except InputRefused:
        on = ""
    if not on:
        file.leave_out(record.where, f"{record['Publication Date']!r} is no publication date; the rating is taken without one")
    return on
