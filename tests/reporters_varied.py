"""Reports with every outcome beside every disposition and freshness, and with hostile text everywhere."""

import itertools

import msgspec
from msgspec import to_builtins
from msgspec.structs import replace

from conftest import EXAMPLES, SOUND
from engagecheck import Assurance, AuditSettings, Disposition, Freshness, Outcome, installed, run_audit
from engagecheck.audit.describe import report_digest as digest
from engagecheck.audit.overrides import accepted_gaps, attestations
from engagecheck.audit.tailoring import read_tailoring
from engagecheck.model.outcomes import SignatureState
from engagecheck.model.report import Problem, Report, Signed
from engagecheck.model.result import EvidenceCited, Override
from engagecheck.rules.reporter import cleaned

REGISTRY = installed(third_party=False)
COMBINATIONS = list(itertools.product(Outcome, Disposition, (*Freshness, None)))
FOLDER = EXAMPLES / "journey"


def sealed(report):
    """A report with the digest that fits it."""
    document = cleaned(to_builtins(report))
    return replace(msgspec.convert(document, Report), report_digest=digest(document))


def full():
    """The fullest report: tailored, with overrides beside results and things that expire."""
    beside = accepted_gaps((FOLDER / "accepted_gaps.json").read_bytes(), "g") + attestations((FOLDER / "attestations.json").read_bytes(), "a")
    tailoring = read_tailoring((FOLDER / "engagecheck.toml").read_bytes(), "engagecheck.toml", REGISTRY)
    return run_audit(FOLDER / "2026.json", REGISTRY, AuditSettings(overrides=beside, tailoring=tailoring))


def changed(report, change):
    """A report with every criterion's result changed by `change(number, result)`."""
    numbers = itertools.count()
    findings = tuple(
        replace(finding, criteria=tuple(change(next(numbers), one) for one in finding.criteria)) for finding in report.findings
    )
    return sealed(replace(report, findings=findings))


def combined(start):
    """A report whose criteria have the combinations from `start` on, one each."""

    def change(number, one):
        outcome, disposition, freshness = COMBINATIONS[(start + number) % len(COMBINATIONS)]
        gap = Override("accepted gap", one.id, "Because.", "people committee", "2026-01-01", "2026-12-31")
        vouched = Override("attestation", one.id, "So.", "medical director", "2026-01-01", "2026-12-31", "observed")
        said = {Disposition.NONE: (), Disposition.ACCEPTED: (gap,)}.get(disposition, (vouched,))
        value = one.value if outcome.determined else None
        return replace(
            one, outcome=outcome, disposition=disposition, freshness=freshness, overrides=said, value=value,
            value_text=one.value_text if outcome.determined else "", assurance=None if freshness is None else Assurance.DOCUMENTED,
        )  # fmt: skip

    return changed(run_audit(SOUND, REGISTRY), change)


def hostile(texts):
    """A report in which every text that can come from a profile, an override, a tailoring or a plugin is one of these."""
    supply = itertools.cycle(texts)

    def text(_=None):
        return next(supply)

    def change(_number, one):
        evidence = EvidenceCited("e", text(), "other", text(), "2026-01", Assurance.DOCUMENTED, text(), Freshness.CURRENT)
        gap = Override("accepted gap", one.id, text(), text(), "2026-01-01", "2026-12-31")
        advice = tuple(replace(item, text=text(), owner=text(), horizon=text(), success=text()) for item in one.recommendations)
        return replace(
            one, question=text(), message=text(), value_text=text() if one.value_text else "", show=text(), evidence=(evidence,), overrides=(gap,), recommendations=advice,
            yardstick=replace(one.yardstick, text=text()), facts=tuple(replace(fact, label=text(), value=text(), cell=text(), line=None) for fact in one.facts),
        )  # fmt: skip

    report = full()
    findings = tuple(replace(finding, title=text(), why=text()) for finding in report.findings)
    summary = replace(
        report.summary,
        scale=replace(report.summary.scale, word=text(), definition=text()),
        next_steps=tuple(replace(step, advice=replace(step.advice, text=text(), owner=text())) for step in report.summary.next_steps),
        to_collect=tuple(replace(item, show=text()) for item in report.summary.to_collect),
    )
    report = replace(
        report, findings=findings, summary=summary, subject=replace(report.subject, name=text()), problems=(Problem("rule", text(), text()),),
        deviations=tuple(replace(one, reason=text()) for one in report.deviations), facts_not_read=tuple(replace(fact, label=text(), value=text()) for fact in report.facts_not_read),
        run={**report.run, "profile": text()}, sign_off=(Signed("checked", SignatureState.CURRENT, text(), "2026-04-01"), Signed("approved", SignatureState.CURRENT, text(), "2026-04-02")),
    )  # fmt: skip
    return changed(report, change)
