"""What the terminal shows after an audit of many profiles: one screen, or every question with `--detail`."""

from collections import Counter
from collections.abc import Mapping

from engagecheck.batch.summary import BatchSummary
from engagecheck.errors import ExitCode
from engagecheck.model import labels
from engagecheck.model.outcomes import Level, Outcome
from engagecheck.papers.text_layout import Paper
from engagecheck.rules.reporter import Style

MOST_LACKED = 6
ENDINGS = {ExitCode.GATE: "Gate not satisfied", ExitCode.INCOMPLETE: "Incomplete"}
COLUMNS = {
    Outcome.MET: "met", Outcome.PARTLY_MET: "partly", Outcome.NOT_MET: "not met", Outcome.NOT_EVIDENCED: "not shown",
    Outcome.NOT_APPLICABLE: "not asked", Outcome.ERROR: "failed",
}  # fmt: skip


def batch_screen(summary: BatchSummary, names: Mapping[str, str], style: Style, *, detail: bool) -> str:
    """The result of many audits as text. `names` says what each criterion measures, by its id."""
    paper = Paper(style)
    rated = f", rated by {summary.pack}" if summary.pack else ""
    paper.heading(f"{labels.plural(summary.profiles, 'profile')}, {summary.refused} refused{rated}")
    levels = [(level.value.capitalize(), str(summary.levels[level])) for level in reversed(Level)]
    endings = [(text, str(summary.codes[code])) for code, text in ENDINGS.items() if summary.codes[code]]
    paper.pairs([*levels, *endings])
    if detail:
        _every_question(summary, names, paper)
    elif summary.criteria:
        _lacked(summary, names, paper)
        paper.gap()
        paper.say("Every question: add --detail. A page for all, and one each: -f html=FOLDER.")
    return paper.text()


def _lacked(summary: BatchSummary, names: Mapping[str, str], paper: Paper) -> None:
    rows = [(name, _lacking(counts), _asked(counts)) for name, counts in summary.criteria.items()]
    most = sorted((row for row in rows if 2 * row[1] > row[2]), key=lambda row: (-row[1] / row[2], row[0]))
    paper.section("What most of them lack: not met or not shown")
    if not most:
        paper.say("No question is missed by more than half of them.")
        return
    paper.pairs([(f"{lacking} of {asked}", names.get(name, name)) for name, lacking, asked in most[:MOST_LACKED]])
    if len(most) > MOST_LACKED:
        paper.say(f"and {labels.plural(len(most) - MOST_LACKED, 'more question')}")


def _lacking(counts: Counter[str]) -> int:
    return counts[Outcome.NOT_MET] + counts[Outcome.NOT_EVIDENCED]


def _asked(counts: Counter[str]) -> int:
    return counts.total() - counts[Outcome.NOT_APPLICABLE]


def _every_question(summary: BatchSummary, names: Mapping[str, str], paper: Paper) -> None:
    has_failed = any(counts[Outcome.ERROR] for counts in summary.criteria.values())
    shown = [outcome for outcome in COLUMNS if outcome is not Outcome.ERROR or has_failed]
    rows = [
        (f"{names.get(name, name)} ({name})", *(str(counts[outcome]) for outcome in shown))
        for name, counts in sorted(summary.criteria.items())
    ]
    if rows:
        paper.section("Question by question: how many organisations")
        paper.table(("Question", *(COLUMNS[outcome] for outcome in shown)), rows)
