"""A backup holds everything, also while somebody saves, and what is restored from it is the same. What is no backup is refused."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import zipfile
from hashlib import sha256

import pytest

from dumped import KEPT_FILES, Dumped, Workplace
from engagecheck import InputRefused, UsageRefused
from engagecheck.web.backup.making import back_up
from engagecheck.web.backup.restoring import restore
from engagecheck.web.folder import DATABASE_VARIABLE
from postgres import free_port, new_database
from walk import BEGIN, Person, served


@pytest.fixture
def workplace(tmp_path, both):
    return Dumped(tmp_path / "data", both)


@pytest.fixture
def empty(tmp_path, both, request):
    """A workplace of the same kind that is not there yet."""
    if DATABASE_VARIABLE in both:
        both = {**both, DATABASE_VARIABLE: new_database(request.getfixturevalue("server"), f"{tmp_path.name}again")}
    return Workplace(tmp_path / "again", both)


@pytest.fixture
def dump(tmp_path):
    """A workplace in a file, for what does not depend on the database."""
    return Dumped(tmp_path / "data", dict(os.environ))


def command(workplace, *words):
    words = [sys.executable, "-m", "engagecheck", "workplace", *map(str, words), "--folder", str(workplace.folder)]
    done = subprocess.run(words, capture_output=True, text=True, env=workplace.environment, check=False, timeout=120)
    return done.returncode, done.stderr


def rows(workplace):
    """Every row, as it is in any database, but for sessions."""

    def same(value):
        if isinstance(value, str) and value[:1] in ("{", "["):
            value = json.loads(value)
        if isinstance(value, dict | list):  # PostgreSQL sorts the names of what is JSON there
            return json.dumps(value, sort_keys=True)
        return str(value).removesuffix("+00:00") if hasattr(value, "year") else value

    tables = {name: held for name, held in workplace.tables().items() if name not in ("django_session", "sqlite_sequence")}
    return {name: sorted(repr({title: same(row[title]) for title in sorted(row)}) for row in held) for name, held in tables.items()}


def nothing_is_left(workplace):
    return not workplace.folder.exists() and (not workplace.address or workplace.tables() == {})


@pytest.mark.exhaustive
def test_everything_comes_back_and_what_was_removed_does_not(workplace, empty, tmp_path):
    target = tmp_path / "backup.zip"
    assert command(workplace, "backup", target) == (0, f"Written: {target} (3 files of evidence)\n")
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with zipfile.ZipFile(target) as archive:
        assert len(archive.namelist()) == 4
        assert all(b"names of patients" not in archive.read(name) for name in archive.namelist())
    assert {path.name for path in workplace.folder.iterdir()} <= {"files", "workplace.sqlite", "key"}
    code, said = command(empty, "restore", target)
    assert (code, said.count("\n")) == (0, 1), said
    assert rows(empty) == rows(workplace)
    files = [path.read_bytes() for path in (empty.folder / "files").rglob("*") if path.is_file()]
    assert sorted(files) == sorted(KEPT_FILES)
    assert {path.name for path in empty.folder.iterdir()} == {"key", "files", *(() if empty.address else ("workplace.sqlite",))}
    assert command(empty, "backup", tmp_path / "second.zip")[0] == 0
    assert rows_part(tmp_path / "second.zip") == rows_part(target)
    with served(empty.folder, environment=empty.environment, options=["--migrate"]):
        pass


def rows_part(target):
    """The name of the part with the rows, which is their digest."""
    with zipfile.ZipFile(target) as archive:
        (name,) = (one for one in archive.namelist() if one.startswith("rows/"))
        return name


@pytest.mark.exhaustive
def test_a_backup_goes_from_one_database_into_the_other(tmp_path, server):
    one = Dumped(tmp_path / "data", dict(os.environ))
    two = Workplace(tmp_path / "server", {**os.environ, DATABASE_VARIABLE: new_database(server, tmp_path.name)})
    three = Workplace(tmp_path / "file", dict(os.environ))
    for number, (source, target) in enumerate(((one, two), (two, three))):
        assert command(source, "backup", tmp_path / f"{number}.zip")[0] == 0
        assert command(target, "restore", tmp_path / f"{number}.zip")[0] == 0
    assert rows(three) == rows(one)
    for table in ("workplace_assessment", "workplace_approval"):
        assert [row["document"] for row in three.tables()[table]] == [row["document"] for row in one.before[table]]
    two.run("INSERT INTO workplace_organisation (name) VALUES ('One more')")
    assert [one["id"] for one in two.tables()["workplace_organisation"] if one["name"] == "One more"] == [5]


def test_only_rows_come_along_and_nothing_that_runs(workplace, empty, tmp_path):
    workplace.run("CREATE VIEW spy AS SELECT * FROM workplace_user", "CREATE INDEX spies ON workplace_user (password)")
    if workplace.address:
        workplace.run(
            "CREATE FUNCTION spying() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
            "CREATE TRIGGER spied BEFORE INSERT ON workplace_remark FOR EACH ROW EXECUTE FUNCTION spying()",
        )
    else:
        workplace.run("CREATE TRIGGER spied BEFORE INSERT ON workplace_remark BEGIN SELECT RAISE(IGNORE); END")
    assert command(workplace, "backup", tmp_path / "backup.zip")[0] == 0
    assert command(empty, "restore", tmp_path / "backup.zip")[0] == 0
    found = "SELECT relname FROM pg_class UNION SELECT tgname FROM pg_trigger" if empty.address else "SELECT name FROM sqlite_schema"
    with empty.opened() as connection:
        assert not [name for (name,) in connection.execute(found) if "sp" in name[:2]]
    assert rows(empty) == rows(workplace)


def test_nothing_is_overwritten(workplace, tmp_path):
    target = tmp_path / "backup.zip"
    assert command(workplace, "backup", target)[0] == 0
    code, said = command(workplace, "backup", target)
    assert (code, "is there already" in said) == (2, True)
    code, said = command(workplace, "restore", target)
    assert (code, "has a workplace already" in said) == (2, True)
    if workplace.address:
        before, other = rows(workplace), Workplace(tmp_path / "other", workplace.environment)
        code, said = command(other, "restore", target)
        assert (code, "is not empty" in said, other.folder.exists()) == (2, True, False)
        assert rows(workplace) == before


def test_without_a_workplace_there_is_no_backup_and_no_folder_either(tmp_path):
    with pytest.raises(UsageRefused, match="there is no workplace"):
        back_up(tmp_path / "mistyped", tmp_path / "backup.zip")
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_does_not_answer_is_one_sentence_without_a_password(workplace, tmp_path):
    nowhere = Workplace(workplace.folder, {**os.environ, DATABASE_VARIABLE: f"postgresql://someone:hidden@127.0.0.1:{free_port()}/nothing"})
    code, said = command(nowhere, "backup", tmp_path / "none.zip")
    assert (code, said.count("\n"), "hidden" in said) == (2, 1, False), said
    assert command(workplace, "backup", tmp_path / "backup.zip")[0] == 0
    nowhere.folder = tmp_path / "again"
    code, said = command(nowhere, "restore", tmp_path / "backup.zip")
    assert (code, said.count("\n"), "hidden" in said) == (2, 1, False), said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup.zip", "data"]


def test_a_file_of_evidence_that_was_changed_or_lost_is_said_and_no_backup_is_left(dump, tmp_path):
    path = next(one for one in (dump.folder / "files").rglob("*") if one.is_file())
    path.write_bytes(b"changed")
    with pytest.raises(InputRefused, match="was changed"):
        back_up(dump.folder, tmp_path / "backup.zip")
    path.unlink()
    with pytest.raises(InputRefused, match="is not in the folder"):
        back_up(dump.folder, tmp_path / "backup.zip")
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def test_a_database_that_is_damaged_is_not_backed_up(dump, tmp_path):
    path = dump.folder / "workplace.sqlite"
    path.write_bytes(path.read_bytes()[:-50_000])
    with pytest.raises(InputRefused, match="cannot be read as the database"):
        back_up(dump.folder, tmp_path / "backup.zip")
    assert [one.name for one in tmp_path.iterdir()] == ["data"]


def repacked(source, target, change):
    """The same backup with other parts. A change of the rows alone is named by its new digest, so that nothing else is wrong."""
    with zipfile.ZipFile(source) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def file_in(parts):
    return next(name for name in parts if name.startswith("files/"))


def rows_in(parts):
    return next(name for name in parts if name.startswith("rows/"))


def renamed(parts, content):
    parts.pop(rows_in(parts))
    parts[f"rows/{sha256(content).hexdigest()}"] = content


@pytest.mark.parametrize(("change", "said"), [
    (lambda parts: parts.pop(rows_in(parts)), "is not a backup"),
    (lambda parts: parts.update({f"rows/{'0' * 64}": b""}), "is not a backup"),
    (lambda parts: parts.update({rows_in(parts): parts[rows_in(parts)][:-5000]}), "the database in it was changed"),
    (lambda parts: parts.update({rows_in(parts): parts[rows_in(parts)].replace(b"Head of people", b"Head of nobody")}), "the database in it was changed"),
    (lambda parts: renamed(parts, b"no rows"), "the database in it cannot be read"),
    (lambda parts: renamed(parts, b"[1]\n"), "the database in it cannot be read"),
    (lambda parts: renamed(parts, parts[rows_in(parts)].replace(b'"table": "workplace_user"', b'"table": "a\\"; DROP TABLE b"')), "the database in it cannot be read"),
    (lambda parts: parts.pop(file_in(parts)), "files of evidence are missing"),
    (lambda parts: parts.update({file_in(parts): b"changed"}), "a file of evidence in it was changed"),
    (lambda parts: parts.update({"../escaped": b"x"}), "is not a backup"),
    (lambda parts: parts.update({"files/1/../../../escaped": b"x"}), "is not a backup"),
    (lambda parts: parts.update({"/escaped": b"x"}), "is not a backup"),
    (lambda parts: parts.update({f"files/9/{sha256(b'x').hexdigest()}": b"x"}), "missing or too many"),
], ids=["no rows", "rows twice", "cut", "row altered", "no JSON", "no table", "a name that is none", "file lost", "file changed", "up", "up inside", "absolute", "unknown file"])  # fmt: skip
def test_a_backup_whose_parts_are_not_right_restores_nothing(dump, tmp_path, change, said):
    back_up(dump.folder, tmp_path / "backup.zip")
    repacked(tmp_path / "backup.zip", tmp_path / "bad.zip", change)
    with pytest.raises(InputRefused, match=rf"bad\.zip: .*{said}"):
        restore(tmp_path / "bad.zip", tmp_path / "again")
    assert not (tmp_path / "again").exists()
    assert not (tmp_path / "escaped").exists()


def without(begin):
    """A change of the lines: without those that begin like this."""
    return lambda lines: [one for one in lines if not one.startswith(begin)]


def with_another(pattern, replacement):
    """A change of the lines: the first that a pattern is found in gets another text there."""

    def change(lines):
        number = next(number for number, one in enumerate(lines) if re.search(pattern, one))
        return [*lines[:number], re.sub(pattern, replacement, lines[number], count=1), *lines[number + 1 :]]

    return change


@pytest.mark.exhaustive
@pytest.mark.parametrize(("change", "said"), [
    (lambda lines: [*lines, b'{"table": "spy", "columns": ["id"], "last": 0}\n'], "its table spy is not one of the workplace"),
    (without(b'{"table": "workplace_meeting"'), "the database in it cannot be read"),
    (lambda lines: [one for one in lines if b'"table": "auth_group_permissions"' not in one], "its tables auth_group_permissions are missing"),
    (lambda lines: [*lines, next(one for one in lines if b'"table": "auth_group"' in one)], "its table auth_group is not one"),
    (with_another(rb'"columns": \["digest", ', b'"columns": ["digests", '), "its table workplace_code is not one"),
    (with_another(rb'"workplace", "0001_first"', b'"workplace", "9999_later"'), "was made by a later version of engagecheck"),
    (with_another(rb'"auth", "0002_\w+"', b'"auth", "0001_initial"'), "migrations are missing"),
    (with_another(rb'^\[1, ("Harbour[^"]*"\])', rb'[99, \1'), "rows in it do not go together"),
], ids=["table added", "rows without a table", "table dropped", "table twice", "column renamed", "unknown migration", "missing migration", "row without its owner"])  # fmt: skip
def test_rows_that_are_not_those_of_a_workplace_restore_nothing(workplace, empty, tmp_path, change, said):
    back_up_by(workplace, tmp_path / "backup.zip")

    def changed(parts):
        renamed(parts, b"".join(change(parts[rows_in(parts)].splitlines(keepends=True))))

    repacked(tmp_path / "backup.zip", tmp_path / "bad.zip", changed)
    code, found = command(empty, "restore", tmp_path / "bad.zip")
    assert (code, found.count("\n"), said in found) == (3, 1, True), found
    assert nothing_is_left(empty)


def back_up_by(workplace, target):
    """A backup in this process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(DATABASE_VARIABLE, workplace.address or "")
        back_up(workplace.folder, target)


