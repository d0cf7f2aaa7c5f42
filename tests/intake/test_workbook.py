"""A workbook holds all of a profile, reads the same again, and names every mistake by its cell."""

import copy
import io
import json
import re
import subprocess
import zipfile
from datetime import date, datetime, timedelta
from functools import cache

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from msgspec import to_builtins
from openpyxl import load_workbook
from openpyxl.utils.cell import coordinate_to_tuple
from openpyxl.worksheet.formula import ArrayFormula

from conftest import BARE, PROFILES, SOUND
from engagecheck import InputRefused, installed, load_profile, run_audit
from engagecheck.intake.explain import open_document
from engagecheck.intake.questions.asked import essential_facts, no_longer_asked
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.workbook import reading
from engagecheck.intake.workbook.layout import sheets
from engagecheck.intake.workbook.writing import write
from engagecheck.model.dates import months_after
from generated import accepted, dressed
from machine import libreoffice
from overriding import attest, gap

SLOW = settings(deadline=None, phases=[Phase.explicit, Phase.generate], suppress_health_check=list(HealthCheck))


def read(raw):
    return reading.read(raw, "profile.xlsx")


@pytest.mark.parametrize("path", [*PROFILES[:5], *(pytest.param(one, marks=pytest.mark.exhaustive) for one in PROFILES[5:])], ids=lambda path: path.stem)
def test_every_example_comes_back_unchanged(path):
    document = json.loads(path.read_text("utf-8"))
    found = read(write(document))
    assert found.faults == ()
    assert found.document == document


@pytest.mark.parametrize("count", [3, pytest.param(100, marks=pytest.mark.exhaustive)])
def test_generated_profiles_come_back_unchanged(count):
    @settings(SLOW, max_examples=count)
    @given(dressed().filter(accepted))
    def comes_back(document):
        before = copy.deepcopy(document)
        found = read(write(document))
        assert found.faults == ()
        assert found.document == before == document

    comes_back()


@pytest.mark.exhaustive
@pytest.mark.parametrize("count", [1, 15])
def test_examples_and_generated_profiles_come_back_from_libreoffice_unchanged(tmp_path, count):
    documents = [json.loads(path.read_text("utf-8")) for path in (PROFILES[1:] if count > 1 else PROFILES[:1])]
    examples = len(documents)

    @settings(SLOW, max_examples=count)
    @given(dressed().filter(accepted))
    def collect(document):
        documents.append(document)

    collect()
    assert len(documents) >= examples + count
    for number, (document, raw) in enumerate(zip(documents, converted(tmp_path, [write(one) for one in documents]), strict=True)):
        found = read(raw)
        assert found.faults == (), number
        assert found.document == document, number


def test_the_same_profile_makes_the_same_bytes():
    assert write(SOUND) == workbook_of(json.dumps(SOUND))[0]


def test_an_audit_of_the_workbook_says_the_same_and_names_cells(bundled):
    one, other = (to_builtins(run_audit(one, bundled)) for one in (SOUND, workbook_of(json.dumps(SOUND))[0]))
    facts = [fact for finding in other["findings"] for result in finding["criteria"] for fact in result["facts"]]
    assert any(fact["cell"] == "Appraisal!C7" for fact in facts)
    for report in (one, other):
        for volatile in ("run", "profile_digest", "report_digest"):
            del report[volatile]
        for fact in [*report["facts_not_read"], *(fact for finding in report["findings"] for result in finding["criteria"] for fact in result["facts"])]:
            fact["line"] = fact["cell"] = None
    assert one == other


@cache
def workbook_of(text):
    """The workbook of a document, as JSON: its bytes and the cells of its facts. Most tests begin with the same one."""
    raw = write(json.loads(text))
    return raw, read(raw).places


def cell_of(pointer, document=SOUND):
    return workbook_of(json.dumps(document))[1][pointer]


@cache
def opened(text):
    return load_workbook(io.BytesIO(workbook_of(text)[0]))


def changed(pointer, value, document=SOUND, form=None):
    """A workbook in which the cell of a fact holds something else."""
    return changed_together({pointer: (value, form)}, document)


def changed_together(answers, document=SOUND):
    """A workbook in which the cells of facts hold these values in these formats.

    Opening a workbook takes long, so there is one, and its cells are put back afterwards.
    """
    book, before = opened(json.dumps(document)), {}
    for pointer, (value, form) in answers.items():
        sheet, _, coordinate = cell_of(pointer, document).partition("!")
        cell = book[sheet][coordinate]
        before[coordinate, sheet] = cell, cell.value, cell.number_format
        cell.value = value
        cell.number_format = form or cell.number_format
    raw = bytes_of(book)
    for cell, value, form in before.values():
        cell.value, cell.number_format = value, form
    return raw


