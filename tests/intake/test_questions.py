"""One question list: every field of the profile asks, explains itself, and says where it is usually found."""


import pytest

from conftest import ROOT as PROJECT
from engagecheck.intake.importers.views import ITEMS
from engagecheck.intake.questions import Question, all_questions, leaves, questions_of_the_audit
from engagecheck.intake.questions.kinds import Kind, NotAnAnswer
from engagecheck.intake.writing import guide
from engagecheck.model.dates import date_typed
from engagecheck.model.labels import day
from engagecheck.model.schema import NOT_FACTS, resolved, schema
from typed import COUNTS, DATES, PERCENTAGES

ROOT = schema("profile")
DOCS = PROJECT / "docs"
LEAVES = {pointer: leaf for question in all_questions() for pointer, leaf in leaves(question, f"/{question.name}")}


@pytest.mark.parametrize("pointer", LEAVES)
def test_every_field_asks_a_question_and_explains_it(pointer):
    field = LEAVES[pointer]
    assert field.text.endswith("?") or field.text in ("Notes", "Short reference, for example E1")
    assert field.help.endswith(".")
    assert field.found_in or pointer in ("/as_of", "/note") or pointer.startswith("/evidence/")  # nobody finds these elsewhere
    if field.kind in (Kind.WHOLE, Kind.NUMBER):
        assert field.unit
    if field.kind is Kind.CHOICE:
        assert list(field.answers) == field.schema.get("enum", list(questions_of_the_audit()))
        assert len(set(field.answers.values())) == len(field.answers)
    if field.kind in (Kind.TEXT, Kind.DATE, Kind.DAY, Kind.VALUE, Kind.IDS):
        assert field.schema["examples"]


@pytest.mark.parametrize("pointer", [one for one in LEAVES if LEAVES[one].schema.get("examples")])
def test_every_example_is_an_answer(pointer):
    field = LEAVES[pointer]
    for example in field.schema["examples"]:
        assert field.complaint(example) == ""
        assert field.read(field.show(example)) == example


def facts(part, pointer=""):
    part = resolved(part, ROOT)
    for name, about in part.get("properties", {}).items():
        if name not in ("$schema", "evidence_for", "withheld", "extensions", "not_for_publication", "covers", "last_year"):
            yield from facts(about, f"{pointer}/{name}")
    for name in ("items", "additionalProperties"):
        if isinstance(part.get(name), dict) and part.get("type") != "string" and not pointer.endswith("/evidence"):
            yield from facts(part[name], f"{pointer}/*")
    if "properties" not in part and "additionalProperties" not in part and not ("items" in part and "properties" in resolved(part["items"], ROOT)):
        yield pointer.replace("/entries/*", "/entries/*")


def test_no_field_of_the_schema_is_left_out():
    asked = {pointer.replace("/*", "") for pointer in LEAVES}
    found = {pointer.replace("/*", "") for pointer in facts(ROOT)}
    assert {one for one in found if not one.startswith("/evidence")} == {one for one in asked if not one.startswith("/evidence/")}
    register = ROOT["$defs"]["evidence"]["properties"]
    assert {f"/evidence/*/{name}" for name in register} == {one for one in LEAVES if one.startswith("/evidence/")}


def test_the_items_of_the_questionnaire_are_offered():
    assert ROOT["$defs"]["group"]["properties"]["items"]["x-keys"] == [item.id for item in ITEMS]


def question(kind, **schema_part):
    return Question("q", kind, "Q", "Q?", "", "", "", False, schema_part)


@pytest.mark.parametrize(
    ("asked", "text", "value"),
    [
        (question(Kind.YES_NO), "Yes", True), (question(Kind.YES_NO), " n ", False), (question(Kind.YES_NO), "not known", None),
        (question(Kind.WHOLE), "12", 12), (question(Kind.NUMBER), "2.50", 2.5), (question(Kind.NUMBER), "-3", -3), (question(Kind.TEXT), "  ", None),
        (question(Kind.DATE), "2024-02-29", "2024-02-29"), (question(Kind.DATE), "2023-02", "2023-02"), (question(Kind.IDS), "A, B;C\nD,", ["A", "B", "C", "D"]),
        (question(Kind.VALUE), "48.5", 48.5), (question(Kind.VALUE), "yes", True), (question(Kind.VALUE), "some", "some"),
        (question(Kind.CHOICE, **{"x-answers": {"a_b": "A and B"}}), "a AND b", "a_b"), (question(Kind.CHOICE, **{"x-answers": {"a_b": "A and B"}}), "a_b", "a_b"),
    ],
)  # fmt: skip
def test_what_is_typed_is_read(asked, text, value):
    read = asked.read(text)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("asked", "text", "words"),
    [
        (question(Kind.YES_NO), "maybe", "yes or no"), (question(Kind.WHOLE), "twelve", "not a number"), (question(Kind.NUMBER), "1_000", "not a number"),
        (question(Kind.NUMBER), "nan", "not a number"), (question(Kind.NUMBER), "١٢", "not a number"), (question(Kind.DATE), "14/13/2023", "31 March 2026"), (question(Kind.DATE), "2023-02-30", "not a date"),
        (question(Kind.DAY, **{"x-date": "day"}), "2023-02", "not exact enough"), (question(Kind.CHOICE, **{"x-answers": {"a": "Alpha"}}), "alpah", "did you mean 'Alpha'"),
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused_with_what_to_write(asked, text, words):
    with pytest.raises(NotAnAnswer, match=words):
        asked.read(text)


@pytest.mark.parametrize(("text", "meant"), DATES)
def test_a_date_is_understood_as_people_type_it_and_shown_in_words(text, meant):
    if meant is None:
        with pytest.raises(ValueError, match=r".+"):
            date_typed(text)
    else:
        assert date_typed(text) == meant
        assert date_typed(day(meant)) == meant


@pytest.mark.parametrize(
    ("kind", "unit", "text", "meant"), [*((Kind.NUMBER, "per cent", *one) for one in PERCENTAGES), *((Kind.WHOLE, "doctors", *one) for one in COUNTS)]
)
def test_a_number_is_understood_as_people_type_it(kind, unit, text, meant):
    asked = Question("q", kind, "Q", "Q?", "", unit, "", False, {})
    if meant is None:
        with pytest.raises(NotAnAnswer):
            asked.read(text)
    else:
        assert asked.read(text) == meant


def test_nothing_beside_the_facts_is_asked_as_a_fact():
    assert not {one.name for one in LEAVES.values()} & {"withheld", "evidence_for", "$schema"}
    assert {"note", "evidence"} <= set(NOT_FACTS)


def test_the_page_of_questions_is_current():
    assert (DOCS / "profile.md").read_text("utf-8") == guide(), "run: engagecheck schema profile --markdown > docs/profile.md"
