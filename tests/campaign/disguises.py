"""What looks right and is not: plausible values in sealed reports, edited lines, kept versions, and public editions searched byte by byte."""

import copy
import io
import json
import random
import re
import shutil
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from common import COUNTED, ROOT, Fault, ended, judged, save
from mutations import places

from engagecheck.audit.describe import report_digest
from engagecheck.intake.explain import complaints, open_document

HARBOUR = json.loads((ROOT / "examples" / "harbour-vale.json").read_text("utf-8"))
FORMATS = ("summary", "text", "html", "csv", "markdown", "jsonl", "junit", "sarif", "oscal", "oscal-poam", "docx", "xlsx")
SECTIONS = ("/structure", "/leadership", "/talent", "/selection", "/appraisal", "/journey", "/governance", "/learning", "/structure/divisions", "/leadership/clinical_directors", "/journey/measurements")
Known = dict[str, str]


def disguises(random_: random.Random) -> Fault:
    """One of the disguises: it is seen through, and nothing is lost or told."""
    if not Path("r.json").exists():
        save("h.json", HARBOUR)
        ended("audit", "h.json", "-f", "json=r.json")
        ended("convert", "h.json", "h.xlsx")
    disguise = random_.choice([_moved, _line, _kept, _public])
    COUNTED[disguise.__name__.strip("_")] += 1
    return disguise(random_)


def _moved(random_: random.Random) -> Fault:
    """A value of a report that stands at another place of its kind, sealed again: refused, or printed by every format."""
    document = json.loads(Path("r.json").read_text("utf-8"))
    alike: dict[str, list[Any]] = defaultdict(list)
    for holder, key in places(document):
        if isinstance(key, str):
            alike[key].append(holder[key])
    holder, key = random_.choice([(holder, key) for holder, key in places(document) if isinstance(key, str) and key not in ("run", "report_digest")])
    if isinstance(holder[key], list) and random_.random() < 0.5:
        holder[key] = random_.choice([holder[key] * 2, holder[key][1:], holder[key][::-1]])
    else:
        holder[key] = copy.deepcopy(random_.choice(alike[key]))
    document["report_digest"] = report_digest(document)
    save("moved.json", document)
    for words in (("render", "moved.json", "-f", f"{random_.choice(FORMATS)}=o"), ("compare", "moved.json", "h.json"), ("verify", "moved.json", "h.json")):
        if fault := judged(words, *ended(*words)[0::2]):
            return f"{fault} ({key})"
    return None


def _line(random_: random.Random) -> Fault:
    """A line of a batch that was edited is not continued."""
    lines = [json.dumps({**HARBOUR, "organisation": {**HARBOUR["organisation"], "name": f"Trust {number}"}}) for number in range(4)]
    Path("four.jsonl").write_text("\n".join(lines))
    Path("lines.jsonl").unlink(missing_ok=True)
    ended("audit", "four.jsonl", "-f", "jsonl=lines.jsonl")
    raw = b"".join(Path("lines.jsonl").read_bytes().splitlines(keepends=True)[:3])
    place = random_.randrange(len(raw) - 1)
    edited = raw[:place] + random_.choice([b"", b"0", b"x", b" ", b"\n"]) + raw[place + 1 :]
    Path("lines.jsonl").write_bytes(edited)
    code, _, said = ended("audit", "four.jsonl", "-f", "jsonl=lines.jsonl", "--resume")
    if edited != raw and code != 5:
        return f"a line that was edited at {place} is continued"
    return judged(("--resume",), code, said) if edited == raw or Path("lines.jsonl").read_bytes() == edited else "what was refused was changed"


def _kept(random_: random.Random) -> Fault:
    """The version of a workbook that is kept replaces nothing, whatever has its name."""
    shutil.rmtree("kept", ignore_errors=True)
    Path("kept").mkdir()
    shutil.copy("h.xlsx", "kept/p.xlsx")
    for number in ("", "-2", "-3"):
        place = Path(f"kept/p.previous{number}.xlsx")
        kind = random_.choice(["file", "link", "dangling", "folder", "none"])
        if kind in ("link", "dangling"):
            Path(f"kept/mine{number}").write_text("mine") if kind == "link" else None
            place.symlink_to(f"mine{number}")
        elif kind != "none":
            place.write_text("mine") if kind == "file" else place.mkdir()
    before = {path: path.read_bytes() for path in Path("kept").iterdir() if path.is_file()}
    for day in ("2026-05-01", "2026-05-02"):
        code, _, said = ended("sign-off", "kept/p.xlsx", "--approved-by", "Board", "--on", day)
        if code:
            return judged(("sign-off",), code, said) or f"refused: {said}"
    lost = [path for path, raw in before.items() if path.name != "p.xlsx" and path.read_bytes() != raw]
    held = [path.read_bytes() for path in Path("kept").iterdir() if path.is_file()]
    return f"replaced: {lost}" if lost or before[Path("kept/p.xlsx")] not in held else None


def _marked() -> tuple[Any, Known]:
    """A profile in which each free text is one of a kind, and the places of these texts."""
    document, known = copy.deepcopy(HARBOUR), {}
    holders = [(holder, key, pointer) for holder, key, pointer in _texts(document) if not pointer.startswith(("/organisation", "/as_of", "/$"))]
    for holder, key, pointer in holders:
        before, text = holder[key], f"Zq{len(known)}Zq"
        holder[key] = text
        if complaints(open_document(json.dumps(document).encode(), "x.json")):
            holder[key] = before
        else:
            known[text] = pointer
    return document, known


def _texts(part: Any, pointer: str = "") -> list[tuple[Any, Any, str]]:
    found = []
    for key, value in part.items() if isinstance(part, dict) else enumerate(part):
        where = f"{pointer}/{key}"
        if isinstance(value, dict | list):
            found += _texts(value, where)
        elif isinstance(value, str) and not re.fullmatch(r"[a-z_]+|[0-9-]{4,10}", value):
            found.append((part, key, where))
    return found


MARKED: list[tuple[Any, Known]] = []


def _public(random_: random.Random) -> Fault:
    """No text of what is kept back, and none of the evidence, stands in any byte of a public edition, whoever makes it."""
    if not MARKED:
        MARKED.append(_marked())
    document, known = MARKED[0]
    marks = random_.sample(SECTIONS, 2)
    save("marked.json", {**document, "not_for_publication": marks})
    ended("audit", "marked.json", "-f", "json=whole.json", "--fail-on", "never")
    name = random_.choice(FORMATS)
    for words in (("audit", "marked.json", "--fail-on", "never"), ("render", "whole.json")):
        code, _, said = ended(*words, "--public", "-f", f"{name}=edition")
        if code:
            return judged(words, code, said) or f"{name}: {said}"
        raw = Path("edition").read_bytes()
        if raw.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(raw)) as parts:
                raw += b"".join(parts.read(one) for one in parts.namelist())
        told = [(text, place) for text, place in known.items() if text.encode() in raw and place.startswith(("/evidence/", *(f"{one}/" for one in marks)))]
        if told:
            return f"{name} of {words[0]} tells {told[:3]} in spite of {marks}"
    return None
