"""Many profiles: in order, whole lines, the same bytes however they are shared out, and nothing lost when a process dies."""

import contextlib
import csv
import io
import json
import os
import pickle
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import pytest

from conftest import BARE, EXAMPLES, SOUND
from engagecheck import InputRefused, OutputRefused, installed, run_audit
from engagecheck.batch import chunks as chunks_module
from engagecheck.batch.chunks import chunks, chunks_in_stream, remaining_chunks
from engagecheck.batch.executor import audit_many, results
from engagecheck.batch.summary import BatchSummary
from engagecheck.batch.worker import BatchSettings, fingerprint, work
from engagecheck.cli.batch import _Target
from engagecheck.cli.files import hold_open
from engagecheck.papers.jsonl import encoded

REGISTRY = installed(third_party=False)


def organisation(number, **facts):
    return {**BARE, "organisation": {**BARE["organisation"], "name": f"Trust {number} (invented)"}, "talent": {"chief_registrar_time": number % 50}, **facts}


def lines(count, bad=(), **facts):
    return "".join(("{broken\n" if number in bad else json.dumps(organisation(number, **facts)) + "\n") for number in range(count))


def undigested(raw):
    """Lines without their digests, which cover the names of the profiles."""
    return re.sub(rb',"line_digest":"[0-9a-f]{64}"', b"", raw)


@pytest.fixture
def many(tmp_path):
    (tmp_path / "many.jsonl").write_text(lines(60, bad=(7, 31)) + "\n\n" + json.dumps(SOUND) + "\n")
    return tmp_path / "many.jsonl"


@pytest.mark.usefixtures("many")
def test_order_is_kept_and_a_bad_profile_is_a_line(run):
    finished = run("audit", "many.jsonl", "-f", "jsonl", "--workers", "1")
    assert finished.returncode == 3
    found = [json.loads(line) for line in finished.stdout.splitlines()]
    assert len(found) == 61
    assert [one.get("subject", {}).get("name") for one in found[:7]] == [f"Trust {number} (invented)" for number in range(7)]
    assert found[7]["profile"] == "many.jsonl, line 8"
    assert "many.jsonl, line 8:1:2: not JSON here" in found[7]["errors"][0]
    assert found[60]["profile"] == "many.jsonl, line 63"
    assert b"2 of 61 profiles were refused" in finished.stderr
    alone = json.loads(REGISTRY.reporters["jsonl"].render(run_audit(SOUND, REGISTRY), None))
    for name in ("level", "score", "criteria", "gate"):
        assert found[60][name] == alone[name]


def test_the_same_bytes_for_one_worker_two_threads_and_standard_input(run, many):
    one = run("audit", "many.jsonl", "-f", "jsonl", "--workers", "1").stdout
    two = run("audit", "many.jsonl", "-f", "jsonl", "--workers", "2").stdout
    assert one == two
    with ThreadPoolExecutor(3) as pool:
        threads = b"".join(one.lines for one in results(chunks([str(many)]), BatchSettings(), executor=pool))
    assert undigested(threads).replace(str(many).encode(), b"many.jsonl") == undigested(one)
    piped = run("audit", "-", "-f", "jsonl", "--workers", "2", stdin=many.read_bytes()).stdout
    assert undigested(piped).replace(b"standard input", b"many.jsonl") == undigested(one)


