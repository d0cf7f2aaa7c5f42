"""Each importer on a small file in the official layout: what it takes, what it passes over, and what it refuses."""

import io
import re
import zipfile
from datetime import datetime

import openpyxl
import pytest
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from conftest import BARE
from engagecheck import Imported, InputRefused, installed, load_profile
from engagecheck.intake.importers.annual_return import COLUMNS
from engagecheck.intake.importers.importing import take_over
from engagecheck.intake.merge import merge, new_document, without_evidence
from engagecheck.intake.tables import read_source
from engagecheck.intake.workflow.parts import merge_parts
from engagecheck.plugin_host.discovery import IMPORTERS

REGISTRY = installed(third_party=False, group=IMPORTERS)


def imported(name, raw, options=None, file="file.csv"):
    raw = raw.encode() if isinstance(raw, str) else raw
    return {one.code: one for one in REGISTRY.importers[name].read(read_source(file, raw), options or {})}


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def ods(name, rows):
    document = OpenDocumentSpreadsheet()
    table = Table(name=name)
    for row in rows:
        line = TableRow()
        for value in row:
            is_date = isinstance(value, datetime)
            cell = TableCell(valuetype="date", datevalue=f"{value:%Y-%m-%d}") if is_date else TableCell(valuetype="string")
            cell.addElement(P(text=str(value)))
            line.addElement(cell)
        table.addElement(line)
    document.spreadsheet.addElement(table)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_every_importer_is_registered_and_says_what_it_reads():
    assert set(REGISTRY.importers) == {"acute-trusts", "annual-report", "annual-return", "cqc", "gmc-survey", "ods", "oversight", "panel", "staff-survey", "trusts", "views"}
    for one in REGISTRY.importers.values():
        assert one.about.endswith((".", ")."))
        assert one.publisher
        assert one.title
    assert REGISTRY.problems == []


def test_the_list_of_sources_says_where_the_files_are(run):
    addresses = {name: one.address for name, one in REGISTRY.importers.items() if one.address}
    assert set(addresses) == {"cqc", "ods", "oversight", "staff-survey"}  # the others are templates, or studies of some years ago
    printed = run("import").stdout.decode()
    for name, address in addresses.items():
        assert address.startswith("https://")
        assert re.search(rf"^{name} +{re.escape(address)}$", printed, re.MULTILINE)


def etr(code, name, grouping="Y63", closed=""):
    row = [code, name, grouping, "QOP", *[""] * 6, "20100401", closed, *[""] * 15]
    return ",".join(f'"{cell}"' for cell in row) + "\n"


def test_ods_gives_name_kind_code_and_country():
    text = etr("R0X", "ST GEORGE'S AND KING'S LYNN, UNIVERSITY HOSPITALS NHS FOUNDATION TRUST") + etr("R0Y", "VALE AMBULANCE SERVICE NHS TRUST")
    text += etr("RQF", "VELINDRE (INVENTED) NHS TRUST", "W00") + etr("R0Z", "GONE NHS TRUST", closed="20200331")
    found = imported("ods", text)
    assert set(found) == {"R0X", "R0Y", "RQF", "R0Z"}
    assert found["R0Z"].closed == "2020-03-31"
    assert found["R0X"].facts["organisation"] == {"name": "St George's and King's Lynn, University Hospitals NHS Foundation Trust", "type": "nhs_foundation_trust", "country": "England", "ods_code": "R0X"}
    assert found["R0Y"].facts["organisation"]["type"] == "nhs_ambulance_trust"
    assert found["RQF"].facts["organisation"]["country"] == "Wales"


@pytest.mark.parametrize(("text", "words"), [("R0X,A TRUST\n", "this is not the list of NHS trusts"), (etr("R0X", "A").replace("20100401", "soon"), "this is not the list of NHS trusts")])
def test_ods_refuses_another_layout(text, words):
    with pytest.raises(InputRefused, match=words):
        imported("ods", text)


