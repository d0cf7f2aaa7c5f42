"""The tracker from one audit to the next: nothing that a person typed is lost."""

import io
from datetime import date
from functools import cache

import docx
import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

from conftest import BARE, EXAMPLES
from engagecheck import AuditSettings, Style, run_audit
from engagecheck.intake.writing import write_document
from engagecheck.papers.actions import actions
from reporters_varied import REGISTRY

LATER = run_audit(EXAMPLES / "journey/2025.json", REGISTRY, AuditSettings(as_of="2027-03-31"))
OLD, NEW = (run_audit(EXAMPLES / f"journey/{year}.json", REGISTRY) for year in (2025, 2026))


def tracker(report, before=None):
    return REGISTRY.reporters["xlsx"].render(report, Style(before=before))


@cache
def tracker_of_2025():
    return tracker(OLD)


@cache
def tracker_of_2026():
    return tracker(NEW)


def book(raw):
    return openpyxl.load_workbook(io.BytesIO(raw))


def saved(found):
    out = io.BytesIO()
    found.save(out)
    return out.getvalue()


def rows(found, sheet="Actions"):
    titles = [cell.value for cell in found[sheet][5]]
    return [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in found[sheet].iter_rows(min_row=6) if any(cell.value for cell in row)]


def place(found, action, title, sheet="Actions"):
    titles = [cell.value for cell in found[sheet][5]]
    row = next(row for row in found[sheet].iter_rows(min_row=6) if row[titles.index("Id")].value == action)
    return row[titles.index(title)]


STAYS = next(one.id for one in actions(NEW) if one.id in {old.id for old in actions(OLD)})
GOES = next(one.id for one in actions(OLD) if one.id not in {new.id for new in actions(NEW)})


@pytest.fixture
def worked():
    """The tracker of 2025 after people have worked in it."""
    found = book(tracker_of_2025())
    sheet = found["Actions"]
    for action in (STAYS, GOES):
        place(found, action, "Owner").value = "Deputy medical director"
        place(found, action, "Due").value = date(2026, 12, 24)
        place(found, action, "Status").value = "In progress"
        place(found, action, "Progress").value = 0.4
        place(found, action, "Notes").value = "=not a formula\nsecond line"
        place(found, action, "Owner").comment = Comment("ask her first", "somebody")
    place(found, STAYS, "Action").value = "What we really do"
    sheet.cell(5, 17).value = "Our own column"
    place(found, STAYS, "Our own column").value = 12.5
    last = sheet.max_row + 1
    sheet.cell(last, 2).value = "a row without an id"
    sheet.cell(last + 1, 11).value = "our-own-action"
    sheet.cell(last + 1, 1).value = "Tea with the registrars"
    sheet.cell(last + 2, 11).value = STAYS
    sheet.cell(last + 2, 7).value = "a second row with the same id"
    found.create_sheet("Minutes")["B3"] = "agreed in May"
    return found


def test_what_people_wrote_is_carried_over(worked):
    found = book(tracker(NEW, saved(worked)))
    kept = next(row for row in rows(found) if row["Id"] == STAYS)
    assert (kept["Owner"], kept["Due"].date(), kept["Status"], kept["Progress"], kept["Our own column"]) == ("Deputy medical director", date(2026, 12, 24), "In progress", 0.4, 12.5)
    assert kept["Notes"] == "=not a formula\nsecond line\nEdited by hand. Action: What we really do"
    assert place(found, STAYS, "Notes").data_type == "s"
    assert place(found, STAYS, "Owner").comment.text == "ask her first"
    fresh = {one.id: one for one in actions(NEW)}[STAYS]
    assert (kept["Action"], kept["What we found"]) == (fresh.action, fresh.result)
    assert [row["Id"] for row in rows(found)][: len(actions(NEW))] == [one.id for one in actions(NEW)]
    everything = " ".join(str(value) for row in rows(found) for value in row.values())
    for words in ("a row without an id", "our-own-action", "Tea with the registrars", "a second row with the same id"):
        assert words in everything
    assert found["Minutes"]["B3"].value == "agreed in May"
    closed = next(row for row in rows(found, "Closed") if row["Id"] == GOES)
    assert (closed["Owner"], closed["Progress"], closed["Closed because"]) == ("Deputy medical director", 0.4, "no longer asked for on 31 March 2026")
    assert place(found, GOES, "Owner", "Closed").comment.text == "ask her first"


