"""A place among peers: counted by hand, and only among what may be compared."""

import copy
import csv
import json

import pytest
from msgspec.structs import replace

from conftest import BARE, EXAMPLES
from engagecheck import InputRefused, Style, installed, run_audit
from engagecheck.analysis.benchmark import benchmark
from engagecheck.papers.comparison_text import places
from machine import published

REGISTRY = installed(third_party=False)
NAME = "talent-and-development/chief-registrar"


def organisation(number, time, **more):
    who = {"name": f"Trust {number} (invented)", "type": "nhs_trust", "country": "England"}
    return run_audit({**BARE, "organisation": who, "talent": {"chief_registrar_time": time}, **more}, REGISTRY)


PEERS = [organisation(number, time) for number, time in enumerate((0, 10, 20, 30, 40, 50), 1)]


def place(own, peers, name=NAME):
    return next((one for one in benchmark(own, peers).places if one.criterion == name), None)


@pytest.mark.parametrize(("time", "better", "equal", "share"), [(25, 3, 0, 0.5), (0, 5, 1, 0.083333), (50, 0, 1, 0.916667), (60, 0, 0, 1.0)])
def test_the_place_is_counted_among_the_peers(time, better, equal, share):
    found = place(organisation(9, time), PEERS)
    assert (found.peers, found.better, found.equal, found.share) == (6, better, equal, share)
    assert (found.lower, found.median, found.upper) == (0.125, 0.25, 0.375)


def test_fewer_is_better_where_the_yardstick_says_so():
    def missed(number, count):
        return organisation(number, 20, appraisal={"connected": 100, "completed": 90, "approved_missed": 10 - count, "unapproved_missed": count})

    found = place(missed(9, 1), [missed(number, number) for number in range(6)], "appraisal-and-revalidation/unapproved-missed")
    assert (found.better, found.equal) == (1, 1)


def test_oneself_is_no_peer_and_five_others_are_needed():
    own = organisation(1, 25)
    assert place(own, PEERS).peers == 5
    with pytest.raises(InputRefused, match="a benchmark needs at least 5 peers, and got 4"):
        benchmark(own, PEERS[:5])
    older = replace(organisation(2, 99), as_of="2020-01-01")
    assert place(organisation(9, 25), [older, *PEERS]).better == 3


@pytest.mark.parametrize(
    "name",
    ["TRUST 1 (INVENTED)", "Trust  1 (invented) ", "Trust\u00a01 (invented)", "Tru\u200bst 1 (invented)", "Trust 1 (invented)\ufe0f", "\u202eTrust 1 (invented)", "Ｔｒｕｓｔ １ （ｉｎｖｅｎｔｅｄ）", "Tr\u00adust 1 (invented)", "\u2066Trust 1\u2069 (invented)", "Trust 1\u2800 (invented)"],
)  # fmt: skip
def test_names_that_look_or_sound_the_same_are_one_organisation(name):
    again = replace(PEERS[0], subject=replace(PEERS[0].subject, name=name))
    assert benchmark(organisation(9, 25), [*PEERS, again]).peers == 6
    assert benchmark(again, PEERS).peers == 5


def test_an_organisation_with_and_without_its_code_is_one():
    coded = replace(PEERS[0], subject=replace(PEERS[0].subject, ods_code="RX1"))
    assert benchmark(organisation(9, 25), [*PEERS, coded]).peers == 6
    assert benchmark(organisation(9, 25), [*PEERS, coded, replace(coded, subject=replace(coded.subject, ods_code="RX2"))]).peers == 7


def test_the_types_of_the_peers_are_said_unless_all_are_of_one():
    assert "type" not in places(benchmark(organisation(9, 25), PEERS), Style())
    other = replace(PEERS[0], subject=replace(PEERS[0].subject, type="independent_hospital"))
    found = benchmark(organisation(9, 25), [other, *PEERS[1:]])
    assert found.types == {"independent_hospital": 1, "nhs_trust": 5}
    words = " ".join(places(found, Style()).split())
    assert "This organisation is of the type NHS trust. Its peers are of these types: Independent hospital (1), NHS trust (5)." in words


def test_only_the_same_rule_version_yardstick_and_unit_are_compared():
    def other(report, **parts):
        return replace(report, findings=tuple(replace(one, **parts) for one in report.findings))

    mixed = [*PEERS[:4], *(other(one, version="2") for one in PEERS[4:])]
    found = benchmark(organisation(9, 25), mixed)
    assert NAME not in {one.criterion for one in found.places}
    assert dict(found.without)[NAME] == "measured by 4 comparable peers only"
    assert dict(found.without)["talent-and-development/named-successors"] == "not measured here"
    text = " ".join(places(found, Style(width=200)).split())
    assert "Senior medical posts with a named successor" in text.partition("not measured here")[2]
    assert "named-successors" not in text


