"""What a paper is called, what its first page must say, and in which order its areas stand."""

from collections.abc import Iterator, Sequence

from engagecheck.model import labels
from engagecheck.model.outcomes import Outcome, Priority, SignatureState
from engagecheck.model.report import Finding, Report, Signed


def chosen(report: Report) -> str:
    """The title of the framework that was chosen as the headline; empty for the usual one, that of the bundled pack."""
    headline = report.packs[0]
    return headline.title or ("" if headline.name == report.tool.name else headline.name)


PUBLIC = (
    "Public edition. It leaves out owners, references to evidence, entries that are kept private, and facts that the "
    "organisation marked as not for publication. The rating and the results are those of the full audit."
)


def title(report: Report) -> str:
    """The title of every paper, before the name of the organisation."""
    return (chosen(report) or "Medical engagement") + (" (public edition)" if report.public else "")


def nature(report: Report) -> str:
    """What a paper is: about the chosen framework, that it is a self-assessment, its edition, and who signed the profile."""
    others = (f"{name} {by}." for name, by in signed_by(report.sign_off))
    return " ".join([edition(report), approval(report), *others])


def edition(report: Report) -> str:
    """What a paper is, whoever signed the profile: about the chosen framework, a self-assessment, and a public edition."""
    return " ".join(part for part in (report.packs[0].about, labels.SELF_ASSESSMENT, PUBLIC if report.public else "") if part)


def identity(report: Report) -> str:
    """The program and the digests of a report, for the end of a paper. A public edition has only its own digest."""
    profile = f", profile {report.profile_digest[:12]}" if report.profile_digest else ""
    return f"{report.tool.name} {report.tool.version}. Report {report.report_digest[:12]}{profile}."


_STEPS = {"prepared": "Prepared by", "checked": "Checked by", "approved": "Approved by"}


def approval(report: Report) -> str:
    """Whether the board may rely on a paper: "Draft: not approved yet.", "Approved by the board, 1 May 2026."."""
    return approval_of(report.sign_off)


def approval_of(signatures: Sequence[Signed]) -> str:
    """The same, by the signatures of a profile."""
    signed = next((one for one in signatures if one.step == "approved"), None)
    if signed is None:
        return "Draft: not approved yet."
    by = ", ".join(part for part in (signed.role, labels.day(signed.on)) if part)
    if signed.state is SignatureState.CURRENT:
        return f"Approved by {by}."
    if signed.state is SignatureState.CHANGED:
        return f"Changed since approval: draft. An earlier version was approved by {by}."
    return f"Draft: the approval by {by} is not recorded. Record it with engagecheck sign-off."


def is_draft(report: Report) -> bool:
    """Whether nobody has approved the profile as it is now."""
    return not any(one.step == "approved" and one.state is SignatureState.CURRENT for one in report.sign_off)


def signatures(report: Report) -> list[tuple[str, str]]:
    """Who prepared, checked and approved the profile: pairs such as "Checked by" and "Audit committee, 20 April 2026"."""
    return _worded(report.sign_off)


def signed_by(signatures: Sequence[Signed]) -> list[tuple[str, str]]:
    """Who prepared and checked the profile, in pairs of the same kind."""
    return _worded([one for one in signatures if one.step != "approved"])


def _worded(signatures: Sequence[Signed]) -> list[tuple[str, str]]:
    return [
        (_STEPS[one.step], ", ".join(part for part in (one.role, labels.day(one.on), _SINCE.get(one.state)) if part))
        for one in signatures
    ]


_SINCE = {SignatureState.CHANGED: "changed since", SignatureState.UNRECORDED: "not recorded"}


_NAMED = 6
"""How many unconfirmed answers are named. The others are counted."""


def left_out(report: Report) -> Iterator[tuple[str, str]]:
    """What the first page must say was left out, not confirmed, or set by a file that nobody named: why, and the names."""
    if report.unconfirmed:
        count, shown = len(report.unconfirmed), "; ".join(report.unconfirmed[:_NAMED])
        more = f"; and {count - _NAMED} more" if count > _NAMED else ""
        yield f"{labels.plural(count, 'answer')} from last year, not yet confirmed and counted as stated only", f"{shown}{more}"
    if report.left_out:
        yield "Left out by request", ", ".join(report.left_out)
    name, *found = report.run.get("found") or ("",)
    if found:
        yield f"Set by {name}, which was found in the folder and not named", "; ".join(found)
    for one in report.run.get("removed", ()):
        yield "Texts were removed from this report after it was made", one
    headline = report.packs[0]
    if headline.left_out:
        titles = [one.title for one in report.findings if one.pack == headline.name and one.rule in headline.left_out]
        yield f"Left out of this framework by the choice of subset “{headline.subset}”", "; ".join(titles)


def faults(report: Report) -> Iterator[str]:
    """What every reader must see before the rating: faults, rules left out, and an audit that assessed nothing."""
    for problem in report.problems:
        yield f"The audit is incomplete. {problem.where}: {problem.message}"
    for why, names in left_out(report):
        yield f"{why}: {names}."
    if not report.summary.assessed:
        yield "Nothing could be assessed: no question that counts was answered. This is not a good result."


def alarms(report: Report) -> Iterator[str]:
    """What every reader must see: faults, rules left out, an audit that assessed nothing, and contradictory facts."""
    yield from faults(report)
    for finding in report.findings:
        for one in finding.criteria:
            if one.priority is Priority.CAPS and one.outcome is Outcome.NOT_MET:
                yield f"Facts contradict each other: {one.question} {labels.measured(one)}"


def is_of_another_pack(report: Report, finding: Finding) -> bool:
    """Whether a finding is of another pack than the one that was chosen. By default, the areas of all packs stand together."""
    return bool(chosen(report)) and finding.pack != report.packs[0].name


def worst_first(report: Report) -> list[Finding]:
    """The findings sorted by outcome, worst first; then by score, lowest first; then by rule id. A chosen pack comes first."""

    def place(one: Finding) -> tuple[bool, int, int, str]:
        return is_of_another_pack(report, one), labels.WORST_FIRST.index(one.outcome), one.low, one.rule

    return sorted(report.findings, key=place)


def weighed(report: Report) -> list[Finding]:
    """The findings whose score counts in the rating of the headline."""
    pack = report.packs[0].name
    return [one for one in report.findings if one.pack == pack and not one.left_out and labels.weighed_score(one)]


def why_unrated(report: Report, finding: Finding) -> str:
    """Why a finding does not count in the rating: "left out of the rating", or "of the pack NAME". Empty if it does."""
    if is_of_another_pack(report, finding):
        return f"of the pack {finding.pack}"
    return "left out of the rating" if finding.left_out else ""


def area(report: Report, finding: Finding) -> tuple[str, str, str, str]:
    """A row of the table of areas: title, outcome with its mark, questions answered, score."""
    why = why_unrated(report, finding)
    outcome = f"{labels.MARK[finding.outcome]} {labels.OUTCOME[finding.outcome]}"
    return finding.title + (f" ({why})" if why else ""), outcome, labels.known(finding), labels.weighed_score(finding)