def test_carrying_again_loses_and_doubles_nothing_and_gives_the_same_bytes(worked):
    once = tracker(NEW, saved(worked))
    twice = tracker(NEW, once)
    for sheet in ("Actions", "Closed"):
        assert rows(book(twice), sheet) == rows(book(once), sheet)
    assert book(twice)["Minutes"]["B3"].value == "agreed in May"
    assert tracker(NEW, once) == twice


def test_what_was_closed_and_is_asked_for_again_is_open_with_its_history_kept(worked):
    closed = tracker(NEW, saved(worked))
    again = book(tracker(LATER, closed))
    row = next(row for row in rows(again) if row["Id"] == GOES)
    assert row["Owner"] == "Deputy medical director"
    assert "Open again" in row["Notes"]
    assert row["Status"] == "Not started"
    assert next(row for row in rows(again, "Closed") if row["Id"] == GOES)["Owner"] == "Deputy medical director"
    third = book(tracker(LATER, saved(again)))
    assert next(row for row in rows(third) if row["Id"] == GOES)["Notes"].count("Open again") == 1


def test_moved_columns_and_sorted_rows_do_not_matter(worked):
    plain = rows(book(tracker(NEW, saved(worked))))
    sheet = worked["Actions"]
    content = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=5)]
    order = list(range(len(content[0])))[::-1]
    shuffled = openpyxl.Workbook()
    shuffled.active.title = "Actions"
    for row in [content[0], *content[:0:-1]]:
        shuffled.active.append([row[number] for number in order])
    found = rows(book(tracker(NEW, saved(shuffled))))
    by_id = {row["Id"]: row for row in found if row["Id"]}
    for row in plain[: len(actions(NEW))]:
        if row["Id"] != STAYS:  # of two rows with one id the first counts, and sorting changed which that is
            assert by_id[row["Id"]] == row


def test_red_when_overdue_and_under_half_done():
    found = book(tracker_of_2026())
    assert place(found, STAYS, "RAG").value.startswith("=IF(OR(D")
    assert "TODAY()" in place(found, STAYS, "RAG").value
    rules = {rule.formula[0].rpartition("=")[2] for one in found["Actions"].conditional_formatting for rule in one.rules}
    assert rules == {'"Red"', '"Amber"', '"Green"', '"Done"'}
    checks = {check.type for check in found["Actions"].data_validations.dataValidation}
    assert checks == {"list", "decimal", "date"}
    assert (found["Actions"].freeze_panes, found["Actions"].print_title_rows) == ("B6", "$5:$5")


@pytest.mark.exhaustive
def test_the_colour_is_worked_out_by_libreoffice(tmp_path):
    """Overdue at 0 %, overdue at 60 %, far ahead, done, done by percentage: a real spreadsheet calculates the formula."""
    from test_consumers import office

    found = book(tracker_of_2026())
    sheet = found["Actions"]
    for number, (due, status, progress) in enumerate(((date(2020, 1, 1), "In progress", 0), (date(2020, 1, 1), "In progress", 0.6), (date(2020, 1, 1), "In progress", 60), (date(2999, 1, 1), "Not started", 0), (date(2020, 1, 1), "Done", 0), (date(2020, 1, 1), "In progress", 1)), 6):
        sheet.cell(number, 3).value, sheet.cell(number, 4).value, sheet.cell(number, 5).value = due, status, progress
    (tmp_path / "t.xlsx").write_bytes(saved(found))
    made = office(tmp_path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "t.xlsx")
    values = openpyxl.load_workbook(made / "t.xlsx", data_only=True)["Actions"]
    assert [values.cell(number, 6).value for number in range(6, 12)] == ["Red", "Amber", "Amber", "Green", "Done", "Done"]


