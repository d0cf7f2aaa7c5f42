"""Several people fill in one profile: each gets a part, the parts come together, nothing is overwritten or lost."""

import copy
import io
import json
import os
import pty
import subprocess
import sys
from contextlib import contextmanager

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from conftest import BARE, ETR, EXAMPLES
from engagecheck import InputRefused, load_profile
from engagecheck.cli import files as cli_files
from engagecheck.errors import ExitCode
from engagecheck.intake.explain import open_document
from engagecheck.intake.form import page
from engagecheck.intake.workflow.parts import merge_parts, named_sections, part_of
from engagecheck.intake.workflow.sign_off import digest
from engagecheck.intake.workflow.status import section_status
from engagecheck.intake.writing import write_document
from generated import SECTIONS as GENERATED
from generated import accepted, dressed

FULL = json.loads((EXAMPLES / "harbour-vale.json").read_text("utf-8"))
SECTIONS = [name for name, section in FULL.items() if isinstance(section, dict) and name not in ("organisation", "extensions")]


def merged(document, *parts, prefer=False):
    return merge_parts(document, "profile.xlsx", [(f"part{number}.json", part) for number, part in enumerate(parts, 1)], lambda _: prefer)


def without(document, *names):
    return {name: part for name, part in document.items() if name not in names}


@pytest.mark.parametrize("ending", [".xlsx", ".json"])
def test_all_parts_together_are_the_whole_again(ending):
    """A profile is cut into its sections, each goes out as a file and comes back, and nothing is lost or said twice."""
    parts = []
    for name in SECTIONS:
        raw = write_document(part_of(FULL, [name], None), f"part{ending}", (name,))
        parts.append(open_document(raw, f"part{ending}").document)
    start = {name: FULL[name] for name in ("$schema", "as_of", "organisation", "note", "extensions") if name in FULL}
    whole = merged(start, *parts)
    assert whole.differences == ()
    assert digest({**whole.document, "evidence": FULL["evidence"]}) == digest(FULL)
    assert sorted(item["id"] for item in whole.document["evidence"]) == sorted(item["id"] for item in FULL["evidence"])


