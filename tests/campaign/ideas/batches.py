"""Ideas about many profiles and about one over the years: lines, peers, trends and histories."""

import csv
import html
import json
import os
import re
import shutil
import signal
import statistics
import time
import urllib.parse
from contextlib import chdir
from pathlib import Path

from common import Fault, save, started

from .shared import SOUND, VALE, YEARS, audited, changed, gap, read, results, run, together, told, vale

NAMES = ("A Trust", "a trust", "A/Trust", "A-Trust", "index", "Index", "../x", "Ä Trust", "A\u0308 Trust", "CON", "x" * 199, "x" * 198 + "y", ".", "…", "試", "験")
"""Names of organisations that are much the same as names of files."""
FORMULAS = ("=1+1", "+cmd", "-2+3", "@SUM(1)", "\t=1", "\r=1", " =1", "＝1+1", "＋1", "－1", "＠SUM(1)", "|x", "%x")
"""Names that a spreadsheet may read as formulas."""
TENURE = '[criteria."leadership-stability/chief-executive-tenure"]\nmet = 60\npartly = 50\nreason = "r"\n'
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


def pages_of_names() -> Fault:
    """In pages of many, each organisation has one of its own, whatever its name looks like as that of a file."""
    Path("d").mkdir()
    for number, name in enumerate(NAMES):
        save(f"d/{number:02}.json", changed(vale("/appraisal/completed", 500 + number), ORGANISATION, name))
    if (code := run("audit", "d", "-f", "html=pages", "--workers", 1).code) != 1:
        return f"code {code}"
    links = {html.unescape(one) for one in re.findall(r'<a [^>]*href="([^"#:]+)"', Path("pages/index.html").read_text("utf-8"))}
    pages = [Path("pages", urllib.parse.unquote(one)) for one in links]
    dead = [str(one) for one in pages if not one.is_file()]
    kept = {one.name.casefold() for one in pages if not dead and "Harbour" not in one.read_text("utf-8")[:3000]}
    shown = {number for number in range(len(NAMES)) if any(f"{500 + number} of 612" in one.read_text("utf-8") for one in pages if one.is_file())}
    return None if not dead and len(kept) >= len(NAMES) and len(shown) == len(NAMES) else f"dead: {dead}; {len(kept)} pages show {len(shown)} organisations"


def places_by_hand() -> Fault:
    """The places among the peers are those made by hand from their reports."""
    Path("d").mkdir()
    for number, completed in enumerate((500, 520, 571, 571, 600, 560, 604, 540)):
        counts = {"completed": completed, "approved_missed": 604 - completed, "unapproved_missed": 8}
        peer = changed(vale("/appraisal", vale()["appraisal"] | counts), ORGANISATION, f"Peer {number}")
        save(f"d/{number}.json", changed(peer, "/governance/new_consultant_spa", (1.5, 2, 2.5, 3)[number % 4]))
    done, said = run("benchmark", VALE, "--peers", "d", "-f", "json"), []
    mine = {one["id"]: one for one in results(audited(VALE))}
    peers = [{one["id"]: one["value"] for one in results(audited(Path(f"d/{number}.json")))} for number in range(8)]
    for row in json.loads(done.out)["places"]:
        one = mine[row["criterion"]]
        values = [peer[one["id"]] for peer in peers if type(peer[one["id"]]) in (int, float)]
        if type(one["value"]) in (int, float) and one["yardstick"]["kind"] in ("at_least", "at_most"):
            sign = 1 if one["yardstick"]["kind"] == "at_least" else -1
            hand = (sum(sign * each > sign * one["value"] for each in values), values.count(one["value"]), len(values), round(statistics.median(values), 9))
            if hand != (found := (row["better"], row["equal"], row["peers"], round(row["median"], 9))):
                said.append(f"{one['id']}: {found}, and {hand} by hand")
    return told(said)