def test_the_command_and_what_it_refuses(run, tmp_path, worked):
    (tmp_path / "old.xlsx").write_bytes(saved(worked))
    done = run("audit", EXAMPLES / "journey/2026.json", "-f", "xlsx=new.xlsx", "--carry", "old.xlsx", "-f", "json=report.json")
    assert done.returncode == 1, done.stderr
    assert (tmp_path / "new.xlsx").read_bytes() == tracker(NEW, saved(worked)) or rows(book((tmp_path / "new.xlsx").read_bytes())) == rows(book(tracker(NEW, saved(worked))))
    assert run("render", "report.json", "-f", "xlsx=again.xlsx", "--carry", "old.xlsx").returncode == 0
    assert run("render", "report.json", "-f", "xlsx", "--carry", "old.xlsx").stdout == (tmp_path / "again.xlsx").read_bytes()
    assert (tmp_path / "again.xlsx").read_bytes() == (tmp_path / "new.xlsx").read_bytes()
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    (tmp_path / "text.xlsx").write_text("no workbook")
    for name, code, words in (("other.xlsx", 3, "is no action tracker"), ("text.xlsx", 3, "damaged"), ("none.xlsx", 3, "no such file")):
        done = run("audit", EXAMPLES / "journey/2026.json", "-f", "xlsx=x.xlsx", "--carry", name)
        assert (done.returncode, done.stdout) == (code, b"")
        assert words in done.stderr.decode()
        assert not (tmp_path / "x.xlsx").exists()
    assert run("audit", EXAMPLES / "journey/2026.json", "--carry", "old.xlsx").returncode == 2


def test_the_sheet_that_people_worked_in_stays_as_it_was(worked):
    sheet = worked["Actions"]
    sheet["A2"] = "what stands above the table"
    sheet["F6"] = "Red, agreed by the board"
    sheet["H90"] = "=1+1"
    sheet["B5"].comment = Comment("a remark on a heading", "somebody")
    place(worked, STAYS, "What we found").value = "our words for it"
    place(worked, STAYS, "Notes").hyperlink = "https://intranet.invalid/minutes"
    worked["Minutes"]["A1"], worked["Minutes"]["A2"] = 2, "=A1*3"
    worked["Minutes"]["A3"].comment = Comment("on a sheet of our own", "somebody")
    found = book(tracker(NEW, saved(worked)))
    kept = found["Actions until 31 March 2026"]
    for row in sheet.iter_rows():
        for cell in row:
            assert str(kept[cell.coordinate].value).removesuffix(" 00:00:00") == str(cell.value).removesuffix(" 00:00:00")
            assert (kept[cell.coordinate].comment and kept[cell.coordinate].comment.text) == (cell.comment and cell.comment.text)
    assert place(found, STAYS, "Notes").hyperlink.target == "https://intranet.invalid/minutes"
    assert (found["Minutes"]["A2"].value, found["Minutes"]["A3"].comment.text) == ("=A1*3", "on a sheet of our own")
    assert found.sheetnames[:3] == ["Actions", "Findings", "Definitions"]


@pytest.mark.parametrize("change", ["Ref", "own"])
def test_a_closed_sheet_that_is_not_ours_any_more_stays(worked, change):
    if change == "Ref":
        worked = book(tracker(NEW, saved(worked)))
        worked["Closed"]["J5"] = "Ref"
    else:
        worked.create_sheet("Closed")["A1"] = "a list of our own"
    before = [[cell.value for cell in row] for row in worked["Closed"].iter_rows()]
    found = book(tracker(NEW, saved(worked)))
    assert [[cell.value for cell in row] for row in found["Closed"].iter_rows()] == before


