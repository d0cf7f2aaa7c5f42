"""Writing reports: to the terminal, or to files that are complete or not written at all."""

import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from shutil import get_terminal_size
from typing import Any

import click
from attrs import evolve
from msgspec import Struct, to_builtins

from engagecheck.cli import parent
from engagecheck.cli.files import refuse_output, write_file
from engagecheck.cli.options import day_of
from engagecheck.errors import EngagecheckError, ExitCode, InputRefused, OutputRefused, UsageRefused, text_of, worst
from engagecheck.inputs import identity, read_bytes
from engagecheck.model.dates import against_start
from engagecheck.model.labels import day
from engagecheck.model.report import Report
from engagecheck.model.schema import did_you_mean
from engagecheck.plugin_host.registry import Registry
from engagecheck.rules.reporter import Reporter, Style


class Output(Struct, frozen=True):
    """Where a report goes: formats, each with its file or `None` for standard output.

    `papers` are the parts of the style that only papers use.
    """

    targets: Sequence[tuple[Reporter, Path | None]]
    papers: Mapping[str, Any]


PAPER_FORMATS = {
    "carry": ("xlsx",), "template": ("docx",), "meeting": ("docx", "xlsx", "csv", "markdown"),
    "since": ("docx", "html", "pdf", "text", "summary"),
}  # fmt: skip
"""The formats that each option of papers is for."""


def output_for(formats: Sequence[str], registry: Registry, *, is_public: bool = False, **given: str | None) -> Output:
    """The output that the values of `-f` and the options of papers ask for.

    `carry` is the path of an action tracker whose entries go into the new one, `template` that of a Word document, `since`
    that of an earlier report, and `meeting` a day. Raises `UsageRefused` for an unknown format, two formats on standard
    output or in one file, an option of papers without its format, or `carry` for a public edition. Raises `InputRefused`
    for a file that does not fit.
    """
    options = {name: value for name, value in given.items() if value is not None}
    if "carry" in options and is_public:
        raise UsageRefused("--carry would bring owners and notes into a public edition; leave one of the two out")
    targets: list[tuple[Reporter, Path | None]] = []
    for form in formats:
        name, equals, path = form.partition("=")
        reporter = registry.reporter(name)
        if reporter is None:
            raise UsageRefused(f"-f {form}: no format is called {name!r}; {did_you_mean(name, registry.format_names)}")
        if equals and not path:
            raise UsageRefused(f"-f {form}: name the file after the =")
        targets.append((reporter, Path(path) if path else None))
    files = [identity(path) for _, path in targets if path]
    if len(files) < len(targets) - 1:
        raise UsageRefused("only one format can go to the terminal; give the others a file, such as -f json=report.json")
    if len(set(files)) < len(files):
        raise UsageRefused("two formats have the same file name; give each its own file")
    for option in options:
        if not any(reporter.name in PAPER_FORMATS[option] for reporter, _ in targets):
            fitting = ", ".join(PAPER_FORMATS[option])
            raise UsageRefused(f"--{option} goes with -f {fitting}; add one of these formats, or leave it out")
    return Output(targets, _papers(**options))


def _papers(
    *, carry: str | None = None, template: str | None = None, meeting: str | None = None, since: str | None = None
) -> dict[str, Any]:
    """The parts of the style that the options of papers name. A wrong file is refused before anything is audited."""
    papers: dict[str, Any] = {}
    if carry is not None:
        from engagecheck.papers import tracker

        papers["before"] = read_bytes(carry)
        tracker.read(papers["before"], f"--carry {carry}")
    if template is not None:
        from engagecheck.papers import word

        papers["template"] = read_bytes(template)
        word.opened(papers["template"], f"--template {template}")
    if meeting is not None:
        papers["meeting"] = day_of("--meeting", meeting)
    if since is not None:
        from engagecheck.analysis.saved import read_report
        from engagecheck.intake.explain import is_report, open_document

        raw = read_bytes(since)
        if not is_report(open_document(raw, since).document):
            make_one = "make one with engagecheck audit PROFILE -f json=report.json"
            raise InputRefused([f"--since {since}: is not a report; {make_one}"])
        papers["since"] = read_report(raw, since)
    return papers