FULL = ["Provider ID", "Provider Name", "Provider Type", "Service / Population Group", "Domain (formerly Key Question)", "Latest Rating", "Publication Date", "Report Type"]
CQC = [
    ["Care Quality Commission"], [], FULL,
    ["R0X", "Vale NHS Trust", "NHS Healthcare Organisation", "Overall", "Overall", "Good", datetime(2024, 6, 12), "Provider"],
    ["R0X", "Vale NHS Trust", "NHS Healthcare Organisation", "Overall", "Well-led", "Requires improvement", datetime(2024, 6, 12), "Provider"],
    ["R0X", "Vale NHS Trust", "NHS Healthcare Organisation", "Overall", "Safe", "Inadequate", datetime(2024, 6, 12), "Provider"],
    ["R0X", "Vale NHS Trust", "NHS Healthcare Organisation", "Maternity", "Overall", "Inadequate", datetime(2025, 1, 1), "CoreService"],
    ["R0X", "Vale NHS Trust", "NHS Healthcare Organisation", "Overall", "Overall", "No published rating", datetime(2025, 1, 1), "Provider"],
    ["1-101", "A care home", "Social Care Org", "Overall", "Overall", "Good", datetime(2024, 1, 1), "Provider"],
]  # fmt: skip


@pytest.mark.parametrize("made", [lambda: workbook(Locations=[FULL], Providers=CQC), lambda: ods("Providers", CQC)], ids=["xlsx", "ods"])
def test_cqc_takes_the_whole_trust_and_never_a_service_or_location(made):
    found = imported("cqc", made(), file="latest.xlsx")
    assert set(found) == {"R0X", "1-101"}  # a provider of any kind, by the code that the CQC uses
    assert found["R0X"].facts == {"regulator": {"ratings": {"entries": [
        {"domain": "overall", "rating": "good", "on": "2024-06-12"}, {"domain": "well_led", "rating": "requires_improvement", "on": "2024-06-12"},
    ]}}}  # fmt: skip
    assert found["R0X"].effective == "2024-06-12"
    assert found["R0X"].organisation["name"] == "Vale NHS Trust"


def test_cqc_names_the_column_or_sheet_that_is_missing():
    rows = [[cell if cell != "Latest Rating" else "Newest Rating" for cell in row] for row in CQC]
    with pytest.raises(InputRefused, match="no column called Latest Rating in the sheet Providers"):
        imported("cqc", workbook(Providers=rows))
    with pytest.raises(InputRefused, match="no sheet called Providers"):
        imported("cqc", workbook(Locations=CQC))


SURVEY_HEAD = ["org_id", "org_name", "org_type_reporting_name", "theme_engagement_2024", "theme_engagement_n_2024", "theme_engagement_2025", "theme_engagement_n_2025", "theme_engagement_sig", "PP3_2_2025", "PP3_2_n_2025", "q1_2025"]


def survey_row(code, score, base="900", group="Acute Trusts"):
    return [code, f"{code} NHS TRUST", group, score - 0.1, base, score, base, "up", 6.0, base, 0.5]


def test_staff_survey_compares_within_a_benchmark_group_and_year():
    acute = [SURVEY_HEAD, survey_row("R01", 6.5), survey_row("R02", 6.7), survey_row("R03", 7.5), survey_row("R04", 6.9, base="")]
    mental = [SURVEY_HEAD, survey_row("R05", 7.0, group="Mental Health")]
    found = imported("staff-survey", workbook(Notes=[["About"]], Acute=acute, Mental=mental))
    assert set(found) == {"R01", "R02", "R03", "R04", "R05"}
    entries = found["R01"].facts["journey"]["measurements"]["entries"]
    assert [(entry["topic"], entry["on"]) for entry in entries] == [("engagement", "2024-11"), ("engagement", "2025-11"), ("raising_concerns", "2025-11")]
    assert {entry["population"] for entry in entries} == {"all_staff"}
    assert entries[1]["comparator"]["score"] == 6.8
    assert entries[1]["comparator"]["group"] == "Acute Trusts"
    assert entries[1]["respondents"] == 900
    assert "respondents" not in found["R04"].facts["journey"]["measurements"]["entries"][0]
    assert "comparator" not in found["R05"].facts["journey"]["measurements"]["entries"][0]  # one alone is no group


def test_staff_survey_refuses_another_layout():
    with pytest.raises(InputRefused, match="no column called org_id"):
        imported("staff-survey", "code,org_name,theme_engagement_2025\nR01,A,6\n")
    with pytest.raises(InputRefused, match="theme_engagement_"):
        imported("staff-survey", "org_id,org_name,engagement\nR01,A,6\n")


LONG = "Region,Trust_type,Trust_subtype,Trust_code,Trust_name,Domain,Sub-domain,Metric_ID,Metric description,Quarter,Units,Value,Median,Lower quartile,Upper quartile,Rank\n"


