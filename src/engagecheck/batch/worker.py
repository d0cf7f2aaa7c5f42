"""The worker: it turns the bytes of profiles into lines of results, in one function that any executor can run.

Work travels as names of files and ranges of bytes, and results come back as whole lines. A profile that is refused becomes
a line with its errors. The other profiles are audited.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any

from attrs import frozen
from msgspec import Struct

from engagecheck.analysis.public import public_edition
from engagecheck.audit.describe import describe
from engagecheck.audit.evaluate import AuditPlan, Evaluation, evaluate, plan_audit
from engagecheck.audit.overrides import read_overrides
from engagecheck.audit.scoring import score
from engagecheck.audit.settings import AuditSettings
from engagecheck.audit.tailoring import Tailoring, read_tailoring
from engagecheck.batch.chunks import Chunk
from engagecheck.batch.summary import BatchSummary
from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake.load import load_profile
from engagecheck.model.profile import Profile
from engagecheck.model.report import VERSION
from engagecheck.papers.csv import harmless
from engagecheck.papers.jsonl import Line, encoded, line_of_evaluation
from engagecheck.papers.overview import line_with_page
from engagecheck.plugin_host.registry import installed
from engagecheck.rules.reporter import clean

TOGETHER = 32
"""How many profiles are evaluated together. A higher number is not faster and takes more memory."""
CSV_HEAD = ("Profile", "Organisation", "Code", "As of", "Criterion", "Outcome", "Value or error")
NamedBytes = tuple[bytes, str]


@frozen
class BatchSettings:
    """How to audit many profiles, as values that travel to other processes. The files used are bytes, each with its name.

    `folders`, `without`, `third_party` and `isolate` are parameters of `installed`. The others are those of `AuditSettings`.
    """

    folders: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    third_party: bool = True
    isolate: bool = False
    as_of: str | None = None
    scale: str | None = None
    fail_on: str | None = None
    min_coverage: float | None = None
    tailoring: NamedBytes | None = None
    accepted_gaps: NamedBytes | None = None
    attestations: NamedBytes | None = None
    overrides_ignored: bool = False
    pack: str | None = None
    public: bool = False
    found: tuple[str, ...] = ()


class ChunkResult(Struct, frozen=True):
    """The result of a chunk: its lines, their summary, and the size of its profiles in bytes."""

    lines: bytes
    summary: BatchSummary
    size: int = 0


@frozen
class Worker:
    """The loaded plugins, the settings and the plan of the audit. A process builds them once."""

    plan: AuditPlan
    settings: AuditSettings
    public: bool = False

    def lines(self, profiles: Iterable[tuple[str, Callable[[], bytes]]], form: str = "jsonl") -> list[Line]:
        """A line for each profile. A profile is given as its name and a function that gets its bytes.

        If `form` is `html`, a line has the page of the organisation too.
        """
        loaded = [self._load(name, read) for name, read in profiles]
        accepted = [one for one in loaded if isinstance(one, Profile)]
        evaluations = evaluate(self.plan, accepted, self.settings.overrides)
        lines = iter([self._line(one, form) for one in evaluations])
        return [next(lines) if isinstance(one, Profile) else one for one in loaded]

    def _line(self, evaluation: Evaluation, form: str) -> Line:
        headline = self.plan.headline
        scores = score(evaluation, self.settings.gate, headline.pack)
        if form != "html":
            return line_of_evaluation(evaluation, scores, headline)
        report = describe(evaluation, scores, self.plan, self.settings)
        return line_with_page(public_edition(report) if self.public else report)

    def _load(self, name: str, read: Callable[[], bytes]) -> Profile | Line:
        raw = None
        try:
            raw = read()
            return self.settings.moved(load_profile(raw, name=name, registry=self.plan.registry))
        except InputRefused as refused:
            complaints = refused.complaints
        except UsageRefused as refused:  # the settings do not fit this profile, for example their day is too early
            complaints = (f"{name}: {refused}",)
        digest = {"profile_digest": sha256(raw).hexdigest()} if raw is not None else {}
        return {"profile": clean(name), **digest, "errors": [clean(one) for one in complaints]}


def work(chunk: Chunk, settings: BatchSettings, form: str = "jsonl") -> ChunkResult:
    """Audit the profiles of a chunk. `form` is `jsonl` for a line a profile, `html` for one with a page, `csv` for rows."""
    summary, out = BatchSummary(), []
    worker = worker_for(settings)
    profiles = islice(chunk.profiles(), chunk.skip, None)
    while group := list(islice(profiles, TOGETHER)):
        out += [_counted(line, form, summary) for line in worker.lines(group, form)]
    return ChunkResult(b"".join(out), summary, chunk.size)


def crash_result(chunk: Chunk, form: str) -> ChunkResult:
    """The result of a chunk that ends every process that works on it: a line with an error for each of its profiles."""
    summary, out = BatchSummary(), []
    for number, (name, _) in enumerate(chunk.profiles()):
        if number >= chunk.skip:
            line = {"profile": name, "errors": ["the process that audited this died; audit it alone to see why"]}
            out.append(_counted(line, form, summary))
    return ChunkResult(b"".join(out), summary, chunk.size)


@lru_cache(maxsize=2)
def worker_for(settings: BatchSettings) -> Worker:
    """The worker for these settings, built once in each process."""
    registry = installed(settings.folders, without=settings.without, third_party=settings.third_party, isolate=settings.isolate)
    tailoring = read_tailoring(*settings.tailoring, registry) if settings.tailoring else Tailoring()
    overrides = read_overrides(settings.accepted_gaps, settings.attestations, ignored=settings.overrides_ignored)
    audit = AuditSettings(
        settings.as_of, settings.fail_on, settings.min_coverage, settings.scale, overrides, tailoring, settings.pack,
        settings.found,
    )  # fmt: skip
    audit.scale_in(registry)  # lines do not use the scale, but an unknown scale is refused
    return Worker(plan_audit(registry, tailoring, audit.headline_in(registry)), audit, settings.public)


def fingerprint(settings: BatchSettings) -> tuple[str, ...]:
    """The version, and each pack with its digest. Two processes with the same fingerprint give the same results."""
    registry = worker_for(settings).plan.registry
    packs = sorted({plugin.pack for plugin in registry.loading})
    isolated = (f"{one} {one.version} {_digest_of_file(one.path)}" for one in registry.isolated)
    return (VERSION, *(f"{pack} {registry.pack_digest(pack)}" for pack in packs), *isolated)


def _digest_of_file(path: str) -> str:
    """The digest of a plugin's file. It is empty for an installed plugin, whose version identifies it."""
    return sha256(Path(path).read_bytes()).hexdigest() if path else ""


def _counted(line: Line, form: str, summary: BatchSummary) -> bytes:
    """Count a line in the summary and encode it."""
    summary.count(line)
    return _rows(line).encode() if form == "csv" else encoded(line)


def _rows(line: Mapping[str, Any]) -> str:
    if "errors" in line:
        rows = [[line["profile"], "", "", "", "", "refused", error] for error in line["errors"]]
    else:
        who = [line["profile"], line["subject"]["name"], line["subject"]["ods_code"] or "", line["as_of"]]
        rows = [[*who, name, one["outcome"], one["value"]] for name, one in line["criteria"].items()]
    out = io.StringIO()
    csv.writer(out).writerows([harmless(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
