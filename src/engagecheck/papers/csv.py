"""The action plan as CSV, with the columns of the action tracker."""

import csv
import io
import re

from msgspec.structs import replace

from engagecheck.model.report import Report
from engagecheck.papers.actions import Action, actions
from engagecheck.rules.reporter import Style, reporter

COLUMNS = (
    ("id", "Id"), ("criterion", "Question's name"), ("question", "Question"), ("result", "Result"), ("action", "Action"),
    ("success", "Measure of success"), ("priority", "Priority"), ("role", "Responsible role"), ("owner", "Owner"),
    ("due", "Due"), ("status", "Status"), ("progress", "Progress %"), ("rag", "RAG"), ("notes", "Notes"),
)  # fmt: skip
"""The columns of an action plan. People fill in owner, due, status, progress and notes."""
NOT_STARTED = "Not started"
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


@reporter("csv", about="The action plan for any spreadsheet: a row an action.")
def as_rows(report: Report, _style: Style) -> str:
    """The action plan as CSV. It begins with a byte order mark, so that Excel reads it as UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([title for _, title in COLUMNS])
    for action in actions(report):
        owner = action.owner or ("Not in the public edition" if report.public else "")
        writer.writerow([harmless(value) for value in row(replace(action, owner=owner))])
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def row(action: Action) -> list[str | int]:
    """The cells of an action that has not started, in the order of `COLUMNS`."""
    unstarted: dict[str, str | int] = {
        "role": action.owner, "owner": "", "status": NOT_STARTED, "progress": 0, "rag": "",
        "notes": "" if action.due or not action.horizon else f"By: {action.horizon}",
    }  # fmt: skip
    return [unstarted[key] if key in unstarted else str(getattr(action, key)) for key, _ in COLUMNS]


def harmless(value: str | int) -> str | int:
    """A cell that a spreadsheet does not take for a formula. A text that begins like a formula gets an apostrophe first."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