def oversight_row(code, metric="OF0084", kind="Acute trust", value="6.9", median="6.8", quarter="Q3 2025/26"):
    return f"North,{kind},Large,{code},{code} NHS TRUST,People,Staff,{metric},text,{quarter},score,{value},{median},6.5,7.1,12\n"


def test_oversight_takes_two_metrics_with_their_quarter_and_median():
    text = LONG + oversight_row("R01") + oversight_row("R01", "OF0061", value="6.4") + oversight_row("R01", "OF9999") + oversight_row("R02", kind="Ambulance trust", median="6.1", quarter="Q4 2025/26")
    text += oversight_row("R03", value="suppressed")
    found = imported("oversight", text)
    assert set(found) == {"R01", "R02"}
    first, second = found["R01"].facts["journey"]["measurements"]["entries"]
    assert (first["instrument"], first["name"]) == ("other", "NHS Oversight Framework")
    assert (first["topic"], first["on"], first["score"], first["comparator"]["score"], first["comparator"]["group"]) == ("engagement", "2025-12", 6.9, 6.8, "all trusts")
    assert second["topic"] == "raising_concerns"
    assert found["R02"].facts["journey"]["measurements"]["entries"][0]["on"] == "2026-03"


def test_oversight_takes_the_median_by_either_name():
    (found,) = imported("oversight", LONG.replace("Median,", "Median_value,") + oversight_row("R01")).values()
    assert found.facts["journey"]["measurements"]["entries"][0]["comparator"]["score"] == 6.8


def test_oversight_says_so_where_each_kind_of_trust_has_its_own_median():
    found = imported("oversight", LONG + oversight_row("R01") + oversight_row("R02", kind="Ambulance trust", median="6.1"))
    assert found["R02"].facts["journey"]["measurements"]["entries"][0]["comparator"]["group"] == "Ambulance trust"


def test_oversight_refuses_another_layout_or_quarter():
    with pytest.raises(InputRefused, match="no column called Median"):
        imported("oversight", LONG.replace("Median,", ""))
    with pytest.raises(InputRefused, match="not written as Q3 2025/26"):
        imported("oversight", LONG + oversight_row("R01", quarter="third"))


def test_annual_return_takes_figures_and_leaves_out_what_is_empty():
    template = REGISTRY.importers["annual-return"].template
    assert imported("annual-return", template) == {}
    head = template.splitlines()[0]
    found = imported("annual-return", f"{head}\nR0X,31/03/2026,612,571,,33,8,,118,1,,84,33,1,0\n")
    facts = found["R0X"].facts["appraisal"]
    assert facts["connected"] == 612
    assert facts["did_not_revalidate"] == 0
    assert "recommendations_due" not in facts
    assert set(facts) < set(COLUMNS)
    with pytest.raises(InputRefused, match="Appraisals completed: 'most' is not a whole number"):
        imported("annual-return", f"{head}\nR0X,2026-03-31,612,most\n")
    with pytest.raises(InputRefused, match="no column called Doctors with a prescribed connection"):
        imported("annual-return", "organisation,on,completed,approved_missed,unapproved_missed\n")


def test_all_staff_never_land_in_doctors_fields():
    for one in (imported("staff-survey", workbook(Acute=[SURVEY_HEAD, *(survey_row(f"R0{n}", 6 + n / 10) for n in range(5))])), imported("oversight", LONG + oversight_row("R01"))):
        for found in one.values():
            for entry in found.facts["journey"]["measurements"]["entries"]:
                assert entry["population"] == "all_staff"
                assert entry.get("comparator", {"population": "all_staff"})["population"] == "all_staff"


@pytest.mark.parametrize("raw", [b"\x00\x01\x02", b"PK\x03\x04 broken", b"\xff\xfea\x00"])
def test_what_is_no_table_is_refused_in_a_sentence(raw):
    for name in REGISTRY.importers:
        with pytest.raises(InputRefused) as refused:
            imported(name, raw)
        assert len(refused.value.complaints) == 1


def test_a_small_file_that_claims_millions_of_cells_is_refused_at_once():
    cell = '<table:table-cell table:number-columns-repeated="100" office:value-type="string"><text:p>x</text:p></table:table-cell>'
    small = ods("Providers", [["a"]])
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(small)) as file, zipfile.ZipFile(out, "w") as copied:
        for name in file.namelist():
            content = file.read(name)
            if name == "content.xml":
                content = content.replace(b"<table:table-row>", f'<table:table-row table:number-rows-repeated="1000000">{cell}'.encode(), 1)
            copied.writestr(name, content)
    with pytest.raises(InputRefused, match="the row is repeated 1000000 times"):
        imported("cqc", out.getvalue(), file="latest.ods")