def test_closed_actions_pile_up_beneath_one_another(worked):
    once = book(tracker(NEW, saved(worked)))
    before = [row["Id"] for row in rows(once, "Closed")]
    later = run_audit(EXAMPLES / "sound.json", REGISTRY)
    from msgspec.structs import replace

    later = replace(later, subject=NEW.subject, as_of="2027-03-31")
    twice = book(tracker(later, saved(once)))
    after = [row["Id"] for row in rows(twice, "Closed")]
    assert after[: len(before)] == before
    assert set(after) - set(before) == {one.id for one in actions(NEW)} - {one.id for one in actions(later)}
    (table,) = twice["Closed"].tables.values()
    assert table.ref.endswith(str(5 + len(after)))


def test_the_tracker_of_another_organisation_or_of_a_later_day_is_refused(run, tmp_path):
    (tmp_path / "old.xlsx").write_bytes(tracker_of_2026())
    for source, words in ((EXAMPLES / "published/RR8.json", "is the tracker of Harbour Vale"), (EXAMPLES / "journey/2025.json", "later than the report")):
        done = run("audit", source, "-f", "xlsx=x.xlsx", "--carry", "old.xlsx")
        assert done.returncode == 3
        assert words in done.stderr.decode()
        assert not (tmp_path / "x.xlsx").exists()


def test_merged_cells_renamed_sheets_and_long_notes(worked):
    sheet = worked["Actions"]
    place(worked, GOES, "Owner").comment = None
    sheet["B6"] = "one owner for three"
    sheet.merge_cells("B6:B8")
    sheet["G9"] = "x" * 32_760
    sheet["A9"] = "edited"
    first, long = [sheet.cell(number, 11).value for number in (6, 7, 8)], sheet.cell(9, 11).value
    sheet.title = "Plan"
    risks = worked.create_sheet("Risks", 0)
    risks.append(["Id", "Risk"])
    risks.append(["R1", "we lose people"])
    found = book(tracker(OLD, saved(worked)))
    by_id = {row["Id"]: row for row in reversed(rows(found))}
    assert {by_id[one]["Owner"] for one in first} == {"one owner for three"}
    assert by_id[long]["Notes"].endswith("Edited by hand. Action: edited")
    assert len(by_id[long]["Notes"]) <= 32_767
    assert found["Risks"]["B2"].value == "we lose people"


def test_titles_that_clash_keep_their_columns(worked):
    sheet = worked["Actions"]
    for number, title in ((17, "Notes 19"), (18, "x"), (19, "Notes"), (20, "owner")):
        sheet.cell(5, number).value = title
        sheet.cell(6, number).value = f"in {title} of {number}"
    found = book(tracker(OLD, saved(worked)))
    everything = " ".join(str(cell.value) for cell in found["Actions"][6])
    for number, title in ((17, "Notes 19"), (18, "x"), (19, "Notes"), (20, "owner")):
        assert f"in {title} of {number}" in everything
    titles = [str(cell.value).lower() for cell in found["Actions"][5] if cell.value]
    assert len(set(titles)) == len(titles)


def test_escapes_of_excel_do_not_grow():
    before = book(tracker_of_2026())
    place(before, STAYS, "Notes").value = "_x000D_ x"
    raw = saved(before)
    for _ in range(3):
        raw = tracker(NEW, raw)
    assert str(place(book(raw), STAYS, "Notes").value).count("x005F") == 1


@pytest.mark.exhaustive
def test_a_due_date_that_is_text_or_missing_is_no_good_sign(tmp_path):
    from test_consumers import office

    found = book(tracker_of_2026())
    found["Actions"]["C6"], found["Actions"]["C7"] = "31/03/2020", None
    (tmp_path / "t.xlsx").write_bytes(saved(found))
    made = office(tmp_path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "t.xlsx")
    values = openpyxl.load_workbook(made / "t.xlsx", data_only=True)["Actions"]
    assert [values["F6"].value, values["F7"].value] == ["No date", "No date"]


