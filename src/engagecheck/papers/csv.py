"""The action plan as CSV, with the columns of the action tracker."""

import csv
import io
import re

from engagecheck.model.report import Report
from engagecheck.papers.actions import Action, actions
from engagecheck.rules.reporter import Style, reporter

COLUMNS = (
    ("id", "Id"), ("criterion", "Question's name"), ("question", "Question"), ("result", "Result"), ("action", "Action"),
    ("success", "Measure of success"), ("priority", "Priority"), ("role", "Responsible role"), ("owner", "Owner"),
    ("due", "Due"), ("status", "Status"), ("progress", "Progress %"), ("rag", "RAG"), ("notes", "Notes"),
)  # fmt: skip
"""The columns of an action plan; owner, due, status, progress and notes are for people to fill in."""
NOT_STARTED = "Not started"
_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")


@reporter("csv", about="The action plan for any spreadsheet: a row an action.")
def as_rows(report: Report, _style: Style) -> str:
    """The action plan, in UTF-8 with a byte order mark, so that Excel reads it as such."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([title for _, title in COLUMNS])
    writer.writerows([harmless(value) for value in row(action)] for action in actions(report))
    return "\N{ZERO WIDTH NO-BREAK SPACE}" + out.getvalue()


def row(action: Action) -> list[str | int]:
    """An action in the order of the columns, nothing of it begun yet."""
    begun: dict[str, str | int] = {
        "role": action.owner, "owner": "", "status": NOT_STARTED, "progress": 0, "rag": "", "notes": _remark(action),
    }  # fmt: skip
    return [begun[key] if key in begun else str(getattr(action, key)) for key, _ in COLUMNS]


def _remark(action: Action) -> str:
    return "" if action.due or not action.horizon else f"By: {action.horizon}"


def harmless(value: str | int) -> str | int:
    """A text that a spreadsheet does not take for a formula: an apostrophe stands before one that begins like one."""
    return f"'{value}" if isinstance(value, str) and _FORMULA.match(value) else value
