"""`engagecheck audit` of many profiles at once."""

import csv
import io
import json
import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, nullcontext, redirect_stdout
from itertools import groupby, islice
from pathlib import Path
from typing import Any, BinaryIO

import click

from engagecheck.batch.chunks import Chunk, chunks, chunks_in_stream, files_of, remaining_chunks
from engagecheck.batch.executor import results
from engagecheck.batch.summary import BatchSummary
from engagecheck.batch.worker import CSV_HEAD, BatchSettings, ChunkResult, work, worker_for
from engagecheck.cli import parent
from engagecheck.cli.batch_screen import batch_screen
from engagecheck.cli.files import hold_open, refuse_output
from engagecheck.cli.options import STANDARD_INPUT, NamedFiles
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.cli.pages import FOLDER, Pages
from engagecheck.cli.say import echo, echo_line
from engagecheck.errors import InputRefused, OutputRefused, UsageRefused
from engagecheck.inputs import note, read_bytes
from engagecheck.model.labels import plural
from engagecheck.papers.jsonl import is_as_written

SMALL = 2_000_000
"""Bytes of profiles. Below this, starting more than one process takes longer than it saves."""


def audit_all(
    profiles: tuple[str, ...], formats: tuple[str, ...], settings: BatchSettings,
    workers: int | None, dask: str | None, resume: bool, detail: bool,
) -> int:  # fmt: skip
    """Audit all profiles, in order, and return the exit code.

    Writes a summary, one line for each profile (jsonl), one row for each criterion of each profile (csv), or a folder of
    pages (html). Raises `UsageRefused` for a wrong format, `InputRefused` if there is no profile, and `OutputRefused` if
    writing fails.
    """
    name, equals, path = (formats[0] if formats else "text").partition("=")
    if len(formats) > 1 or name not in ("text", "jsonl", "csv", "html") or (equals and (not path or name == "text")):
        raise UsageRefused("for many profiles choose one: text (a summary), -f jsonl[=FILE], -f csv[=FILE] or -f html[=FOLDER]")
    if settings.public and name != "html":
        raise UsageRefused("for many profiles, --public goes with -f html=FOLDER")
    if resume and (name != "jsonl" or not path):
        raise UsageRefused("--resume needs -f jsonl=FILE, and continues after the lines in FILE")
    if path and name != "html" and Path(path).exists() and not Path(path).is_file():
        raise OutputRefused(f"{path}: is not a file; name one, or leave the name out for standard output")
    size = _size(profiles)  # refuses a missing file or folder before anything is written
    summary, done_before, size_before = BatchSummary(), 0, None
    if resume and Path(path).exists():
        done_before, size_before = _resume_from(Path(path), summary)
    work_items = _all_chunks(profiles)
    if done_before:
        lines = _first_lines(Path(path), done_before)
        work_items = remaining_chunks(work_items, lines, lambda chunk: work(chunk, settings).lines)
    form = "jsonl" if name == "text" else name
    workers = workers if workers is not None else 1 if size is not None and size < SMALL else os.cpu_count() or 1
    # What a rule prints goes to standard error, out of the lines.
    target = Pages(path or FOLDER, public=settings.public) if name == "html" else _Target(name, path, size_before)
    with target as out, _progress(size) as bar, redirect_stdout(sys.stderr):
        for result in _chunk_results(work_items, settings, form, workers, dask):
            parent.leave_if_another()
            if name != "text":
                out.write(result.lines)
            if name in ("text", "html") and result.summary.refused:
                _echo_refused(result.lines)
            summary.add(result.summary)
            if bar is not None:
                bar.update(result.size)
        if not summary.profiles:
            where = ", ".join(profiles)
            raise InputRefused([f"{where}: there are no profiles in it; name files (.json, .xlsx, .jsonl) or a folder of them"])
    if name == "text" or path:
        to_terminal(batch_screen(summary, _names(settings), terminal_style(), detail=detail))
    elif summary.refused:
        echo(f"{summary.refused} of {summary.profiles} profiles were refused; their lines say why", err=True)
    if written := str(Path(path or FOLDER) / "index.html") if name == "html" else path:
        echo_line(f"Written: {written}")
    _echo_folders(profiles)
    return summary.exit_code


def _chunk_results(
    work_items: Iterator[Chunk], settings: BatchSettings, form: str, workers: int, dask: str | None
) -> Iterator[ChunkResult]:
    if dask is None:
        return results(work_items, settings, form=form, workers=workers)
    from engagecheck.batch.dask import results_from

    return results_from(work_items, settings, dask, form=form)


def _echo_folders(profiles: tuple[str, ...]) -> None:
    """Say how many folders within the given ones were left out."""
    for source in profiles:
        if source != STANDARD_INPUT and Path(source).is_dir():
            inner = sum(one.is_dir() and not one.name.startswith(".") for one in Path(source).iterdir())
            if inner:
                echo(f"{source}: left out {plural(inner, 'folder')} in it; name a folder to audit its profiles", err=True)


def _echo_refused(lines: bytes) -> None:
    """Print the first error of each refused profile. The error names the profile."""
    for line in map(json.loads, lines.splitlines()):
        if "errors" in line:
            echo(line["errors"][0], err=True)


def _all_chunks(profiles: tuple[str, ...]) -> Iterator[Chunk]:
    for is_standard, sources in groupby(profiles, STANDARD_INPUT.__eq__):
        yield from chunks_in_stream("standard input", sys.stdin.buffer) if is_standard else chunks(sources)


