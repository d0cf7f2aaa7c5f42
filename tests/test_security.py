"""Every sentence of SECURITY.md has its test: the table, and the tests that stand nowhere else."""

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import attrs
import openpyxl
import pytest

from conftest import EXAMPLES, ROOT, SOUND
from engagecheck import InputRefused, load_profile
from engagecheck.analysis.chain import START, row_digest
from engagecheck.analysis.history import Store
from engagecheck.errors import ExitCode
from hostile_plugins import RULE
from reading import prose_of_markdown, sentences

PROFILE = EXAMPLES / "sound.json"
BIN = Path(sys.executable).parent
SECURITY = "test_security.py"
TABLE = {
    "A profile is data": f"{SECURITY}::test_nothing_of_a_document_is_executed_fetched_or_sent",
    "It is read with limits on size": f"cli/test_files.py::test_nothing_is_read_beyond_the_limit intake/test_strict_json.py::test_depth_has_a_limit {SECURITY}::test_a_number_has_a_limit_of_digits",
    "Nothing in it is executed": f"{SECURITY}::test_nothing_of_a_document_is_executed_fetched_or_sent intake/test_load.py::test_a_remote_reference_is_never_fetched",
    "Control characters": f"{SECURITY}::test_no_output_holds_control_characters papers/test_formats.py::test_hostile_text_is_nothing_but_text_in_every_format",
    "It can say what is not true": f"{SECURITY}::test_a_profile_can_say_what_is_not_true",
    "A workbook is data": f"{SECURITY}::test_nothing_of_a_document_is_executed_fetched_or_sent",
    "Its cells, styles": "intake/test_archives.py::test_many_small_elements_are_refused_before_anything_opens_them intake/test_workbook.py::test_a_sheet_that_claims_millions_of_cells_is_refused_at_once",
    "Entities and odd": "intake/test_archives.py::test_what_hides_or_declares_entities_is_refused",
    "A formula is never": f"{SECURITY}::test_a_formula_is_never_calculated intake/test_tables.py::test_a_formula_without_its_value_is_refused_with_its_cell",
    "A published file is data": f"{SECURITY}::test_nothing_of_a_document_is_executed_fetched_or_sent",
    "It has limits of its own": "intake/test_tables.py::test_bombs_are_refused_while_they_are_read intake/test_importers.py::test_a_small_file_that_claims_millions_of_cells_is_refused_at_once",
    "Each fact says which": "intake/test_importers.py::test_every_fact_arrives_with_its_evidence",
    "A configuration that you name": "cli/test_consent.py::test_naming_it_is_consent",
    "One that is merely found": "cli/test_consent.py::test_what_a_found_configuration_sets_stands_on_the_first_page_of_every_paper",
    "The program says that": "cli/test_consent.py::test_what_a_found_configuration_sets_is_said cli/test_consent.py::test_what_a_found_configuration_sets_stands_on_the_first_page_of_every_paper",
    "It cannot run code": "cli/test_consent.py::test_without_consent_nothing_of_theirs_runs cli/test_consent.py::test_naming_it_is_consent",
    "That consent ends": "cli/test_consent.py::test_lasting_consent_ends_with_a_change cli/test_consent.py::test_what_python_would_run_in_place_of_a_file_ends_consent_too cli/test_consent.py::test_a_link_to_another_folder_is_not_trusted",
    "No environment variable": "cli/test_consent.py::test_no_environment_variable_gives_consent",
    "A plugin is code": f"{SECURITY}::test_a_plugin_runs_with_the_rights_of_its_user_isolated_or_not",
    "It runs with your rights": f"{SECURITY}::test_a_plugin_runs_with_the_rights_of_its_user_isolated_or_not",
    "Installed distributions": "cli/test_consent.py::test_naming_it_is_consent plugin_host/test_scaffold.py::test_the_second_pack_beside_ours",
    "`--no-plugins` loads": "cli/test_consent.py::test_no_plugins_means_none",
    "A plugin that fails": "audit/test_sandbox.py::test_in_process_what_a_process_can_survive_costs_that_plugin_alone audit/test_sandbox.py::test_eighteen_outcomes_are_reported_and_the_good_one_is_unharmed",
    "`--isolate` runs it": "audit/test_sandbox.py::test_eighteen_outcomes_are_reported_and_the_good_one_is_unharmed audit/test_sandbox.py::test_the_time_limit_holds_and_processes_started_by_a_plugin_end_with_it",
    "That is a boundary": f"{SECURITY}::test_a_plugin_runs_with_the_rights_of_its_user_isolated_or_not",
    "A history can be": f"{SECURITY}::test_a_history_that_was_replaced_as_a_whole_is_known_by_its_head_alone",
    "One altered or removed": "analysis/test_history.py::test_what_was_removed_or_altered_is_found",
    "A report that was removed on purpose": "analysis/test_history.py::test_commands_say_what_was_removed_and_leave_it_out analysis/test_history.py::test_a_row_without_its_report_cannot_be_altered_unnoticed",
    "Only a head": f"{SECURITY}::test_a_history_that_was_replaced_as_a_whole_is_known_by_its_head_alone",
    "The workplace answers one person": "web/test_serve.py::test_as_a_process_it_answers_this_machine_alone_and_a_link_signs_in_once web/test_proxy.py::test_behind_nginx_everything_goes_by_tls_and_a_password_signs_in",
    "`python -m` imports": f"{SECURITY}::test_only_python_m_runs_what_the_current_folder_holds",
    "In a folder that you do not trust": f"{SECURITY}::test_only_python_m_runs_what_the_current_folder_holds",
    "The program notes a name": "analysis/test_notes.py::test_the_name_of_a_person_is_noted",
    "Entries whose holder": "plugins/test_leadership_stability.py::test_a_director_kept_private_is_not_named",
    "No password": "analysis/test_history.py::test_no_password_is_shown_wherever_it_stands",
}  # fmt: skip
"""How each sentence begins, and the tests that hold it."""


