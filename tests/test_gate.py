"""The gate accepts nothing that jsonschema and the checks of sense would refuse, and makes the same profile of the rest."""

import copy
import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BARE, EXAMPLES, PROFILES, SOUND
from engagecheck import InputRefused, load
from engagecheck.intake import gate, strict_json
from engagecheck.intake.gate import writing
from engagecheck.intake.load import _accepted, _decoding, complaints, opened
from engagecheck.intake.structure import profile_from
from engagecheck.model import titles
from generated import TEXTS, dressed

_decoded = _decoding()
FULL = json.loads((EXAMPLES / "sound.json").read_text("utf-8"))
REFUSALS = (gate.Doubtful, ValueError, TypeError, LookupError, AttributeError, RecursionError)


def passed(raw, registry, way=_accepted):
    """The profile that a gate makes at once; `None` where it leaves the document to a closer look."""
    try:
        return way(raw, "profile", registry)
    except REFUSALS:
        return None


def everything(profile):
    return profile, dict(profile.cited), profile.withheld


def test_what_was_written_from_the_schema_is_current():
    assert Path(gate.__file__).with_name("generated.py").read_text("utf-8") == writing.Writer().text()
    assert Path(titles.__file__).read_text("utf-8") == writing.titles()


both_ways = pytest.mark.parametrize("way", [_accepted, _decoded], ids=["python", "msgspec"])


@both_ways
@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_every_example_passes_at_once_and_is_the_same_profile(path, way, bundled):
    if "extensions" in json.loads(path.read_bytes()) and way is _decoded:
        assert passed(path.read_bytes(), bundled, way) is None
        return
    profile = passed(path.read_bytes(), bundled, way)
    assert profile is not None
    assert everything(profile) == everything(profile_from(json.loads(path.read_bytes())))
    assert profile.origin.lines["/organisation/name"] > 1


def of(value, pointer=()):
    """The way to every value of a document."""
    yield pointer
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        yield from of(part, (*pointer, name))


ODD = st.sampled_from([
    None, True, False, 0, -1, 1, 3, 61, 2**53 + 1, 10**45, 1.0, 0.5, -0.0, 1e300, "", " ", "x", "A" * 2001, "2023-02", "2023-02-30", "2023-02-14\n", "2025-04-01", "2199-01",
    "general_practice", "met", [], [None], ["E1"], ["nowhere"], {}, {"of": 1}, {"of": 0, "entries": [{}]}, {"of": 2, "entries": [{"name": "A"}, {"name": "A"}]}, {"note": "n"}, {"count": 3, "of": 2},
])  # fmt: skip
NAMES = st.sampled_from(["of", "entries", "count", "note", "evidence", "evidence_for", "withheld", "complete_from", "name", "now", "since", "unheard_of", "extensions", "role", "n"])


@st.composite
def spoilt(draw):
    """A profile with one to three places changed, whatever comes of it."""
    document = json.loads(json.dumps(draw(st.sampled_from([FULL, SOUND]) | dressed())))
    for _ in range(draw(st.integers(1, 3))):
        place = draw(st.sampled_from(list(of(document))))
        holder = document
        for step in place[:-1]:
            holder = holder[step]
        if not place:
            continue
        what = draw(st.integers(0, 4))
        if what == 0:
            del holder[place[-1]]
        elif what == 1 and isinstance(holder[place[-1]], dict):
            holder[place[-1]][draw(NAMES)] = copy.deepcopy(draw(ODD | TEXTS))  # or it would be changed for the next one
        elif what == 2 and isinstance(holder[place[-1]], list) and holder[place[-1]]:
            holder[place[-1]].append(copy.deepcopy(holder[place[-1]][0]))
        else:
            holder[place[-1]] = copy.deepcopy(draw(ODD | TEXTS))
    return document


@both_ways
@settings(max_examples=400)
@given(document=spoilt())
def test_what_passes_would_be_accepted_by_a_closer_look(bundled, way, document):
    raw = json.dumps(document).encode()
    profile = passed(raw, bundled, way)
    if profile is not None:
        assert complaints(opened(raw, "profile"), bundled) == []
        assert everything(profile) == everything(profile_from(document))


@settings(max_examples=150)
@given(document=dressed())
def test_what_a_closer_look_accepts_passes_at_once_but_for_texts_with_odd_colons(bundled, document):
    """A text that begins with a colon looks like one more name; only that is left to a closer look."""
    raw = json.dumps(document).encode()
    if complaints(opened(raw, "profile"), bundled) == []:
        made, names = gate.accepted(document)
        profile = passed(raw, bundled)
        assert (profile is None) == strict_json.may_repeat(raw, names)
        assert everything(made if profile is None else profile) == everything(profile_from(document))
        decoded = passed(raw, bundled, _decoded)
        assert (decoded is None) == ("extensions" in document)
        assert decoded is None or everything(decoded) == everything(profile_from(document))


HARMLESS = json.dumps(BARE)


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        (HARMLESS.replace('"name"', '"name" : "B", "name"'), True),
        (HARMLESS.replace('"name":', '"name": "B", "name" :'), True),
        (HARMLESS.replace('"as_of":', '"as_of": "2025-03-31", "as_of":'), True),
        (HARMLESS.replace('"A trust', '"a\\":b: A trust').replace('"type"', '"country": "Wales", "type"'), True),
        (HARMLESS.replace("}, ", '}, "talent": {"chief_registrar_time": NaN}, '), True),
        (HARMLESS.replace("A trust", "\\ud800 trust"), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": %s}}, ' % ("[" * 60 + "]" * 60)), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": 1%s}}, ' % ("0" * 50)), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": 1e999}}, '), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"of": 1, "entries": [1, 2]}}, '), True),
        (HARMLESS.replace("}, ", '}, "extensions": {"x": {"y": 1, "y": 1}}, '), True),
        (HARMLESS.replace("}, ", '}, "extensions": 5, '), True),
        ("\ufeff" + HARMLESS, False),
        (HARMLESS.replace("A trust", "\\ud83d\\ude00 trust"), False),
        (HARMLESS.replace('":', '"\n:'), False),
        (HARMLESS.replace("A trust", ": a trust"), False),
        (HARMLESS.replace("A trust", "a\\\":b, see https://x.org: A trust"), False),
        (HARMLESS.replace("}, ", '}, "talent": {"chief_registrar_time": 40.0}, '), False),
    ],
)
def test_what_readers_of_json_overlook_does_not_pass(text, refused, bundled):
    if refused:
        assert passed(text.encode(), bundled, _decoded) is None
        assert passed(text.encode(), bundled) is None
        with pytest.raises(InputRefused):
            load(text.encode(), registry=bundled)
    else:
        load(text.encode(), registry=bundled)


def test_what_a_fact_cites_itself_comes_before_what_its_group_cites_for_it(bundled):
    evidence = [{"id": name, "title": name, "kind": "other"} for name in ("A", "B")]
    document = {**BARE, "evidence": evidence, "context": {"doctors_wte": {"value": 1, "evidence": ["B"]}, "evidence_for": {"doctors_wte": ["A"]}}}
    assert passed(json.dumps(document).encode(), bundled).cited == profile_from(document).cited == {"/context/doctors_wte": ("B",)}