@pytest.mark.parametrize("count", [5, pytest.param(100, marks=pytest.mark.exhaustive)])
def test_generated_profiles_come_together_from_their_sections(count):
    @settings(max_examples=count, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(dressed().filter(accepted))
    def come_together(document):
        parts = [part_of(document, [name], None) for name in document if name in GENERATED]
        whole = merged(without(document, *GENERATED, "evidence"), *parts)
        assert whole.differences == ()
        assert digest({**whole.document, "evidence": document.get("evidence", []), "$schema": ""}) == digest({**document, "$schema": ""})
        once = merged(whole.document, document)
        assert once.differences == ()
        assert merged(once.document, document).document == once.document

    come_together()


def test_merging_again_changes_nothing():
    once = merged(without(FULL, "appraisal"), part_of(FULL, ["appraisal", "leadership"], "Responsible officer"))
    twice = merged(once.document, part_of(FULL, ["appraisal", "leadership"], "Responsible officer"))
    assert twice.document == once.document
    assert twice.differences == ()


def test_a_difference_says_who_said_what_and_the_entered_answer_stays():
    other = part_of(FULL, ["appraisal"], "Responsible officer")
    other["appraisal"]["connected"] = 1
    found = merged({**FULL, "appraisal": {**FULL["appraisal"], "answered_by": "Company secretary"}}, other)
    (difference,) = found.differences
    assert difference.in_words().startswith("Appraisal and revalidation: Doctors with a prescribed connection: ")
    assert difference.in_words().endswith(": Company secretary (profile.xlsx) says 612, Responsible officer (part1.json) says 1")
    assert found.document["appraisal"]["connected"] == 612
    assert found.document["appraisal"]["answered_by"] == "Company secretary; Responsible officer"
    assert merged(FULL, other, prefer=True).document["appraisal"]["connected"] == 1


def test_two_parts_that_differ_are_named_both():
    first, second = {"governance": {"programme_places": 3, "answered_by": "A"}}, {"governance": {"programme_places": 4, "answered_by": "B"}}
    (difference,) = merged(BARE, first, second).differences
    assert difference.in_words().endswith("A (part1.json) says 3, B (part2.json) says 4")


def test_two_documents_with_one_id_stay_two_and_are_cited_as_such():
    documents = [{"id": "E1", "title": title, "kind": "minutes"} for title in ("Minutes", "Survey", "minutes")]
    parts = [{"evidence": [one], "governance": {name: 3, "evidence_for": {name: ["E1"]}}} for one, name in zip(documents, ("programme_places", "new_consultant_spa", "capability_assessed_on"), strict=True)]
    found = merged(BARE, *parts).document
    assert [(one["id"], one["title"]) for one in found["evidence"]][-2:] == [("E1", "Minutes"), ("E1-2", "Survey")]
    assert found["governance"]["evidence_for"] == {"programme_places": ["E1"], "new_consultant_spa": ["E1-2"], "capability_assessed_on": ["E1"]}


def test_entries_and_evidence_that_look_alike_stay_as_many_as_they_are():
    twins = [{"id": name, "title": "Minutes", "kind": "minutes", "publisher": name} for name in ("E1", "E2")]
    ratings = [{"domain": "well_led", "on": "2022-04-01", "rating": rating} for rating in ("good", "inadequate")]
    document = {**BARE, "evidence": twins, "regulator": {"ratings": {"of": 2, "entries": ratings}}}
    found = merged({**BARE}, document, document)
    assert found.differences == ()
    assert found.document["evidence"][-2:] == twins
    assert found.document["regulator"] == document["regulator"]


@pytest.mark.parametrize(
    ("held", "part", "expected"),
    [
        ({"note": "One."}, {"note": "Two."}, {"note": "One.\nTwo."}), ({"withheld": {"programme_places": "Secret"}}, {"withheld": {"programme_places": "Secret"}}, {"withheld": {"programme_places": "Secret"}}),
        ({}, {"withheld": {"programme_places": "Secret"}}, {"withheld": {"programme_places": "Secret"}}), ({"programme_places": 3}, {"withheld": {"programme_places": "Secret"}}, {"programme_places": 3}),
    ],
)  # fmt: skip
def test_remarks_are_joined_and_nothing_is_withheld_and_stated(held, part, expected):
    assert merged({**BARE, "governance": held}, {"governance": part}).document["governance"] == expected


def test_lists_come_together_with_their_totals():
    held = {"divisions": {"entries": [{"name": "Surgery", "doctor_lead": True}]}}
    part = {"divisions": {"of": 2, "entries": [{"name": "Surgery", "manager": True}, {"name": "Medicine"}]}}
    found = merged({**BARE, "structure": held}, {"structure": part})
    assert found.document["structure"]["divisions"] == {"of": 2, "entries": [{"name": "Surgery", "doctor_lead": True, "manager": True}, {"name": "Medicine"}]}
    assert found.differences == ()


def divisions(*names, of=None, **more):
    """A document with these divisions, and with their total if it is given."""
    return {"structure": {"divisions": {**({} if of is None else {"of": of}), "entries": [{"name": name} for name in names]}, **more}}


TOTAL = "Medical leadership structure: Clinical divisions: Total: "
SAYS, LISTS = f"{TOTAL}profile.xlsx says {{}}, part1.json says {{}}", f"{TOTAL}profile.xlsx says {{}}, the list with the new entries says {{}}"


@pytest.mark.parametrize(
    ("held", "part", "said", "kept", "taken"),
    [
        # the total of the part cannot be, so there is no choice
        (divisions("A", "B", of=2), divisions("A", of=1), f"{SAYS.format(2, 1)}. It stays 2, because 2 entries are listed", divisions("A", "B", of=2), divisions("A", "B", of=2)),
        (divisions("A", of=4), divisions("B", of=1), f"{SAYS.format(4, 1)}. It stays 4, because 2 entries are listed", divisions("A", "B", of=4), divisions("A", "B", of=4)),
        (divisions("A", of=2), divisions("A", of=0), f"{SAYS.format(2, 0)}. It stays 2, because 1 entry is listed", divisions("A", of=2), divisions("A", of=2)),
        (divisions("A"), divisions("B", of=1), f"{SAYS.format('nothing', 1)}. It stays open, because 2 entries are listed", divisions("A", "B"), divisions("A", "B")),
        # the total of the part is the larger one, with or without new entries
        (divisions("A", "B", of=2), divisions("A", "C", of=3), f"{SAYS.format(2, 3)}, with 1 new entry", divisions("A", "B", of=2), divisions("A", "B", "C", of=3)),
        (divisions("A", "B", of=2), divisions("C", "D", of=5), f"{SAYS.format(2, 5)}, with 2 new entries", divisions("A", "B", of=2), divisions("A", "B", "C", "D", of=5)),
        (divisions("A", "B", of=2), divisions("A", of=3), SAYS.format(2, 3), divisions("A", "B", of=2), divisions("A", "B", of=3)),
        (divisions("A", of=3), divisions("A", "B", of=2), SAYS.format(3, 2), divisions("A", "B", of=3), divisions("A", "B", of=2)),
        # nobody stated what the list comes to
        (divisions("A", of=1), divisions("B", of=1), LISTS.format(1, 2), divisions("A", of=1), divisions("A", "B", of=2)),
        (divisions("A", of=1), divisions("B", "C", of=2), LISTS.format(1, 3), divisions("A", of=1), divisions("A", "B", "C", of=3)),
        (divisions("A", of=1), divisions("B"), LISTS.format(1, 2), divisions("A", of=1), divisions("A", "B", of=2)),
        # no difference
        (divisions("A", of=2), divisions("B", of=2), "", divisions("A", "B", of=2), divisions("A", "B", of=2)), (divisions("A"), divisions("B", of=2), "", divisions("A", "B", of=2), divisions("A", "B", of=2)),
        (divisions("A"), divisions("B"), "", divisions("A", "B"), divisions("A", "B")),
    ],
)  # fmt: skip
def test_of_a_total_one_difference_is_told_and_it_is_what_happens(held, part, said, kept, taken):
    for prefer, expected in ((False, kept), (True, taken)):
        found = merged({**BARE, **held}, part, prefer=prefer)
        assert [one.in_words() for one in found.differences] == [said] * bool(said)
        assert found.document["structure"] == expected["structure"]


@pytest.mark.parametrize(
    ("of", "prefer", "code", "line", "kept"),
    [
        (1, (), 0, "p.json says 2, a.json says 1. It stays 2, because 2 entries are listed", 2), (1, ("--prefer", "part"), 0, "p.json says 2, a.json says 1. It stays 2, because 2 entries are listed", 2),
        (1, ("--prefer", "entered"), 0, "p.json says 2, a.json says 1. It stays 2, because 2 entries are listed", 2), (3, (), 3, "p.json says 2, a.json says 3, with 1 new entry", 2),
        (3, ("--prefer", "part"), 0, "p.json says 2, a.json says 3, with 1 new entry. Kept: the part", 3), (3, ("--prefer", "entered"), 0, "p.json says 2, a.json says 3, with 1 new entry. Kept: what was there", 2),
    ],
)  # fmt: skip
def test_merge_says_one_line_about_a_total(run, tmp_path, of, prefer, code, line, kept):
    (tmp_path / "p.json").write_text(json.dumps({**BARE, **divisions("Medicine", "Surgery", of=2)}))
    (tmp_path / "a.json").write_text(json.dumps({**BARE, **divisions(*("Medicine", "Other")[:of], of=of)}))
    done = run("merge", "a.json", "--into", "p.json", *prefer)
    assert done.returncode == code
    assert [one for one in done.stderr.decode().splitlines() if "says" in one] == [TOTAL + line]
    assert json.loads((tmp_path / "p.json").read_text())["structure"]["divisions"]["of"] == kept


def test_merge_says_that_the_list_was_kept_if_nobody_stated_its_total(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps({**BARE, **divisions("A", of=1)}))
    (tmp_path / "a.json").write_text(json.dumps({**BARE, **divisions("B", of=1)}))
    done = run("merge", "a.json", "--into", "p.json", "--prefer", "part").stderr.decode()
    assert f"{TOTAL}p.json says 1, the list with the new entries says 2. Kept: the list with the new entries" in done.splitlines()


def test_what_an_earlier_part_brought_is_said_by_that_part():
    """Also in an entry that has another number there, for a total that was counted, and for what is withheld."""
    lead = {"structure": {"divisions": {"entries": [{"name": "B", "doctor_lead": True}]}, "withheld": {"departments": "Secret"}}}
    other = {"structure": {"divisions": {"entries": [{"name": "B", "doctor_lead": False}]}, "departments": {"of": 0}}}
    found = merged({**BARE, **divisions("A")}, lead, other).differences
    assert [(one.pointer, one.entered_by, one.imported_by) for one in found] == [("/structure/divisions/entries/1/doctor_lead", "part1.json", "part2.json"), ("/structure/departments", "part1.json", "part2.json")]
    first, second = merged({**BARE, **divisions("A", of=1)}, divisions("B", of=1), divisions("A", of=5), prefer=True).differences
    assert first.in_words() == LISTS.format(1, 2)
    assert second.in_words() == f"{TOTAL}the list with the new entries says 2, part2.json says 5"


def test_two_reasons_to_withhold_are_told_apart():
    first, second = ({"governance": {"withheld": {"programme_places": reason}}} for reason in ("Secret", "Later"))
    (difference,) = merged(BARE, first, second).differences
    assert difference.in_words().endswith("part1.json says withheld: Secret, part2.json says withheld: Later")


def test_a_part_of_another_organisation_is_refused():
    with pytest.raises(InputRefused, match=r"part1\.json: is about the organisation XYZ, and profile.xlsx about RR8"):
        merged({**BARE, "organisation": {**BARE["organisation"], "ods_code": "RR8"}}, {"organisation": {**BARE["organisation"], "ods_code": "XYZ"}})


def test_a_part_of_another_day_is_refused():
    """The figures of last year would stand as those of this one."""
    late = {**BARE, "as_of": "2024-03-31", "appraisal": {"connected": 5}}
    with pytest.raises(InputRefused, match=r"part1\.json: is for 31 March 2024, and profile.xlsx for 31 March 2025; if its answers are true on that day, change its date"):
        merged(BARE, late)
    assert merged({name: one for name, one in BARE.items() if name != "as_of"}, late).document["as_of"] == "2024-03-31"


def test_the_sign_off_of_a_part_is_not_that_of_the_whole():
    assert "sign_off" not in merged(BARE, {"sign_off": {"approved": {"role": "Somebody"}}}).document


def test_a_workbook_for_a_colleague_has_their_sections_only(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(FULL), encoding="utf-8")
    made = run("new", "part.xlsx", "--for", "appraisal,selection", "--role", "Responsible officer", "--from", "p.json")
    assert made.stderr.decode().splitlines()[-1] == "Next: send it to your colleague. Then: engagecheck merge part.xlsx --into PROFILE"
    book = openpyxl.load_workbook(tmp_path / "part.xlsx")
    assert book.sheetnames == ["Guide", "Organisation", "Selection", "Competitions", "Appraisal", "Evidence", "More"]
    profile = load_profile(tmp_path / "part.xlsx")
    assert set(profile.sections) == {"appraisal", "selection"}
    assert open_document((tmp_path / "part.xlsx").read_bytes(), "part.xlsx").document["appraisal"]["answered_by"] == "Responsible officer"
    del book["Appraisal"]
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputRefused, match="no sheet Appraisal"):
        open_document(out.getvalue(), "part.xlsx")


