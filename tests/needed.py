"""Programs that some tests need: without them the tests skip with a reason, or fail where everything was prepared."""

import os
import shutil
from pathlib import Path

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PREPARED = "ENGAGECHECK_PREPARED"
"""Set where every program was installed beforehand: then nothing may be skipped for want of one."""


def program(*names: str) -> str:
    """The path of the first of these programs that is here."""
    for name in names:
        if found := shutil.which(name):
            return found
    if os.environ.get(PREPARED):
        pytest.fail(f"{names[0]} should have been installed, and is not")
    pytest.skip(f"{names[0]} is not installed")


def published(*parts: str) -> Path:
    """A file of published data, which is not shipped with the project."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the published data ({'/'.join(parts)}) is not here")
    return path
