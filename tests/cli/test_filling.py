"""Filling in a profile from the command line: new, convert, import and the notes of validate."""

import json
import os
import pty
import subprocess
import sys
import time

import pytest

from conftest import BARE, ETR, EXAMPLES, SOUND
from engagecheck import ExitCode, load_profile
from engagecheck.intake.questions import all_questions
from engagecheck.intake.questions.asked import essential_facts

HARBOUR = EXAMPLES / "harbour-vale.json"


@pytest.mark.parametrize(("name", "next_step"), [
    ("p.xlsx", "Next: fill it in and save it. Then: engagecheck validate p.xlsx"),
    ("p.html", "Next: open it in a browser, and save your answers there. Then: engagecheck validate SAVED.json"),
    ("P.XLSX", "Next: fill it in and save it. Then: engagecheck validate P.XLSX"),
])
def test_new_writes_a_file_to_fill_in_and_never_over_another(run, tmp_path, name, next_step):
    done = run("new", name)
    assert (done.returncode, done.stderr.decode().splitlines()) == (0, [f"Written: {name}", next_step])
    before = (tmp_path / name).read_bytes()
    again = run("new", name)
    assert again.returncode == ExitCode.OUTPUT
    assert "already exists" in again.stderr.decode()
    assert (tmp_path / name).read_bytes() == before
    assert run("new", "p.txt").returncode == ExitCode.USAGE


def test_the_skeleton_says_what_can_be_filled_in_and_is_valid_once_it_says_who(run, tmp_path):
    assert run("new", "p.json", "--blank").returncode == 0
    document = json.loads((tmp_path / "p.json").read_text("utf-8"))
    text = json.dumps(document)
    for question in all_questions():
        facts = [one.name for one in question.parts if one.name != "answered_by"]
        assert question.name in ("accepted_gaps", "attestations", "sign_off") or all(name in text for name in facts), question.name
    refused = run("validate", "p.json").stderr.decode().splitlines()
    assert len(refused) == 5
    assert refused[-1] == "There are 4 mistakes. Correct them, and give the same command again."
    document["as_of"] = BARE["as_of"]
    document["organisation"] |= BARE["organisation"]
    assert set(load_profile(document).sections) == {question.name for question in all_questions() if question.can_withhold}


def test_convert_goes_both_ways_and_only_with_a_valid_profile(run, tmp_path):
    assert run("convert", HARBOUR, "p.xlsx").returncode == 0
    assert run("convert", "p.xlsx", "p.json").returncode == 0
    assert json.loads((tmp_path / "p.json").read_text("utf-8")) == SOUND
    assert run("convert", "p.json", "p.html").returncode == 0
    assert run("convert", "p.json", "p.xlsx").returncode == ExitCode.OUTPUT
    assert run("convert", "p.json", "p.xlsx", "--overwrite").returncode == 0
    (tmp_path / "bad.json").write_text('{"as_of": "x"}')
    assert run("convert", "bad.json", "bad.xlsx").returncode == ExitCode.INPUT
    assert not (tmp_path / "bad.xlsx").exists()


def test_the_workbook_is_audited_and_validated_like_json(run, tmp_path):
    run("convert", HARBOUR, "p.xlsx")
    audited = run("audit", "p.xlsx", "--detail")
    assert audited.returncode == ExitCode.GATE
    assert "(Appraisal!C7)" in audited.stdout.decode()
    assert "p.xlsx: Programmes!" in run("validate", "p.xlsx").stdout.decode()
    piped = run("audit", "-", "-f", "json", stdin=(tmp_path / "p.xlsx").read_bytes())
    assert json.loads(piped.stdout)["summary"]["score"] == json.loads(run("audit", HARBOUR, "-f", "json").stdout)["summary"]["score"]


def test_validate_says_what_it_understood_of_a_workbook(run, tmp_path):
    from openpyxl import load_workbook

    run("convert", HARBOUR, "p.xlsx")
    book = load_workbook(tmp_path / "p.xlsx")
    book["Appraisal"]["C7"].value = "1,612"
    book.save(tmp_path / "p.xlsx")
    assert "p.xlsx: Appraisal!C7: '1,612' is read as 1612" in run("validate", "p.xlsx").stdout.decode()


WHO = ["2026-03-31", "A trust (invented)", "NHS trust", "England", *[""] * 6]


A_SPELL = {"holder": "A", "kind": "substantive", "since": "2021-02", "until": "present"}


