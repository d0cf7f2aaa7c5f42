"""Who may do what: one table of role × step × route. A route that is not in it is refused to everybody.

Nothing is decided here. `access.py` reads the table for each request, and a test tries every row of it.
"""

from collections.abc import Mapping

from attrs import frozen

DRAFTING, SUBMITTED, REVIEWED, APPROVED, PUBLISHED = STEPS = ("drafting", "submitted", "reviewed", "approved", "published")
LEAD, CONTRIBUTOR, REVIEWER, BOARD = MEMBER_ROLES = ("lead", "contributor", "reviewer", "board reader")
ANYONE, BEGINNER, ADMINISTRATOR, AUDITOR = SITE_ROLES = ("anyone", "beginner", "administrator", "auditor")
"""Roles for the whole workplace. An auditor reads every assessment, so the role is part of its rows too."""
SHARED_SECTION = "evidence"
"""The section that every contributor shares: the evidence register."""

Allowed = Mapping[str, tuple[str, ...]]
"""The steps in which each role is allowed."""
_NOBODY: Allowed = {}
_WHOLE: Allowed = dict.fromkeys((LEAD, REVIEWER, AUDITOR), STEPS)
"""Those who read all of an assessment."""
_INSIDE: Allowed = {**_WHOLE, CONTRIBUTOR: STEPS}
_WRITERS: Allowed = dict.fromkeys((LEAD, CONTRIBUTOR), (DRAFTING,))

_LEADS: Allowed = {LEAD: STEPS}
_LEADS_DRAFT: Allowed = {LEAD: (DRAFTING,)}

_OPEN = (DRAFTING, SUBMITTED, REVIEWED)
_FOLLOWED = (APPROVED, PUBLISHED)
"""When contributors work on actions. Before, an action would tell them how their answers are judged."""
_REMARKS: Allowed = dict.fromkeys((LEAD, REVIEWER), _OPEN)


@frozen
class Row:
    """Who may look at a route and who may act by it. `is_open` needs no sign-in; `of_assessment` goes by role and step.

    If `by_section`, a contributor is allowed only where the address is in one of their sections, or in the shared one. If
    `by_action`, only the actions that are theirs, as `own_actions.py` says.
    """

    look: Allowed = _NOBODY
    act: Allowed = _NOBODY
    is_open: bool = False
    of_assessment: bool = True
    by_section: bool = False
    by_action: bool = False
    acts_by: str = "POST"


def _site(look: tuple[str, ...] = (), act: tuple[str, ...] = (), *, is_open: bool = False) -> Row:
    return Row(dict.fromkeys(look, STEPS), dict.fromkeys(act, STEPS), is_open, of_assessment=False)


