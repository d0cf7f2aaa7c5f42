"""What several tests share: the examples, a sound profile, and the command line as a person runs it."""

import copy
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import hypothesis
import pytest

from engagecheck import Registry, cli, installed
from engagecheck.batch.worker import worker_for

hypothesis.settings.register_profile("any machine", deadline=None)  # how long an example takes depends on the machine
hypothesis.settings.load_profile("any machine")
# A shell starts what runs in the background with interrupts ignored, and tests interrupt programs that inherit this.
signal.signal(signal.SIGINT, signal.default_int_handler)
# Each of the hundreds of processes that tests start would compile the whole program again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# odfpy, which only tests use, brings defusedxml, and openpyxl would then read workbooks more slowly than for users. We refuse entities ourselves.
os.environ["OPENPYXL_DEFUSEDXML"] = "False"
pytest_plugins = ["browsing", "postgres", "pytester", "workplace"]
ROOT = Path(__file__).parent.parent
EXAMPLES = ROOT / "examples"
PROFILES = sorted(
    path
    for path in EXAMPLES.rglob("*.json")
    if path.stem not in ("accepted_gaps", "attestations") and path.relative_to(EXAMPLES).parts[0] != "plugins"
)
"""Every profile among the examples."""
SOUND = json.loads((EXAMPLES / "harbour-vale.json").read_text("utf-8"))
BARE = {"organisation": {"name": "A trust (invented)", "type": "nhs_trust", "country": "England"}, "as_of": "2025-03-31"}
ETR = '"R0X","VALE NHS TRUST","Y63",' + '"",' * 7 + '"20100401",' + '"",' * 15 + '""\n'
"""A row of the list of NHS trusts (etr.csv)."""


def pytest_collection_modifyitems(items):
    """Count the lines that quick single tests run. The others run the same ones thousands of times, at twice the time if they are counted."""
    for item in items:
        if item.get_closest_marker("exhaustive") or getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.no_cover)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item):
    """The processes that such a test starts are not counted either."""
    with pytest.MonkeyPatch.context() as patch:
        if item.get_closest_marker("no_cover"):
            patch.delenv("COVERAGE_PROCESS_CONFIG", raising=False)
        return (yield)


@pytest.fixture(scope="session")
def bundled() -> Registry:
    """The bundled rules alone."""
    return installed(third_party=False)


@pytest.fixture
def sound() -> dict:
    """The invented trust's profile as a document of one's own to change."""
    return copy.deepcopy(SOUND)


@pytest.fixture
def run_process(tmp_path):
    """Run the installed command as a process of its own in an empty directory, as a person does."""

    def go(*arguments, stdin=b"", env=None, cwd=tmp_path):
        return subprocess.run(
            [sys.executable, "-m", "engagecheck", *map(str, arguments)],
            input=stdin, capture_output=True, cwd=cwd, check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **(env or {})},
        )

    return go


def run_here(folder, *arguments, stdin=b""):
    """Run the command line in this process, in that folder. It takes a tenth of the time of a process of its own."""
    worker_for.cache_clear()  # a batch keeps what it has loaded as long as its process lives
    given = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True) for _ in range(2))
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "80")
        for name, stream in (("stdin", given), ("stdout", out), ("stderr", err)):
            patch.setattr(sys, name, stream)
        code = cli.run([str(one) for one in arguments])
    return subprocess.CompletedProcess(arguments, int(code), out.buffer.getvalue(), err.buffer.getvalue())


@pytest.fixture
def run(run_process, tmp_path):
    """Run the command line in this process; as a process of its own if it has an environment."""

    def go(*arguments, stdin=b"", env=None, cwd=tmp_path):
        return run_process(*arguments, stdin=stdin, env=env, cwd=cwd) if env else run_here(cwd, *arguments, stdin=stdin)

    return go