def test_files_folders_and_the_summary(run, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    for number in range(5):
        (folder / f"{number}.json").write_text(json.dumps(organisation(number)))
    (tmp_path / "sound.json").write_bytes((EXAMPLES / "sound.json").read_bytes())
    finished = run("audit", "folder", "sound.json")
    text = finished.stdout.decode()
    assert "6 profiles, 0 refused" in text
    assert re.search(r"Sustaining +1\n", text)
    assert finished.returncode == 1
    rows = list(csv.DictReader(io.StringIO(run("audit", "folder", "sound.json", "-f", "csv").stdout.decode())))
    assert len(rows) == 6 * len({row["Criterion"] for row in rows})
    assert {row["Criterion"] for row in rows} >= {"talent-and-development/chief-registrar"}
    (folder / "broken.json").write_text("{")
    finished = run("audit", "folder")
    assert finished.returncode == 3
    assert "folder/broken.json:1:2: not JSON here" in finished.stderr.decode()
    assert "6 profiles, 1 refused" in finished.stdout.decode()
    assert run("audit", "folder", "none.json").returncode == 3
    assert run("audit", "folder", "-f", "docx").returncode == 2
    assert run("audit", "sound.json", "--workers", "2").returncode == 2
    assert run("audit", "folder", "--record").returncode == 2


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize(
    ("before", "after"), [(b'"level":"', b'"level":"x'), (b'"gate":', b'"gate": '), (b'"outcome":"', b'"outcome":"not_'), (b'"line_digest":"', b'"line_digest":"0'), (b',"line_digest"', b',"x":1,"line_digest"'), (b'"}\n', b'"} \n')]
)  # fmt: skip
def test_resuming_trusts_no_line_that_was_changed(run, tmp_path, number, before, after):
    (tmp_path / "few.jsonl").write_text(lines(2) + "{broken\n" + lines(2))
    run("audit", "few.jsonl", "-f", "jsonl=out.jsonl")
    written = (tmp_path / "out.jsonl").read_bytes().splitlines(keepends=True)[:4]
    if number == 3 and before not in written[2]:
        before, after = b'"errors":["', b'"errors":["no '
    written[number - 1] = written[number - 1].replace(before, after, 1)
    (tmp_path / "out.jsonl").write_bytes(b"".join(written))
    done = run("audit", "few.jsonl", "-f", "jsonl=out.jsonl", "--resume")
    assert (done.returncode, done.stderr.count(b"\n")) == (5, 1), done.stderr
    assert f"out.jsonl, line {number}: was changed since it was written".encode() in done.stderr
    assert (tmp_path / "out.jsonl").read_bytes() == b"".join(written)


def test_resuming_notices_that_a_refused_profile_was_corrected(run, tmp_path):
    (tmp_path / "few.jsonl").write_text("{broken\n" + lines(1))
    run("audit", "few.jsonl", "-f", "jsonl=out.jsonl")
    (tmp_path / "few.jsonl").write_text(lines(2))
    done = run("audit", "few.jsonl", "-f", "jsonl=out.jsonl", "--resume")
    assert done.returncode == 5
    assert b"few.jsonl, line 1 was changed since its line was written" in done.stderr


def test_a_configuration_and_overrides_count_in_a_batch(run, tmp_path):
    journey = EXAMPLES / "journey"
    for name in ("2026.json", "2025.json"):
        (tmp_path / name).write_bytes((journey / name).read_bytes())
    found = [json.loads(line) for line in run("audit", "2026.json", "2025.json", "-f", "jsonl", "--config", journey / "engagecheck.toml").stdout.splitlines()]
    alone = json.loads(run("audit", "2026.json", "-f", "jsonl=one.jsonl", "-f", "json", "--config", journey / "engagecheck.toml").stdout)
    assert found[0]["level"] == alone["summary"]["level"]
    assert json.loads((tmp_path / "one.jsonl").read_text("utf-8")) == found[0]
    ignoring = ("--config", journey / "engagecheck.toml", "--ignore-overrides")
    found = [json.loads(line) for line in run("audit", "2026.json", "2025.json", "-f", "jsonl", *ignoring).stdout.splitlines()]
    run("audit", "2026.json", "-f", "jsonl=ignoring.jsonl", *ignoring)
    assert json.loads((tmp_path / "ignoring.jsonl").read_text("utf-8")) == found[0]
    assert found[0]["coverage"]["attested"] < json.loads((tmp_path / "one.jsonl").read_text("utf-8"))["coverage"]["attested"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such lock")
@pytest.mark.parametrize("form", ["jsonl", "csv"])
@pytest.mark.usefixtures("many")
def test_two_runs_at_once_never_write_into_one_file(run, tmp_path, form):
    words = ("audit", "many.jsonl", "-f", f"{form}=out", "--workers", "1")
    started = [subprocess.Popen([sys.executable, "-m", "engagecheck", *words], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(3)]
    said = [process.communicate()[1] for process in started]
    assert sorted(process.returncode for process in started) == [3, 5, 5]
    assert sum(b"already exists" in one for one in said) == 2
    run(*words[:3], f"{form}=alone", *words[4:])
    assert (tmp_path / "out").read_bytes() == (tmp_path / "alone").read_bytes()
    if form == "jsonl":
        whole = (tmp_path / "out").read_bytes()
        with (tmp_path / "out").open("ab") as file:
            hold_open(file, tmp_path / "out")
            held = run(*words, "--resume")
            assert (held.returncode, b"another run is writing it" in held.stderr) == (5, True)
        assert (tmp_path / "out").read_bytes() == whole


def test_what_another_run_added_meanwhile_is_left(tmp_path):
    (tmp_path / "out").write_bytes(b"a line\n")
    with _Target("jsonl", str(tmp_path / "out"), 3) as target, pytest.raises(OutputRefused, match="added to it meanwhile"):
        target.write(b"another\n")
    assert (tmp_path / "out").read_bytes() == b"a line\n"


@pytest.mark.exhaustive
def test_the_previous_version_of_a_workbook_is_no_organisation_of_its_own(run, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "sound.json").write_text(json.dumps(SOUND))
    run("convert", "sound.json", "folder/profile.xlsx")
    for _ in range(2):
        run("sign-off", "folder/profile.xlsx", "--approved-by", "Board", "--on", "2026-05-01")
    (folder / "alone.previous.xlsx").write_bytes((folder / "profile.xlsx").read_bytes())
    assert len(list(folder.iterdir())) == 4
    assert {json.loads(line)["profile"] for line in run("audit", "folder", "-f", "jsonl").stdout.splitlines()} == {"folder/alone.previous.xlsx", "folder/profile.xlsx"}


@pytest.mark.usefixtures("many")
def test_resuming_goes_on_after_whole_lines(run, tmp_path):
    whole = run("audit", "many.jsonl", "-f", "jsonl").stdout
    for kept in (0, 1, 7, 8, 30, 60, 61):
        part = b"".join(whole.splitlines(keepends=True)[:kept])
        (tmp_path / "out.jsonl").write_bytes(part + whole.splitlines()[min(kept, 60)][:kept] * (kept < 61))
        finished = run("audit", "many.jsonl", "-f", "jsonl=out.jsonl", "--resume", "--workers", "1")
        assert (tmp_path / "out.jsonl").read_bytes() == whole, kept
        assert finished.returncode == 3
        assert "61 profiles, 2 refused" in finished.stdout.decode()
    assert run("audit", "many.jsonl", "-f", "jsonl=out.jsonl").returncode == 5
    assert run("audit", "many.jsonl", "-f", "csv=out.csv", "--resume").returncode == 2
    (tmp_path / "other.jsonl").write_text("no lines of ours\n")
    assert run("audit", "many.jsonl", "-f", "jsonl=other.jsonl", "--resume").returncode == 5
    assert (tmp_path / "other.jsonl").read_text("utf-8") == "no lines of ours\n"


@pytest.mark.exhaustive
def test_killed_twice_and_resumed_gives_the_same_bytes(run, tmp_path):
    (tmp_path / "more.jsonl").write_text(lines(700))
    whole = run("audit", "more.jsonl", "-f", "jsonl=whole.jsonl", "--workers", "2")
    assert whole.returncode in (1, 4), whole.stderr
    for _ in range(2):
        process = subprocess.Popen([sys.executable, "-m", "engagecheck", "audit", "more.jsonl", "-f", "jsonl=out.jsonl", "--resume", "--workers", "2"], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
        size = (tmp_path / "out.jsonl").stat().st_size if (tmp_path / "out.jsonl").exists() else 0
        until = time.monotonic() + 60
        while time.monotonic() < until and process.poll() is None and (not (tmp_path / "out.jsonl").exists() or (tmp_path / "out.jsonl").stat().st_size <= size):
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert run("audit", "more.jsonl", "-f", "jsonl=out.jsonl", "--resume", "--workers", "2").returncode == whole.returncode
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.exhaustive
def test_a_process_that_dies_is_replaced_and_nothing_is_lost_or_doubled(run, tmp_path):
    """A rule that ends the process: once for good, and every time for one profile."""
    (tmp_path / "mine").mkdir()
    from hostile_plugins import RULE

    body = f"import os\n    if not os.path.exists({str(tmp_path / 'died')!r}):\n        open({str(tmp_path / 'died')!r}, 'w').close(); os._exit(9)\n    return fact"
    (tmp_path / "mine" / "dies_once.py").write_text(RULE.format(name="dies-once", body=body))
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(organisation(number, talent={"leadership_strategy": True})) + "\n" for number in range(20)))
    finished = run("audit", "some.jsonl", "-f", "jsonl", "--workers", "2", "--plugins", "mine")
    names = [json.loads(line)["subject"]["name"] for line in finished.stdout.splitlines()]
    assert names == [f"Trust {number} (invented)" for number in range(20)]
    (tmp_path / "mine" / "dies_once.py").write_text(RULE.format(name="dies-once", body="import os; os._exit(9)"))
    (tmp_path / "some.jsonl").write_text("".join((tmp_path / "some.jsonl").read_text().splitlines(keepends=True)[:5]))  # each needs a process
    finished = run("audit", "some.jsonl", "-f", "jsonl", "--workers", "2", "--plugins", "mine")
    found = [json.loads(line) for line in finished.stdout.splitlines()]
    assert (finished.returncode, len(found)) == (3, 5)
    assert all("died" in one["errors"][0] for one in found)


def test_pieces_cover_every_line_once_with_its_number(tmp_path, monkeypatch):

    monkeypatch.setattr(chunks_module, "CHUNK", 300)
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\n".join(f'{{"n": {number}}}'.encode() for number in range(1, 200)))
    whole = [(name, raw()) for piece in chunks([str(path)]) for name, raw in piece.profiles()]
    assert [name for name, _ in whole] == [f"{path}, line {number}" for number in range(1, 200)]
    assert len(list(chunks([str(path)]))) > 5
    with path.open("rb") as stream:
        streamed = [(name.replace("s", str(path), 1), raw()) for piece in chunks_in_stream("s", stream) for name, raw in piece.profiles()]
    assert streamed == whole
    there = [json.dumps({"profile": name, "profile_digest": sha256(raw).hexdigest()}).encode() for name, raw in whole]
    again = []

    def same(piece):
        again.append(piece)
        return there[piece.first - 1]

    for skip in (0, 1, 40, 198, 199):
        left = [one for piece in remaining_chunks(chunks([str(path)]), there[:skip], same) for one in list(piece.profiles())[piece.skip :]]
        assert len(left) == 199 - skip
    assert 5 < len(again) < 60  # one of each piece
    for lines in ([b'{"profile": "other"}'], [*there, there[0]]):
        with pytest.raises(OutputRefused):
            list(remaining_chunks(chunks([str(path)]), lines, same))
    with pytest.raises(OutputRefused, match="line 1 now comes to something else"):
        list(remaining_chunks(chunks([str(path)]), there, lambda _: b""))
    changed = there[1].replace(sha256(whole[1][1]).hexdigest().encode(), b"0" * 64)
    with pytest.raises(OutputRefused, match="line 2 was changed since"):
        list(remaining_chunks(chunks([str(path)]), [there[0], changed], same))


def test_a_line_that_is_too_long_is_refused_without_being_held(tmp_path, monkeypatch):
    from engagecheck.intake import strict_json

    monkeypatch.setattr(chunks_module, "CHUNK", 300)
    monkeypatch.setattr(chunks_module, "MAX_BYTES", 1000)
    monkeypatch.setattr(strict_json, "MAX_BYTES", 1000)
    path = tmp_path / "x.jsonl"
    for end in (b"", b"\n"):
        path.write_bytes(b"1\n" + b"x" * 50_000 + b"\n2\n" + b"y" * 100 + b"\n" + b"z" * 70_000 + end)
        with path.open("rb") as stream:
            for found in ([*chunks([str(path)])], [*chunks_in_stream("s", stream)]):
                read = {name.rpartition(" ")[2]: raw() for piece in found for name, raw in piece.profiles()}
                assert list(read) == ["1", "2", "3", "4", "5"]
                assert [read[name] for name in "134"] == [b"1", b"2", b"y" * 100]
                assert all(1000 < len(read[name]) <= 1301 for name in "25")
    out = work(next(chunks([str(path)])), BatchSettings()).lines.splitlines()
    assert "larger than" in json.loads(out[1])["errors"][0]


def test_from_a_program():
    found = list(audit_many([SOUND, json.dumps(BARE), b"{broken", json.dumps(SOUND, indent=2)]))
    assert [one.get("level") for one in found] == [found[0]["level"], "unproven", None, found[0]["level"]]
    assert "not JSON" in found[2]["errors"][0]
    with ThreadPoolExecutor(2) as pool:
        assert list(audit_many([SOUND, BARE], executor=pool)) == list(audit_many([SOUND, BARE]))
    assert BatchSummary().exit_code == 3


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="the peak of memory is read from /proc")  # noqa: PTH110
def test_memory_stays_flat(tmp_path):
    """Ten times as many profiles take no more memory: what is held is a few pieces, not the whole."""
    code = "import sys\nfrom engagecheck.batch.worker import BatchSettings\nfrom engagecheck.batch.executor import results\nfrom engagecheck.batch.chunks import chunks\nfor one in results(chunks([sys.argv[1]]), BatchSettings()): pass\nprint(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    peaks = []
    for count in (400, 4000):
        path = tmp_path / f"{count}.jsonl"
        path.write_text("".join("{broken" + "x" * 5_000 + "\n" for _ in range(count)))
        peaks.append(int(subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True).stdout))
    assert peaks[1] < 1.2 * peaks[0]