def book_of(document):
    return load_workbook(io.BytesIO(workbook_of(json.dumps(document))[0]))


def bytes_of(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("pointer", "value", "words"),
    [
        ("/appraisal/connected", "=600+12", "a formula"), ("/appraisal/connected", "many", "not a number"), ("/appraisal/connected", 612.5, "not a whole number"),
        ("/appraisal/connected", -1, "too small"), ("/talent/leadership_strategy", "perhaps", "yes or no"), ("/leadership/chief_executive/holders/entries/2/kind", "guest", "not one of the answers"),
        ("/leadership/chief_executive/holders/entries/2/since", "10/31/2022", "31 March 2026"), ("/appraisal/board_report_on", "2030-01", "is after the profile date"), ("/organisation/name", None, "is missing, and is always needed"),
        ("/structure/divisions/entries/0/name", None, "is missing, and is always needed"), ("/structure/divisions/of", 2, "said there are 2 in total"),
        ("/leadership/chief_executive/evidence", "AR2526, NOPE", "no evidence has the id"), ("/talent/chief_registrar_time", "#REF!", "shows the error"), ("/as_of", "2026-03", "not exact enough"),
    ],
)  # fmt: skip
def test_every_mistake_is_named_by_its_cell(pointer, value, words):
    with pytest.raises(InputRefused) as refused:
        load_profile(changed(pointer, value), name="p.xlsx")
    complaint = next(line for line in refused.value.complaints if words in line)
    where = cell_of(pointer)
    sheet = where.partition("!")[0]
    assert complaint.startswith(f"p.xlsx: {sheet}!")
    if words != "said there are 2 in total":
        assert complaint.startswith(f"p.xlsx: {where}: ")


TYPED = [
    ("/leadership/chief_executive/holders/entries/2/since", datetime(2022, 1, 10), "dd/mm/yyyy", "2022-01-10"), ("/leadership/chief_executive/holders/entries/2/since", date(2022, 1, 1), "mmm-yy", "2022-01"),
    ("/leadership/chief_executive/holders/entries/2/since", date(2022, 1, 1), "[$-809]mmmm yyyy;@", "2022-01"), ("/leadership/chief_executive/holders/entries/2/since", "31/12/2021", None, "2021-12-31"),
    ("/leadership/chief_executive/holders/entries/2/since", "Mar-21", None, "2021-03"), ("/talent/chief_registrar_time", "45 %", None, 45), ("/talent/chief_registrar_time", 0.45, "0%", 45.0),
    ("/leadership/chief_executive/holders/entries/2/until", "Still in post", None, "present"), ("/appraisal/board_report_on", "never", None, "never"),
    ("/appraisal/connected", "612", "@", 612), ("/appraisal/connected", 612.0, None, 612), ("/talent/leadership_strategy", True, None, True), ("/talent/leadership_strategy", "=TRUE()", None, True), ("/talent/leadership_strategy", "no", None, False),
    ("/organisation/name", 42, None, "42"), ("/leadership/chief_executive/holders/entries/2/kind", "substantive", None, "substantive"),
]  # fmt: skip
"""What people and spreadsheets make of answers: the fact, what is in its cell, the format of the cell, and what it means."""


@pytest.mark.exhaustive
def test_what_people_and_spreadsheets_make_of_answers_is_read():
    """A workbook holds one answer to each question, and takes long to read; so many are tried in each."""
    left = list(TYPED)
    while left:
        answers = {}
        for one in left:
            answers.setdefault(one[0], one)
        left = [one for one in left if one not in answers.values()]
        found = read(changed_together({pointer: (value, form) for pointer, value, form, _ in answers.values()}))
        for pointer, _, _, read_as in answers.values():
            value = found.document
            for step in pointer[1:].split("/"):
                value = value[int(step) if isinstance(value, list) else step]
            assert (value, type(value)) == (read_as, type(read_as)), pointer


@pytest.mark.parametrize("said", [None, "Not known", " not KNOWN ", ""])
def test_not_known_and_nothing_are_the_same(said):
    found = read(changed("/appraisal/connected", said))
    assert found.faults == ()
    assert "connected" not in found.document["appraisal"]


