"""Ideas about rules and formats of others: they tell nothing that is marked, are known again, and change no result but their own."""

import json
import os
import shutil
from contextlib import chdir
from pathlib import Path
from typing import Any
from unittest.mock import patch

from common import Fault, ended, here, judged, save, started

from engagecheck.plugin_host import consent

from .shared import FORMATS, Ended, outcomes, read, result, results, run, shown, told, vale

RULE = '''from engagecheck import *

rule = Rule({name!r}, title="An odd rule", source="", why="For a test.")

@rule.criterion("one", question="Is it odd?", reads={reads!r}, unit={unit!r}, yardstick={yardstick}, basis="judgement", source="", priority="high",
  recommend=recommendation("Do it.", owner="chair", horizon="3 months", effort="low", success="It is done."), show="The paper")
def measure(fact):
    """What is measured."""
    {body}
{after}
'''
"""A rule of one question. Each idea changes a part of it."""
PARTS = {"name": "odd", "reads": "talent.chief_registrar_time", "unit": "per cent", "yardstick": "at_least(20, partly=10)", "body": "return fact", "after": ""}
FINE = (
    {}, {"body": "return Measured(fact, because='ü \\x1b[31m <b> \\u202e')"}, {"body": "return None"}, {"body": "return NotApplicable('not here')"},
    {"reads": "structure.divisions", "body": "return fact.share(lambda unit: unit.doctor_lead)", "yardstick": "at_least(0.9)", "unit": "share"},
)  # fmt: skip
NO_ANSWERS = ("float('nan')", "float('inf')", "10**400", "'x'", "True", "(1, 2)", "Range(30, 10)", "Either(())", "measure(fact)")
TELLING = ("return Measured({0}, because=f'it is SEEN {{{0}}}')", "return NotEvidenced(f'SEEN {{{0}}}')", "return NotApplicable(f'SEEN {{{0}}}')", "raise ValueError(f'SEEN {{{0}}}')")
"""Ways in which a measure may tell its fact."""
EXTENSION = 'EXT = ProfileExtension("wards", {"type": "object", "properties": {"rounds": {"type": "integer"}}, "additionalProperties": False})'
DUMP = """from engagecheck import reporter


@reporter("dump", about="All.")
def dump(report, style):
    "All."
    return repr(report)
"""
KEPT = "from pathlib import Path; from engagecheck.plugin_host import consent; consent.place = lambda: Path('../trusted.json')"
"""What keeps `plugin trust` from the consent of whoever runs this."""
NAMES = ("", ".", "..", "a/b", "ü", "x" * 300, "-x", "class", "engagecheck", "1", "a b", "\x1b[31m", "CON")


def _rule(file: str = "odd.py", **parts: str) -> None:
    _write(file, RULE.format(**PARTS | parts))


def _write(file: str, text: str) -> None:
    Path("rules").mkdir(exist_ok=True)
    Path("rules", file).write_text(text)


def _with_rules(*options: object) -> Ended:
    """An audit with the rules of this folder, which may end with code 4."""
    words = ("audit", "p.json", "--plugins", "rules", *map(str, options))
    done = Ended(*ended(*words))
    if fault := judged(words, done.code, done.said):
        raise AssertionError(fault)
    return done


def _bundled(report: Any) -> Any:
    own = {name: one for name, one in outcomes(report).items() if not name.startswith("odd/")}
    return own, [report["summary"][key] for key in ("level", "score", "ladders", "flags", "coverage")]


def isolated_rules() -> Fault:
    """A rule that does nothing wrong gives the same report with and without --isolate."""
    save("p.json", vale())
    said = []
    for parts in FINE:
        _rule(**parts)
        one, other = (_with_rules("-f", "json", *options) for options in ((), ("--isolate",)))
        if one.code != other.code or json.loads(one.out)["report_digest"] != json.loads(other.out)["report_digest"]:
            said.append(f"{parts}: the report differs, {one.code} and {other.code}")
    return told(said)


def rules_without_an_answer() -> Fault:
    """What is no answer of a rule could not be assessed, with code 4 and in every format, and changes no bundled result."""
    save("p.json", vale())
    _rule()
    formats, words = ("junit", "sarif", "oscal", "markdown", "text", "html"), "could not be assessed"
    said, before = [], _bundled(json.loads(_with_rules("-f", "json").out))
    legends = {name: _with_rules("-f", name).out.lower().count(words) for name in formats}
    for answer in NO_ANSWERS:
        _rule(body=f"return {answer}")
        done = _with_rules("-f", "json")
        report = json.loads(done.out)
        if done.code != 4 or result(report, "odd/one")["outcome"] != "error" or _bundled(report) != before:
            said.append(f"{answer}: code {done.code}, {result(report, 'odd/one')['outcome']}")
    return told(said + [f"{name} does not tell it" for name in formats if _with_rules("-f", name).out.lower().count(words) <= legends[name]])


