"""What both rules stand on: the source, and the pack's own part of a profile."""

import json
from importlib.resources import files

from engagecheck import ProfileExtension, Source

ENGAGECHECK_API = 1
CHECKLIST = "cpsi-board-checklist"

source = Source(
    CHECKLIST,
    title="Checklist for Boards on Physician Engagement",
    publisher="Canadian Patient Safety Institute",
    date="2010",
    address="patientsafetyinstitute.ca",
    seen="the checklist, paraphrased",
)
extension = ProfileExtension("cpsi", json.loads((files(__package__) / "profile.schema.json").read_text("utf-8")))
