"""The 16 questions of the checklist for medical leaders.

They are derived from the published key findings of the report by The King's Fund. The wording is ours.
"""

from enum import StrEnum

from attrs import frozen


class Side(StrEnum):
    """Whose part a question is about."""

    ME = "me"
    ORGANISATION = "organisation"


SIDES = {Side.ME: "What I do", Side.ORGANISATION: "What my organisation gives me"}
"""The heading above the questions of each side."""


@frozen
class Item:
    """One statement to answer, and the id of the rule that it belongs to.

    `advice` is for an answer of no or partly: a first step that I can take, or what to ask for and whom to ask.
    """

    id: str
    side: Side
    rule: str
    text: str
    advice: str


ITEMS = (
    Item(
        "involve-others", Side.ME, "board-to-ward",
        "When we change how we work, I involve patients, and colleagues who are not doctors.",
        "Invite a patient and a colleague who is not a doctor to the next meeting about a change that I lead.",
    ),
    Item(
        "improve-care", Side.ME, "quality-strategy",
        "I lead improvement work whose results we measure.",
        "Choose one problem that patients notice, agree one measure of it with the team, and look at it every month.",
    ),
    Item(
        "decide-together", Side.ME, "medical-leadership-structure",
        "I meet the manager of my area regularly, and we decide together.",
        "Agree a fixed half-hour a week with the manager of my area for the decisions that we share.",
    ),
    Item(
        "choose-for-more", Side.ME, "senior-selection",
        "When I help to choose a senior doctor, teamwork and leadership count as well as clinical skill.",
        "Before the next appointment, agree two questions on teamwork and leadership with the panel, and score the answers.",
    ),
    Item(
        "appraisals-in-date", Side.ME, "appraisal-and-revalidation",
        "I know that every doctor I lead has an up-to-date appraisal and job plan.",
        "List the doctors I lead with the dates of their last appraisal and job plan, and book what is overdue.",
    ),
    Item(
        "prepare-successor", Side.ME, "talent-and-development",
        "I am preparing at least one colleague who could take over from me.",
        "Ask one colleague who could take over from me to lead one piece of work, and talk about it together every month.",
    ),
    Item(
        "learn-elsewhere", Side.ME, "learning-from-others",
        "In the last year I brought back an idea from another team or organisation, and we use it.",
        "Arrange to visit or call a team elsewhere that does one thing better than we do.",
    ),
    Item(
        "ask-and-answer", Side.ME, "individual-views",
        "I ask the doctors I lead what would help them to improve care, and I tell them what came of it.",
        "Ask each doctor I lead for one thing that would help them to improve care, and tell them within a month what "
        "will happen.",
    ),
    Item(
        "leaders-stay", Side.ORGANISATION, "leadership-stability",
        "Senior leaders stay long enough, or hand over well enough, for us to finish what we began.",
        "Ask the medical director how the plans that my area depends on will go on when a senior leader leaves.",
    ),
    Item(
        "board-lead", Side.ORGANISATION, "senior-commitment",
        "I know which board member answers for doctors' engagement, and I can reach them.",
        "Ask the chief executive which board member answers for doctors' engagement, and how I can reach them.",
    ),
    Item(
        "time-to-lead", Side.ORGANISATION, "medical-leadership-structure",
        "My job plan gives me enough time to lead.",
        "Ask the medical director for agreed time to lead in my job plan, on top of the time for my own development.",
    ),
    Item(
        "authority", Side.ORGANISATION, "medical-leadership-structure",
        "My authority over money and staff matches what I am responsible for.",
        "Ask the chief operating officer to write the decisions that I may take into the scheme of delegation.",
    ),
    Item(
        "trained", Side.ORGANISATION, "talent-and-development",
        "I was trained to lead before I took this role, or soon after.",
        "Ask the director of people for a place on a leadership programme, and for a mentor.",
    ),
    Item(
        "heard-at-board", Side.ORGANISATION, "board-to-ward",
        "What my team sees reaches the board, and we hear what the board did about it.",
        "Ask the chair of the quality committee for a place on its agenda each year, and for a written answer.",
    ),
    Item(
        "protected-meetings", Side.ORGANISATION, "investment-and-governance",
        "My team has protected time to meet about quality.",
        "Ask the chief operating officer to protect our meetings about quality, and to count those that are cancelled.",
    ),
    Item(
        "results-shared", Side.ORGANISATION, "journey",
        "My organisation measures doctors' engagement regularly, and tells us the results and what it will do.",
        "Ask the medical director for the results for my area, and for what will be done about them.",
    ),
)  # fmt: skip
"""The questions in the order in which they are asked: first what I do, then what my organisation gives me."""