def test_every_sentence_has_its_test():
    text = (ROOT / "SECURITY.md").read_text("utf-8").replace("**", "")
    said = [one for one in sentences(prose_of_markdown(text)) if len(one.split()) > 1][2:-2]
    untested = [one for one in said if sum(one.startswith(begin) for begin in TABLE) != 1]
    assert not untested, untested
    assert len(said) == len(TABLE)
    for names in TABLE.values():
        for name in names.split():
            path, _, function = name.partition("::")
            tree = ast.parse((ROOT / "tests" / path).read_text("utf-8"))
            assert function in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}, name


WATCHED = """
import sys
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "webbrowser.")) or event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"):
        print("TOUCHED", event, arguments, file=sys.stderr)
    if event in ("compile", "exec") and "HOSTILE" in repr(arguments)[:20_000]:
        print("TOUCHED", event, file=sys.stderr)
sys.addaudithook(watch)
from engagecheck.cli import main
main(sys.argv[1:])
"""


@pytest.mark.exhaustive
def test_nothing_of_a_document_is_executed_fetched_or_sent(run, tmp_path):
    document = json.loads(json.dumps(SOUND)) | {"$schema": "http://example.org/schema.json", "note": "__import__('os').system('echo HOSTILE')"}
    document["evidence"][0] |= {"title": "{{ HOSTILE }} {% for x in HOSTILE %}", "reference": "http://example.org/HOSTILE"}
    (tmp_path / "p.json").write_text(json.dumps(document))
    (tmp_path / "ref.json").write_text(json.dumps(document | {"talent": {"$ref": "http://example.org/HOSTILE"}}))
    run("convert", "p.json", "p.xlsx")
    (tmp_path / "ods.csv").write_text('RX1,"=HYPERLINK(""http://example.org"") HOSTILE"\n')
    for command, code in (
        ("audit p.json --fail-on never -f html=r.html -f docx=r.docx -f xlsx=r.xlsx -f json=r.json -f sarif=r.sarif", 0), ("audit p.xlsx --fail-on never", 0), ("validate ref.json", 3), ("validate p.xlsx", 0), ("render r.json -f html=again.html", 0),
        ("import ods ods.csv --output new.json", None), ("verify r.json p.json", 0), ("whatif p.json", 0),
    ):  # fmt: skip
        done = subprocess.run([sys.executable, "-c", WATCHED, *command.split()], capture_output=True, text=True, cwd=tmp_path, check=False)
        assert "TOUCHED" not in done.stderr, (command, done.stderr)
        assert code is None or done.returncode == code, (command, done.stderr)


def test_the_watch_would_notice():
    spoilt = WATCHED.replace("main(sys.argv[1:])", "import socket; socket.socket(); exec('HOSTILE = 1')")
    done = subprocess.run([sys.executable, "-c", spoilt], capture_output=True, text=True, check=True)
    assert done.stderr.count("TOUCHED") >= 2


@pytest.mark.parametrize("number", ["1" * 5000, "1." + "1" * 5000, "1e99999", "-" + "9" * 400])
def test_a_number_has_a_limit_of_digits(number):
    text = json.dumps(SOUND).replace('"meetings": ', f'"meetings": {number}, "x": ', 1)
    assert number in text
    with pytest.raises(InputRefused) as refused:
        load_profile(text.encode())
    assert all(len(line) < 2100 for line in refused.value.complaints)