def _size(profiles: tuple[str, ...]) -> int | None:
    """How many bytes of profiles there are, or `None` if some come from standard input.

    Raises `InputRefused` for a missing file or folder.
    """
    size = 0
    for path in files_of(source for source in profiles if source != STANDARD_INPUT):
        note(path)  # the processes that read it cannot
        size += path.stat().st_size
    return None if STANDARD_INPUT in profiles else size


def _resume_from(path: Path, summary: BatchSummary) -> tuple[int, int]:
    """Count the complete lines of a file and their bytes, and add their results to the summary. Cut off half a last line.

    Raises `OutputRefused` if the file holds anything else, or a line was changed.
    """
    count = size = 0
    try:
        with path.open("r+b") as file:
            hold_open(file, path)
            for line in file:
                if line[: len(_LINE_START)] != _LINE_START[: len(line)]:
                    raise ValueError
                if not line.endswith(b"\n"):
                    break
                if not is_as_written(line):
                    where = f"{path}, line {count + 1}"
                    raise OutputRefused(
                        f"{where}: was changed since it was written, so --resume cannot go on; name another file"
                    )
                summary.count(json.loads(line))
                count, size = count + 1, size + len(line)
            file.truncate(size)
    except (OSError, ValueError, KeyError, TypeError):
        message = f"{path}: has other text than lines of -f jsonl, so --resume cannot continue it; name another file"
        raise OutputRefused(message) from None
    return count, size


_LINE_START = b'{"profile":'
"""How every line of results begins. Text that begins differently is somebody else's, and is never cut off."""


def _first_lines(path: Path, count: int) -> Iterator[bytes]:
    """The first lines of a file, one by one, because all of them may not fit in memory."""
    with path.open("rb") as file:
        yield from islice(file, count)


class _Target:
    """Where the lines go: a new file, a file to resume, or standard output. A new file is created with its first line.

    `size` is that of the file to resume, in bytes.
    """

    def __init__(self, name: str, path: str, size: int | None) -> None:
        if path:
            refuse_output(Path(path))
        if path and Path(path).exists() and size is None:
            raise self._exists(path)
        self.path, self.size, self.file, self.head = path, size, None if path else sys.stdout.buffer, b""
        if name == "csv":
            head = io.StringIO()
            csv.writer(head).writerow(CSV_HEAD)
            self.head = head.getvalue().encode()

    def write(self, lines: bytes) -> None:
        """Write complete lines. If writing fails, remove what was written of them from a file and raise `OutputRefused`."""
        content, self.head = self.head + lines, b""
        try:
            if self.file is None:
                self.file = self._opened()
            end_before = self.file.seek(0, os.SEEK_END) if self.path else 0
            try:
                while content:
                    content = content[self.file.write(content) :]
                self.file.flush()
            except OSError:
                if self.path:
                    self.file.truncate(end_before)
                raise
        except OSError as error:
            where = self.path or "standard output"
            message = f"{where}: cannot be written ({error.strerror}); the lines written so far are complete"
            raise OutputRefused(message) from None

    def _opened(self) -> BinaryIO:
        """The file, held for this run alone. Raises `OutputRefused` if another run made it or added to it meanwhile."""
        path = Path(self.path)
        try:
            file = path.open("xb" if self.size is None else "ab", buffering=0)
        except FileExistsError:
            raise self._exists(self.path) from None
        with ExitStack() as stack:
            stack.callback(file.close)
            hold_open(file, path)
            if file.seek(0, os.SEEK_END) != (self.size or 0):
                raise OutputRefused(f"{path}: another run added to it meanwhile; give the command again, with --resume")
            stack.pop_all()
        return file

    @staticmethod
    def _exists(path: str) -> OutputRefused:
        return OutputRefused(f"{path}: already exists; add --resume to continue it, or name another file")

    def __enter__(self) -> "_Target":
        return self

    def __exit__(self, *_: object) -> None:
        if self.path and self.file is not None:
            self.file.close()


def _progress(size: int | None) -> AbstractContextManager[Any]:
    """A bar on standard error that counts bytes, if a person is there to see it and the size is known."""
    if size is None or not sys.stderr.isatty():
        return nullcontext()
    return click.progressbar(length=size, label="Auditing", file=sys.stderr)


def _names(settings: BatchSettings) -> dict[str, str]:
    """What each criterion measures, by its id."""
    rules = worker_for(settings).plan.registry.rules.values()
    return {one.id: one.label or one.question for rule in rules for one in rule.criteria}


def batch_settings(options: dict[str, Any], is_public: bool) -> BatchSettings:
    """The options of the command line as settings that other processes can receive.

    Raises `InputRefused` if a file that they name cannot be read, or if the configuration is wrong.
    """
    files = NamedFiles.of(**options)
    parent.runs_others(files.folders, options["without"], options["no_plugins"], options["isolate"])
    return BatchSettings(
        folders=files.folders, without=options["without"], third_party=not options["no_plugins"], isolate=options["isolate"],
        as_of=options["as_of"], scale=options["scale"], fail_on=options["fail_on"], min_coverage=options["min_coverage"],
        tailoring=files.configuration, pack=options["pack"], overrides_ignored=options["ignore_overrides"],
        public=is_public, found=files.found,
        **{name: (read_bytes(path), path) if path else None for name, path in files.overrides.items()},
    )  # fmt: skip
