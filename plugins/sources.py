"""Every source that the bundled rules cite: what it is, where it was seen, and whom it is about.

Nothing here reproduces the wording of a source. The rules are derived from the published key findings.
"""

from engagecheck import Source, english_trusts, in_england

KINGS_FUND_2014 = Source(
    "kings-fund-2014",
    title="Medical engagement: a journey not an event",
    publisher="The King's Fund",
    date="2014-07",
    address="kingsfund.org.uk/publications/medical-engagement",
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
KINGS_FUND_INTERVIEWS = Source(
    "kings-fund-interviews",
    title="Perspectives on medical engagement (interviews)",
    publisher="The King's Fund",
    date="2014",
    address="kingsfund.org.uk/insight-and-analysis/videos/perspectives-medical-engagement",
    seen="summaries of the interviews",
    parts={
        "uclh": "interview about University College London Hospitals",
        "northumbria": "interview about Northumbria Healthcare",
    },
)
KINGS_FUND_2014_STRATEGY = Source(
    "kings-fund-2014-strategy",
    title="Vacancies on NHS boards may affect the quality of patient care (press release)",
    publisher="The King's Fund",
    date="2014",
    address="kingsfund.org.uk/press/press-releases/worryingly-high-numbers-vacancies-nhs-boards-may-affect-quality-patient-care",
    seen="press release: every organisation should have a leadership strategy",
)
KINGS_FUND_PROVIDERS_2018 = Source(
    "kings-fund-nhs-providers-2018",
    title="NHS trusts face worryingly high levels of senior vacancies (press release)",
    publisher="The King's Fund and NHS Providers",
    date="2018",
    address="kingsfund.org.uk/press/press-releases/nhs-trusts-face-worryingly-high-levels-senior-vacancies",
    seen="press release: survey of NHS trusts in 2017",
    about=english_trusts,
)
HSJ_2017 = Source(
    "hsj-2017",
    title="Short tenure of chief executives of trusts rated inadequate",
    publisher="Health Service Journal",
    date="2017",
    address="hsj.co.uk/quality-and-performance/exclusive-short-tenure-of-inadequate-trust-chiefs-laid-bare/7020150.article",
    seen="article: tenure and number of chief executives by CQC rating, 2016/17; an association, not a cause",
    about=english_trusts,
)
CODE_OF_GOVERNANCE = Source(
    "code-of-governance",
    title="Code of governance for NHS provider trusts",
    publisher="NHS England",
    date="2023",
    address="england.nhs.uk/long-read/code-of-governance-for-nhs-provider-trusts",
    seen="section 4.3 on the length of service of chairs and non-executive directors",
    parts={"4.3": "section 4.3"},
    about=english_trusts,
)
AOMRC_JOB_PLANS = Source(
    "aomrc-spa",
    title="Supporting professional activities and additional responsibilities in job plans",
    publisher="Academy of Medical Royal Colleges, as cited by RCOG and RCOphth",
    date="",
    address="rcophth.ac.uk/standards/supporting-professional-activities",
    seen="citations by the royal colleges of obstetricians and gynaecologists, and of ophthalmologists",
    parts={
        "leaders": "divisional and clinical directors; for departmental leads the threshold is ours",
        "consultants": "new full-time consultant posts; contracts differ between the countries of the UK",
    },
)
BMJ_2003 = Source(
    "bmj-2003",
    title="Relationships between clinical directors, chief executives and managers",
    publisher="BMJ",
    date="2003",
    address="PMC151973",
    seen="survey: 76 % of chief executives, 37 % of clinical directors rated the relationship well; 60 % is ours",
)
RCP_CHIEF_REGISTRAR = Source(
    "rcp-chief-registrar",
    title="Chief registrar programme",
    publisher="Royal College of Physicians",
    date="",
    address="rcp.ac.uk (chief registrar programme)",
    seen="programme page: 40 to 50 per cent of the time is protected",
)
GMC_SURVEY_2024 = Source(
    "gmc-survey-2024",
    title="National training survey 2024",
    publisher="General Medical Council, as reported by NHS Employers",
    date="2024",
    address="nhsemployers.org/articles/gmc-national-training-survey-2024",
    seen="national figures on opportunities to develop leadership: 69 % in 2022, 66 % in 2023, 63 % in 2024",
)
KINGS_FUND_2014_SURVEY = Source(
    "kings-fund-2014-survey",
    title="Survey of NHS staff on leadership and culture (press release)",
    publisher="The King's Fund",
    date="2014",
    address="kingsfund.org.uk/press/press-releases/high-proportion-nhs-staff-feel-swift-and-effective-action-not-taken-deal",
    seen="press release: 63 % of executives and 22 % of doctors answered alike",
)
KINGS_FUND_BLOG_2015 = Source(
    "kings-fund-blog-2015",
    title="To be or not to be a clinical director",
    publisher="The King's Fund",
    date="2015-04",
    address="kingsfund.org.uk/blog/2015/04/be-or-not-be-clinical-director-question",
    seen="blog post",
)
TEN_POINT_PLAN = Source(
    "ten-point-plan",
    title="10 Point Plan to improve resident doctors' working lives, and role specification of the senior lead",
    publisher="NHS England",
    date="2025",
    address="england.nhs.uk/long-read/10-point-plan-to-improve-resident-doctors-working-lives",
    seen="the plan's point 4 and the role specification",
    effective_from="2025-08",
    parts={
        "senior-lead": "point 4 and role specification of the senior lead",
        "peer-lead": "point 4: resident doctor peer lead; 98 % had one in January 2026",
        "assurance": "oversight in the board assurance framework, outcomes in the annual report",
    },
    about=english_trusts,
)
HSJ_DOCTORS_ON_BOARDS = Source(
    "hsj-doctors-on-boards",
    title="Doctors on boards",
    publisher="Health Service Journal",
    date="",
    address="hsj.co.uk 5045585",
    seen="article: 14 % of board members are doctors; with Bristol's study of English trusts 2006-09, an association",
    about=english_trusts,
)
NHS_IMPACT_2023 = Source(
    "nhs-impact-2023",
    title="NHS IMPACT baseline for improvement",
    publisher="NHS England",
    date="2023",
    address="england.nhs.uk/nhsimpact/nhs-impact-baseline-for-improvement",
    seen="baseline: 84 % monitor a strategy, 96 % name an executive, 95 % a method, 41 % train all at induction",
    about=english_trusts,
)
AAC_REGULATIONS = Source(
    "aac-regulations",
    title="NHS (Appointment of Consultants) Regulations 1996, and guidance of 2005 for foundation trusts",
    publisher="British Orthopaedic Association (summary)",
    date="1996",
    address="boa.ac.uk/resource/consultant-interviews-and-appointments.html",
    seen="summary: law for NHS trusts in England, recommended to foundation trusts",
)
HSJ_HUNTER_2016 = Source(
    "hsj-hunter-2016",
    title="What makes a top medical director",
    publisher="Health Service Journal and Hunter Healthcare",
    date="2016",
    address="hsj.co.uk (What makes a top medical director)",
    seen="report: competition for posts remains low",
)
CPSI_CHECKLIST = Source(
    "cpsi-checklist",
    title="Checklist for boards on physician engagement",
    publisher="Canadian Patient Safety Institute",
    date="",
    address="patientsafetyinstitute.ca",
    seen="checklist, paraphrased",
)
QA_RESPONSIBLE_OFFICERS = Source(
    "qa-responsible-officers",
    title="Framework of quality assurance for responsible officers and revalidation",
    publisher="NHS England",
    date="",
    address="england.nhs.uk/professional-standards/medical-revalidation/qa",
    seen="annual report of designated bodies and its categories",
    parts={
        "categories": "categories of appraisals and recommendations in the annual report",
        "annual": "annual report to the board and statement of compliance; 15 months allow for meeting dates",
    },
    about=in_england,
)
GMC_TIMELINESS = Source(
    "gmc-timeliness",
    title="Making revalidation recommendations: timeliness",
    publisher="General Medical Council",
    date="",
    address="gmc-uk.org/doctors/revalidation/13642.asp",
    seen="recommendations are due on or before the submission date",
)
JOB_PLAN_ATTAINMENT = Source(
    "job-plan-attainment",
    title="Levels of attainment for job planning",
    publisher="Staffing Science, on NHS England's levels",
    date="",
    address="staffingscience.co.uk/achieving-loa",
    seen="level of attainment 1: 90 % signed off",
    about=in_england,
)
HSJ_MID_STAFFORDSHIRE = Source(
    "hsj-mid-staffordshire",
    title="Peers saw the risks at Mid Staffordshire",
    publisher="Health Service Journal",
    date="",
    address="hsj.co.uk 5052545",
    seen="article: peers saw the risks two years before the regulator",
)
PATIENT_SAFETY_PARTNERS = Source(
    "patient-safety-partners",
    title="Framework for involving patients in patient safety",
    publisher="NHS England",
    date="",
    address="england.nhs.uk/patient-safety",
    seen="the framework names the role; no number was seen",
    about=in_england,
)
BMA_PRINCIPLES = Source(
    "bma-principles",
    title="Principles for medical engagement",
    publisher="British Medical Association",
    date="",
    address="bma.org.uk (principles for medical engagement)",
    seen="principle 2",
)
PROVIDER_CAPABILITY = Source(
    "provider-capability",
    title="Assessing provider capability: guidance for NHS trust boards",
    publisher="NHS England",
    date="2025-08",
    address="england.nhs.uk/long-read/assessing-provider-capability-guidance-for-nhs-trust-boards",
    seen="the self-assessment is yearly; 15 months allow for meeting dates",
    effective_from="2025-08",
    about=english_trusts,
)
WALES_REMEASURE = Source(
    "wales-remeasure",
    title="Medical engagement in Wales, two years on",
    publisher="National Health Executive",
    date="2018",
    address="nationalhealthexecutive.com (two years on)",
    seen="engagement is to be measured again within three years",
)
WALES_2018 = Source(
    "wales-2018",
    title="Medical Engagement Scale in Wales",
    publisher="British Medical Association Cymru",
    date="2017-06",
    address="archive.bma.org.uk (June 2017)",
    seen="over half of consultants did not know of the action plan",
)
SOUTHERN_HEALTH = Source(
    "southern-health",
    title="Reports on Southern Health NHS Foundation Trust",
    publisher="Care Quality Commission and Health Service Journal",
    date="2016",
    address="CQC and HSJ reports of 2015 and 2016",
    seen="an exemplar in July 2014; report on uninvestigated deaths in December 2015; CQC report in April 2016",
)
