"""The history: what is acknowledged is kept, and whatever was removed or altered is found, in a file and on a server."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from conftest import EXAMPLES
from engagecheck import ExitCode, InputRefused, OutputRefused, installed, run_audit
from engagecheck.analysis.chain import faults
from engagecheck.analysis.history import Recorded, Store, default_place
from engagecheck.errors import VerificationFailed
from postgres import free_port, new_database

REGISTRY = installed(third_party=False)
YEARS = [EXAMPLES / f"journey/{year}.json" for year in (2024, 2025, 2026)]
WRITER = """
import sys
from engagecheck import installed, run_audit
from engagecheck.analysis.history import Store
store, who, count = Store(sys.argv[1]), sys.argv[2], int(sys.argv[3])
registry = installed(third_party=False)
for number in range(count):
    organisation = {"name": f"Trust {who} {number} (invented)", "type": "nhs_trust", "country": "England"}
    report = run_audit({"organisation": organisation, "as_of": "2025-03-31"}, registry)
    row = store.add(report).row
    print(row.number, report.report_digest, flush=True)
"""


@pytest.fixture(params=["file", pytest.param("server", marks=pytest.mark.exhaustive)])
def place(request, tmp_path):
    """Where to keep a history: a file, or a database of its own on the server."""
    if request.param == "file":
        return str(tmp_path / "history.sqlite")
    url = request.getfixturevalue("server")
    return new_database(url, tmp_path.name)


def execute(place, statement):
    if place.startswith("postgresql"):
        import psycopg

        with psycopg.connect(place) as connection:
            connection.execute(statement)
    else:
        connection = sqlite3.connect(place)
        with connection:
            connection.execute(statement)
        connection.close()


def filled(place):
    store = Store(place)
    for path in YEARS:
        store.add(run_audit(path, REGISTRY))
    return store


def test_reports_come_back_as_they_were_and_are_kept_once(place):
    store = filled(place)
    rows = store.rows()
    assert [row.number for row in rows] == [1, 2, 3]
    assert rows[1].report() == run_audit(YEARS[1], REGISTRY)
    assert list(faults(rows)) == []
    assert store.add(run_audit(YEARS[0], REGISTRY)) == Recorded(rows[0], False, rows[-1].row_digest)
    assert len(store.rows()) == 3


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM engagecheck_history WHERE number = 2", "row 2 is missing"), ("DELETE FROM engagecheck_history WHERE number = 1", "row 1 is missing"),
        ("UPDATE engagecheck_history SET content = replace(content, 'starting', 'sustaining') WHERE number = 2", "row 2 was altered"), ("UPDATE engagecheck_history SET as_of = '2020-01-01' WHERE number = 3", "row 3 was altered"), ("UPDATE engagecheck_history SET subject = 'X' WHERE number = 1", "row 1 was altered"),
        ("UPDATE engagecheck_history SET previous = row_digest WHERE number = 2", "row 2 does not follow"), ("UPDATE engagecheck_history SET row_digest = previous WHERE number = 1", "row 1 was altered"),
        ("DELETE FROM engagecheck_history WHERE number = 3", "cut off"),
    ],
)  # fmt: skip
def test_what_was_removed_or_altered_is_found(place, statement, said):
    store = filled(place)
    head = store.rows()[-1].row_digest
    assert list(faults(store.rows(), head)) == []
    execute(place, statement)
    assert any(said in one for one in faults(store.rows(), head))


def writers(place, count, each, tmp_path):
    script = tmp_path / "writer.py"
    script.write_text(WRITER)
    return [subprocess.Popen([sys.executable, script, place, str(who), str(each)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for who in range(count)]


@pytest.mark.exhaustive
def test_twenty_writers_at_once_lose_nothing(place, tmp_path):
    running = writers(place, 20, 2, tmp_path)
    said = [process.communicate(timeout=240) for process in running]
    assert [process.returncode for process in running] == [0] * 20, [error for _, error in said if error][:1]
    acknowledged = [line.split() for output, _ in said for line in output.splitlines()]
    rows = Store(place).rows()
    assert len(rows) == len(acknowledged) == 40
    assert {(str(row.number), row.report_digest) for row in rows} == {tuple(one) for one in acknowledged}
    assert list(faults(rows)) == []


KILLED = """
import os, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA cache_size = 1")
connection.execute("BEGIN IMMEDIATE")
connection.execute("UPDATE engagecheck_history SET content = content || hex(zeroblob(100000))")
os._exit(0)
"""


def test_a_file_that_a_killed_writer_left_is_repaired_by_reading(tmp_path):
    store = filled(str(tmp_path / "history.sqlite"))
    before = store.rows()
    subprocess.run([sys.executable, "-c", KILLED, store.place], check=True, timeout=60)
    assert (tmp_path / "history.sqlite-journal").stat().st_size > 0
    assert store.rows() == before


@pytest.mark.exhaustive
def test_a_writer_killed_in_the_middle_of_fifty_loses_nothing_acknowledged(place, tmp_path):
    (process,) = writers(place, 1, 50, tmp_path)
    lines = [process.stdout.readline() for _ in range(12)]
    time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    lines += process.stdout.readlines()
    process.wait()
    process.stdout.close()
    process.stderr.close()
    acknowledged = [line.split() for line in lines if line.endswith("\n")]
    rows = Store(place).rows()
    known = {(str(row.number), row.report_digest) for row in rows}
    assert 12 <= len(acknowledged) < 50
    assert {tuple(one) for one in acknowledged} <= known
    assert list(faults(rows)) == []
    assert Store(place).add(run_audit(YEARS[0], REGISTRY)).is_new


def test_a_place_that_cannot_be_used_is_said_in_a_sentence_without_its_password(tmp_path):
    report = run_audit(YEARS[0], REGISTRY)
    with pytest.raises(InputRefused, match="no history here"):
        Store(str(tmp_path / "none.sqlite")).rows()
    (tmp_path / "text.sqlite").write_text("this is no database, and longer than a page header needs to be" * 20)
    with pytest.raises(OutputRefused, match="could not be recorded"):
        Store(str(tmp_path / "text.sqlite")).add(report)
    with pytest.raises(InputRefused, match="could not be read"):
        Store(str(tmp_path / "text.sqlite")).rows()
    with pytest.raises(OutputRefused, match="folder cannot be made"):
        Store(str(tmp_path / "text.sqlite" / "deeper" / "h.sqlite")).add(report)
    pytest.importorskip("psycopg")
    with pytest.raises(OutputRefused, match="could not be recorded") as refused:
        Store(f"postgresql://someone:secret@127.0.0.1:{free_port()}/nothing").add(report)
    assert "secret" not in str(refused.value)


def test_the_commands(run, tmp_path):
    at = ("--store", "h.sqlite")
    done = run("audit", YEARS[0], "--record", *at)
    assert "Recorded: Harbour Vale" in done.stderr.decode()
    assert run("history", "add", YEARS[1], YEARS[2], *at).returncode == 0
    assert "Recorded before" in run("history", "add", YEARS[1], *at).stderr.decode()
    listed = run("history", "list", *at).stdout.decode().splitlines()
    assert [line.split()[1] for line in listed] == ["2024-03-31", "2025-03-31", "2026-03-31"]
    assert run("history", "show", "1", *at).stdout == run("audit", YEARS[0], "-f", "text").stdout
    shown = run("history", "show", "2", "-f", "json", *at).stdout
    assert json.loads(shown)["as_of"] == "2025-03-31"
    run("history", "show", "2", "-f", "json=again.json", *at)
    assert (tmp_path / "again.json").read_bytes() == shown
    assert "3 audits" in run("trend", *at).stdout.decode()
    assert run("history", "export", "all.jsonl", *at).returncode == 0
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 3
    verified = run("history", "verify", *at)
    assert verified.returncode == 0
    head = re.search(r"head (\w+)", verified.stdout.decode())[1]
    execute(str(tmp_path / "h.sqlite"), "DELETE FROM engagecheck_history WHERE number = 3")
    assert run("history", "verify", *at).returncode == 0
    assert run("history", "verify", "--head", head, *at).returncode == ExitCode.VERIFICATION
    for words, code in ((("show", "9"), 2), (("show", "1", "-f", "none"), 2), (("export", "all.jsonl"), 5)):
        assert run("history", *words, *at).returncode == code
    run("history", "add", EXAMPLES / "sound.json", *at)
    assert run("trend", *at).returncode == ExitCode.USAGE
    assert run("trend", "--organisation", "Nobody", *at).returncode == ExitCode.INPUT
    assert run("trend", "--organisation", "Clearwater Hospitals NHS Trust (invented)", *at).returncode == 0


def test_the_usual_place_is_the_platforms_folder_for_data(run, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    assert default_place() == str(tmp_path / "data" / "engagecheck" / "history.sqlite")
    assert run("history", "list").returncode == ExitCode.INPUT
    assert run("history", "add", YEARS[0]).returncode == 0
    assert Path(default_place()).exists()


@pytest.mark.parametrize("content", ["{}", "no json", "[]", '{"subject": 3}'])
def test_a_row_that_holds_no_report_is_found_and_nothing_relies_on_it(run, tmp_path, content):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    execute(store, f"UPDATE engagecheck_history SET content = '{content}' WHERE number = 2")  # noqa: S608
    assert run("history", "verify", "--store", store).returncode == ExitCode.VERIFICATION
    before = Store(store).rows()
    for words in (("history", "add", YEARS[1]), ("audit", YEARS[1], "--record", "-f", "json=r.json")):
        done = run(*words, "--store", store)
        assert done.returncode == ExitCode.VERIFICATION
        assert b"nothing is recorded after it" in done.stderr
    assert Store(store).rows() == before
    assert run("history", "list", "--store", store).returncode == ExitCode.VERIFICATION
    for words in (("history", "show", "1"), ("history", "export", "all.jsonl"), ("trend",)):
        done = run(*words, "--store", store)
        assert done.returncode == ExitCode.VERIFICATION
        assert b"row 2 was altered" in done.stderr
        assert b"Traceback" not in done.stderr


def test_an_older_head_is_found_in_the_chain(tmp_path):
    store = Store(str(tmp_path / "h.sqlite"))
    heads = [store.add(run_audit(path, REGISTRY)).head for path in YEARS]
    for head in heads:
        assert list(faults(store.rows(), head)) == []
    assert list(faults(store.rows(), "0" * 64))


def test_reading_needs_no_right_to_write(place):
    store = filled(place)
    if store.is_server:
        import psycopg

        with psycopg.connect(place) as connection:
            connection.execute("DROP ROLE IF EXISTS reader")
            connection.execute("CREATE ROLE reader LOGIN")
            connection.execute("GRANT SELECT ON engagecheck_history TO reader")
        assert len(Store(place.replace("tester:secret", "reader")).rows()) == 3
        with psycopg.connect(place) as connection:
            connection.execute("DROP OWNED BY reader")
            connection.execute("DROP ROLE reader")
            connection.execute("DROP TABLE engagecheck_history")
        with pytest.raises(InputRefused, match="no history here"):
            store.rows()
    else:
        Path(place).chmod(0o444)
        before = Path(place).read_bytes()
        assert len(store.rows()) == 3
        assert Path(place).read_bytes() == before


def test_a_report_is_written_before_it_is_recorded_and_a_store_needs_record(run, tmp_path):
    (tmp_path / "text.sqlite").write_text("no database" * 200)
    done = run("audit", YEARS[0], "-f", "json=report.json", "--record", "--store", "text.sqlite")
    assert done.returncode == ExitCode.OUTPUT
    assert (tmp_path / "report.json").exists()
    assert run("audit", YEARS[0], "--store", "h.sqlite").returncode == ExitCode.USAGE
    assert run("audit", YEARS[0], env={"ENGAGECHECK_STORE": "h.sqlite"}).returncode == 1
    assert not (tmp_path / "h.sqlite").exists()


def test_a_trend_is_taken_from_the_usual_place(run, tmp_path):
    env = {"ENGAGECHECK_STORE": str(tmp_path / "h.sqlite")}
    run("history", "add", *YEARS, env=env)
    assert "3 audits" in run("trend", env=env).stdout.decode()
    assert "2 audits" in run("trend", *YEARS[:2], env=env).stdout.decode()


def test_no_password_is_shown_wherever_it_stands():
    for url in ("postgresql://u:secret@h/d", "postgresql://h/d?user=u&password=secret", "postgres://u:se%40cret@h:5/d", "postgresql://u:%2F@[::1]:5432/d?sslmode=disable"):
        shown = Store(url).shown
        assert "secret" not in shown
        assert "se%" not in shown
        assert "/d" in shown


@pytest.mark.parametrize("password", ["se/cret", "se%cret", "se cret", "se#cret", "se?cret", "se@:cret", "se@cret", "12/cret", "12?x=cret", "[cret", "cret\n"])
def test_an_address_that_cannot_be_read_is_refused_without_its_password(run, tmp_path, password):
    for scheme in ("postgresql://", "postgres://", "postgrsql://", "POSTGRESQL://", "postgresql:", "postgres:/", "mysql://", "file:", "ftp://", " postgresql://", "\"postgresql://", "\u201cpostgres:", "=postgresql://", "STORE=postgresql://", "\npostgres:/"):
        done = run("history", "list", "--store", f"{scheme}u:{password}@h/db")
        assert done.returncode == ExitCode.USAGE
        assert b"cret" not in done.stdout + done.stderr
        assert done.stderr.startswith(b"--store: ")
    assert run("history", "add", EXAMPLES / "sound.json", "--store", f"postgres://u:{password}@h/db").returncode == ExitCode.USAGE
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", [":memory:", "host=localhost password=secret", "password = secret", "file::memory:", "file:h.sqlite?mode=memory", "dbname=x", " "])
def test_what_keeps_nothing_or_is_no_file_is_refused(run, tmp_path, place):
    done = run("audit", EXAMPLES / "sound.json", "-f", f"json={os.devnull}", "--record", "--store", place)
    assert done.returncode == ExitCode.USAGE
    assert b"secret" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_an_error_that_repeats_the_password_is_not_repeated():
    store = Store("postgresql://u:se%40cret@h/d?password=another")
    for text in ("failed for se@cret", "failed for se%40cret", "another one", ""):
        assert store._reason(ValueError(text)) == "ValueError"
    assert store._reason(ValueError("no such\n host")) == "no such host"


def test_without_a_home_folder_a_place_must_be_named(run, monkeypatch):
    import pwd

    def nobody(_uid):
        raise KeyError

    for name in ("HOME", "XDG_DATA_HOME", "USERPROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    for command in (("history", "list"), ("trend",), ("audit", EXAMPLES / "sound.json", "--record", "-f", f"json={os.devnull}")):
        done = run(*command)
        assert done.returncode == ExitCode.USAGE
        assert b"no home folder" in done.stderr


def test_of_several_endings_the_worst_counts_and_the_screen_names_no_other(run, tmp_path):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    execute(store, "UPDATE engagecheck_history SET name = 'x' WHERE number = 2")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "broken.py").write_text("raise RuntimeError\n")
    record, broken, lost = ("--record", "--store", store), ("--plugins", "pack"), ("-f", "json=no/such/folder", "-f", "summary")
    for options, code in ((record, 6), ((*record, *broken), 4), ((*record, *lost), 5), ((*broken, *lost), 5), ((*record, *broken, *lost), 5)):
        done = run("audit", EXAMPLES / "harbour-vale.json", *options)
        assert (done.returncode, b"ends with exit code" in done.stdout) == (code, False), options
        assert b"Harbour Vale" in done.stdout
    assert b"ends with exit code 4" in run("audit", EXAMPLES / "harbour-vale.json", *broken).stdout


@pytest.mark.parametrize("statement", ["UPDATE engagecheck_history SET name = 'x' WHERE number = 2", "DELETE FROM engagecheck_history WHERE number = 2", "UPDATE engagecheck_history SET number = 7 WHERE number = 3"])
def test_a_report_is_added_to_an_altered_history_only_if_asked_for_and_the_alteration_stays_known(run, tmp_path, statement):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    execute(store, statement)
    before = Store(store).rows()
    said = list(faults(before))
    assert run("history", "add", EXAMPLES / "sound.json", "--store", store).returncode == ExitCode.VERIFICATION
    done = run("history", "add", EXAMPLES / "sound.json", "--store", store, "--although-altered")
    assert done.returncode == ExitCode.VERIFICATION
    assert b"Recorded: " in done.stderr
    assert said[0] in done.stderr.decode()
    after = Store(store).rows()
    assert after[:-1] == before
    assert list(faults(after)) == said
    verified = run("history", "verify", "--store", store)
    assert verified.returncode == ExitCode.VERIFICATION
    again = run("history", "add", EXAMPLES / "sound.json", "--store", store, "--although-altered")
    assert b"Recorded before: " in again.stderr


@pytest.mark.parametrize("statement", ["SET name = 'x'", "SET number = NULL", "SET number = x'00ff'", "SET number = 'one'", "SET content = content || ' '", "SET previous = row_digest"])
def test_nothing_is_appended_to_a_chain_that_does_not_hold(run, tmp_path, statement):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    execute(store, "CREATE TABLE loose AS SELECT * FROM engagecheck_history")
    execute(store, "DROP TABLE engagecheck_history")
    execute(store, "ALTER TABLE loose RENAME TO engagecheck_history")  # without the key, so that a number may be anything
    execute(store, f"UPDATE engagecheck_history {statement} WHERE number = 2")
    done = run("history", "add", EXAMPLES / "sound.json", "--store", store)
    assert done.returncode == ExitCode.VERIFICATION
    assert b"nothing is recorded after it" in done.stderr
    for command in ("list", "verify", "head", "show 1", "export a.jsonl"):
        done = run("history", *command.split(), "--store", store)
        assert done.returncode == ExitCode.VERIFICATION, command
        assert b"Traceback" not in done.stderr
    assert run("trend", "--store", store).returncode == ExitCode.VERIFICATION


def test_every_command_that_reads_says_whether_the_chain_holds_and_takes_a_head(run, tmp_path):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    head = run("history", "head", "--store", store).stdout.decode().strip()
    for number, command in enumerate(("history list", "history show 1 -f json", "history export {}.jsonl", "history head", "trend")):
        words = command.format(number).split()
        done = run(*words, "--store", store, "--head", head)
        assert done.returncode == 0
        assert f"3 reports, none removed or altered (head {head})" in done.stderr.decode()
        words = command.format(f"{number}-again").split()
        assert run(*words, "--store", store, "--head", "0" * 64).returncode == ExitCode.VERIFICATION
    execute(store, "DELETE FROM engagecheck_history")
    assert run("history", "head", "--store", store).returncode == ExitCode.INPUT


def test_a_name_with_terminal_escapes_is_listed_without_them(run, tmp_path):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    execute(store, "UPDATE engagecheck_history SET name = 'x' || char(27) || '[31m' WHERE number = 2")
    assert b"\x1b" not in run("history", "list", "--store", store).stdout


def test_bytes_in_a_row_and_another_schema_are_said_in_sentences(run, tmp_path):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    execute(store, "UPDATE engagecheck_history SET content = x'ff' WHERE number = 1")
    assert run("history", "verify", "--store", store).returncode == ExitCode.VERIFICATION
    connection = sqlite3.connect(store)
    document = json.loads(connection.execute("SELECT content FROM engagecheck_history WHERE number = 2").fetchone()[0])
    connection.close()
    Path(store).unlink()
    from attrs import evolve

    from engagecheck.analysis.chain import START, Row, row_digest
    from engagecheck.audit.describe import report_digest as digest

    document["summary"] = "x"
    subject = document["subject"]
    row = Row(1, subject["ods_code"] or subject["name"], subject["name"], document["as_of"], digest(document), START, "", json.dumps({**document, "report_digest": digest(document)}))
    filled(store)
    execute(store, "DELETE FROM engagecheck_history")
    connection = sqlite3.connect(store)
    row = evolve(row, row_digest=row_digest(row))
    with connection:
        connection.execute("INSERT INTO engagecheck_history VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (row.number, row.subject, row.name, row.as_of, row.report_digest, row.previous, row.row_digest, row.content))
    connection.close()
    done = run("history", "show", "1", "--store", store)
    assert done.returncode == ExitCode.INPUT
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("place", ["", "mysql://h/x", "postgresql://[bad"])
def test_a_store_that_is_none_is_refused(run, tmp_path, place):
    done = run("history", "list", "--store", place)
    assert done.returncode in (ExitCode.USAGE, ExitCode.INPUT)
    assert b"Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("trigger", ["BEFORE INSERT ON engagecheck_history BEGIN SELECT RAISE(IGNORE); END", "AFTER INSERT ON engagecheck_history BEGIN DELETE FROM engagecheck_history WHERE number > 1; END", "AFTER INSERT ON engagecheck_history BEGIN UPDATE engagecheck_history SET name = 'x' WHERE number = 1; END"])
def test_a_store_that_does_not_keep_a_report_never_acknowledges_it(run, tmp_path, trigger):
    store = str(tmp_path / "h.sqlite")
    filled(store)
    before = Store(store).rows()
    execute(store, f"CREATE TRIGGER forgets {trigger}")
    for words in (("history", "add", EXAMPLES / "sound.json"), ("history", "add", EXAMPLES / "sound.json", "--although-altered"), ("audit", EXAMPLES / "sound.json", "--record")):
        done = run(*words, "--store", store)
        assert done.returncode == ExitCode.OUTPUT
        assert b"does not keep what is recorded" in done.stderr
        assert b"Recorded" not in done.stderr
    assert Store(store).rows() == before


def test_a_report_that_must_not_be_kept_is_removed_and_the_chain_holds(place):
    store = filled(place)
    before = store.rows()
    name = before[1].name
    store.remove(2, "medical director", "it names a patient", date(2026, 5, 1))
    after = store.rows()
    assert list(faults(after, before[-1].row_digest)) == []
    assert [row.row_digest for row in after] == [row.row_digest for row in before]
    assert after[1].removal.words == "1 May 2026, by medical director: it names a patient"
    assert (name in before[1].content, name in after[1].content) == (True, False)
    with pytest.raises(InputRefused, match="number 2 of the history: its report was removed on 1 May 2026"):
        after[1].report()
    with pytest.raises(InputRefused, match="number 2 has no report that could be removed"):
        store.remove(2, "medical director", "again", date(2026, 5, 1))
    with pytest.raises(InputRefused, match="number 9 has no report"):
        store.remove(9, "medical director", "it names a patient", date(2026, 5, 1))
    with pytest.raises(InputRefused, match="say which role"):
        store.remove(1, "", "it names a patient", date(2026, 5, 1))
    with pytest.raises(InputRefused, match="number 2 of the history: its report was removed on 1 May 2026"):
        store.add(before[1].report())
    assert store.add(run_audit(EXAMPLES / "sound.json", REGISTRY)).row.number == 4
    assert list(faults(store.rows())) == []


@pytest.mark.parametrize("spoil", [
    "UPDATE engagecheck_history SET content = replace(content, '\"removed\":\"', '\"removed\":\"0') WHERE number = 2",
    "UPDATE engagecheck_history SET content = '{}' WHERE number = 2",
    "UPDATE engagecheck_history SET name = 'Another' WHERE number = 2",
    "UPDATE engagecheck_history SET as_of = '2020-01-01' WHERE number = 2",
])  # fmt: skip
def test_a_row_without_its_report_cannot_be_altered_unnoticed(place, spoil):
    store = filled(place)
    store.remove(2, "medical director", "it names a patient", date(2026, 5, 1))
    execute(place, spoil)
    assert list(faults(store.rows())) == ["row 2 was altered"]
    with pytest.raises(VerificationFailed, match="row 2 was altered; nothing is removed from it"):
        store.remove(1, "medical director", "it names a patient", date(2026, 5, 1))


def test_a_store_that_keeps_what_is_to_be_removed_is_said_to(tmp_path):
    store = filled(str(tmp_path / "history.sqlite"))
    execute(store.place, "CREATE TRIGGER keeps BEFORE UPDATE ON engagecheck_history BEGIN SELECT RAISE(IGNORE); END")
    with pytest.raises(OutputRefused, match="this store keeps what is to be removed"):
        store.remove(2, "medical director", "it names a patient", date(2026, 5, 1))


def test_a_file_has_zeros_in_place_of_a_removed_report(tmp_path):
    place = str(tmp_path / "history.sqlite")
    store = filled(place)
    text = store.rows()[0].report().packs[0].digest.encode()
    for number in (1, 2, 3):
        store.remove(number, "medical director", "it names a patient", date(2026, 5, 1))
    assert text not in Path(place).read_bytes()


def test_commands_say_what_was_removed_and_leave_it_out(tmp_path, run):
    store = filled(str(tmp_path / "history.sqlite"))
    head = store.rows()[-1].row_digest
    by_hand = ("--store", "history.sqlite")
    assert run("history", "remove", "2", *by_hand, "--by", "medical director").returncode == 2
    named = run("history", "remove", "2", *by_hand, "--by", "Dr John Example", "--reason", "names a patient")
    assert (named.returncode, b"--by Dr John Example: this looks like the name of a person" in named.stderr) == (2, True)
    done = run("history", "remove", "2", *by_hand, "--by", "medical director", "--reason", "names a patient")
    assert done.returncode == 0, done.stderr
    verified = run("history", "verify", *by_hand, "--head", head)
    said = verified.stdout.decode()
    assert verified.returncode == 0
    assert f"3 reports, no row removed or altered (head {head})" in said
    assert re.search(r"number 2: its report was removed on \d+ \w+ \d{4}, by medical director: names a patient; its digest stays", said)
    listed = run("history", "list", *by_hand).stdout.decode().splitlines()
    assert [line.endswith("(report removed)") for line in listed] == [False, True, False]
    shown = run("history", "show", "2", *by_hand)
    assert (shown.returncode, b"its report was removed on" in shown.stderr) == (3, True)
    assert run("history", "export", "all.jsonl", *by_hand).returncode == 0
    assert len((tmp_path / "all.jsonl").read_text("utf-8").splitlines()) == 2
    assert run("trend", *by_hand).returncode == 0
    (tmp_path / "removed.json").write_text(filled(str(tmp_path / "other.sqlite")).rows()[1].content, "utf-8")
    anew = run("history", "add", "removed.json", *by_hand)
    assert (anew.returncode, b"number 2 of the history: its report was removed on" in anew.stderr) == (3, True)
    for number in ("1", "3"):
        run("history", "remove", number, *by_hand, "--by", "medical\ndirector", "--reason", "names\na patient")
    assert "by medical director: names a patient" in run("history", "verify", *by_hand).stdout.decode().splitlines()[-1]
    nothing = run("trend", *by_hand)
    assert (nothing.returncode, b"were all removed" in nothing.stderr) == (3, True)
