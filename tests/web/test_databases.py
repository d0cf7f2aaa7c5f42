"""SQLite and PostgreSQL: the same workplace on both. Nothing that was confirmed is lost, and a wrong address is one sentence."""

import http.client
import json
import os
import random
import subprocess
import sys
import threading
import time
import urllib.error
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXAMPLES, ROOT
from engagecheck.web.folder import DATABASE_VARIABLE
from postgres import free_port, new_database
from walk import BEGIN, Person, served

FIELDS = ("connected", "completed", "appraisers", "non_engagement")
PLACE = "/assessments/1/questions/appraisal"
IN_THIS_PROCESS = ("access", "answers", "api", "files_of_evidence", "groups", "people", "removal", "steps", "together")
"""The tests of pages that take about two minutes on a server."""
KILLS = int(os.environ.get("ENGAGECHECK_KILLS", "2"))
"""How often the program is killed on each database."""


def save(person, field, number, was):
    person.send(PLACE, {f"v:appraisal/{field}": str(number), f"w:appraisal/{field}": was})


def held(person):
    return json.loads(person.read("/assessments/1/profile.json")).get("appraisal", {})


@pytest.mark.exhaustive
def test_several_windows_that_save_at_the_same_time_lose_nothing(tmp_path, both):
    with served(tmp_path / "data", environment=both) as process:
        person = Person(process)
        person.send("/begin", BEGIN)

        def save_often(field):
            window, was = person.second_window(), ""
            for number in range(1000, 1010):
                save(window, field, number, was)
                was = str(number)
            return was

        with ThreadPoolExecutor(len(FIELDS)) as pool:
            last = dict(zip(FIELDS, pool.map(save_often, FIELDS), strict=True))
        assert held(person) == {field: int(text) for field, text in last.items()}
    assert (tmp_path / "data" / "workplace.sqlite").exists() == (DATABASE_VARIABLE not in both)


def save_until_it_is_gone(person, field, number, begun):
    """Save one number after another. Returns the last that was confirmed, and whether the next one was on its way at the end."""
    token = person.token(PLACE)
    while True:
        was = str(number) if number else ""
        try:
            person.post(PLACE, {f"v:appraisal/{field}": str(number + 1), f"w:appraisal/{field}": was}, token).read()
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException) as error:
            return number, not isinstance(getattr(error, "reason", error), ConnectionRefusedError)
        number += 1
        begun.set()


def saved_and_killed(process, person, there):
    """Save in several windows until the program is killed. Returns by field what was confirmed, and which saves were broken off."""
    begun = threading.Event()
    with ThreadPoolExecutor(len(FIELDS)) as pool:
        ends = [pool.submit(save_until_it_is_gone, person.second_window(), field, there[field], begun) for field in FIELDS]
        assert begun.wait(60)
        time.sleep(random.uniform(0, 1))
        process.kill()
    last, broken_off = zip(*(end.result() for end in ends), strict=True)
    return dict(zip(FIELDS, last, strict=True)), {field for field, is_broken in zip(FIELDS, broken_off, strict=True) if is_broken}


def what_is_there(person, confirmed, broken_off):
    """What is stored after a kill: all that was confirmed. A save that was broken off may be there or not."""
    there = dict.fromkeys(FIELDS, 0) | held(person)
    assert all(there[one] in (confirmed[one], confirmed[one] + (one in broken_off)) for one in FIELDS), (confirmed, broken_off, there)
    return there


@pytest.mark.exhaustive
def test_a_program_that_is_killed_during_saves_has_lost_nothing_that_it_confirmed(tmp_path, both):
    with served(tmp_path / "data", environment=both) as process:
        Person(process).send("/begin", BEGIN)
    confirmed, broken_off, counts = dict.fromkeys(FIELDS, 0), set(), Counter(kills=KILLS)
    for _ in range(KILLS):
        with served(tmp_path / "data", environment=both) as process:
            person = Person(process)
            there = what_is_there(person, confirmed, broken_off)
            confirmed, broken_off = saved_and_killed(process, person, there)
        counts.update(confirmed=sum(confirmed.values()) - sum(there.values()), broken_off=len(broken_off), in_the_middle=bool(broken_off))
    with served(tmp_path / "data", environment=both) as process:
        what_is_there(Person(process), confirmed, broken_off)
    sys.stdout.write(f"{dict(counts)}\n")
    assert counts["in_the_middle"] > KILLS / 2


