"""What a third attacker tried, with variations: marks, consent, sealed reports, workbooks, trackers, templates, addresses and signatures."""

import contextlib
import copy
import io
import json
import random
import re
import shutil
import sqlite3
import zipfile
from importlib._bootstrap_external import _code_to_hash_pyc  # type: ignore[import-not-found]
from importlib.util import cache_from_source
from pathlib import Path

import docx
import openpyxl
from common import COUNTED, ROOT, SOUND, Fault, ended, judged, save
from mutations import places

from engagecheck.audit.describe import report_digest
from engagecheck.plugin_host import consent
from hostile_plugins import RULE

HARBOUR = json.loads((ROOT / "examples" / "harbour-vale.json").read_text("utf-8"))
LISTS = ("/structure/divisions", "/structure/departments", "/leadership/clinical_directors")
ENDS = ("", "/entries", "/of", "/entries/0", "/entries/00", "/entries/*", "/entries/-1", "/entries/99", "/entries/2/since", "/", "/entries/", "//entries", " ", "/note", "~1entries")
ODD = (None, "", "x", [], {}, ["x"], {"a": 1}, True, -1.5, 0, 66.0, 1e300, 10**30, "9999-99-99", "\x00", "/etc/passwd")
NUMBERS = [
    (0.4, "0%", 40), (0.4, "General", 0.4), ("40 %", "General", 40), ("40", "@", 40), (40, '0.0"%"', 40), (40, r"0\%", 40), (1, "0%", 100), ("Not known", "General", None), (" ", "General", None),
    *((value, "General", "refused") for value in ("forty", "=40", True, "yes", "#N/A", "40,5", "1,000", "٤٠", "?", "40%%", "<40", "40-50", "１０")), (40, "0%", "refused"),
]  # fmt: skip
"""What a cell that asks for per cent holds, its format, and what is read."""
ADDRESSES = [f"{before}{scheme}u:{{}}@h/d" for before in ("", " ", '"', "“", "=", "STORE=", "\n", "(", "x ") for scheme in ("postgresql://", "postgres://", "POSTGRESQL://", "postgresql+psycopg://", "mysql://")]
IN_TEMPLATES = [
    (rb'w:(w|h|left|right|top)="(\d+)"', [b"0", b"-1", b"10", b"99999", b"abc", b""]), (rb'w:type="(paragraph|character|table)"', [b"paragraph", b"character", b"table", b"x"]),
    (rb'w:val="([^"]*)"', [b"", b"-1", b"99999999999", b"Heading 1", b"\xc3\xa9"]), (rb"<(w:[a-zA-Z]+)", [b"w:body", b"w:p", b"w:nobody", b"w:sectPr"]), (rb'w:styleId="([^"]*)"', [b"Normal", b"Title", b""]),
]  # fmt: skip
HELPED = "import sys\nfrom pathlib import Path\nsys.path.insert(0, str(Path(__file__).parent))\nimport helper_of_mine\n" + RULE.format(name="mine", body="return fact")


def tricks(random_: random.Random) -> Fault:
    """One of the tricks: it ends as documented, and leaks, loses and claims nothing."""
    if not Path("t.json").exists():
        save("t.json", HARBOUR)
        ended("audit", "t.json", "-f", "json=t-report.json", "-f", "xlsx=t-tracker.xlsx", "--record", "--store", "t.sqlite")
        ended("convert", "t.json", "t.xlsx")
    trick = random_.choice([_mark, _consent, _sealed, _line, _number, _tracker, _template, _address, _signed, _promised, _together, _rolled, _row])
    COUNTED[trick.__name__.strip("_")] += 1
    return trick(random_)


