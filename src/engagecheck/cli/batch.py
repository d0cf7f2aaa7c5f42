"""`engagecheck audit` of many profiles at once."""

import gc
import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import redirect_stdout
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import click

from engagecheck.batch.chunks import Chunk, after, chunks, files_of, of_stream
from engagecheck.batch.executor import done
from engagecheck.batch.summary import Tally
from engagecheck.batch.worker import CSV_HEAD, Done, Options, work
from engagecheck.cli.options import STANDARD_INPUT, Named
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.errors import InputRefused, OutputRefused, UsageRefused
from engagecheck.intake.load import file_bytes
from engagecheck.model.report import Level

SMALL = 2_000_000
"""Bytes of profiles under which more than one process does not pay for itself."""


def audit_all(
    profiles: tuple[str, ...], formats: tuple[str, ...], options: Options, workers: int | None, dask: str | None, resume: bool
) -> int:
    """Audit them all; the exit code. One line or, as csv, a row for each criterion goes out for each, in order."""
    name, equals, path = (formats[0] if formats else "text").partition("=")
    if len(formats) > 1 or name not in ("text", "jsonl", "csv") or (equals and (not path or name == "text")):
        raise UsageRefused("of many profiles there is one of: the summary (text), -f jsonl[=FILE] or -f csv[=FILE]")
    if resume and (name != "jsonl" or not path):
        raise UsageRefused("--resume goes with -f jsonl=FILE: it goes on after the lines that are there")
    size = _size(profiles)  # every file and folder is looked for before anything is written
    gc.enable()
    tally, there = Tally(), 0
    if resume and Path(path).exists():
        there = _taken_up(Path(path), tally)
    pieces = _pieces(profiles)
    if there:
        pieces = after(pieces, _lines_in(Path(path), there), lambda piece: work(piece, options).lines)
    form = "csv" if name == "csv" else "jsonl"
    workers = workers if workers is not None else 1 if size is not None and size < SMALL else os.cpu_count() or 1
    progress = _Progress(there, size)
    with _Target(name, path, resume) as out, redirect_stdout(sys.stderr):  # what a rule prints is no part of the lines
        for finished in _done(pieces, options, form, workers, dask):
            if name != "text":
                out.write(finished.lines)
            elif finished.tally.refused:
                _name_refused(finished.lines)
            tally.add(finished.tally)
            progress.show(tally, finished.size)
    progress.end()
    if not tally.profiles:
        where = ", ".join(profiles)
        raise InputRefused([f"{where}: there is no profile in it; name files (.json, .xlsx, .jsonl) or a folder of them"])
    if name == "text" or path:
        _summary(tally)
    elif tally.refused:
        click.echo(f"{tally.refused} of {tally.profiles} profiles were refused; their lines say why", err=True)
    if path:
        click.echo(f"Written: {path}", err=True)
    return tally.exit_code


def _done(pieces: Iterator[Chunk], options: Options, form: str, workers: int, dask: str | None) -> Iterator[Done]:
    if dask is None:
        return done(pieces, options, form=form, workers=workers)
    from engagecheck.batch import dask

    return dask.done(pieces, options, dask, form=form)


def _name_refused(lines: bytes) -> None:
    """Where no lines go out, say which profiles were refused, and the first reason for each."""
    for line in map(json.loads, lines.splitlines()):
        if "errors" in line:
            click.echo(line["errors"][0], err=True)


def _pieces(profiles: tuple[str, ...]) -> Iterator[Chunk]:
    for is_standard, sources in groupby(profiles, STANDARD_INPUT.__eq__):
        yield from of_stream("standard input", sys.stdin.buffer) if is_standard else chunks(sources)


def _size(profiles: tuple[str, ...]) -> int | None:
    """How many bytes of profiles there are; `None` where that is not known before they have been read.

    Raises `InputRefused` for a file or folder that is not there.
    """
    size = sum(path.stat().st_size for path in files_of(one for one in profiles if one != STANDARD_INPUT))
    return None if STANDARD_INPUT in profiles else size


def _taken_up(path: Path, tally: Tally) -> int:
    """How many whole lines are there; what was half written is cut off, and what came of them is counted."""
    count = size = 0
    try:
        with path.open("r+b") as file:
            for line in file:
                if line[: len(_BEGINS)] != _BEGINS[: len(line)]:
                    raise ValueError
                if not line.endswith(b"\n"):
                    break
                tally.note(json.loads(line))
                count, size = count + 1, size + len(line)
            file.truncate(size)
    except (OSError, ValueError, KeyError, TypeError):
        raise OutputRefused(f"{path}: holds more than lines of -f jsonl, so it cannot be resumed; name another") from None
    return count


_BEGINS = b'{"profile":'
"""How every line begins; what begins otherwise is nobody's half line, and is not cut off."""


def _lines_in(path: Path, count: int) -> Iterator[bytes]:
    """The lines that are there; read once more, for they may be too many to be held."""
    with path.open("rb") as file:
        yield from islice(file, count)