def continued_lines() -> Fault:
    """A batch that is continued gives the file of one run, or is refused where its profiles or options are others."""
    texts = [json.dumps(vale(ORGANISATION, f"T{number}")) for number in range(4)]
    edited = [texts[0], texts[1].replace('"completed": 571', '"completed": 570'), *texts[2:]]
    _batch(texts, "full")
    full, said = Path("full").read_text("utf-8").splitlines(keepends=True), []
    for case, kept, given, options in (
        ("same", "".join(full[:2]), texts, ()), ("torn", "".join(full[:2]) + full[2][:50], texts, ()), ("gate", "".join(full[:2]), texts, ("--fail-on", "low")), ("scale", "".join(full[:2]), texts, ("--scale", "rag")),
        ("turned", "".join(full[:2]), texts[::-1], ()), ("edited", "".join(full[:2]), edited, ()), ("later", "".join(full[:2]), texts, ("--as-of", "2027-01-01")),
    ):  # fmt: skip
        Path("o").write_text(kept)
        code = _batch(given, "o", "--resume", *options)
        Path("one").unlink(missing_ok=True)
        _batch(given, "one", *options)
        if (code in (0, 1) or case in ("same", "torn")) and Path("o").read_bytes() != Path("one").read_bytes():
            said.append(f"{case}: code {code}, and the file is not that of one run")
    return told(said)


def _batch(texts: list[str], name: str, *options: str) -> int:
    Path("p.jsonl").write_text("\n".join(texts) + "\n")
    return run("audit", "p.jsonl", "-f", f"jsonl={name}", "--workers", 1, *options).code


def interrupted_workers() -> Fault:
    """A batch whose workers are interrupted too ends with 130 and says nothing but that."""
    Path("many.jsonl").write_text("".join(json.dumps(vale(ORGANISATION, f"T{number}")) + "\n" for number in range(2000)))
    said = []
    for seconds in (0.2, 0.7, 1.5):
        process = started("audit", "many.jsonl", "-f", "jsonl=o", "--workers", "2", before="import os; os.write(2, b'.')", start_new_session=True)
        process.stderr.read(1)  # type: ignore[union-attr]
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGINT)
        words = process.communicate(timeout=60)[1].strip()
        if (process.returncode, words) != (130, b"Interrupted."):
            said.append(f"after {seconds} seconds: {process.returncode}, {words[-200:]!r}")
        Path("o").unlink(missing_ok=True)
    return told(said)


def lines_elsewhere() -> Fault:
    """The line of a profile that is another now, or is gone, is not rendered as its report in silence."""
    shutil.copy(VALE, "p.json")
    run("audit", "p.json", "-f", "jsonl=l.jsonl")
    save("p.json", changed(read(SOUND), ORGANISATION, vale()["organisation"]["name"]))
    done = run("render", "l.jsonl", "--line", 1, "-f", "json=r.json")
    Path("p.json").unlink()
    gone = run("render", "l.jsonl", "--line", 1, "-f", "json=r2.json").code
    return None if gone == 3 and (done.code or "change" in done.said) else f"codes {done.code}, {gone}: {done.said}"


def continued_at_once() -> Fault:
    """Of two runs that continue one batch at once, one is refused or finds nothing to do, and the file is that of one run."""
    texts = [json.dumps(vale(ORGANISATION, f"T{number}")) for number in range(5)]
    _batch(texts, "full")
    full, words = Path("full").read_bytes(), ("audit", "p.jsonl", "-f", "jsonl=o", "--workers", 1, "--resume")
    Path("o").write_bytes(b"".join(full.splitlines(keepends=True)[:2]))
    codes = together(words, words)
    return None if sorted(codes) in ([1, 5], [1, 1]) and Path("o").read_bytes() == full else f"codes {codes}; the file is that of one run: {Path('o').read_bytes() == full}"


def removals() -> Fault:
    """A row is removed once with its first reason, numbers of no row are refused, and of two who remove one at once each reason that is acknowledged is kept."""
    for day in ("2026-03-31", "2026-04-30"):
        run("audit", save("p.json", vale("/as_of", day)), "--record", "--store", "h.db")
    by = ("--by", "Secretary", "--store", "h.db")
    codes = [run("history", "remove", 1, "--reason", reason, *by).code for reason in ("FIRST", "SECOND")]
    odd = {number: (run("history", "remove", "--reason", "x", *by, "--", number).code, run("history", "show", "--store", "h.db", "--", number).code) for number in ("0", "-1", "99", "x", "1.5", "9" * 30)}
    said = [f"{number[:5]}: {both}" for number, both in odd.items() if not set(both) <= {2, 3}]
    at_once = together(*(("history", "remove", 2, "--reason", reason, *by) for reason in ("ONE", "OTHER")))
    done, shown = run("history", "verify", "--store", "h.db"), run("history", "show", 1, "--store", "h.db").code
    kept = [reason in done.out for reason in ("FIRST", "ONE", "OTHER")]
    if done.code or codes[0] or not kept[0] or ("SECOND" in done.out) or shown != 3 or any(not code and not is_kept for code, is_kept in zip(at_once, kept[1:], strict=True)):
        said.append(f"codes {codes}, {at_once}, {done.code}, {shown}: {done.out}")
    return told(said)