def test_prompts_write_after_each_section_and_go_on_where_they_stopped(run, tmp_path):
    # The day and organisation; no evidence; the leadership section: only the other executives, one of three; then stop.
    answers = [*WHO, "n", "no", "no", "yes", "3", "y", "Chief Nurse", "", "", "", "1", "", "y", "A", "substantive", "14/13/2021", "Feb-21", "Still in post", "n", "n", "withheld", "under review", "no", "no", "no", "no"]
    done = run("new", "p.json", stdin="\n".join([*answers, "?"]).encode())
    said = done.stdout.decode()
    assert done.returncode == 0
    assert "'14/13/2021' is not a date; enter a date like 31 March 2026" in said
    assert "Understood as February 2021" in said
    assert "Usually found in" in said
    assert "go on with engagecheck new p.json" in done.stderr.decode()
    document = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert document["leadership"] == {
        "other_executives": {"of": 3, "entries": [{"role": "Chief Nurse", "holders": {"of": 1, "entries": [A_SPELL]}}]}, "withheld": {"non_executives": "under review"},
    }  # fmt: skip
    sections = [question for question in all_questions() if question.can_withhold]
    again = run("new", "p.json", stdin="\n".join(["n", "n", *["no"] * 400]).encode() + b"\n")
    assert "Leadership is already filled in" in again.stdout.decode()
    after = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert after["leadership"] == document["leadership"]
    assert len(sections) == 14


def test_prompts_mark_the_essential_questions(run, bundled):
    asked = run("new", "p.json", stdin="\n".join([*WHO, *[""] * 200]).encode()).stdout.decode()
    assert "Begin with the questions marked (essential)." in asked
    assert "Is there a leadership strategy? (essential)" in asked
    assert "\nChief executive (essential). " in asked
    assert asked.count(" (essential)") == len(essential_facts(bundled)) + 1  # and once in the introduction


def test_prompts_ask_again_for_a_section_that_contradicts_itself(run, tmp_path):
    post = ["y", "Chief Nurse", "", "", "", "", "", "n"]
    wrong = [*WHO, "n", "no", "no", "yes", "1", *post, *post, "n", "no", "no"]
    done = run("new", "p.json", stdin="\n".join(wrong).encode())
    assert "This section has mistakes" in done.stdout.decode()
    assert "\n  Leadership: Other voting executive posts: you listed 2 but said there is 1 in total\n" in done.stdout.decode()
    assert "leadership" not in json.loads((tmp_path / "p.json").read_text("utf-8"))


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_prompts_ask_nothing_that_an_earlier_answer_makes_unnecessary(run, tmp_path, answer):
    (tmp_path / "p.json").write_text(json.dumps({**BARE, "commitment": {"board_lead": {"named": True, "reports_to_board": True}}}))
    leadership, commitment = ["no"] * 5, ["y", "no", "no", "no", "", "no", "no"]
    done = run("new", "p.json", stdin="\n".join(["no", *leadership, *commitment, answer]).encode() + b"\n")
    said = done.stdout.decode()
    assert "Is a board member named" in said
    assert "Does the role cover all doctors?" not in said
    assert "No longer asked after an earlier answer: Commitment of senior leaders: Board lead" in said
    kept = {"named": False} if answer == "yes" else {"named": False, "reports_to_board": True}
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["commitment"] == {"board_lead": kept}


def test_prompts_ask_for_no_entries_of_an_empty_list(run, tmp_path):
    done = run("new", "p.json", stdin="\n".join([*WHO, "n", "no", "no", "yes", "0", "no", "no"]).encode() + b"\n")
    assert done.stdout.decode().count("Add one?") == 1  # only for the evidence
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["leadership"] == {"other_executives": {"of": 0}}


def test_prompts_refuse_to_go_on_with_a_profile_that_is_wrong(run, tmp_path):
    for wrong in ("[1]", '{"organisation": "x"}', '{"as_of": "x"}', json.dumps({**BARE, "talent": {"leadership_strategy": "perhaps"}}), f'{json.dumps(BARE)[:-1]}, "note": "one", "note": "two"}}'):
        (tmp_path / "p.json").write_text(wrong)
        done = run("new", "p.json")
        assert done.returncode == ExitCode.INPUT
        assert (tmp_path / "p.json").read_text() == wrong


def test_prompts_go_on_with_a_skeleton(run, tmp_path):
    run("new", "p.json", "--blank")
    done = run("new", "p.json", stdin="\n".join([*WHO, "n", "no"]).encode())
    assert "is already filled in" not in done.stdout.decode()
    assert load_profile(tmp_path / "p.json").organisation.name == WHO[1]


