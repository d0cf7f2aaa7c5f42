"""Where reports go: to the terminal, or whole into files."""

import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from engagecheck.errors import EngagecheckError, OutputRefused, UsageRefused
from engagecheck.model.records import changed, record
from engagecheck.model.report import Report
from engagecheck.model.schema import did_you_mean
from engagecheck.rules.reporter import Reporter, Style

if TYPE_CHECKING:
    from pathlib import Path

    from engagecheck.plugin_host.registry import Registry


@record
class Target:
    """A format and where it is wanted: a path, or `None` for standard output; `before`: the paper that it replaces."""

    reporter: Reporter
    path: "Path | None"
    before: bytes | None = None


def targets(formats: Sequence[str], registry: "Registry", carry: str | None = None) -> list[Target]:
    """The targets that `-f` asks for; `UsageRefused` for an unknown format or two on standard output.

    `carry`: the action tracker whose entries are carried over into the new one.
    """
    found = []
    for wanted in formats:
        name, equals, path = wanted.partition("=")
        reporter = registry.reporter(name)
        if reporter is None:
            raise UsageRefused(f"-f {wanted}: no format is called {name!r}; {did_you_mean(name, registry.format_names)}")
        if equals and not path:
            raise UsageRefused(f"-f {wanted}: name the file after the =")
        found.append(Target(reporter, _path(path) if path else None))
    if sum(target.path is None for target in found) > 1:
        raise UsageRefused("only one format can go to the terminal; give the others a file, such as -f json=report.json")
    paths = [target.path.resolve() for target in found if target.path]
    if len(set(paths)) < len(paths):
        raise UsageRefused("two formats are to be written into the same file; give each its own")
    return found if carry is None else _carrying(found, carry)


def _path(path: str) -> "Path":
    from pathlib import Path  # its import takes long for a command that writes no file

    return Path(path)


def _carrying(found: list[Target], carry: str) -> list[Target]:
    from engagecheck.intake.load import file_bytes
    from engagecheck.papers import tracker

    if not any(target.reporter.name == "xlsx" for target in found):
        raise UsageRefused("--carry goes with -f xlsx=NEW.xlsx: only the tracker carries over what people wrote")
    raw = file_bytes(carry)
    tracker.read(raw, carry)  # what is no tracker is refused before anything is audited
    return [changed(target, before=raw) if target.reporter.name == "xlsx" else target for target in found]


def written(report: Report, wanted: Sequence[Target]) -> None:
    """Render every target first, then write the files, each whole or not at all, then the terminal.

    A format that fails costs only itself: the others are written, then `EngagecheckError` names it.
    """
    rendered: list[tuple[Target, bytes]] = []
    failed: list[str] = []
    for target in wanted:
        try:
            made = target.reporter.render(report, _style(target))
            if isinstance(made, bytes) and target.path is None and sys.stdout.isatty():
                name = target.reporter.name
                raise UsageRefused(f"-f {name}: this is no text for a terminal; name a file, such as -f {name}=report.{name}")
            rendered.append((target, _bytes(made)))
        except (EngagecheckError, KeyboardInterrupt):
            raise
        except BaseException as error:  # whatever a plugin raises; it may call sys.exit
            failed.append(f"-f {target.reporter.name}: the format failed ({type(error).__name__}: {error}); it is not written")
    for target, content in rendered:
        if target.path is not None:
            write_whole(target.path, content)
            click.echo(f"Written: {target.path}", err=True)
    for target, content in rendered:
        if target.path is None:
            to_terminal(content)
    if failed:
        raise EngagecheckError("\n".join(failed))


def _style(target: Target) -> Style:
    return changed(Style() if target.path else terminal_style(), before=target.before)


def may_write(path: "Path", *, overwrite: bool = False) -> None:
    """Refuse to replace a file that is there already; `OutputRefused` then."""
    if path.exists() and not overwrite:
        raise OutputRefused(f"{path}: exists already and is left as it is; choose another name, or remove it first")


def write_whole(path: "Path", content: bytes) -> None:
    """Write a file by way of a temporary one beside it, so that a reader sees the old file or the new one.

    A link is followed, and what is no plain file (a device, a pipe) is written into, never replaced.
    """
    temporary = ""
    try:
        path = path.resolve() if path.is_symlink() else path
        if path.exists() and not path.is_file() and not path.is_dir():
            with path.open("wb") as special:
                special.write(content)
            return
        from tempfile import mkstemp

        handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(path))
        os.replace(temporary, path)
    except OSError as error:
        if os.path.exists(temporary):
            os.remove(temporary)
        raise OutputRefused(
            f"{path}: cannot be written ({error.strerror}); check that the folder exists and that you may write there"
        ) from None


def to_terminal(content: bytes) -> None:
    """Write to standard output; `OutputRefused` where nobody reads it any more."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        # Python would complain once more when it closes the stream on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputRefused(f"standard output: cannot be written ({error.strerror})") from None


def _mode(path: "Path") -> int:
    """The mode of the file that is replaced, or what a new file would get."""
    if path.exists():
        return path.stat().st_mode & 0o777
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


def terminal_style() -> Style:
    """How standard output is to look: its width, its encoding, and colour only where a person reads it."""
    colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    return Style(_columns(), colour, not _carries_unicode())


def _columns() -> int:
    if not sys.stdout.isatty() and "COLUMNS" not in os.environ:
        return Style().width
    from shutil import get_terminal_size

    return get_terminal_size().columns


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