def test_the_terminal_asks_a_colleague_for_their_sections_only(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(BARE), encoding="utf-8")
    asked = run("new", "t.json", "--for", "talent", "--role", "Director of people", "--from", "p.json", stdin=b"\n" * 60)
    assert asked.returncode == 0
    assert "Talent and leadership development" in asked.stdout.decode()
    assert "Appraisal and revalidation" not in asked.stdout.decode()
    document = json.loads((tmp_path / "t.json").read_text("utf-8"))
    assert document["talent"] == {"answered_by": "Director of people"}
    assert document["organisation"] == BARE["organisation"]


def test_a_form_for_a_colleague_has_their_sections_only():
    text = page(part_of(FULL, ["talent"], "Director of people"), ("talent",)).decode()
    questions = json.loads(text.partition('id="questions">')[2].partition("</script>")[0])
    assert [one["name"] for one in questions] == ["as_of", "organisation", "note", "talent", "evidence"]


def test_parts_are_merged_on_the_command_line(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps(without(FULL, "appraisal", "talent")), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"appraisal": FULL["appraisal"], "evidence": FULL["evidence"]}), encoding="utf-8")
    (tmp_path / "t.xlsx").write_bytes(write_document(part_of(FULL, ["talent"], "Director of people"), "t.xlsx", ("talent",)))
    assert run("merge", "a.json", "t.xlsx", "--into", "p.json").returncode == 0
    document = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert document["talent"].pop("answered_by") == "Director of people"
    assert digest({**document, "$schema": ""}) == digest({**FULL, "$schema": ""})
    assert run("merge", "t.xlsx", "--into", "new.xlsx").returncode == 0
    assert set(load_profile(tmp_path / "new.xlsx").sections) == {"talent"}