def test_a_tracker_begins_with_what_to_do_owner_and_due_date_and_the_id_comes_last():
    sheet = book(tracker_of_2026())["Actions"]
    shown = [cell.value for cell in sheet[5] if not sheet.column_dimensions[cell.column_letter].hidden]
    assert (shown[:3], shown[-1]) == (["Action", "Owner", "Due"], "Id")
    own = book(tracker_of_2026())
    own["Actions"].cell(5, 13).value = "Our own column"
    own["Actions"].cell(6, 13).value = "x"
    again = book(tracker(LATER, saved(own)))["Actions"]
    shown = [cell.value for cell in again[5] if not again.column_dimensions[cell.column_letter].hidden]
    assert shown[-2:] == ["Our own column", "Id"]


@pytest.mark.exhaustive
def test_due_dates_are_calculated_from_the_date_of_the_meeting(tmp_path):
    from test_consumers import office

    for name, meeting in (("set", date(2999, 5, 14)), ("not", None)):
        (tmp_path / f"{name}.xlsx").write_bytes(REGISTRY.reporters["xlsx"].render(NEW, Style(meeting=meeting)))
    made = office(tmp_path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "set.xlsx", tmp_path / "not.xlsx")
    found = {name: rows_calculated(made / f"{name}.xlsx") for name in ("set", "not")}
    for one in actions(NEW, date(2999, 5, 14)):
        if one.due:
            assert (found["set"][one.id]["Due"].date(), found["set"][one.id]["RAG"]) == (one.due, "Green")
            assert (found["not"][one.id]["Due"], found["not"][one.id]["RAG"]) == (f"{one.months} months after the meeting", "No date")


def rows_calculated(path):
    sheet = openpyxl.load_workbook(path, data_only=True)["Actions"]
    titles = [cell.value for cell in sheet[5]]
    return {row[titles.index("Id")].value: dict(zip(titles, (cell.value for cell in row), strict=True)) for row in sheet.iter_rows(min_row=6)}


def test_a_date_that_a_board_agreed_stays_when_the_next_tracker_is_about_another_meeting():
    agreed = REGISTRY.reporters["xlsx"].render(OLD, Style(meeting=date(2025, 5, 31)))
    found = book(REGISTRY.reporters["xlsx"].render(NEW, Style(before=agreed, meeting=date(2026, 5, 14))))
    months = {one.id: one.months for one in actions(OLD)}[STAYS]
    assert place(found, STAYS, "Due").value.date() == {3: date(2025, 8, 31), 6: date(2025, 11, 30), 12: date(2026, 5, 31)}[months]
    fresh = next(one.id for one in actions(NEW) if one.months and one.id not in {old.id for old in actions(OLD)})
    assert place(found, fresh, "Due").value.startswith("=IF(ISNUMBER($B$4)")
    assert found["Actions"]["B4"].value.date() == date(2026, 5, 14)


@pytest.mark.parametrize(("meeting", "due"), [(date(2025, 5, 31), date(2025, 8, 31)), (None, "3 months after the meeting")])
def test_a_row_of_ones_own_and_a_closed_action_keep_the_due_date_that_they_showed(meeting, due):
    found = book(REGISTRY.reporters["xlsx"].render(OLD, Style(meeting=meeting)))
    last = found["Actions"].max_row + 1
    found["Actions"].cell(last, 1).value, found["Actions"].cell(last, 3).value = "a copied row", '=IF(ISNUMBER($B$4),EDATE($B$4,3),"x")'
    again = book(tracker(NEW, saved(found)))
    own = next(row for row in again["Actions"].iter_rows() if row[0].value == "a copied row")
    shown = getattr(own[2].value, "date", lambda: own[2].value)()
    assert shown == due
    gone = next(one for one in actions(OLD, meeting) if one.id == GOES)
    closed = place(again, GOES, "Due", "Closed").value
    assert getattr(closed, "date", lambda: closed)() == (gone.due or gone.when)


