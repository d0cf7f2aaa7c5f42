"""What both rules stand on: the framework's title, its source, and the pack's own part of a profile."""

import json
from importlib.resources import files

from engagecheck import Framework, ProfileExtension, Source

ENGAGECHECK_API = 1
CHECKLIST = "cpsi-board-checklist"

framework = Framework(
    title="Checklist for boards on physician engagement",
    about="After the Canadian checklist for boards, in our own words and with our own thresholds.",
    subsets={"quality-leader": ("cpsi-quality-leader",)},
)
source = Source(
    CHECKLIST,
    title="Checklist for Boards on Physician Engagement",
    authority="the Canadian Patient Safety Institute",
    read_in="the Canadian Patient Safety Institute",
    date="2010",
    address="https://www.patientsafetyinstitute.ca/en/toolsresources/governancepatientsafety/"
    "relationshipsboardleadershipstaff/pages/tools.aspx",
    seen="the checklist, paraphrased, from an undated page of a toolkit that was in print in 2010",
)
extension = ProfileExtension("cpsi", json.loads((files(__package__) / "profile.schema.json").read_text("utf-8")))