@pytest.mark.parametrize("content", [b"", b"no archive", b"PK\x03\x04 cut"])
def test_a_file_that_is_no_backup_is_refused_in_one_sentence(run, tmp_path, content):
    (tmp_path / "bad.zip").write_bytes(content)
    done = run("workplace", "restore", "bad.zip", "--folder", tmp_path / "again")
    assert done.returncode == 3
    assert done.stderr.decode() == "bad.zip: is not a backup of a workplace, or is damaged\n"
    assert run("workplace", "restore", "none.zip", "--folder", tmp_path / "again").returncode == 3
    assert not (tmp_path / "again").exists()


def test_a_refused_backup_leaves_a_folder_as_it_was(dump, tmp_path):
    back_up(dump.folder, tmp_path / "backup.zip")
    repacked(tmp_path / "backup.zip", tmp_path / "bad.zip", lambda parts: renamed(parts, parts[rows_in(parts)].replace(b"0001_first", b"9999_later")))
    folder = Workplace(tmp_path / "again", dict(os.environ))
    folder.folder.mkdir(mode=0o700)
    (folder.folder / "key").write_text("k" * 60)
    (folder.folder / "key").chmod(0o600)
    assert command(folder, "restore", tmp_path / "bad.zip")[0] == 3
    assert [(one.name, one.read_text()) for one in folder.folder.iterdir()] == [("key", "k" * 60)]


@pytest.mark.exhaustive
def test_a_backup_is_made_while_the_program_runs_and_served_again(run, tmp_path):
    with served(tmp_path / "data") as process:
        person = Person(process)
        person.send("/begin", BEGIN)
        person.send("/assessments/1/questions/appraisal", {"v:appraisal/connected": "400", "w:appraisal/connected": ""})
        done = run("workplace", "backup", "b.zip", "--folder", tmp_path / "data")
        assert (done.returncode, done.stderr) == (0, b"Written: b.zip (0 files of evidence)\n")
    shutil.rmtree(tmp_path / "data")
    assert command(Workplace(tmp_path / "again", dict(os.environ)), "restore", tmp_path / "b.zip")[0] == 0
    with served(tmp_path / "again") as process:
        profile = json.loads(Person(process).read("/assessments/1/profile.json"))
    assert profile["appraisal"] == {"connected": 400}
