"""Vision and mission guide decisions, and the medical advisory committee reviews, responds and reports."""

from engagecheck import Rule, at_least, recommendation, share_of

ENGAGECHECK_API = 1
rule = Rule(
    "cpsi-advisory-committee",
    title="The medical advisory committee reviews, responds and reports",
    source="cpsi-board-checklist",
    why="A committee that looks at data and answers for it is where doctors and board meet.",
)
OURS = {"basis": "judgement", "source": "cpsi-board-checklist", "prompted": True}


@rule.criterion(
    "decisions-guided",
    question="Do vision and mission guide decisions?",
    reads=("extensions.cpsi.decisions.guided", "extensions.cpsi.decisions.of"),
    unit="share", yardstick=at_least(0.9, partly=0.5), priority="low", show="Papers of the last decisions of the board",
    recommend=recommendation(
        "Say in each paper to the board which part of the mission it serves.", owner="company secretary", horizon="6 months",
        effort="low", success="Nine in ten papers say so.",
    ),
    **OURS,
)  # fmt: skip
def guided(count, of):
    """Share of the board's decisions reviewed that name the part of the mission that they serve."""
    return share_of(count, of)


@rule.criterion(
    "data-reviewed",
    question="Does the committee review quality data, and respond to it?",
    reads="extensions.cpsi.committee_meetings",
    unit="share", yardstick=at_least(0.75, partly=0.5), priority="high", show="Minutes of the committee of twelve months",
    recommend=recommendation(
        "Put quality data on every agenda, and minute what is done about it.", owner="chair of the committee",
        horizon="3 months", effort="low", success="Three in four minutes show data and a response.",
    ),
    **OURS,
)  # fmt: skip
def reviewed(meetings):
    """Share of the committee's meetings that looked at quality data and decided what to do about it."""
    return meetings.share(lambda meeting: meeting.get("data_reviewed") and meeting.get("responded"))


@rule.criterion(
    "board-told",
    question="Does the committee report to the board?",
    reads="extensions.cpsi.committee_board_reports",
    unit="reports a year", yardstick=at_least(4, partly=1), priority="medium", show="Board minutes of twelve months",
    recommend=recommendation(
        "Report to the board after each quarter.", owner="chair of the committee", horizon="6 months", effort="low",
        success="The board received four reports in a year.",
    ),
    **OURS,
)  # fmt: skip
def told(reports):
    """Reports of the committee to the board in twelve months."""
    return reports