def files_of_one_name() -> Fault:
    """Of files with one name in two folders, each line gives the report of its own, and that of a third one is not given in silence."""
    for folder in ("a", "b", "c/a"):
        Path(folder).mkdir(parents=True)
        save(f"{folder}/x.json", vale(ORGANISATION, f"Trust {folder}"))
    run("audit", "a", "b", "-f", "jsonl=l.jsonl")
    names = [json.loads(run("render", "l.jsonl", "--line", number, "-f", "json").out)["subject"]["name"] for number in (1, 2)]
    with chdir("c"):
        done = run("render", "../l.jsonl", "--line", 1, "-f", "json")
    is_other = "Trust c/a" in done.out and "change" not in done.said
    return f"{names}, and from another folder: {done.said}" if names != ["Trust a", "Trust b"] or is_other else None


def rows_of_many() -> Fault:
    """No cell in the rows of one profile or of many begins what a spreadsheet takes for a formula."""
    for number, name in enumerate(FORMULAS):
        profile = changed(vale(ORGANISATION, name), "/structure/divisions/entries/0/name", name)
        save(f"{number}.json", changed(profile, "/leadership/clinical_directors/entries/0/post", name))
    save("=x.json", vale())
    names = [f"{number}.json" for number in range(len(FORMULAS))]
    run("audit", *names, "=x.json", "-f", "csv=many", "--workers", 1)
    for name in names:
        run("audit", name, "-f", f"csv={name}.csv")
    said, rows = [], 0
    for name in ("many", *(f"{name}.csv" for name in names)):
        with Path(name).open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file):
                rows += 1
                said += [f"{name}: {one[:40]!r}" for one in row if re.match(r"\s*[=+\-@＝＋－＠\t\r]", one) and not re.fullmatch(r"-?[\d.]+", one)]
    return told(said) or (None if rows > 100 else f"there are {rows} rows")


def peers_of_two_years() -> Fault:
    """A peer whose report of the year before is there too changes nothing by the order of the files."""
    Path("peers").mkdir()
    for number in range(6):
        save(f"peers/{number}.json", changed(read(SOUND), ORGANISATION, f"Peer {number}"))
    old, made = changed(vale(ORGANISATION, "Peer 0"), "/as_of", "2026-03-30"), []
    for name in ("z.json", "00.json"):
        save(f"peers/{name}", old)
        done = run("benchmark", VALE, "--peers", "peers", "-f", "json")
        made.append((done.code, done.out, done.said.replace(name, "it")))
        Path("peers", name).unlink()
    return None if made[0] == made[1] else f"the order matters: {made[0][0]}, {made[0][2]}, and {made[1][0]}, {made[1][2]}"


def continued_with_other_options() -> Fault:
    """A batch that is continued with other options gives the file of one run with them, or stays as it is."""
    texts, said = [json.dumps(vale(ORGANISATION, f"T{number}")) for number in range(5)], []
    save("g.json", {"accepted_gaps": [gap()]})
    Path("c.toml").write_text(TENURE)
    _batch(texts, "full")
    kept = b"".join(Path("full").read_bytes().splitlines(keepends=True)[:3])
    for options in (("--public",), ("--as-of", "2026-09-30"), ("--accepted-gaps", "g.json"), ("--config", "c.toml"), ("--fail-on", "never"), ("--min-coverage", "99"), ("--ignore-overrides",)):
        Path("o").write_bytes(kept)
        code = _batch(texts, "o", "--resume", *options)
        Path("one").unlink(missing_ok=True)
        _batch(texts, "one", *options)
        if Path("o").read_bytes() not in (kept, Path("one").read_bytes() if Path("one").exists() else kept):
            said.append(f"{options}: code {code}")
    return told(said)