def _mark(random_: random.Random) -> Fault:
    """What is marked, or private in a part that is merged, is in no public edition. A mark that would hide nothing is refused."""
    document, place = copy.deepcopy(HARBOUR), random_.choice(LISTS)
    section, name = place.strip("/").split("/")
    entries = document[section][name]["entries"]
    for number, entry in enumerate(entries):
        entry.pop("private", None)
        entry["post" if "post" in entry else "name"] = f"Zq{number}Zq"
    document["not_for_publication"] = [place + random_.choice(ENDS)]
    if random_.random() < 0.3:
        document.pop("not_for_publication")
        for entry in entries:
            entry["private"] = True
    save("m.json", document)
    source, of = "m.json", len(entries)
    if random_.random() < 0.4:
        mine = [{"post" if name == "clinical_directors" else "name": "Mine"}]
        save("m2.json", {**{key: document[key] for key in ("organisation", "as_of")}, section: {name: {"of": document[section][name].get("of", of), "entries": mine}}})
        Path("m3.json").unlink(missing_ok=True)
        code, _, said = ended("merge", "m2.json", "m.json", "--into", "m3.json", "--prefer", "entered")
        if code:
            return judged(("merge",), code, said)
        source = "m3.json"
    code, shown, said = ended("audit", source, "--public", "-f", random_.choice(["text", "json", "markdown", "csv", "sarif", "oscal"]), "--fail-on", "never")
    end = document.get("not_for_publication", [place])[0].removeprefix(place)
    if not code and "Zq" in shown and end != "/of":
        return f"a public edition shows {re.findall('Zq[0-9]+Zq', shown)} in spite of {document.get('not_for_publication', 'private')}"
    return judged(("audit", source), code, said)


def _consent(random_: random.Random) -> Fault:
    """Whatever changes in a trusted folder ends consent."""
    shutil.rmtree("mine", ignore_errors=True)
    Path("mine/deep").mkdir(parents=True)
    Path("mine/rule.py").write_text(HELPED)
    Path("mine/helper_of_mine.py").write_text("")
    Path("engagecheck.toml").write_text('plugins = ["mine"]')
    before, consent.place = consent.place, lambda: Path("trusted.json")
    try:
        ended("plugin", "trust", "mine")
        if ended("audit", "t.json")[0] == 2 or ended("audit", "t.json")[0] == 2:
            return "consent does not last"
        evil = compile("open('poisoned', 'w').close()", "x", "exec")
        made = Path(cache_from_source(f"mine/{random_.choice(['rule', 'helper_of_mine'])}.py"))
        made.parent.mkdir(exist_ok=True)
        change = random_.choice([
            lambda: made.write_bytes(_code_to_hash_pyc(evil, bytes(8), False)), lambda: Path("mine/helper_of_mine").symlink_to("/usr"), lambda: Path("mine/helper_of_mine").mkdir(),
            lambda: Path("mine/deep/x.txt").write_text("x"), lambda: Path("mine/.hidden").write_text(""), lambda: Path("mine/rule.py").write_text(HELPED + "\n"), lambda: Path("mine/rule.py").unlink(),
        ])  # fmt: skip
        change()
        code, _, said = ended("audit", "t.json")
        return "a changed folder is trusted" if code != 2 or Path("poisoned").exists() else judged(("audit",), code, said)
    finally:
        consent.place = before
        Path("engagecheck.toml").unlink()


def _odd(random_: random.Random, document: object) -> None:
    holder, key = random_.choice(list(places(document)))
    holder[key] = random_.choice(ODD)


def _sealed(random_: random.Random) -> Fault:
    """A report that was changed and sealed again is not verified, and no command fails over it."""
    known = json.loads(Path("t-report.json").read_text("utf-8"))
    document = copy.deepcopy(known)
    _odd(random_, document)
    with contextlib.suppress(ValueError, TypeError, AttributeError):
        document["report_digest"] = report_digest(document)
    save("sealed.json", document)
    for one in (document, known):
        one.pop("run", None)
    code, _, said = ended("verify", "sealed.json", "t.json")
    if not code and document != known:
        return "a report that was changed is verified"
    words = random_.choice([("render", "sealed.json"), ("compare", "sealed.json", "t.json"), ("trend", "sealed.json", "t.json"), ("history", "add", "sealed.json", "--store", "sealed.sqlite")])
    return judged(("verify",), code, said) or judged(words, *ended(*words)[0::2])


def _line(random_: random.Random) -> Fault:
    save_lines = [json.dumps({**HARBOUR, "organisation": {**HARBOUR["organisation"], "name": f"Trust {number}"}}) for number in range(2)]
    Path("two.jsonl").write_text("\n".join(save_lines))
    ended("audit", "two.jsonl", "-f", "jsonl=lines.jsonl")
    lines = [json.loads(line) for line in Path("lines.jsonl").read_text().splitlines()]
    _odd(random_, lines[1])
    Path("odd.jsonl").write_text("\n".join(map(json.dumps, lines)))
    code, shown, said = ended("render", "odd.jsonl", "--line", "2")
    return "a file of others is quoted" if "root:" in shown + said else judged(("render", "--line"), code, said)