def test_older_official_files_may_be_windows_text():
    assert imported("ods", etr("R0X", "CAFÉ NHS TRUST").encode("cp1252"))["R0X"].facts["organisation"]["name"] == "Café NHS Trust"


# Putting facts into a profile

FILE = read_source("etr.csv", etr("R0X", "VALE NHS TRUST").encode())
ODS = REGISTRY.importers["ods"]


def into(document, name="annual-return", facts=None, prefer=None, whole=()):
    found = Imported("R0X", facts, "2025-03")
    return merge(document, found, REGISTRY.importers[name].evidence(FILE, found), prefer, whole)


def test_every_fact_arrives_with_its_evidence():
    (found,) = ODS.read(FILE, {})
    evidence = ODS.evidence(FILE, found)
    result = merge(new_document(found, evidence, "2025-03-31"), found, evidence)
    profile = load_profile(result.document)
    assert profile.cited["/organisation"] == (evidence["id"],)
    item = profile.evidence[evidence["id"]]
    assert (item.publisher, item.title, item.sha256) == ("NHS Organisation Data Service", "List of NHS trusts (etr)", FILE.digest)
    profile = load_profile(into(BARE, facts={"appraisal": {"connected": 10}, "journey": {"measurements": {"entries": [{"instrument": "pulse", "topic": "morale", "population": "all_staff"}]}}}).document)
    assert profile.cited["/appraisal/connected"]
    assert profile.cited["/journey/measurements/entries/0"]
    assert "/appraisal" not in profile.cited


def test_what_was_entered_stays_and_the_difference_is_told():
    entered = {**BARE, "appraisal": {"connected": 11, "evidence_for": {"connected": ["A"]}}, "evidence": [{"id": "A", "title": "A", "kind": "other"}]}
    facts = {"appraisal": {"connected": 10, "completed": 9}}
    kept = into(entered, facts=facts)
    assert [(one.pointer, one.entered, one.imported) for one in kept.differences] == [("/appraisal/connected", 11, 10)]
    assert kept.document["appraisal"]["connected"] == 11
    assert kept.document["appraisal"]["evidence_for"]["connected"] == ["A"]
    assert kept.document["appraisal"]["completed"] == 9
    taken = into(entered, facts=facts, prefer="imported").document["appraisal"]
    assert taken["connected"] == 10
    assert "A" not in taken["evidence_for"]["connected"]  # it showed another number
    assert entered["appraisal"] == {"connected": 11, "evidence_for": {"connected": ["A"]}}
    same = into({**BARE, "appraisal": {"connected": 10}}, facts=facts)
    assert same.differences == ()


def test_what_is_withheld_stays_so_unless_asked():
    entered = {**BARE, "appraisal": {"withheld": {"connected": "under review"}}}
    kept = into(entered, facts={"appraisal": {"connected": 10}})
    assert "connected" not in kept.document["appraisal"]
    assert kept.differences[0].entered == "withheld: under review"
    assert load_profile(into(entered, facts={"appraisal": {"connected": 10}}, prefer="imported").document).fact("appraisal.connected") == 10


def rating(domain, rated, on):
    return {"domain": domain, "rating": rated, "on": on}


def test_entries_are_matched_by_what_they_are_and_a_stated_total_is_respected():
    old, new = rating("overall", "good", "2020-01-01"), rating("overall", "good", "2024-01-01")
    entered = {**BARE, "regulator": {"ratings": {"of": 1, "entries": [old]}}}
    again = into(entered, facts={"regulator": {"ratings": {"entries": [old]}}})
    assert again.differences == ()
    assert len(again.document["regulator"]["ratings"]["entries"]) == 1
    more = into(entered, facts={"regulator": {"ratings": {"entries": [new]}}})
    assert [(one.pointer, one.entered, one.imported) for one in more.differences] == [("/regulator/ratings/of", 1, 2)]
    assert len(more.document["regulator"]["ratings"]["entries"]) == 1
    assert more.differences[0].in_words() == "The regulator's view: Ratings: Total: the profile says 1, the list with the new entries says 2"
    taken = into(entered, facts={"regulator": {"ratings": {"entries": [new]}}}, prefer="imported").document["regulator"]["ratings"]
    assert (taken["of"], len(taken["entries"])) == (2, 2)
    other = into(entered, facts={"regulator": {"ratings": {"entries": [rating("overall", "inadequate", "2020-01-01")]}}})
    assert other.differences[0].pointer == "/regulator/ratings/entries/0/rating"