def test_what_is_withheld_needs_no_json():
    document = copy.deepcopy(SOUND)
    del document["talent"]["leadership_strategy"]
    sheet, _, coordinate = cell_of("/talent/withheld/leadership_strategy", document).partition("!")
    book = book_of(document)
    book[sheet][coordinate].value = "under consultation"
    assert load_profile(bytes_of(book)).withheld["/talent/leadership_strategy"] == "under consultation"


def test_a_row_between_others_may_stay_empty():
    document = {key: SOUND[key] for key in ("organisation", "as_of")} | {"strategy": {"programmes": {"of": 3, "entries": [{"name": "A"}, {"name": "B"}, {"name": "C"}]}}}
    found = read(changed("/strategy/programmes/entries/1/name", None, document))
    assert [entry["name"] for entry in found.document["strategy"]["programmes"]["entries"]] == ["A", "C"]


@pytest.mark.exhaustive
def test_former_holders_are_listed_under_the_row_of_their_post():
    document = {key: SOUND[key] for key in ("organisation", "as_of")}
    document["leadership"] = {"other_executives": {"of": 2, "entries": [{"role": "Chief Nurse"}, {"role": "Chief Finance Officer", "holders": {"of": 1, "entries": [{"until": "2024-01"}]}}]}}
    sheet, _, coordinate = cell_of("/leadership/other_executives/entries/1/holders/entries/0/until", document).partition("!")
    book = book_of(document)
    assert book[sheet][f"C{coordinate[1:]}"].value == 2
    book[sheet][f"C{coordinate[1:]}"].value = None
    with pytest.raises(InputRefused, match=f"{sheet}!C.*the number of the row"):
        load_profile(bytes_of(book))


@pytest.mark.exhaustive
def test_a_row_that_belongs_to_an_empty_row_is_named():
    document = {key: SOUND[key] for key in ("organisation", "as_of")}
    document["leadership"] = {"other_executives": {"of": 2, "entries": [{"role": "A"}, {"holders": {"entries": [{"until": "2024-01"}]}}]}}
    raw = write(document)
    found = read(raw)
    assert found.document == document
    sheet, _, coordinate = found.places["/leadership/other_executives/entries/1/holders/entries/0/until"].partition("!")
    book = load_workbook(io.BytesIO(raw))
    for wrong in (7, 0, -1, "Chief Nurse"):
        book[sheet][f"C{coordinate[1:]}"].value = wrong
        with pytest.raises(InputRefused, match=f"{sheet}!C{coordinate[1:]}"):
            load_profile(bytes_of(book))


def test_a_percentage_is_read_where_per_cent_are_asked_and_refused_elsewhere():
    found = read(changed("/talent/chief_registrar_time", 0.2, form="0%"))
    assert found.document["talent"]["chief_registrar_time"] == 20
    with pytest.raises(InputRefused, match="a percentage here"):
        load_profile(changed("/appraisal/connected", 0.9, form="0.0%"))


@pytest.mark.parametrize("form", ['0.0"%"', r"0\%", '0" of 100 %"'])
def test_a_sign_that_only_stands_after_a_number_does_not_make_it_a_percentage(form):
    found = read(changed("/talent/chief_registrar_time", 20, form=form))
    assert found.document["talent"]["chief_registrar_time"] == 20


def test_a_row_that_was_copied_and_answered_otherwise_is_refused_with_both_places():
    book = book_of(SOUND)
    sheet = book["Talent"]
    for column in range(1, 11):
        sheet.cell(60, column).value = sheet.cell(17, column).value
    assert load_profile(bytes_of(book)).sections["talent"].chief_registrar_time == SOUND["talent"]["chief_registrar_time"]
    sheet["C60"] = 5
    with pytest.raises(InputRefused, match="Talent!C60: this question has another answer in Talent!C17; keep one of the two"):
        load_profile(bytes_of(book))


def test_a_new_workbook_asks_for_what_is_always_needed():
    with pytest.raises(InputRefused) as refused:
        load_profile(workbook_of("{}")[0], name="p.xlsx")
    assert len(refused.value.complaints) == 4
    assert all(line.startswith("p.xlsx: Organisation!C") for line in refused.value.complaints)


