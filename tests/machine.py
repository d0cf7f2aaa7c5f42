"""What this machine has, asked one by one: a test that needs something skips, with the reason, if it is not here."""

import glob
import os
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import NoReturn

import pytest

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
PREPARED = "ENGAGECHECK_PREPARED"
"""Set if every program was installed beforehand: then nothing may be skipped for want of one."""


def missing(reason: str) -> NoReturn:
    """Skip a test because something is not here; fail if it should have been installed."""
    if os.environ.get(PREPARED):
        pytest.fail(f"{reason}, and it should be")
    pytest.skip(reason)


def program(*names: str) -> str:
    """The path of the first of these programs that is here."""
    for name in names:
        if path := shutil.which(name):
            return path
    missing(f"{names[0]} is not installed")


def libreoffice(part: str) -> str:
    """LibreOffice with one of its programs, such as calc or writer."""
    office = program("soffice", "libreoffice")
    if not glob.glob(f"/usr/lib*/libreoffice/program/s{part}"):  # noqa: PTH207
        missing(f"LibreOffice is installed without {part}")
    return office


def java() -> str:
    """A Java that runs. On some systems a program of that name only says how to install it."""
    path = program("java")
    if subprocess.run([path, "-version"], capture_output=True, check=False).returncode:
        missing("java is installed and does not run")
    return path


@cache
def _has_package_index() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        words = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "-d", folder, "setuptools>=77"]
        return subprocess.run(words, capture_output=True, check=False).returncode == 0


def package_index() -> None:
    """Skip if pip finds no packages from here."""
    if not _has_package_index():
        missing("pip reaches no index of packages")


@cache
def why_no_pdf() -> str:
    """Why no reproducible PDF can be made here; "" if one can."""
    try:
        from weasyprint.text.ffi import harfbuzz_subset
    except ImportError as error:
        return f"weasyprint is not installed ({error})"
    except OSError as error:
        return f"pango is not installed ({error})"
    return "" if harfbuzz_subset else "HarfBuzz-Subset is not installed, without which fonts in a PDF differ from run to run"


def pdf() -> None:
    """Skip if no reproducible PDF can be made here."""
    if reason := why_no_pdf():
        missing(reason)


def published(*parts: str) -> Path:
    """A file of published data, which is not shipped with the project."""
    path = DATA.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the published data ({'/'.join(parts)}) is not here")
    return path