RAW = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
NASTY = "a\x1b[31mb\x1b]0;title\x07c\u202ed\u2066e\x9bf\x00"


def test_no_output_holds_control_characters(run, tmp_path):
    document = json.loads(json.dumps(SOUND))
    document["organisation"]["name"] += NASTY
    document["evidence"][0]["title"] += NASTY
    (tmp_path / "p.json").write_text(json.dumps(document))
    (tmp_path / "wrong.json").write_text(json.dumps(document | {NASTY: 1, "as_of": NASTY}))
    for command in ("audit p.json --detail", "audit p.json", "validate p.json", "validate wrong.json", "audit wrong.json", "status p.json", "whatif p.json", "compare p.json p.json", "audit p.json p.json", "audit p.json -f json", "audit p.json -f markdown", "roll-forward p.json --to 2027-03-31"):
        done = run(*command.split())
        for said in (done.stdout, done.stderr):
            assert not RAW.search(said.decode()), (command, RAW.search(said.decode()))


def test_a_profile_can_say_what_is_not_true(run, tmp_path):
    document = json.loads(PROFILE.read_text("utf-8"))
    document["organisation"]["name"] = "Nobody"
    (tmp_path / "p.json").write_text(json.dumps(document))
    done = run("audit", "p.json")
    assert done.returncode == ExitCode.OK
    assert b"an indicative self-assessment" in done.stdout


@pytest.mark.exhaustive
def test_a_formula_is_never_calculated(run, tmp_path):
    run("new", "w.xlsx")
    book = openpyxl.load_workbook(tmp_path / "w.xlsx")
    changed = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is None and cell.protection is not None and not cell.protection.locked and changed < 20:
                    cell.value = "=6*7"
                    changed += 1
    assert changed
    book.save(tmp_path / "w.xlsx")
    done = run("validate", "w.xlsx")
    assert done.returncode == ExitCode.INPUT
    run("convert", "w.xlsx", "out.json")
    assert not (tmp_path / "out.json").exists()
    assert b"42" not in done.stderr


def test_a_plugin_runs_with_the_rights_of_its_user_isolated_or_not(run, tmp_path):
    (tmp_path / "secret.txt").write_text("of the user")
    (tmp_path / "mine").mkdir()
    body = f"import shutil; shutil.copy({str(tmp_path / 'secret.txt')!r}, {str(tmp_path / 'taken.txt')!r}); return fact"
    (tmp_path / "mine" / "spy.py").write_text(RULE.format(name="spy", body=body))
    for options in ((), ("--isolate",)):
        assert run("audit", PROFILE, "--plugins", "mine", *options).returncode == ExitCode.OK
        assert (tmp_path / "taken.txt").read_text() == "of the user"
        (tmp_path / "taken.txt").unlink()


def test_a_history_that_was_replaced_as_a_whole_is_known_by_its_head_alone(run, tmp_path):
    for day in ("2026-03-31", "2026-06-30"):
        run("history", "add", PROFILE, "--as-of", day, "--store", "h.sqlite")
    head = run("history", "head", "--store", "h.sqlite").stdout.decode().strip()
    run("history", "add", EXAMPLES / "harbour-vale.json", "--store", "other.sqlite")
    (row,) = Store(str(tmp_path / "other.sqlite")).rows()
    assert row.row_digest == row_digest(attrs.evolve(row, previous=START))  # anyone can work out a digest that fits
    (tmp_path / "other.sqlite").replace(tmp_path / "h.sqlite")
    assert run("history", "verify", "--store", "h.sqlite").returncode == ExitCode.OK
    done = run("history", "verify", "--store", "h.sqlite", "--head", head)
    assert done.returncode == ExitCode.VERIFICATION
    assert b"rows were cut off or replaced" in done.stderr


def test_only_python_m_runs_what_the_current_folder_holds(tmp_path):
    for name in ("engagecheck", "json", "click", "sitecustomize"):
        (tmp_path / f"{name}.py").write_text("open('ran', 'w').close()\nraise SystemExit(99)\n")
    script = BIN / "engagecheck"
    for words, runs_it in (([script], False), ([sys.executable, "-P", "-m", "engagecheck"], False), ([sys.executable, "-m", "engagecheck"], True)):
        done = subprocess.run([*words, "--version"], capture_output=True, cwd=tmp_path, check=False)
        assert (tmp_path / "ran").exists() == runs_it, words
        assert runs_it or done.returncode == 0, done.stderr
