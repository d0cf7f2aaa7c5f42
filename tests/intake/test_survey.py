import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import BARE
from engagecheck import InputRefused, installed, load_profile
from engagecheck.intake.importers.views import (
    DOCTORS,
    GROUPS,
    ITEMS,
    LEAST,
    perceptions,
    read_answers,
    suppressed_groups,
    template,
)
from engagecheck.intake.tables import read_source

RULES = installed(third_party=False).rules
FIRST, SECOND = ITEMS[0].id, ITEMS[1].id


def people(count, value=5.0, items=ITEMS):
    return [{item.id: value for item in items} for _ in range(count)]


def test_the_questionnaire_is_short_and_each_item_belongs_to_a_finding():
    assert 12 <= len(ITEMS) <= 16
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    assert {item.rule for item in ITEMS} <= set(RULES)


def read(text, name):
    return read_answers(read_source(name, text.encode()))


def export(*rows):
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["person", "group", *(item.id for item in ITEMS)])
    writer.writerows(rows)
    return out.getvalue()


def test_an_export_is_read_by_column_names():
    text = export(["x", "consultants", "7", "do not know", "", *["5"] * 11], ["", "(explains)", *["?"] * 14], ["", ""])
    (answers,) = read(text, "r.csv")["consultants"]
    assert answers[FIRST] == 7
    assert SECOND not in answers
    assert len(answers) == 12
    assert read(template(), "t.csv") == {group: [] for group in GROUPS}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "r.csv: the file is empty"), (" \n\n", "the file is empty"), ("\n,\n", "no column called group"), ("group\n", "no column called"), (export(["", "nurses"]), "r.csv: row 2: 'nurses' is not a group"),
        (export(["", "managers", "11"]), "'11' is not an answer"), (export(["", "managers", "good"]), "'good' is not an answer"),
        (export(["", "managers", "nan"]), "'nan' is not an answer"),
    ],
)  # fmt: skip
def test_a_wrong_export_is_refused_with_its_line(text, words):
    with pytest.raises(InputRefused, match=words):
        read(text, "r.csv")


def test_means_spread_and_numbers():
    section = perceptions({"managers": [*people(5, 4.0), *people(5, 8.0)]}, {"managers": 40})
    assert section["managers"]["invited"] == 40
    assert section["managers"]["responded"] == 10
    assert section["managers"]["items"][FIRST] == {"n": 10, "mean": 6.0, "spread": 2.0}
    assert section["managers"]["overall"] == {"n": 10, "mean": 6.0, "spread": 2.0}
    assert "doctors" not in section


def test_small_groups_are_suppressed_and_others_with_them():
    section = perceptions({"consultants": people(40), "sas_doctors": people(9), "resident_doctors": people(12), "executives": people(9)})
    for group in ("sas_doctors", "resident_doctors", "executives"):
        assert section[group] == {"suppressed": True}
    assert section["consultants"]["responded"] == 40
    assert section["doctors"]["responded"] == 61


SIZES = st.integers(0, 25)


@given(st.fixed_dictionaries(dict.fromkeys(DOCTORS, SIZES)))
def test_what_is_left_out_cannot_be_worked_out(sizes):
    hidden = suppressed_groups(sizes)
    assert all(group in hidden for group, size in sizes.items() if 0 < size < LEAST)
    if hidden and set(hidden) != {group for group, size in sizes.items() if size}:
        assert len(hidden) >= 2
        assert sum(sizes[group] for group in hidden) >= LEAST


@settings(max_examples=150, deadline=None)
@given(st.fixed_dictionaries({group: st.lists(st.sets(st.sampled_from([FIRST, SECOND]), min_size=1), max_size=22) for group in DOCTORS}))
def test_no_group_under_ten_is_shown_or_recoverable_by_subtraction(answered):
    section = perceptions({group: [dict.fromkeys(items, 5.0) for items in members] for group, members in answered.items()})
    for item in (FIRST, SECOND):
        sizes = {group: sum(item in one for one in members) for group, members in answered.items()}
        shown = {group for group in (*DOCTORS, "doctors") if item in section.get(group, {}).get("items", {})}
        for group in shown:
            assert section[group]["items"][item]["n"] >= LEAST
        unseen = [size for group, size in sizes.items() if group not in shown and size]
        if "doctors" in shown and unseen and len(shown) > 1:
            assert len(unseen) >= 2
            assert sum(unseen) >= LEAST


def test_the_command_writes_a_valid_profile_and_loses_nothing(run, tmp_path):
    rows = [["", group, *["6"] * 14] for group in GROUPS for _ in range(12)]
    (tmp_path / "r.csv").write_text(export(*rows))
    (tmp_path / "p.json").write_text(json.dumps({**BARE, "talent": {"leadership_strategy": True}}))
    asked = [word for group in GROUPS for word in ("-o", f"invited-{group.replace('_', '-')}=20")]
    assert run("import", "views", "r.csv", "--into", "p.json", "-o", "on=2025-03", *asked).returncode == 0
    profile = load_profile(tmp_path / "p.json")
    assert profile.fact("perceptions.doctors.overall.mean") == 6
    assert profile.fact("perceptions.doctors.invited") == 60
    assert profile.fact("talent.leadership_strategy") is True
    assert profile.cited["/perceptions/doctors"]
    assert profile.cited["/perceptions/on"]
    audited = run("audit", "p.json", "-f", "json")
    results = {one["id"]: one for finding in json.loads(audited.stdout)["findings"] for one in finding["criteria"]}
    assert results["individual-views/doctors-say"]["value"] == 6
    # 12 of 20 senior leaders: too few to tell a difference of half a point.
    assert results["senior-commitment/perception-gap"]["outcome"] == "not_evidenced"
    assert "Too few answered to tell" in results["senior-commitment/perception-gap"]["message"]
    before = (tmp_path / "p.json").read_bytes()
    refused = run("import", "views", "r.csv", "--into", "p.json")
    assert (refused.returncode, (tmp_path / "p.json").read_bytes()) == (3, before)
    assert run("import", "views", "r.csv", "--into", "p.json", "--prefer", "imported", "-o", "on=2030-01").returncode == 3
    assert (tmp_path / "p.json").read_bytes() == before


def test_the_command_prints_the_section_or_the_template(run, tmp_path):
    assert run("views", "--template").stdout.decode() == template()
    (tmp_path / "r.csv").write_text(export(*(["", "managers", *["6"] * 14] for _ in range(10))))
    assert json.loads(run("views", "r.csv").stdout)["managers"]["responded"] == 10
    assert run("views").returncode == 2
    assert run("views", "none.csv").returncode == 3
    (tmp_path / "t.csv").write_text(template())
    assert run("views", "t.csv").returncode == 3
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    assert b"CSV" in run("views", "bad.csv").stderr