def test_a_part_without_an_organisation_takes_that_of_the_profile_but_not_its_evidence(run, tmp_path):
    organisation = {**FULL["organisation"], "evidence": [FULL["evidence"][0]["id"]]}
    profile = {"as_of": FULL["as_of"], "organisation": organisation, "evidence": FULL["evidence"][:1]}
    (tmp_path / "p.json").write_text(json.dumps(profile), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps({"appraisal": {"connected": 612}}), encoding="utf-8")
    done = run("merge", "a.json", "--into", "p.json")
    assert (done.returncode, done.stderr.decode().splitlines()[-1]) == (0, "Merged 1 part into p.json")
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["organisation"] == organisation


def test_where_answers_differ_nothing_is_written_until_one_chooses(run, tmp_path):
    changed = copy.deepcopy(FULL)
    changed["appraisal"]["connected"] = 1
    (tmp_path / "p.json").write_text(json.dumps(FULL), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(changed), encoding="utf-8")
    refused = run("merge", "a.json", "--into", "p.json")
    assert refused.returncode == 3
    assert "p.json says 612, a.json says 1" in refused.stderr.decode()
    assert json.loads((tmp_path / "p.json").read_text("utf-8")) == FULL
    assert "Kept: the part" in run("merge", "a.json", "--into", "p.json", "--prefer", "part").stderr.decode()
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["appraisal"]["connected"] == 1


