"""The program inside others: the hook of pre-commit, the steps of the action, and the container. No runner of GitHub is used."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

import machine
from conftest import EXAMPLES, ROOT

BIN = Path(sys.executable).parent
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))


def ran(*words, **options):
    return subprocess.run([str(word) for word in words], capture_output=True, text=True, check=False, **options)


def done(*words, **options):
    """The same, for what must work."""
    process = ran(*words, **options)
    assert process.returncode == 0, process.stdout[-3000:] + process.stderr[-3000:]
    return process


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """The repository as it is now, without what is made from it."""
    made = shutil.ignore_patterns(".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "*.egg-info", "build")
    return Path(shutil.copytree(ROOT, tmp_path_factory.mktemp("source") / "engagecheck", ignore=made))


def committed(folder):
    """Make a git repository of a folder, and give its commit."""
    git = machine.program("git")
    done(git, "init", "-q", folder)
    done(git, "-C", folder, "add", "-A")
    done(
        git,
        "-C",
        folder,
        "-c",
        "user.name=x",
        "-c",
        "user.email=x@example.org",
        "-c",
        "commit.gpgsign=false",
        "commit",
        "-q",
        "-m",
        "x",
    )
    return done(git, "-C", folder, "rev-parse", "HEAD").stdout.strip()


def test_the_action_and_the_hooks_have_the_form_of_their_schemas():
    done(BIN / "check-jsonschema", "--builtin-schema", "vendor.github-actions", ROOT / "action.yml")
    done(BIN / "pre-commit", "validate-manifest", ROOT / ".pre-commit-hooks.yaml")


def test_the_program_of_the_action_holds_no_text_from_outside():
    steps = ACTION["runs"]["steps"]
    assert len(steps) == 2
    assert all("${{" not in step["run"] for step in steps)
    assert all("uses" not in step for step in steps)
    given = {
        name for step in steps for value in step.get("env", {}).values() for name in re.findall(r"inputs\.([\w-]+)", value)
    }
    assert given == set(ACTION["inputs"])


def test_the_hooks_name_commands_of_the_program(run):
    assert [hook["entry"].split()[0] for hook in HOOKS] == ["engagecheck"] * 2
    for hook in HOOKS:
        assert run(*hook["entry"].split()[1:], EXAMPLES / "sound.json").returncode == 0
        for name, is_one in (
            ("profile.json", True),
            ("a/profile-2026.xlsx", True),
            ("package.json", False),
            ("my-profile.json", False),
            ("profile.json.bak", False),
        ):
            assert bool(re.search(hook["files"], name)) == is_one


def performed(folder, temporary, source, **inputs):
    """Perform the steps of the action as a runner does. Gives the last step, its outputs and its summary."""
    given = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()} | inputs
    files = {name: temporary / name for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")}
    for path in files.values():
        path.write_text("")
    usual = {
        **os.environ,
        "RUNNER_TEMP": str(temporary),
        "GITHUB_ACTION_PATH": str(source),
        **{name: str(path) for name, path in files.items()},
    }
    for step in ACTION["runs"]["steps"]:
        if step["name"] == "Install" and (temporary / "engagecheck").exists():
            continue
        own = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) }}", lambda found: given[found[1]], text)
            for name, text in step.get("env", {}).items()
        }
        process = ran("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"], cwd=folder, env={**usual, **own})
        if process.returncode:
            break
    return process, files["GITHUB_OUTPUT"].read_text(), files["GITHUB_STEP_SUMMARY"].read_text()


@pytest.mark.exhaustive
def test_the_steps_of_the_action_audit_and_end_as_the_program_does(tmp_path, source):
    machine.package_index()
    temporary, folder = tmp_path / "temporary", tmp_path / "work"
    temporary.mkdir()
    folder.mkdir()
    shutil.copy(EXAMPLES / "sound.json", folder / "profile.json")
    shutil.copy(EXAMPLES / "harbour-vale.json", folder / "--odd $(touch taken) `touch taken`; .json")
    (folder / "engagecheck.toml").write_text('fail_on = "never"\nplugins = ["theirs"]\n')
    (folder / "theirs").mkdir()
    (folder / "theirs" / "bad.py").write_text("open('taken', 'w')\n")
    process, output, summary = performed(folder, temporary, source, profile="profile.json")
    assert (process.returncode, output) == (0, "code=0\n"), process.stderr
    assert summary.startswith("# Medical engagement")
    assert sorted(path.name for path in (folder / "engagecheck-reports").iterdir()) == [
        "report.html",
        "report.json",
        "report.sarif",
    ]
    for inputs, code in (
        ({"profile": "--odd $(touch taken) `touch taken`; .json", "reports": "$(touch taken)"}, 1), ({"profile": "missing.json"}, 3),
        ({"profile": "profile.json", "fail-on": "nothing; touch taken"}, 2), ({"profile": "profile.json", "reports": "profile.json/x"}, 1),
    ):  # fmt: skip
        process, output, _ = performed(folder, temporary, source, **inputs)
        assert process.returncode == code, (inputs, process.stderr)
        assert output in (f"code={code}\n", ""), inputs
    assert not list(folder.rglob("taken"))


@pytest.mark.exhaustive
def test_pre_commit_runs_the_hooks_from_a_repository(tmp_path, source):
    machine.package_index()
    revision = committed(source)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / ".pre-commit-config.yaml").write_text(
        yaml.safe_dump({"repos": [{"repo": str(source), "rev": revision, "hooks": [{"id": hook["id"]} for hook in HOOKS]}]})
    )
    shutil.copy(EXAMPLES / "sound.json", mine / "profile.json")
    (mine / "package.json").write_text("{}")
    committed(mine)
    env = {**os.environ, "PRE_COMMIT_HOME": str(tmp_path / "home"), "PRE_COMMIT_COLOR": "never"}
    good = ran(BIN / "pre-commit", "run", "--all-files", cwd=mine, env=env)
    assert good.returncode == 0, good.stdout
    assert good.stdout.count("Passed") == 2
    shutil.copy(EXAMPLES / "harbour-vale.json", mine / "profile.json")
    weak = ran(BIN / "pre-commit", "run", "--all-files", cwd=mine, env=env)
    assert weak.returncode == 1
    assert re.search(r"engagecheck validate\.+Passed", weak.stdout)
    assert "exit code 1: there are red flags" in weak.stdout
    (mine / "profile.json").write_text('{"organisation": {}}')
    wrong = ran(BIN / "pre-commit", "run", "--all-files", "engagecheck-validate", cwd=mine, env=env)
    assert wrong.returncode == 1
    assert "profile.json:1:" in wrong.stdout


@pytest.fixture
def buildah(tmp_path):
    """Buildah with a store of its own."""
    program = machine.program("buildah")
    if os.geteuid():
        machine.missing("containers are built by root here, and this is another user")

    def go(command, *words):
        apart = ("--isolation", "chroot") if command in ("bud", "run") else ()
        return done(
            program,
            "--root",
            tmp_path / "store",
            "--runroot",
            tmp_path / "run",
            "--storage-driver",
            "vfs",
            command,
            *apart,
            *words,
        ).stdout.strip()

    return go


@pytest.fixture
def base(tmp_path, buildah):
    """The name of an image of a small Debian, which holds the packages that the program needs, and takes no others."""
    machine.package_index()
    sources = Path("/etc/apt/sources.list.d/debian.sources")
    made = ran(
        machine.program("mmdebstrap"),
        "--variant=minbase",
        "--include=python3,python3-venv,ca-certificates",
        "bookworm",
        tmp_path / "base.tar",
        *([sources] if sources.exists() else []),
    )
    if made.returncode:
        machine.missing(f"no root file system could be made: {made.stderr[-500:]}")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    needed = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["office"],
    ]
    done(
        sys.executable,
        "-m",
        "pip",
        "download",
        "-q",
        "-d",
        tmp_path / "wheels",
        "--only-binary",
        ":all:",
        "--python-version",
        "3.11",
        *needed,
    )
    (tmp_path / "pip.conf").write_text("[global]\nno-index = true\nfind-links = /wheels\n")
    container = buildah("from", "scratch")
    for path, place in (
        (tmp_path / "base.tar", "/"),
        (tmp_path / "wheels", "/wheels"),
        (tmp_path / "pip.conf", "/etc/pip.conf"),
    ):
        buildah("add", "-q", container, path, place)
    buildah("commit", "-q", container, "base")
    return "localhost/base"


@pytest.mark.exhaustive
def test_the_container_file_is_built_and_its_command_audits(source, buildah, base):
    buildah(
        "bud",
        "-q",
        "--network",
        "host",
        "--build-arg",
        f"BASE={base}",
        "-f",
        source / "Containerfile",
        "-t",
        "engagecheck",
        source,
    )
    entry = buildah("inspect", "--format", "{{index .OCIv1.Config.Entrypoint 0}}", "localhost/engagecheck")
    container = buildah("from", "--pull-never", "localhost/engagecheck")
    for name in ("sound", "harbour-vale"):
        buildah("add", "-q", container, EXAMPLES / f"{name}.json", f"/profiles/{name}.json")
    assert buildah("run", container, "--", entry, "audit", "sound.json", "-f", "xlsx=tracker.xlsx").startswith(
        "Clearwater Hospitals"
    )
    assert buildah("run", container, "--", "ls", "/profiles").split() == ["harbour-vale.json", "sound.json", "tracker.xlsx"]
    assert "score 66 to 73 of 100" in buildah("run", container, "--", entry, "audit", "harbour-vale.json", "--fail-on", "never")
    assert "engagecheck" not in buildah("run", container, "--", "ls", "/").split()