@pytest.mark.usefixtures("many")
def test_a_line_becomes_a_whole_report(run, tmp_path):
    """The profile is found where the line says, and the report is that of an audit of it."""
    journey = EXAMPLES / "journey"
    (tmp_path / "2026.json").write_bytes((journey / "2026.json").read_bytes())
    config = ("--config", journey / "engagecheck.toml")
    run("audit", "many.jsonl", "2026.json", "-f", "jsonl=lines.jsonl", "--as-of", "2026-05-31", *config)
    found = (tmp_path / "lines.jsonl").read_bytes().splitlines()
    page = run("render", "lines.jsonl", "--line", str(len(found)), "-f", "json", *config)
    alone = run("audit", "2026.json", "-f", "json", "--as-of", "2026-05-31", *config)
    assert page.stdout == alone.stdout
    assert json.loads(run("render", "-", "-f", "json", *config, stdin=found[4] + b"\n").stdout)["subject"]["name"] == "Trust 4 (invented)"
    for words, said in (
        (["render", "lines.jsonl"], "say which one with --line"),
        (["render", "lines.jsonl", "--line", "900"], "has no line 900"),
        (["render", "lines.jsonl", "--line", str(len(found))], "come to something else"),
        (["render", "many.jsonl", "--line", "1"], "is no line of -f jsonl"),
    ):
        finished = run(*words)
        assert finished.returncode == 3
        assert said in finished.stderr.decode()
    (tmp_path / "report.json").write_bytes(alone.stdout)
    assert run("render", "report.json", "--line", "1").returncode == 2
    assert run("render", "report.json", "--scale", "rag").returncode == 2
    (tmp_path / "2026.json").write_bytes((journey / "2025.json").read_bytes())
    assert "has changed since" in run("render", "lines.jsonl", "--line", str(len(found)), *config).stderr.decode()
    (tmp_path / "odd.jsonl").write_text("".join(json.dumps({**json.loads(found[-1]), "profile": f"many.jsonl, line {number}"}) + "\n" for number in ("0", "9" * 5000, "²")))
    with (tmp_path / "odd.jsonl").open("a") as lines:
        lines.writelines(json.dumps({**json.loads(found[-1]), "criteria": value}) + "\n" for value in (None, "x", 0, [], ["x"], True))
    for number in "123456789":
        odd = run("render", "odd.jsonl", "--line", number, *config)
        assert odd.returncode == 3
        assert b"Traceback" not in odd.stderr
        assert b"fault" not in odd.stderr
    bad = next(number for number, line in enumerate(found, 1) if b'"errors"' in line)
    assert "this profile was refused" in run("render", "lines.jsonl", "--line", str(bad)).stderr.decode()