@pytest.mark.parametrize("name", ["annual-report", "annual-return", "gmc-survey"])
def test_a_column_that_a_form_of_ours_does_not_have_is_told(name):
    example = REGISTRY.importers[name].example
    file = read_source("file.csv", example.encode())
    before = list(REGISTRY.importers[name].read(file, {}))
    assert file.notes == []
    head, _, rest = example.partition("\n")
    wider = read_source("file.csv", f"{head.rstrip()},Remark\n{rest}".encode())
    assert [one.facts for one in REGISTRY.importers[name].read(wider, {})] == [one.facts for one in before]
    assert wider.notes == ["the column 'Remark' is not in our form and was not read; correct its name, or enter its facts by hand"]


def test_two_rows_of_a_file_that_differ_are_both_said_by_the_file():
    rows = [Imported("R0X", {"appraisal": {"connected": count}}) for count in (10, 11)]
    said = [[one.in_words().partition("connection: ")[2] for one in take_over(document, rows, REGISTRY.importers["annual-return"], FILE, "imported").differences] for document in (BARE, {**BARE, "appraisal": {"connected": 9}})]
    assert said == [["the file says 10, the file says 11"], ["the profile says 9, the file says 10", "the file says 10, the file says 11"]]


REPORT = "Organisation code,Year that ends on,Item,Holder,How held,From,To,Complete since,Number\n"
CHIEF = "Chief executive,A,Substantive,2020-04-01,Present"


def report(*rows):
    return imported("annual-report", REPORT + "".join(f"R0X,31/03/2026,{row}\n" for row in rows))["R0X"].facts


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("Voting members who are doctors,,,,,,5", "Voting members who are doctors,,,,,,0", "Number: the file says 0 for 'Voting members who are doctors' here, and 5 in row 2"),
        ("Doctors and dentists,,,,,,612", "Doctors and Dentists,,,,,,613", "Number: the file says 613 for 'Doctors and Dentists' here, and 612 in row 2"),
        ("Chair and non-executives in all,,,,,,7", "Chair and non-executives in all,,,,,,8", "Number: the file says 8 for 'Chair and non-executives in all' here, and 7 in row 2"),
        (f"{CHIEF},April 2015,", "Chief executive,B,Substantive,2015-04-01,2020-03-31,April 2010,", "Complete since: the file says April 2010 for 'Chief executive' here, and April 2015 in row 2"),
        ("Medical director,A,,,,April 2015,", "Chief medical officer,B,,,,April 2010,", "Complete since: the file says April 2010 for 'Chief medical officer' here, and April 2015 in row 2"),
        ("Chief nurse,A,,,,April 2015,", "Chief nurse,B,,,,April 2010,", "Complete since: the file says April 2010 for 'Chief nurse' here, and April 2015 in row 2"),
        (f"{CHIEF},,", "Chief executive,A,Substantive,01/04/2020,31/01/2023,,", "To: the file says 31/01/2023 for 'Chief executive' here, and Present in row 2"),
        (f"{CHIEF},,", "Chief executive,A,Interim,2020-04-01,Present,,", "How held: the file says Interim for 'Chief executive' here, and Substantive in row 2"),
    ],
)  # fmt: skip
def test_an_annual_report_that_says_two_things_is_refused_with_both_rows(one, other, said):
    for first, second in ((one, other), (other, one)):
        with pytest.raises(InputRefused, match=r"file.csv: row 3, .*keep the one that is right") as refused:
            report(first, second)
        assert (said in refused.value.complaints[0]) == (first == one)
    for row in (one, other):
        assert report(row, row) == report(row)


