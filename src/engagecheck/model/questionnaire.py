"""The questionnaire for groups: its items, and the groups of people who are asked."""

from attrs import frozen


@frozen
class Item:
    """One statement to rate from 0 (not at all) to 10 (completely), and the id of the rule that it belongs to."""

    id: str
    text: str
    rule: str


ITEMS = (
    Item("leaders-stay", "Our senior leaders stay long enough to see things through.", "leadership-stability"),
    Item("leaders-listen", "Our senior leaders want doctors to take part, and act on what they hear.", "senior-commitment"),
    Item("quality-first", "Improving quality is part of how we work every day, not a separate programme.", "quality-strategy"),
    Item("doctors-lead", "In my department a doctor has a real part in leading.", "medical-leadership-structure"),
    Item("managers-help", "Doctors and managers here solve problems together.", "medical-leadership-structure"),
    Item("chosen-for-more", "Senior posts are not given for clinical skill alone.", "senior-selection"),
    Item("appraisal-helps", "My last appraisal helped me to develop.", "appraisal-and-revalidation"),
    Item("can-develop", "I can learn to lead and improve care if I want to.", "talent-and-development"),
    Item("learn-from-others", "We learn from other organisations and from what goes wrong.", "learning-from-others"),
    Item("can-speak-up", "I can raise a concern, and something comes of it.", "learning-from-others"),
    Item("patients-involved", "Patients take part when we change how we care for them.", "board-to-ward"),
    Item("heard-at-board", "The board knows what it is like to work on our wards.", "board-to-ward"),
    Item("time-to-improve", "I have time for improving care, not only for giving it.", "investment-and-governance"),
    Item("getting-better", "Doctors' part in leading and improving care is growing here.", "journey"),
)

DOCTORS = ("consultants", "sas_doctors", "resident_doctors")
GROUPS = {
    "medical_leaders": "Doctors who lead divisions or departments",
    "consultants": "Consultants",
    "sas_doctors": "SAS and locally employed doctors",
    "resident_doctors": "Resident doctors",
    "managers": "Managers",
    "executives": "Board members, their deputies and divisional directors",
}
LEAST = 10
"""The smallest group that is shown. The NHS Staff Survey suppresses groups under the same size."""