def test_what_a_rule_prints_and_a_day_before_a_profiles_own_spoil_nothing(run, tmp_path):
    from hostile_plugins import RULE

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "prints.py").write_text(RULE.format(name="prints", body="print('loud')\n    return fact"))
    early, late = {**organisation(1), "as_of": "2024-03-31"}, {**organisation(2), "as_of": "2025-03-31"}
    (tmp_path / "two.jsonl").write_text("".join(json.dumps({**one, "talent": {"leadership_strategy": True}}) + "\n" for one in (early, late)))
    for workers in ("1", "2"):
        finished = run("audit", "two.jsonl", "-f", "jsonl", "--as-of", "2024-12-31", "--plugins", "mine", "--workers", workers)
        found = [json.loads(line) for line in finished.stdout.splitlines()]
        assert [one.get("as_of") for one in found] == ["2024-12-31", None]
        assert "is before the profile date" in found[1]["errors"][0]
        assert finished.returncode == 3
    assert run("audit", "two.jsonl", "--as-of", "soon").returncode == 2


@pytest.mark.usefixtures("many")
def test_what_cannot_be_written_whole_is_not_written_at_all(run, tmp_path):
    for workers in ("1", "2"):
        command = f"ulimit -f 40; {sys.executable} -m engagecheck audit many.jsonl -f jsonl=out.jsonl --workers {workers}"
        done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True)
        assert done.returncode == 5, done.stderr
        assert b"cannot be written" in done.stderr
        assert (tmp_path / "out.jsonl").read_bytes() in (b"", run("audit", "many.jsonl", "-f", "jsonl").stdout[:0])
        (tmp_path / "out.jsonl").unlink()