def test_figures_of_two_years_are_not_those_of_one_annual_report():
    rows = "R0X,31/03/2025,Doctors and dentists,,,,,,600\nR0X,31/03/2026,Voting members who are doctors,,,,,,2\n"
    with pytest.raises(InputRefused, match=r"row 3, Year that ends on: the file says 31/03/2026 for .* here, and 31/03/2025 in row 2"):
        imported("annual-report", REPORT + rows)
    assert set(imported("annual-report", REPORT + rows.replace("R0X,31/03/2025", "R0Y,31/03/2025"))) == {"R0X", "R0Y"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("Doctors & dentists,,,,,,612", "Number: '612' would be lost, because a row for 'Doctors & dentists' has nothing here; empty the cell, or correct the item; did you mean 'Doctors and dentists'?"),
        (f"{CHIEF},,1", "Number: '1' would be lost"), ("Non-executive director,,,May 2022,,,1", "Number: '1' would be lost"),
        ("Doctors and dentists,A,,,,,7", "Holder: 'A' would be lost"), ("Doctors and dentists,,substantive,,,,7", "How held: 'substantive' would be lost"),
        ("Other voting executives in all,,,01/04/2020,,,7", "From: '01/04/2020' would be lost"), ("Doctors and dentists,,,,Present,,7", "To: 'Present' would be lost"),
        ("Doctors and dentists,,,,,April 2016,7", "Complete since: 'April 2016' would be lost"),
        ("Chair,Ann,,May 2022,,,", "Holder: 'Ann' would be lost"), ("Chair,,Substantive,May 2022,,,", "How held: 'Substantive' would be lost"),
        ("Chair,,,May 2022,May 2025,,", "To: 'May 2025' would be lost"), ("Chair,,,May 2022,,May 2022,", "Complete since: 'May 2022' would be lost"),
    ],
)  # fmt: skip
def test_what_stands_in_the_wrong_column_of_an_annual_report_is_refused(row, said):
    with pytest.raises(InputRefused) as refused:
        report(row)
    assert refused.value.complaints[0].startswith(f"file.csv: row 2, {said}")


GMC = "Organisation code,Indicator,Date,Score,Doctors asked,Doctors who answered,National score\n"
PANEL = "ods_code,year,org_name,org_type,motivation_mean_1_5,respondents,cqc_report_date,cqc_overall,cqc_well_led\n"


@pytest.mark.parametrize(
    ("name", "head", "one", "other", "said"),
    [
        ("gmc-survey", GMC, "R0X,Workload,May 2025,48.5,140,50,50.1", "R0X,Workload,May 2025,58.5,140,50,50.1", "Score: the file says 48.5, the file says 58.5"),
        ("gmc-survey", GMC, "R0X,Workload,May 2025,48.5,140,50,50.1", "R0X,Workload,12/05/2025,48.5,140,51,50.1", "the file says 50, the file says 51"),
        ("oversight", LONG, oversight_row("R0X")[:-1], oversight_row("R0X", value="6.7")[:-1], "Score: the file says 6.9, the file says 6.7"),
        ("oversight", LONG, oversight_row("R0X", "OF9999")[:-1], oversight_row("R0X", "OF9999", value="6.7")[:-1], "the file says 6.9, the file says 6.7"),
        ("panel", PANEL, "R0X,2019,A,Acute,3.9,1500,2019-05-01,Good,Good", "R0X,2019,A,Acute,4.1,1500,2019-05-01,Good,Good", "Score: the file says 3.9, the file says 4.1"),
        ("panel", PANEL, "R0X,2019,A,Acute,3.9,1500,2019-05-01,Good,Good", "R0X,2019,A,Acute,3.9,1500,2019-05-01,Inadequate,Good", "the file says Good, the file says Inadequate"),
    ],
)  # fmt: skip
def test_two_rows_about_the_same_that_differ_are_a_difference_and_the_same_row_twice_counts_once(name, head, one, other, said):
    source = REGISTRY.importers[name]

    def taken(*rows):
        file = read_source("file.csv", (head + "".join(f"{row}\n" for row in rows)).encode())
        return take_over({**BARE, "as_of": "2026-03-31"}, list(source.read(file, {})), source, file)

    assert [difference.in_words() for difference in taken(one, other).differences if said in difference.in_words()]
    once, twice = taken(one), taken(one, one)
    assert (twice.differences, without_evidence(twice.document)) == ((), without_evidence(once.document))


