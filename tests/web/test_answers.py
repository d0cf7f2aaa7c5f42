"""What is typed becomes part of a document that is always valid, or is kept as typed. Nothing is lost, and nothing else changes."""

import copy
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conftest import BARE, PROFILES, SOUND
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.kinds import Kind, NotAnAnswer
from engagecheck.intake.workflow.roll_forward import roll_forward
from engagecheck.web.answers.blocks import above, is_entry_page, is_on_page, label_of, page_at, state_of, top_pages
from engagecheck.web.answers.places import MARK, NOTHING, address_of, marked, new_id, plain, put, question_at, value_at
from engagecheck.web.answers.saving import (
    BEGINNING,
    Change,
    Kept,
    begun,
    bring,
    exists,
    fault_at,
    problems,
    remove,
    save,
    text_at,
)

QUICK = settings(deadline=None, suppress_health_check=list(HealthCheck), max_examples=15)
HOSTILE = [
    "", "/", "nothing", "leadership", "leadership/nothing", "leadership/withheld", "leadership/withheld/nothing",
    "leadership/withheld/non_executives/role", "organisation/withheld/name", "leadership/non_executives/0/role",
    "leadership/non_executives/e00/role", "leadership/non_executives/#/role", "leadership/chief_executive/#", "$schema", "extensions/x",
    "organisation/name/x", "last_year/nothing", "last_year", "last_year/", "__class__/name", "not_for_publication", "evidence_for/x",
    "perceptions/doctors/items/no-such-item/n", "sign_off/approved/covers",
]  # fmt: skip


def answers(document):
    """The address and the text of every answer of a stored document."""
    kept = Kept(document, {})

    def within(address):
        question = question_at(address)
        value = value_at(document, address)
        if value is NOTHING:
            return
        if question.is_leaf:
            yield address, text_at(kept, address)
            return
        entries = value.get("entries", []) if isinstance(value, dict) else value
        names = [one.name for one in (question.parts if question.kind is Kind.GROUP else question.about)]
        if question.kind is Kind.MAPPING:
            names += list(value)
        elif question.kind in (Kind.LIST, Kind.REGISTER):
            names += [one[MARK] for one in entries]
        for note in ("withheld", "evidence_for"):
            names += [f"{note}/{name}" for name in value.get(note, ())] if isinstance(value, dict) else []
        for name in names:
            yield from within(f"{address}/{name}")

    for question in all_questions():
        yield from within(question.name)


def typed_in(kept, *pairs):
    return save(kept, [Change(address, text, text_at(kept, address)) for address, text in pairs]).kept


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_profile_comes_back_from_its_stored_document_as_it_was(path):
    document = json.loads(path.read_text("utf-8"))
    assert plain(marked(document)) == document


@pytest.mark.parametrize("path", [path for path in PROFILES if path.stem in ("harbour-vale", "sound", "2026", "RR8")], ids=lambda path: path.stem)
@pytest.mark.parametrize("backwards", [False, True])
def test_a_profile_that_is_typed_answer_by_answer_is_the_same(path, backwards):
    document = json.loads(path.read_text("utf-8"))
    stored = marked(document)
    pairs = [pair for pair in answers(stored) if pair[0] not in BEGINNING]
    begin, faults = begun(dict(answers(stored)))
    assert faults == {}
    kept = Kept(begin, {})
    for section in sorted({address.partition("/")[0] for address, _ in pairs}, reverse=backwards):
        kept = typed_in(kept, *(pair for pair in pairs if pair[0].partition("/")[0] == section))
    kept = save(kept, []).kept
    assert kept.typed == {}
    for name in ("extensions", "last_year", "not_for_publication"):
        document.pop(name, None)
    assert ordered(plain(kept.document)) == ordered({"$schema": kept.document["$schema"], **document})


def ordered(value):
    """Without what says nothing: empty groups, and whether an empty list is written down."""
    if isinstance(value, dict):
        members = {name: ordered(part) for name, part in value.items()}
        return {name: part for name, part in members.items() if part not in ({}, [])}
    return [ordered(part) for part in value] if isinstance(value, list) else value


