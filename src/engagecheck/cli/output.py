"""Writing reports: to the terminal, or to files that are complete or not written at all."""

import json
import os
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click
from attrs import evolve
from msgspec import Struct, field, to_builtins
from msgspec.structs import replace

from engagecheck.cli import parent
from engagecheck.cli.files import refuse_output, write_whole
from engagecheck.cli.say import echo
from engagecheck.errors import EngagecheckError, InputRefused, OutputRefused, UsageRefused
from engagecheck.inputs import identity, read_bytes
from engagecheck.model.dates import date_typed
from engagecheck.model.labels import day
from engagecheck.model.report import Report
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.reporter import Reporter, Style


class Target(Struct, frozen=True):
    """A format and where it goes.

    `path` is a file, or `None` for standard output. `papers` are the parts of the style that only papers use.
    """

    reporter: Reporter
    path: Path | None
    papers: Mapping[str, Any] = field(default_factory=dict)


def targets(
    formats: Sequence[str], registry: Registry, *, carry: str | None = None, template: str | None = None,
    meeting: str | None = None, since: str | None = None, is_public: bool = False,
) -> list[Target]:  # fmt: skip
    """The targets that the values of `-f` name.

    `carry` is the path of an action tracker whose entries go into the new one, `template` that of a Word document, `since`
    that of an earlier report, and `meeting` a day. Raises `UsageRefused` for an unknown format, two formats on standard
    output or in one file, an option of papers without its format, or `carry` for a public edition. Raises `InputRefused`
    for a file that does not fit.
    """
    if carry is not None and is_public:
        raise UsageRefused("--carry would bring owners and notes into a public edition; leave one of the two out")
    chosen = []
    for form in formats:
        name, equals, path = form.partition("=")
        reporter = registry.reporter(name)
        if reporter is None:
            raise UsageRefused(f"-f {form}: no format is called {name!r}; {did_you_mean(name, registry.format_names)}")
        if equals and not path:
            raise UsageRefused(f"-f {form}: name the file after the =")
        chosen.append(Target(reporter, Path(path) if path else None))
    if sum(target.path is None for target in chosen) > 1:
        raise UsageRefused("only one format can go to the terminal; give the others a file, such as -f json=report.json")
    paths = [identity(target.path) for target in chosen if target.path]
    if len(set(paths)) < len(paths):
        raise UsageRefused("two formats have the same file name; give each its own file")
    given = {"carry": carry, "template": template, "meeting": meeting, "since": since}
    for option, formats_of in PAPER_FORMATS.items():
        if given[option] is not None and not any(target.reporter.name in formats_of for target in chosen):
            raise UsageRefused(f"--{option} goes with -f {', '.join(formats_of)}; add one of these formats, or leave it out")
    papers: dict[str, Any] = {
        "before": _tracker(carry), "template": _template(template),
        "meeting": _meeting(meeting), "since": _earlier(since),
    }  # fmt: skip
    return [replace(target, papers={name: part for name, part in papers.items() if part is not None}) for target in chosen]


PAPER_FORMATS = {
    "carry": ("xlsx",), "template": ("docx",), "meeting": ("docx", "xlsx", "csv", "markdown"),
    "since": ("docx", "html", "pdf", "text", "summary"),
}  # fmt: skip
"""The formats that each option of papers is for."""


def _tracker(path: str | None) -> bytes | None:
    if path is None:
        return None
    from engagecheck.papers import tracker

    raw = read_bytes(path)
    tracker.read(raw, f"--carry {path}")  # refuses a file that is not a tracker, before anything is audited
    return raw


def _template(path: str | None) -> bytes | None:
    if path is None:
        return None
    from engagecheck.papers import word

    raw = read_bytes(path)
    word.opened(raw, f"--template {path}")  # refuses a file that is no Word document, before anything is audited
    return raw


def _meeting(text: str | None) -> date | None:
    try:
        return None if text is None else date.fromisoformat(date_typed(text))
    except ValueError:
        raise UsageRefused(f"--meeting {text}: is not a day; enter one like 14 May 2026") from None


def _earlier(path: str | None) -> Report | None:
    if path is None:
        return None
    from engagecheck.analysis.saved import read_report
    from engagecheck.intake.explain import is_report, open_document

    raw = read_bytes(path)
    if not is_report(open_document(raw, path).document):
        raise InputRefused([f"--since {path}: is not a report; make one with engagecheck audit PROFILE -f json=report.json"])
    return read_report(raw, path)