def test_the_years_of_a_panel_that_differ_are_differences_in_every_later_year_too():
    row = "R0X,{},A,Acute,{},1500,2018-05-01,Good,Good\n"
    file = read_source("file.csv", (PANEL + row.format(2018, 3.9) + row.format(2018, 4.1) + row.format(2019, 3.8)).encode())
    scores = {}
    for one in REGISTRY.importers["panel"].read(file, {"each": "year"}):
        scores.setdefault(one.code, []).append([entry["score"] for entry in one.facts["journey"]["measurements"]["entries"]])
    assert scores == {"R0X 2018": [[3.9], [4.1]], "R0X 2019": [[3.9, 3.8], [4.1, 3.8]]}


def test_a_register_that_says_two_days_of_one_merger_is_refused():
    text = REGISTRY.importers["trusts"].example
    row = text.splitlines()[1]
    assert imported("trusts", f"{text}{row}\n")["R0Y"].closed == "2024-03-31"
    with pytest.raises(InputRefused, match="row 3, merger_date: another row says that R0Y was merged into R0X on another day"):
        imported("trusts", text + row.replace("2024-04-01", "2023-04-01") + "\n")


def survey(on=None, score=7.1, **more):
    stated = {"instrument": "nhs_staff_survey", "topic": "engagement", "population": "all_staff", "on": on, "score": score, "scale_low": 0, "scale_high": 10, **more}
    return {name: value for name, value in stated.items() if value is not None}


def measured(entered, imported, prefer=None):
    """The measurements of a profile after an import of one, and the differences."""
    document = {**BARE, "journey": {"measurements": {"entries": entered}}}
    merged = into(document, "staff-survey", facts={"journey": {"measurements": {"entries": [imported]}}}, prefer=prefer)
    load_profile(merged.document)
    return merged.document["journey"]["measurements"]["entries"], [(one.pointer.rpartition("/")[2], one.entered, one.imported) for one in merged.differences]


@pytest.mark.parametrize(
    ("entered", "imported", "kept", "taken", "differences"),
    [
        # a date that says more agrees with one that says less, and the one that says more is kept
        (survey("2024-11-28"), survey("2024-11"), "2024-11-28", "2024-11-28", []), (survey("2024-11"), survey("2024-11-28"), "2024-11-28", "2024-11-28", []),
        (survey("2024-11-28", instrument="pulse"), survey("2024-11", instrument="pulse"), "2024-11-28", "2024-11-28", []),
        # the yearly survey has one result of a year, whatever its date, and an edition says the year too
        (survey("2024-10-30"), survey("2024-11"), "2024-10-30", "2024-11", [("on", "2024-10-30", "2024-11")]), (survey("2025-03"), survey("2024-11"), "2025-03", "2024-11", [("on", "2025-03", "2024-11")]),
        (survey(edition="2024"), survey("2024-11"), "2024-11", "2024-11", []), (survey("2024-11", edition="2024"), survey("2024-11"), "2024-11", "2024-11", []),
        (survey("2024-11-28", score=6.9), survey("2024-11"), "2024-11-28", "2024-11-28", [("score", 6.9, 7.1)]),
    ],
)  # fmt: skip
def test_a_more_precise_date_agrees_and_another_date_of_the_same_survey_is_a_difference(entered, imported, kept, taken, differences):
    (entry,), found = measured([entered], imported)
    assert (entry["on"], entry["score"], found) == (kept, entered["score"], differences)
    assert ("evidence" in entry) == (not differences)  # the file shows what it agrees with
    (entry,), found = measured([entered], imported, "imported")
    assert (entry["on"], entry["score"], found) == (taken, 7.1, differences)
    assert "evidence" in entry


@pytest.mark.parametrize(
    ("entered", "imported"),
    [
        ([survey("2023-11")], survey("2024-11")), ([survey(edition="2023")], survey("2024-11")), ([survey(edition="autumn")], survey("2024-11")), ([survey()], survey("2024-11")),
        ([survey("2024-10", instrument="pulse")], survey("2024-11", instrument="pulse")), ([survey("2024-11", population="doctors")], survey("2024-11")),
        # where a month fits two days, nobody can say which of them is meant
        ([survey("2024-11-05", instrument="pulse"), survey("2024-11-28", instrument="pulse")], survey("2024-11", instrument="pulse")),
    ],
)  # fmt: skip
def test_a_result_of_another_survey_is_added(entered, imported):
    found, differences = measured(entered, imported)
    assert (len(found), differences) == (len(entered) + 1, [])