def test_saving_every_page_as_it_is_shown_changes_nothing(sound):
    kept = Kept(marked(sound), {})
    addresses = [one.name for one in top_pages()]
    for address in addresses:  # grows while it is read
        page = page_at(kept, address)
        saved = save(kept, [Change(one.address, one.text, one.was) for one in page.fields()])
        assert (saved.kept, saved.conflicts) == (kept, ())
        stack = list(page.blocks)
        while stack:
            block = stack.pop()
            stack.extend(block.blocks)
            addresses.extend(entry.address for entry in block.entries or ())
    asked = {one.address for address in addresses for one in page_at(kept, address).fields()}
    assert {address for address, _ in answers(kept.document)} <= asked
    assert all(is_on_page(address, one.address) for address in addresses for one in page_at(kept, address).fields())


def test_what_fails_a_check_is_kept_as_typed_and_said_and_tried_again(sound):
    kept = Kept(marked(sound), {})
    panels = "selection/complete_panels"
    kept = typed_in(kept, (f"{panels}/count", "24"))
    assert kept.typed == {f"{panels}/count": "24"}
    assert fault_at(kept, f"{panels}/count") == "you counted 24 but said there are 22 in total"
    assert "count" not in plain(kept.document)["selection"]["complete_panels"]  # the old answer does not stay under the new one
    kept = typed_in(kept, (f"{panels}/of", "twenty-five"))
    assert "is not a number" in fault_at(kept, f"{panels}/of")
    kept = typed_in(kept, (f"{panels}/of", "25"))
    assert kept.typed == {}
    assert plain(kept.document)["selection"]["complete_panels"].items() >= {"of": 25, "count": 24}.items()


@pytest.mark.parametrize(
    ("address", "text", "words"),
    [
        ("organisation/name", "", "this is always needed"),
        ("organisation/type", "General practice", "most questions do not arise|not one of the answers"),
        ("as_of", "31/13/2026", "is not a date"),
        ("as_of", "31 March 2020", "is after the profile date"),
        ("appraisal/connected", "four hundred", "is not a number"),
        ("leadership/chief_executive/evidence", "E-none", "no evidence has the id"),
        ("appraisal/withheld/connected", "a reason", "the question is answered"),
        ("perceptions/doctors/responded", "999999", "people asked|too large"),
    ],
)  # fmt: skip
def test_each_kind_of_fault_is_said_in_a_sentence(sound, address, text, words):
    kept = typed_in(Kept(marked(sound), {}), (address, text))
    assert kept.typed == {address: text}
    found = fault_at(kept, address)
    assert any(word in found for word in words.split("|")), found
    assert problems(kept.document) == []


def test_an_entry_counts_as_soon_as_what_it_needs_is_there():
    kept = Kept(marked(BARE), {})
    entry = f"evidence/{new_id()}"
    kept = typed_in(kept, (f"{entry}/title", "Annual report"), (f"{entry}/publisher", "The trust"))
    assert "evidence" not in kept.document
    assert fault_at(kept, f"{entry}/title") == "this counts as soon as these are answered too: Short reference, Kind"
    assert exists(kept, entry)
    assert label_of(kept, entry) == "Annual report, The trust"
    kept = typed_in(kept, (f"{entry}/id", "E1"), (f"{entry}/kind", "Minutes"))
    assert kept.typed == {}
    assert plain(kept.document)["evidence"] == [{"title": "Annual report", "publisher": "The trust", "id": "E1", "kind": "minutes"}]


