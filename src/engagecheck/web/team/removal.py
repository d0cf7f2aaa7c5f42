"""Removing for good what must not be kept, such as the name of a patient, from everything that nobody can edit.

That are approvals with their reports, the history, the list of changes, remarks, requests, the names of files, and the
actions of assessments that were deleted. Every text in which it stands goes as a whole. An answer, and the work on an
action, are corrected on their own pages.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen
from django.db.models import Model

from engagecheck.analysis.chain import removal_in
from engagecheck.analysis.saved import read_report
from engagecheck.audit.describe import report_digest
from engagecheck.errors import InputRefused
from engagecheck.model.labels import day
from engagecheck.web.answers.blocks import top_pages
from engagecheck.web.models import (
    Approval,
    Assessment,
    Change,
    EarlierTracker,
    HistoryRow,
    Remark,
    Revision,
    StoredFile,
    TrackedAction,
    Wanted,
)
from engagecheck.web.team.history import OwnHistory
from engagecheck.web.team.trail import erase, record_removal

REMOVED = "[removed]"
"""What stands in place of a text that was removed."""
BY = "the lead of the assessment"
_FEWEST = 3
_BEGIN, _BETWEEN, _END = r"(?<![^\W_])", r"[\s_-]+", r"(?![^\W_])"
_APPROVAL = ("document", "files", "report", "role", "decided_by", "minute")


@frozen
class Found:
    """Where a text stands, and the whole texts that go with it."""

    place: str
    texts: list[str]


class _Search:
    """A text to look for as whole words, in any case, and with any space or hyphen between its words."""

    def __init__(self, text: str) -> None:
        if len(re.findall(r"\w", text)) < _FEWEST:
            raise InputRefused([f"Enter at least {_FEWEST} letters or digits."])
        words = _BETWEEN.join(re.escape(word) for word in text.split())
        self._words = re.compile(f"{_BEGIN}{words}{_END}", re.IGNORECASE)
        self.texts: list[str] = []

    def is_in(self, text: str) -> bool:
        return self._words.search(text) is not None

    def taken_out(self, value: Any) -> Any:
        """A value of JSON without each text in which the search stands. `texts` has what was taken out."""
        if isinstance(value, dict):
            return {name: self.taken_out(one) for name, one in value.items()}
        if isinstance(value, list):
            return [self.taken_out(one) for one in value]
        if isinstance(value, str) and self.is_in(value):
            self.texts.append(value)
            return REMOVED
        return value


def _kept(assessment: Assessment) -> Iterator[tuple[str, Model, tuple[str, ...]]]:
    """What nobody can edit, apart from the list of changes: its place in words, the row, and the fields with texts."""
    for approval in Approval.objects.filter(assessment=assessment):
        yield f"Approved by {approval.role}, {approval.when}, recorded on {approval.recorded}", approval, _APPROVAL
    for remark in Remark.objects.filter(assessment=assessment):
        yield "Remarks", remark, ("text", "answer")
    for wanted in Wanted.objects.filter(assessment=assessment):
        yield "Evidence asked for", wanted, ("text",)
    for revision in Revision.objects.filter(assessment=assessment):
        yield "Names of files", revision, ("name",)
    for tracker in EarlierTracker.objects.filter(organisation=assessment.organisation):
        yield f"Actions of {day(tracker.as_of.isoformat())}, which was deleted", tracker, ("tracker",)
    for file in StoredFile.objects.filter(revision__assessment=assessment).distinct():
        yield "Reasons of removed files", file, ("reason",)


def _value(row: Model, field: str) -> Any:
    value = getattr(row, field)
    return json.loads(value) if field == "report" else value


def _lines(assessment: Assessment, search: _Search) -> list[Change]:
    """The lines with the search in their texts, and all others of an answer that had it: it may be typed in pieces."""
    lines = list(Change.objects.filter(assessment=assessment, erased_at=None))
    hits = [one for one in lines if search.is_in(one.before) or search.is_in(one.after)]
    addresses = {one.address for one in hits if one.what == "answer"}
    return [one for one in lines if one in hits or (one.what == "answer" and one.address in addresses)]


def found(assessment: Assessment, text: str) -> list[Found]:
    """Every place in which a text would be removed. Raises `InputRefused` if it is too short."""
    places: dict[str, list[str]] = {}
    for place, row, fields in _kept(assessment):
        search = _Search(text)
        for field in fields:
            search.taken_out(_value(row, field))
        places.setdefault(place, []).extend(search.texts)
    for line in _lines(assessment, _Search(text)):
        places.setdefault("What changed", []).extend(one for one in (line.before, line.after) if one)
    return [Found(place, list(dict.fromkeys(texts))) for place, texts in places.items() if texts]


def still_here(assessment: Assessment, text: str) -> list[str]:
    """The pages on which a text stands in what can be edited, so that it stays."""
    search, titles = _Search(text), {one.name: one.title for one in top_pages()}
    texts = [(address.partition("/")[0], typed) for address, typed in assessment.typed.items()]
    held = [name for name, one in (*assessment.profile.items(), *texts) if search.taken_out(one) != one]
    actions = TrackedAction.objects.filter(assessment=assessment)
    has_action = any(search.is_in(one.owner) or search.is_in(one.notes) for one in actions)
    return [titles.get(name, name) for name in dict.fromkeys(held)] + ["Actions"] * has_action


def stands_in(text: str, other: str) -> bool:
    """Whether a text stands in another one."""
    return _Search(text).is_in(other)


def remove(assessment: Assessment, text: str, reason: str) -> None:
    """Remove a text for good, in the transaction that holds the assessment. Digests, the reason, and who did it when stay.

    Raises `InputRefused` if a report would be none any more.
    """
    if _Search(text).is_in(assessment.name):
        raise InputRefused(["This stands in the name of the organisation, by which the history knows it. Enter a longer text."])
    on, numbers = _today(), set[int]()
    for _, row, fields in _kept(assessment):
        search = _Search(text)
        values = {field: search.taken_out(_value(row, field)) for field in fields}
        if not search.texts:
            continue
        if isinstance(row, Approval) and (document := _value(row, "report")) != values["report"]:
            values["report"] = _report_without(values["report"], document["report_digest"], reason, on)
            numbers.add(row.history_number)
        elif isinstance(row, Approval):
            values["report"] = row.report
        for field, value in values.items():
            setattr(row, field, value)
        row.save()
    _take_reports(numbers, reason, on)
    erase(_lines(assessment, _Search(text)), reason)
    record_removal(assessment, text, reason)


def forget_approvals(assessment: Assessment, reason: str) -> None:
    """Delete the approvals of an assessment with their reports in the history, in the transaction that holds it."""
    own, others = Approval.objects.filter(assessment=assessment), Approval.objects.exclude(assessment=assessment)
    numbers = set(own.values_list("history_number", flat=True))
    _take_reports(numbers.difference(others.values_list("history_number", flat=True)), reason, _today())
    own.delete()


def _today() -> date:
    return date.today()  # noqa: DTZ011  # a day of this machine


def _take_reports(numbers: set[int], reason: str, on: date) -> None:
    for row in HistoryRow.objects.filter(number__in=numbers):
        if removal_in(row.content) is None:
            OwnHistory().remove(row.number, BY, reason, on)


def _report_without(document: dict[str, Any], digest: str, reason: str, on: date) -> str:
    """A report as it is kept after texts were taken out of it. It says so, and has a digest of its own."""
    said = f"{day(on.isoformat())}, by {BY}: {reason}. Its digest was {digest}"
    document["run"] = {**document["run"], "removed": [*document["run"].get("removed", ()), said]}
    document["report_digest"] = report_digest(document)
    kept = json.dumps(document, ensure_ascii=False)
    try:
        read_report(kept.encode(), "the report")
    except InputRefused:
        raise InputRefused(["This also stands where a report needs a certain word. Enter a longer text."]) from None
    return kept