def write(report: Report, destinations: Sequence[Target], *, is_public: bool = False) -> None:
    """Render every target, then write the files, then write to the terminal. With `is_public`, write the public edition.

    What fails costs no other target. Raises `EngagecheckError` or `OutputRefused` for what failed, at the end. Raises
    `UsageRefused` for binary content on a terminal, and for an input of this command, before anything is written.
    """
    for target in destinations:
        _check_days(report, target)
    if is_public:
        report, destinations = _public(report, destinations)
    for target in destinations:
        if target.path is not None:
            refuse_output(target.path)
    failed: list[EngagecheckError] = []
    rendered = [pair for target in destinations if (pair := (target, _rendered(report, target, failed)))[1] is not None]
    for target, output in sorted(rendered, key=lambda pair: pair[0].path is None):
        try:
            if target.path is None:
                show(output or b"")
            else:
                write_whole(target.path, output or b"")
                echo(f"Written: {target.path}", err=True)
        except OutputRefused as refused:
            failed.append(refused)
    if failed:
        kind = OutputRefused if any(isinstance(one, OutputRefused) for one in failed) else EngagecheckError
        raise kind("\n".join(map(str, failed)))


def _public(report: Report, destinations: Sequence[Target]) -> tuple[Report, list[Target]]:
    """The public edition of a report, and targets whose earlier report tells nothing more than it."""
    from engagecheck.analysis.public import public_edition

    marked = report.not_for_publication
    earlier = {
        name: public_edition(paper, marked)
        for target in destinations
        for name, paper in target.papers.items()
        if isinstance(paper, Report)
    }
    return public_edition(report), [replace(target, papers={**target.papers, **earlier}) for target in destinations]


def _rendered(report: Report, target: Target, failed: list[EngagecheckError]) -> bytes | None:
    """The bytes of a target; `None` if its format fails, which a plugin's may do in any way."""
    name = target.reporter.name
    try:
        content = target.reporter.render(report, _style(target))
        if isinstance(content, bytes) and target.path is None and sys.stdout.isatty():
            raise UsageRefused(f"-f {name}: this format is not text; name a file, such as -f {name}=report.{name}")
        return _checked(name, _bytes(content))
    except (EngagecheckError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a plugin may raise anything, and may call sys.exit
        failed.append(EngagecheckError(f"-f {name}: the format failed ({type(error).__name__}: {error}); it is not written"))
        return None


def _check_days(report: Report, target: Target) -> None:
    """Refuse a meeting before the day of the report, and an earlier report that is not earlier."""
    meeting, since = target.papers.get("meeting"), target.papers.get("since")
    if meeting is not None and meeting.isoformat() < report.as_of:
        raise UsageRefused(f"--meeting: {day(meeting.isoformat())} is before the day of the report, {day(report.as_of)}")
    if since is not None and since.as_of >= report.as_of:
        days = f"that report is of {day(since.as_of)}, and this one of {day(report.as_of)}"
        raise UsageRefused(f"--since: {days}; name an earlier report")


def _checked(name: str, content: bytes) -> bytes:
    """The content, if it can be what the format is for. A plugin in this process may have changed what makes it."""
    if not content.strip():
        raise ValueError("it gave nothing")
    if name == "json" and parent.has_others():
        json.loads(content)
    return content


def _style(target: Target) -> Style:
    return evolve(Style() if target.path else terminal_style(), **target.papers)


def show(content: bytes) -> None:
    """Write to standard output. On a terminal with fewer lines than this, through the user's pager."""
    if sys.stdout.isatty() and content.count(b"\n") >= get_terminal_size().lines:
        click.echo_via_pager(content.decode(), color=terminal_style().colour)
    else:
        to_terminal(content)


def to_terminal(content: bytes) -> None:
    """Write to standard output. Raises `OutputRefused` if it cannot be written, for example because its reader has gone."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()


def json_text(value: Any) -> str:
    """A value of structs and built-in types as indented JSON, with a line break at the end."""
    return json.dumps(to_builtins(value), indent=2, ensure_ascii=False) + "\n"


def terminal_style() -> Style:
    """The style of standard output: its width in columns, colour only on a terminal, and ASCII if it cannot carry Unicode."""
    is_terminal = sys.stdout.isatty()
    width = get_terminal_size().columns if is_terminal or "COLUMNS" in os.environ else Style().width
    colour = is_terminal and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(width, colour, not _carries_unicode())


def _carries_unicode() -> bool:
    try:
        "–✓".encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _bytes(rendered: str | bytes) -> bytes:
    if not isinstance(rendered, str | bytes):
        raise TypeError(f"it returned {type(rendered).__name__}, and a format returns text or bytes")
    return rendered if isinstance(rendered, bytes) else rendered.encode("utf-8")
