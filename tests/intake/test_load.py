"""Bad input: one clear line for each thing that is wrong, all of them in one run."""

import json

import pytest

from conftest import BARE
from engagecheck import InputRefused, ProfileExtension, Registry, load_profile
from engagecheck.intake.load import line_numbers
from engagecheck.plugin_host.discovery import Plugin
from engagecheck.plugin_host.registry import Offered


def refused(document, **options):
    raw = document if isinstance(document, bytes) else json.dumps(document, indent=1).encode()
    with pytest.raises(InputRefused) as caught:
        load_profile(raw, name="profile.json", **options)
    assert all(line.startswith("profile.json:") for line in caught.value.complaints)
    return caught.value.complaints


def changed(**parts):
    return {**BARE, **parts}


def organisation(kind, country, **facts):
    return changed(organisation={**BARE["organisation"], "type": kind, "country": country, **facts})


def spell(**facts):
    return changed(leadership={"chief_executive": {"holders": {"of": 1, "entries": [{"kind": "interim", **facts}]}}})


def survey(**facts):
    return changed(journey={"measurements": {"of": 1, "entries": [{"instrument": "pulse", "topic": "engagement", "population": "doctors", **facts}]}})


def test_entries_that_are_alike_are_as_many_as_stand_there():
    twins = [{"role": "non_executive", "since": "2022-04"}] * 2
    profile = load_profile(changed(leadership={"non_executives": {"of": 2, "entries": twins}}, structure={"divisions": {"of": 2, "entries": [{"name": "A"}] * 2}}))
    assert profile.fact("leadership.non_executives").listed == profile.fact("structure.divisions").listed == 2


def test_a_designate_may_lie_ahead():
    assert load_profile(spell(kind="designate", since="2025-05", starts="2025-06-01"))