def test_an_entry_is_removed_with_what_was_typed_in_it_and_its_neighbours_keep_theirs(sound):
    kept = Kept(marked(sound), {})
    names = [one[MARK] for one in kept.document["leadership"]["non_executives"]["entries"]]
    addresses = [f"leadership/non_executives/{name}" for name in names]
    kept = typed_in(kept, (f"{addresses[0]}/since", "some day"), (f"{addresses[2]}/since", "another day"))
    after = remove(kept, addresses[0])
    assert after.typed == {f"{addresses[2]}/since": "another day"}
    assert [one[MARK] for one in after.document["leadership"]["non_executives"]["entries"]] == names[1:]
    assert label_of(after, addresses[2]) == label_of(kept, addresses[2])
    assert state_of(after, addresses[2]) == state_of(kept, addresses[2])
    assert state_of(after, addresses[0]) != state_of(kept, addresses[0])
    for one in addresses[1:]:
        after = remove(after, one)
    assert "entries" not in after.document["leadership"]["non_executives"]


def test_evidence_that_is_cited_is_not_removed(sound):
    kept = Kept(marked(sound), {})
    cited = next(one for one in kept.document["evidence"] if one["id"] == "HR")
    with pytest.raises(NotAnAnswer, match="no evidence has the id 'HR'"):
        remove(kept, f"evidence/{cited[MARK]}")


def test_two_people_who_differ_both_see_both():
    kept = Kept(marked({**BARE, "appraisal": {"connected": 100}}), {})
    theirs = save(kept, [Change("appraisal/connected", "110", "100"), Change("appraisal/completed", "90", "")]).kept
    saved = save(theirs, [Change("appraisal/connected", "120", "100"), Change("appraisal/completed", "", ""), Change("appraisal/appraisers", "9", "")])
    (conflict,) = saved.conflicts
    assert (conflict.address, conflict.theirs, conflict.yours) == ("appraisal/connected", "110", "120")
    assert plain(saved.kept.document)["appraisal"] == {"connected": 110, "completed": 90, "appraisers": 9}
    chosen = save(saved.kept, [Change("appraisal/connected", "120", "110")])
    assert chosen.conflicts == ()
    assert chosen.kept.document["appraisal"]["connected"] == 120
    for same in ("110", "110.0", "+110"):  # both typed the same
        assert save(theirs, [Change("appraisal/connected", same, "100")]).conflicts == ()


def test_a_change_confirms_what_was_taken_over_from_last_year(sound):
    kept = Kept(marked(roll_forward(sound, date(2027, 3, 31))), {})
    carried = kept.document["last_year"]["carried"]
    assert carried["/leadership/other_executives"] == "unconfirmed"
    name = kept.document["leadership"]["other_executives"]["entries"][0][MARK]
    kept = typed_in(kept, (f"leadership/other_executives/{name}/role", "Chief nurse and more"), ("last_year/leadership/clinical_directors", "Confirmed"))
    changed = {one for one, state in kept.document["last_year"]["carried"].items() if carried[one] != state}
    assert changed == {"/leadership/other_executives", "/leadership/clinical_directors"}
    page = page_at(kept, "leadership")
    assert {one.address for one in page.fields() if one.address.startswith("last_year/")} >= {"last_year/leadership/clinical_directors"}
    assert "On 31 March 2026: " in next(one for one in page_at(kept, "appraisal").fields() if one.address == "appraisal/connected").hint


@pytest.mark.parametrize("address", HOSTILE)
def test_an_address_without_a_question_is_refused(sound, address):
    kept = Kept(marked(sound), {})
    with pytest.raises(KeyError):
        save(kept, [Change(address, "x", "")])


@pytest.mark.parametrize("address", [*HOSTILE[:3], *HOSTILE[4:], "leadership/chief_executive", "leadership/non_executives", "as_of", "note", "appraisal/connected"])
def test_a_place_that_is_no_page_has_none(sound, address):
    with pytest.raises(KeyError):
        page_at(Kept(marked(sound), {}), address)


def test_the_page_above_an_entry_leads_to_it(sound):
    kept = Kept(marked(sound), {})
    post = kept.document["leadership"]["other_executives"]["entries"][0]
    at = f"leadership/other_executives/{post[MARK]}"
    holder = f"{at}/holders/{post['holders']['entries'][0][MARK]}"
    assert [above(holder), above(at)] == [at, "leadership"]
    assert is_entry_page(holder)
    assert holder in [entry.address for block in page_at(kept, at).blocks for entry in block.entries or ()]
    assert address_of(kept.document, "/leadership/other_executives/entries/0/holders/entries/0/kind") == f"{holder}/kind"