def test_on_the_same_day_the_due_dates_still_count_from_the_meeting():
    agreed = REGISTRY.reporters["xlsx"].render(NEW, Style(meeting=date(2026, 5, 14)))
    found = book(tracker(NEW, agreed))
    assert found["Actions"]["B4"].value.date() == date(2026, 5, 14)
    assert place(found, STAYS, "Due").value.startswith("=IF(ISNUMBER($B$4)")


PROGRESS = [(1, 1), ("100%", 1), ("100 %", 1), (100, 1), (0.45, 0.45), (45, 0.45), ("45%", 0.45), ("45", 0.45), ("7.5 %", 0.075), (0, 0), ("nearly", "nearly")]
"""What people type, and which share it is."""


def test_progress_is_understood_as_people_type_it():
    found = book(tracker_of_2026())
    cases = dict(zip([one.id for one in actions(NEW)], PROGRESS, strict=False))
    assert len(cases) == len(PROGRESS)
    for action, (typed, _) in cases.items():
        place(found, action, "Progress").value = typed
    again = book(tracker(NEW, saved(found)))
    for action, (typed, share) in cases.items():
        cell = place(again, action, "Progress")
        assert cell.value == (share if share == "nearly" else pytest.approx(share)), typed
        assert cell.number_format == "0%"


@pytest.mark.parametrize("typed", ["31/03/2027", "31 March 2027", "2027-03-31", date(2027, 3, 31)])
def test_a_due_date_is_understood_as_people_type_it(typed):
    found = book(tracker_of_2026())
    place(found, STAYS, "Due").value = typed
    again = book(tracker(NEW, saved(found)))
    assert place(again, STAYS, "Due").value.date() == date(2027, 3, 31)
    assert place(again, STAYS, "Due").number_format == "d mmmm yyyy"


def test_untouched_actions_are_not_red_on_the_first_day(tmp_path):
    from test_consumers import office

    (tmp_path / "t.xlsx").write_bytes(tracker(run_audit(EXAMPLES / "journey/2024.json", REGISTRY)))
    found = rows_calculated(office(tmp_path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "t.xlsx") / "t.xlsx")
    assert {row["RAG"] for row in found.values()} == {"No date"}


def test_five_carries_on_one_day_leave_one_copy_of_the_old_sheet(worked):
    raw = saved(worked)
    for _ in range(5):
        raw = tracker(NEW, raw)
    found = book(raw)
    assert [name for name in found.sheetnames if name.startswith("Actions until")] == ["Actions until 31 March 2026"]
    assert "Tea with the registrars" in [row[0].value for row in found["Actions until 31 March 2026"].iter_rows()]
    assert place(found, STAYS, "Owner").value == "Deputy medical director"


def test_what_is_typed_between_two_carries_on_one_day_stays_too(worked):
    found = book(tracker(NEW, saved(worked)))
    found["Actions"]["F2"] = "above the table"
    found["Actions"]["F6"] = "Red, agreed by the board"
    for _ in range(2):
        found = book(tracker(NEW, saved(found)))
        old = [name for name in found.sheetnames if name.startswith("Actions until")]
        assert sorted(old) == ["Actions until 2026-03-31, 2", "Actions until 31 March 2026"]
        assert (found[old[0]]["F2"].value, found[old[0]]["F6"].value) == ("above the table", "Red, agreed by the board")


def test_a_sheet_of_their_own_with_the_name_of_the_old_sheet_replaces_nothing(worked):
    worked["Actions"]["F2"] = "above the table"
    worked.create_sheet("ACTIONS until 31 March 2026")["A1"] = "their own"
    found = book(tracker(NEW, saved(worked)))
    assert found["ACTIONS until 31 March 2026"]["A1"].value == "their own"
    assert found["Actions until 2026-03-31, 2"]["F2"].value == "above the table"