class _Target:
    """Where the lines go: a new file, one that is gone on with, or standard output. A file begins with the first line."""

    def __init__(self, name: str, path: str, resume: bool) -> None:
        if path and Path(path).exists() and not resume:
            raise OutputRefused(f"{path}: exists already; --resume goes on after its lines, or name another")
        self.path, self.file, self.head = path, None if path else sys.stdout.buffer, b""
        if name == "csv":
            import csv
            import io

            head = io.StringIO()
            csv.writer(head).writerow(CSV_HEAD)
            self.head = head.getvalue().encode()

    def write(self, lines: bytes) -> None:
        """Write whole lines; where that cannot be, none of them is left half written in a file."""
        content, self.head = self.head + lines, b""
        try:
            if self.file is None:
                self.file = Path(self.path).open("ab", buffering=0)  # noqa: SIM115
            whole = self.file.seek(0, os.SEEK_END) if self.path else 0
            try:
                while content:
                    content = content[self.file.write(content) :]
                self.file.flush()
            except OSError:
                if self.path:
                    self.file.truncate(whole)
                raise
        except OSError as error:
            where = self.path or "standard output"
            raise OutputRefused(f"{where}: cannot be written ({error.strerror}); what is there is whole lines") from None

    def __enter__(self) -> "_Target":
        return self

    def __exit__(self, *_: object) -> None:
        if self.path and self.file is not None:
            self.file.close()


class _Progress:
    """How many, how fast and how long still, on standard error, where a person looks at it."""

    def __init__(self, there: int, size: int | None) -> None:
        self.there, self.size, self.start, self.last, self.read = there, size, time.monotonic(), 0.0, 0

    def show(self, tally: Tally, read: int) -> None:
        """Say it, once a second at most. `read`: bytes of profiles that were done since."""
        now, self.read = time.monotonic(), self.read + read
        if sys.stderr.isatty() and now - self.last > 1:
            self.last = now
            took = max(now - self.start, 1e-9)
            rate = (tally.profiles - self.there) / took
            left = f", {_time(tally.profiles * (self._share(tally) - 1) / rate)} left" if self.size and rate else ""
            click.echo(f"\r{tally.profiles} profiles, {rate:.0f} a second{left}   ", err=True, nl=False)

    def _share(self, tally: Tally) -> float:
        """How many times as many profiles there are as are done, by their bytes."""
        each = self.read / max(tally.profiles - self.there, 1)
        return max((self.size or 0) / max(each * tally.profiles, 1), 1)

    def end(self) -> None:
        """Leave the line."""
        if self.last:
            click.echo("", err=True)


def _time(seconds: float) -> str:
    """Such as "40 s", "12 min" or "3 h"."""
    whole = max(0, round(seconds))
    return f"{whole} s" if whole < 100 else f"{round(whole / 60)} min" if whole < 6000 else f"{round(whole / 3600)} h"


_CODES = {1: "below the gate", 4: "incomplete"}
"""What the exit codes of single audits say."""


def _summary(tally: Tally) -> None:
    from engagecheck.model import labels
    from engagecheck.model.report import Outcome
    from engagecheck.papers.text_layout import Paper

    paper = Paper(terminal_style())
    paper.heading(f"{labels.plural(tally.profiles, 'profile')}, {tally.refused} refused")
    counts = [(level.value, str(tally.levels[level.value])) for level in Level]
    paper.pairs([*counts, *((text, str(tally.codes[code])) for code, text in _CODES.items() if tally.codes[code])])
    if tally.criteria:
        paper.section("Question by question: how many organisations")
        shown = [Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED, Outcome.NOT_APPLICABLE]
        heads = ["met", "partly", "not met", "not shown", "not asked"]
        if any(counts[Outcome.ERROR.value] for counts in tally.criteria.values()):
            shown.append(Outcome.ERROR)
            heads.append("failed")
        rows = [(name, *(str(counts[outcome.value]) for outcome in shown)) for name, counts in sorted(tally.criteria.items())]
        paper.table(("Question", *heads), rows)
    to_terminal(paper.text().encode())


def options_of(given: dict[str, Any]) -> Options:
    """The options of the command line as values that travel."""
    named = Named.of(
        given["config"], given["no_config"], given["accepted_gaps"], given["attestations"], given["folders"]
    )
    beside = {"accepted_gaps": named.accepted_gaps, "attestations": named.attestations}
    ignored = given["ignore_overrides"]
    return Options(
        folders=named.folders, without=given["without"], third_party=not given["no_plugins"], isolate=given["isolate"],
        as_of=given["as_of"], scale=given["scale"], fail_on=given["fail_on"], min_coverage=given["min_coverage"],
        tailoring=named.configuration, overrides_ignored=ignored and any(beside.values()),
        **{name: (file_bytes(file), file) if file and not ignored else None for name, file in beside.items()},
    )  # fmt: skip
