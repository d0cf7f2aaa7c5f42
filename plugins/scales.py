"""Opinion scales that boards know. A scale words the level and changes nothing else; every definition is our own text.

The words of `wales` are those that NHS Wales Audit and Assurance Services use for audits (head of internal audit opinion,
Abertawe Bro Morgannwg University Health Board, 2016/17). The level stays what it is: a self-assessment, and no audit.
"""

from engagecheck import Level, OpinionScale

UNPROVEN, STARTING, BUILDING, SUSTAINING = Level
LITTLE = "Too little has been shown, or is in place, to say that doctors are engaged in leading care."
SOME = "Something essential, or much of the rest, is not in place or not shown."
MOST = "Most of what engaged organisations have in common is in place. Some of the rest is incomplete or not shown."
ALL = "What engaged organisations have in common is in place. The work is to keep it in place, and never ends."

RAG = OpinionScale(
    "rag",
    {UNPROVEN: ("Red", LITTLE), STARTING: ("Amber-red", SOME), BUILDING: ("Amber-green", MOST), SUSTAINING: ("Green", ALL)},
)
FOUR_STEP = OpinionScale(
    "four-step",
    {
        UNPROVEN: ("Not shown", LITTLE),
        STARTING: ("Partly shown", SOME),
        BUILDING: ("Largely shown", MOST),
        SUSTAINING: ("Fully shown", ALL),
    },
)
WALES = OpinionScale(
    "wales",
    {
        UNPROVEN: ("No assurance", LITTLE),
        STARTING: ("Limited assurance", SOME),
        BUILDING: ("Reasonable assurance", MOST),
        SUSTAINING: ("Substantial assurance", ALL),
    },
)