@pytest.mark.exhaustive
def test_threads_of_a_program_leave_its_output_alone():
    before = sys.stdout
    with ThreadPoolExecutor(2) as pool:
        for line in audit_many([{**BARE, "note": "x" * 2000}] * 1500, executor=pool):
            assert sys.stdout is before
            assert line["profile"].startswith("profile ")
    assert sys.stdout is before


def test_a_program_gets_the_digest_of_its_own_bytes(bundled):
    raw = (EXAMPLES / "sound.json").read_bytes()
    lines_of = list(audit_many([raw, SOUND, raw.replace(b"Clearwater", b"Clear\nwater", 1)]))
    assert lines_of[0]["profile_digest"] == run_audit(raw, bundled).profile_digest
    assert lines_of[1]["profile_digest"] == run_audit(SOUND, bundled).profile_digest
    assert "line break" in lines_of[2]["errors"][0]


def test_resuming_looks_whether_the_lines_were_made_in_the_same_way(run, tmp_path):
    """One profile of each piece of work is audited again; one that was refused says nothing of how."""
    (tmp_path / "few.jsonl").write_text("{broken\n" + lines(3))
    (tmp_path / "mine").mkdir()
    run("audit", "few.jsonl", "-f", "jsonl=out.jsonl")
    before = (tmp_path / "out.jsonl").read_bytes()
    from hostile_plugins import RULE

    (tmp_path / "mine" / "more.py").write_text(RULE.format(name="more", body="return True"))
    for other in (["--plugins", "mine"], ["--fail-on", "never"], ["--as-of", "2026-12-31"]):
        finished = run("audit", "few.jsonl", "-f", "jsonl=out.jsonl", "--resume", *other)
        assert finished.returncode == 5
        assert b"few.jsonl, line 2 now comes to something else" in finished.stderr
        assert (tmp_path / "out.jsonl").read_bytes() == before
    assert run("audit", "few.jsonl", "-f", "jsonl=out.jsonl", "--resume").returncode == 3
    assert (tmp_path / "out.jsonl").read_bytes() == before


