"""Ideas about many profiles and about one over the years: lines, peers, trends and histories."""

import json
import re
from pathlib import Path

from common import Fault, save

from .shared import SOUND, VALE, YEARS, changed, read, run, told, vale

ORGANISATION, COMPLETED = "/organisation/name", "/appraisal/completed"


def lines_that_are_no_profile() -> Fault:
    """Each line that is no profile is refused by its number, the others are audited, and `render` says the same of each."""
    documents = (json.dumps(vale()).encode() + b"\r\n", b"[]", b"{}", b"null", b"\xff\xfe", json.dumps(read(SOUND)).encode())
    Path("many.jsonl").write_bytes(b"\xef\xbb\xbf" + b"\n".join(documents))
    done = run("audit", "many.jsonl", "-f", "jsonl=l", "--workers", 1)
    refused = [bool(json.loads(line).get("errors")) for line in Path("l").read_text("utf-8").splitlines()]
    codes = [run("render", "l", "--line", number, "-f", "json").code for number in range(1, 8)]
    right = refused == [False, True, True, True, True, False] and codes == [0, 3, 3, 3, 3, 0, 3]
    return None if done.code == 3 and right else f"code {done.code}, {refused}, {codes}"


def trends_of_one_day() -> Fault:
    """Audits of one day stand in a trend as they were recorded, and the words are those of the last."""
    said = []
    for number in range(3):
        for completed, scale in ((571, "journey"), (300 + number, "rag")):
            run("audit", save("p.json", vale(COMPLETED, completed)), "--scale", scale, "--record", "--store", f"{number}.db")
        out = " ".join(run("trend", "--store", f"{number}.db").out.split())
        shown = re.findall(r"(\d+) of 612 \([\d.]+ %\) → (\d+) of 612", out)
        if ("571", str(300 + number)) not in shown or "Amber-green." not in out or "Building." in out:
            said.append(f"571, then {300 + number}: {shown}")
    return told(said)


def trends_by_any_way() -> Fault:
    """A trend of the history, of reports in any order and of profiles is the same."""
    for path in YEARS:
        run("audit", path, "--no-config", "-f", f"json={path.name}", "--record", "--store", "h.db")
    reports = [path.name for path in YEARS]
    ways = {run("trend", *words).out for words in (("--store", "h.db"), reports, reports[::-1], YEARS)}
    return None if len(ways) == 1 and "→" in ways.pop() else "the trends differ"


def removed_reports() -> Fault:
    """A removed report is not shown and its text is nowhere in the files, while the history holds with its head."""
    secret = "PATIENTNAME"
    save("p.json", vale("/evidence/0/title", secret))
    for profile in (VALE, "p.json"):
        run("audit", profile, "--record", "--store", "h.db")
    head = run("history", "head", "--store", "h.db").out.strip()
    if not any(secret.encode() in one.read_bytes() for one in Path().glob("h.db*")):
        return "it was never there"
    run("history", "remove", 2, "--by", "Secretary", "--reason", "named a patient", "--store", "h.db")
    codes = run("history", "verify", "--store", "h.db", "--head", head).code, run("history", "show", 2, "--store", "h.db").code
    left = [one.name for one in Path().glob("h.db*") if secret.encode() in one.read_bytes()]
    return None if codes == (0, 3) and not left else f"codes {codes}, and it is still in {left}"


def doubled_peers() -> Fault:
    """The organisation itself, and a peer that is there twice, change nothing in a comparison. Four peers are too few."""
    Path("peers").mkdir()
    for number in range(5):
        save(f"peers/{number}.json", changed(read(SOUND), ORGANISATION, f"Peer {number}"))
    before = run("benchmark", VALE, "--peers", "peers")
    save("peers/self.json", vale())
    save("peers/0b.json", read("peers/0.json"))
    after = run("benchmark", VALE, "--peers", "peers").out
    Path("peers/1.json").unlink()
    few = run("benchmark", VALE, "--peers", "peers").code
    return None if before.code == 0 and before.out == after and few == 3 else f"codes {before.code}, {few}; the same: {before.out == after}"