def doubled_runs() -> Fault:
    """A rule that doubles the run has it written and recorded once, with the ordinary code."""
    save("p.json", vale())
    _rule(body="import os; os.fork(); return 25")
    process = started("audit", "p.json", "--plugins", "rules", "-f", "json=r.json", "--record", "--store", "s")
    count = process.communicate(timeout=120)[1].decode().count("Written: ")
    kept = run("history", "verify", "--store", "s").out
    return None if (process.returncode, count) == (1, 1) and " 1 report" in f" {kept}" else f"code {process.returncode}, written {count} times, kept: {kept}"


def what_rules_tell() -> Fault:
    """What a rule says of a marked fact is in no public format, also if it reads the whole section."""
    said, profile = [], vale("/talent/chief_registrar_time", 37)
    _rule(body=TELLING[0].format("fact"))
    save("p.json", profile)
    if "SEEN 37" not in _with_rules("--public", "-f", "json").out:
        return "it is not told without a mark either"
    save("p.json", profile | {"not_for_publication": ["/talent/chief_registrar_time"]})
    for reads, fact in (("talent.chief_registrar_time", "fact"), ("talent", "fact.chief_registrar_time")):
        for way in TELLING:
            _rule(reads=reads, body=way.format(fact))
            _with_rules("--public", *(word for name in FORMATS for word in ("-f", f"{name}=o.{name}")))
            said += [f"{name} shows it by {way}" for name in FORMATS if "SEEN 37" in shown(Path(f"o.{name}").read_bytes()).replace("\\", "")]
    return told(said)


def formats_of_others() -> Fault:
    """A format of others is given the public report alone: without evidence and marked sections."""
    _write("dump.py", DUMP)
    save("p.json", vale("/talent/chief_registrar_time", 38.76) | {"not_for_publication": ["/talent"]})
    secrets = ("ROREP", "Clinical structure chart and job-plan extract", "38.76")
    whole, public = _with_rules("-f", "dump").out, _with_rules("-f", "dump", "--public").out
    return told([f"it is given {one}" for one in secrets if one in public] + [f"{one} is nowhere" for one in secrets if one not in whole])


def marked_extensions() -> Fault:
    """A fact of an extension that is marked stands in no public format."""
    said = []
    _rule(reads="extensions.wards.rounds", unit="rounds", after=EXTENSION)
    save("p.json", vale() | {"extensions": {"wards": {"rounds": 47110}}})
    if "47110" not in _with_rules("--public", "-f", "json").out:
        return "it is not shown without a mark either"
    for mark in ("/extensions/wards", "/extensions/wards/rounds"):
        save("p.json", vale() | {"extensions": {"wards": {"rounds": 47110}}, "not_for_publication": [mark]})
        for name in FORMATS:
            _with_rules("--public", "-f", f"{name}=o")
            said += [f"{name} shows {mark}" for text in ("47110", "47,110") if text in shown(Path("o").read_bytes())]
    return told(said)


def reports_with_rules() -> Fault:
    """A report follows with the same rules, isolated or not, and not without them or after an edit."""
    save("p.json", vale())
    _rule()
    _with_rules("-f", "json=r.json")
    codes = [run("verify", "r.json", "p.json", *options).code for options in (("--plugins", "rules"), ("--plugins", "rules", "--isolate"), ())]
    _rule(yardstick="at_least(10)")
    codes.append(run("verify", "r.json", "p.json", "--plugins", "rules").code)
    return None if codes == [0, 0, 6, 6] else f"codes {codes}"


def names_of_plugins() -> Fault:
    """Odd names of plugins end in a code, steer no terminal, and make nothing outside the folder."""
    Path("inner").mkdir()
    with chdir("inner"), patch.object(consent, "place", lambda: Path("trusted.json")):
        for name in NAMES:
            for command in ("new", "check", "trust"):
                done = Ended(*ended("plugin", command, "--", name))
                if fault := judged((command, name), done.code, done.said):
                    return fault
                if "\x1b" in done.out + done.said:
                    return f"plugin {command} {name!r} steers the terminal"
    outside = [one for one in here() if not one.startswith("inner")]
    return f"made outside: {outside}" if outside else None


