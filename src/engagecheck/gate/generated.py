"""Written by `engagecheck.gate.writing` from schemas/profile.schema.json; change the schema or the writer instead."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from engagecheck.dates import partial_date
from engagecheck.gate import Doubtful, Walk, frozen, twice
from engagecheck.listing import Listing, Tally
from engagecheck.profile import Evidence, Organisation
from engagecheck.sections.appraisal import Appraisal
from engagecheck.sections.commitment import BoardLead, Commitment, PeerLead, ResidentLead, Review, SasAdvocate
from engagecheck.sections.context import Context, Figure, OtherFact
from engagecheck.sections.governance import AssuranceFramework, Governance
from engagecheck.sections.involvement import ChangeProject, Involvement, Project, Tier, Tiers
from engagecheck.sections.journey import Comparator, Journey, Measurement
from engagecheck.sections.leadership import ClinicalDirector, Holder, Leadership, NonExecutive, PastHolder, Post
from engagecheck.sections.learning import Learning, OutsideLearning
from engagecheck.sections.perceptions import Group, ItemAnswer, Perceptions
from engagecheck.sections.regulator import Rating, Regulator, RegulatoryAction
from engagecheck.sections.selection import Competition, Selection
from engagecheck.sections.strategy import Improvement, Plan, Programme, QualityStrategy, Strategy
from engagecheck.sections.structure import Relationship, Structure, Unit
from engagecheck.sections.talent import Talent

_PATTERN_0 = re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}$').search
_FACTS_1 = frozenset(['chief_executive', 'clinical_directors', 'medical_director', 'non_executives', 'other_executives'])
_ANSWERS_2 = frozenset(['interim', 'substantive', 'vacant'])
_ANSWERS_3 = frozenset(['job_share', 'joint', 'sole'])
_ANSWERS_4 = frozenset(['interim', 'substantive'])
_ANSWERS_5 = frozenset(['chair', 'non_executive'])
_FACTS_6 = frozenset(['board_lead', 'engagement_reviews', 'hosts_resident_doctors', 'resident_lead', 'resident_peer_lead', 'sas_advocate', 'voting_doctors'])
_ANSWERS_7 = frozenset(['board', 'people_committee', 'quality_committee'])
_FACTS_8 = frozenset(['divisional_plans', 'improvement', 'improvement_at_induction', 'programmes', 'quality_strategy'])
_ANSWERS_9 = frozenset(['all', 'none', 'some'])
_FACTS_10 = frozenset(['departments', 'divisions', 'relationship'])
_ANSWERS_11 = frozenset(['additional_responsibilities', 'none', 'spa'])
_FACTS_12 = frozenset(['competitions', 'complete_panels', 'scored_assessment'])
_FACTS_13 = frozenset(['appraisers', 'approved_missed', 'board_report_on', 'completed', 'compliance_signed_on', 'connected', 'deferrals', 'did_not_revalidate', 'job_plans', 'non_engagement', 'positive', 'recommendations_due', 'recommendations_late', 'recommendations_made', 'unapproved_missed'])
_FACTS_14 = frozenset(['chief_registrar_time', 'development_plan', 'leadership_strategy', 'resident_leadership', 'succession'])
_FACTS_15 = frozenset(['external_learning', 'external_review_on'])
_ANSWERS_16 = frozenset(['exchange', 'peer_review', 'visit'])
_FACTS_17 = frozenset(['change_projects', 'patient_partners', 'projects', 'tiers'])
_FACTS_18 = frozenset(['assurance_framework', 'capability_assessed_on', 'governance_half_days', 'new_consultant_spa', 'programme_places'])
_FACTS_19 = frozenset(['consultants', 'doctors', 'executives', 'managers', 'medical_leaders', 'on', 'resident_doctors', 'sas_doctors'])
_PATTERN_20 = re.compile('^[a-z][a-z0-9-]{0,40}$').search
_FACTS_21 = frozenset(['action_plan_known', 'declared_complete', 'measurements', 'self_rating'])
_ANSWERS_22 = frozenset(['advocacy', 'appraisals', 'engagement', 'involvement', 'learning', 'morale', 'motivation', 'raising_concerns'])
_ANSWERS_23 = frozenset(['all_staff', 'doctors'])
_ANSWERS_24 = frozenset(['good', 'inadequate', 'outstanding', 'requires_improvement'])
_FACTS_25 = frozenset(['actions', 'ratings'])
_ANSWERS_26 = frozenset(['overall', 'well_led'])
_ANSWERS_27 = frozenset(['condition', 'undertaking', 'warning'])
_FACTS_28 = frozenset(['doctors_wte', 'operating_spend', 'others', 'training_spend'])
_ANSWERS_29 = frozenset(['general_practice', 'health_and_social_care_trust', 'health_board', 'independent_hospital', 'integrated_care_board', 'nhs_ambulance_trust', 'nhs_foundation_trust', 'nhs_trust', 'public_hospital'])
_ANSWERS_30 = frozenset(['Australia', 'Canada', 'England', 'Ireland', 'New Zealand', 'Northern Ireland', 'Scotland', 'Wales', 'elsewhere'])
_PATTERN_31 = re.compile('^[A-Z0-9]{3,10}$').search
_PATTERN_32 = re.compile('^[A-Za-z0-9][A-Za-z0-9._-]{0,79}$').search
_ANSWERS_33 = frozenset(['annual_report', 'attestation', 'board_paper', 'data_set', 'minutes', 'other', 'policy', 'regulator_report', 'statutory_return', 'survey'])
_ANSWERS_34 = frozenset(['asserted', 'corroborated', 'documented', 'verified'])
_PATTERN_35 = re.compile('^[0-9a-f]{64}$').search


def day(text: Any) -> date:
    """The day of an audit."""
    if not _PATTERN_0(text):
        raise Doubtful
    return date.fromisoformat(text)


def top(parts: dict[str, Any]) -> None:
    """Take out and check what stands at the top and is no group of facts."""
    if type(parts.get("evidence", [])) is not list or len(parts.get("evidence", ())) > 2000:
        raise Doubtful
    if "$schema" in parts:
        value = parts.pop("$schema")
        if type(value) is not str or not 1 <= len(value) <= 300:
            raise Doubtful
    if "note" in parts:
        value = parts.pop("note")
        if type(value) is not str or not 1 <= len(value) <= 2000:
            raise Doubtful


def _holder(group: Any, walk: Walk, pointer: str) -> Holder:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    status_ = get("status")
    if status_ is not None:
        left -= 1
        if status_ not in _ANSWERS_2:
            raise Doubtful
    since_ = get("since")
    if since_ is not None:
        left -= 1
        since_ = partial_date(since_)
        if since_.first > walk.as_of:
            raise Doubtful
    arrangement_ = get("arrangement")
    if arrangement_ is not None:
        left -= 1
        if arrangement_ not in _ANSWERS_3:
            raise Doubtful
    appointee_named_ = get("appointee_named")
    if appointee_named_ is not None:
        left -= 1
        if appointee_named_ is not True and appointee_named_ is not False:
            raise Doubtful
    doctor_ = get("doctor")
    if doctor_ is not None:
        left -= 1
        if doctor_ is not True and doctor_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return Holder(status_, since_, arrangement_, appointee_named_, doctor_)


def _past_holder(group: Any, walk: Walk, pointer: str) -> PastHolder:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    status_ = get("status")
    if status_ is not None:
        left -= 1
        if status_ not in _ANSWERS_4:
            raise Doubtful
    since_ = get("since")
    if since_ is not None:
        left -= 1
        since_ = partial_date(since_)
        if since_.first > walk.as_of:
            raise Doubtful
    until_ = get("until")
    if until_ is not None:
        left -= 1
        until_ = partial_date(until_)
        if until_.first > walk.as_of:
            raise Doubtful
    arrangement_ = get("arrangement")
    if arrangement_ is not None:
        left -= 1
        if arrangement_ not in _ANSWERS_3:
            raise Doubtful
    if left:
        raise Doubtful
    return PastHolder(status_, since_, until_, arrangement_)


def _listing_of_past_holder(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 100:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_past_holder(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len(stated) > 1 and len({(one.status, one.since, one.until, one.arrangement) for one in entries_}) < len(stated) and twice(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _post(group: Any, walk: Walk, pointer: str) -> Post:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    role_ = get("role")
    if role_ is not None:
        left -= 1
        if type(role_) is not str or not 1 <= len(role_) <= 120:
            raise Doubtful
    now_ = get("now")
    if now_ is not None:
        left -= 1
        now_ = _holder(now_, walk, pointer + "/now")
    before_ = get("before")
    if before_ is not None:
        left -= 1
        before_ = _listing_of_past_holder(before_, walk, pointer + "/before")
    if left:
        raise Doubtful
    return Post(role_, now_, before_)


def _listing_of_post(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 60:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_post(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len(stated) > 1 and len({(one.role, one.now, one.before) for one in entries_}) < len(stated) and twice(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _non_executive(group: Any, walk: Walk, pointer: str) -> NonExecutive:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    role_ = group["role"]
    left -= 1
    if role_ not in _ANSWERS_5:
        raise Doubtful
    since_ = get("since")
    if since_ is not None:
        left -= 1
        since_ = partial_date(since_)
        if since_.first > walk.as_of:
            raise Doubtful
    rigorous_review_ = get("rigorous_review")
    if rigorous_review_ is not None:
        left -= 1
        if rigorous_review_ is not True and rigorous_review_ is not False:
            raise Doubtful
    extension_agreed_ = get("extension_agreed")
    if extension_agreed_ is not None:
        left -= 1
        if extension_agreed_ is not True and extension_agreed_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return NonExecutive(role_, since_, rigorous_review_, extension_agreed_)


def _listing_of_non_executive(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 60:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_non_executive(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len(stated) > 1 and len({(one.role, one.since, one.rigorous_review, one.extension_agreed) for one in entries_}) < len(stated) and twice(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _clinical_director(group: Any, walk: Walk, pointer: str) -> ClinicalDirector:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    post_ = group["post"]
    left -= 1
    if type(post_) is not str or not 1 <= len(post_) <= 120:
        raise Doubtful
    private_ = get("private")
    if private_ is not None:
        left -= 1
        if private_ is not True and private_ is not False:
            raise Doubtful
    since_ = get("since")
    if since_ is not None:
        left -= 1
        since_ = partial_date(since_)
        if since_.first > walk.as_of:
            raise Doubtful
    planned_change_ = get("planned_change")
    if planned_change_ is not None:
        left -= 1
        if planned_change_ is not True and planned_change_ is not False:
            raise Doubtful
    leadership_training_ = get("leadership_training")
    if leadership_training_ is not None:
        left -= 1
        leadership_training_ = partial_date(leadership_training_)
        if leadership_training_.first > walk.as_of:
            raise Doubtful
    open_competition_ = get("open_competition")
    if open_competition_ is not None:
        left -= 1
        if open_competition_ is not True and open_competition_ is not False:
            raise Doubtful
    written_accountabilities_ = get("written_accountabilities")
    if written_accountabilities_ is not None:
        left -= 1
        if written_accountabilities_ is not True and written_accountabilities_ is not False:
            raise Doubtful
    term_of_office_ = get("term_of_office")
    if term_of_office_ is not None:
        left -= 1
        if term_of_office_ is not True and term_of_office_ is not False:
            raise Doubtful
    yearly_review_ = get("yearly_review")
    if yearly_review_ is not None:
        left -= 1
        if yearly_review_ is not True and yearly_review_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return ClinicalDirector(post_, private_, since_, planned_change_, leadership_training_, open_competition_, written_accountabilities_, term_of_office_, yearly_review_)


def _listing_of_clinical_director(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_clinical_director(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.post for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _leadership(group: Any, walk: Walk, pointer: str) -> Leadership:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_1, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_1, 60, 500, group)
    chief_executive_ = get("chief_executive")
    if chief_executive_ is not None:
        left -= 1
        chief_executive_ = _post(chief_executive_, walk, pointer + "/chief_executive")
    medical_director_ = get("medical_director")
    if medical_director_ is not None:
        left -= 1
        medical_director_ = _post(medical_director_, walk, pointer + "/medical_director")
    other_executives_ = get("other_executives")
    if other_executives_ is not None:
        left -= 1
        other_executives_ = _listing_of_post(other_executives_, walk, pointer + "/other_executives")
    non_executives_ = get("non_executives")
    if non_executives_ is not None:
        left -= 1
        non_executives_ = _listing_of_non_executive(non_executives_, walk, pointer + "/non_executives")
    clinical_directors_ = get("clinical_directors")
    if clinical_directors_ is not None:
        left -= 1
        clinical_directors_ = _listing_of_clinical_director(clinical_directors_, walk, pointer + "/clinical_directors")
    if left:
        raise Doubtful
    return Leadership(chief_executive_, medical_director_, other_executives_, non_executives_, clinical_directors_)


def _board_lead(group: Any, walk: Walk, pointer: str) -> BoardLead:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    named_ = get("named")
    if named_ is not None:
        left -= 1
        if named_ is not True and named_ is not False:
            raise Doubtful
    all_doctors_ = get("all_doctors")
    if all_doctors_ is not None:
        left -= 1
        if all_doctors_ is not True and all_doctors_ is not False:
            raise Doubtful
    reports_to_board_ = get("reports_to_board")
    if reports_to_board_ is not None:
        left -= 1
        if reports_to_board_ is not True and reports_to_board_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return BoardLead(named_, all_doctors_, reports_to_board_)


def _resident_lead(group: Any, walk: Walk, pointer: str) -> ResidentLead:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    executive_ = get("executive")
    if executive_ is not None:
        left -= 1
        if executive_ is not True and executive_ is not False:
            raise Doubtful
    board_oversight_ = get("board_oversight")
    if board_oversight_ is not None:
        left -= 1
        if board_oversight_ is not True and board_oversight_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return ResidentLead(executive_, board_oversight_)


def _peer_lead(group: Any, walk: Walk, pointer: str) -> PeerLead:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    named_ = get("named")
    if named_ is not None:
        left -= 1
        if named_ is not True and named_ is not False:
            raise Doubtful
    reports_to_board_ = get("reports_to_board")
    if reports_to_board_ is not None:
        left -= 1
        if reports_to_board_ is not True and reports_to_board_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return PeerLead(named_, reports_to_board_)


def _review(group: Any, walk: Walk, pointer: str) -> Review:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    on_ = group["on"]
    left -= 1
    on_ = partial_date(on_)
    if on_.first > walk.as_of:
        raise Doubtful
    body_ = group["body"]
    left -= 1
    if body_ not in _ANSWERS_7:
        raise Doubtful
    measure_ = get("measure")
    if measure_ is not None:
        left -= 1
        if type(measure_) is not str or not 1 <= len(measure_) <= 160:
            raise Doubtful
    if left:
        raise Doubtful
    return Review(on_, body_, measure_)


def _listing_of_review(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 200:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_review(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len(stated) > 1 and len({(one.on, one.body, one.measure) for one in entries_}) < len(stated) and twice(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _sas_advocate(group: Any, walk: Walk, pointer: str) -> SasAdvocate:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    named_ = get("named")
    if named_ is not None:
        left -= 1
        if named_ is not True and named_ is not False:
            raise Doubtful
    job_planned_time_ = get("job_planned_time")
    if job_planned_time_ is not None:
        left -= 1
        if job_planned_time_ is not True and job_planned_time_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return SasAdvocate(named_, job_planned_time_)


def _commitment(group: Any, walk: Walk, pointer: str) -> Commitment:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_6, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_6, 60, 500, group)
    hosts_resident_doctors_ = get("hosts_resident_doctors")
    if hosts_resident_doctors_ is not None:
        left -= 1
        if hosts_resident_doctors_ is not True and hosts_resident_doctors_ is not False:
            raise Doubtful
    board_lead_ = get("board_lead")
    if board_lead_ is not None:
        left -= 1
        board_lead_ = _board_lead(board_lead_, walk, pointer + "/board_lead")
    resident_lead_ = get("resident_lead")
    if resident_lead_ is not None:
        left -= 1
        resident_lead_ = _resident_lead(resident_lead_, walk, pointer + "/resident_lead")
    resident_peer_lead_ = get("resident_peer_lead")
    if resident_peer_lead_ is not None:
        left -= 1
        resident_peer_lead_ = _peer_lead(resident_peer_lead_, walk, pointer + "/resident_peer_lead")
    voting_doctors_ = get("voting_doctors")
    if voting_doctors_ is not None:
        left -= 1
        if type(voting_doctors_) is not int or not 0 <= voting_doctors_ <= 60:
            raise Doubtful
    engagement_reviews_ = get("engagement_reviews")
    if engagement_reviews_ is not None:
        left -= 1
        engagement_reviews_ = _listing_of_review(engagement_reviews_, walk, pointer + "/engagement_reviews")
    sas_advocate_ = get("sas_advocate")
    if sas_advocate_ is not None:
        left -= 1
        sas_advocate_ = _sas_advocate(sas_advocate_, walk, pointer + "/sas_advocate")
    if left:
        raise Doubtful
    return Commitment(hosts_resident_doctors_, board_lead_, resident_lead_, resident_peer_lead_, voting_doctors_, engagement_reviews_, sas_advocate_)


def _quality_strategy(group: Any, walk: Walk, pointer: str) -> QualityStrategy:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    board_approved_ = get("board_approved")
    if board_approved_ is not None:
        left -= 1
        if board_approved_ is not True and board_approved_ is not False:
            raise Doubtful
    measures_monitored_ = get("measures_monitored")
    if measures_monitored_ is not None:
        left -= 1
        if measures_monitored_ is not True and measures_monitored_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return QualityStrategy(board_approved_, measures_monitored_)


def _improvement(group: Any, walk: Walk, pointer: str) -> Improvement:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    executive_named_ = get("executive_named")
    if executive_named_ is not None:
        left -= 1
        if executive_named_ is not True and executive_named_ is not False:
            raise Doubtful
    agreed_method_ = get("agreed_method")
    if agreed_method_ is not None:
        left -= 1
        if agreed_method_ is not True and agreed_method_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return Improvement(executive_named_, agreed_method_)


def _plan(group: Any, walk: Walk, pointer: str) -> Plan:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    division_ = group["division"]
    left -= 1
    if type(division_) is not str or not 1 <= len(division_) <= 120:
        raise Doubtful
    objective_ = get("objective")
    if objective_ is not None:
        left -= 1
        if type(objective_) is not str or not 1 <= len(objective_) <= 120:
            raise Doubtful
    if left:
        raise Doubtful
    return Plan(division_, objective_)


def _listing_of_plan(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 200:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_plan(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.division for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _programme(group: Any, walk: Walk, pointer: str) -> Programme:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 160:
        raise Doubtful
    objective_ = get("objective")
    if objective_ is not None:
        left -= 1
        if type(objective_) is not str or not 1 <= len(objective_) <= 120:
            raise Doubtful
    if left:
        raise Doubtful
    return Programme(name_, objective_)


def _listing_of_programme(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_programme(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.name for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _strategy(group: Any, walk: Walk, pointer: str) -> Strategy:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_8, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_8, 60, 500, group)
    quality_strategy_ = get("quality_strategy")
    if quality_strategy_ is not None:
        left -= 1
        quality_strategy_ = _quality_strategy(quality_strategy_, walk, pointer + "/quality_strategy")
    improvement_ = get("improvement")
    if improvement_ is not None:
        left -= 1
        improvement_ = _improvement(improvement_, walk, pointer + "/improvement")
    divisional_plans_ = get("divisional_plans")
    if divisional_plans_ is not None:
        left -= 1
        divisional_plans_ = _listing_of_plan(divisional_plans_, walk, pointer + "/divisional_plans")
    improvement_at_induction_ = get("improvement_at_induction")
    if improvement_at_induction_ is not None:
        left -= 1
        if improvement_at_induction_ not in _ANSWERS_9:
            raise Doubtful
    programmes_ = get("programmes")
    if programmes_ is not None:
        left -= 1
        programmes_ = _listing_of_programme(programmes_, walk, pointer + "/programmes")
    if left:
        raise Doubtful
    return Strategy(quality_strategy_, improvement_, divisional_plans_, improvement_at_induction_, programmes_)


def _unit(group: Any, walk: Walk, pointer: str) -> Unit:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 120:
        raise Doubtful
    private_ = get("private")
    if private_ is not None:
        left -= 1
        if private_ is not True and private_ is not False:
            raise Doubtful
    doctor_lead_ = get("doctor_lead")
    if doctor_lead_ is not None:
        left -= 1
        if doctor_lead_ is not True and doctor_lead_ is not False:
            raise Doubtful
    manager_ = get("manager")
    if manager_ is not None:
        left -= 1
        if manager_ is not True and manager_ is not False:
            raise Doubtful
    lead_duties_ = get("lead_duties")
    if lead_duties_ is not None:
        left -= 1
        if lead_duties_ not in _ANSWERS_11:
            raise Doubtful
    delegated_authority_ = get("delegated_authority")
    if delegated_authority_ is not None:
        left -= 1
        if delegated_authority_ is not True and delegated_authority_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return Unit(name_, private_, doctor_lead_, manager_, lead_duties_, delegated_authority_)


def _listing_of_unit(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 200:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_unit(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.name for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _listing_of_unit2(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 1000:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_unit(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.name for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _tally(group: Any, walk: Walk, pointer: str) -> Tally:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 1000000:
            raise Doubtful
    count_ = get("count")
    if count_ is not None:
        left -= 1
        if type(count_) is not int or not 0 <= count_ <= 1000000:
            raise Doubtful
    sampled_ = get("sampled")
    if sampled_ is not None:
        left -= 1
        if type(sampled_) is not str or not 1 <= len(sampled_) <= 500:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and count_ is not None and count_ > of_:
        raise Doubtful
    return Tally(of_, count_, sampled_)


def _relationship(group: Any, walk: Walk, pointer: str) -> Relationship:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    clinical_directors_ = get("clinical_directors")
    if clinical_directors_ is not None:
        left -= 1
        clinical_directors_ = _tally(clinical_directors_, walk, pointer + "/clinical_directors")
    general_managers_ = get("general_managers")
    if general_managers_ is not None:
        left -= 1
        general_managers_ = _tally(general_managers_, walk, pointer + "/general_managers")
    if left:
        raise Doubtful
    return Relationship(clinical_directors_, general_managers_)


def _structure(group: Any, walk: Walk, pointer: str) -> Structure:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_10, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_10, 60, 500, group)
    divisions_ = get("divisions")
    if divisions_ is not None:
        left -= 1
        divisions_ = _listing_of_unit(divisions_, walk, pointer + "/divisions")
    departments_ = get("departments")
    if departments_ is not None:
        left -= 1
        departments_ = _listing_of_unit2(departments_, walk, pointer + "/departments")
    relationship_ = get("relationship")
    if relationship_ is not None:
        left -= 1
        relationship_ = _relationship(relationship_, walk, pointer + "/relationship")
    if left:
        raise Doubtful
    return Structure(divisions_, departments_, relationship_)


def _competition(group: Any, walk: Walk, pointer: str) -> Competition:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    post_ = group["post"]
    left -= 1
    if type(post_) is not str or not 1 <= len(post_) <= 120:
        raise Doubtful
    on_ = get("on")
    if on_ is not None:
        left -= 1
        on_ = partial_date(on_)
        if on_.first > walk.as_of:
            raise Doubtful
    applicants_ = get("applicants")
    if applicants_ is not None:
        left -= 1
        if type(applicants_) is not int or not 0 <= applicants_ <= 1000:
            raise Doubtful
    if left:
        raise Doubtful
    return Competition(post_, on_, applicants_)


def _listing_of_competition(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_competition(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({(one.post, one.on) for one in entries_}) < len(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _selection(group: Any, walk: Walk, pointer: str) -> Selection:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_12, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_12, 60, 500, group)
    complete_panels_ = get("complete_panels")
    if complete_panels_ is not None:
        left -= 1
        complete_panels_ = _tally(complete_panels_, walk, pointer + "/complete_panels")
    scored_assessment_ = get("scored_assessment")
    if scored_assessment_ is not None:
        left -= 1
        scored_assessment_ = _tally(scored_assessment_, walk, pointer + "/scored_assessment")
    competitions_ = get("competitions")
    if competitions_ is not None:
        left -= 1
        competitions_ = _listing_of_competition(competitions_, walk, pointer + "/competitions")
    if left:
        raise Doubtful
    return Selection(complete_panels_, scored_assessment_, competitions_)


def _appraisal(group: Any, walk: Walk, pointer: str) -> Appraisal:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_13, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_13, 60, 500, group)
    connected_ = get("connected")
    if connected_ is not None:
        left -= 1
        if type(connected_) is not int or not 0 <= connected_ <= 1000000:
            raise Doubtful
    completed_ = get("completed")
    if completed_ is not None:
        left -= 1
        if type(completed_) is not int or not 0 <= completed_ <= 1000000:
            raise Doubtful
    approved_missed_ = get("approved_missed")
    if approved_missed_ is not None:
        left -= 1
        if type(approved_missed_) is not int or not 0 <= approved_missed_ <= 1000000:
            raise Doubtful
    unapproved_missed_ = get("unapproved_missed")
    if unapproved_missed_ is not None:
        left -= 1
        if type(unapproved_missed_) is not int or not 0 <= unapproved_missed_ <= 1000000:
            raise Doubtful
    recommendations_due_ = get("recommendations_due")
    if recommendations_due_ is not None:
        left -= 1
        if type(recommendations_due_) is not int or not 0 <= recommendations_due_ <= 1000000:
            raise Doubtful
    recommendations_made_ = get("recommendations_made")
    if recommendations_made_ is not None:
        left -= 1
        if type(recommendations_made_) is not int or not 0 <= recommendations_made_ <= 1000000:
            raise Doubtful
    recommendations_late_ = get("recommendations_late")
    if recommendations_late_ is not None:
        left -= 1
        if type(recommendations_late_) is not int or not 0 <= recommendations_late_ <= 1000000:
            raise Doubtful
    positive_ = get("positive")
    if positive_ is not None:
        left -= 1
        if type(positive_) is not int or not 0 <= positive_ <= 1000000:
            raise Doubtful
    deferrals_ = get("deferrals")
    if deferrals_ is not None:
        left -= 1
        if type(deferrals_) is not int or not 0 <= deferrals_ <= 1000000:
            raise Doubtful
    non_engagement_ = get("non_engagement")
    if non_engagement_ is not None:
        left -= 1
        if type(non_engagement_) is not int or not 0 <= non_engagement_ <= 1000000:
            raise Doubtful
    did_not_revalidate_ = get("did_not_revalidate")
    if did_not_revalidate_ is not None:
        left -= 1
        if type(did_not_revalidate_) is not int or not 0 <= did_not_revalidate_ <= 1000000:
            raise Doubtful
    board_report_on_ = get("board_report_on")
    if board_report_on_ is not None:
        left -= 1
        board_report_on_ = partial_date(board_report_on_)
        if board_report_on_.first > walk.as_of:
            raise Doubtful
    compliance_signed_on_ = get("compliance_signed_on")
    if compliance_signed_on_ is not None:
        left -= 1
        compliance_signed_on_ = partial_date(compliance_signed_on_)
        if compliance_signed_on_.first > walk.as_of:
            raise Doubtful
    appraisers_ = get("appraisers")
    if appraisers_ is not None:
        left -= 1
        if type(appraisers_) is not int or not 0 <= appraisers_ <= 1000000:
            raise Doubtful
    job_plans_ = get("job_plans")
    if job_plans_ is not None:
        left -= 1
        job_plans_ = _tally(job_plans_, walk, pointer + "/job_plans")
    if left:
        raise Doubtful
    return Appraisal(connected_, completed_, approved_missed_, unapproved_missed_, recommendations_due_, recommendations_made_, recommendations_late_, positive_, deferrals_, non_engagement_, did_not_revalidate_, board_report_on_, compliance_signed_on_, appraisers_, job_plans_)


def _talent(group: Any, walk: Walk, pointer: str) -> Talent:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_14, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_14, 60, 500, group)
    leadership_strategy_ = get("leadership_strategy")
    if leadership_strategy_ is not None:
        left -= 1
        if leadership_strategy_ is not True and leadership_strategy_ is not False:
            raise Doubtful
    development_plan_ = get("development_plan")
    if development_plan_ is not None:
        left -= 1
        if development_plan_ is not True and development_plan_ is not False:
            raise Doubtful
    succession_ = get("succession")
    if succession_ is not None:
        left -= 1
        succession_ = _tally(succession_, walk, pointer + "/succession")
    resident_leadership_ = get("resident_leadership")
    if resident_leadership_ is not None:
        left -= 1
        resident_leadership_ = _tally(resident_leadership_, walk, pointer + "/resident_leadership")
    chief_registrar_time_ = get("chief_registrar_time")
    if chief_registrar_time_ is not None:
        left -= 1
        if (type(chief_registrar_time_) is not float and type(chief_registrar_time_) is not int) or not 0 <= chief_registrar_time_ <= 100:
            raise Doubtful
        chief_registrar_time_ = float(chief_registrar_time_)
    if left:
        raise Doubtful
    return Talent(leadership_strategy_, development_plan_, succession_, resident_leadership_, chief_registrar_time_)


def _outside_learning(group: Any, walk: Walk, pointer: str) -> OutsideLearning:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    on_ = group["on"]
    left -= 1
    on_ = partial_date(on_)
    if on_.first > walk.as_of:
        raise Doubtful
    kind_ = group["kind"]
    left -= 1
    if kind_ not in _ANSWERS_16:
        raise Doubtful
    partner_ = get("partner")
    if partner_ is not None:
        left -= 1
        if type(partner_) is not str or not 1 <= len(partner_) <= 160:
            raise Doubtful
    action_recorded_ = get("action_recorded")
    if action_recorded_ is not None:
        left -= 1
        if action_recorded_ is not True and action_recorded_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return OutsideLearning(on_, kind_, partner_, action_recorded_)


def _listing_of_outside_learning(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_outside_learning(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len(stated) > 1 and len({(one.on, one.kind, one.partner, one.action_recorded) for one in entries_}) < len(stated) and twice(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _learning(group: Any, walk: Walk, pointer: str) -> Learning:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_15, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_15, 60, 500, group)
    external_learning_ = get("external_learning")
    if external_learning_ is not None:
        left -= 1
        external_learning_ = _listing_of_outside_learning(external_learning_, walk, pointer + "/external_learning")
    external_review_on_ = get("external_review_on")
    if external_review_on_ is not None:
        left -= 1
        external_review_on_ = partial_date(external_review_on_)
        if external_review_on_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    return Learning(external_learning_, external_review_on_)


def _project(group: Any, walk: Walk, pointer: str) -> Project:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 160:
        raise Doubtful
    patient_ = get("patient")
    if patient_ is not None:
        left -= 1
        if patient_ is not True and patient_ is not False:
            raise Doubtful
    non_clinician_ = get("non_clinician")
    if non_clinician_ is not None:
        left -= 1
        if non_clinician_ is not True and non_clinician_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return Project(name_, patient_, non_clinician_)


def _listing_of_project(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_project(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.name for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _tier(group: Any, walk: Walk, pointer: str) -> Tier:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    exists_ = get("exists")
    if exists_ is not None:
        left -= 1
        if exists_ is not True and exists_ is not False:
            raise Doubtful
    meetings_ = get("meetings")
    if meetings_ is not None:
        left -= 1
        if type(meetings_) is not int or not 0 <= meetings_ <= 1000:
            raise Doubtful
    attended_ = get("attended")
    if attended_ is not None:
        left -= 1
        if type(attended_) is not int or not 0 <= attended_ <= 1000:
            raise Doubtful
    if left:
        raise Doubtful
    return Tier(exists_, meetings_, attended_)


def _tiers(group: Any, walk: Walk, pointer: str) -> Tiers:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    board_ = get("board")
    if board_ is not None:
        left -= 1
        board_ = _tier(board_, walk, pointer + "/board")
    quality_committee_ = get("quality_committee")
    if quality_committee_ is not None:
        left -= 1
        quality_committee_ = _tier(quality_committee_, walk, pointer + "/quality_committee")
    divisional_board_ = get("divisional_board")
    if divisional_board_ is not None:
        left -= 1
        divisional_board_ = _tier(divisional_board_, walk, pointer + "/divisional_board")
    if left:
        raise Doubtful
    return Tiers(board_, quality_committee_, divisional_board_)


def _change_project(group: Any, walk: Walk, pointer: str) -> ChangeProject:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 160:
        raise Doubtful
    resident_or_sas_ = get("resident_or_sas")
    if resident_or_sas_ is not None:
        left -= 1
        if resident_or_sas_ is not True and resident_or_sas_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return ChangeProject(name_, resident_or_sas_)


def _listing_of_change_project(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_change_project(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.name for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _involvement(group: Any, walk: Walk, pointer: str) -> Involvement:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_17, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_17, 60, 500, group)
    patient_partners_ = get("patient_partners")
    if patient_partners_ is not None:
        left -= 1
        if type(patient_partners_) is not int or not 0 <= patient_partners_ <= 1000:
            raise Doubtful
    projects_ = get("projects")
    if projects_ is not None:
        left -= 1
        projects_ = _listing_of_project(projects_, walk, pointer + "/projects")
    tiers_ = get("tiers")
    if tiers_ is not None:
        left -= 1
        tiers_ = _tiers(tiers_, walk, pointer + "/tiers")
    change_projects_ = get("change_projects")
    if change_projects_ is not None:
        left -= 1
        change_projects_ = _listing_of_change_project(change_projects_, walk, pointer + "/change_projects")
    if left:
        raise Doubtful
    return Involvement(patient_partners_, projects_, tiers_, change_projects_)


def _assurance_framework(group: Any, walk: Walk, pointer: str) -> AssuranceFramework:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    plan_overseen_ = get("plan_overseen")
    if plan_overseen_ is not None:
        left -= 1
        if plan_overseen_ is not True and plan_overseen_ is not False:
            raise Doubtful
    outcomes_reported_ = get("outcomes_reported")
    if outcomes_reported_ is not None:
        left -= 1
        if outcomes_reported_ is not True and outcomes_reported_ is not False:
            raise Doubtful
    principal_risk_ = get("principal_risk")
    if principal_risk_ is not None:
        left -= 1
        if principal_risk_ is not True and principal_risk_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return AssuranceFramework(plan_overseen_, outcomes_reported_, principal_risk_)


def _governance(group: Any, walk: Walk, pointer: str) -> Governance:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_18, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_18, 60, 500, group)
    programme_places_ = get("programme_places")
    if programme_places_ is not None:
        left -= 1
        if type(programme_places_) is not int or not 0 <= programme_places_ <= 1000000:
            raise Doubtful
    new_consultant_spa_ = get("new_consultant_spa")
    if new_consultant_spa_ is not None:
        left -= 1
        if (type(new_consultant_spa_) is not float and type(new_consultant_spa_) is not int) or not 0 <= new_consultant_spa_ <= 15:
            raise Doubtful
        new_consultant_spa_ = float(new_consultant_spa_)
    assurance_framework_ = get("assurance_framework")
    if assurance_framework_ is not None:
        left -= 1
        assurance_framework_ = _assurance_framework(assurance_framework_, walk, pointer + "/assurance_framework")
    governance_half_days_ = get("governance_half_days")
    if governance_half_days_ is not None:
        left -= 1
        governance_half_days_ = _tally(governance_half_days_, walk, pointer + "/governance_half_days")
    capability_assessed_on_ = get("capability_assessed_on")
    if capability_assessed_on_ is not None:
        left -= 1
        capability_assessed_on_ = partial_date(capability_assessed_on_)
        if capability_assessed_on_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    return Governance(programme_places_, new_consultant_spa_, assurance_framework_, governance_half_days_, capability_assessed_on_)


def _item_answer(group: Any, walk: Walk, pointer: str) -> ItemAnswer:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    n_ = group["n"]
    left -= 1
    if type(n_) is not int or not 10 <= n_ <= 1000000:
        raise Doubtful
    mean_ = group["mean"]
    left -= 1
    if (type(mean_) is not float and type(mean_) is not int) or not 0 <= mean_ <= 10:
        raise Doubtful
    mean_ = float(mean_)
    spread_ = get("spread")
    if spread_ is not None:
        left -= 1
        if (type(spread_) is not float and type(spread_) is not int) or not 0 <= spread_ <= 10:
            raise Doubtful
        spread_ = float(spread_)
    if left:
        raise Doubtful
    return ItemAnswer(n_, mean_, spread_)


def _group(group: Any, walk: Walk, pointer: str) -> Group:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    invited_ = get("invited")
    if invited_ is not None:
        left -= 1
        if type(invited_) is not int or not 0 <= invited_ <= 1000000:
            raise Doubtful
    responded_ = get("responded")
    if responded_ is not None:
        left -= 1
        if type(responded_) is not int or not 0 <= responded_ <= 1000000:
            raise Doubtful
    suppressed_ = get("suppressed")
    if suppressed_ is not None:
        left -= 1
        if suppressed_ is not True and suppressed_ is not False:
            raise Doubtful
    overall_ = get("overall")
    if overall_ is not None:
        left -= 1
        overall_ = _item_answer(overall_, walk, pointer + "/overall")
    items_ = get("items")
    if items_ is not None:
        left -= 1
        if len(items_) > 40 or not all(map(_PATTERN_20, items_)):
            raise Doubtful
        walk.names += len(items_)
        items_ = frozen({one: _item_answer(part, walk, f"{pointer}/items/{one}") for one, part in items_.items()})
    if left:
        raise Doubtful
    return Group(invited_, responded_, suppressed_, overall_, items_)


def _perceptions(group: Any, walk: Walk, pointer: str) -> Perceptions:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_19, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_19, 60, 500, group)
    on_ = get("on")
    if on_ is not None:
        left -= 1
        on_ = partial_date(on_)
        if on_.first > walk.as_of:
            raise Doubtful
    medical_leaders_ = get("medical_leaders")
    if medical_leaders_ is not None:
        left -= 1
        medical_leaders_ = _group(medical_leaders_, walk, pointer + "/medical_leaders")
    doctors_ = get("doctors")
    if doctors_ is not None:
        left -= 1
        doctors_ = _group(doctors_, walk, pointer + "/doctors")
    consultants_ = get("consultants")
    if consultants_ is not None:
        left -= 1
        consultants_ = _group(consultants_, walk, pointer + "/consultants")
    sas_doctors_ = get("sas_doctors")
    if sas_doctors_ is not None:
        left -= 1
        sas_doctors_ = _group(sas_doctors_, walk, pointer + "/sas_doctors")
    resident_doctors_ = get("resident_doctors")
    if resident_doctors_ is not None:
        left -= 1
        resident_doctors_ = _group(resident_doctors_, walk, pointer + "/resident_doctors")
    managers_ = get("managers")
    if managers_ is not None:
        left -= 1
        managers_ = _group(managers_, walk, pointer + "/managers")
    executives_ = get("executives")
    if executives_ is not None:
        left -= 1
        executives_ = _group(executives_, walk, pointer + "/executives")
    if left:
        raise Doubtful
    return Perceptions(on_, medical_leaders_, doctors_, consultants_, sas_doctors_, resident_doctors_, managers_, executives_)


def _comparator(group: Any, walk: Walk, pointer: str) -> Comparator:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    score_ = get("score")
    if score_ is not None:
        left -= 1
        if (type(score_) is not float and type(score_) is not int) or not -1000 <= score_ <= 1000:
            raise Doubtful
        score_ = float(score_)
    population_ = get("population")
    if population_ is not None:
        left -= 1
        if population_ not in _ANSWERS_23:
            raise Doubtful
    group_ = get("group")
    if group_ is not None:
        left -= 1
        if type(group_) is not str or not 1 <= len(group_) <= 160:
            raise Doubtful
    if left:
        raise Doubtful
    return Comparator(score_, population_, group_)


def _measurement(group: Any, walk: Walk, pointer: str) -> Measurement:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    instrument_ = group["instrument"]
    left -= 1
    if type(instrument_) is not str or not 1 <= len(instrument_) <= 120:
        raise Doubtful
    topic_ = group["topic"]
    left -= 1
    if topic_ not in _ANSWERS_22:
        raise Doubtful
    population_ = group["population"]
    left -= 1
    if population_ not in _ANSWERS_23:
        raise Doubtful
    on_ = get("on")
    if on_ is not None:
        left -= 1
        on_ = partial_date(on_)
        if on_.first > walk.as_of:
            raise Doubtful
    respondents_ = get("respondents")
    if respondents_ is not None:
        left -= 1
        if type(respondents_) is not int or not 0 <= respondents_ <= 1000000:
            raise Doubtful
    score_ = get("score")
    if score_ is not None:
        left -= 1
        if (type(score_) is not float and type(score_) is not int) or not -1000 <= score_ <= 1000:
            raise Doubtful
        score_ = float(score_)
    scale_low_ = get("scale_low")
    if scale_low_ is not None:
        left -= 1
        if (type(scale_low_) is not float and type(scale_low_) is not int) or not -1000 <= scale_low_ <= 1000:
            raise Doubtful
        scale_low_ = float(scale_low_)
    scale_high_ = get("scale_high")
    if scale_high_ is not None:
        left -= 1
        if (type(scale_high_) is not float and type(scale_high_) is not int) or not -1000 <= scale_high_ <= 1000:
            raise Doubtful
        scale_high_ = float(scale_high_)
    comparator_ = get("comparator")
    if comparator_ is not None:
        left -= 1
        comparator_ = _comparator(comparator_, walk, pointer + "/comparator")
    if left:
        raise Doubtful
    return Measurement(instrument_, topic_, population_, on_, respondents_, score_, scale_low_, scale_high_, comparator_)


def _listing_of_measurement(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 1000:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_measurement(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({(one.instrument, one.topic, one.population, one.on) for one in entries_}) < len(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _journey(group: Any, walk: Walk, pointer: str) -> Journey:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_21, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_21, 60, 500, group)
    measurements_ = get("measurements")
    if measurements_ is not None:
        left -= 1
        measurements_ = _listing_of_measurement(measurements_, walk, pointer + "/measurements")
    action_plan_known_ = get("action_plan_known")
    if action_plan_known_ is not None:
        left -= 1
        action_plan_known_ = _tally(action_plan_known_, walk, pointer + "/action_plan_known")
    self_rating_ = get("self_rating")
    if self_rating_ is not None:
        left -= 1
        if self_rating_ not in _ANSWERS_24:
            raise Doubtful
    declared_complete_ = get("declared_complete")
    if declared_complete_ is not None:
        left -= 1
        if declared_complete_ is not True and declared_complete_ is not False:
            raise Doubtful
    if left:
        raise Doubtful
    return Journey(measurements_, action_plan_known_, self_rating_, declared_complete_)


def _rating(group: Any, walk: Walk, pointer: str) -> Rating:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    domain_ = group["domain"]
    left -= 1
    if domain_ not in _ANSWERS_26:
        raise Doubtful
    rating_ = group["rating"]
    left -= 1
    if rating_ not in _ANSWERS_24:
        raise Doubtful
    on_ = get("on")
    if on_ is not None:
        left -= 1
        on_ = partial_date(on_)
        if on_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    return Rating(domain_, rating_, on_)


def _listing_of_rating(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 100:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_rating(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({(one.domain, one.on) for one in entries_}) < len(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _regulatory_action(group: Any, walk: Walk, pointer: str) -> RegulatoryAction:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    kind_ = group["kind"]
    left -= 1
    if kind_ not in _ANSWERS_27:
        raise Doubtful
    opened_ = get("opened")
    if opened_ is not None:
        left -= 1
        opened_ = partial_date(opened_)
        if opened_.first > walk.as_of:
            raise Doubtful
    closed_ = get("closed")
    if closed_ is not None:
        left -= 1
        closed_ = partial_date(closed_)
        if closed_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    return RegulatoryAction(kind_, opened_, closed_)


def _listing_of_regulatory_action(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 200:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_regulatory_action(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len(stated) > 1 and len({(one.kind, one.opened, one.closed) for one in entries_}) < len(stated) and twice(stated):
            raise Doubtful
    complete_from_ = get("complete_from")
    if complete_from_ is not None:
        left -= 1
        complete_from_ = partial_date(complete_from_)
        if complete_from_.first > walk.as_of:
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), complete_from_)


def _regulator(group: Any, walk: Walk, pointer: str) -> Regulator:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_25, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_25, 60, 500, group)
    ratings_ = get("ratings")
    if ratings_ is not None:
        left -= 1
        ratings_ = _listing_of_rating(ratings_, walk, pointer + "/ratings")
    actions_ = get("actions")
    if actions_ is not None:
        left -= 1
        actions_ = _listing_of_regulatory_action(actions_, walk, pointer + "/actions")
    if left:
        raise Doubtful
    return Regulator(ratings_, actions_)


def _figure(group: Any, walk: Walk, pointer: str) -> Figure:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    value_ = get("value")
    if value_ is not None:
        left -= 1
        if (type(value_) is not float and type(value_) is not int) or not 0 <= value_ <= 1000000000:
            raise Doubtful
        value_ = float(value_)
    before_ = get("before")
    if before_ is not None:
        left -= 1
        if (type(before_) is not float and type(before_) is not int) or not 0 <= before_ <= 1000000000:
            raise Doubtful
        before_ = float(before_)
    if left:
        raise Doubtful
    return Figure(value_, before_)


def _other_fact(group: Any, walk: Walk, pointer: str) -> OtherFact:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    fact_ = group["fact"]
    left -= 1
    if type(fact_) is not str or not 1 <= len(fact_) <= 200:
        raise Doubtful
    value_ = group["value"]
    left -= 1
    if ((type(value_) is not float and type(value_) is not int) or not -9007199254740992 <= value_ <= 9007199254740992) and (value_ is not True and value_ is not False) and (type(value_) is not str or not 0 <= len(value_) <= 300):
        raise Doubtful
    if left:
        raise Doubtful
    return OtherFact(fact_, value_)


def _listing_of_other_fact(group: Any, walk: Walk, pointer: str) -> Listing[Any]:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    of_ = get("of")
    if of_ is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 100000:
            raise Doubtful
    entries_ = get("entries")
    if entries_ is not None:
        left -= 1
        if type(entries_) is not list or len(entries_) > 500:
            raise Doubtful
        stated = entries_
        entries_ = tuple([_other_fact(one, walk, f"{pointer}/entries/{place}") for place, one in enumerate(stated)])
        if len({one.fact for one in entries_}) < len(stated):
            raise Doubtful
    if left:
        raise Doubtful
    if of_ is not None and entries_ is not None and len(entries_) > of_:
        raise Doubtful
    return Listing(of_, entries_ if entries_ is not None else (), None)


def _context(group: Any, walk: Walk, pointer: str) -> Context:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    evidence_for_ = get("evidence_for")
    if evidence_for_ is not None:
        left -= 1
        walk.cite_singly(pointer, evidence_for_, _FACTS_28, 60, 50)
    withheld_ = get("withheld")
    if withheld_ is not None:
        left -= 1
        walk.withhold(pointer, withheld_, _FACTS_28, 60, 500, group)
    doctors_wte_ = get("doctors_wte")
    if doctors_wte_ is not None:
        left -= 1
        doctors_wte_ = _figure(doctors_wte_, walk, pointer + "/doctors_wte")
    training_spend_ = get("training_spend")
    if training_spend_ is not None:
        left -= 1
        training_spend_ = _figure(training_spend_, walk, pointer + "/training_spend")
    operating_spend_ = get("operating_spend")
    if operating_spend_ is not None:
        left -= 1
        operating_spend_ = _figure(operating_spend_, walk, pointer + "/operating_spend")
    others_ = get("others")
    if others_ is not None:
        left -= 1
        others_ = _listing_of_other_fact(others_, walk, pointer + "/others")
    if left:
        raise Doubtful
    return Context(doctors_wte_, training_spend_, operating_spend_, others_)


def _organisation(group: Any, walk: Walk, pointer: str) -> Organisation:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    evidence_ = get("evidence")
    if evidence_ is not None:
        left -= 1
        walk.cite(pointer, evidence_, 50)
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 200:
        raise Doubtful
    type_ = group["type"]
    left -= 1
    if type_ not in _ANSWERS_29:
        raise Doubtful
    country_ = group["country"]
    left -= 1
    if country_ not in _ANSWERS_30:
        raise Doubtful
    ods_code_ = get("ods_code")
    if ods_code_ is not None:
        left -= 1
        if type(ods_code_) is not str or not 0 <= len(ods_code_) <= 10 or not _PATTERN_31(ods_code_):
            raise Doubtful
    if left:
        raise Doubtful
    return Organisation(name_, type_, country_, ods_code_)


def _evidence(group: Any, walk: Walk, pointer: str) -> Evidence:
    if type(group) is not dict:
        raise Doubtful
    get = group.get
    left = len(group)
    walk.names += left
    note_ = get("note")
    if note_ is not None:
        left -= 1
        if type(note_) is not str or not 1 <= len(note_) <= 2000:
            raise Doubtful
    id_ = group["id"]
    left -= 1
    if type(id_) is not str or not 1 <= len(id_) <= 80 or not _PATTERN_32(id_):
        raise Doubtful
    title_ = group["title"]
    left -= 1
    if type(title_) is not str or not 1 <= len(title_) <= 300:
        raise Doubtful
    kind_ = group["kind"]
    left -= 1
    if kind_ not in _ANSWERS_33:
        raise Doubtful
    publisher_ = get("publisher")
    if publisher_ is not None:
        left -= 1
        if type(publisher_) is not str or not 1 <= len(publisher_) <= 200:
            raise Doubtful
    effective_ = get("effective")
    if effective_ is not None:
        left -= 1
        effective_ = partial_date(effective_)
        if effective_.first > walk.as_of:
            raise Doubtful
    collected_ = get("collected")
    if collected_ is not None:
        left -= 1
        collected_ = partial_date(collected_)
        if collected_.first > walk.as_of:
            raise Doubtful
    assurance_ = get("assurance")
    if assurance_ is not None:
        left -= 1
        if assurance_ not in _ANSWERS_34:
            raise Doubtful
    reference_ = get("reference")
    if reference_ is not None:
        left -= 1
        if type(reference_) is not str or not 1 <= len(reference_) <= 300:
            raise Doubtful
    sha256_ = get("sha256")
    if sha256_ is not None:
        left -= 1
        if type(sha256_) is not str or not 0 <= len(sha256_) <= 64 or not _PATTERN_35(sha256_):
            raise Doubtful
    if left:
        raise Doubtful
    return Evidence(id_, title_, kind_, publisher_, effective_, collected_, assurance_ if assurance_ is not None else 'documented', reference_, sha256_)


PARTS: dict[str, Callable[[Any, Walk, str], Any]] = {
    "leadership": _leadership,
    "commitment": _commitment,
    "strategy": _strategy,
    "structure": _structure,
    "selection": _selection,
    "appraisal": _appraisal,
    "talent": _talent,
    "learning": _learning,
    "involvement": _involvement,
    "governance": _governance,
    "perceptions": _perceptions,
    "journey": _journey,
    "regulator": _regulator,
    "context": _context,
    "organisation": _organisation,
    "evidence": _evidence,
}
