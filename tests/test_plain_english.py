"""Outputs, questions, messages and pages read easily: short sentences, everyday words, and no codes where words belong."""

import ast
import io
import json
import re
import tokenize
from html import unescape

import click
import pytest

from conftest import BARE, EXAMPLES, ROOT
from engagecheck import InputRefused, Style, installed, load_profile, run_audit
from engagecheck.analysis.whatif import what_if
from engagecheck.cli import engagecheck as program
from engagecheck.intake.questions import all_questions, leaves
from engagecheck.papers import comparison_text
from reading import CODE, UNWANTED, mean_length, prose_of_markdown, sentences
from reporters_varied import full

REGISTRY = installed(third_party=False)
MOST = 18
"""The most words of a sentence, on average. GOV.UK asks for 25 as the limit of a single one."""
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md", ROOT / "CONTRIBUTING.md"])
PROFILES = [EXAMPLES / "harbour-vale.json", EXAMPLES / "sound.json", *sorted((EXAMPLES / "flawed").glob("*.json")), BARE]
TEMPLATES = sorted(path for path in (ROOT / "src").rglob("*") if path.suffix in (".html", ".j2", ".js", ".css") and ".min." not in path.name)
"""The pages that people see in a browser, with their scripts and style sheets."""
QUESTIONS = [leaf for question in all_questions() for _, leaf in leaves(question, f"/{question.name}")]
CRITERIA = [criterion for rule in REGISTRY.rules.values() for criterion in rule.criteria]
RULE_TEXTS = [
    *(text for rule in REGISTRY.rules.values() for text in (rule.title, rule.why)),
    *(text for one in CRITERIA for text in (one.question, one.label, one.show)),
    *(text for one in CRITERIA for advice in one.recommend for text in (advice.text, advice.success)),
]


def commands(command):
    """A command with every command below it."""
    yield command
    if isinstance(command, click.Group):
        for name in command.list_commands(None):
            yield from commands(command.get_command(None, name))


def remarks(path):
    """The docstrings and comments of a module."""
    source = path.read_text("utf-8")
    texts = [node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)]
    yield from (part for text in texts if isinstance(text.value, str) for part in prose_of_markdown(text.value))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and not re.match(r"#[ :]*(?:noqa|type:|fmt:|pragma|!)", token.string):
            yield token.string.lstrip("#: ")


SOURCE_TEXTS = [text for one in REGISTRY.sources.values() for text in (one.seen, *one.parts.values())]
HELP = [text for one in commands(program) for text in (one.help, *(getattr(option, "help", "") for option in one.params)) if text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_short_sentences_and_no_unwanted_words(page):
    text = page.read_text("utf-8")
    assert mean_length(prose_of_markdown(text)) <= MOST
    assert UNWANTED.findall(text) == []


@pytest.mark.parametrize(
    "texts", [RULE_TEXTS, SOURCE_TEXTS, [one.text for one in QUESTIONS], [one.help for one in QUESTIONS], HELP],
    ids=["rules", "sources", "questions", "help of questions", "help of commands"],
)
def test_texts_are_short_and_plain(texts):
    assert mean_length(texts) <= MOST
    assert [text for text in texts if UNWANTED.search(text)] == []


@pytest.mark.parametrize("folder", ["plugins", "src"])
def test_docstrings_and_comments_are_short_and_plain(folder):
    texts = {text: path.name for path in sorted((ROOT / folder).rglob("*.py")) for text in remarks(path)}
    assert len(texts) > 100
    assert mean_length(texts) <= MOST
    assert [(name, text) for text, name in texts.items() if UNWANTED.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_pages_and_their_scripts_have_no_unwanted_words(path):
    assert UNWANTED.findall(path.read_text("utf-8")) == []


@pytest.mark.parametrize("one", CRITERIA, ids=lambda one: one.id)
def test_a_question_stands_alone_and_can_be_answered(one):
    assert not re.search(r"\b(?:it|its|them|this)\b", one.question.lower()), one.question
    assert not re.search(r"\balmost no\b|\bnot un|\bno \w+ (?:without|miss)|\bfail(?:s|ed)? to not\b", one.question.lower()), one.question
    for advice in one.recommend:
        assert max(len(sentence.split()) for sentence in sentences([advice.text])) <= 25, advice.text
        assert not re.match(r"(?:It|This|They|Not|Of|By which)\b", advice.text)


def test_a_question_of_the_form_names_what_it_asks_about():
    assert [one.text for one in QUESTIONS if re.search(r"\b(?:it|they)\b", one.text.lower())] == []


@pytest.mark.parametrize("name", ["summary", "text", "markdown"])
@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: getattr(one, "stem", "bare"))
def test_a_report_has_short_sentences_and_no_unwanted_words(profile, name):
    report = run_audit(profile, REGISTRY)
    text = REGISTRY.reporters[name].render(report, Style(width=2000))
    assert mean_length(text.splitlines()) <= MOST
    assert UNWANTED.findall(text) == []


@pytest.mark.parametrize("profile", PROFILES, ids=lambda one: getattr(one, "stem", "bare"))
def test_the_screen_and_the_messages_name_facts_by_the_words_of_the_form(profile):
    report = run_audit(profile, REGISTRY)
    assert CODE.findall(REGISTRY.reporters["summary"].render(report, Style())) == []
    for finding in report.findings:
        for one in finding.criteria:
            assert CODE.findall(f"{one.message} {one.value_text} {one.yardstick.text} {one.show}") == [], one.id


@pytest.mark.parametrize("profile", PROFILES[:2], ids=lambda one: one.stem)
def test_the_page_names_facts_by_the_words_of_the_form(profile):
    page = REGISTRY.reporters["html"].render(run_audit(profile, REGISTRY), Style())
    seen = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL)
    assert CODE.findall(seen) == []


def test_the_page_names_questions_in_words_apart_from_the_row_for_an_auditor():
    report = full()
    page = re.sub("<dt>Question’s name</dt><dd>[^<]*", "", unescape(REGISTRY.reporters["html"].render(report, Style())))
    text = re.sub(r"<(script|style|svg).*?</\1>|<[^>]+>", "\n", page, flags=re.DOTALL)
    assert report.deviations
    assert report.expiring
    assert [one for one in report.results if one in text] == []


def test_what_would_change_the_result_has_short_sentences():
    text = comparison_text.what_if(what_if(run_audit(EXAMPLES / "harbour-vale.json", REGISTRY)), Style(width=2000))
    assert mean_length(text.splitlines()) <= MOST
    assert UNWANTED.findall(text) == []


WRONG = [
    {"as_of": "31/13/2026"}, {"organisation": {**BARE["organisation"], "founded": "2027-01-01"}}, {"ledership": {}},
    {"structure": {"divisions": {"of": 1, "entries": [{"name": "A"}, {"name": "B"}]}}}, {"talent": {"succession": {"of": 3, "count": 4}}},
    {"learning": {"external_review_on": "2030-01"}}, {"talent": {"chief_registrar_time": "much"}}, {"talent": {"leadership_strategy": None}},
    {"commitment": {"voting_doctors": -1, "evidence": ["E9"]}}, {"strategy": {"improvement_at_induction": "most"}},
]


@pytest.mark.parametrize("change", WRONG, ids=json.dumps)
def test_a_mistake_is_named_in_a_short_plain_sentence(change):
    with pytest.raises(InputRefused) as refused:
        load_profile({**BARE, **change})
    for line in refused.value.complaints:
        assert UNWANTED.findall(line) == []
        assert len(line.split()) <= 40
