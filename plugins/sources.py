"""Every source that the bundled rules cite: who stands behind it, where it was read, when it is in force, and whom it is about.

Nothing here reproduces the wording of a source. The rules are derived from the published key findings.
"""

from engagecheck import Source, english_trusts, in_england

KINGS_FUND_2014 = Source(
    "kings-fund-2014",
    title="Medical engagement: a journey not an event",
    authority="the King's Fund", read_in="the King's Fund", date="2014-07",
    address="https://www.kingsfund.org.uk/publications/medical-engagement",
    seen="published key findings and policy implications",
    parts={
        "finding-1": "key finding on an approach from board to ward, with colleagues and patients",
        "finding-2": "key finding on stable leadership and the commitment of senior leaders",
        "finding-3": "key finding on quality strategies as a way of working",
        "finding-4": "key finding on doctors in leadership roles, supported by managers",
        "finding-5": "key finding on selecting senior doctors for more than clinical expertise",
        "finding-6": "key finding on appraisal, talent management and leadership development",
        "policy-1": "policy implication: integral to culture, a priority for boards and leaders",
        "policy-2": "policy implication: investment in development, and governance that supports it",
    },
)
KINGS_FUND_PRESS_2014 = Source(
    "kings-fund-press-2014",
    title="Medical engagement should be central to hospital leadership (press release)",
    authority="the King's Fund", read_in="the King's Fund", date="2014-07",
    address="https://www.kingsfund.org.uk/press/press-releases/medical-engagement-should-be-central-hospital-leadership",
    seen="press release on the report, of the day on which the report came out; it also names dedicated time for doctors who "
    "lead, and junior doctors who take part in improving services",
    parts={
        "devolved-authority": "authority is devolved to divisional and departmental leaders",
        "selection": "psychometric tests and simulations in selection",
        "succession": "talent management and succession planning",
        "learning-abroad": "learning from good practice in the country and abroad",
    },
)
KINGS_FUND_ROADMAP = Source(
    "kings-fund-roadmap",
    title="A roadmap for medical engagement",
    authority="the King's Fund", read_in="the King's Fund", date="2014",
    address="https://www.kingsfund.org.uk/content/roadmap-medical-engagement",
    seen="undated page that calls the report of July 2014 recent: in three of the four trusts, the chief executive had been in "
    "post for over ten years",
)
KINGS_FUND_INTERVIEWS = Source(
    "kings-fund-interviews",
    title="Perspectives on medical engagement (interviews)",
    authority="the King's Fund", read_in="the King's Fund", date="2014",
    address="https://www.kingsfund.org.uk/insight-and-analysis/videos/perspectives-medical-engagement",
    seen="summaries of the interviews",
    parts={
        "uclh": "interview about University College London Hospitals",
        "northumbria": "interview about Northumbria Healthcare",
    },
)
KINGS_FUND_2014_STRATEGY = Source(
    "kings-fund-2014-strategy",
    title="Worryingly high numbers of vacancies on NHS boards may affect the quality of patient care (press release)",
    authority="the King's Fund", read_in="the King's Fund", date="2014-12",
    address="https://www.kingsfund.org.uk/press/press-releases/"
    "worryingly-high-numbers-vacancies-nhs-boards-may-affect-quality-patient-care",
    seen="press release: every organisation should have a leadership strategy",
)
KINGS_FUND_PROVIDERS_2018 = Source(
    "kings-fund-nhs-providers-2018",
    title="NHS trusts face worryingly high levels of senior vacancies",
    authority="the King's Fund and NHS Providers", read_in="a press release of the King's Fund", date="2018-07",
    address="https://www.kingsfund.org.uk/press/press-releases/nhs-trusts-face-worryingly-high-levels-senior-vacancies",
    seen="press release on a survey of NHS trusts in 2017",
    about=english_trusts,
)
HSJ_2017 = Source(
    "hsj-2017",
    title="Short tenure of inadequate trust chiefs laid bare",
    authority="the Health Service Journal", read_in="the Health Service Journal", date="2017",
    address="https://www.hsj.co.uk/quality-and-performance/"
    "exclusive-short-tenure-of-inadequate-trust-chiefs-laid-bare/7020150.article",
    seen="article: tenure and number of chief executives by CQC rating, 2014/15 to 2016/17; an association, not a cause",
    about=english_trusts,
)
CODE_OF_GOVERNANCE = Source(
    "code-of-governance",
    title="Code of governance for NHS provider trusts",
    authority="NHS England", read_in="NHS England", date="2022-10-27",
    address="https://www.england.nhs.uk/long-read/code-of-governance-for-nhs-provider-trusts/",
    seen="section 4.3 on the length of service of chairs and non-executive directors; comply or explain",
    parts={"4.3": "section 4.3"},
    about=english_trusts, effective_from="2023-04-01",
)
AOMRC_JOB_PLANS = Source(
    "aomrc-spa",
    title="Advice on supporting professional activities in consultant job planning (undated page, read in 2026)",
    authority="the Academy of Medical Royal Colleges", read_in="a page of the Royal College of Ophthalmologists", date="2026",
    address="https://www.rcophth.ac.uk/standards/supporting-professional-activities",
    seen="undated page, read in 2026: advice of the Academy, which requires nothing; the Royal College of Obstetricians and "
    "Gynaecologists sums it up in the same way",
    parts={
        "leaders": "divisional and clinical directors; for departmental leads the threshold is ours",
        "consultants": "new full-time consultant posts; contracts differ between the countries of the UK",
    },
)
BMJ_2003 = Source(
    "bmj-2003",
    title="Views of doctors and managers on the doctor-manager relationship in the NHS",
    authority="the University of St Andrews and the University of California, Berkeley", read_in="the BMJ", date="2003-03-22",
    address="https://pmc.ncbi.nlm.nih.gov/articles/PMC151973",
    seen="survey of 2002: 76 % of chief executives and 37 % of clinical directors rated it 4 or 5 of 5; 60 % is ours",
)
RCP_CHIEF_REGISTRAR = Source(
    "rcp-chief-registrar",
    title="Chief registrar programme",
    authority="the Royal College of Physicians", read_in="the Royal College of Physicians", date="2023",
    address="https://www.rcplondon.ac.uk/projects/chief-registrar-programme",
    seen="programme page for 2023/24: 40 to 50 per cent of the time is protected",
)
GMC_SURVEY_2024 = Source(
    "gmc-survey-2024",
    title="National training survey 2024",
    authority="the General Medical Council", read_in="a page of NHS Employers", date="2024-07-25",
    address="https://www.nhsemployers.org/articles/gmc-national-training-survey-2024",
    seen="national figures on opportunities to develop leadership: 69 % in 2022, 66 % in 2023, 63 % in 2024",
)
KINGS_FUND_2014_SURVEY = Source(
    "kings-fund-2014-survey",
    title="Survey of NHS staff on leadership and culture (press release)",
    authority="the King's Fund", read_in="the King's Fund", date="2014-05",
    address="https://www.kingsfund.org.uk/press/press-releases/"
    "high-proportion-nhs-staff-feel-swift-and-effective-action-not-taken-deal",
    seen="press release: 63 % of executives and 22 % of doctors saw pride and optimism among staff",
)
KINGS_FUND_BLOG_2015 = Source(
    "kings-fund-blog-2015",
    title="To be, or not to be, a clinical director",
    authority="the King's Fund", read_in="the King's Fund", date="2015-04",
    address="https://www.kingsfund.org.uk/blog/2015/04/be-or-not-be-clinical-director-question",
    seen="blog post",
)
TEN_POINT_PLAN = Source(
    "ten-point-plan",
    title="10 Point Plan to improve resident doctors' working lives",
    authority="NHS England", read_in="NHS England", date="2025-08-29",
    address="https://www.england.nhs.uk/long-read/10-point-plan-to-improve-resident-doctors-working-lives",
    seen="the plan's point 4; the role specification of the senior lead "
    "(england.nhs.uk/long-read/guidance-and-role-specification-senior-lead-for-resident-doctor-experience); the updates of "
    "23 January 2026 and of 2 April 2026, which keeps the peer lead in every trust and announces a new job description for it "
    "(england.nhs.uk/long-read/spring-update-progress-10-point-plan-to-improve-resident-doctors-working-lives)",
    parts={
        "senior-lead": "point 4 and role specification of the senior lead",
        "peer-lead": "point 4: resident doctor peer lead; 98 % had one in January 2026, role recast in April 2026",
        "assurance": "oversight in the board assurance framework, outcomes in the annual report",
    },
    about=english_trusts, effective_from="2025-08-29",
)
HSJ_DOCTORS_ON_BOARDS = Source(
    "hsj-doctors-on-boards",
    title="Boards with more doctors help deliver better care",
    authority="Leeds University Business School", read_in="the Health Service Journal", date="2012",
    address="https://www.hsj.co.uk/news/workforce/boards-with-more-doctors-help-deliver-better-care/5045585.article",
    seen="article on a study of English trusts, 2006 to 2009: 14 % of board members are doctors; more doctors go with better "
    "ratings, an association",
    about=english_trusts,
)
NHS_IMPACT_2023 = Source(
    "nhs-impact-2023",
    title="NHS IMPACT baseline for improvement",
    authority="NHS England", read_in="NHS England", date="2023-08",
    address="https://www.england.nhs.uk/nhsimpact/nhs-impact-baseline-for-improvement/",
    seen="baseline of August 2023: 84 % monitor a strategy, 96 % name an executive, 95 % a method, 41 % train all at induction",
    about=english_trusts, effective_from="2023-08",
)
AAC_REGULATIONS = Source(
    "aac-regulations",
    title="Consultant interviews and appointments",
    authority="the NHS (Appointment of Consultants) Regulations 1996", read_in="the British Orthopaedic Association",
    date="2025-09-12",
    address="https://www.boa.ac.uk/resource/consultant-interviews-and-appointments.html",
    seen="summary: law for all but foundation trusts, to which guidance of January 2005 recommends the same; in England "
    "amended from 12 January 2005; the day of 1996 on which they came into force was not seen",
    effective_from="1996",
)
HSJ_HUNTER_2016 = Source(
    "hsj-hunter-2016",
    title="What makes a top medical director?",
    authority="the Health Service Journal and Hunter Healthcare", read_in="a copy of the report on fdocuments.in", date="2016",
    address="https://fdocuments.in/document/"
    "2016-hunter-2016-04-13-the-hsj-and-hunter-healthcare-survey-shows-encouragingly.html",
    seen="introduction: competition for medical leadership posts remains low",
)
CPSI_CHECKLIST = Source(
    "cpsi-checklist",
    title="Checklist for boards on physician engagement",
    authority="the Canadian Patient Safety Institute", read_in="the Canadian Patient Safety Institute", date="2010",
    address="https://www.patientsafetyinstitute.ca/en/toolsresources/governancepatientsafety/"
    "relationshipsboardleadershipstaff/pages/tools.aspx",
    seen="checklist, paraphrased, from an undated page of a toolkit that Healthcare Quarterly 13(4), 2010, describes",
)
QA_RESPONSIBLE_OFFICERS = Source(
    "qa-responsible-officers",
    title="Framework of quality assurance for responsible officers and revalidation",
    authority="NHS England", read_in="NHS England", date="2019",
    address="https://www.england.nhs.uk/professional-standards/medical-revalidation/qa/",
    seen="page that describes 2018/19, and annex D of February 2019. A bulletin written between April 2022 and April "
    "2023 (information sheet 48) says that the framework is under review and encourages the annual report meanwhile; no later "
    "edition was seen",
    parts={
        "categories": "categories of appraisals and recommendations in the annual report",
        "annual": "annual report to the board and statement of compliance; 15 months allow for meeting dates",
    },
    about=in_england, effective_from="2014-04-04",
)
GMC_TIMELINESS = Source(
    "gmc-timeliness",
    title="Protocol for making revalidation recommendations, fifth edition",
    authority="the General Medical Council", read_in="the General Medical Council", date="2018-03",
    address="https://www.gmc-uk.org/registration-and-licensing/managing-your-registration/revalidation/"
    "protocol-for-making-revalidation-recommendations/introduction",
    seen="recommendations are due on or before the submission date; earlier editions say the same",
    effective_from="2018-03",
)
JOB_PLAN_ATTAINMENT = Source(
    "job-plan-attainment",
    title="E-job planning the clinical workforce: levels of attainment",
    authority="NHS England and NHS Improvement", read_in="a page of Staffing Science", date="2019-06",
    address="https://staffingscience.co.uk/achieving-loa",
    seen="level of attainment 1: more than 90 % of consultants have a signed-off job plan",
    about=in_england,
)
PATIENT_SAFETY_PARTNERS = Source(
    "patient-safety-partners",
    title="Framework for involving patients in patient safety",
    authority="NHS England", read_in="NHS England", date="2021-06-29",
    address="https://www.england.nhs.uk/patient-safety/patient-safety-involvement/"
    "framework-for-involving-patients-in-patient-safety/",
    seen="part B names the role and membership of safety and quality committees; no number was seen, so the threshold is ours",
    about=in_england, effective_from="2021-06-29",
)
BMA_PRINCIPLES = Source(
    "bma-principles",
    title="10 principles for medical engagement (undated page, read in 2026)",
    authority="the British Medical Association", read_in="the British Medical Association", date="2026",
    address="https://www.bma.org.uk/collective-voice/policy-and-research/nhs-structure-and-delivery/"
    "nhs-structures-and-integration/medical-engagement/principles-for-medical-engagement",
    seen="undated page, read in 2026: principle 2, time and resource for engagement",
)
PROVIDER_CAPABILITY = Source(
    "provider-capability",
    title="Assessing provider capability: guidance for NHS trust boards",
    authority="NHS England", read_in="NHS England", date="2025-08-26",
    address="https://www.england.nhs.uk/long-read/assessing-provider-capability-guidance-for-nhs-trust-boards",
    seen="a yearly self-assessment of six areas; 15 months allow for meeting dates. It belongs to the NHS Oversight Framework "
    "2025/26, a one-year document that is reviewed in 2026/27; the guidance itself names no end",
    about=english_trusts, effective_from="2025-08-26",
)
WALES_2017 = Source(
    "wales-2017",
    title="NHS employers and medical leaders tackle varying levels of clinical engagement",
    authority="the Welsh NHS Confederation, NHS Wales Employers and BMA Cymru Wales",
    read_in="a press release of the British Medical Association", date="2017-06",
    address="https://archive.bma.org.uk/news/media-centre/press-releases/2017/june/"
    "nhs-employers-and-medical-leaders-tackle-varying-levels-of-clinical-engagement-head-on",
    seen="a notable improvement within three years is aimed for, then the survey is run again",
)
WALES_2018 = Source(
    "wales-2018",
    title="Two years on, medical engagement in Wales continues 'woefully inadequate'",
    authority="a survey of consultants in Wales", read_in="National Health Executive", date="2018-02-12",
    address="https://www.nationalhealthexecutive.com/Health-Care-News/"
    "two-years-on-medical-engagement-in-wales-continues-woefully-inadequate",
    seen="over half of consultants did not know of an action plan",
)
SOUTHERN_HEALTH = Source(
    "southern-health",
    title="CQC tells Southern Health NHS Foundation Trust to take urgent action to improve governance arrangements",
    authority="the Care Quality Commission", read_in="the Care Quality Commission", date="2016-04-06",
    address="https://www.cqc.org.uk/news/releases/"
    "cqc-tells-southern-health-nhs-foundation-trust-take-urgent-action-improve-governance",
    seen="warning notice after the report of December 2015 on deaths that were not investigated; in July 2014 the trust "
    "had been one of the four exemplars of medical engagement",
)