def test_prompts_let_entries_be_changed_and_removed(run, tmp_path):
    evidence = ["y", "A", "First", "policy", "", "2030-01", "2025-01", *[""] * 4, "y", "B", "Second", "policy", *[""] * 6, "1", "", "Changed", *[""] * 7, "- 2", "no"]
    done = run("new", "p.json", stdin="\n".join([*WHO, *evidence]).encode())
    assert "This date, January 2030, is after the profile date" in done.stdout.decode()
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["evidence"] == [{"id": "A", "title": "Changed", "kind": "policy", "effective": "2025-01"}]


def test_withheld_is_an_answer_only_where_it_can_be_kept(run, tmp_path):
    done = run("new", "p.json", stdin="\n".join([*WHO, "no", "yes", "", "", "", "", "1", "", "y", "A", "withheld", "interim", *[""] * 40, *["no"] * 40]).encode())
    assert "'withheld' is not one of the answers" in done.stdout.decode()
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["leadership"]["chief_executive"]["holders"]["entries"][0]["kind"] == "interim"


@pytest.mark.exhaustive
def test_a_person_who_presses_ctrl_c_keeps_what_is_finished(tmp_path):
    ours, theirs = pty.openpty()
    process = subprocess.Popen([sys.executable, "-m", "engagecheck", "new", "p.json"], stdin=theirs, stdout=theirs, stderr=theirs, cwd=tmp_path, start_new_session=True, preexec_fn=lambda: __import__("fcntl").ioctl(0, 0x540E, 0))
    os.close(theirs)
    for line in [*WHO, "n"]:
        time.sleep(0.3)
        os.write(ours, f"{line}\n".encode())
    time.sleep(1)
    os.write(ours, b"\x03")
    said = b""
    try:
        while part := os.read(ours, 65536):
            said += part
    except OSError:
        pass
    process.wait(timeout=20)
    os.close(ours)
    assert b"Stopped: every finished section is in p.json" in said
    assert b"Traceback" not in said
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["organisation"]["name"] == WHO[1]


HEAD = "organisation,on,connected,completed,approved_missed,unapproved_missed\n"


@pytest.fixture
def files(tmp_path):
    (tmp_path / "etr.csv").write_text(ETR + ETR.replace("R0X", "R0Y").replace("VALE", "HILL"))
    (tmp_path / "return.csv").write_text(HEAD + "R0X,2025-03-31,612,571,33,8\nR0Y,2025-03-31,100,90,10,0\n")
    return tmp_path


def test_import_begins_a_profile_and_adds_to_it(run, files):
    assert run("import", "ods", "etr.csv", "--organisation", "r0x", "--output", "p.json", "--as-of", "2025-03-31").returncode == 0
    assert run("import", "annual-return", "return.csv", "--into", "p.json").returncode == 0
    profile = load_profile(files / "p.json")
    assert profile.organisation.name == "Vale NHS Trust"
    assert profile.fact("appraisal.connected") == 612
    assert json.loads(run("import", "ods", "etr.csv", "--organisation", "R0Y").stdout)["organisation"]["name"] == "Hill NHS Trust"


@pytest.mark.exhaustive
def test_import_into_a_workbook(run, files):
    run("import", "ods", "etr.csv", "--organisation", "R0X", "--output", "p.xlsx", "--as-of", "2025-03-31")
    assert run("import", "annual-return", "return.csv", "--into", "p.xlsx").returncode == 0
    assert load_profile(files / "p.xlsx").fact("appraisal.completed") == 571


def test_import_tells_differences_and_changes_nothing_until_told(run, files):
    (files / "p.json").write_text(json.dumps({**BARE, "appraisal": {"connected": 600}}))
    before = (files / "p.json").read_bytes()
    done = run("import", "annual-return", "return.csv", "--organisation", "R0X", "--into", "p.json")
    assert done.returncode == ExitCode.INPUT
    assert "p.json: Appraisal and revalidation: Doctors with a prescribed connection: the profile says 600, the file says 612" in done.stderr.decode()
    assert "--prefer" in done.stderr.decode()
    assert (files / "p.json").read_bytes() == before
    assert run("import", "annual-return", "return.csv", "--organisation", "R0X", "--into", "p.json", "--prefer", "entered").returncode == 0
    assert load_profile(files / "p.json").fact("appraisal.connected") == 600
    assert run("import", "annual-return", "return.csv", "--organisation", "R0X", "--into", "p.json", "--prefer", "imported").returncode == 0
    assert load_profile(files / "p.json").fact("appraisal.connected") == 612


