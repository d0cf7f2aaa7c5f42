"""What stands for modules until they are needed says what they say, and gives way to them."""

import difflib
import inspect
import locale
import platform
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engagecheck.model import late

LATER = {module.__name__: module for module in late._LATER}


@pytest.mark.parametrize("text", ["", "One line.", "  One line.  ", "\tOne\tline.", "Two\n    lines\n  each\n", "\n\n  One.\n"])
def test_a_text_is_cleaned_as_by_inspect(text):
    assert late.inspect.cleandoc(text) == inspect.cleandoc(text)


WORDS = st.text("-abf", max_size=9)


@given(WORDS, st.lists(WORDS, max_size=8), st.integers(1, 4), st.sampled_from([0.2, 0.6, 0.9]))
def test_near_words_are_found_as_by_difflib(word, known, most, cutoff):
    assert LATER["difflib"].get_close_matches(word, known, most, cutoff) == difflib.get_close_matches(word, known, most, cutoff)


@pytest.mark.parametrize("name", ["C", "C.UTF-8", "en_GB.UTF-8", "de_DE", "nonsense"])
def test_a_language_is_called_as_by_locale(name):
    assert LATER["locale"].normalize(name) == locale.normalize(name)


@pytest.mark.skipif("platform" not in LATER, reason="no uname here, so nothing stands for platform")
def test_the_system_is_called_as_by_platform():
    assert LATER["platform"].system() == platform.system()


def told_by(code):
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return done.returncode, done.stdout.strip(), done.stderr.strip()


USED = """
import engagecheck.cli, sys
import inspect, platform, locale, difflib, pickle
from datetime import date, datetime, timezone
assert pickle.loads(pickle.dumps(date(2025, 3, 31))) == date(2025, 3, 31)
assert datetime.strptime("2025-03-31", "%Y-%m-%d").replace(tzinfo=timezone.utc).year == 2025
import datetime as whole
assert whole.date is date and whole.MAXYEAR == 9999
assert str(inspect.signature(lambda one, *more: 0)) == "(one, *more)"
assert platform.python_version() and locale.getpreferredencoding() and difflib.SequenceMatcher(None, "a", "a").ratio() == 1
assert all(type(sys.modules[name]).__name__ == "module" for name in ("inspect", "platform", "locale", "difflib"))
print("used")
"""
LIKE_ANY_OTHER = {
    "by star": "from inspect import *; from platform import *; from locale import *; from difflib import *; assert signature and node and setlocale and ndiff",
    "its source": "import inspect; assert 'def signature' in inspect.getsource(inspect)",
    "found": "from importlib.util import find_spec; assert all(find_spec(name) for name in ('inspect', 'platform', 'locale', 'difflib', 'datetime'))",
    "loaded again": "import inspect, platform; from importlib import reload; assert reload(platform) is platform and reload(inspect).isroutine(print)",
    "its parts": "import platform, inspect; assert platform.__version__ and inspect.__file__.endswith('.py') and 'signature' in dir(inspect)",
    "patched": "import platform; from unittest import mock\nwith mock.patch('platform.system', return_value='Windows'):\n    import platform as same; same.python_version(); from platform import system; assert system() == same.system() == 'Windows'\nassert platform.system() != 'Windows'",
    "the same": "import sys, inspect\nbefore = inspect\ninspect.signature(print); import inspect\nassert before is inspect is sys.modules['inspect'] is __import__('click').core.inspect",
    "by many": "import sys, inspect\nfrom concurrent.futures import ThreadPoolExecutor as Pool\nsys.setswitchinterval(1e-7)\nassert set(Pool(4).map(lambda _: str(inspect.signature(lambda one: 0)), range(8))) == {'(one)'}",
}  # fmt: skip


@pytest.mark.parametrize("code", LIKE_ANY_OTHER.values(), ids=LIKE_ANY_OTHER)
def test_it_is_a_module_like_any_other(code):
    assert told_by(f"import engagecheck.cli\n{code}") == (0, "", "")


def test_whoever_uses_more_of_a_module_has_all_of_it():
    assert told_by(USED) == (0, "used", "")


def test_where_the_module_is_there_already_nothing_is_run_a_second_time():
    code = "import inspect, sys; from engagecheck import late; assert late.inspect is not inspect; assert late.inspect.Signature is inspect.Signature"
    assert told_by(code) == (0, "", "")


def test_a_module_that_is_there_already_stays():
    assert told_by("import inspect, engagecheck.cli, sys; print(sys.modules['inspect'] is inspect, type(inspect).__name__)")[1] == "True module"


def test_help_and_suggestions_are_those_of_click():
    code, shown, _ = told_by("from engagecheck.cli import main; main(['audit', '--help'])")
    assert (code, "Several profiles, folders, or JSON Lines" in shown) == (0, True)
    code, _, complaint = told_by("from engagecheck.cli import main; main(['audit', 'x.json', '--as-off', '2025-01-01'])")
    assert (code, "--as-of" in complaint) == (2, True)