def test_a_profile_comes_back_the_same_from_both_databases(tmp_path, both):
    given = (EXAMPLES / "harbour-vale.json").read_bytes()
    with served(tmp_path / "data", environment=both) as process:
        person = Person(process)
        person.upload("/bring", "harbour-vale.json", given, form="/")
        profile, report = person.read("/assessments/1/profile.json"), person.read("/assessments/1/papers/json")
    assert json.dumps(json.loads(profile)) == json.dumps(json.loads(given))
    (tmp_path / "given.json").write_bytes(profile)
    words = [sys.executable, "-m", "engagecheck", "audit", "given.json", "--no-plugins", "-f", "json"]
    audited = subprocess.run(words, capture_output=True, cwd=tmp_path, check=False).stdout
    assert json.loads(report)["report_digest"] == json.loads(audited)["report_digest"]


@pytest.mark.parametrize("address", ["nonsense", "mysql://a:hidden@127.0.0.1/x", "postgresql://a:hidden@127.0.0.1", "sqlite:///x", "postgresql://a:hidden@[/x"])  # fmt: skip
def test_an_address_that_is_none_is_refused_and_no_password_is_shown(run, address):
    done = run("serve", "--no-browser", "--port", "0", "--folder", "data", env={DATABASE_VARIABLE: address})
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1), said
    assert said.startswith(f"{DATABASE_VARIABLE}: is not the address of a PostgreSQL database")
    assert "hidden" not in said


def test_a_database_that_does_not_answer_is_one_sentence_without_a_password(run):
    address = f"postgresql://someone:hidden@127.0.0.1:{free_port()}/nothing"
    done = run("serve", "--no-browser", "--port", "0", "--folder", "data", env={DATABASE_VARIABLE: address})
    said = done.stderr.decode()
    assert (done.returncode, said.count("\n")) == (2, 1), said
    assert "cannot be used" in said
    assert "hidden" not in said


def test_without_its_extra_a_server_is_refused(monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv(DATABASE_VARIABLE, "postgresql://127.0.0.1/x")
    from engagecheck import UsageRefused
    from engagecheck.web.database import database_for

    with pytest.raises(UsageRefused, match=r"python -m pip install 'engagecheck\[team\]'"):
        database_for(None)


@pytest.mark.exhaustive
def test_it_does_not_start_on_a_server_with_pending_migrations_and_names_the_command(tmp_path, server):
    import psycopg

    environment = {**os.environ, DATABASE_VARIABLE: new_database(server, tmp_path.name)}
    with served(tmp_path / "data", environment=environment):
        pass
    with psycopg.connect(environment[DATABASE_VARIABLE]) as connection:
        connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
        connection.execute("DROP TABLE django_session")
    words = [sys.executable, "-m", "engagecheck", "serve", "--no-browser", "--port", "0", "--folder", str(tmp_path / "data")]
    done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False, timeout=60)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "engagecheck serve --migrate" in done.stderr
    with served(tmp_path / "data", options=["--migrate"], environment=environment) as process:
        assert Person(process).read("/")


@pytest.mark.exhaustive
def test_the_pages_pass_their_tests_on_postgresql(tmp_path, server):
    environment = {**os.environ, "ENGAGECHECK_TEST_DATABASE": new_database(server, tmp_path.name)}
    files = [str(ROOT / f"tests/web/test_{name}.py") for name in IN_THIS_PROCESS]
    words = [sys.executable, "-m", "pytest", "-q", "-n", "0", "--no-cov", *files]
    done = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    assert done.returncode == 0, done.stdout[-3000:]
