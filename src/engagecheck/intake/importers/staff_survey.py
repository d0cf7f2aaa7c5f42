"""NHS Staff Survey, benchmark workbook: a sheet for each benchmark group, with columns `<VAR>_<YEAR>` and `<VAR>_n_<YEAR>`."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names, scores
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import CHANGED, SourceFile, Table

INSTRUMENT = "nhs_staff_survey"
TOPICS = {
    "theme_engagement": "engagement", "E_1": "motivation", "E_2": "involvement", "E_3": "advocacy", "theme_morale": "morale",
    "PP3_2": "raising_concerns", "PP5_2": "appraisals", "PP5": "learning",
}  # fmt: skip
FIELDWORK_ENDS = 11
"""The month in which the fieldwork of each survey ends: November."""
_SCORE = re.compile(r"(\w+?)_(20[0-9]{2})", re.ASCII)
GROUP = ("org_type_reporting_name", "trust_type")


@importer(
    "staff-survey",
    about="Engagement of all staff with its parts, morale and raising concerns, by year: the benchmark workbook (or as CSV).",
    title="NHS Staff Survey benchmark results",
    publisher="Survey Coordination Centre for NHS England",
    kind="survey",
)
def results(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The scores of all staff of each organisation, compared within benchmark group and year. Raises `InputRefused`."""
    tables = _tables(file)
    for group, rows in _groups(tables).items():
        columns = [(name, *match.groups()) for name in rows[0] if (match := _SCORE.fullmatch(name)) and match[1] in TOPICS]
        values = {name: [value for row in rows if (value := scores.number(row[name])) is not None] for name, _, _ in columns}
        for row in rows:
            entries = []
            for name, variable, year in columns:
                score = scores.number(row[name])
                if score is not None:
                    base = scores.number(row.get(f"{variable}_n_{year}", ""))
                    peers = scores.median_of(values[name], group)
                    on = f"{year}-{FIELDWORK_ENDS}"
                    entries.append(scores.measurement(INSTRUMENT, TOPICS[variable], on, score, peers, respondents=base))
            if entries:
                yield _imported(row, entries, group)


def _tables(file: SourceFile) -> list[Table]:
    """The sheets with organisations and engagement scores. There must be at least one."""
    tables = file.tables(("org_id", "org_code"), "org_name")
    scored = [table for table in tables if any(name.startswith("theme_engagement_20") for name in table.columns)]
    if not scored:
        raise InputRefused([f"{file.name}: no column is called theme_engagement_ and a year: {CHANGED}"])
    return scored


def _groups(tables: list[Table]) -> dict[str, list[dict[str, str]]]:
    groups: dict[str, list[dict[str, str]]] = defaultdict(list)
    for table in tables:
        for row in table:
            groups[next((row[name] for name in GROUP if row.get(name)), table.sheet)].append(row)
    return groups


def _imported(row: Mapping[str, str], entries: list[dict[str, Any]], group: str) -> Imported:
    code = row["org_id"]
    facts = {"journey": {"measurements": {"entries": entries}}}
    newest = max(entry["on"] for entry in entries)
    return Imported(code, facts, newest, f"group {group}, row {code}", names.organisation(code, row["org_name"]))
