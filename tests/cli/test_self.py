"""The checklist for medical leaders on the terminal."""

import os
import pty
import subprocess
import sys

import pytest

from engagecheck import ExitCode, installed
from engagecheck.intake.self_check import ITEMS, Answer, self_check
from engagecheck.papers.self_check import WORDS

ALL = b"y\n" * len(ITEMS)


def section(page, title):
    """The lines below a heading of the page, as one text."""
    _, _, after = page.partition(f"\n{title}\n")
    assert after, title
    return " ".join(after.partition("\n\n")[0].lstrip("─").split())


def test_the_page_says_what_is_in_place_what_to_ask_and_where_to_begin(run, tmp_path):
    keys = ["y", "n", "partly", "d", "s", *["y"] * 3, "p", "n", *["YES"] * 6]
    done = run("self", stdin="\n".join(keys).encode())
    page = done.stdout.decode()
    assert done.returncode == 0
    in_place = section(page, WORDS["in_place"])
    assert ITEMS[0].text in in_place
    assert all(ITEMS[number].text not in in_place for number in (1, 2, 3, 4, 8, 9))
    asked = section(page, WORDS["to_ask"])
    assert asked.count("•") == 2
    assert f'{ITEMS[8].advice} I answered partly to "{ITEMS[8].text}"' in asked
    begin = section(page, WORDS["begin"])
    assert [begin.index(ITEMS[number].advice) for number in (1, 9, 2)] == sorted(begin.index(ITEMS[number].advice) for number in (1, 9, 2))
    assert f"Finding: {installed(third_party=False).rules[ITEMS[1].rule].title}." in begin
    assert section(page, WORDS["not_answered"]) == f"• {ITEMS[4].text}"
    assert section(page, WORDS["not_for_me"]) == f"• {ITEMS[3].text}"
    assert WORDS["later"] not in page
    assert "Derived from the published key findings" in page
    assert list(tmp_path.iterdir()) == []


def test_questions_go_to_standard_error_so_that_a_redirected_page_is_the_page_alone(run):
    done = run("self", stdin=ALL)
    assert done.stdout.decode().startswith(WORDS["title"])
    said = done.stderr.decode()
    titles = installed(third_party=False).rules
    for number, item in enumerate(ITEMS, 1):
        assert f"{number} of 16. {item.text}\n   Finding: {titles[item.rule].title}" in said


def test_going_back_keeps_or_changes_an_answer(run):
    done = run("self", stdin=b"b\ny\nn\nb\nb\n\np\n" + b"y\n" * 14)
    page = done.stdout.decode()
    assert "Your answer [no]" in done.stderr.decode()
    assert ITEMS[0].text in section(page, WORDS["in_place"])
    assert f'I answered partly to "{ITEMS[1].text}"' in section(page, WORDS["begin"])
    skipped = run("self", stdin=b"y\nb\ns\n" + b"y\n" * 15).stdout.decode()
    assert ITEMS[0].text in section(skipped, WORDS["not_answered"])


def test_what_is_no_answer_is_asked_again(run):
    done = run("self", stdin=b"maybe\n\xff\xfe\n10\n" + ALL)
    assert done.returncode == 0
    assert done.stderr.decode().count("Type y, p, n, d, s, b or q.") == 3
    assert "Answered: 16 of 16." in done.stdout.decode()


@pytest.mark.parametrize("keys", [b"q\n", b"y\n" * 15 + b"quit\n"])
def test_quitting_keeps_and_prints_nothing(run, tmp_path, keys):
    done = run("self", "--save", "mine.txt", stdin=keys)
    assert (done.returncode, done.stdout) == (0, b"")
    assert done.stderr.decode().endswith("Stopped. Nothing was kept.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("given", "number"), [(b"", 1), (b"y\nn", 3)])
def test_an_input_that_ends_is_refused_in_one_sentence(run, given, number):
    done = run("self", stdin=given)
    assert (done.returncode, done.stdout) == (ExitCode.INPUT, b"")
    last = done.stderr.decode().splitlines()[-1]
    assert last.startswith(f"self: the input ended at question {number} of 16")
    assert "engagecheck new self.html" in last


def test_a_closed_input_is_refused_in_one_sentence(tmp_path):
    command = f'"{sys.executable}" -m engagecheck self <&-'
    done = subprocess.run(["sh", "-c", command], capture_output=True, cwd=tmp_path, check=False)
    assert done.returncode == ExitCode.INPUT
    line = done.stderr.decode().splitlines()[-1]
    assert "standard input: cannot be read" in line


def test_control_d_on_a_terminal_stops(tmp_path):
    ours, theirs = pty.openpty()
    with subprocess.Popen([sys.executable, "-m", "engagecheck", "self"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path) as process:
        os.close(theirs)
        said = b""
        while b"Your answer" not in said:
            said += os.read(ours, 65536)
        os.write(ours, b"\x04")
        try:
            while part := os.read(ours, 65536):
                said += part
        except OSError:
            pass
        assert process.wait(timeout=20) == 0
    os.close(ours)
    assert b"Stopped. Nothing was kept." in said


def test_the_page_is_saved_only_when_asked_and_never_over_another_file(run, tmp_path):
    path = tmp_path / "mine.txt"
    done = run("self", "--save", "mine.txt", stdin=ALL)
    assert sys.platform == "win32" or (tmp_path / "mine.txt").stat().st_mode & 0o777 == 0o600
    assert done.returncode == 0
    assert path.read_bytes() == done.stdout
    path.write_text("something else")
    refused = run("self", "--save", "mine.txt", stdin=ALL)
    assert refused.returncode == ExitCode.OUTPUT
    assert refused.stdout == b""
    assert "1 of 16" not in refused.stderr.decode()  # refused before anything is asked
    assert path.read_text() == "something else"
    assert run("self", "--save", "mine.txt", "--overwrite", stdin=ALL).returncode == 0
    assert path.read_bytes() == done.stdout
    assert run("self", "--save", "no/such/folder.txt", stdin=ALL).returncode == ExitCode.OUTPUT


def test_nothing_answered_is_never_good_and_everything_in_place_is_never_finished(run):
    nothing = run("self", stdin=b"\n" * 16).stdout.decode()
    assert section(nothing, WORDS["in_place"]) == WORDS["nothing_in_place"]
    assert section(nothing, WORDS["begin"]) == WORDS["answer_rest"]
    everything = run("self", stdin=ALL).stdout.decode()
    assert section(everything, WORDS["begin"]) == WORDS["all_in_place"]
    assert self_check(dict.fromkeys((item.id for item in ITEMS), Answer.YES)).begin == ()


def test_new_writes_the_checklist_under_its_own_name_and_a_form_under_any_other(run, tmp_path):
    (tmp_path / "sub").mkdir()
    for name in ("self.html", "sub/Self.HTML"):
        done = run("new", name)
        assert done.returncode == 0
        assert "checklist for a medical leader" in done.stderr.decode()
        assert "Checklist for medical leaders" in (tmp_path / name).read_text("utf-8")
    before = (tmp_path / "self.html").read_bytes()
    assert run("new", "self.html").returncode == ExitCode.OUTPUT
    assert (tmp_path / "self.html").read_bytes() == before
    assert run("new", "my-self.html").stderr.decode().splitlines()[0] == "Written: my-self.html"
    assert "Profile for an audit" in (tmp_path / "my-self.html").read_text("utf-8")
    assert run("new", "sub/self.html", "--blank").returncode == ExitCode.USAGE