def write(
    report: Report, output: Output, *, is_public: bool = False, record: Callable[[Report], None] | None = None, code: int = 0
) -> None:
    """Write the files, record the report if it is to be, then write to the terminal. With `is_public`, write that edition.

    A step that fails costs no other. At the end, raises an `EngagecheckError` with everything that failed, and the worst
    exit code of these and of `code`, which is that of the command if all goes well. Raises `UsageRefused` before anything
    is written: for binary content on a terminal, a missing extra, and an input of this command.
    """
    whole = report
    papers = dict(output.papers)
    _refuse_wrong_days(report, papers.get("meeting"), papers.get("since"))
    if is_public:
        from engagecheck.analysis.public import public_edition

        if "since" in papers:  # it must tell nothing more than this report
            papers["since"] = public_edition(papers["since"], report.not_for_publication)
        report = public_edition(report)
    for reporter, path in output.targets:
        if path is not None:
            refuse_output(path)
            if reporter.name in ("docx", "xlsx") and path.is_file():
                _refuse_worked(path, reporter.name)
    failed: list[EngagecheckError] = []
    rendered = [(one, path, _rendered(report, one, path, papers, failed)) for one, path in output.targets]
    steps = [partial(write_file, path, content) for _, path, content in rendered if path and content is not None]
    if record:
        steps.append(partial(record, whole))
    _do(steps, failed)
    papers |= {"has_failed": bool(failed)}  # a screen says how the command ends only if all else went well
    shown = [(_rendered(report, one, path, papers, []) if failed else content) for one, path, content in rendered if not path]
    _do((partial(show, content) for content in shown if content is not None), failed)
    if failed:
        error = EngagecheckError("\n".join(map(str, failed)))
        error.exit_code = ExitCode(worst([code, *(one.exit_code for one in failed)]))
        raise error


def _do(steps: Iterable[Callable[[], None]], failed: list[EngagecheckError]) -> None:
    for step in steps:
        try:
            step()
        except EngagecheckError as error:
            failed.append(error)


def _refuse_worked(path: Path, form: str) -> None:
    """Raise `OutputRefused` for a file of Word or Excel in which people may have worked, which a new paper would end."""
    from engagecheck.intake.archives import is_replaceable

    content = path.read_bytes()
    if content and not is_replaceable(content):
        advice = f"; --carry {path} takes over what people wrote in a tracker" if form == "xlsx" else ""
        reason = "people worked in this file or another program made it, so it is left as it is"
        raise OutputRefused(f"{path}: {reason}; name another file{advice}")


def _refuse_wrong_days(report: Report, meeting: date | None, since: Report | None) -> None:
    """Refuse a meeting before the day of the report or years after it, and an earlier report that is not earlier."""
    if meeting is not None and (wrong := against_start(meeting, date.fromisoformat(report.as_of), "the day of the report")):
        raise UsageRefused(f"--meeting: {wrong}")
    if since is not None and since.as_of >= report.as_of:
        days = f"that report is of {day(since.as_of)}, and this one of {day(report.as_of)}"
        raise UsageRefused(f"--since: {days}; name an earlier report")


def _rendered(
    report: Report, reporter: Reporter, path: Path | None, papers: Mapping[str, Any], failed: list[EngagecheckError]
) -> bytes | None:
    """The bytes of a format; `None` if it fails, which a plugin's may do in any way."""
    name = reporter.name
    try:
        content = reporter.render(report, evolve(Style() if path else terminal_style(), **papers))
        if isinstance(content, bytes) and path is None and sys.stdout.isatty():
            raise UsageRefused(f"-f {name}: this format is not text; name a file, such as -f {name}=report.{name}")
        if not isinstance(content, str | bytes):
            raise TypeError(f"it returned {type(content).__name__}, and a format returns text or bytes")
        return _checked(name, content.encode() if isinstance(content, str) else content)
    except (EngagecheckError, KeyboardInterrupt):
        raise
    except BaseException as error:  # a plugin may raise anything, and may call sys.exit
        failed.append(EngagecheckError(f"-f {name}: the format failed ({text_of(error)}); it is not written"))
        return None


def _checked(name: str, content: bytes) -> bytes:
    """The content, if it can be what the format is for. A plugin in this process may have changed what makes it."""
    if not content.strip():
        raise ValueError("it gave nothing")
    if name == "json" and parent.has_others():
        json.loads(content)
    return content


def show(content: bytes) -> None:
    """Write to standard output. On a terminal with fewer lines than this, through the user's pager."""
    if sys.stdout.isatty() and content.count(b"\n") >= get_terminal_size().lines:
        click.echo_via_pager(content.decode(), color=terminal_style().colour)
    else:
        to_terminal(content)


def to_terminal(content: str | bytes) -> None:
    """Write to standard output. Raises `OutputRefused` if it cannot be written, for example because its reader has gone."""
    sys.stdout.flush()
    sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
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
