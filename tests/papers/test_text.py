import pytest
from wcwidth import wcswidth

from conftest import BARE, EXAMPLES
from engagecheck import AuditSettings, Style, run_audit
from engagecheck.papers.text_layout import wrapped
from engagecheck.rules.reporter import clean

HOSTILE = ["\x1b[31mred\x1b[0m", "a\u202eb", "bell\x07", "line\nbreak\ttab", "\u009b31m"]


def text(document, registry, **style):
    return registry.reporters["text"].render(run_audit(document, registry), Style(**style))


@pytest.mark.parametrize("width", [20, 60, 80, 100, 300])
@pytest.mark.parametrize("name", ["harbour-vale", "published/RR8", "published/RGD"])
def test_fits_the_width(name, width, bundled):
    widest = max(60, min(width, 110))
    for line in text(EXAMPLES / f"{name}.json", bundled, width=width).splitlines():
        assert wcswidth(line) <= widest, line


def test_opens_with_what_a_chair_reads_in_ten_seconds(bundled):
    lines = text(EXAMPLES / "published/RR8.json", bundled, width=80).splitlines()
    opening = "\n".join(lines[:90])
    order = ["Indicative rating", "could be: Sustaining", "questions not answered", "red flags:", "What to do next", "collect these first"]
    places = [opening.index(words) for words in order]
    assert places == sorted(places)
    assert "not an internal audit opinion" in " ".join(opening.split())


def test_the_board_never_reads_the_words_of_the_model(bundled):
    said = text(EXAMPLES / "harbour-vale.json", bundled, width=100).lower()
    for word in ("gate", "disposition", "yardstick", "not_met", "not_evidenced", "finding:"):
        assert word not in said.replace("delegate", "").replace("investigate", ""), word


def test_each_question_says_its_facts_with_their_lines(bundled):
    said = " ".join(text(EXAMPLES / "harbour-vale.json", bundled, width=100).split())
    assert "Chief executive (line 15)" in said
    assert "Exception: Diagnostics." in said
    assert "Withheld: the succession paper is being rewritten." in said


def test_ascii_and_colour(bundled):
    plain = text(EXAMPLES / "harbour-vale.json", bundled, ascii_only=True)
    assert plain.isascii()
    coloured = text(EXAMPLES / "harbour-vale.json", bundled, colour=True)
    bare = text(EXAMPLES / "harbour-vale.json", bundled)
    for code in ("\x1b[1m", "\x1b[31m", "\x1b[1;31m", "\x1b[1;32m", "\x1b[1;33m", "\x1b[0m"):
        coloured = coloured.replace(code, "")
    assert [line.rstrip() for line in coloured.splitlines()] == bare.splitlines()


@pytest.mark.parametrize("hostile", HOSTILE)
def test_no_text_of_a_profile_is_active(hostile, bundled):
    import json

    document = {**BARE, "organisation": {**BARE["organisation"], "name": f"Trust {hostile}"}}
    document["structure"] = {"divisions": {"of": 2, "entries": [{"name": hostile, "doctor_lead": False}]}}
    report = run_audit(document, bundled)
    said = bundled.reporters["text"].render(report, Style()) + bundled.reporters["json"].render(report, Style())
    assert not set(said) & set("\x1b\x07\u202e\u009b\t")
    assert hostile not in json.dumps(json.loads(bundled.reporters["json"].render(report, Style())), ensure_ascii=False)


@pytest.mark.parametrize("width", range(9, 40))
def test_a_percent_sign_stays_on_the_line_of_its_number(width):
    said = "How many were made on time? 101 of 110 (91.8 %) → 115 of 121 (95 %). 5 % or more."
    lines = wrapped(said, width)
    assert " ".join(lines) == said
    assert not any(line.startswith("%") for line in lines)


def test_clean_keeps_what_is_harmless():
    assert clean("Ysbyty Ŵ – 日本 👩‍⚕️\n(x)") == "Ysbyty Ŵ – 日本 👩‍⚕️ (x)"
    assert clean("\ud800") == "\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize("words", ["日本語の長い名前を持つ病院" * 4, "x" * 200, "medical-leadership-structure/leaders-paired-with-managers", ""])
def test_wrapping_counts_cells(words):
    lines = wrapped(words, 20)
    assert all(wcswidth(line) <= 20 for line in lines)
    assert "".join(lines) == words


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_what_was_required_stands_in_papers_only_where_something_was(form, bundled):
    for required, is_said in (({}, True), ({"fail_on": "never"}, False), ({"fail_on": "never", "min_coverage": 99}, True)):
        report = run_audit(EXAMPLES / "harbour-vale.json", bundled, AuditSettings(**required))
        assert ("What was required" in as_text(bundled.reporters[form].render(report, Style()))) is is_said, required


def as_text(rendered):
    return rendered.decode() if isinstance(rendered, bytes) else rendered
