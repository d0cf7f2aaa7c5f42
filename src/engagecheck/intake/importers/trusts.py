"""A register of trusts in England with their mergers, a row for each trust: names, predecessors and the day of the merger."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from engagecheck.errors import InputRefused
from engagecheck.intake.importers import names
from engagecheck.intake.tables.values import date_in, words
from engagecheck.rules.importer import Imported, importer
from engagecheck.rules.source_file import SourceFile

COLUMNS = ("ods_code", "name", "region", "predecessor_codes", "merger_date")
OTHER_NAMES = "alt_names"
NOT_A_REGION = {"", "national"}


@importer(
    "trusts",
    about="Name, earlier names, kind and code of each trust in England, and which trusts it took over when: a CSV register.",
    title="Register of NHS trusts in England",
    publisher="davewest84 (CC0)",
    kind="data_set",
    example=",".join(COLUMNS) + "\nR0X,Vale NHS Trust,Midlands,R0Y,2024-04-01\n",
)
def register(file: SourceFile, _options: Mapping[str, str]) -> Iterator[Imported]:
    """The trusts, and the ones that were merged into them, with their last day. Raises `InputRefused`."""
    ended: dict[tuple[str, str], str] = {}
    for row in file.table(*COLUMNS, optional=(OTHER_NAMES,)):
        code, where = names.code_of(row["ods_code"]), row.where.removeprefix(f"{file.name}: ")
        country = "" if words(row["region"]) in NOT_A_REGION else "England"
        organisation = names.organisation(code, row["name"], country)
        others = tuple(name.strip() for name in row.get(OTHER_NAMES).split(";") if name.strip())
        yield Imported(code, {"organisation": organisation}, None, where, organisation, also_called=others)
        merged = date_in(row, "merger_date")
        last = (date.fromisoformat(merged) - timedelta(days=1)).isoformat() if len(merged) == len("2026-03-31") else ""
        for before in row["predecessor_codes"].replace(";", " ").replace(",", " ").split():
            if last and ended.setdefault((names.code_of(before), code), last) != last:
                told = f"another row says that {before} was merged into {code} on another day"
                raise InputRefused([f"{row.where}, merger_date: {told}; keep the one that is right"])
            yield Imported(names.code_of(before), {}, None, where, closed=last, successor=f"{organisation['name']} ({code})")