def test_on_a_terminal_one_chooses_for_each_difference(tmp_path):
    changed = copy.deepcopy(FULL)
    changed["appraisal"].update(connected=1, appraisers=2)
    (tmp_path / "p.json").write_text(json.dumps(FULL), encoding="utf-8")
    (tmp_path / "a.json").write_text(json.dumps(changed), encoding="utf-8")
    manager, worker = pty.openpty()
    done = subprocess.Popen([sys.executable, "-m", "engagecheck", "merge", "a.json", "--into", "p.json"], stdin=worker, stderr=subprocess.PIPE, cwd=tmp_path)
    os.write(manager, b"2\n3\n1\n")
    said = done.communicate(timeout=120)[1].decode()
    os.close(manager)
    os.close(worker)
    assert done.returncode == 0, said
    appraisal = json.loads((tmp_path / "p.json").read_text("utf-8"))["appraisal"]
    assert (appraisal["connected"], appraisal["appraisers"]) == (1, FULL["appraisal"]["appraisers"])


@pytest.mark.parametrize("arguments", [("--role", "X"), ("--from", "p.json"), ("--for", "nope"), ("--for", " , ")])
def test_a_part_needs_sections_that_exist(run, tmp_path, arguments):
    assert run("new", "part.xlsx", *arguments).returncode == 2
    assert not (tmp_path / "part.xlsx").exists()
    assert named_sections("Appraisal, selection,appraisal") == ("appraisal", "selection")


