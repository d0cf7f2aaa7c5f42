"""A piece of work: bytes of profiles in, lines out, in one function that any executor can run.

Work travels as names of files and ranges of bytes, never as structured profiles; results come back as whole lines. A profile
that is refused is a line with its errors, and the others are audited.
"""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import lru_cache
from itertools import count, islice
from pathlib import Path
from typing import Any

from attrs import Factory, frozen

from engagecheck import __version__
from engagecheck.audit import overrides, tailoring
from engagecheck.audit.run import day_of, moved
from engagecheck.batch import encoding, lines
from engagecheck.batch.chunks import Chunk
from engagecheck.batch.lines import Line
from engagecheck.batch.summary import Tally
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake.load import read
from engagecheck.model.profile import Profile
from engagecheck.plugin_host.registry import Registry, installed
from engagecheck.rules.reporter import clean


@frozen
class Options:
    """What an audit is done with, as values that travel: folders of plugins, gate, and the bytes of the files beside it."""

    folders: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    third_party: bool = True
    isolate: bool = False
    as_of: str | None = None
    scale: str | None = None
    fail_on: str | None = None
    min_coverage: float | None = None
    tailoring: tuple[bytes, str] | None = None
    accepted_gaps: tuple[bytes, str] | None = None
    attestations: tuple[bytes, str] | None = None
    overrides_ignored: bool = False


@frozen
class Done:
    """A piece of work that is done: its lines, what came of its profiles, and how many bytes these were."""

    lines: bytes
    tally: Tally
    size: int = 0


def work(piece: Chunk, options: Options, form: str = "jsonl") -> Done:
    """Audit the profiles of a piece of work. `form`: `jsonl`, a line each; `csv`, a row for each criterion."""
    tally, out = Tally(), []
    make = _maker(options)
    profiles = islice(piece.profiles(), piece.skip, None)
    with _nothing_looked_over():
        while some := list(islice(profiles, TOGETHER)):
            out += [_noted(line, form, tally) for line in make(some)]
    return Done(b"".join(out), tally, piece.size)


def _noted(line: Line, form: str, tally: Tally) -> bytes:
    """A line as it goes out, taken into the tally."""
    tally.note(line)
    if form == "csv":
        return _rows(line).encode()
    fractions = [value for one in line.get("criteria", {}).values() if type(value := one["value"]) is float]
    return encoding.dumps(line, fractions) + b"\n"


def _rows(line: Mapping[str, Any]) -> str:
    import csv
    import io

    from engagecheck.papers.csv import harmless

    if "errors" in line:
        rows = [[line["profile"], "", "", "", "", "refused", error] for error in line["errors"]]
    else:
        who = [line["profile"], line["subject"]["name"], line["subject"]["ods_code"] or "", line["as_of"]]
        rows = [[*who, name, one["outcome"], one["value"]] for name, one in line["criteria"].items()]
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue()


CSV_HEAD = ("Profile", "Organisation", "Code", "As of", "Criterion", "Outcome", "Value or error")


MANY = 100
"""After so many profiles it pays for a process to have msgspec, where it is installed, made ready to read the others."""


TOGETHER = 32
"""How many profiles are audited together. More do not make it faster, and all of them are held."""


@contextmanager
def _nothing_looked_over() -> Iterator[None]:
    """Keep Python from looking for circles of objects: an audit makes none, and its many small objects would set it off again
    and again. What a rule leaves behind is found after each piece of work.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()


@frozen
class Maker:
    """Makes lines of profiles, by their names and what gets their bytes."""

    registry: Registry
    lines: Callable[[Sequence[Profile]], list[Line]]
    day: date | None
    made: Iterator[int] = Factory(count)

    def __call__(self, profiles: Iterable[tuple[str, Callable[[], bytes]]]) -> list[Line]:
        """A line for each; one that is refused is a line with its errors."""
        found = [self._read(name, raw) for name, raw in profiles]
        made = iter(self.lines([one for one in found if isinstance(one, Profile)]))
        return [next(made) if isinstance(one, Profile) else one for one in found]

    def _read(self, name: str, raw: Callable[[], bytes]) -> Profile | Line:
        try:
            one_of_many = next(self.made) >= MANY and encoding.msgspec is not None
            return moved(read(raw(), name, self.registry, one_of_many=one_of_many), self.day)
        except InputRefused as refused:
            return {"profile": name, "errors": [clean(one) for one in refused.complaints]}
        except UsageRefused as refused:  # what was asked for does not suit this profile, such as a day before its own
            return {"profile": name, "errors": [clean(f"{name}: {refused}")]}


@lru_cache(maxsize=2)
def _maker(options: Options) -> Maker:
    """What makes a line, once in each process: plugins loaded, files beside it read."""
    registry = installed(
        options.folders, without=options.without, third_party=options.third_party, isolate=options.isolate
    )
    tailored = tailoring.read(*options.tailoring, registry) if options.tailoring else None
    beside = overrides.Overrides(ignored=options.overrides_ignored)
    beside += overrides.accepted_gaps(*options.accepted_gaps) if options.accepted_gaps else overrides.Overrides()
    beside += overrides.attestations(*options.attestations) if options.attestations else overrides.Overrides()
    make = lines.maker(
        registry, tailored, beside, scale=options.scale, fail_on=options.fail_on, min_coverage=options.min_coverage
    )
    return Maker(registry, make, day_of(options.as_of) if options.as_of is not None else None)


def fingerprint(options: Options) -> tuple[str, ...]:
    """What the results of this process depend on besides profiles: version, and packs with their digests."""
    registry = _maker(options).registry
    packs = sorted({one.pack for one, _ in registry.loaded})
    isolated = (f"{one} {one.version} {_digest_of(one.path)}" for one in registry.isolated)
    return (__version__, *(f"{pack} {registry.digest_of(pack)}" for pack in packs), *isolated)


def _digest_of(path: str) -> str:
    """Of the file of a plugin that is not loaded here; an installed one has none, and is known by its version."""
    return hashlib.sha256(Path(path).read_bytes()).hexdigest() if path else ""


def given_up(piece: Chunk, form: str) -> Done:
    """What stands for a piece of work whose process died again and again: a line for each of its profiles that says so."""
    tally, out = Tally(), []
    for number, (name, _) in enumerate(piece.profiles()):
        if number >= piece.skip:
            line = {"profile": name, "errors": ["the process that audited this died; audit it alone to see why"]}
            out.append(_noted(line, form, tally))
    return Done(b"".join(out), tally, piece.size)