@pytest.mark.usefixtures("many")
def test_resuming_looks_whether_the_lines_are_of_these_profiles(run, tmp_path):
    (tmp_path / "few.jsonl").write_text(lines(3))
    run("audit", "few.jsonl", "-f", "jsonl=out.jsonl")
    for other in (["many.jsonl"], ["many.jsonl", "few.jsonl"]):
        finished = run("audit", *other, "-f", "jsonl=out.jsonl", "--resume")
        assert finished.returncode == 5
        assert b"of other profiles" in finished.stderr
    (tmp_path / "two.jsonl").write_text(lines(2))
    renamed = (json.loads(line) for line in (tmp_path / "out.jsonl").read_text().replace("few.jsonl", "two.jsonl").splitlines())
    (tmp_path / "out.jsonl").write_bytes(b"".join(encoded({name: part for name, part in one.items() if name != "line_digest"}) for one in renamed))
    assert b"more lines there" in run("audit", "two.jsonl", "-f", "jsonl=out.jsonl", "--resume").stderr
    for text in ("precious notes", '{"organisation": {}}', '{"errors": ["x"]}\n'):
        (tmp_path / "notes.txt").write_text(text)
        assert run("audit", "few.jsonl", "-f", "jsonl=notes.txt", "--resume").returncode == 5
        assert (tmp_path / "notes.txt").read_text() == text