@pytest.mark.exhaustive
def test_the_engagement_of_real_trusts(run, tmp_path):
    """The published file does not say how many answered; 500 are assumed here, so that the place can be tried at all."""
    rows = [row for row in csv.DictReader(published("staff_survey", "trustpulse_nss2025_nof_q3_2025_26_subset.csv").read_text("utf-8").splitlines()) if row["theme_engagement_2025"]]
    score = {"instrument": "nhs_staff_survey", "topic": "engagement", "population": "all_staff", "on": "2025-11", "respondents": 500, "scale_low": 0, "scale_high": 10}
    lines = []
    for row in rows:
        entry = {**score, "score": float(row["theme_engagement_2025"]), "comparator": {"score": 6.8, "population": "all_staff", "group": row["trust_type"]}}
        who = {"name": row["org_name"], "type": "nhs_trust", "country": "England", "ods_code": row["org_code"]}
        lines.append({"organisation": who, "as_of": "2026-03-31", "journey": {"measurements": {"of": 1, "entries": [entry]}}})
    (tmp_path / "peers.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    own = next(line for line in lines if line["organisation"]["ods_code"] == "RR8")
    (tmp_path / "RR8.json").write_text(json.dumps(own))
    found = json.loads(run("benchmark", "RR8.json", "--peers", "peers.jsonl", "-f", "json").stdout)
    (one,) = [one for one in found["places"] if one["criterion"] == "board-to-ward/staff-engagement-against-peers"]
    scores = sorted(float(row["theme_engagement_2025"]) for row in rows if row["org_code"] != "RR8")
    mine = own["journey"]["measurements"]["entries"][0]["score"]
    assert one["peers"] == len(scores) >= 148
    assert one["better"] == sum(other > mine for other in scores)
    said = run("benchmark", "RR8.json", "--peers", "peers.jsonl").stdout.decode()
    assert f"better than {sum(other < mine for other in scores)} of {len(scores)} peers" in " ".join(said.split())


def test_the_command_takes_folders_and_says_what_is_wrong(run, tmp_path):
    folder = tmp_path / "peers"
    folder.mkdir()
    for number, time in enumerate((0, 10, 20, 30, 40), 1):
        document = copy.deepcopy({**BARE, "talent": {"chief_registrar_time": time}})
        document["organisation"]["name"] = f"Trust {number} (invented)"
        (folder / f"{number}.json").write_text(json.dumps(document))
    done = run("benchmark", EXAMPLES / "harbour-vale.json", "--peers", "peers")
    assert done.returncode == 0
    assert "20 %: better than 2 of 5 peers, level with 1" in " ".join(done.stdout.decode().split())
    (folder / "5.json").unlink()
    assert run("benchmark", EXAMPLES / "harbour-vale.json", "--peers", "peers").returncode == 3
    assert run("benchmark", EXAMPLES / "harbour-vale.json", "--peers", "nowhere").returncode == 3


def test_a_peer_that_is_refused_costs_itself_and_as_of_is_not_put_to_peers(run, tmp_path):
    folder = tmp_path / "peers"
    folder.mkdir()
    for number in range(1, 7):
        document = copy.deepcopy({**BARE, "as_of": f"202{number}-03-31", "talent": {"chief_registrar_time": 10 * number}})
        document["organisation"]["name"] = f"Trust {number} (invented)"
        (folder / f"{number}.json").write_text(json.dumps(document))
    (folder / "accepted_gaps.json").write_text('{"accepted_gaps": []}')
    (folder / "broken.json").write_text("{")
    done = run("benchmark", EXAMPLES / "harbour-vale.json", "--peers", "peers", "--as-of", "2026-05-31")
    assert done.returncode == 3
    assert done.stderr.decode().count("not among the peers") == 1
    said = " ".join(done.stdout.decode().split())
    assert "20 %: better than 1 of 6 peers, level with 1" in said
    assert "The peers' figures are from 31 March 2021 to 31 March 2026." in said
    assert "neither more nor less of it is better" in said


def test_peers_are_found_under_any_kind_of_file_as_an_audit_finds_them(run, tmp_path):
    folder, documents = tmp_path / "peers", []
    folder.mkdir()
    for number in range(1, 7):
        document = copy.deepcopy({**BARE, "talent": {"chief_registrar_time": 10 * number}})
        document["organisation"]["name"] = f"Trust {number} (invented)"
        documents.append(json.dumps(document))
    (folder / "one.JSON").write_text(documents[0])
    (folder / "~$open.xlsx").write_bytes(b"the lock of a workbook that is open")
    (folder / "more.JSONL").write_text("\n".join(documents[1:]))
    done = run("benchmark", EXAMPLES / "harbour-vale.json", "--peers", "peers")
    assert (done.returncode, done.stderr) == (0, b"")
    assert "20 %: better than 1 of 6 peers, level with 1" in " ".join(done.stdout.decode().split())
    assert run("benchmark", EXAMPLES / "harbour-vale.json", "--peers", "peers/more.JSONL").returncode == 0