TABLE: Mapping[str, Row] = {
    "sign-in": _site((ANYONE,), (ANYONE,), is_open=True),
    "password-link": _site((ANYONE,), (ANYONE,), is_open=True),
    "form-style": _site((ANYONE,), is_open=True),
    "sign-out": _site(act=(ANYONE,)),
    "password": _site((ANYONE,), (ANYONE,)),
    "assessments": _site((ANYONE,)),
    "begin": _site((BEGINNER,), (BEGINNER,)),
    "bring": _site(act=(BEGINNER,)),
    "begin-with": _site(act=(BEGINNER,)),
    "begin-published": _site((BEGINNER,), (BEGINNER,)),
    "leave-out-begun": _site(act=(BEGINNER,)),
    "sources": _site((ANYONE,)),
    "source-template": _site((ANYONE,)),
    "people": _site((ADMINISTRATOR,), (ADMINISTRATOR,)),
    "person": _site((ADMINISTRATOR,), (ADMINISTRATOR,)),
    "programs": _site((ANYONE,), (ANYONE,)),
    "end-token": _site(act=(ANYONE,)),
    "openapi-json": _site((ANYONE,)),
    "api-root": _site((ANYONE,)),
    "api-profile": Row(_WHOLE, _LEADS_DRAFT, acts_by="PUT"),
    "api-audits": Row(act=_WHOLE),
    "api-report": Row(_WHOLE),
    "overview": Row(_INSIDE),
    "delete": Row(_LEADS_DRAFT, _LEADS_DRAFT),
    "profile-json": Row(_WHOLE),
    "profile-xlsx": Row(_WHOLE),
    "questions": Row(_INSIDE, _WRITERS, by_section=True),
    "remove": Row(_WRITERS, _WRITERS, by_section=True),
    "add-file": Row(act=_WRITERS),
    "file": Row(_INSIDE),
    "remove-file": Row({LEAD: STEPS, CONTRIBUTOR: (DRAFTING,)}, {LEAD: STEPS, CONTRIBUTOR: (DRAFTING,)}),
    "export": Row(_WHOLE),
    "bring-in": Row(_LEADS_DRAFT),
    "bring-published": Row(act=_LEADS_DRAFT),
    "published": Row(_LEADS_DRAFT, _LEADS_DRAFT),
    "bring-part": Row(act=_LEADS_DRAFT),
    "part": Row(_LEADS_DRAFT, _LEADS_DRAFT),
    "leave-out": Row(act=_LEADS),
    "next-year": Row(_LEADS, _LEADS),
    "members": Row(_INSIDE),
    "member-add": Row(act=_LEADS),
    "member-take": Row(act=_LEADS),
    "deadline": Row(act=_LEADS),
    "score": Row(act=_LEADS),
    "hand-over": Row(act=_WRITERS),
    "steps": Row(_INSIDE),
    "submit": Row(act=_LEADS_DRAFT),
    "send-back": Row(act=dict.fromkeys((LEAD, REVIEWER), (SUBMITTED, REVIEWED))),
    "review": Row(act={REVIEWER: (SUBMITTED,)}),
    "finish-review": Row(act={REVIEWER: (SUBMITTED,)}),
    "approve": Row(act=dict.fromkeys((LEAD, REVIEWER), (REVIEWED,))),
    "publish": Row(act={LEAD: (APPROVED,)}),
    "decide": Row(act={LEAD: (PUBLISHED,)}),
    "reopen": Row(act={LEAD: (APPROVED, PUBLISHED)}),
    "remarks": Row(_INSIDE),
    "remark": Row(_REMARKS, _REMARKS),
    "remark-answer": Row(act={LEAD: _OPEN, CONTRIBUTOR: _OPEN, REVIEWER: _OPEN}),
    "remark-close": Row(act=_REMARKS),
    "trail": Row(_INSIDE),
    "remove-text": Row(_LEADS, _LEADS),
    "wanted": Row(_INSIDE, _LEADS_DRAFT),
    "wanted-done": Row(act=_WRITERS),
    "board": Row({**_WHOLE, BOARD: STEPS}),
    "board-report": Row({**_WHOLE, BOARD: STEPS}),
    "board-paper": Row({**_WHOLE, BOARD: STEPS}),
    "compared": Row(_WHOLE),
    "years": Row(_WHOLE),
    "results": Row(_WHOLE),
    "report": Row(_WHOLE),
    "paper": Row(_WHOLE, _WHOLE),
    "evidence-ages": Row(_INSIDE),
    "what-if": Row(_WHOLE),
    "supposed": Row(_WHOLE),
    "peers": Row(_WHOLE, _WHOLE),
    "statements": Row(_WHOLE),
    "tracker": Row({**_WHOLE, CONTRIBUTOR: _FOLLOWED}, _LEADS, by_action=True),
    "tracker-workbook": Row(_WHOLE),
    "bring-tracker": Row(act=_LEADS),
    "worked-tracker": Row(_LEADS, _LEADS),
    "action": Row({**_WHOLE, CONTRIBUTOR: _FOLLOWED}, {**_LEADS, CONTRIBUTOR: _FOLLOWED}, by_action=True),
    "give-action": Row(act=_LEADS),
    "reminders": Row(_INSIDE, by_action=True),
    "calendar": Row(_INSIDE, by_action=True),
    "survey": Row(_LEADS_DRAFT, _LEADS_DRAFT),
    "close-survey": Row(_LEADS_DRAFT, _LEADS_DRAFT),
    "answer": _site((ANYONE,), (ANYONE,), is_open=True),
    "organisations": _site((ANYONE,)),
    "organisation": _site((ANYONE,)),
}
"""Every route by its name in `urls.py`."""