def _number(random_: random.Random) -> Fault:
    """A cell is read as it shows, or refused."""
    value, form, wanted = random_.choice(NUMBERS)
    book = openpyxl.load_workbook("t.xlsx")
    row = next(cells[0].row for cells in book["Talent"].iter_rows() if cells[0].value == "/talent/chief_registrar_time")
    cell = book["Talent"].cell(row, 3)
    cell.value, cell.number_format = value, form
    book.save("n.xlsx")
    code, _, said = ended("convert", "n.xlsx", "n.json", "--overwrite")
    found = "refused" if code == 3 else json.loads(Path("n.json").read_text())["talent"].get("chief_registrar_time")
    return judged(("convert",), code, said) if found == wanted else f"{value!r} as {form} is read as {found!r}"


def _tracker(random_: random.Random) -> Fault:
    """Nothing that was typed into a tracker is lost when it is carried over, however often."""
    shutil.copy("t-tracker.xlsx", "carried.xlsx")
    typed = []
    for _ in range(random_.randint(1, 3)):
        book = openpyxl.load_workbook("carried.xlsx")
        sheet = book["Actions"]
        for _ in range(3):
            typed.append(f"Zq{len(typed)}Zq")
            sheet.cell(random_.choice([1, 2, 3, *range(6, 60)]) if len(typed) > 1 else 2, random_.choice([2, 4, 6, 7, 8, 13, 14])).value = typed[-1]
        typed = [one for one in typed if _holds(book, one)]  # not what was typed over
        if random_.random() < 0.3 and "Actions until 31 March 2026" not in book.sheetnames:
            book.create_sheet("Actions until 31 March 2026")["A1"] = "Zq99Zq"
            typed.append("Zq99Zq")
        book.save("worked.xlsx")
        code, _, said = ended("audit", "t.json", "-f", "xlsx=carried.xlsx", "--carry", "worked.xlsx", "--fail-on", "never")
        if code:
            return judged(("--carry",), code, said)
    book = openpyxl.load_workbook("carried.xlsx")
    lost = [one for one in typed if not _holds(book, one)]
    return f"lost from the tracker: {lost}" if lost else None


