"""Papers say who stands behind a threshold, and where that was read."""

import pytest

from conftest import EXAMPLES
from engagecheck import Basis, installed, run_audit
from engagecheck.audit.results import cited
from engagecheck.model import labels
from engagecheck.model.result import SourceCited

LAW = SourceCited("law/9", "Interviews", "the 1996 Regulations", "the Association", "2025", "https://example.org/a", "section 9")
OURS = SourceCited("own", "Survey", "the King's Fund", "the King's Fund", "2014-05", "https://example.org/b", "", True, "2014", "2015-03")
SOURCES = installed(third_party=False).sources


@pytest.mark.parametrize(
    ("basis", "source", "words"),
    [
        (Basis.STANDARD, LAW, "required by the 1996 Regulations, as summarised by the Association: Interviews, section 9, 2025"),
        (Basis.BENCHMARK, LAW, "compared with the 1996 Regulations, as read in the Association: Interviews, section 9, 2025"),
        (Basis.JUDGEMENT, LAW, "our judgement, prompted by the 1996 Regulations, as summarised by the Association: Interviews, section 9, 2025"),
        (Basis.JUDGEMENT, OURS, "our judgement, prompted by the King's Fund: Survey, May 2014"),
        (Basis.STANDARD, OURS, "required by the King's Fund: Survey, May 2014"),
        (Basis.BENCHMARK, SourceCited("x", "x", "", "", "", ""), "compared with x"),
        (Basis.STANDARD, cited("aac-regulations", SOURCES), "required by the NHS (Appointment of Consultants) Regulations 1996, as summarised by the British Orthopaedic Association: Consultant interviews and appointments, 12 September 2025"),
        (Basis.JUDGEMENT, cited("wales-2018", SOURCES, prompted=True), "our judgement, prompted by a survey of consultants in Wales, as read in National Health Executive: Two years on, medical engagement in Wales continues 'woefully inadequate', 12 February 2018"),
    ],
)  # fmt: skip
def test_a_threshold_names_its_authority_and_where_it_was_read(basis, source, words):
    assert labels.threshold(basis, source) == words


def test_a_list_of_sources_says_where_each_was_read_and_when_it_is_in_force():
    assert labels.published(LAW) == "The 1996 Regulations: Interviews, 2025. Read in: the Association."
    assert labels.published(LAW, part=True) == "The 1996 Regulations: Interviews, section 9, 2025. Read in: the Association."
    assert labels.published(OURS) == "The King's Fund: Survey, May 2014. In force from 2014 to March 2015."
    assert labels.published(SourceCited("x", "x", "", "", "", "")) == "X."


@pytest.mark.parametrize(("pointer", "words"), [
    ("/perceptions/doctors/overall", "Doctors: The whole questionnaire (line 367): How many answered? 241; Mean, 0 to 10: 5.6; Standard deviation: 2.1"),
    ("/perceptions/managers/responded", "Managers: How many answered? (line 368): 41"),
    ("/leadership/clinical_directors/of", "Divisional and clinical directors: Total (line 73): 6"),
    ("/commitment/sas_advocate", "Advocate for SAS and locally employed doctors (line 212): Is there a named advocate? yes; Does the advocate's job plan include time for the role? no"),
    ("/structure/divisions/entries/3", "Diagnostics (line 160)"),
    ("/journey/action_plan_known", "Doctors who know of the action plan: not stated"),
])  # fmt: skip
def test_a_fact_is_named_by_the_words_of_the_form_with_its_parts(pointer, words):
    report = run_audit(EXAMPLES / "harbour-vale.json", installed(third_party=False))
    facts = [*(fact for one in report.results.values() for fact in one.facts), *report.facts_not_read]
    assert labels.fact(next(one for one in facts if one.pointer == pointer)) == words


def test_the_report_holds_the_dates_in_force():
    from conftest import SOUND

    report = run_audit(SOUND, installed(third_party=False))
    found = {one.source.id: one.source for finding in report.findings for one in finding.criteria if one.source}
    plan = found["ten-point-plan/senior-lead"]
    assert (plan.authority, plan.read_in, plan.effective_from, plan.effective_to) == ("NHS England", "NHS England", "2025-08-29", None)
    assert plan.address.startswith("https://www.england.nhs.uk/")


@pytest.mark.parametrize(
    ("written", "words"),
    [("2026-03-31", "31 March 2026"), ("2026-12-01", "1 December 2026"), ("2026-03", "March 2026"), ("2026", "2026"), ("never", "never"), ("2018-19", "2018-19")],
)
def test_a_day_is_said_in_words(written, words):
    assert labels.day(written) == words
