"""What the ideas share: profiles and small changes of them, commands that must end as documented, and the texts in a file."""

import copy
import io
import json
import re
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

from common import ROOT, Fault, ended, judged, save, started

EXAMPLES = ROOT / "examples"
VALE = EXAMPLES / "harbour-vale.json"
SOUND = EXAMPLES / "sound.json"
YEARS = sorted(EXAMPLES.glob("journey/20*.json"))
PROFILES = [VALE, SOUND, *sorted(EXAMPLES.glob("flawed/*.json")), *sorted(EXAMPLES.glob("published/*.json"))]
WHO = {"organisation": {"name": "Mini", "type": "nhs_trust", "country": "England"}, "as_of": "2026-03-31"}
MINI = WHO | {"appraisal": {"connected": 612, "completed": 571}}
FORMATS = ("text", "json", "html", "csv", "markdown", "jsonl", "junit", "sarif", "oscal", "oscal-poam", "docx", "xlsx")
Outcomes = dict[str, tuple[str, ...]]


class Ended(NamedTuple):
    """How a command ended: its code, its output and its messages."""

    code: int
    out: str
    said: str


def run(*words: object, stdin: bytes = b"") -> Ended:
    """Run a command in this process. It must end as documented, and without a fault of the program (code 4)."""
    given = tuple(map(str, words))
    done = Ended(*ended(*given, stdin=stdin))
    if fault := judged(given, done.code, done.said) or (f"{given}: {done.said}" if done.code == 4 else None):
        raise AssertionError(fault)
    return done


def together(*commands: tuple[object, ...]) -> list[int]:
    """Run commands as processes at once. Each must end as documented. Their codes."""
    given = [tuple(map(str, words)) for words in commands]
    codes = []
    for words, process in [(words, started(*words)) for words in given]:
        said = process.communicate(timeout=120)[1].decode("utf-8", "replace")
        codes.append(process.returncode)
        if fault := judged(words, process.returncode, said):
            raise AssertionError(fault)
    return codes


def told(said: list[str]) -> Fault:
    """One sentence of all that was found."""
    return "; ".join(said) or None


def read(path: str | Path) -> Any:
    """The document of a file."""
    return json.loads(Path(path).read_text("utf-8"))


def at(document: Any, pointer: str) -> Any:
    """The value at a pointer."""
    for part in pointer.split("/")[1:]:
        document = document[int(part) if isinstance(document, list) else part]
    return document


def changed(document: Any, pointer: str, value: object = None) -> Any:
    """A copy with another value at a pointer, or without it if there is none."""
    document = copy.deepcopy(document)
    way, last = pointer.rsplit("/", 1)
    holder = at(document, way)
    key = int(last) if isinstance(holder, list) else last
    if value is None:
        holder.pop(key)
    else:
        holder[key] = value
    return document


def vale(pointer: str = "", value: object = None) -> Any:
    """A copy of the invented trust, perhaps with another value at a pointer."""
    return changed(read(VALE), pointer, value) if pointer else read(VALE)


def gap(**more: str) -> dict[str, str]:
    """An accepted gap of the invented trust."""
    days = {"approved_on": "2025-09-01", "expires_on": "2026-03-31"}
    return {"criterion": "senior-selection/appointment-panels", "reason": "r", "approver": "Board"} | days | more


def numbers(part: Any, pointer: str = "") -> list[tuple[str, float]]:
    """Every number in a document, with its pointer."""
    if isinstance(part, dict | list):
        inner = part.items() if isinstance(part, dict) else enumerate(part)
        return [one for key, value in inner for one in numbers(value, f"{pointer}/{key}")]
    return [(pointer, part)] if isinstance(part, int | float) and not isinstance(part, bool) else []


def audited(profile: Any, *options: str) -> Any:
    """The report of a profile or a file, which must be accepted."""
    done = run("audit", profile if isinstance(profile, Path) else save("p.json", profile), "-f", "json", *options)
    if done.code not in (0, 1):
        raise AssertionError(f"refused: {done.said}")
    return json.loads(done.out)


def lines_of(documents: list[Any]) -> list[Any]:
    """The line of each of many profiles that are audited in one go."""
    Path("many.jsonl").write_text("\n".join(map(json.dumps, documents)))
    run("audit", "many.jsonl", "-f", "jsonl=lines.jsonl", "--workers", 1)
    return list(map(json.loads, Path("lines.jsonl").read_text("utf-8").splitlines()))


def papers(names: tuple[str, ...], *words: object) -> dict[str, bytes]:
    """What a command writes in some formats."""
    done = run(*words, *(word for name in names for word in ("-f", f"{name}=o.{name}")))
    if done.code not in (0, 1):
        raise AssertionError(f"{words}: {done.said}")
    return {name: Path(f"o.{name}").read_bytes() for name in names}


def shown(raw: bytes) -> str:
    """Every text in a file, as it stands there and without tags. Of an archive, that of its parts."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as parts:
            raw = b"\n".join(parts.read(name) for name in parts.namelist())
    text = raw.decode("utf-8", "replace")
    return f"{text}\n{re.sub('<[^>]+>', '', text)}"


def results(report: Any) -> list[Any]:
    """The results of all criteria."""
    return [one for finding in report["findings"] for one in finding["criteria"]]


def result(report: Any, name: str) -> Any:
    """The result of one criterion."""
    return next(one for one in results(report) if one["id"] == name)


def outcomes(report: Any) -> Outcomes:
    """What the report says of each criterion, without the reasons."""
    return {one["id"]: tuple(one[key] for key in ("outcome", "at_worst", "at_best", "freshness", "assurance")) for one in results(report)}