def test_the_status_says_what_is_answered_by_whom_and_what_is_missing(run, tmp_path):
    document = part_of(FULL, ["strategy", "talent"], "Director of people")
    (tmp_path / "p.json").write_text(json.dumps(document), encoding="utf-8")
    status = {one.name: one for one in section_status(document)}
    assert (status["strategy"].answered, status["strategy"].asked, status["strategy"].by) == (5, 5, "Director of people")
    assert status["strategy"].missing == ("Improvement programmes: 4 of 5 listed",)
    assert (status["talent"].withheld, status["appraisal"].answered) == (1, 0)
    shown = run("status", "p.json").stdout.decode()
    assert "Director of people" in shown
    assert "Improvement programmes: 4 of 5 listed" in shown


def test_the_status_of_a_profile_with_mistakes_is_shown_too(run, tmp_path):
    odd = {"organisation": 3, "as_of": 3, "talent": [], "last_year": 3, "structure": {"divisions": 3, "departments": {"of": "x", "entries": 3}}}
    odd |= {"appraisal": {"connected": "many", "withheld": 3, "answered_by": 3, "job_plans": {"of": {}, "count": 3}}}
    (tmp_path / "p.json").write_text(json.dumps(odd))
    result = run("status", "p.json")
    assert result.returncode == 0
    assert "mistakes. See what is wrong with: engagecheck validate p.json" in result.stdout.decode()


@pytest.mark.parametrize("form", ["jsonl", "sarif", "oscal"])
def test_the_status_of_what_is_no_profile_is_refused(run, form):
    run("audit", EXAMPLES / "sound.json", "-f", f"{form}=results.json")
    refused = run("status", "results.json")
    assert (refused.returncode, refused.stdout) == (3, b"")
    assert b"results.json:1:1: /organisation: The organisation is missing" in refused.stderr


@pytest.mark.parametrize("command", [("status",), ("merge", "--into", "m.json"), ("sign-off", "--approved-by", "Board", "--on", "2026-05-01"), ("roll-forward", "--to", "2027-03-31"), ("new", "--for", "talent", "q.xlsx", "--from")])
def test_a_report_is_no_profile_and_is_refused_in_one_sentence(run, tmp_path, command):
    (tmp_path / "r.json").write_text(json.dumps({"report_digest": "0", "as_of": "2026-03-31"}))
    result = run(*command, "r.json")
    assert result.returncode == 3
    assert result.stderr.decode() == "r.json: is a report, not a profile; use engagecheck render, compare or trend\n"


