"""The start of the workplace: its folder, key and database, what it answers, and how it ends."""

import http.client
import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import pytest

from conftest import EXAMPLES
from engagecheck import UsageRefused
from engagecheck.web.folder import KEY_VARIABLE, open_folder
from walk import Person, served


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_the_first_start_makes_a_folder_and_a_key_that_are_open_to_nobody_else(tmp_path, monkeypatch):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    folder = open_folder(tmp_path / "new" / "data")
    assert (mode(folder.path), mode(folder.path / "key")) == (0o700, 0o600)
    assert folder.key == (folder.path / "key").read_text() == open_folder(folder.path).key
    assert len(folder.key) >= 50


def test_the_key_of_the_environment_comes_first(tmp_path, monkeypatch):
    monkeypatch.setenv(KEY_VARIABLE, "k" * 60)
    assert open_folder(tmp_path / "data").key == "k" * 60
    assert not (tmp_path / "data" / "key").exists()


@pytest.mark.parametrize("spoil", [
    lambda folder: folder.chmod(0o750),
    lambda folder: (folder / "key").chmod(0o640),
    lambda folder: (folder / "key").write_text("short"),
    lambda folder: (folder / "key").write_text(""),
], ids=["folder", "key", "short key", "empty key"])  # fmt: skip
def test_a_folder_or_key_that_is_not_safe_is_refused(tmp_path, monkeypatch, spoil):
    monkeypatch.delenv(KEY_VARIABLE, raising=False)
    open_folder(tmp_path / "data")
    spoil(tmp_path / "data")
    with pytest.raises(UsageRefused, match=r"chmod 700|chmod 600|too short"):
        open_folder(tmp_path / "data")


def test_a_folder_that_cannot_be_made_is_refused_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageRefused, match="cannot be the data folder"):
        open_folder(tmp_path / "file" / "data")


@pytest.mark.usefixtures("visitor")
def test_the_database_keeps_what_it_confirmed():
    from django.db import connection

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            assert cursor.execute("SHOW synchronous_commit").fetchone() == ("on",)
        return
    with connection.cursor() as cursor:
        (journal,) = cursor.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()
    assert (journal, synchronous) == ("wal", 2)
    assert connection.transaction_mode == "IMMEDIATE"


@pytest.mark.usefixtures("visitor")
def test_the_migrations_are_those_of_the_models():
    from django.core.management import call_command

    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    call_command("check", fail_level="WARNING")


@pytest.mark.usefixtures("visitor")
def test_it_does_not_start_with_pending_migrations_and_names_the_command():
    from django.core.management import call_command

    from engagecheck.web.server import prepare_database

    call_command("migrate", "workplace", "zero", verbosity=0)
    try:
        with pytest.raises(UsageRefused, match="engagecheck serve --migrate"):
            prepare_database()
    finally:
        prepare_database(migrates=True)
    prepare_database()


@pytest.mark.usefixtures("visitor")
def test_it_does_not_start_on_the_database_of_a_later_version():
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from engagecheck.web.server import prepare_database

    recorder = MigrationRecorder(connection)
    recorder.record_applied("workplace", "9999_later")
    try:
        for migrates in (False, True):
            with pytest.raises(UsageRefused, match="later version"):
                prepare_database(migrates=migrates)
    finally:
        recorder.record_unapplied("workplace", "9999_later")


def asked(base, path, method="GET", body=None, **headers):
    """An answer of the process: status, headers and text."""
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read().decode()
    finally:
        connection.close()


def test_as_a_process_it_answers_this_machine_alone_and_a_link_signs_in_once(tmp_path):
    with served(tmp_path / "data") as process:
        address = urlsplit(process.base)
        path = process.link.removeprefix(process.base)
        for host, status in (("127.0.0.1", 200), ("localhost", 200), ("evil.example", 400), ("127.0.0.1.evil.example", 400)):
            for place in (path, "/static/workplace/workplace.css"):
                assert asked(process.base, place, Host=f"{host}:{address.port}")[0] == status, (host, place)
        if sys.platform == "linux":
            with pytest.raises(ConnectionRefusedError):
                asked(f"http://127.0.0.2:{address.port}", path)
        found = asked(process.base, path)
        assert found[1]["Server"] == "engagecheck"
        cookie = found[1]["Set-Cookie"].partition(";")[0]
        given = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', found[2])[1]
        body = f"csrfmiddlewaretoken={token}&user={given['user']}&token={given['token']}"
        form = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
        codes = [asked(process.base, "/sign-in", "POST", body, **form)[0] for _ in range(2)]
        assert codes == [302, 403]
        for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"):
            for charset in ("latin-1", "utf-16", "rot13", "no-such", '"utf-7"'):
                status, _, said = asked(process.base, "/sign-in", "POST", body, **{**form, "Content-Type": f"{kind}; charset={charset}"})
                assert (status, said) == (400, "This request is not in UTF-8; send it again in UTF-8.\n"), (kind, charset)
        assert asked(process.base, "/sign-in", "POST", body, **{**form, "Content-Type": "application/json; charset*=no-such''x"})[0] == 400
        assert asked(process.base, "/sign-in", "POST", body, **{**form, "Content-Type": 'application/x-www-form-urlencoded; charset="UTF-8"'})[0] == 403
        taken = [sys.executable, "-m", "engagecheck", "serve", "--folder", str(tmp_path / "data"), "--port", str(address.port), "--no-browser"]
        refused = subprocess.run(taken, capture_output=True, text=True, check=False)
        assert refused.returncode == 2
        assert refused.stderr.startswith(f"port {address.port}: cannot be used")
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert (process.returncode, err) == (0, "")
        assert out.splitlines()[-1] == "Stopped. What was saved is kept."
    if os.name == "posix":
        assert {mode(one) for one in (tmp_path / "data").iterdir()} == {0o600}


@pytest.mark.exhaustive
def test_sessions_that_have_ended_are_deleted_at_the_next_start(tmp_path):
    def sessions():
        with closing(sqlite3.connect(tmp_path / "data" / "workplace.sqlite")) as database, database:
            found = database.execute("SELECT session_key FROM django_session").fetchall()
            database.execute("UPDATE django_session SET expire_date = '2020-01-01'")
        return found

    with served(tmp_path / "data") as process:
        Person(process)
    assert len(sessions()) == 1
    with served(tmp_path / "data"):
        assert sessions() == []


def test_without_its_extra_it_says_what_to_install(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "waitress", None)
    done = run("serve")
    assert done.returncode == 2
    assert b"python -m pip install 'engagecheck[web]'" in done.stderr


def test_no_other_command_imports_django(tmp_path):
    program = (
        "import sys; from engagecheck.cli import run; "
        "codes = [run(['--help']), run(['audit', sys.argv[1], '-f', 'json=report.json'])]; "
        "print([int(code) for code in codes], [name for name in sys.modules if name.split('.')[0] in ('django', 'waitress', 'whitenoise', 'platformdirs')])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(EXAMPLES / "sound.json")], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.splitlines()[-1] == "[0, 0] []"
