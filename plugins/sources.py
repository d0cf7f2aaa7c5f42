"""Every source that the bundled rules cite: what it is, where it was seen, and whom it is about.

Nothing here reproduces the wording of a source. The rules are derived from the published key findings.
"""

from engagecheck import Source, english_trusts

KINGS_FUND_2014 = Source(
    "kings-fund-2014",
    title="Medical engagement: a journey not an event",
    publisher="The King's Fund",
    date="2014-07",
    address="kingsfund.org.uk/publications/medical-engagement",
    seen="published key findings and policy implications",
    parts={
        "finding-2": "key finding on stable leadership and the commitment of senior leaders",
        "finding-4": "key finding on doctors in leadership roles, supported by managers",
        "finding-6": "key finding on appraisal, talent management and leadership development",
    },
)
KINGS_FUND_INTERVIEWS = Source(
    "kings-fund-interviews",
    title="Perspectives on medical engagement (interviews)",
    publisher="The King's Fund",
    date="2014",
    address="kingsfund.org.uk/insight-and-analysis/videos/perspectives-medical-engagement",
    seen="summaries of the interviews",
    parts={"uclh": "interview about University College London Hospitals"},
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
    parts={"leaders": "divisional and clinical directors; for departmental leads the threshold is ours"},
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
