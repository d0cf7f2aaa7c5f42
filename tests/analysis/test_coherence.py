"""A report whose parts contradict each other is refused by every command that reads reports, also if its digest fits."""

import copy
import json

import pytest

from conftest import EXAMPLES
from engagecheck import installed, run_audit
from engagecheck.analysis.public import public_edition
from engagecheck.analysis.saved import read_report
from engagecheck.audit.describe import report_digest
from engagecheck.errors import ExitCode, InputRefused
from engagecheck.rules.reporter import Style
from hostile_plugins import RULE

PROFILE = EXAMPLES / "harbour-vale.json"
JSON = installed(third_party=False).reporters["json"]
REPORT = json.loads(JSON.render(run_audit(PROFILE), Style()))


def resealed(change, report=REPORT):
    """The report with a change, and with a digest that fits again."""
    document = copy.deepcopy(report)
    change(document)
    return json.dumps({**document, "report_digest": report_digest(document)}).encode()


def put(value, *steps):
    """A change that puts a value at a place."""

    def change(document):
        for step in steps[:-1]:
            document = document[step]
        document[steps[-1]] = value

    return change


def both(name, value):
    """A change of the rating in both places where it stands."""

    def change(document):
        for rating in (document["summary"], document["packs"][0]["judgement"]):
            rating[name] = value

    return change


def doubled(document):
    document["findings"].append(document["findings"][0])


def without_an_area(document):
    document["findings"].pop()


def of_no_pack(document):
    document["packs"][0]["rules"].remove(document["findings"][0]["rule"])
    document["findings"][0]["pack"] = "mine"


def on_yardstick(kind, **limits):
    def change(document):
        results = (one for finding in document["findings"] for one in finding["criteria"])
        next(one for one in results if one["yardstick"]["kind"] == kind)["yardstick"].update(limits)

    return change


FLAG = {"criterion": "journey/nothing", "kind": "show", "accepted": False}
LADDERS = REPORT["summary"]["ladders"]
CHANGES = [
    (put("sustaining", "summary", "level"), "its rating is not that of its first pack"), (put({"low": 90, "high": 95}, "summary", "score"), "its rating is not that of its first pack"),
    (both("level", "sustaining"), "is not the lowest of its ladders"), (both("score", {"low": 90, "high": 95}), "not those of its score and its red flags"), (both("flags", []), "not those of its score and its red flags"),
    (both("ladders", [LADDERS[1], LADDERS[1], LADDERS[2]]), "not those of its score"), (both("coverage", {"determined": 80, "applicable": 72, "total": 72, "attested": 0}), "more answers than questions"),
    (both("score", {"low": LADDERS[0]["value"], "high": 0}), "ends below its beginning"), (both("flags", [FLAG, FLAG]), "there is no question 'journey/nothing'"),
    (put("journey/nothing", "summary", "next_steps", 0, "criterion"), "there is no question"), (put(["x"], "summary", "to_collect", 0, "criteria"), "there is no question 'x'"),
    (put("rag", "summary", "could_be_scale", "name"), "several scales"), (put("mine", "findings", 0, "pack"), "are not those that it names"), (of_no_pack, "there is no pack 'mine'"), (doubled, "is there 2 times"),
    (without_an_area, "are not those that it names"), (put("2026-02-30", "as_of"), "there is no day '2026-02-30'"), (put("9999-99-99", "as_of"), "there is no day"),
    *((on_yardstick(kind, **limits), "is not of its kind") for kind, limits in (
        ("between", {"partly": [1]}), ("between", {"met": [1, 2, 3]}), ("between", {"met": 5}), ("at_least", {"met": "many"}), ("at_least", {"met": None}), ("at_least", {"partly": {}}), ("at_most", {"met": [1, 2]}), ("at_most", {"partly": True}),
    )),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), CHANGES)
def test_what_contradicts_itself_is_refused_and_named(change, words):
    with pytest.raises(InputRefused, match=words) as refused:
        read_report(resealed(change), "r.json")
    assert len(refused.value.complaints) == 1
    assert refused.value.complaints[0].startswith("r.json: contradicts itself: ")


def test_a_report_and_its_public_edition_contradict_nothing():
    report = read_report(resealed(lambda _: None), "r.json")
    edition = json.loads(JSON.render(public_edition(report, ("/leadership", "/structure")), Style()))
    assert read_report(resealed(lambda _: None, edition), "p.json").public


@pytest.mark.parametrize(
    "words",
    [
        "render x.json -f {}=o.x", "compare x.json r.json", "compare r.json x.json", "trend x.json r.json", "benchmark x.json --peers peers", "history add x.json --store h.sqlite", "audit p.json --as-of 2027-03-31 -f html=o.html --since x.json",
    ],
)  # fmt: skip
@pytest.mark.parametrize(("change", "told"), [CHANGES[0], CHANGES[8]])
def test_every_command_that_reads_a_report_says_so(run, tmp_path, words, change, told):
    (tmp_path / "x.json").write_bytes(resealed(change))
    (tmp_path / "r.json").write_bytes(resealed(lambda _: None))
    (tmp_path / "p.json").write_bytes(PROFILE.read_bytes())
    (tmp_path / "peers").mkdir()
    for form in ("html", "text", "docx", "xlsx") if "{}" in words else ("",):
        done = run(*words.format(form).split())
        assert (done.returncode, done.stdout, done.stderr.count(b"\n")) == (ExitCode.INPUT, b"", 1), done.stderr
        assert b"x.json: contradicts itself: " in done.stderr
        assert told.encode() in done.stderr
    assert not [*tmp_path.glob("o.*"), *tmp_path.glob("*.sqlite")]


def test_such_a_report_is_no_peer_and_follows_from_no_profile(run, tmp_path):
    (tmp_path / "x.json").write_bytes(resealed(CHANGES[8][0]))
    (tmp_path / "p.json").write_bytes(PROFILE.read_bytes())
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers" / "x.json").write_bytes((tmp_path / "x.json").read_bytes())
    done = run("benchmark", "p.json", "--peers", "peers")
    assert done.returncode == ExitCode.INPUT
    assert b"contradicts itself: " in done.stderr
    assert b"(not among the peers)" in done.stderr
    assert run("verify", "x.json", "p.json").returncode == ExitCode.VERIFICATION


def test_two_plugins_of_one_name_that_could_not_be_loaded_contradict_nothing(run, tmp_path):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "same.py").write_text(RULE.format(name="same", body="return True"))
    (tmp_path / "p.json").write_bytes(PROFILE.read_bytes())
    run("audit", "p.json", "--plugins", "one", "--plugins", "two", "-f", "json=r.json")
    assert [one["rule"] for one in json.loads((tmp_path / "r.json").read_text())["findings"]].count("same") == 2
    assert b"contradicts" not in run("render", "r.json").stderr
