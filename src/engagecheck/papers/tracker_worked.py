"""Whether people worked in an action tracker, so that a new one must not take its place."""

from engagecheck.errors import InputRefused
from engagecheck.papers.csv import NOT_STARTED
from engagecheck.papers.tracker import NOTES, PEOPLE_COLUMNS, PROGRESS, REPORT_TEXTS, Line, is_as_written, read


def is_worked(raw: bytes, name: str) -> bool:
    """Whether the bytes of a workbook are an action tracker that says more than the program wrote for its report."""
    try:
        tracker = read(raw, name)
    except InputRefused:  # it is no tracker
        return False
    return bool(tracker.own_columns or tracker.closed) or any(map(_is_worked, tracker.open))


def _is_worked(line: Line) -> bool:
    if line.remarks or line.links or line.cells.get(NOTES):
        return True
    if line.cells.get("Status") != NOT_STARTED or line.cells.get(PROGRESS):
        return True
    return not all(is_as_written(line, title, line) for title in (*REPORT_TEXTS, *PEOPLE_COLUMNS))