@pytest.mark.exhaustive
def test_import_fills_a_blank_workbook_and_keeps_it_as_it_was(run, files):
    run("new", "p.xlsx")
    before = (files / "p.xlsx").read_bytes()
    done = run("import", "ods", "etr.csv", "--organisation", "R0X", "--into", "p.xlsx", "--as-of", "2025-03-31")
    assert done.returncode == 0, done.stderr
    assert load_profile(files / "p.xlsx").organisation.name == "Vale NHS Trust"
    assert (files / "p.previous.xlsx").read_bytes() == before


@pytest.mark.parametrize("wrong", ['[1]', '{"organisation": "x"}', '{"organisation": {}, "talent": 3}', '{"organisation": {"name": "x"}}', "nonsense", '{"talent": {"leadership_strategy": "perhaps"}}'])
def test_import_into_what_is_no_profile_is_refused_and_changes_nothing(run, files, wrong):
    (files / "p.json").write_text(wrong)
    done = run("import", "ods", "etr.csv", "--organisation", "R0X", "--into", "p.json")
    assert done.returncode == ExitCode.INPUT
    assert b"Traceback" not in done.stderr
    assert (files / "p.json").read_text() == wrong


def test_import_into_a_workbook_with_a_formula_is_refused(run, files):
    import openpyxl

    run("new", "p.xlsx")
    book = openpyxl.load_workbook(files / "p.xlsx")
    book["Talent"]["C8"] = "=1+1"
    book.save(files / "p.xlsx")
    done = run("import", "ods", "etr.csv", "--organisation", "R0X", "--into", "p.xlsx")
    assert done.returncode == ExitCode.INPUT
    assert "Talent!C8: there is a formula here" in done.stderr.decode()


def test_import_of_later_facts_is_refused_in_one_sentence_or_moves_the_day(run, files):
    (files / "p.json").write_text(json.dumps({**BARE, "as_of": "2024-03-31"}))
    done = run("import", "annual-return", "return.csv", "--organisation", "R0X", "--into", "p.json")
    assert done.returncode == ExitCode.INPUT
    assert len(done.stderr.splitlines()) == 1
    assert "is about 31 March 2025, after the date of p.json, 31 March 2024" in done.stderr.decode()
    done = run("import", "annual-return", "return.csv", "--organisation", "R0X", "--into", "p.json", "--as-of", "2025-03-31")
    assert done.returncode == ExitCode.USAGE
    assert "--move-day" in done.stderr.decode()
    assert load_profile(files / "p.json").as_of.isoformat() == "2024-03-31"
    assert run("import", "annual-return", "return.csv", "--organisation", "R0X", "--into", "p.json", "--as-of", "2025-03-31", "--move-day").returncode == 0
    assert load_profile(files / "p.json").as_of.isoformat() == "2025-03-31"