@pytest.mark.exhaustive
def test_only_what_ends_its_process_is_given_up(run, tmp_path):
    """A slow profile before it in the queue is no reason, and is not taken for one."""
    from hostile_plugins import RULE

    (tmp_path / "mine").mkdir()
    body = "import os, time\n    if fact is False:\n        os._exit(9)\n    time.sleep(0.7)\n    return fact"
    (tmp_path / "mine" / "dies.py").write_text(RULE.format(name="dies", body=body))
    (tmp_path / "some.jsonl").write_text("".join(json.dumps(organisation(number, talent={"leadership_strategy": number != 3})) + "\n" for number in range(5)))
    finished = run("audit", "some.jsonl", "-f", "jsonl", "--workers", "2", "--plugins", "mine")
    assert ["errors" in json.loads(line) for line in finished.stdout.splitlines()] == [False, False, False, True, False]


def test_values_that_are_no_small_numbers_cost_nothing_else(run, tmp_path):
    from hostile_plugins import RULE

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "large.py").write_text(RULE.format(name="large", body="return 10**20").replace("yes,", "at_least(1),"))
    (tmp_path / "one.jsonl").write_text(json.dumps(organisation(1, talent={"leadership_strategy": True})) + "\n")
    (line,) = map(json.loads, run("audit", "one.jsonl", "-f", "jsonl", "--plugins", "mine").stdout.splitlines())
    assert line["criteria"]["large/asked"] == {"outcome": "met", "value": 10**20}


def test_what_is_refused_reads_the_same_from_another_process(run, tmp_path):
    assert str(pickle.loads(pickle.dumps(InputRefused(["one", "two"])))) == "one\ntwo"  # noqa: S301
    (tmp_path / "few.jsonl").write_text(lines(3))
    (tmp_path / "bad.json").write_text("{")
    said = [run("audit", "few.jsonl", "-f", "jsonl", "--accepted-gaps", "bad.json", "--workers", workers) for workers in ("1", "2")]
    assert said[0].returncode == said[1].returncode == 3
    assert said[0].stderr == said[1].stderr
    assert said[0].stderr.startswith(b"bad.json:1:2:")


def test_nothing_is_written_before_all_is_looked_for(run, tmp_path):
    (tmp_path / "few.jsonl").write_text(lines(3))
    for words in (["few.jsonl", "none.json"], ["few.jsonl", "--scale", "stars"], ["few.jsonl", "--as-of", "soon"]):
        assert run("audit", *words, "-f", "jsonl=out.jsonl").returncode in (2, 3)
        assert not (tmp_path / "out.jsonl").exists()
    assert run("audit", "few.jsonl", "-f", "text=sum.txt").returncode == 2
    assert run("audit", "few.jsonl", "-f", "jsonl=").returncode == 2


def test_a_folder_has_profiles_and_files_of_lines_and_what_is_no_profile(run, tmp_path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "2026-03.jsonl").write_text(lines(3))
    (folder / "ONE.JSON").write_text(json.dumps(organisation(9)))
    (folder / "~$open.xlsx").write_text("a lock")
    (folder / "gone.json").symlink_to(tmp_path / "nowhere.json")
    (folder / "older").mkdir()
    finished = run("audit", "folder", "-f", "jsonl")
    assert "folder: left out 1 folder in it; name a folder to audit its profiles" in finished.stderr.decode()
    assert [json.loads(line)["profile"] for line in finished.stdout.splitlines()] == ["folder/2026-03.jsonl, line 1", "folder/2026-03.jsonl, line 2", "folder/2026-03.jsonl, line 3", "folder/ONE.JSON"]
    assert "Traceback" not in finished.stderr.decode()


