"""What several tests share: the examples, a sound profile, and the command line as a person runs it."""

import copy
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from engagecheck import Registry, installed

pytest_plugins = ["browsing", "pytester"]
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


@pytest.fixture(scope="session")
def bundled() -> Registry:
    """The bundled rules alone."""
    return installed(third_party=False)


@pytest.fixture
def sound() -> dict:
    """The invented trust's profile as a document of one's own to change."""
    return copy.deepcopy(SOUND)


@pytest.fixture
def run(tmp_path):
    """Run the installed command in an empty directory, as a person would."""

    def go(*arguments, stdin=b"", env=None, cwd=tmp_path):
        return subprocess.run(
            [sys.executable, "-m", "engagecheck", *map(str, arguments)],
            input=stdin, capture_output=True, cwd=cwd, check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "80", **(env or {})},
        )

    return go