def test_a_column_with_a_very_long_title_is_shortened_and_its_table_stays_legal(worked):
    first, second = "our very own column " * 30, "our very own column " * 29 + "two"
    worked["Actions"].cell(5, 18).value, worked["Actions"].cell(5, 19).value = first, second
    worked["Actions"].cell(6, 18).value, worked["Actions"].cell(6, 19).value = "in the first", "in the second"
    found = book(tracker(NEW, saved(worked)))
    titles = [str(cell.value) for cell in found["Actions"][5]]
    assert max(map(len, titles)) <= 255
    (table,) = found["Actions"].tables.values()
    assert [column.name for column in table.tableColumns] == titles
    everything = [cell.value for row in found["Actions"].iter_rows(min_row=6) for cell in row]
    assert {"in the first", "in the second"} <= set(everything)


def test_a_row_is_as_high_as_its_text(worked):
    for sheet in (worked[name] for name in ("Findings", "Definitions")):
        for number in range(6, sheet.max_row + 1):
            lines = max(len(str(cell.value or "")) / (sheet.column_dimensions[cell.column_letter].width - 2) for cell in sheet[number])
            assert lines - 1 < (sheet.row_dimensions[number].height - 4) / 13 < lines + 1, (sheet.title, number)


def in_excel(path, change):
    book = openpyxl.load_workbook(path)
    change(book.worksheets[0])
    book.save(path)


def in_word(path, change):
    paper = docx.Document(path)
    change(paper)
    paper.save(path)


WORK = {
    "a note": ("xlsx", lambda path: in_excel(path, lambda sheet: sheet.cell(6, 5, "Asked the chair"))), "a comment": ("xlsx", lambda path: in_excel(path, lambda sheet: setattr(sheet["A6"], "comment", Comment("Late", "Somebody")))),
    "a sheet": ("xlsx", lambda path: in_excel(path, lambda sheet: sheet.parent.create_sheet("Costs"))), "the day of the meeting": ("xlsx", lambda path: in_excel(path, lambda sheet: sheet.__setitem__("B4", date(2026, 5, 4)))),
    "a colour": ("xlsx", lambda path: in_excel(path, lambda sheet: setattr(sheet["A6"], "fill", PatternFill("solid", fgColor="FFFF00")))), "a row that is hidden": ("xlsx", lambda path: in_excel(path, lambda sheet: setattr(sheet.row_dimensions[7], "hidden", True))),
    "nothing": ("xlsx", lambda path: in_excel(path, id)), "a paragraph": ("docx", lambda path: in_word(path, lambda paper: paper.add_paragraph("The sponsor adds"))), "no change": ("docx", lambda path: in_word(path, id)),
    "a profile of theirs": ("xlsx", lambda path: path.write_bytes(write_document(BARE, path))), "a list of theirs": ("xlsx", lambda path: Workbook().save(path)), "a text": ("docx", lambda path: path.write_text("The minutes", "utf-8")),
}  # fmt: skip


@pytest.mark.parametrize("work", [pytest.param(one, marks=[] if one in ("a note", "a paragraph") else pytest.mark.exhaustive) for one in WORK])
def test_a_paper_in_which_people_worked_is_not_replaced(run, tmp_path, work):
    form, change = WORK[work]
    again = ("audit", EXAMPLES / "harbour-vale.json", "-f", f"{form}=paper.{form}", "-f", "json=report.json")
    run(*again)
    assert run(*again).returncode == 1  # nobody worked in it
    change(tmp_path / f"paper.{form}")
    before = (tmp_path / f"paper.{form}").read_bytes()
    for command in (again, ("render", "report.json", "-f", f"{form}=paper.{form}")):
        refused = run(*command)
        assert (refused.returncode, (tmp_path / f"paper.{form}").read_bytes()) == (5, before)
        assert f"paper.{form}: people worked in this file or another program made it, so it is left as it is; name another file" in refused.stderr.decode()


def test_a_tracker_with_what_was_carried_over_is_not_replaced(run):
    make = ("audit", EXAMPLES / "harbour-vale.json", "-f")
    run(*make, "xlsx=tracker.xlsx")
    assert run(*make, "xlsx=next.xlsx", "--carry", "tracker.xlsx").returncode == 1
    assert run(*make, "xlsx=next.xlsx").returncode == 5