def test_the_summary_of_what_is_all_in_order(run, tmp_path):
    (tmp_path / "sound.jsonl").write_text(json.dumps(json.loads((EXAMPLES / "sound.json").read_text("utf-8"))) + "\n")
    finished = run("audit", "sound.jsonl")
    assert finished.returncode == 0
    assert "1 profile, 0 refused" in finished.stdout.decode()


def test_the_summary_says_what_failed(run, tmp_path):
    from hostile_plugins import RULE

    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "raises.py").write_text(RULE.format(name="raises", body="raise ValueError"))
    (tmp_path / "few.jsonl").write_text("".join(json.dumps(organisation(number, talent={"leadership_strategy": True})) + "\n" for number in range(3)))
    finished = run("audit", "few.jsonl", "--plugins", "mine", "--detail")
    assert finished.returncode == 4
    assert re.search(r"Incomplete +3\n", finished.stdout.decode())
    assert "failed" in finished.stdout.decode().split("Question")[2]


def in_folder(folder):
    """The numbers of the processes whose folder this is."""
    found = []
    for one in os.listdir("/proc"):  # noqa: PTH208
        with contextlib.suppress(OSError):
            if one.isdigit() and os.readlink(f"/proc/{one}/cwd") == str(folder):  # noqa: PTH115
                found.append(int(one))
    return found


@pytest.fixture
def busy(tmp_path):
    """A command that has just started its two workers, in a group of processes of its own."""
    if not os.path.exists("/proc"):  # noqa: PTH110
        pytest.skip("processes are looked for in /proc")
    (tmp_path / "more.jsonl").write_text(lines(4000))
    words = ("-c", "from engagecheck_command import main; main()", "audit", "more.jsonl", "-f", "jsonl=out.jsonl", "--workers", "2")
    with subprocess.Popen([sys.executable, *words], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True) as process:
        while len(in_folder(tmp_path)) < 3 and process.poll() is None:
            time.sleep(0.01)
        assert process.poll() is None
        yield process


def test_workers_end_with_the_command(busy, tmp_path):
    busy.kill()
    busy.wait()
    until = time.monotonic() + 60
    while in_folder(tmp_path) and time.monotonic() < until:
        time.sleep(0.05)
    assert not in_folder(tmp_path)


@pytest.mark.exhaustive
@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.1])
@pytest.mark.parametrize("kill", [os.kill, os.killpg])  # a program does the one, Ctrl-C at a terminal the other
def test_workers_that_are_just_starting_say_nothing_when_interrupted(busy, kill, seconds):
    time.sleep(seconds)
    kill(busy.pid, signal.SIGINT)
    _, said = busy.communicate(timeout=60)
    assert (busy.returncode, said.strip()) == (130, b"Interrupted.")


def test_what_isolated_rules_are_is_part_of_what_results_depend_on(tmp_path):
    from hostile_plugins import RULE

    found = []
    for number, body in enumerate(("return True", "return False", "return False")):
        folder = tmp_path / str(number)
        folder.mkdir()
        (folder / "mine.py").write_text(RULE.format(name="mine", body=body))
        found.append(fingerprint(BatchSettings(folders=(str(folder),), isolate=True))[-1].rpartition(" ")[2])
    assert found[0] != found[1] == found[2]


def test_several_profiles_on_standard_input_are_told_how(run):
    finished = run("audit", "-", stdin=lines(2).encode())
    assert finished.returncode == 3
    assert b"-f jsonl" in finished.stderr
    for text in (json.dumps(SOUND, indent=1) + "}", "{broken\n{}\n", "[1]\n[2]\n"):
        assert b"-f jsonl" not in run("audit", "-", stdin=text.encode()).stderr


def test_the_terminal_shows_one_screen_for_many_and_every_question_on_request(run, tmp_path):
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.json").write_text(json.dumps({**BARE, "organisation": {**BARE["organisation"], "name": f"Trust {number}"}}))
    screen = run("audit", "many").stdout.decode()
    assert screen.count("\n") <= 35
    assert "3 of 3" in screen
    assert "more questions" in screen
    assert "/" not in screen.partition("What most of them lack")[2].replace("and one each", "")
    detail = run("audit", "many", "--detail").stdout.decode()
    assert "Question by question" in detail
    assert len(detail) > 3 * len(screen)
