"""The action plan as CSV, with the columns of the action tracker."""

import csv
import io
import re
from typing import TypeVar

from engagecheck.model.report import Report
from engagecheck.papers.actions import Action, actions
from engagecheck.rules.reporter import Style, reporter

COLUMNS = (
    ("action", "Action"), ("owner", "Owner"), ("due", "Due"), ("status", "Status"), ("progress", "Progress"), ("rag", "RAG"),
    ("notes", "Notes"), ("success", "Measure of success"), ("result", "What we found"), ("priority", "Priority"), ("id", "Id"),
)  # fmt: skip
"""The columns of an action plan: what to do, who and when come first. People change owner, due, status, progress and notes."""
NOT_STARTED = "Not started"
T = TypeVar("T")
_FORMULA = re.compile(r"^\s*[=+\-@\t\r＝＋－＠]")  # the wide signs too: spreadsheets in Asian languages take them


@reporter("csv", about="The action plan for any spreadsheet: a row an action.")
def as_rows(report: Report, style: Style) -> str:
    """The action plan as CSV. It begins with a byte order mark, so that Excel reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([title for _, title in COLUMNS])
    for action in actions(report, style.meeting):
        writer.writerow([harmless(value) for value in row(action)])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def row(action: Action) -> list[str]:
    """The cells of an action that has not started, in the order of `COLUMNS`."""
    unstarted = {"due": action.when, "status": NOT_STARTED, "progress": "0%", "rag": "", "notes": ""}
    return [unstarted[key] if key in unstarted else getattr(action, key) for key, _ in COLUMNS]


def harmless(value: T) -> T | str:
    """A cell that a spreadsheet does not take for a formula. A text that begins like a formula gets an apostrophe first."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
