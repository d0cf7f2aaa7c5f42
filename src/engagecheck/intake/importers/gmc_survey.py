"""Indicators of the GMC's national training survey. The GMC publishes them in an online tool, so the template is our own."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names, scores
from engagecheck.intake.tables.values import date_in, is_published, numbers, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

INDICATORS = {
    "overall satisfaction": "satisfaction", "clinical supervision": "clinical_supervision", "workload": "workload",
    "supportive environment": "supportive_environment", "reporting systems": "reporting_systems", "teamwork": "teamwork",
}  # fmt: skip
COLUMNS = ("Organisation code", "Indicator", "Date", "Score", "Doctors asked", "Doctors who answered", "National score")
MOST = 1_000_000
TEMPLATE = ",".join(COLUMNS) + "\n" + "".join(f"R0X,{name.capitalize()},May 2025,,,,\n" for name in INDICATORS)
NOTE = "Doctors in training, who are not all doctors."


@importer(
    "gmc-survey",
    about="Indicators of the GMC's national training survey, copied into our empty CSV.",
    title="National training survey, copied into the template of engagecheck",
    publisher="General Medical Council",
    kind="survey",
    template=TEMPLATE,
    example=TEMPLATE.replace(",,,,\n", ",71.5,300,210,72.0\n"),
)
def indicators(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The indicators of each organisation, from 0 to 100. Raises `InputRefused`."""
    rows = [row for row in names.of_our_form(file, file.table(*COLUMNS), COLUMNS) if is_published(row["Score"])]
    values, national = (numbers(file, rows, column, 0, 100) for column in ("Score", "National score"))
    asked, answered = (numbers(file, rows, column, 0, MOST, whole=True) for column in COLUMNS[4:6])
    # A second row about the same is an import of its own, so that it is compared with the first.
    entries: dict[tuple[str, int], list[dict[str, Any]]] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for place, row in enumerate(rows):
        topic, score, on, peers = INDICATORS.get(words(row["Indicator"])), values[place], date_in(row, "Date"), national[place]
        if topic is None:
            known = ", ".join(name.capitalize() for name in INDICATORS)
            raise InputRefused([f"{row.where}, Indicator: {row['Indicator']!r} is not known; use one of: {known}"])
        if score is None or not on:
            file.leave_out(row.where, "there is no date")
            continue
        comparator = {"score": peers, "population": "doctors", "group": "United Kingdom"} if peers is not None else None
        code = names.code_of(row["Organisation code"])
        entries.setdefault((code, seen[code, topic, on[: len("2025-05")]]), []).append(
            scores.measurement(
                "gmc_survey", topic, on, score, comparator, respondents=answered[place], invited=asked[place], scale=(0, 100),
                population="doctors", note=NOTE,
            )
        )  # fmt: skip
        seen[code, topic, on[: len("2025-05")]] += 1
    for (code, _), listed in entries.items():
        yield Imported(code, {"journey": {"measurements": {"entries": listed}}}, max(one["on"] for one in listed))