def test_every_list_and_every_single_date_knows_a_more_precise_date():
    entered = {**BARE, "regulator": {"ratings": {"of": 1, "entries": [rating("overall", "good", "2020-01-15")]}}, "leadership": {"chief_executive": {"created": "2019-05"}}}
    facts = {"regulator": {"ratings": {"entries": [rating("overall", "good", "2020-01")]}}, "leadership": {"chief_executive": {"created": "2019-05-06"}}}
    merged = into(entered, facts=facts)
    assert merged.differences == ()
    assert merged.document["regulator"]["ratings"]["entries"][0]["on"] == "2020-01-15"
    assert merged.document["leadership"]["chief_executive"]["created"] == "2019-05-06"
    assert len(merged.document["regulator"]["ratings"]["entries"]) == 1
    # a list whose entries nothing identifies: they are the same if all facts agree, dates by what they say
    spell = {"holder": "A", "kind": "substantive", "until": "present"}
    post = {"leadership": {"chief_executive": {"holders": {"entries": [{**spell, "since": "2019-05-06"}]}}}}
    merged = into({**BARE, **post}, facts={"leadership": {"chief_executive": {"holders": {"entries": [{**spell, "since": "2019-05"}]}}}})
    assert [one["since"] for one in merged.document["leadership"]["chief_executive"]["holders"]["entries"]] == ["2019-05-06"]


@pytest.mark.parametrize(
    ("total", "listed", "new", "kept", "differs"),
    [
        (1, ["2020-01-01"], "2024-01-01", 2, False), (2, ["2020-01-01"], "2024-01-01", 2, False), (1, ["2020-01"], "2020-01-15", 1, False),
        (1, ["2020-01-01"], "2019-01-01", 1, True), (1, [None], "2024-01-01", 1, True), (0, [], "2024-01-01", 0, True),
    ],
)  # fmt: skip
def test_a_list_of_all_there_is_grows_with_its_next_edition(total, listed, new, kept, differs):
    entries = [{name: value for name, value in rating("overall", "good", on).items() if value} for on in listed]
    entered = {**BARE, "regulator": {"ratings": {"of": total, "entries": entries}}}
    facts = {"regulator": {"ratings": {"of": 1, "entries": [rating("overall", "good", new)]}}}
    merged = into(entered, facts=facts)
    ratings = merged.document["regulator"]["ratings"]
    assert (len(ratings["entries"]), ratings["of"], bool(merged.differences)) == (kept, max(total, kept), differs)
    # Two colleagues who each list all there is contradict one another, whatever the dates.
    both = merge_parts(entered, "p.json", [("part.json", {**BARE, **facts})], lambda _: False)
    assert bool(both.differences) is ((total, kept) != (1, 1) or differs)


def test_a_group_that_was_kept_does_not_get_the_evidence():
    entered = {**BARE, "organisation": {**BARE["organisation"], "name": "Another name"}}
    kept = into(entered, "ods", facts={"organisation": {"name": "Vale", "country": "England"}})
    assert "evidence" not in kept.document["organisation"]


def test_views_are_taken_whole_or_not_at_all():
    entered = {**BARE, "perceptions": {"managers": {"responded": 12}}}
    facts = {"perceptions": {"consultants": {"responded": 15}}}
    kept = into(entered, "views", facts=facts, whole=("perceptions",))
    assert (len(kept.differences), kept.document["perceptions"]) == (1, {"managers": {"responded": 12}})
    taken = into(entered, "views", facts=facts, prefer="imported", whole=("perceptions",)).document["perceptions"]
    assert set(taken) == {"consultants"}


@pytest.mark.parametrize("remarks", [{}, {"note": "asked in March"}, {"answered_by": "B"}, {"note": "asked in March", "answered_by": "B"}])
def test_a_section_without_a_fact_is_not_filled_in_already(remarks):
    facts = {"perceptions": {"consultants": {"responded": 15}}}
    fresh = into(BARE, "views", facts=facts, whole=("perceptions",)).document["perceptions"]
    filled = into({**BARE, "perceptions": remarks}, "views", facts=facts, whole=("perceptions",))
    assert (filled.differences, filled.document["perceptions"]) == ((), {**fresh, **remarks})


def test_a_section_that_is_withheld_in_part_is_filled_in_already():
    entered = {**BARE, "perceptions": {"withheld": {"managers": "under review"}}}
    kept = into(entered, "views", facts={"perceptions": {"consultants": {"responded": 15}}}, whole=("perceptions",))
    assert (len(kept.differences), kept.document["perceptions"]) == (1, entered["perceptions"])
