"""Care Quality Commission, "Latest ratings" (xlsx or ods), sheet Providers. Only ratings of whole organisations are read."""

from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import CHANGED, SourceFile

SHEET = "Providers"
DOMAINS = {"Overall": "overall", "Well-led": "well_led"}
RATINGS = {
    "Outstanding": "outstanding",
    "Good": "good",
    "Requires improvement": "requires_improvement",
    "Inadequate": "inadequate",
}
COLUMNS = (
    "Provider ID", "Service / Population Group", ("Domain", "Key Question", "Domain (formerly Key Question)"), "Latest Rating",
    "Publication Date",
)  # fmt: skip


@importer(
    "cqc",
    about="Overall and well-led ratings of NHS trusts, with their dates: the CQC's Latest ratings, xlsx or ods.",
    title="Latest ratings",
    publisher="Care Quality Commission",
    kind="regulator_report",
)
def ratings(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The ratings of each trust as a provider. Services, population groups and locations are skipped. Raises `InputRefused`."""
    entries_by_code: dict[str, list[dict[str, Any]]] = {}
    organisations: dict[str, dict[str, str]] = {}
    for row in file.table(*COLUMNS, sheet=SHEET):
        code, domain, rating = row["Provider ID"], DOMAINS.get(row["Domain"]), RATINGS.get(row["Latest Rating"])
        if (
            not names.TRUST.fullmatch(code)
            or row["Service / Population Group"] != "Overall"
            or domain is None
            or rating is None
        ):
            continue
        if row.get("Provider Name"):
            organisations[code] = names.organisation(code, row["Provider Name"])
        entry = {"domain": domain, "rating": rating, "on": _day(row["Publication Date"], file.name)}
        entries_by_code.setdefault(code, []).append(entry)
    for code, entries in entries_by_code.items():
        facts = {"regulator": {"ratings": {"entries": entries}}}
        newest = max(entry["on"] for entry in entries)
        yield Imported(code, facts, newest, f"sheet {SHEET}, Provider ID {code}", organisations.get(code, {}))


def _day(text: str, name: str) -> str:
    """A publication date in ISO form, from a spreadsheet's date or from the CQC's own form, 27/09/2016."""
    day, _, rest = text.partition("/")
    month, _, year = rest.partition("/")
    iso = f"{year}-{month:0>2}-{day:0>2}" if rest else text
    if len(iso) != 10 or not iso.replace("-", "").isdecimal():
        raise InputRefused([f"{name}: the publication date {text!r} is no date: {CHANGED}"])
    return iso
