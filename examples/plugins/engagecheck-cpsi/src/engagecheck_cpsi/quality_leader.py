"""A doctor leads quality and safety, and is put in a position to."""

from typing import Any

from engagecheck import Rule, at_least, grades, recommendation, yes

ENGAGECHECK_API = 1
rule = Rule(
    "cpsi-quality-leader",
    title="A doctor leads quality and safety, and can",
    source="cpsi-board-checklist",
    why="Doctors follow doctors. One who leads quality with data, time and the board's ear brings the others along.",
)
LEADER = "extensions.cpsi.quality_leader"


def asked(name: str, fact: str, **more: Any) -> Any:
    """A criterion on one fact of the quality leader; everything that they have in common stands here once."""
    said = {"basis": "judgement", "source": "cpsi-board-checklist", "prompted": True, "priority": "medium"}
    return rule.criterion(name, reads=f"{LEADER}.{fact}", **{**said, **more})


@asked(
    "doctor-named", "doctor", question="Does a doctor lead quality and safety?", yardstick=yes, priority="high",
    show="Organisation chart, or the minute that names the leader",
    recommend=recommendation(
        "Name a doctor who leads quality and safety.", owner="chief executive", horizon="3 months", effort="medium",
        success="The board has minuted who leads.",
    ),
)  # fmt: skip
def named(doctor):
    """Whether the leader of quality and safety is a doctor."""
    return doctor


@asked(
    "selected-openly", "selection", question="How was that person selected?", show="Advertisement and selection record",
    yardstick=grades(met="open competition", partly="asked after interviews", poor=("asked", "by rota")),
    recommend=recommendation(
        "Advertise the role when its term ends, and interview for it.", owner="director of people", horizon="12 months",
        effort="low", success="The next leader is chosen among several.",
    ),
)  # fmt: skip
def selected(selection):
    """The way of selection, as one of four."""
    return selection


@asked(
    "charter-written", "charter", question="Are role and accountabilities written down?", yardstick=yes, show="Role charter",
    recommend=recommendation(
        "Write a charter: accountabilities, time, support, and whom the leader reports to.", owner="medical director",
        horizon="3 months", effort="low", success="Both have signed it.",
    ),
)  # fmt: skip
def charter(written):
    """Whether there is a written charter of the role."""
    return written


@asked(
    "data-received", "data_reports_a_year", question="Does the leader receive quality data often enough to act on?",
    unit="reports a year", yardstick=at_least(12, partly=4), show="List of the data reports of twelve months",
    recommend=recommendation(
        "Send the leader the quality data each month.", owner="director of quality", horizon="3 months", effort="low",
        success="Twelve reports were received in a year.",
    ),
)  # fmt: skip
def data(reports):
    """Reports of quality data that the leader received in twelve months."""
    return reports


@asked(
    "heard-by-the-board", "board_reports_a_year", question="Does the leader report to the board?", priority="high",
    unit="reports a year", yardstick=at_least(4, partly=1), show="Board minutes of twelve months",
    recommend=recommendation(
        "Put the leader on the agenda of the board every quarter.", owner="chair", horizon="6 months", effort="low",
        success="The board heard the leader four times in a year.",
    ),
)  # fmt: skip
def heard(reports):
    """Reports of the leader to the board in twelve months."""
    return reports


@asked(
    "supported", "protected_time", question="Has the leader protected time and help?", unit="per cent",
    yardstick=at_least(40, partly=20), show="Job plan",
    recommend=recommendation(
        "Protect two days a week for the role.", owner="medical director", horizon="6 months", effort="high",
        success="The job plan shows two days a week.",
    ),
)  # fmt: skip
def supported(percent):
    """Per cent of the leader's time that is protected for the role."""
    return percent


@asked(
    "leads-peers", "convenes_peers", question="May the leader bring peers together and ask them to change?", yardstick=yes,
    priority="low", show="Scheme of delegation, or the role charter",
    recommend=recommendation(
        "Say in the charter that the leader may call heads of department together.", owner="chief executive",
        horizon="3 months", effort="low", success="Heads of department met at the leader's call.",
    ),
)  # fmt: skip
def peers(may):
    """Whether the leader may convene heads of department."""
    return may
