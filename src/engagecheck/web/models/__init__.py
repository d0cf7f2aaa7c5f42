"""What is stored, in three files: people, assessments with their files, and what happens to an assessment.

In come texts that were checked elsewhere. Out go rows. No row of one assessment is reached through another.
"""

from engagecheck.web.models.assessments import Assessment, Organisation, Revision, StoredFile
from engagecheck.web.models.course import Approval, Change, Deadline, HistoryRow, Remark, Review, Wanted
from engagecheck.web.models.groups import Code, Count, Survey
from engagecheck.web.models.kept import EarlierTracker, GivenAction, Meeting, TrackedAction, Upload
from engagecheck.web.models.people import Membership, User
from engagecheck.web.models.tokens import YEAR, Token

__all__ = [
    "YEAR", "Approval", "Assessment", "Change", "Code", "Count", "Deadline", "EarlierTracker", "GivenAction", "HistoryRow",
    "Meeting", "Membership", "Organisation", "Remark", "Review", "Revision", "StoredFile", "Survey", "Token", "TrackedAction",
    "Upload", "User", "Wanted",
]  # fmt: skip
