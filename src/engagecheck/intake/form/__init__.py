"""A profile as one self-contained web page to fill in. It needs no server and no network."""

from collections.abc import Mapping, Sequence
from typing import Any

from engagecheck.intake.pages import embedded, part_of_page, rendered
from engagecheck.intake.questions import Question, questions_of
from engagecheck.intake.questions.asked import essential_facts
from engagecheck.model.dates import DATE_SHAPES, MONTHS
from engagecheck.plugin_host.registry import installed

Json = Any
SCRIPTS = ("document.js", "typed.js", "asked.js", "checks.js", "fields.js", "pages.js", "saving.js")
_LIMITS = ("minimum", "maximum", "maxLength", "maxItems", "pattern", "x-date")
_SCHEMA_KEYS = (*_LIMITS, "x-words", "x-keys", "x-asked-if", "x-after", "x-most-months")


def page(document: Mapping[str, Json] | None = None, sections: Sequence[str] = ()) -> bytes:
    """The bytes of the page, empty or filled in with a profile's document. Only some sections, if any are named.

    A page with all sections begins with a short start: the essential questions of the bundled pack.
    """
    scripts = "\n".join(part_of_page(__name__, name) for name in SCRIPTS)
    pieces = rendered(
        __name__,
        "form.html",
        style=part_of_page(__name__, "form.css"),
        script=f'"use strict";\n(() => {{\n{scripts}\n}})();\n',
        questions=embedded([_question_fields(question, "") for question in questions_of(sections)]),
        essential=embedded([] if sections else essential_facts(installed(third_party=False))),
        dates=embedded({"shapes": DATE_SHAPES, "months": MONTHS}),
        profile=embedded(document or {}),
    )
    return f"{''.join(pieces)}\n".encode()


def _question_fields(question: Question, found_in: str) -> dict[str, Json]:
    """A question for the page without its empty fields, and without a `found` that is the same as its parent's."""
    fields = {
        "name": question.name,
        "kind": question.kind.value,
        "title": question.title,
        "text": question.text,
        "help": question.help,
        "unit": question.unit,
        "found": question.found_in if question.found_in != found_in else "",
        "needed": question.needed,
        "withhold": question.can_withhold,
        "past": question.is_past,
        "answers": dict(question.answers),
        "about": [_question_fields(one, question.found_in) for one in question.about],
        "parts": [_question_fields(one, question.found_in) for one in question.parts],
        **{name.removeprefix("x-"): question.schema.get(name) for name in _SCHEMA_KEYS},
    }
    return {name: value for name, value in fields.items() if value is not False and value not in ("", [], {}, None)}
