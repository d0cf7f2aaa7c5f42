"""NHS Staff Survey, benchmark workbook: a sheet for each benchmark group, with columns `<VAR>_<YEAR>` and `<VAR>_n_<YEAR>`."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.intake.importers import names, scores
from engagecheck.intake.tables.values import numbers
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import OtherKind, Record, SourceFile, Table, plain

INSTRUMENT = "nhs_staff_survey"
TOPICS = {
    "theme_engagement": "engagement", "e_1": "motivation", "e_2": "involvement", "e_3": "advocacy",
    "theme_morale": "morale", "m_1": "thinking_about_leaving", "m_2": "work_pressure", "m_3": "stressors",
    "pp1": "compassion", "pp1_1": "compassionate_culture", "pp1_2": "compassionate_leadership", "pp1_3": "diversity",
    "pp1_4": "inclusion", "pp2": "recognition", "pp3": "voice", "pp3_1": "autonomy", "pp3_2": "raising_concerns",
    "pp4": "safe_and_healthy", "pp4_1": "safety_climate", "pp4_2": "burnout", "pp4_3": "negative_experiences",
    "pp5": "learning", "pp5_1": "development", "pp5_2": "appraisals", "pp6": "flexibility", "pp6_1": "work_life_balance",
    "pp6_2": "flexible_working", "pp7": "team", "pp7_1": "team_working", "pp7_2": "line_management",
}  # fmt: skip
"""The elements and sub-scores of the People Promise, engagement and morale, all from 0 to 10."""
FIELDWORK_ENDS = 11
"""The month in which the fieldwork of each survey ends: November."""
MOST_RESPONDENTS = 1_000_000
_SCORE = re.compile(r"(\w+?)_(20[0-9]{2})", re.ASCII)
EXAMPLE = "org_id,org_name,org_type_reporting_name,theme_engagement_2025,theme_engagement_n_2025\n" + "".join(
    f"R0{letter},{letter} NHS Trust,Acute Trusts,6.{digit},900\n" for letter, digit in (("X", 9), ("Y", 7), ("Z", 8))
)
GROUP = ("org_type_reporting_name", "trust_type")


@importer(
    "staff-survey",
    about="All scores of the Staff Survey by year, with engagement and morale: the benchmark workbook (or as CSV).",
    title="NHS Staff Survey benchmark results",
    publisher="Survey Coordination Centre for NHS England",
    address="https://www.nhsstaffsurveys.com/results/local-results/",
    kind="survey",
    example=EXAMPLE,
)
def results(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The scores of all staff of each organisation, compared within benchmark group and year. Raises `InputRefused`."""
    is_scored = False
    for table in file.tables(("org_id", "org_code"), "org_name"):
        columns = [(name, match[1], match[2]) for name in table.columns if (match := _SCORE.fullmatch(plain(name)))]
        columns = [column for column in columns if column[1] in TOPICS]
        if any(variable == "theme_engagement" for _, variable, _ in columns):
            is_scored = True
            yield from _scored(file, table, columns)
    if not is_scored:
        raise OtherKind([f"{file.name}: no column is called theme_engagement_ and a year"])


def _scored(file: SourceFile, table: Table, columns: list[tuple[str, str, str]]) -> Iterator[Imported]:
    """The organisations of one sheet."""
    rows = []
    for record in table:
        if record["org_id"]:
            rows.append(record)
        else:
            file.leave_out(record.where, "there is no code of an organisation")
    groups = [next((row[name] for name in GROUP if row.get(name)), table.sheet) for row in rows]
    entries: list[list[dict[str, Any]]] = [[] for _ in rows]
    bases = {plain(name): name for name in table.columns}
    for name, variable, year in columns:
        values = numbers(file, rows, name, 0, 10)
        base = bases.get(f"{variable}_n_{year}")
        answered = numbers(file, rows, base, 0, MOST_RESPONDENTS, whole=True) if base else [None] * len(rows)
        peers = scores.medians(groups, values)
        for listed, group, score, count in zip(entries, groups, values, answered, strict=True):
            if score is not None:
                on = f"{year}-{FIELDWORK_ENDS}"
                listed.append(scores.measurement(INSTRUMENT, TOPICS[variable], on, score, peers.get(group), respondents=count))
    for row, group, listed in zip(rows, groups, entries, strict=True):
        if listed:
            yield _imported(row, listed, group)


def _imported(row: Record, entries: list[dict[str, Any]], group: str) -> Imported:
    code = names.code_of(row["org_id"])
    facts = {"journey": {"measurements": {"entries": entries}}}
    newest = max(entry["on"] for entry in entries)
    return Imported(code, facts, newest, f"group {group}, row {code}", names.organisation(code, row["org_name"], "England"))