def test_import_of_everyone_never_loses_a_profile(run, files):
    code = {"organisation": {**BARE["organisation"], "ods_code": "R0X"}}
    (files / "out").mkdir()
    (files / "out" / "mine.json").write_text(json.dumps({**BARE, **code, "as_of": "2025-03-31"}))
    assert run("import", "annual-return", "return.csv", "--all", "--output", "out").returncode == 0
    assert [path.name for path in (files / "out").iterdir()] == ["mine.json"]
    assert load_profile(files / "out" / "mine.json").fact("appraisal.connected") == 612
    two = "".join(json.dumps({**BARE, **code, "as_of": f"202{year}-03-31"}) + "\n" for year in (4, 5))
    (files / "all.jsonl").write_text(two)
    done = run("import", "annual-return", "return.csv", "--all", "--output", "all.jsonl")
    assert done.returncode == ExitCode.INPUT
    assert (files / "all.jsonl").read_text() == two


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--all", "--output", "etr.csv"], ExitCode.USAGE), (["--all", "--output", "etr"], ExitCode.OUTPUT), (["--all", "--output", "etr/deeper"], ExitCode.OUTPUT),
        (["--all", "--output", "o", "--organisation", "R0X"], ExitCode.USAGE), (["--into", "p.json", "--output", "q.json"], ExitCode.USAGE),
    ],
)  # fmt: skip
def test_places_that_cannot_be_and_options_that_do_not_go_together(run, files, words, code):
    (files / "etr").write_text("a file")
    done = run("import", "ods", "etr.csv", *words)
    assert done.returncode == code, done.stderr
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("output", ["out", "all.jsonl"])
def test_import_of_everyone_makes_and_completes_profiles(run, files, output):
    assert run("import", "ods", "etr.csv", "--all", "--output", output, "--as-of", "2025-03-31").returncode == 0
    (files / "return.csv").write_text(HEAD + "R0X,2025-03-31,612,571,33,8\nR99,2025-03-31,1,1,0,0\n")
    done = run("import", "annual-return", "return.csv", "--all", "--output", output)
    assert done.returncode == 0
    assert "Left out: 1" in done.stderr.decode()
    if output == "out":
        documents = [json.loads(path.read_text("utf-8")) for path in sorted((files / "out").iterdir())]
    else:
        documents = [json.loads(line) for line in (files / output).read_text("utf-8").splitlines()]
    assert [document["organisation"]["ods_code"] for document in documents] == ["R0X", "R0Y"]
    assert documents[0]["appraisal"]["connected"] == 612
    (files / "return.csv").write_text(HEAD + "R0X,2025-03-31,613,571,33,8\nR0Y,2025-03-31,5,5,0,0\n")
    done = run("import", "annual-return", "return.csv", "--all", "--output", output)
    assert done.returncode == ExitCode.INPUT
    assert "R0X: Appraisal and revalidation: Doctors with a prescribed connection: the profile says 612, the file says 613" in done.stderr.decode()


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["nothing", "etr.csv"], ExitCode.USAGE, "no such source"), (["odds", "etr.csv"], ExitCode.USAGE, "did you mean 'ods'"), (["ods"], ExitCode.USAGE, "name the file"),
        (["ods", "none.csv"], ExitCode.INPUT, "no such file"), (["ods", "etr.csv"], ExitCode.USAGE, "say which with --organisation"), (["ods", "etr.csv", "--organisation", "RZZ"], ExitCode.INPUT, "nothing about RZZ"),
        (["ods", "etr.csv", "--all"], ExitCode.USAGE, "say where"), (["ods", "return.csv", "--organisation", "R0X"], ExitCode.INPUT, "seems to be a file for import annual-return"), (["annual-return", "return.csv", "--organisation", "R0X"], ExitCode.USAGE, "begin a profile and name"),
        (["ods", "etr.csv", "-o", "x=1"], ExitCode.USAGE, "there are none"), (["oversight", "etr.csv", "-o", "quarters=1"], ExitCode.USAGE, "did you mean 'quarter'"), (["ods", "etr.csv", "--organisation", "R0X", "--as-of", "soon"], ExitCode.USAGE, "not a day"),
        (["ods", "--template"], ExitCode.USAGE, "has no template"), (["views", "etr.csv", "--into", "p.json", "-o", "invited-managers=many"], ExitCode.INPUT, "column called group"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("files")
def test_what_cannot_be_imported_is_said_in_a_sentence(run, words, code, said):
    done = run("import", *words)
    assert done.returncode == code
    assert said in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_import_lists_what_it_can_read_and_prints_templates(run):
    listed = run("import").stdout.decode()
    for name in ("annual-return", "cqc", "ods", "oversight", "panel", "staff-survey", "views", "quarter", "invited-managers"):
        assert name in listed
    assert run("import", "annual-return", "--template").stdout.startswith(b"Organisation code,Year that ends on,Doctors with")


def test_an_importer_of_ones_own_is_one_small_file(run, files):
    (files / "mine").mkdir()
    (files / "mine" / "payroll.py").write_text(
        "from engagecheck import Imported, importer\n"
        "@importer('payroll', about='x.', title='Payroll', publisher='Us', kind='data_set')\n"
        "def read(file, options):\n    yield Imported('R0X', {'commitment': {'voting_doctors': len(next(file.rows())[1][0])}})\n"
        "@importer('broken', about='x.', title='Broken', publisher='Us', kind='data_set')\n"
        "def broken(file, options):\n    raise ValueError('for a reason')\n"
    )
    (files / "p.json").write_text(json.dumps(BARE))
    (files / "payroll.txt").write_text("ab")
    assert run("import", "payroll", "payroll.txt", "--organisation", "R0X", "--into", "p.json", "--plugins", "mine").returncode == 0
    assert load_profile(files / "p.json").fact("commitment.voting_doctors") == 2
    done = run("import", "broken", "payroll.txt", "--into", "p.json", "--plugins", "mine")
    assert done.returncode == ExitCode.INCOMPLETE
    assert "for a reason" in done.stderr.decode()
    assert run("audit", "p.json", "--plugins", "mine").stderr == b""


def test_validate_strict_takes_notes_for_mistakes(run, tmp_path):
    (tmp_path / "p.json").write_text(json.dumps({**BARE, "journey": {"self_rating": "good"}}))
    assert run("validate", "p.json").returncode == ExitCode.OK
    assert run("validate", "p.json", "--strict").returncode == ExitCode.INPUT
    assert run("validate", EXAMPLES / "sound.json", "--strict").returncode == ExitCode.OK