@pytest.mark.parametrize(
    ("document", "wanted"),
    [
        (changed(leadership={"chief_executive": {"created": "2023-13"}}),
         "profile.json:10:15: /leadership/chief_executive/created: '2023-13' is not a date; enter a date like 2023-02 or 2023-02-14"),
        (spell(since="2023-02-30"), "'2023-02-30' is not a date"),
        (spell(since="2023"), "is a year; enter a month or a day"),
        (spell(since="2025-04"), "this date, April 2025, is after the profile date, 31 March 2025; only a designate may come later"),
        (spell(until="2025-04"), "this date, April 2025, is after the profile date, 31 March 2025"),
        (spell(until="now"), "'now'"),
        ({**spell(since="2001-02"), "organisation": {**BARE["organisation"], "founded": "2001-04-01"}}, "this date, February 2001, is before the organisation was founded (1 April 2001)"),
        (changed(involvement={"tiers": {"board": {"meetings": 11, "attended": 14}}}), "/involvement/tiers/board/attended: you entered 14 but said there are 11 meetings in total"),
        (changed(perceptions={"doctors": {"invited": 100, "responded": 40, "overall": {"n": 41, "mean": 6.6}}}), "/perceptions/doctors/overall/n: you entered 41 answers but 40 people; correct one of the two"),
        (changed(perceptions={"managers": {"invited": 40, "items": {"heard": {"n": 41, "mean": 6.6}}}}), "/perceptions/managers/items/heard/n: you entered 41 answers but 40 people"),
        (changed(perceptions={"doctors": {"responded": 40}, "consultants": {"responded": 30}, "resident_doctors": {"responded": 11}}), "/perceptions/doctors/responded: you entered 40 doctors, but 41 in the groups that are counted among them"),
        (changed(appraisal={"recommendations_due": 10, "recommendations_late": 60}), "you entered 60 but said there are 10 recommendations due in total"),
        (survey(score=691, scale_low=0, scale_high=100), "/score: the score 691 is outside its scale of 0 to 100"),
        (survey(comparator={"score": 11}, scale_low=0, scale_high=10), "/comparator/score: the score 11 is outside its scale of 0 to 10"),
        (survey(scale_low=10, scale_high=0), "the scale goes from 10 to 0; enter the lowest score first"),
        (survey(respondents=40, invited=39), "you entered 40 who answered but only 39 who were asked"),
        ({**BARE, "organisation": {**BARE["organisation"], "employs_sas_doctors": False}, "commitment": {"sas_advocate": {"named": True}}}, 'you answered "No" to whether SAS or locally employed doctors work here'),
        ({**BARE, "organisation": {**BARE["organisation"], "hosts_resident_doctors": False}, "perceptions": {"resident_doctors": {"invited": 4}}}, 'you answered "No" to whether resident doctors work here'),
        ({**BARE, "organisation": {**BARE["organisation"], "hosts_resident_doctors": False, "employs_sas_doctors": False}, "involvement": {"change_projects": {"entries": [{"name": "Theatres", "resident_or_sas": True}]}}}, 'you answered "No" to whether resident, SAS or locally employed doctors work here'),
        ({**BARE, "organisation": {**BARE["organisation"], "hosts_resident_doctors": False}, "commitment": {"resident_lead": {"executive": True}}}, 'you answered "No" to whether resident doctors work here'),
        (organisation("nhs_trust", "England", designated_body=False), '/organisation/designated_body: the type "NHS trust" in England is always a designated body (the Medical Profession (Responsible Officers) Regulations 2010'),
        (organisation("health_board", "Scotland", designated_body=False), 'the type "Health board" in Scotland is always a designated body'),
        (organisation("health_and_social_care_trust", "Northern Ireland", designated_body=False), "Regulations (Northern Ireland) 2010"),
        (organisation("nhs_foundation_trust", "Wales"), 'the type "NHS foundation trust" exists only in England; correct the type or the country'),
        (organisation("nhs_trust", "Scotland"), 'the type "NHS trust" exists only in England and Wales'),
        (organisation("nhs_trust", "Englnd"), "'Englnd' is not one of the answers; did you mean 'England'?"),
        (organisation("health_and_social_care_trust", "northern ireland"), "did you mean 'Northern Ireland'?"),
        (changed(ledership={}), "profile.json:8:2: /ledership: the name 'ledership' is not used here; did you mean 'leadership'?"),
        (changed(as_of="2025-02-30"), "'2025-02-30' is not a day; enter a day like 2025-03-31"),
        (changed(talent={"leadership_strategy": "yes"}), "'yes' is not true or false"),
        (changed(talent={"leadership_strategy": None}), "null is not an answer; leave the fact out"),
        (changed(structure={"divisions": [{"name": "A"}]}), 'is not the total and the list, {"of": 3'),
        (changed(structure={"divisions": {"of": -1}}), "-1 is too small; the minimum is 0"),
        (changed(structure={"divisions": {"of": 1, "entries": [{"name": "A"}, {"name": "B"}]}}), "you listed 2 but said there is 1 in total"),
        (changed(talent={"succession": {"of": 2, "count": 3}}), "you counted 3 but said there are 2 in total"),
        (changed(talent={"evidence": ["AR"]}), "no evidence has the id 'AR'; the evidence register is empty"),
        (changed(talent={"evidence": ["AR24"]}, evidence=[{"id": "AR-24", "title": "T", "kind": "other"}]), "did you mean 'AR-24'?"),
        (changed(evidence=[{"id": "A", "title": "T", "kind": "other"}] * 2), "the id 'A' is used twice"),
        (changed(evidence=[{"id": "A", "title": "T", "kind": "book"}]), "'book' is not one of the answers"),
        (changed(talent={"withheld": {"succesion": "no"}}), "nothing here is called 'succesion'; did you mean 'succession'?"),
        (changed(talent={"development_plan": True, "withheld": {"development_plan": "no"}}), "is both withheld and stated"),
        (changed(organisation={**BARE["organisation"], "type": "general_practice"}), "general practices are not audited"),
        (changed(organisation={**BARE["organisation"], "type": "nhs_thrust"}), "did you mean 'nhs_trust'?"),
        (changed(organisation={"name": "A"}), "/organisation/type: Type is missing, and is always needed"),
        (changed(organisation={**BARE["organisation"], "name": ""}), "is empty"),
        (changed(note="x" * 3000), "is too long: at most 2000"),
        ([], "is not a group of facts"),
        ({}, "/as_of: Profile date is missing"),
    ],
)  # fmt: skip
def test_each_mistake_gets_one_clear_line(document, wanted):
    complaints = refused(document)
    assert sum(wanted in line for line in complaints) == 1, complaints
    assert len(complaints) == (2 if document in ({}, {**BARE, "organisation": {"name": "A"}}) else 1), complaints


@pytest.mark.parametrize(
    "document",
    [
        organisation("independent_hospital", "England", designated_body=False), organisation("public_hospital", "Ireland", designated_body=False),
        organisation("nhs_trust", "England", designated_body=True), organisation("nhs_trust", "Wales"), organisation("health_board", "New Zealand", designated_body=False),
        {**organisation("nhs_trust", "England", designated_body=False), "as_of": "2010-12-31"},
    ],
)  # fmt: skip
def test_what_the_law_leaves_open_is_accepted(document):
    assert load_profile(document)