@pytest.mark.parametrize("ending", ["json", "xlsx"])
@pytest.mark.parametrize("command", ["merge a.json --into {}", "sign-off {} --prepared-by Registrar --on 2026-04-01"])
def test_what_somebody_else_wrote_since_a_file_was_read_is_not_replaced(run, tmp_path, monkeypatch, command, ending):
    path = tmp_path / f"p.{ending}"
    path.write_bytes(write_document(FULL, path))
    (tmp_path / "a.json").write_text(json.dumps(part_of(FULL, ["talent"], None)))
    held = cli_files._held

    @contextmanager
    def meanwhile(place):
        if place.name == path.name:
            path.write_bytes(b"somebody else's")
        with held(place):
            yield

    monkeypatch.setattr(cli_files, "_held", meanwhile)
    done = run(*command.format(path.name).split())
    assert done.returncode == ExitCode.OUTPUT, done.stderr
    assert b"somebody changed it after it was read, so it is left as it is; give the command again" in done.stderr
    assert path.read_bytes() == b"somebody else's"


MAKES = ["merge a.json --into new.json", "merge a.json --into new.xlsx", "convert p.json new.json", "convert p.json new.xlsx", "convert p.json new.html --overwrite", "roll-forward p.json --to 2027-03-31 --output new.json", "new new.xlsx", "import ods etr.csv --organisation R0X --output new.json", "import ods etr.csv --organisation R0X --into new.json", "import ods etr.csv --all --output new.jsonl", "history export new.jsonl --store h.sqlite"]


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize("command", MAKES)
def test_what_somebody_else_made_meanwhile_is_not_replaced(run, tmp_path, monkeypatch, command, links):
    (tmp_path / "p.json").write_text(json.dumps(FULL))
    (tmp_path / "a.json").write_text(json.dumps(part_of(FULL, ["talent"], None)))
    (tmp_path / "etr.csv").write_text(ETR)
    run("history", "add", "p.json", "--store", "h.sqlite")
    held = cli_files._held

    @contextmanager
    def meanwhile(place):
        with held(place):
            if place.name.startswith("new."):
                place.write_bytes(b"somebody else's")
            yield

    def no_links(*_):
        raise OSError

    monkeypatch.setattr(cli_files, "_held", meanwhile)
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    done = run(*command.split())
    (made,) = tmp_path.glob("new.*")
    assert made.read_bytes() == b"somebody else's"
    assert done.returncode == ExitCode.OUTPUT, done.stderr
    assert f"{made.name}: somebody made it meanwhile, so it is left as it is; give the command again" in done.stderr.decode()
    assert not list(tmp_path.glob(".new*"))
    monkeypatch.undo()
    made.unlink()
    assert run(*command.split()).returncode == ExitCode.OK
    assert made.stat().st_nlink == 1


@pytest.mark.parametrize("ending", ["json", "xlsx"])
@pytest.mark.exhaustive
def test_of_merges_at_the_same_time_none_loses_what_another_acknowledged(tmp_path, run, ending):
    facts = ["connected", "completed", "approved_missed", "positive"]
    path = tmp_path / f"p.{ending}"
    path.write_bytes(write_document(BARE, path))
    for fact in facts:
        (tmp_path / f"{fact}.json").write_text(json.dumps({**BARE, "appraisal": {fact: 5}}))
    words = [sys.executable, "-m", "engagecheck", "merge", "--into", path.name]
    merges = {fact: subprocess.Popen([*words, f"{fact}.json"], stderr=subprocess.PIPE, cwd=tmp_path) for fact in facts}
    said = {fact: merge.communicate()[1].decode() for fact, merge in merges.items()}
    merged_ones = {fact for fact, merge in merges.items() if merge.returncode == ExitCode.OK}
    assert merged_ones
    assert all("somebody changed it" in said[fact] for fact in facts if fact not in merged_ones), said
    for fact in facts:
        if fact not in merged_ones:
            assert run("merge", f"{fact}.json", "--into", path.name).returncode == ExitCode.OK
    document = open_document(path.read_bytes(), path.name).document
    assert document["appraisal"] == dict.fromkeys(facts, 5)