def is_read_alike(address, one, other):
    try:
        return one == other or question_at(address).read(one) == question_at(address).read(other)
    except NotAnAnswer:
        return False


LEAVES = sorted({address for address, _ in answers(marked(SOUND)) if "/e" not in address})
TEXTS = st.sampled_from(["", "0", "1", "24", "99", "100000", "yes", "No", "not known", "31 March 2026", "2031-01", "soon", "HR", "x" * 3000, "NHS trust", "\x00", "45 %"])


@QUICK
@given(st.lists(st.tuples(st.sampled_from(LEAVES), TEXTS), max_size=12), st.sampled_from([SOUND, BARE]))
def test_whatever_is_typed_the_document_stays_valid_and_no_text_is_lost(pairs, start):
    kept = Kept(marked(start), {})
    for address, text in pairs:
        before = copy.deepcopy(kept)
        kept = typed_in(kept, (address, text))
        assert problems(kept.document) == []
        if is_read_alike(address, text_at(before, address), text):
            assert kept == before
        elif address in kept.typed:
            assert kept.typed[address] == text
            assert fault_at(kept, address)
        else:
            read = question_at(address).read(text)
            assert value_at(kept.document, address) == (NOTHING if read is None else read)


EVERYWHERE = [address for address, _ in answers(marked(SOUND))]
ALL = [one.name for one in all_questions()]


@QUICK
@given(st.lists(st.tuples(st.integers(0, len(EVERYWHERE) - 1), TEXTS), min_size=1, max_size=6), st.booleans())
def test_what_a_profile_states_stands_whatever_was_typed_there(pairs, is_whole):
    kept = Kept(marked(SOUND), {})
    places = [address for address, _ in answers(kept.document)]
    for number, text in pairs:
        kept = typed_in(kept, (places[number], text))
    after, ended = bring(kept, SOUND, ALL if is_whole else ())
    assert plain(after.document) == SOUND
    assert after.typed == {address: text for address, text in kept.typed.items() if address not in ended}
    assert after.typed == {} or not is_whole


def test_a_text_stays_where_a_part_says_nothing_new_and_ends_where_it_does(sound):
    panels, other = "selection/complete_panels/count", "appraisal/completed"
    kept = typed_in(Kept(marked(sound), {}), (panels, "24"), (other, "most"), ("as_of", "soon"))
    merged = plain(kept.document)
    merged["selection"]["complete_panels"]["count"] = 20
    after, ended = bring(kept, merged, ())
    assert (ended, after.typed) == ({panels: "24"}, {other: "most", "as_of": "soon"})
    assert value_at(after.document, panels) == 20
    moved, ended = bring(after, plain(after.document) | {"as_of": "2026-04-30"}, ())
    assert (ended, moved.typed, moved.document["as_of"]) == ({"as_of": "soon"}, {other: "most"}, "2026-04-30")
    assert bring(moved, plain(moved.document), ["appraisal"])[1] == {other: "most"}
    assert bring(moved, plain(moved.document), ["selection"])[1] == {}


def test_a_text_counts_once_a_part_makes_it_right_and_leaves_what_the_part_states(sound):
    panels = "selection/complete_panels"
    kept = typed_in(Kept(marked(sound), {}), (f"{panels}/count", "24"))
    merged = plain(kept.document)
    merged["selection"]["complete_panels"]["of"] = 30
    after, ended = bring(kept, merged, ())
    assert (ended, after.typed) == ({}, {})
    assert value_at(after.document, panels).items() >= {"count": 24, "of": 30}.items()


def test_putting_nothing_leaves_no_empty_groups_behind():
    document = marked(BARE)
    put(document, "leadership/chief_executive/role", "Chief executive")
    put(document, "leadership/withheld/non_executives", "a reason")
    put(document, "leadership/chief_executive/role", None)
    put(document, "leadership/withheld/non_executives", None)
    put(document, "leadership/nothing/here", None)
    assert document == marked(BARE)