def test_every_mistake_is_said_in_one_run_in_the_order_of_the_file():
    complaints = refused(b'{"organisation": {"name": "A", "name": "B", "type": 7},\n"as_of": "2025-02-30", "x": NaN,\n"talent": 3}')
    assert len(complaints) == 6, complaints
    places = [tuple(map(int, line.split(":")[1:3])) for line in complaints]
    assert places == sorted(places)


def test_complaints_are_capped():
    complaints = refused(changed(**{f"unknown_{number}": 1 for number in range(300)}))
    assert len(complaints) == 201
    assert "and 100 more" in complaints[-1]


def test_paths_that_cannot_be_read(tmp_path):
    for path, words in ((tmp_path / "none.json", "no such file"), (tmp_path, "is a folder"), ("a\0b", "cannot be read")):
        with pytest.raises(InputRefused, match=words):
            load_profile(path)
    with pytest.raises(InputRefused, match=r"^'': there is no such file"):
        load_profile("")


@pytest.mark.parametrize("source", [True, 0, None, 1.5])
def test_what_is_no_path_is_not_opened(source):
    with pytest.raises(TypeError):
        load_profile(source)


def test_a_profile_knows_its_lines_evidence_and_reasons(sound):
    profile = load_profile(json.dumps(sound, indent=2).encode())
    lines = json.dumps(sound, indent=2).split("\n")
    assert '"chief_executive"' in lines[line_numbers(profile.origin)["/leadership/chief_executive"] - 1]
    assert profile.cited["/leadership/chief_executive"] == ("AR2526",)
    assert profile.withheld["/journey/action_plan_known"]
    assert load_profile(sound).sections == profile.sections


def test_facts_are_found_by_path(sound):
    profile = load_profile(sound)
    assert profile.fact("leadership.chief_executive.role") == "Chief Executive"
    assert profile.fact("structure.divisions.of") == 4
    assert profile.fact("extensions.nothing.here") is None
    with pytest.raises(LookupError):
        profile.fact("leadership.chief_exeutive")


def extension_registry():
    registry = Registry()
    schema = {"type": "object", "additionalProperties": False, "properties": {"lead": {"type": "boolean"}, "units": {}}}
    plugin = Plugin("mine", "mine", "1", lambda: None)
    registry.offered[ProfileExtension]["mine"] = Offered(ProfileExtension("mine", schema), plugin)
    return registry


def test_an_extension_is_checked_by_its_plugins_own_schema():
    document = changed(extensions={"mine": {"lead": 3}, "unknown": {"anything": [1]}})
    assert refused(document, registry=extension_registry()) == ("profile.json:10:12: /extensions/mine/lead: 3 is not true or false",)


def test_lists_in_an_extension_are_lists_as_elsewhere():
    units = {"of": 2, "entries": [{"name": "A", "ok": True}], "complete_from": "2020-01", "evidence": []}
    profile = load_profile(changed(extensions={"mine": {"lead": True, "units": units}}), registry=extension_registry())
    assert profile.fact("extensions.mine.units").share(lambda unit: unit["ok"]).value == 0.5
    with pytest.raises(TypeError):
        profile.fact("extensions.mine")["lead"] = False
    for wrong in ({"of": "2"}, {"complete_from": "2020"}, {"complete_from": 3}, {"of": 0}):
        refused(changed(extensions={"mine": {"units": {**units, **wrong}}}), registry=extension_registry())


def test_a_remote_reference_is_never_fetched():
    from engagecheck.intake.validation import complaints

    with pytest.raises(Exception, match=r"Unresolvable|remote"):
        complaints({}, {"$ref": "https://example.invalid/schema.json"})


def test_an_empty_text_is_one_mistake():
    for name, words in (("", "is empty"), (" ", "does not fit")):
        with pytest.raises(InputRefused) as refused:
            load_profile({**BARE, "organisation": {**BARE["organisation"], "name": name}})
        assert [words in one for one in refused.value.complaints] == [True]


def test_a_document_of_a_program_that_is_nested_too_deep_is_refused():
    for levels in (60, 900, 5000):
        inner = {}
        for _ in range(levels):
            inner = {"a": inner}
        with pytest.raises(InputRefused, match="deep"):
            load_profile({**BARE, "extensions": {"x": inner}})