def subsets() -> Fault:
    """A framework with a subset measures and shows the other rules, names the departure, and its report follows."""
    save("p.json", vale())
    _rule()
    _rule("other.py", name="other")
    _write("ours.py", 'from engagecheck import Framework\n\nframework = Framework(title="Ours", about="x", subsets={"few": ("odd",)})\n')
    done = _with_rules("--pack", "folder rules:few", "-f", "json=r.json", "-f", "markdown")
    report = read("r.json")
    if len(report["deviations"]) != 2 or "other/one" not in {one["id"] for one in results(report)} or "Left out of this framework" not in done.out:
        return "the subset is not named"
    codes = [run("verify", "r.json", "p.json", "--plugins", "rules", "--pack", "folder rules:few").code, _with_rules("--pack", "folder rules:none").code]
    return None if codes == [0, 2] else f"codes {codes}"


def names_that_are_taken() -> Fault:
    """A plugin whose rule, format or scale has the name of a bundled one replaces nothing, and each clash is told."""
    save("p.json", vale())
    _rule("leadership-stability.py", name="leadership-stability")
    _write("forms.py", "from engagecheck import reporter\n" + "".join(f"@reporter({form!r}, about='mine')\ndef {form}(report, style):\n    return 'REPLACED'\n" for form in ("json", "html")))
    _write("scales.py", "from engagecheck import Level, OpinionScale\nrag = OpinionScale('rag', {level: ('REPLACED', 'All good.') for level in Level})\n")
    for name, way in (("a", "--no-plugins"), ("b", "--plugins=rules")):
        Ended(*ended("audit", "p.json", way, "--scale", "rag", "-f", f"json={name}.json", "-f", f"html={name}.html"))
    usual, report, page = read("a.json"), read("b.json"), Path("b.html").read_text("utf-8")
    told_of = " ".join(one["message"] for one in report["problems"])
    said = [f"{name} is not told: {told_of}" for name in ("'leadership-stability'", "'json'", "'html'", "'rag'") if name not in told_of]
    is_as_usual = outcomes(usual).items() <= outcomes(report).items() and all(report["summary"][key] == usual["summary"][key] for key in ("level", "score", "scale", "ladders"))
    return told(said if is_as_usual and "REPLACED" not in page else [*said, "what is bundled is replaced"])


def _is_loaded() -> bool:
    """Whether an audit has the rules of this folder, which the configuration names."""
    with patch.object(consent, "place", lambda: Path("../trusted.json")):
        done = run("audit", save("p.json", vale()), "-f", "json")
    return done.code < 2 and len(json.loads(done.out)["packs"]) > 1


def consents_at_once() -> Fault:
    """Of six folders that are trusted at once, each consent that is acknowledged is kept."""
    for number in range(6):
        Path(f"{number}").mkdir()
        with chdir(f"{number}"):
            _rule()
            Path("engagecheck.toml").write_text('plugins = ["rules"]\n')
    processes = [started("plugin", "trust", "rules", before=KEPT, cwd=f"{number}") for number in range(6)]
    codes, lost = [], []
    for number, process in enumerate(processes):
        words = process.communicate(timeout=120)[1].decode("utf-8", "replace")
        codes.append(process.returncode)
        if fault := judged(("plugin", "trust"), process.returncode, words):
            return fault
        with chdir(f"{number}"):
            lost += [number] if not process.returncode and not _is_loaded() else []
    return f"codes {codes}, and lost: {lost}" if lost or set(codes) - {0, 5} or 0 not in codes else None


def consents_and_changes() -> Fault:
    """Consent ends with any change in the folder: a text of the same size and time, another name, two texts that change places, or a file that is added."""
    said = []
    Path("w").mkdir()
    with chdir("w"), patch.object(consent, "place", lambda: Path("../trusted.json")):
        Path("engagecheck.toml").write_text('plugins = ["rules"]\n')
        for case in ("same size and time", "another name", "changed places", "a library", "a rule", "a part of a part"):
            shutil.rmtree("rules", ignore_errors=True)
            _rule()
            Path("rules/deep").mkdir()
            for name in ("data.txt", "deep/more.py"):
                _write(name, "abc = 1\n")
            if run("plugin", "trust", "rules").code or not _is_loaded():
                return f"{case}: it is not trusted"
            _change(case)
            said += [f"{case}: it is still trusted"] if _is_loaded() else []
    return told(said)


def _change(case: str) -> None:
    data, rule = Path("rules/data.txt"), Path("rules/odd.py")
    if case == "same size and time":
        before = data.stat()
        data.write_text("abd = 1\n")
        os.utime(data, ns=(before.st_atime_ns, before.st_mtime_ns))
    elif case == "another name":
        data.rename("rules/date.txt")
    elif case == "changed places":
        texts = data.read_text(), rule.read_text()
        rule.write_text(texts[0])
        data.write_text(texts[1])
    else:
        _write({"a library": "deep/n.so", "a rule": "n.py"}.get(case, "deep/more.py"), "abc = 2\n")
