"""Profiles made up from the schema: every fact there or not, and everything that may stand beside the facts."""

import copy
import json
import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from conftest import BARE, EXAMPLES, SOUND
from engagecheck import InputRefused, load_profile
from engagecheck.intake.checks import check
from engagecheck.intake.plausibility import ONLY_IN
from engagecheck.model.schema import NOT_FACTS, resolved, schema

EACH = settings(
    max_examples=int(os.environ.get("ENGAGECHECK_PROFILES", "25")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
"""On how many profiles it is tried what holds of every one. `.ci/run` says a thousand."""
ROOT = schema("profile")
NO_SECTIONS = ("$schema", "note", "as_of", "organisation", "evidence", "extensions", "accepted_gaps", "attestations", "sign_off", "last_year", "not_for_publication")
SECTIONS = [name for name in ROOT["properties"] if name not in NO_SECTIONS]


def dates():
    return st.sampled_from(["2012-01", "2018-06-15", "2021-03", "2022-04-01", "2023-03-31", "2023-11", "2024-07-01", "2024-12", "2025-03-31"])


def values(part):
    """Values that the schema of a part allows, each fact there or not."""
    part = resolved(part, ROOT)
    kind = part.get("type")
    if part.get("x-date") in ("past-date", "any-date", "past-year"):
        return dates() | st.sampled_from(list(part["x-words"])) if "x-words" in part else dates()
    if "enum" in part:
        return st.sampled_from(part["enum"])
    if kind == "boolean" or isinstance(kind, list):
        return st.booleans()
    if kind in ("integer", "number"):
        low, high = part["minimum"], part["maximum"]
        spread = [number for number in (0, 1, 2, 3, 5, 9, 10, 12, 20, 37, 40, 60, 75, 90, 100) if low <= number <= high]
        return st.sampled_from(spread or [low])
    if kind == "string" and part.get("pattern", "").startswith("^[A-Z]"):
        return st.sampled_from(["A", "B", "C"])
    if kind == "string":
        return st.sampled_from([f"Name {number}" for number in range(40)])
    if "properties" not in part:
        return st.dictionaries(st.sampled_from(["q-1", "q-2"]), values(part["additionalProperties"]), max_size=2)
    properties = {name: one for name, one in part["properties"].items() if name not in NOT_FACTS}
    if "entries" in properties:
        return listings(properties)
    needed = {name: values(properties[name]) for name in part.get("required", ())}
    return st.fixed_dictionaries(needed, optional={name: values(one) for name, one in properties.items() if name not in needed})


def listings(properties):
    entries = st.lists(values(properties["entries"]["items"]), max_size=5)
    more = {"complete_from": st.sampled_from(["2010-01", "2019-12", "2024-06"])} if "complete_from" in properties else {}
    return st.tuples(entries, st.sampled_from([0, 0, 0, 1, 7]), st.fixed_dictionaries({}, optional=more)).map(
        lambda drawn: {"of": len(drawn[0]) + drawn[1], "entries": drawn[0], **drawn[2]}
    )


def organisations():
    types = [one for one in ROOT["properties"]["organisation"]["properties"]["type"]["enum"] if one != "general_practice"]
    countries = ROOT["properties"]["organisation"]["properties"]["country"]["enum"]
    common = st.just(("nhs_trust", "England"))
    kinds = common | st.sampled_from([(one, country) for one in types for country in ONLY_IN.get(one, countries)])
    others = st.fixed_dictionaries(
        {},
        optional={
            "founded": st.sampled_from(["1994-04-01", "2001", "2022-10"]), "hosts_resident_doctors": st.sampled_from([True, True, False]),
            "employs_sas_doctors": st.booleans(), "designated_body": st.sampled_from([True, True, False]),
        },
    )
    return st.tuples(kinds, others).map(lambda drawn: (*drawn[0], drawn[1])).map(
        lambda drawn: {"name": "A", "type": drawn[0], "country": drawn[1], **drawn[2]}
    )


FULL = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
# Some sections generated, the others empty or as in an example, so that deep facts and high levels are reached too.
PROFILES = st.builds(
    lambda base, organisation, sections: {**base, "organisation": organisation, **sections},
    st.sampled_from([BARE, SOUND, FULL]),
    organisations(),
    st.fixed_dictionaries({}, optional={name: values(ROOT["properties"][name]) for name in SECTIONS}),
).map(lambda document: made_possible(document))


def made_possible(document):
    """The document without the facts that cannot be true together with others."""
    for _ in range(20):
        found = check(document).complaints
        if not found:
            break
        *way, last = found[0].pointer[1:].split("/")
        holder = document = copy.deepcopy(document)
        for step in way:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        del holder[int(last) if isinstance(holder, list) else last]
    return document


def loaded(document):
    """The profile of a document, or `None` if it is refused."""
    try:
        return load_profile(document)
    except InputRefused:
        return None


def accepted(document):
    return loaded(document) is not None


TEXTS = st.one_of(
    st.sampled_from(["=1+1", "+44", "@now", "-", "not known", "Yes", " a ", "a\nb", "a\r\nb", "_x0041_", "\x07", "<script>", "#N/A", "42", "2023-02", "é☃🙂", "\u202eabc", "]]>", "'quoted"]),
    st.text(min_size=1, max_size=30).filter(lambda text: not any("\ud800" <= one <= "\udfff" for one in text)),
)
NAMES = ["E1", "E-2", "doc.3"]


@st.composite
def dressed(draw):
    """A profile with remarks, evidence, reasons for withholding, extensions and empty groups."""
    document = copy.deepcopy(draw(PROFILES))
    document["evidence"] = [{"id": name, "title": draw(TEXTS), "kind": "other", "publisher": draw(TEXTS)} for name in NAMES]
    if draw(st.booleans()):
        document["note"] = draw(TEXTS)
    if draw(st.booleans()):
        document["extensions"] = {draw(st.sampled_from(["cpsi", "a/b~c"])): {"of": 2, "entries": [{"x": draw(TEXTS)}, {}], "deep": {"list": [1, 2.5, None]}}}
    for name in SECTIONS:
        if name in document and draw(st.booleans()):
            dress(draw, document[name], resolved(ROOT["properties"][name], ROOT))
    return document


def dress(draw, value, part):
    """Something beside the facts of a group, where its schema has a place for it, and of the groups in it."""
    properties = part.get("properties", {})
    if "note" in properties and draw(st.integers(0, 2)) == 0:
        value["note"] = draw(TEXTS)
    if "evidence" in properties and draw(st.integers(0, 2)) == 0:
        value["evidence"] = draw(st.lists(st.sampled_from(NAMES), max_size=3))
    if "withheld" in properties:
        absent = [name for name in properties if name not in (*NOT_FACTS, *value)]
        if absent and draw(st.booleans()):
            value["withheld"] = {draw(st.sampled_from(absent)): draw(TEXTS)}
        stated = [name for name in value if name not in NOT_FACTS]
        if stated and draw(st.booleans()):
            value["evidence_for"] = {draw(st.sampled_from(stated)): ["E1"]}
    for name, member in value.items():
        about = resolved(properties.get(name, {}), ROOT)
        if isinstance(member, dict) and name not in NOT_FACTS and "properties" in about:
            dress(draw, member, about)
        elif name == "entries":
            for entry in member:
                dress(draw, entry, resolved(about["items"], ROOT))