def _holds(book: openpyxl.Workbook, text: str) -> bool:
    return any(text in str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def _template(random_: random.Random) -> Fault:
    made, out = io.BytesIO(), io.BytesIO()
    docx.Document().save(made)
    pattern, values = random_.choice(IN_TEMPLATES)
    with zipfile.ZipFile(made) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            found = list(re.finditer(pattern, content)) if name in ("word/document.xml", "word/styles.xml") else []
            if found:
                one = random_.choice(found)
                content = content[: one.start(1)] + random_.choice(values) + content[one.end(1) :]
            after.writestr(name, content)
    Path("template.docx").write_bytes(out.getvalue())
    return judged(("--template",), *ended("audit", "t.json", "-f", "docx=o.docx", "--template", "template.docx", "--fail-on", "never")[0::2])


def _address(random_: random.Random) -> Fault:
    address = random_.choice(ADDRESSES).format(random_.choice(["secret", "secret#x", "secret/x", "se%63secret"]))
    words = random_.choice([("history", "list"), ("history", "verify"), ("trend",), ("audit", "t.json", "--record")])
    code, shown, said = ended(*words, "--store", address)
    return f"the password of {address!r} is shown" if "secret" in shown + said else judged(words, code, said)


def _signed(random_: random.Random) -> Fault:
    """Whatever changes after approval makes the paper a draft again."""
    save("signed.json", SOUND)
    ended("sign-off", "signed.json", "--approved-by", "Board", "--on", "2026-05-01")
    document = json.loads(Path("signed.json").read_text())
    before = copy.deepcopy(document)
    holder, key = random_.choice(list(places(document)))
    holder[key] = random_.choice([not holder[key], 3, "2026-03", "Another text"]) if not isinstance(holder[key], dict | list) else copy.copy(holder[key])
    save("signed.json", document)
    code, shown, said = ended("audit", "signed.json", "-f", "text", "--fail-on", "never")
    for one in (before, document):
        one.pop("sign_off"), one.pop("$schema", None)
    if not code and before != document and "Approved by Board" in shown:
        return f"approved in spite of a change at {key}"
    return judged(("audit",), code, said)


def _promised(random_: random.Random) -> Fault:
    """What `whatif` promises of a fact is what an audit with it says."""
    document = copy.deepcopy(HARBOUR)
    for section in random_.sample(["talent", "selection", "commitment", "governance", "learning", "appraisal"], 2):
        document.pop(section, None)
    save("w.json", document)
    code, shown, said = ended("whatif", "w.json", "-f", "json")
    settings = [one for one in json.loads(shown)["proposals"] if one["setting"]] if not code else []
    if not settings:
        return judged(("whatif",), code, said)
    one = random_.choice(settings)
    COUNTED["promises"] += 1
    fact, value = one["setting"]["pointer"], json.dumps(one["setting"]["value"])
    code, shown, said = ended("whatif", "w.json", "--set", f"{fact}={value}", "-f", "json")
    now = json.loads(shown)["new"] if not code else one
    if (now["score"], now["level"]) != (one["score"], one["level"]):
        return f"{fact} = {value}: promised {one['score']}, and it is {now['score']}"
    return judged(("whatif", "--set"), code, said)


def _together(random_: random.Random) -> Fault:
    """Many profiles in one go are judged as each alone."""
    documents = []
    for number in range(3):
        document = copy.deepcopy(random_.choice([SOUND, HARBOUR]))
        for section in random_.sample(list(document), random_.randint(0, 4)):
            if section not in ("organisation", "as_of", "evidence"):
                document.pop(section)
        document["organisation"]["name"] = f"Trust {number}"
        documents.append(document)
    Path("many.jsonl").write_text("\n".join(map(json.dumps, documents)))
    Path("results.jsonl").unlink(missing_ok=True)
    ended("audit", "many.jsonl", "-f", "jsonl=results.jsonl")
    for document, line in zip(documents, Path("results.jsonl").read_text().splitlines(), strict=True):
        code, shown, said = ended("audit", save("one.json", document), "-f", "json")
        together = json.loads(line)
        alone = json.loads(shown)["summary"] if shown.startswith("{") else {}
        if (alone.get("level"), alone.get("score"), code) != (together.get("level"), together.get("score"), together.get("exit_code", code)):
            return f"alone {alone.get('level')}, {alone.get('score')}, {code}; together {together.get('level')}, {together.get('score')}"
        if fault := judged(("audit",), code, said):
            return fault
    return None


def _rolled(random_: random.Random) -> Fault:
    """Next year's profile stays unconfirmed on every way, and is rated no higher than it was."""
    for name in ("next.json", "next.xlsx", "again.json", "merged.json"):
        Path(name).unlink(missing_ok=True)
    ended("roll-forward", "t.json", "--to", random_.choice(["2026-04-01", "2027-03-31", "2029-03-31"]), "--output", "next.json")
    if random_.random() < 0.5:
        ended("convert", "next.json", "next.xlsx")
        ended("convert", "next.xlsx", "again.json")
    else:
        ended("merge", "next.json", "--into", "again.json")
    scores = [json.loads(ended("audit", name, "-f", "json")[1])["summary"]["ladders"] for name in ("next.json", "again.json", "t.json")]
    if scores[0] != scores[1]:
        return f"another rating on another way: {scores[:2]}"
    return "what nobody confirmed is rated higher" if scores[0][2]["value"] > scores[2][2]["value"] else None


def _row(random_: random.Random) -> Fault:
    """A history with a value of another kind is not sound."""
    shutil.copy("t.sqlite", "row.sqlite")
    column = random_.choice(["number", "subject", "name", "as_of", "report_digest", "previous", "row_digest", "content"])
    change = random_.choice([f"CAST({column} AS BLOB)", f"{column} || ' '", "'x'", "7", "NULL"])
    with contextlib.closing(sqlite3.connect("row.sqlite")) as connection:
        try:
            before = connection.execute("SELECT * FROM engagecheck_history").fetchall()
            connection.execute(f"UPDATE engagecheck_history SET {column} = {change}")  # noqa: S608  # our own words
        except sqlite3.IntegrityError:
            return None
        if connection.execute("SELECT * FROM engagecheck_history").fetchall() == before:  # a number with a blank is that number
            return None
        connection.commit()
    code, _, said = ended("history", "verify", "--store", "row.sqlite")
    return f"{column} = {change} is not noticed" if not code else judged(("history", "verify"), code, said)