def test_every_sheet_guides_and_is_locked_but_for_its_answers():
    book = book_of({})
    assert book.security.lockStructure
    assert book.sheetnames == ["Guide", *(sheet.name for sheet in sheets()), "More"]
    for sheet in book.worksheets[1:-1]:
        assert sheet.protection.sheet
        assert sheet.column_dimensions["A"].hidden
        open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        assert open_cells
        kinds = {check.type for check in sheet.data_validations.dataValidation}
        plan = next(one for one in sheets() if one.name == sheet.title)
        assert kinds & {"list", "custom"} or not (plan.table or any(fact.question.is_leaf and fact.question.kind is not Kind.TEXT for fact in plan.facts))
        for check in sheet.data_validations.dataValidation:
            assert len(check.formula1) <= 255
            assert "," not in check.formula1.strip('"') or check.type == "custom" or check.formula1.count(",") < 15
    divisions = book["Divisions"]
    assert any(cell.value == "How many are there in total?" for row in divisions.iter_rows() for cell in row)
    assert divisions.max_row > 30


def archive(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def patched(change):
    """A real workbook with a part of its archive changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook_of("{}")[0])) as file, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copied:
        for name in file.namelist():
            copied.writestr(name, change(name, file.read(name)))
    return out.getvalue()


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (lambda: b"PK\x03\x04 not an archive", "damaged"), (lambda: archive(x="y"), "damaged"), (lambda: b"PK\x03\x04" + bytes(20_000_001), "larger than 20 MB"),
        (lambda: archive(**{f"m{number}": "" for number in range(2_001)}), "unpacks to far more"), (lambda: archive(bomb=bytes(210_000_000)), "unpacks to far more"),
        (lambda: patched(lambda name, raw: raw.replace(b"<worksheet", b'<!DOCTYPE a [<!ENTITY b "c">]><worksheet', 1) if "sheet2" in name else raw), "entities"),
        (lambda: patched(lambda name, raw: raw.replace(b"Divisions", b"Divisiones") if name == "xl/workbook.xml" else raw), "no sheet Divisions"),
        (lambda: patched(lambda name, raw: raw[: len(raw) // 2] if name == "xl/worksheets/sheet2.xml" else raw), "damaged"),
    ],
    ids=["no-archive", "empty-archive", "large", "members", "bomb", "entities", "renamed", "cut-off"],
)  # fmt: skip
def test_what_is_no_workbook_of_ours_is_refused_in_a_sentence(made, words):
    with pytest.raises(InputRefused) as refused:
        load_profile(made(), name="p.xlsx")
    assert len(refused.value.complaints) == 1
    assert refused.value.complaints[0].startswith("p.xlsx: ")
    assert words in refused.value.complaints[0]


def sheet_with(content):
    return patched(lambda name, raw: raw.replace(b"<sheetData>", b"<sheetData>" + content, 1) if name == "xl/worksheets/sheet2.xml" else raw)


@pytest.mark.parametrize(
    "made",
    [
        lambda: sheet_with(b'<row r="900000"><c r="C900000"/></row>'), lambda: sheet_with(b'<row r="1048576"><c r="XFD1048576"/></row>'), lambda: sheet_with(b"<row>" + b"<c/>" * 3_100_000 + b"</row>"),
        lambda: patched(lambda name, raw: raw.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A200:XFD1048576"/></mergeCells>', 1) if name == "xl/worksheets/sheet2.xml" else raw),
    ],
    ids=["far", "corner", "cells", "merged"],
)  # fmt: skip
def test_a_sheet_that_claims_millions_of_cells_is_refused_at_once(made):
    with pytest.raises(InputRefused, match="far outside"):
        load_profile(made())


@pytest.mark.exhaustive
def test_an_accepted_gap_is_chosen_by_its_question_and_its_days_have_a_cell():
    stated = {"accepted_gaps": [gap(expires="2030-01-01"), gap("another-pack/question")], "attestations": [attest("journey/action-plan-known")]}
    raw = write({**SOUND, **stated})
    book = load_workbook(io.BytesIO(raw))
    asked = installed(third_party=False).rules["senior-selection"].criteria
    assert book["Accepted gaps"]["C6"].value in {one.question for one in asked}
    assert open_document(raw, "p.xlsx").document["accepted_gaps"] == stated["accepted_gaps"]
    with pytest.raises(InputRefused, match=r"p\.xlsx: Accepted gaps!G6: at most 18 months"):
        load_profile(raw, name="p.xlsx")


def put(book, pointer, value, document=SOUND):
    """Write into the cell of a fact."""
    sheet, _, coordinate = cell_of(pointer, document).partition("!")
    book[sheet][coordinate].value = value
    return cell_of(pointer, document)


def test_all_mistakes_are_named_at_once():
    book = book_of(SOUND)
    mistakes = {
        "/organisation/type": "NHS thing", "/organisation/name": None, "/as_of": "31/13/2026", "/appraisal/connected": "=400+12",
        "/appraisal/completed": ArrayFormula("C8", "=400+12"), "/structure/divisions/entries/0/name": None, "/talent/leadership_strategy": "perhaps",
        "/evidence/0/title": None, "/leadership/chief_executive/holders/entries/0/since": "soon",
    }  # fmt: skip
    cells = {put(book, pointer, value) for pointer, value in mistakes.items()}
    with pytest.raises(InputRefused) as refused:
        load_profile(bytes_of(book), name="p.xlsx")
    assert {line.split(": ")[1] for line in refused.value.complaints} == cells


def test_what_was_understood_of_a_date_or_number_is_said():
    book = book_of(SOUND)
    said = {"/organisation/founded": ("1/4/08", "1 April 2008"), "/appraisal/board_report_on": ("Sept 2025", "September 2025"), "/talent/chief_registrar_time": ("40 %", "40")}
    cells = {pointer: put(book, pointer, typed) for pointer, (typed, _) in said.items()}
    put(book, "/as_of", "2026-03-31")  # nothing to say
    understood = load_profile(bytes_of(book)).origin.understood
    assert sorted(understood) == sorted(f"{cells[pointer]}: '{typed}' is read as {words}" for pointer, (typed, words) in said.items())
    assert load_profile(workbook_of(json.dumps(SOUND))[0]).origin.understood == ()


def moved_rows(sheet, first, second, columns):
    """Exchange two rows of a list, cell by cell, as a person does by cut and paste."""
    for column in columns:
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value


@pytest.mark.exhaustive
def test_rows_that_move_with_their_numbers_keep_what_belongs_to_them():
    book = book_of(SOUND)
    sheet = book["Other executives"]
    row = coordinate_to_tuple(cell_of("/leadership/other_executives/entries/0/role").partition("!")[2])[0]
    moved_rows(sheet, row, row + 1, range(2, sheet.max_column + 1))
    found = read(bytes_of(book))
    assert found.faults == ()
    assert found.document == SOUND
    sheet.cell(row, 2).value = sheet.cell(row + 1, 2).value
    faults = read(bytes_of(book)).faults
    assert faults[0] == (f"Other executives!B{row + 1}", f"the number 1 is also in Other executives!B{row}; give each row a number of its own")
    sheet.cell(row, 2).value = "first"
    assert "not the number of a row" in read(bytes_of(book)).faults[0][1]


def converted(tmp_path, raws):
    """These workbooks, opened and saved by one start of LibreOffice. The time limit is for a machine that is busy with something else."""
    office = libreoffice("calc")
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(raws))]
    for path, raw in zip(paths, raws, strict=True):
        path.write_bytes(raw)
    words = [office, f"-env:UserInstallation={(tmp_path / 'user').as_uri()}", "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "again", *paths]
    subprocess.run(words, check=True, capture_output=True, timeout=900)
    return [(tmp_path / "again" / path.name).read_bytes() for path in paths]


@pytest.mark.exhaustive
def test_the_workbook_says_what_is_not_asked_and_counts_the_answers(tmp_path):
    document = copy.deepcopy(SOUND)
    document["organisation"]["hosts_resident_doctors"] = False
    del document["talent"]["resident_leadership"]
    (raw,) = converted(tmp_path, [write(document)])
    book = load_workbook(io.BytesIO(raw), data_only=True)
    asked = {fact.pointer: book[sheet.name].cell(row, 5).value for sheet in sheets() for fact in sheet.facts for row in [row_of(book[sheet.name], fact.pointer)]}
    assert asked["/commitment/resident_lead/executive"] == "not asked: keep or remove"
    assert asked["/talent/resident_leadership/count"] == "not asked"
    assert not asked["/appraisal/recommendations_due"]
    left = {pointer.removesuffix("/entries") for pointer, _ in no_longer_asked(document)}
    kept = {pointer for pointer, text in asked.items() if text == "not asked: keep or remove"}
    assert all(any(pointer.startswith(one) for one in left) for pointer in kept)
    rows = {row[1].value: [cell.value for cell in row[3:6]] for row in book["Guide"].iter_rows()}
    assert rows["Divisions"][2] == len(SOUND["structure"]["divisions"]["entries"])
    answered, in_all, _ = rows["All sheets"]
    assert 0 < answered < in_all
    assert rows["Not asked any more"][0] == len(kept)
    assert book["Guide"]["B3"].value == f"Answered so far: {answered} of {in_all} questions that are asked"
    assert not any(str(cell.value).startswith(("#", "Err:")) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert read(raw).document == document


PERIODS = {"Accepted gaps": 18, "Attestations": 36}
CAPABILITY = "/governance/capability_assessed_on"


def with_periods():
    """A new workbook with periods in both lists that have them, each beside its check as a formula, and what the check says to each."""
    book = book_of({})
    right = {}
    for name, months in PERIODS.items():
        sheet = book[name]
        (check,) = (one for one in sheet.data_validations.dataValidation if "EDATE" in one.formula1)
        last, first = re.findall("[A-Z]+6", check.formula1)[0], re.findall("[A-Z]+6", check.formula1)[2]
        begin, end = date(2025, 8, 31), months_after(date(2025, 8, 31), months)
        periods = {end: True, end + timedelta(days=1): False, begin: True, begin - timedelta(days=1): False, "2026-03-31": True, "soon": False}
        for row, (day, _) in enumerate(periods.items(), 6):
            sheet[f"{first[0]}{row}"], sheet[f"{last[0]}{row}"] = begin, day
            sheet[f"Z{row}"] = "=" + re.sub("(?<=[A-Z])6(?=[^0-9])", str(row), check.formula1)
        assert f"at most {months} months" in check.error
        right |= {(name, f"Z{row}"): one for row, one in enumerate(periods.values(), 6)}
    return bytes_of(book), right


def with_dates(as_of):
    """A new workbook of this day with dates beside the check of a date as a formula, and what the check says to each."""
    book = book_of({})
    sheet = book["Governance"]
    book["Organisation"][f"C{row_of(book['Organisation'], '/as_of')}"] = as_of
    cell = f"C{row_of(sheet, CAPABILITY)}"
    (check,) = (one for one in sheet.data_validations.dataValidation if cell in str(one.sqref).split())
    days = {
        date(2026, 3, 31): True, date(2026, 4, 1): not as_of, "2026-03-31": True, "2026-04-01": not as_of, "2026-03": True, "2026-04": not as_of,
        "Never": True, "Not known": True, "soon": False, 1200: False,
    }  # fmt: skip
    for row, day in enumerate(days, 1):
        sheet[f"AA{row}"] = day
        sheet[f"AB{row}"] = f"={check.formula1.replace(cell, f'AA{row}')}"
    assert "It must not be after the profile date." in check.error
    assert ", or Never." in check.error
    return bytes_of(book), {("Governance", f"AB{row}"): right for row, right in enumerate(days.values(), 1)}


@pytest.mark.exhaustive
def test_the_spreadsheet_checks_periods_and_dates_against_the_profile_date(tmp_path):
    made = [with_periods(), with_dates("2026-03-31"), with_dates("")]
    for raw, (_, right) in zip(converted(tmp_path, [raw for raw, _ in made]), made, strict=True):
        book = load_workbook(io.BytesIO(raw), data_only=True)
        assert {(name, cell): bool(book[name][cell].value) for name, cell in right} == right


def test_the_essential_questions_are_marked_and_the_guide_says_to_begin_with_them(bundled):
    book = book_of({})
    marked = {row[0].value for sheet in book for row in sheet.iter_rows(max_col=2) if str(row[1].value).endswith(" (essential)")}
    assert marked == set(essential_facts(bundled))
    assert "answer the questions marked (essential)" in " ".join(str(cell.value) for cell in book["Guide"]["C"])


def test_every_check_while_typing_is_short_enough_for_excel():
    checks = [check for sheet in book_of(SOUND) for check in sheet.data_validations.dataValidation]
    assert len(checks) > 100
    assert max(len(check.formula1) for check in checks) <= 255
    assert max(len(check.error) for check in checks) <= 255


def row_of(sheet, pointer):
    return next(cell.row for cell in sheet["A"] if cell.value == pointer)


@pytest.mark.parametrize("title", ["a\r\nb", "\x10", "_x0041_"])
def test_an_answer_that_no_cell_can_hold_is_not_lost_where_one_is_always_needed(title):
    document = {**BARE, "evidence": [{"id": "E1", "title": title, "kind": "other"}]}
    assert read(write(document)).document == document
