"""How long reading a large published spreadsheet takes, as a ratio to calamine in the same run."""

import argparse
import sys
import tempfile
import time
import zipfile
from pathlib import Path

from measuring import machine, medians
from python_calamine import CalamineWorkbook

from engagecheck.intake.importers.cqc import ratings
from engagecheck.intake.tables import read_source

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import made_tables

LIMIT = 12
"""The most times of calamine's that reading may take."""


def main() -> None:
    """Print the two times and their ratio, for all rows in one sheet, and for rows in two sheets of which one is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=120_000)
    parser.add_argument("--runs", type=int, default=3)
    given = parser.parse_args()
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        for title, sheets in _layouts(given.rows).items():
            path = Path(folder) / "ratings.ods"
            made_tables.ods(path, sheets)
            size = zipfile.ZipFile(path).getinfo("content.xml").file_size
            took = medians(
                {"ours": lambda path=path: _ours(path), "calamine": lambda path=path: _calamine(path)},
                given.runs, time.process_time,
            )  # fmt: skip
            ratio = took["ours"] / took["calamine"]
            print(
                f"{title:<14} {given.rows} rows, {size / 1e6:.0f} MB unpacked: {took['ours']:.1f} s of CPU, calamine "
                f"{took['calamine']:.1f} s; {ratio:.1f} times calamine's (limit {LIMIT})"
            )
            if ratio > LIMIT:
                sys.exit(f"{title}: reading takes more than {LIMIT} times calamine's")


def _layouts(rows: int) -> dict[str, dict[str, object]]:
    head = ("Location ID", *made_tables.COLUMNS[1:])
    half = rows // 2
    return {
        "one sheet": {"Providers": made_tables.ratings_rows(rows)},
        "two sheets": {"Locations": made_tables.ratings_rows(rows - half, head), "Providers": made_tables.ratings_rows(half)},
    }


def _ours(path: Path) -> int:
    return sum(1 for _ in ratings.read(read_source(path.name, path.read_bytes()), {}))


def _calamine(path: Path) -> int:
    return sum(1 for _ in CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Providers").iter_rows())


if __name__ == "__main__":
    main()
