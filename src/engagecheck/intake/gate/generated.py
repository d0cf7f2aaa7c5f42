"""Written by `engagecheck.gate.writing` from schemas/profile.schema.json; change the schema or the writer instead."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from engagecheck.intake.gate.walk import ALL_BESIDE, NOTE, NOTE_AND_EVIDENCE, Doubtful, Limits, ListOf, Walk, by_name
from engagecheck.model.listing import Tally
from engagecheck.model.profile import Evidence, Organisation
from engagecheck.model.sections.appraisal import Appraisal
from engagecheck.model.sections.commitment import BoardLead, Commitment, PeerLead, ResidentLead, Review, SasAdvocate
from engagecheck.model.sections.context import Context, Figure, OtherFact
from engagecheck.model.sections.governance import AssuranceFramework, Governance
from engagecheck.model.sections.involvement import ChangeProject, Involvement, Project, Tier, Tiers
from engagecheck.model.sections.journey import Comparator, Journey, Measurement
from engagecheck.model.sections.leadership import ClinicalDirector, Holder, Leadership, NonExecutive, PastHolder, Post
from engagecheck.model.sections.learning import Learning, OutsideLearning
from engagecheck.model.sections.perceptions import Group, ItemAnswer, Perceptions
from engagecheck.model.sections.regulator import Rating, Regulator, RegulatoryAction
from engagecheck.model.sections.selection import Competition, Selection
from engagecheck.model.sections.strategy import Improvement, Plan, Programme, QualityStrategy, Strategy
from engagecheck.model.sections.structure import Relationship, Structure, Unit
from engagecheck.model.sections.talent import Talent

LIMITS = Limits(total=100000, note=2000, ids=50, singly=60, withheld=60, reason=500)
_PATTERN_0 = re.compile('^[0-9]{4}-[0-9]{2}-[0-9]{2}$').search
_ANSWERS_1 = frozenset(['interim', 'substantive', 'vacant'])
_ANSWERS_2 = frozenset(['job_share', 'joint', 'sole'])
_ANSWERS_3 = frozenset(['interim', 'substantive'])
_ANSWERS_4 = frozenset(['chair', 'non_executive'])
_FACTS_5 = frozenset(['chief_executive', 'clinical_directors', 'medical_director', 'non_executives', 'other_executives'])
_ANSWERS_6 = frozenset(['board', 'people_committee', 'quality_committee'])
_FACTS_7 = frozenset(['board_lead', 'engagement_reviews', 'hosts_resident_doctors', 'resident_lead', 'resident_peer_lead', 'sas_advocate', 'voting_doctors'])
_ANSWERS_8 = frozenset(['all', 'none', 'some'])
_FACTS_9 = frozenset(['divisional_plans', 'improvement', 'improvement_at_induction', 'programmes', 'quality_strategy'])
_ANSWERS_10 = frozenset(['additional_responsibilities', 'none', 'spa'])
_FACTS_11 = frozenset(['departments', 'divisions', 'relationship'])
_FACTS_12 = frozenset(['competitions', 'complete_panels', 'scored_assessment'])
_FACTS_13 = frozenset(['appraisers', 'approved_missed', 'board_report_on', 'completed', 'compliance_signed_on', 'connected', 'deferrals', 'did_not_revalidate', 'job_plans', 'non_engagement', 'positive', 'recommendations_due', 'recommendations_late', 'recommendations_made', 'unapproved_missed'])
_FACTS_14 = frozenset(['chief_registrar_time', 'development_plan', 'leadership_strategy', 'resident_leadership', 'succession'])
_ANSWERS_15 = frozenset(['exchange', 'peer_review', 'visit'])
_FACTS_16 = frozenset(['external_learning', 'external_review_on'])
_FACTS_17 = frozenset(['change_projects', 'patient_partners', 'projects', 'tiers'])
_FACTS_18 = frozenset(['assurance_framework', 'capability_assessed_on', 'governance_half_days', 'new_consultant_spa', 'programme_places'])
_PATTERN_19 = re.compile('^[a-z][a-z0-9-]{0,40}$').search
_FACTS_20 = frozenset(['consultants', 'doctors', 'executives', 'managers', 'medical_leaders', 'on', 'resident_doctors', 'sas_doctors'])
_ANSWERS_21 = frozenset(['advocacy', 'appraisals', 'engagement', 'involvement', 'learning', 'morale', 'motivation', 'raising_concerns'])
_ANSWERS_22 = frozenset(['all_staff', 'doctors'])
_ANSWERS_23 = frozenset(['good', 'inadequate', 'outstanding', 'requires_improvement'])
_FACTS_24 = frozenset(['action_plan_known', 'declared_complete', 'measurements', 'self_rating'])
_ANSWERS_25 = frozenset(['overall', 'well_led'])
_ANSWERS_26 = frozenset(['condition', 'undertaking', 'warning'])
_FACTS_27 = frozenset(['actions', 'ratings'])
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
    left = len(group)
    walk.names += left
    if (status_ := group.get("status")) is not None:
        left -= 1
        if status_ not in _ANSWERS_1:
            raise Doubtful
    if (since_ := group.get("since")) is not None:
        left -= 1
        since_ = walk.past(since_)
    if (arrangement_ := group.get("arrangement")) is not None:
        left -= 1
        if arrangement_ not in _ANSWERS_2:
            raise Doubtful
    if (appointee_named_ := group.get("appointee_named")) is not None:
        left -= 1
        if appointee_named_ is not True and appointee_named_ is not False:
            raise Doubtful
    if (doctor_ := group.get("doctor")) is not None:
        left -= 1
        if doctor_ is not True and doctor_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Holder(status_, since_, arrangement_, appointee_named_, doctor_)


def _past_holder(group: Any, walk: Walk, pointer: str) -> PastHolder:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (status_ := group.get("status")) is not None:
        left -= 1
        if status_ not in _ANSWERS_3:
            raise Doubtful
    if (since_ := group.get("since")) is not None:
        left -= 1
        since_ = walk.past(since_)
    if (until_ := group.get("until")) is not None:
        left -= 1
        until_ = walk.past(until_)
    if (arrangement_ := group.get("arrangement")) is not None:
        left -= 1
        if arrangement_ not in _ANSWERS_2:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return PastHolder(status_, since_, until_, arrangement_)


_list_of_past_holder = ListOf(_past_holder, 100, ('status', 'since', 'until', 'arrangement'), notes_count=True, history=True)


def _post(group: Any, walk: Walk, pointer: str) -> Post:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (role_ := group.get("role")) is not None:
        left -= 1
        if type(role_) is not str or not 1 <= len(role_) <= 120:
            raise Doubtful
    if (now_ := group.get("now")) is not None:
        left -= 1
        now_ = _holder(now_, walk, pointer + "/now")
    if (before_ := group.get("before")) is not None:
        left -= 1
        before_ = _list_of_past_holder(before_, walk, pointer + "/before")
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Post(role_, now_, before_)


_list_of_post = ListOf(_post, 60, ('role', 'now', 'before'), notes_count=True, history=False)


def _non_executive(group: Any, walk: Walk, pointer: str) -> NonExecutive:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    role_ = group["role"]
    left -= 1
    if role_ not in _ANSWERS_4:
        raise Doubtful
    if (since_ := group.get("since")) is not None:
        left -= 1
        since_ = walk.past(since_)
    if (rigorous_review_ := group.get("rigorous_review")) is not None:
        left -= 1
        if rigorous_review_ is not True and rigorous_review_ is not False:
            raise Doubtful
    if (extension_agreed_ := group.get("extension_agreed")) is not None:
        left -= 1
        if extension_agreed_ is not True and extension_agreed_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return NonExecutive(role_, since_, rigorous_review_, extension_agreed_)


_list_of_non_executive = ListOf(_non_executive, 60, ('role', 'since', 'rigorous_review', 'extension_agreed'), notes_count=True, history=False)


def _clinical_director(group: Any, walk: Walk, pointer: str) -> ClinicalDirector:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    post_ = group["post"]
    left -= 1
    if type(post_) is not str or not 1 <= len(post_) <= 120:
        raise Doubtful
    if (private_ := group.get("private")) is not None:
        left -= 1
        if private_ is not True and private_ is not False:
            raise Doubtful
    if (since_ := group.get("since")) is not None:
        left -= 1
        since_ = walk.past(since_)
    if (planned_change_ := group.get("planned_change")) is not None:
        left -= 1
        if planned_change_ is not True and planned_change_ is not False:
            raise Doubtful
    if (leadership_training_ := group.get("leadership_training")) is not None:
        left -= 1
        leadership_training_ = walk.past(leadership_training_)
    if (open_competition_ := group.get("open_competition")) is not None:
        left -= 1
        if open_competition_ is not True and open_competition_ is not False:
            raise Doubtful
    if (written_accountabilities_ := group.get("written_accountabilities")) is not None:
        left -= 1
        if written_accountabilities_ is not True and written_accountabilities_ is not False:
            raise Doubtful
    if (term_of_office_ := group.get("term_of_office")) is not None:
        left -= 1
        if term_of_office_ is not True and term_of_office_ is not False:
            raise Doubtful
    if (yearly_review_ := group.get("yearly_review")) is not None:
        left -= 1
        if yearly_review_ is not True and yearly_review_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return ClinicalDirector(post_, private_, since_, planned_change_, leadership_training_, open_competition_, written_accountabilities_, term_of_office_, yearly_review_)


_list_of_clinical_director = ListOf(_clinical_director, 500, ('post',), notes_count=False, history=False)


def _leadership(group: Any, walk: Walk, pointer: str) -> Leadership:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (chief_executive_ := group.get("chief_executive")) is not None:
        left -= 1
        chief_executive_ = _post(chief_executive_, walk, pointer + "/chief_executive")
    if (medical_director_ := group.get("medical_director")) is not None:
        left -= 1
        medical_director_ = _post(medical_director_, walk, pointer + "/medical_director")
    if (other_executives_ := group.get("other_executives")) is not None:
        left -= 1
        other_executives_ = _list_of_post(other_executives_, walk, pointer + "/other_executives")
    if (non_executives_ := group.get("non_executives")) is not None:
        left -= 1
        non_executives_ = _list_of_non_executive(non_executives_, walk, pointer + "/non_executives")
    if (clinical_directors_ := group.get("clinical_directors")) is not None:
        left -= 1
        clinical_directors_ = _list_of_clinical_director(clinical_directors_, walk, pointer + "/clinical_directors")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_5):
        raise Doubtful
    return Leadership(chief_executive_, medical_director_, other_executives_, non_executives_, clinical_directors_)


def _board_lead(group: Any, walk: Walk, pointer: str) -> BoardLead:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (named_ := group.get("named")) is not None:
        left -= 1
        if named_ is not True and named_ is not False:
            raise Doubtful
    if (all_doctors_ := group.get("all_doctors")) is not None:
        left -= 1
        if all_doctors_ is not True and all_doctors_ is not False:
            raise Doubtful
    if (reports_to_board_ := group.get("reports_to_board")) is not None:
        left -= 1
        if reports_to_board_ is not True and reports_to_board_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return BoardLead(named_, all_doctors_, reports_to_board_)


def _resident_lead(group: Any, walk: Walk, pointer: str) -> ResidentLead:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (executive_ := group.get("executive")) is not None:
        left -= 1
        if executive_ is not True and executive_ is not False:
            raise Doubtful
    if (board_oversight_ := group.get("board_oversight")) is not None:
        left -= 1
        if board_oversight_ is not True and board_oversight_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return ResidentLead(executive_, board_oversight_)


def _peer_lead(group: Any, walk: Walk, pointer: str) -> PeerLead:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (named_ := group.get("named")) is not None:
        left -= 1
        if named_ is not True and named_ is not False:
            raise Doubtful
    if (reports_to_board_ := group.get("reports_to_board")) is not None:
        left -= 1
        if reports_to_board_ is not True and reports_to_board_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return PeerLead(named_, reports_to_board_)


def _review(group: Any, walk: Walk, pointer: str) -> Review:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    on_ = group["on"]
    left -= 1
    on_ = walk.past(on_)
    body_ = group["body"]
    left -= 1
    if body_ not in _ANSWERS_6:
        raise Doubtful
    if (measure_ := group.get("measure")) is not None:
        left -= 1
        if type(measure_) is not str or not 1 <= len(measure_) <= 160:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Review(on_, body_, measure_)


_list_of_review = ListOf(_review, 200, ('on', 'body', 'measure'), notes_count=True, history=True)


def _sas_advocate(group: Any, walk: Walk, pointer: str) -> SasAdvocate:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (named_ := group.get("named")) is not None:
        left -= 1
        if named_ is not True and named_ is not False:
            raise Doubtful
    if (job_planned_time_ := group.get("job_planned_time")) is not None:
        left -= 1
        if job_planned_time_ is not True and job_planned_time_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return SasAdvocate(named_, job_planned_time_)


def _commitment(group: Any, walk: Walk, pointer: str) -> Commitment:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (hosts_resident_doctors_ := group.get("hosts_resident_doctors")) is not None:
        left -= 1
        if hosts_resident_doctors_ is not True and hosts_resident_doctors_ is not False:
            raise Doubtful
    if (board_lead_ := group.get("board_lead")) is not None:
        left -= 1
        board_lead_ = _board_lead(board_lead_, walk, pointer + "/board_lead")
    if (resident_lead_ := group.get("resident_lead")) is not None:
        left -= 1
        resident_lead_ = _resident_lead(resident_lead_, walk, pointer + "/resident_lead")
    if (resident_peer_lead_ := group.get("resident_peer_lead")) is not None:
        left -= 1
        resident_peer_lead_ = _peer_lead(resident_peer_lead_, walk, pointer + "/resident_peer_lead")
    if (voting_doctors_ := group.get("voting_doctors")) is not None:
        left -= 1
        if type(voting_doctors_) is not int or not 0 <= voting_doctors_ <= 60:
            raise Doubtful
    if (engagement_reviews_ := group.get("engagement_reviews")) is not None:
        left -= 1
        engagement_reviews_ = _list_of_review(engagement_reviews_, walk, pointer + "/engagement_reviews")
    if (sas_advocate_ := group.get("sas_advocate")) is not None:
        left -= 1
        sas_advocate_ = _sas_advocate(sas_advocate_, walk, pointer + "/sas_advocate")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_7):
        raise Doubtful
    return Commitment(hosts_resident_doctors_, board_lead_, resident_lead_, resident_peer_lead_, voting_doctors_, engagement_reviews_, sas_advocate_)


def _quality_strategy(group: Any, walk: Walk, pointer: str) -> QualityStrategy:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (board_approved_ := group.get("board_approved")) is not None:
        left -= 1
        if board_approved_ is not True and board_approved_ is not False:
            raise Doubtful
    if (measures_monitored_ := group.get("measures_monitored")) is not None:
        left -= 1
        if measures_monitored_ is not True and measures_monitored_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return QualityStrategy(board_approved_, measures_monitored_)


def _improvement(group: Any, walk: Walk, pointer: str) -> Improvement:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (executive_named_ := group.get("executive_named")) is not None:
        left -= 1
        if executive_named_ is not True and executive_named_ is not False:
            raise Doubtful
    if (agreed_method_ := group.get("agreed_method")) is not None:
        left -= 1
        if agreed_method_ is not True and agreed_method_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Improvement(executive_named_, agreed_method_)


def _plan(group: Any, walk: Walk, pointer: str) -> Plan:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    division_ = group["division"]
    left -= 1
    if type(division_) is not str or not 1 <= len(division_) <= 120:
        raise Doubtful
    if (objective_ := group.get("objective")) is not None:
        left -= 1
        if type(objective_) is not str or not 1 <= len(objective_) <= 120:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Plan(division_, objective_)


_list_of_plan = ListOf(_plan, 200, ('division',), notes_count=False, history=False)


def _programme(group: Any, walk: Walk, pointer: str) -> Programme:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 160:
        raise Doubtful
    if (objective_ := group.get("objective")) is not None:
        left -= 1
        if type(objective_) is not str or not 1 <= len(objective_) <= 120:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Programme(name_, objective_)


_list_of_programme = ListOf(_programme, 500, ('name',), notes_count=False, history=False)


def _strategy(group: Any, walk: Walk, pointer: str) -> Strategy:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (quality_strategy_ := group.get("quality_strategy")) is not None:
        left -= 1
        quality_strategy_ = _quality_strategy(quality_strategy_, walk, pointer + "/quality_strategy")
    if (improvement_ := group.get("improvement")) is not None:
        left -= 1
        improvement_ = _improvement(improvement_, walk, pointer + "/improvement")
    if (divisional_plans_ := group.get("divisional_plans")) is not None:
        left -= 1
        divisional_plans_ = _list_of_plan(divisional_plans_, walk, pointer + "/divisional_plans")
    if (improvement_at_induction_ := group.get("improvement_at_induction")) is not None:
        left -= 1
        if improvement_at_induction_ not in _ANSWERS_8:
            raise Doubtful
    if (programmes_ := group.get("programmes")) is not None:
        left -= 1
        programmes_ = _list_of_programme(programmes_, walk, pointer + "/programmes")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_9):
        raise Doubtful
    return Strategy(quality_strategy_, improvement_, divisional_plans_, improvement_at_induction_, programmes_)


def _unit(group: Any, walk: Walk, pointer: str) -> Unit:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 120:
        raise Doubtful
    if (private_ := group.get("private")) is not None:
        left -= 1
        if private_ is not True and private_ is not False:
            raise Doubtful
    if (doctor_lead_ := group.get("doctor_lead")) is not None:
        left -= 1
        if doctor_lead_ is not True and doctor_lead_ is not False:
            raise Doubtful
    if (manager_ := group.get("manager")) is not None:
        left -= 1
        if manager_ is not True and manager_ is not False:
            raise Doubtful
    if (lead_duties_ := group.get("lead_duties")) is not None:
        left -= 1
        if lead_duties_ not in _ANSWERS_10:
            raise Doubtful
    if (delegated_authority_ := group.get("delegated_authority")) is not None:
        left -= 1
        if delegated_authority_ is not True and delegated_authority_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Unit(name_, private_, doctor_lead_, manager_, lead_duties_, delegated_authority_)


_list_of_unit = ListOf(_unit, 200, ('name',), notes_count=False, history=False)


_list_of_unit1 = ListOf(_unit, 1000, ('name',), notes_count=False, history=False)


def _tally(group: Any, walk: Walk, pointer: str) -> Tally:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (of_ := group.get("of")) is not None:
        left -= 1
        if type(of_) is not int or not 0 <= of_ <= 1000000:
            raise Doubtful
    if (count_ := group.get("count")) is not None:
        left -= 1
        if type(count_) is not int or not 0 <= count_ <= 1000000:
            raise Doubtful
    if (sampled_ := group.get("sampled")) is not None:
        left -= 1
        if type(sampled_) is not str or not 1 <= len(sampled_) <= 500:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    if of_ is not None and count_ is not None and count_ > of_:
        raise Doubtful
    return Tally(of_, count_, sampled_)


def _relationship(group: Any, walk: Walk, pointer: str) -> Relationship:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (clinical_directors_ := group.get("clinical_directors")) is not None:
        left -= 1
        clinical_directors_ = _tally(clinical_directors_, walk, pointer + "/clinical_directors")
    if (general_managers_ := group.get("general_managers")) is not None:
        left -= 1
        general_managers_ = _tally(general_managers_, walk, pointer + "/general_managers")
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Relationship(clinical_directors_, general_managers_)


def _structure(group: Any, walk: Walk, pointer: str) -> Structure:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (divisions_ := group.get("divisions")) is not None:
        left -= 1
        divisions_ = _list_of_unit(divisions_, walk, pointer + "/divisions")
    if (departments_ := group.get("departments")) is not None:
        left -= 1
        departments_ = _list_of_unit1(departments_, walk, pointer + "/departments")
    if (relationship_ := group.get("relationship")) is not None:
        left -= 1
        relationship_ = _relationship(relationship_, walk, pointer + "/relationship")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_11):
        raise Doubtful
    return Structure(divisions_, departments_, relationship_)


def _competition(group: Any, walk: Walk, pointer: str) -> Competition:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    post_ = group["post"]
    left -= 1
    if type(post_) is not str or not 1 <= len(post_) <= 120:
        raise Doubtful
    if (on_ := group.get("on")) is not None:
        left -= 1
        on_ = walk.past(on_)
    if (applicants_ := group.get("applicants")) is not None:
        left -= 1
        if type(applicants_) is not int or not 0 <= applicants_ <= 1000:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Competition(post_, on_, applicants_)


_list_of_competition = ListOf(_competition, 500, ('post', 'on'), notes_count=False, history=True)


def _selection(group: Any, walk: Walk, pointer: str) -> Selection:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (complete_panels_ := group.get("complete_panels")) is not None:
        left -= 1
        complete_panels_ = _tally(complete_panels_, walk, pointer + "/complete_panels")
    if (scored_assessment_ := group.get("scored_assessment")) is not None:
        left -= 1
        scored_assessment_ = _tally(scored_assessment_, walk, pointer + "/scored_assessment")
    if (competitions_ := group.get("competitions")) is not None:
        left -= 1
        competitions_ = _list_of_competition(competitions_, walk, pointer + "/competitions")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_12):
        raise Doubtful
    return Selection(complete_panels_, scored_assessment_, competitions_)


def _appraisal(group: Any, walk: Walk, pointer: str) -> Appraisal:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (connected_ := group.get("connected")) is not None:
        left -= 1
        if type(connected_) is not int or not 0 <= connected_ <= 1000000:
            raise Doubtful
    if (completed_ := group.get("completed")) is not None:
        left -= 1
        if type(completed_) is not int or not 0 <= completed_ <= 1000000:
            raise Doubtful
    if (approved_missed_ := group.get("approved_missed")) is not None:
        left -= 1
        if type(approved_missed_) is not int or not 0 <= approved_missed_ <= 1000000:
            raise Doubtful
    if (unapproved_missed_ := group.get("unapproved_missed")) is not None:
        left -= 1
        if type(unapproved_missed_) is not int or not 0 <= unapproved_missed_ <= 1000000:
            raise Doubtful
    if (recommendations_due_ := group.get("recommendations_due")) is not None:
        left -= 1
        if type(recommendations_due_) is not int or not 0 <= recommendations_due_ <= 1000000:
            raise Doubtful
    if (recommendations_made_ := group.get("recommendations_made")) is not None:
        left -= 1
        if type(recommendations_made_) is not int or not 0 <= recommendations_made_ <= 1000000:
            raise Doubtful
    if (recommendations_late_ := group.get("recommendations_late")) is not None:
        left -= 1
        if type(recommendations_late_) is not int or not 0 <= recommendations_late_ <= 1000000:
            raise Doubtful
    if (positive_ := group.get("positive")) is not None:
        left -= 1
        if type(positive_) is not int or not 0 <= positive_ <= 1000000:
            raise Doubtful
    if (deferrals_ := group.get("deferrals")) is not None:
        left -= 1
        if type(deferrals_) is not int or not 0 <= deferrals_ <= 1000000:
            raise Doubtful
    if (non_engagement_ := group.get("non_engagement")) is not None:
        left -= 1
        if type(non_engagement_) is not int or not 0 <= non_engagement_ <= 1000000:
            raise Doubtful
    if (did_not_revalidate_ := group.get("did_not_revalidate")) is not None:
        left -= 1
        if type(did_not_revalidate_) is not int or not 0 <= did_not_revalidate_ <= 1000000:
            raise Doubtful
    if (board_report_on_ := group.get("board_report_on")) is not None:
        left -= 1
        board_report_on_ = walk.past(board_report_on_)
    if (compliance_signed_on_ := group.get("compliance_signed_on")) is not None:
        left -= 1
        compliance_signed_on_ = walk.past(compliance_signed_on_)
    if (appraisers_ := group.get("appraisers")) is not None:
        left -= 1
        if type(appraisers_) is not int or not 0 <= appraisers_ <= 1000000:
            raise Doubtful
    if (job_plans_ := group.get("job_plans")) is not None:
        left -= 1
        job_plans_ = _tally(job_plans_, walk, pointer + "/job_plans")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_13):
        raise Doubtful
    return Appraisal(connected_, completed_, approved_missed_, unapproved_missed_, recommendations_due_, recommendations_made_, recommendations_late_, positive_, deferrals_, non_engagement_, did_not_revalidate_, board_report_on_, compliance_signed_on_, appraisers_, job_plans_)


def _talent(group: Any, walk: Walk, pointer: str) -> Talent:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (leadership_strategy_ := group.get("leadership_strategy")) is not None:
        left -= 1
        if leadership_strategy_ is not True and leadership_strategy_ is not False:
            raise Doubtful
    if (development_plan_ := group.get("development_plan")) is not None:
        left -= 1
        if development_plan_ is not True and development_plan_ is not False:
            raise Doubtful
    if (succession_ := group.get("succession")) is not None:
        left -= 1
        succession_ = _tally(succession_, walk, pointer + "/succession")
    if (resident_leadership_ := group.get("resident_leadership")) is not None:
        left -= 1
        resident_leadership_ = _tally(resident_leadership_, walk, pointer + "/resident_leadership")
    if (chief_registrar_time_ := group.get("chief_registrar_time")) is not None:
        left -= 1
        if (type(chief_registrar_time_) is not float and type(chief_registrar_time_) is not int) or not 0 <= chief_registrar_time_ <= 100:
            raise Doubtful
        chief_registrar_time_ = float(chief_registrar_time_)
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_14):
        raise Doubtful
    return Talent(leadership_strategy_, development_plan_, succession_, resident_leadership_, chief_registrar_time_)


def _outside_learning(group: Any, walk: Walk, pointer: str) -> OutsideLearning:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    on_ = group["on"]
    left -= 1
    on_ = walk.past(on_)
    kind_ = group["kind"]
    left -= 1
    if kind_ not in _ANSWERS_15:
        raise Doubtful
    if (partner_ := group.get("partner")) is not None:
        left -= 1
        if type(partner_) is not str or not 1 <= len(partner_) <= 160:
            raise Doubtful
    if (action_recorded_ := group.get("action_recorded")) is not None:
        left -= 1
        if action_recorded_ is not True and action_recorded_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return OutsideLearning(on_, kind_, partner_, action_recorded_)


_list_of_outside_learning = ListOf(_outside_learning, 500, ('on', 'kind', 'partner', 'action_recorded'), notes_count=True, history=True)


def _learning(group: Any, walk: Walk, pointer: str) -> Learning:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (external_learning_ := group.get("external_learning")) is not None:
        left -= 1
        external_learning_ = _list_of_outside_learning(external_learning_, walk, pointer + "/external_learning")
    if (external_review_on_ := group.get("external_review_on")) is not None:
        left -= 1
        external_review_on_ = walk.past(external_review_on_)
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_16):
        raise Doubtful
    return Learning(external_learning_, external_review_on_)


def _project(group: Any, walk: Walk, pointer: str) -> Project:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 160:
        raise Doubtful
    if (patient_ := group.get("patient")) is not None:
        left -= 1
        if patient_ is not True and patient_ is not False:
            raise Doubtful
    if (non_clinician_ := group.get("non_clinician")) is not None:
        left -= 1
        if non_clinician_ is not True and non_clinician_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Project(name_, patient_, non_clinician_)


_list_of_project = ListOf(_project, 500, ('name',), notes_count=False, history=False)


def _tier(group: Any, walk: Walk, pointer: str) -> Tier:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (exists_ := group.get("exists")) is not None:
        left -= 1
        if exists_ is not True and exists_ is not False:
            raise Doubtful
    if (meetings_ := group.get("meetings")) is not None:
        left -= 1
        if type(meetings_) is not int or not 0 <= meetings_ <= 1000:
            raise Doubtful
    if (attended_ := group.get("attended")) is not None:
        left -= 1
        if type(attended_) is not int or not 0 <= attended_ <= 1000:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Tier(exists_, meetings_, attended_)


def _tiers(group: Any, walk: Walk, pointer: str) -> Tiers:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (board_ := group.get("board")) is not None:
        left -= 1
        board_ = _tier(board_, walk, pointer + "/board")
    if (quality_committee_ := group.get("quality_committee")) is not None:
        left -= 1
        quality_committee_ = _tier(quality_committee_, walk, pointer + "/quality_committee")
    if (divisional_board_ := group.get("divisional_board")) is not None:
        left -= 1
        divisional_board_ = _tier(divisional_board_, walk, pointer + "/divisional_board")
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Tiers(board_, quality_committee_, divisional_board_)


def _change_project(group: Any, walk: Walk, pointer: str) -> ChangeProject:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    name_ = group["name"]
    left -= 1
    if type(name_) is not str or not 1 <= len(name_) <= 160:
        raise Doubtful
    if (resident_or_sas_ := group.get("resident_or_sas")) is not None:
        left -= 1
        if resident_or_sas_ is not True and resident_or_sas_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return ChangeProject(name_, resident_or_sas_)


_list_of_change_project = ListOf(_change_project, 500, ('name',), notes_count=False, history=False)


def _involvement(group: Any, walk: Walk, pointer: str) -> Involvement:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (patient_partners_ := group.get("patient_partners")) is not None:
        left -= 1
        if type(patient_partners_) is not int or not 0 <= patient_partners_ <= 1000:
            raise Doubtful
    if (projects_ := group.get("projects")) is not None:
        left -= 1
        projects_ = _list_of_project(projects_, walk, pointer + "/projects")
    if (tiers_ := group.get("tiers")) is not None:
        left -= 1
        tiers_ = _tiers(tiers_, walk, pointer + "/tiers")
    if (change_projects_ := group.get("change_projects")) is not None:
        left -= 1
        change_projects_ = _list_of_change_project(change_projects_, walk, pointer + "/change_projects")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_17):
        raise Doubtful
    return Involvement(patient_partners_, projects_, tiers_, change_projects_)


def _assurance_framework(group: Any, walk: Walk, pointer: str) -> AssuranceFramework:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (plan_overseen_ := group.get("plan_overseen")) is not None:
        left -= 1
        if plan_overseen_ is not True and plan_overseen_ is not False:
            raise Doubtful
    if (outcomes_reported_ := group.get("outcomes_reported")) is not None:
        left -= 1
        if outcomes_reported_ is not True and outcomes_reported_ is not False:
            raise Doubtful
    if (principal_risk_ := group.get("principal_risk")) is not None:
        left -= 1
        if principal_risk_ is not True and principal_risk_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return AssuranceFramework(plan_overseen_, outcomes_reported_, principal_risk_)


def _governance(group: Any, walk: Walk, pointer: str) -> Governance:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (programme_places_ := group.get("programme_places")) is not None:
        left -= 1
        if type(programme_places_) is not int or not 0 <= programme_places_ <= 1000000:
            raise Doubtful
    if (new_consultant_spa_ := group.get("new_consultant_spa")) is not None:
        left -= 1
        if (type(new_consultant_spa_) is not float and type(new_consultant_spa_) is not int) or not 0 <= new_consultant_spa_ <= 15:
            raise Doubtful
        new_consultant_spa_ = float(new_consultant_spa_)
    if (assurance_framework_ := group.get("assurance_framework")) is not None:
        left -= 1
        assurance_framework_ = _assurance_framework(assurance_framework_, walk, pointer + "/assurance_framework")
    if (governance_half_days_ := group.get("governance_half_days")) is not None:
        left -= 1
        governance_half_days_ = _tally(governance_half_days_, walk, pointer + "/governance_half_days")
    if (capability_assessed_on_ := group.get("capability_assessed_on")) is not None:
        left -= 1
        capability_assessed_on_ = walk.past(capability_assessed_on_)
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_18):
        raise Doubtful
    return Governance(programme_places_, new_consultant_spa_, assurance_framework_, governance_half_days_, capability_assessed_on_)


def _item_answer(group: Any, walk: Walk, pointer: str) -> ItemAnswer:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    n_ = group["n"]
    left -= 1
    if type(n_) is not int or not 10 <= n_ <= 1000000:
        raise Doubtful
    mean_ = group["mean"]
    left -= 1
    if (type(mean_) is not float and type(mean_) is not int) or not 0 <= mean_ <= 10:
        raise Doubtful
    mean_ = float(mean_)
    if (spread_ := group.get("spread")) is not None:
        left -= 1
        if (type(spread_) is not float and type(spread_) is not int) or not 0 <= spread_ <= 10:
            raise Doubtful
        spread_ = float(spread_)
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return ItemAnswer(n_, mean_, spread_)


def _group(group: Any, walk: Walk, pointer: str) -> Group:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (invited_ := group.get("invited")) is not None:
        left -= 1
        if type(invited_) is not int or not 0 <= invited_ <= 1000000:
            raise Doubtful
    if (responded_ := group.get("responded")) is not None:
        left -= 1
        if type(responded_) is not int or not 0 <= responded_ <= 1000000:
            raise Doubtful
    if (suppressed_ := group.get("suppressed")) is not None:
        left -= 1
        if suppressed_ is not True and suppressed_ is not False:
            raise Doubtful
    if (overall_ := group.get("overall")) is not None:
        left -= 1
        overall_ = _item_answer(overall_, walk, pointer + "/overall")
    if (items_ := group.get("items")) is not None:
        left -= 1
        items_ = by_name(items_, walk, pointer + "/items", _item_answer, 40, _PATTERN_19)
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Group(invited_, responded_, suppressed_, overall_, items_)


def _perceptions(group: Any, walk: Walk, pointer: str) -> Perceptions:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (on_ := group.get("on")) is not None:
        left -= 1
        on_ = walk.past(on_)
    if (medical_leaders_ := group.get("medical_leaders")) is not None:
        left -= 1
        medical_leaders_ = _group(medical_leaders_, walk, pointer + "/medical_leaders")
    if (doctors_ := group.get("doctors")) is not None:
        left -= 1
        doctors_ = _group(doctors_, walk, pointer + "/doctors")
    if (consultants_ := group.get("consultants")) is not None:
        left -= 1
        consultants_ = _group(consultants_, walk, pointer + "/consultants")
    if (sas_doctors_ := group.get("sas_doctors")) is not None:
        left -= 1
        sas_doctors_ = _group(sas_doctors_, walk, pointer + "/sas_doctors")
    if (resident_doctors_ := group.get("resident_doctors")) is not None:
        left -= 1
        resident_doctors_ = _group(resident_doctors_, walk, pointer + "/resident_doctors")
    if (managers_ := group.get("managers")) is not None:
        left -= 1
        managers_ = _group(managers_, walk, pointer + "/managers")
    if (executives_ := group.get("executives")) is not None:
        left -= 1
        executives_ = _group(executives_, walk, pointer + "/executives")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_20):
        raise Doubtful
    return Perceptions(on_, medical_leaders_, doctors_, consultants_, sas_doctors_, resident_doctors_, managers_, executives_)


def _comparator(group: Any, walk: Walk, pointer: str) -> Comparator:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (score_ := group.get("score")) is not None:
        left -= 1
        if (type(score_) is not float and type(score_) is not int) or not -1000 <= score_ <= 1000:
            raise Doubtful
        score_ = float(score_)
    if (population_ := group.get("population")) is not None:
        left -= 1
        if population_ not in _ANSWERS_22:
            raise Doubtful
    if (group_ := group.get("group")) is not None:
        left -= 1
        if type(group_) is not str or not 1 <= len(group_) <= 160:
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Comparator(score_, population_, group_)


def _measurement(group: Any, walk: Walk, pointer: str) -> Measurement:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    instrument_ = group["instrument"]
    left -= 1
    if type(instrument_) is not str or not 1 <= len(instrument_) <= 120:
        raise Doubtful
    topic_ = group["topic"]
    left -= 1
    if topic_ not in _ANSWERS_21:
        raise Doubtful
    population_ = group["population"]
    left -= 1
    if population_ not in _ANSWERS_22:
        raise Doubtful
    if (on_ := group.get("on")) is not None:
        left -= 1
        on_ = walk.past(on_)
    if (respondents_ := group.get("respondents")) is not None:
        left -= 1
        if type(respondents_) is not int or not 0 <= respondents_ <= 1000000:
            raise Doubtful
    if (score_ := group.get("score")) is not None:
        left -= 1
        if (type(score_) is not float and type(score_) is not int) or not -1000 <= score_ <= 1000:
            raise Doubtful
        score_ = float(score_)
    if (scale_low_ := group.get("scale_low")) is not None:
        left -= 1
        if (type(scale_low_) is not float and type(scale_low_) is not int) or not -1000 <= scale_low_ <= 1000:
            raise Doubtful
        scale_low_ = float(scale_low_)
    if (scale_high_ := group.get("scale_high")) is not None:
        left -= 1
        if (type(scale_high_) is not float and type(scale_high_) is not int) or not -1000 <= scale_high_ <= 1000:
            raise Doubtful
        scale_high_ = float(scale_high_)
    if (comparator_ := group.get("comparator")) is not None:
        left -= 1
        comparator_ = _comparator(comparator_, walk, pointer + "/comparator")
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Measurement(instrument_, topic_, population_, on_, respondents_, score_, scale_low_, scale_high_, comparator_)


_list_of_measurement = ListOf(_measurement, 1000, ('instrument', 'topic', 'population', 'on'), notes_count=False, history=True)


def _journey(group: Any, walk: Walk, pointer: str) -> Journey:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (measurements_ := group.get("measurements")) is not None:
        left -= 1
        measurements_ = _list_of_measurement(measurements_, walk, pointer + "/measurements")
    if (action_plan_known_ := group.get("action_plan_known")) is not None:
        left -= 1
        action_plan_known_ = _tally(action_plan_known_, walk, pointer + "/action_plan_known")
    if (self_rating_ := group.get("self_rating")) is not None:
        left -= 1
        if self_rating_ not in _ANSWERS_23:
            raise Doubtful
    if (declared_complete_ := group.get("declared_complete")) is not None:
        left -= 1
        if declared_complete_ is not True and declared_complete_ is not False:
            raise Doubtful
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_24):
        raise Doubtful
    return Journey(measurements_, action_plan_known_, self_rating_, declared_complete_)


def _rating(group: Any, walk: Walk, pointer: str) -> Rating:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    domain_ = group["domain"]
    left -= 1
    if domain_ not in _ANSWERS_25:
        raise Doubtful
    rating_ = group["rating"]
    left -= 1
    if rating_ not in _ANSWERS_23:
        raise Doubtful
    if (on_ := group.get("on")) is not None:
        left -= 1
        on_ = walk.past(on_)
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Rating(domain_, rating_, on_)


_list_of_rating = ListOf(_rating, 100, ('domain', 'on'), notes_count=False, history=True)


def _regulatory_action(group: Any, walk: Walk, pointer: str) -> RegulatoryAction:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    kind_ = group["kind"]
    left -= 1
    if kind_ not in _ANSWERS_26:
        raise Doubtful
    if (opened_ := group.get("opened")) is not None:
        left -= 1
        opened_ = walk.past(opened_)
    if (closed_ := group.get("closed")) is not None:
        left -= 1
        closed_ = walk.past(closed_)
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return RegulatoryAction(kind_, opened_, closed_)


_list_of_regulatory_action = ListOf(_regulatory_action, 200, ('kind', 'opened', 'closed'), notes_count=True, history=True)


def _regulator(group: Any, walk: Walk, pointer: str) -> Regulator:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (ratings_ := group.get("ratings")) is not None:
        left -= 1
        ratings_ = _list_of_rating(ratings_, walk, pointer + "/ratings")
    if (actions_ := group.get("actions")) is not None:
        left -= 1
        actions_ = _list_of_regulatory_action(actions_, walk, pointer + "/actions")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_27):
        raise Doubtful
    return Regulator(ratings_, actions_)


def _figure(group: Any, walk: Walk, pointer: str) -> Figure:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (value_ := group.get("value")) is not None:
        left -= 1
        if (type(value_) is not float and type(value_) is not int) or not 0 <= value_ <= 1000000000:
            raise Doubtful
        value_ = float(value_)
    if (before_ := group.get("before")) is not None:
        left -= 1
        if (type(before_) is not float and type(before_) is not int) or not 0 <= before_ <= 1000000000:
            raise Doubtful
        before_ = float(before_)
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Figure(value_, before_)


def _other_fact(group: Any, walk: Walk, pointer: str) -> OtherFact:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    fact_ = group["fact"]
    left -= 1
    if type(fact_) is not str or not 1 <= len(fact_) <= 200:
        raise Doubtful
    value_ = group["value"]
    left -= 1
    if ((type(value_) is not float and type(value_) is not int) or not -9007199254740992 <= value_ <= 9007199254740992) and (value_ is not True and value_ is not False) and (type(value_) is not str or not 0 <= len(value_) <= 300):
        raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return OtherFact(fact_, value_)


_list_of_other_fact = ListOf(_other_fact, 500, ('fact',), notes_count=False, history=False)


def _context(group: Any, walk: Walk, pointer: str) -> Context:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
    if (doctors_wte_ := group.get("doctors_wte")) is not None:
        left -= 1
        doctors_wte_ = _figure(doctors_wte_, walk, pointer + "/doctors_wte")
    if (training_spend_ := group.get("training_spend")) is not None:
        left -= 1
        training_spend_ = _figure(training_spend_, walk, pointer + "/training_spend")
    if (operating_spend_ := group.get("operating_spend")) is not None:
        left -= 1
        operating_spend_ = _figure(operating_spend_, walk, pointer + "/operating_spend")
    if (others_ := group.get("others")) is not None:
        left -= 1
        others_ = _list_of_other_fact(others_, walk, pointer + "/others")
    if left and left != walk.beside(group, pointer, ALL_BESIDE, _FACTS_28):
        raise Doubtful
    return Context(doctors_wte_, training_spend_, operating_spend_, others_)


def _organisation(group: Any, walk: Walk, pointer: str) -> Organisation:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
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
    if (ods_code_ := group.get("ods_code")) is not None:
        left -= 1
        if type(ods_code_) is not str or not 0 <= len(ods_code_) <= 10 or not _PATTERN_31(ods_code_):
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE_AND_EVIDENCE):
        raise Doubtful
    return Organisation(name_, type_, country_, ods_code_)


def _evidence(group: Any, walk: Walk, pointer: str) -> Evidence:
    if type(group) is not dict:
        raise Doubtful
    left = len(group)
    walk.names += left
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
    if (publisher_ := group.get("publisher")) is not None:
        left -= 1
        if type(publisher_) is not str or not 1 <= len(publisher_) <= 200:
            raise Doubtful
    if (effective_ := group.get("effective")) is not None:
        left -= 1
        effective_ = walk.past(effective_)
    if (collected_ := group.get("collected")) is not None:
        left -= 1
        collected_ = walk.past(collected_)
    if (assurance_ := group.get("assurance")) is not None:
        left -= 1
        if assurance_ not in _ANSWERS_34:
            raise Doubtful
    if (reference_ := group.get("reference")) is not None:
        left -= 1
        if type(reference_) is not str or not 1 <= len(reference_) <= 300:
            raise Doubtful
    if (sha256_ := group.get("sha256")) is not None:
        left -= 1
        if type(sha256_) is not str or not 0 <= len(sha256_) <= 64 or not _PATTERN_35(sha256_):
            raise Doubtful
    if left and left != walk.beside(group, pointer, NOTE):
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
