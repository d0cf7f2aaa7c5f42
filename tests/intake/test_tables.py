"""Tables as publishers and spreadsheets write them: the same facts in every layout, or a refusal that names the place."""

import csv
import io
import itertools
import json
import re
import subprocess
import sys
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import made_tables
from engagecheck import InputRefused, installed, load_profile
from engagecheck.analysis.importing import questions
from engagecheck.errors import ExitCode
from engagecheck.intake.tables import read_source
from engagecheck.plugin_host.discovery import IMPORTERS
from engagecheck.rules.source_file import OtherKind

ROOT = Path(__file__).parents[2]
REGISTRY = installed(third_party=False, group=IMPORTERS)


def read(name, raw, file="file.csv", **options):
    source = read_source(file, raw.encode() if isinstance(raw, str) else raw)
    return {one.code: one for one in REGISTRY.importers[name].read(source, options)}, source


def etr(code, name, grouping="Y63", opened="20100401", closed="", region="H"):
    row = [code, name, grouping, "QOP", *[""] * 6, opened, closed, *[""] * 11, region, "", "", ""]
    return ",".join(f'"{cell}"' for cell in row) + "\n"


RATINGS_HEAD = "Provider ID,Provider Name,Service / Population Group,Domain,Latest Rating,Publication Date\n"


# Row 1: the size of the real file


LOCATIONS = ("Location ID", *made_tables.COLUMNS[1:])
LAYOUTS = {
    "one sheet": {"Providers": lambda: made_tables.ratings_rows(120_000)},
    "two sheets": {"Locations": lambda: made_tables.ratings_rows(60_000, LOCATIONS), "Providers": lambda: made_tables.ratings_rows(60_000)},
}
PEAK = "import re; print(re.search(r'VmHWM:\\s*([0-9]+)', open('/proc/self/status').read())[1])"
only_on_linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the peak of a process is read from /proc")


@only_on_linux
@pytest.mark.exhaustive
@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_a_list_of_ratings_of_real_size_is_read_in_little_memory(tmp_path, layout):
    """120,000 rows of 18 columns, some 380 MB unpacked: the peak of the whole process stays under 100 MiB."""
    made_tables.ods(tmp_path / "big.ods", {"README": [["About"]], **{name: rows() for name, rows in LAYOUTS[layout].items()}})
    assert zipfile.ZipFile(tmp_path / "big.ods").getinfo("content.xml").file_size > 370_000_000
    code = (
        "from engagecheck.intake.tables import read_source; from engagecheck.intake.importers.cqc import ratings;"
        f"print(len(list(ratings.read(read_source('big.ods', open('big.ods', 'rb').read()), {{}})))); {PEAK}"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    providers, peak = map(int, done.stdout.split())
    assert providers == {"one sheet": 6667, "two sheets": 3334}[layout]
    assert peak < 100 * 1024


@only_on_linux
@pytest.mark.exhaustive
def test_profiles_for_everyone_take_memory_for_organisations_and_not_for_rows(tmp_path):
    """The ratings of 300 trusts, with 3 and with 59 services of each: 7,200 rows and 108,000. The file itself has 5 MB."""
    code = f"import sys; from engagecheck.cli.import_ import command; command.main(sys.argv[1:], standalone_mode=False); {PEAK}"
    peaks = {}
    for services in (3, 59):
        rows = ([*row[:1], f"Trust {trust} NHS Trust (invented)", *row[2:]] for trust in range(300) for row in made_tables.provider_rows(trust, services))
        made_tables.ods(tmp_path / "r.ods", {"Providers": itertools.chain([made_tables.COLUMNS], rows)})
        words = ("cqc", "r.ods", "--all", "--output", f"{services}.jsonl", "--as-of", "2026-03-31")
        done = subprocess.run([sys.executable, "-c", code, *words], cwd=tmp_path, capture_output=True, text=True, check=True)
        peaks[services] = int(done.stdout)
        assert len((tmp_path / f"{services}.jsonl").read_text("utf-8").splitlines()) == 300
    assert peaks[59] < peaks[3] + 15 * 1024


def bomb(inside):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f'<a xmlns:table="t" xmlns:office="o" xmlns:text="x"><table:table table:name="Providers">{inside}</table:table></a>')
    return out.getvalue()


CELL = '<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (lambda: f"<table:table-row>{CELL * 3_500_000}</table:table-row>", "over 16384 columns"),
        (lambda: f"<table:table-row>{'<table:table-cell/>' * 3_500_000}</table:table-row>", "over 16384 columns"),
        (lambda: f'<table:table-row>{CELL.replace("<table:table-cell", "<table:table-cell table:number-columns-repeated=" + chr(34) + "9999999" + chr(34))}</table:table-row>', "over 16384 columns"),
        (lambda: f'<table:table-row table:number-rows-repeated="1000000">{CELL}</table:table-row>', "repeated 1000000 times"),
        (lambda: f"<table:table-row><table:table-cell><text:p>{'x' * 2_000_000}</text:p></table:table-cell></table:table-row>", "more than 100000 characters"),
        (lambda: f'<table:table-row x="{"x" * 20_000_000}"/>', "a tag of more than 8 MB"),
    ],
    ids=["filled", "empty", "repeated cell", "repeated row", "text", "tag"],
)
@pytest.mark.exhaustive
def test_bombs_are_refused_while_they_are_read(inside, words):
    with pytest.raises(InputRefused, match=words):
        read("cqc", bomb(inside()), "bomb.ods")


def test_entities_are_refused():
    raw = bomb("").replace(b"", b"")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("content.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    for document in (out.getvalue(), raw[:-30]):
        with pytest.raises(InputRefused):
            read("cqc", document, "e.ods")


# Rows 2 to 5: the list of trusts


def test_another_trust_that_closes_or_opens_later_is_no_reason_to_refuse(run, tmp_path):
    text = etr("R0X", "VALE NHS TRUST") + etr("R0Y", "HILL NHS TRUST", closed="20260630") + etr("R0Z", "NEW NHS TRUST", opened="20270101")
    (tmp_path / "etr.csv").write_text(text + etr("R0W", "GONE NHS TRUST", closed="20200331"))
    for code in ("R0X", "R0Y"):
        assert run("import", "ods", "etr.csv", "--organisation", code, "--as-of", "2026-03-31").returncode == 0
    for code, words in (("R0Z", "opens on 1 January 2027"), ("R0W", "closed on 31 March 2020; the file names no successor")):
        done = run("import", "ods", "etr.csv", "--organisation", code, "--as-of", "2026-03-31")
        assert done.returncode == ExitCode.INPUT
        assert words in done.stderr.decode()
    done = run("import", "ods", "etr.csv", "--all", "--output", "all.jsonl", "--as-of", "2026-03-31")
    assert done.returncode == 0
    assert "Left out: 1: closed by 31 March 2026 (R0W)" in done.stderr.decode()
    assert "Left out: 1: not open on 31 March 2026 (R0Z)" in done.stderr.decode()
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == 2


def test_the_country_is_what_the_list_says_or_nothing():
    text = etr("RQF", "VELINDRE (INVENTED) NHS TRUST", "", region="W") + etr("RT4", "WELSH AMBULANCE NHS TRUST", "W00", region="") + etr("R0X", "VALE NHS TRUST", "", region="")
    found, _ = read("ods", text + etr("R0Y", "HILL NHS TRUST"))
    assert [one.organisation.get("country") for one in found.values()] == ["Wales", "Wales", None, "England"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([etr(f"A8{number:04}", "THE HIGH STREET SURGERY") for number in range(9)], "a list of GP practices"),
        ([etr(f"0{number}A", "NHS ANYTOWN CCG") for number in range(9)], "a list of commissioning groups"),
        ([etr(f"FA{number:03}", "CORNER PHARMACY") for number in range(9)], "a list of pharmacies"),
        ([etr(f"R0X{number:02}", "VALE HOSPITAL") for number in range(9)], "a list of sites of trusts"),
    ],
)  # fmt: skip
def test_a_list_of_anything_else_is_refused_by_what_it_seems_to_be(rows, words):
    with pytest.raises(OtherKind, match=words):
        read("ods", "".join(rows) + etr("R0X", "VALE NHS TRUST"))


def test_a_list_of_trusts_that_lost_its_empty_columns_is_read():
    rows = [row[:12] + row[15:] for row in csv.reader(io.StringIO(etr("R0X", "VALE NHS TRUST") + etr("R0W", "GONE NHS TRUST", closed="20200331")))]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    found, _ = read("ods", out.getvalue())
    assert (found["R0X"].organisation["country"], found["R0X"].closed, found["R0W"].closed) == ("England", "", "2020-03-31")


# Row 6: numbers


RETURN = ",".join(REGISTRY.importers["annual-return"].template.splitlines()[0].split(",")[:4])
SURVEY = "org_id,org_name,theme_engagement_2025,theme_engagement_n_2025\n"


@pytest.mark.parametrize(
    ("cells", "expected", "said"),
    [
        (["7.1", "6.91"], [7.1, 6.91], False), (['"7,1"', '"6,91"'], [7.1, 6.91], True), (['"7,123"', '"6,912"'], [7.123, 6.912], True), (["7", "*"], [7, None], False),
        (["n/a", "-"], [None, None], False),
    ],
)  # fmt: skip
def test_a_decimal_comma_is_read_and_announced_and_suppressed_values_are_not_published(cells, expected, said):
    found, source = read("staff-survey", SURVEY + "".join(f"R0{place},NHS TRUST,{cell},900\n" for place, cell in enumerate(cells))) if any(expected) else ({}, None)
    scores = [one.facts["journey"]["measurements"]["entries"][0]["score"] for one in found.values()]
    assert scores == [value for value in expected if value is not None]
    assert source is None or any("decimal commas" in note for note in source.notes) == said


@pytest.mark.parametrize("cell", ["69.1", "691", "6_9", "٧", "seven", "-1", "1e1", '"6,9.1"', "#DIV/0!"])
def test_what_is_no_score_is_refused_with_row_and_column(cell):
    with pytest.raises(InputRefused, match=r"row 3, theme_engagement_2025: .* is not a number from 0 to 10"):
        read("staff-survey", f"{SURVEY}R01,NHS TRUST,7.1,900\nR02,NHS TRUST,{cell},900\n")


@pytest.mark.parametrize("cell", ["71.5%", "71.5 %", "71.5"])
def test_a_percentage_is_read_where_the_number_may_be_one(cell):
    text = REGISTRY.importers["gmc-survey"].example.replace(",71.5,", f",{cell},")
    found, _ = read("gmc-survey", text)
    assert {entry["score"] for entry in found["R0X"].facts["journey"]["measurements"]["entries"]} == {71.5}


def test_a_percentage_is_neither_a_count_nor_a_score_of_ten():
    with pytest.raises(InputRefused, match=r"row 2, Appraisals completed: '93%' is not a whole number from 0 to 1,000,000"):
        read("annual-return", f"{RETURN}\nR0X,31/03/2026,612,93%\n")
    with pytest.raises(InputRefused, match="row 2, theme_engagement_2025: '7%' is not a number from 0 to 10"):
        read("staff-survey", f"{SURVEY}R01,NHS TRUST,7%,900\n")


def test_two_styles_in_one_column_are_refused():
    with pytest.raises(InputRefused, match="row 3, theme_engagement_2025: '7,15' has a comma, and others have a point"):
        read("staff-survey", f'{SURVEY}R01,NHS TRUST,7.15,900\nR02,NHS TRUST,"7,15",900\n')


def test_a_number_that_can_be_two_is_decided_by_its_range_or_refused():
    found, _ = read("staff-survey", f'{SURVEY}R01,NHS TRUST,7.1,"1,234"\n')
    assert found["R01"].facts["journey"]["measurements"]["entries"][0]["respondents"] == 1234
    spend = "ORG_CODE,ORG_NAME,YEAR,CQC_RATING,CQC_WELL_LED_RATING,DOCTORS,OPERATING_COST,CONSULTANTS,MANAGERS,NHS_SS,MANAGEMENT_SPEND\n"
    with pytest.raises(InputRefused, match=r"row 2, DOCTORS: 1,234 may be 1,234 or 1\.234"):
        read("acute-trusts", f'{spend}R01,NHS TRUST,2017,Good,Good,"1,234",9,9,9,9,9\n')


# Row 7: codes, words and dates of the CQC


def test_codes_of_every_kind_and_words_in_any_case_are_read_and_the_rest_is_counted():
    text = RATINGS_HEAD + (
        "G6V2S,North NHS Foundation Trust,Overall,Well led,Requires Improvement,31/03/2025\n"
        "tad,A Care Trust,overall,OVERALL,good,2025-03-31\n rgd ,South NHS Trust,Overall,Well–led,GOOD,20250331\n"
        "R0X,Vale NHS Trust,Overall,Overall,Good,\nR0Y,Hill NHS Trust,Overall,Overall,Goodish,2025-01-01\nR0Y,Hill NHS Trust,Overall,Overall,Not rated,2025-01-01\n"
    )
    found, source = read("cqc", text)
    assert {code: one.facts["regulator"]["ratings"]["entries"] for code, one in found.items()} == {
        "G6V2S": [{"domain": "well_led", "rating": "requires_improvement", "on": "2025-03-31"}],
        "TAD": [{"domain": "overall", "rating": "good", "on": "2025-03-31"}],
        "RGD": [{"domain": "well_led", "rating": "good", "on": "2025-03-31"}],
        "R0X": [{"domain": "overall", "rating": "good"}],
    }
    assert sum(source.unread.values()) == 2
    assert "row 5: '' is no publication date" in " ".join(source.unread)
    assert "row 6: Overall 'Goodish' is no rating" in " ".join(source.unread)
    assert "type" not in found["TAD"].organisation


def test_rows_that_cannot_be_read_are_counted_and_the_first_are_named(run, tmp_path):
    (tmp_path / "r.csv").write_text(RATINGS_HEAD + "R0X,Vale NHS Trust,Overall,Overall,Good,01/02/2025\n" + "R0Y,Hill NHS Trust,Overall,Overall,?,01/02/2025\n" * 9)
    told = run("import", "cqc", "r.csv", "--organisation", "R0X", "--as-of", "2026-03-31").stderr.decode()
    assert "9 rows could not be read in full" in told
    assert "row 3: Overall '?' is no rating that is known" in told
    assert "and 4 more" in told


# Row 8: dates


@pytest.mark.parametrize("written", ["31/03/2026", "2026-03-31", "20260331", "31.03.2026", "31-Mar-2026", "31 March 2026", "2026-03-31T00:00:00"])
def test_dates_are_read_day_first(written):
    found, _ = read("annual-return", f"{RETURN}\nR0X,{written},612,571\n")
    assert found["R0X"].effective == "2026-03-31"


@pytest.mark.parametrize(("written", "words"), [("03/31/2026", "has the month first, so no date of this column can be trusted"), ("31/13/2026", "is not a date"), ("46112", "is not a date"), ("2026", "is not a date")])
def test_other_dates_are_refused_with_row_and_column(written, words):
    with pytest.raises(InputRefused, match=f"row 2, Year that ends on: .*{words}"):
        read("annual-return", f"{RETURN}\nR0X,{written},612,571\n")


def test_one_month_first_refuses_a_whole_list_of_ratings():
    rows = "R0X,Vale NHS Trust,Overall,Overall,Good,03/04/2025\nR0Y,Hill NHS Trust,Overall,Overall,Good,04/30/2025\n"
    with pytest.raises(InputRefused, match="row 3, Publication Date: 04/30/2025 has the month first"):
        read("cqc", RATINGS_HEAD + rows)


@pytest.mark.parametrize("passed_over", ["Maternity,Overall,Good", "Overall,Safe,Good", "Overall,Overall,Not rated"])
def test_a_month_first_in_a_row_that_is_not_wanted_refuses_the_column_too(passed_over):
    """So do the American dates of services, where those of the provider can be read either way."""
    rows = f"R0X,Vale NHS Trust,Overall,Overall,Good,03/04/2025\nR0X,Vale NHS Trust,{passed_over},04/30/2025 00:00\n"
    with pytest.raises(InputRefused, match="row 3, Publication Date: 04/30/2025 00:00 has the month first"):
        read("cqc", RATINGS_HEAD + rows)
    assert read("cqc", RATINGS_HEAD + rows.replace("04/30", "30/04"))[0]
    panel = REGISTRY.importers["panel"].example
    with pytest.raises(InputRefused, match="row 3, cqc_report_date: 04/30/2018 has the month first"):
        read("panel", panel.replace("2019-02-01", "03/04/2018") + panel.splitlines()[1].replace(",2019,", ",2018,").replace("2019-02-01", "04/30/2018") + "\n")


# Row 9: names of columns


@pytest.mark.parametrize("second", ["org_name", "ORG_NAME ", "Org\u00a0_name", "org_\nname"])
def test_the_same_name_twice_is_refused_with_both_places(second):
    with pytest.raises(InputRefused, match="row 1: the columns B and C are both called"):
        read("staff-survey", f'org_id,org_name,"{second}",theme_engagement_2025\nR01,A,B,7\n')


def test_case_blanks_line_breaks_and_rows_above_do_not_matter():
    head = 'ORG_ID,"Org\u00a0_Name","Theme_\nEngagement_2025", Theme_Engagement_N_2025 \n'
    found, _ = read("staff-survey", f"NHS Staff Survey,,,\n\nPublished in March,,,\n{head}R01,A NHS TRUST,7.1,900,,,\n,,,\n")
    entry = found["R01"].facts["journey"]["measurements"]["entries"][0]
    assert (entry["score"], entry["respondents"]) == (7.1, 900)


# Row 10: encodings, separators and line ends, and a property over all of them together


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"%PDF-1.7\n", "this is a PDF"), (b"<!DOCTYPE html><html>", "this is a web page"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel file"), (b"\x00\x01\x02\x00\x03", "no text file"),
        ((SURVEY + "R01," + "x" * 120_000 + ",7.1,900\n").encode(), "row 2: a cell has over 100000 characters"), ((SURVEY + "R01," + "x" * 200_000 + ",7.1,900\n").encode(), "row 2 cannot be read as CSV"),
        ((SURVEY + 'R01,"A NHS TRUST,7.1,900\nR02,B NHS TRUST,7,900\n').encode(), "cannot be read as CSV"),
    ],
    ids=["pdf", "html", "xls", "zeros", "long", "longer", "quote"],
)  # fmt: skip
def test_what_is_no_table_is_refused_by_name(raw, words):
    with pytest.raises(InputRefused, match=words):
        read("staff-survey", raw)


NUMBER_STYLES = {
    "point": lambda number: repr(number), "grouped point": lambda number: f"{number:,}", "comma": lambda number: repr(number).replace(".", ","),
    "grouped comma": lambda number: f"{number:,}".translate(str.maketrans(",.", ".,")), "grouped blank": lambda number: f"{number:,}".replace(",", "\u00a0"),
}  # fmt: skip
DATE_STYLES = {"iso": "{0}-{1:02}-{2:02}", "compact": "{0}{1:02}{2:02}", "slashes": "{2:02}/{1:02}/{0}", "short": "{2}/{1}/{0}", "midnight": "{2:02}/{1:02}/{0} 00:00"}
NOISE = {"none": str, "capitals": str.upper, "blanks": lambda name: f"  {name} ", "no-break": lambda name: name.replace(" ", "\u00a0"), "broken": lambda name: name.replace(" ", "\n")}
COUNTS = st.tuples(st.integers(1000, 99_999), st.integers(0, 9_999), st.integers(0, 999))
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2026, 3, 31))


@given(
    rows=st.lists(st.tuples(COUNTS, DAYS), min_size=1, max_size=5), encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]),
    separator=st.sampled_from([",", ";", "\t", "|"]), said=st.booleans(), line_end=st.sampled_from(["\n", "\r\n", "\r"]), style=st.sampled_from(list(NUMBER_STYLES)),
    dates=st.sampled_from(list(DATE_STYLES)), noise=st.sampled_from(list(NOISE)), banner=st.integers(0, 3), trailing=st.integers(0, 2), blank=st.booleans(),
)  # fmt: skip
def test_a_table_gives_the_same_facts_in_every_layout(rows, encoding, separator, said, line_end, style, dates, noise, banner, trailing, blank):
    titles = REGISTRY.importers["annual-return"].template.splitlines()[0].split(",")
    wanted = ["Organisation code", "Year that ends on", "Doctors with a prescribed connection", "Appraisals completed", "Trained appraisers"]
    assert set(wanted) <= set(titles)
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if noise == "broken" else csv.QUOTE_MINIMAL  # csv does not quote a line break that does not end its lines
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end, quoting=quoting)
    for _ in range(banner):
        writer.writerow(["Annual return – façade"])
    writer.writerow([NOISE[noise](name) for name in wanted] + [""] * trailing)
    for place, (counts, day) in enumerate(rows):
        if blank:
            writer.writerow([""] * (1 + len(wanted)))
        writer.writerow([f"R0{place}", DATE_STYLES[dates].format(day.year, day.month, day.day), *(NUMBER_STYLES[style](count) for count in counts), *[""] * trailing])
    text = (f"sep={separator}{line_end}" if said else "") + out.getvalue()
    found, _ = read("annual-return", text.encode(encoding))
    expected = {
        f"R0{place}": ({"connected": counts[0], "completed": counts[1], "appraisers": counts[2]}, day.isoformat())
        for place, (counts, day) in enumerate(rows)
    }
    assert {code: (one.facts["appraisal"], one.effective) for code, one in found.items()} == expected


QUOTED = {"as needed": csv.QUOTE_MINIMAL, "always": csv.QUOTE_ALL, "not numbers": csv.QUOTE_NONNUMERIC}


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("quoting", list(QUOTED))
@pytest.mark.parametrize("name", sorted(set(REGISTRY.importers) - {"views"}))
def test_the_example_of_every_source_is_read_with_every_separator_that_cells_may_hold_too(name, separator, quoting):
    inside = {"Vale": "Vale, Hill; Dale | Town", "VALE": "VALE, HILL; DALE | TOWN", "Chief nurse": "Nurse, chief; lead | all"}
    rows = [[cell.replace(word, inside[word]) if (word := next((word for word in inside if word in cell), "")) else cell for cell in row] for row in csv.reader(io.StringIO(REGISTRY.importers[name].example))]
    for times in (1, 3) if name == "ods" else (1,):
        out, usual = io.StringIO(), io.StringIO()
        csv.writer(out, delimiter=separator, quoting=QUOTED[quoting]).writerows(rows * times)
        csv.writer(usual).writerows(rows * times)
        assert read(name, out.getvalue())[0] == read(name, usual.getvalue())[0]


@pytest.mark.parametrize("separator", ["~", "^"])
@pytest.mark.parametrize("name", sorted(set(REGISTRY.importers) - {"views"}))
def test_another_separator_is_found_too_and_said(name, separator):
    rows = list(csv.reader(io.StringIO(REGISTRY.importers[name].example)))
    out, usual = io.StringIO(), io.StringIO()
    csv.writer(out, delimiter=separator).writerows(rows)
    csv.writer(usual).writerows(rows)
    facts, source = read(name, out.getvalue())
    assert facts == read(name, usual.getvalue())[0]
    assert f"The columns are separated by the character {separator!r}." in source.notes


@pytest.mark.parametrize("row", ["R0X,Vale\\, Hill NHS Trust,Overall,Overall,Good,01/02/2025", "R0X,'Vale, Hill NHS Trust',Overall,Overall,Good,01/02/2025", "R0X,Vale, Hill NHS Trust,Overall,Overall,Good,01/02/2025"])
def test_a_row_whose_cells_are_out_of_place_is_refused(row):
    with pytest.raises(InputRefused, match=r"row 3: there are 7 columns here and 6 in the row of column names; put cells that hold a separator in double"):
        read("cqc", f"{RATINGS_HEAD}R0Y,Dale NHS Trust,Overall,Overall,Good,01/02/2025,,\n{row}\n")
    with pytest.raises(InputRefused, match=r"row 3: a cell is in single quotation marks"):
        read("cqc", f"{RATINGS_HEAD}R0Y,Dale 'A' NHS Trust's,Overall,Overall,Good,01/02/2025\nR0X,'Vale',Overall,Overall,Good,01/02/2025\n")


@given(
    values=st.lists(st.decimals(0, 10, places=3), min_size=1, max_size=5), separator=st.sampled_from([",", ";", "\t"]),
    style=st.sampled_from([".", ","]),
)  # fmt: skip
def test_scores_are_the_same_in_every_style(values, separator, style):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    writer.writerow(["org_id", "org_name", "theme_engagement_2025"])
    writer.writerows([f"R0{place}", "NHS TRUST", str(value).replace(".", style)] for place, value in enumerate(values))
    found, _ = read("staff-survey", out.getvalue())
    assert [one.facts["journey"]["measurements"]["entries"][0]["score"] for one in found.values()] == [float(value) for value in values]


SPEND = "ORG_CODE;ORG_NAME;YEAR;CQC_RATING;CQC_WELL_LED_RATING;DOCTORS;OPERATING_COST;CONSULTANTS;MANAGERS;NHS_SS;MANAGEMENT_SPEND\n"
AMBIGUOUS = {"1,234 and the like": r"[1-9][0-9]{0,2}[.,][0-9]{3}"}
"""The only numbers that may be refused, where a column of any number from 0 has nothing else that tells how to read them."""


@example(values=[1000.001], style="grouped blank")
@given(
    values=st.lists(st.one_of(st.integers(0, 9_999_999), st.decimals(0, 9_999, places=3).map(float), st.decimals(0, 9_999, places=1).map(float)), min_size=1, max_size=4),
    style=st.sampled_from(list(NUMBER_STYLES)),
)  # fmt: skip
def test_a_number_is_never_read_as_another_and_only_ambiguous_columns_are_refused(values, style):
    written = [NUMBER_STYLES[style](value) for value in values]
    rows = "".join(f"R0{place};NHS TRUST;2017;Good;Good;9;{cell};9;9;9;9\n" for place, cell in enumerate(written))
    try:
        found, _ = read("acute-trusts", SPEND + rows)
    except InputRefused:
        found = {}
    if found:
        costs = [[fact["value"] for fact in one.facts["context"]["others"]["entries"] if "Operating cost" in fact["fact"]] for one in found.values()]
        assert costs == [[value] for value in values]
    else:
        assert any(re.fullmatch(shape, cell) for shape in AMBIGUOUS.values() for cell in written)


# Row 11: formulas


def test_a_formula_without_its_value_is_refused_with_its_cell():
    book = openpyxl.Workbook()
    for row in [["org_id", "org_name", "theme_engagement_2025"], ["R01", "A NHS TRUST", "=6+1"]]:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    with pytest.raises(InputRefused, match="cell C2: the formula has no stored value"):
        read("staff-survey", out.getvalue())
    cell = '<table:table-row><table:table-cell table:formula="of:=400+12"/></table:table-row>'
    with pytest.raises(InputRefused, match="cell A1: the formula has no stored value"):
        read("cqc", bomb(cell), "f.ods")


def test_a_cell_with_an_error_is_named_and_counts_as_not_published():
    book = openpyxl.Workbook()
    for row in [["org_id", "org_name", "theme_engagement_2025", "theme_engagement_n_2025"], ["R01", "A NHS TRUST", 7.1, "#DIV/0!"]]:
        book.active.append(row)
    book.active["D2"].data_type = "e"
    out = io.BytesIO()
    book.save(out)
    found, source = read("staff-survey", out.getvalue())
    assert "respondents" not in found["R01"].facts["journey"]["measurements"]["entries"][0]
    assert source.notes == ["Cells that hold an error count as not published: D2."]


# Row 12: kinds of organisations


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("PROVIDE COMMUNITY INTEREST COMPANY", None), ("NHS NORTH INTEGRATED CARE BOARD", "integrated_care_board"), ("NHS SOUTH ICB", "integrated_care_board"), ("VALE NHS TRUST", "nhs_trust"),
        ("VALE NHS AND SOCIAL CARE PARTNERSHIP TRUST", "nhs_trust"), ("VALE NHS FOUNDATION TRUST", "nhs_foundation_trust"), ("VALE AMBULANCE SERVICE NHS FOUNDATION TRUST", "nhs_ambulance_trust"), ("BETSI (INVENTED) UNIVERSITY HEALTH BOARD", "health_board"), ("VALE HOSPITALS", None),
    ],
)  # fmt: skip
def test_the_kind_of_an_organisation_is_what_its_name_says(name, kind):
    found, _ = read("staff-survey", f"{SURVEY}NLT,{name},7.1,900\n")
    assert found["NLT"].organisation.get("type") == kind


# Row 13: what a file decides is decided


def test_a_list_of_all_ratings_states_its_total_and_an_old_list_does_not(run, tmp_path):
    (tmp_path / "r.csv").write_text(REGISTRY.importers["cqc"].example)
    done = run("import", "cqc", "r.csv", "--organisation", "R0X", "--as-of", "2026-03-31", "--output", "p.json")
    told = done.stderr.decode()
    document = json.loads((tmp_path / "p.json").read_text("utf-8"))
    assert document["regulator"]["ratings"]["of"] == 2
    assert "so the total is filled in" in document["evidence"][0]["note"]
    assert "Ratings: Overall, Requires improvement, 12 June 2025" in told
    assert "The profile now answers 1 of" in told
    old = run("import", "cqc", "r.csv", "--organisation", "R0X", "--as-of", "2026-09-30", "--output", "q.json")
    assert "of" not in json.loads((tmp_path / "q.json").read_text("utf-8"))["regulator"]["ratings"]
    assert "enter the total for Ratings in" in old.stderr.decode()


@pytest.mark.parametrize(
    ("row", "totals"),
    [
        ("", {"R0X": "2025-02-01", "R0Y": "2025-02-01"}), ("R0Y,Hill NHS Trust,Overall,Well-led,Goodish,01/02/2025\n", {"R0X": "2025-02-01", "R0Y": ""}),
        ("R0Y,Hill NHS Trust,Overall,Wel-led,Good,01/02/2025\n", {"R0X": "2025-02-01", "R0Y": ""}), (",,Overall,Well-led,Good,01/02/2025\n", {"R0X": "", "R0Y": ""}),
        ("R0Y,Hill NHS Trust,Overall,Well-led,Not rated,01/02/2025\n", {"R0X": "2025-02-01", "R0Y": "2025-02-01"}), ("R0Y,Hill NHS Trust,Maternity,Overall,?,01/02/2025\n", {"R0X": "2025-02-01", "R0Y": "2025-02-01"}),
    ],
)  # fmt: skip
def test_a_total_is_stated_only_if_every_row_of_the_provider_could_be_read(row, totals):
    found, _ = read("cqc", RATINGS_HEAD + "".join(f"{code},Vale NHS Trust,Overall,Overall,Good,01/02/2025\n" for code in ("R0X", "R0Y", "R0Y")) + row)
    assert {code: one.complete_on for code, one in found.items()} == totals
    assert [len(one.facts["regulator"]["ratings"]["entries"]) for one in found.values()] == [1, 1]  # a row twice is one rating


@pytest.mark.exhaustive
def test_the_cell_to_fill_is_named_in_a_workbook_and_five_imports_keep_each_previous_version(run, tmp_path):
    for name in ("ods", "staff-survey", "cqc", "oversight", "annual-return"):
        (tmp_path / f"{name}.csv").write_text(REGISTRY.importers[name].example)
    told = ""
    for name in ("ods", "staff-survey", "cqc", "oversight", "annual-return"):
        done = run("import", name, f"{name}.csv", "--organisation", "R0X", "--into", "p.xlsx", *(["--as-of", "2026-03-31"] if name == "ods" else []))
        assert done.returncode == 0, done.stderr
        told += done.stderr.decode()
    assert "score 6.9, lowest possible score 0, highest possible score 10, comparator (score 6.8, All staff, Acute Trusts)" in told
    book = openpyxl.load_workbook(tmp_path / "p.xlsx")
    cell = told.partition("enter the total for Measurements in ")[2].partition(" ")[0]
    sheet, _, place = cell.partition("!")
    assert book[sheet][place].value is None
    kept = [tmp_path / name for name in ("p.previous.xlsx", "p.previous-2.xlsx", "p.previous-3.xlsx", "p.previous-4.xlsx")]
    assert {*tmp_path.glob("*.xlsx")} == {*kept, tmp_path / "p.xlsx"}  # the first import began the workbook
    assert len({path.read_bytes() for path in kept}) == 4
    assert "The profile now answers 9 of" in told


def test_an_import_that_repeats_itself_takes_nothing(run, tmp_path):
    (tmp_path / "report.csv").write_text(REGISTRY.importers["annual-report"].example)
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST"))
    run("import", "ods", "etr.csv", "--organisation", "R0X", "--output", "p.json", "--as-of", "2026-03-31")
    told = run("import", "annual-report", "report.csv", "--into", "p.json").stderr.decode()
    assert "Medical director: Holders: C, Substantive, 1 September 2019, Still in post" in told
    assert "Medical director: Holders: Complete from: September 2019" in told
    assert "Other voting executive posts: Chief nurse, holders (D, Interim, January 2026, Still in post)" in told
    assert "Doctors and dentists: This year: 612" in told
    assert "The profile now answers 6 of" in told
    before = (tmp_path / "p.json").read_bytes()
    done = run("import", "annual-report", "report.csv", "--into", "p.json")
    assert "0 facts" in done.stderr.decode()
    assert (tmp_path / "p.json").read_bytes() == before
    # A later edition of the file, with other bytes: the same facts are the same entries, with two pieces of evidence.
    (tmp_path / "report.csv").write_text(REGISTRY.importers["annual-report"].example.replace("9340", "9341"))
    done = run("import", "annual-report", "report.csv", "--into", "p.json", "--prefer", "imported")
    assert "1 fact from" in done.stderr.decode()
    leadership = json.loads((tmp_path / "p.json").read_text("utf-8"))["leadership"]
    assert len(leadership["chief_executive"]["holders"]["entries"]) == 2
    assert len(leadership["other_executives"]["entries"]) == len(leadership["non_executives"]["entries"]) - 1 == 1


@pytest.mark.exhaustive
@pytest.mark.parametrize(("profile", "place"), [("p.json", ""), ("p.xlsx", "Measurements!H11 (")])
def test_a_date_typed_by_hand_agrees_or_is_a_difference_that_prefer_settles(run, tmp_path, profile, place):
    (tmp_path / "s.csv").write_text(REGISTRY.importers["staff-survey"].example)
    assert run("import", "staff-survey", "s.csv", "--organisation", "R0X", "--into", "p.json", "--as-of", "2026-03-31").returncode == 0
    made = json.loads((tmp_path / "p.json").read_text("utf-8"))
    (entry,) = made["journey"]["measurements"]["entries"]
    workbooks = {}

    def imported(on, *words):
        entry["on"] = on
        (tmp_path / "p.json").write_text(json.dumps(made))
        if profile != "p.json":
            if on not in workbooks:
                assert run("convert", "p.json", profile, "--overwrite").returncode == 0
                workbooks[on] = (tmp_path / profile).read_bytes()
            (tmp_path / profile).write_bytes(workbooks[on])
        return run("import", "staff-survey", "s.csv", "--into", profile, *words)

    done = imported("2025-11-28")
    assert (done.returncode, "0 facts" in done.stderr.decode()) == (0, True), done.stderr
    done = imported("2025-10-20")
    assert (done.returncode, done.stderr.decode().splitlines()) == (ExitCode.INPUT, [
        f"{profile}: {place}Measuring engagement: Measurements, entry 1: Date{')' if place else ''}: the profile says 20 October 2025, the file says November 2025",
        f"{profile}: nothing was changed; say --prefer entered or --prefer imported",
    ])  # fmt: skip
    for prefer, kept in (("entered", "2025-10-20"), ("imported", "2025-11")):
        assert imported("2025-10-20", "--prefer", prefer).returncode == 0
        (result,) = load_profile(tmp_path / profile).fact("journey.measurements").entries
        assert result.on.text == kept


# Rows 14 and 15: where facts go, and the day


@pytest.mark.exhaustive
def test_a_profile_that_does_not_exist_is_created_and_its_day_is_never_moved_in_silence(run, tmp_path):
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST"))
    done = run("import", "ods", "etr.csv", "--organisation", "Vale", "--into", "new.xlsx", "--as-of", "2026-03-31")
    assert done.returncode == 0, done.stderr
    before = (tmp_path / "new.xlsx").read_bytes()
    done = run("import", "ods", "etr.csv", "--into", "new.xlsx", "--as-of", "2026-06-30")
    assert done.returncode == ExitCode.USAGE
    assert "new.xlsx is for 31 March 2026; add --move-day" in done.stderr.decode()
    assert (tmp_path / "new.xlsx").read_bytes() == before
    assert "today" in run("import", "ods", "etr.csv", "--organisation", "R0X").stderr.decode()


# Sources and organisations


def test_a_file_of_another_kind_is_refused_by_what_it_seems_to_be_and_list_says_which_source_takes_it(run, tmp_path):
    (tmp_path / "r.csv").write_text(REGISTRY.importers["cqc"].example)
    done = run("import", "ods", "r.csv", "--organisation", "R0X")
    assert done.returncode == ExitCode.INPUT
    assert "it seems to be a file for import cqc" in done.stderr.decode()
    listed = run("import", "--list", "r.csv")
    assert listed.returncode == 0
    assert "cqc" in listed.stdout.decode()
    assert "Here: 1 organisation" in " ".join(listed.stdout.decode().split())
    (tmp_path / "n.csv").write_text("a,b\n1,2\n")
    assert run("import", "--list", "n.csv").returncode == ExitCode.INPUT


def test_ratings_of_locations_are_never_taken_for_those_of_the_provider():
    with pytest.raises(OtherKind, match="ratings of locations"):
        read("cqc", "Location ID," + RATINGS_HEAD + "1-1,R0X,Vale NHS Trust,Overall,Overall,Good,01/02/2025\n")


def test_organisations_can_be_named_and_several_that_fit_are_listed(run, tmp_path):
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST") + etr("R0Y", "NORTH HILL NHS TRUST") + etr("R0Z", "SOUTH HILL NHS TRUST"))
    assert json.loads(run("import", "ods", "etr.csv", "--organisation", "south hill").stdout)["organisation"]["ods_code"] == "R0Z"
    done = run("import", "ods", "etr.csv", "--organisation", "Hill")
    assert done.returncode == ExitCode.USAGE
    assert "R0Y North Hill NHS Trust, R0Z South Hill NHS Trust" in done.stderr.decode()


def test_an_organisation_is_found_by_an_earlier_name_too_and_by_a_list_of_names(run, tmp_path):
    head = "ods_code,name,alt_names,region,predecessor_codes,merger_date\n"
    (tmp_path / "t.csv").write_text(head + "R0X,Royal Vale NHS Foundation Trust,Royal Vale;Vale County Hospital NHS Trust; RVFT,Midlands,,\nR0Y,Hill NHS Trust,Hill County,Midlands,,\n")
    for asked in ("Vale County", "rvft", "vale county hospital nhs trust"):
        done = run("import", "trusts", "t.csv", "--organisation", asked, "--as-of", "2026-03-31")
        assert json.loads(done.stdout)["organisation"]["ods_code"] == "R0X"
        assert f"{asked}: this is another name, perhaps an earlier one, of Royal Vale NHS Foundation Trust (R0X)." in done.stderr.decode()
    assert "another name" not in run("import", "trusts", "t.csv", "--organisation", "Royal Vale").stderr.decode()
    done = run("import", "trusts", "t.csv", "--organisation", "County")
    assert (done.returncode, "R0X Royal Vale NHS Foundation Trust, R0Y Hill NHS Trust" in done.stderr.decode()) == (ExitCode.USAGE, True)
    # A file that has codes only, or names of its own day, is asked by the names of the list.
    (tmp_path / "r.csv").write_text("Provider ID,Service / Population Group,Domain,Latest Rating,Publication Date\nR0X,Overall,Overall,Good,01/02/2026\nR0Y,Overall,Overall,Good,01/02/2026\n")
    assert run("import", "cqc", "r.csv", "--organisation", "Vale County", "--as-of", "2026-03-31").returncode == ExitCode.INPUT
    done = run("import", "cqc", "r.csv", "--organisation", "Vale County", "--names", "t.csv", "--as-of", "2026-03-31")
    assert json.loads(done.stdout)["organisation"]["name"] == "Royal Vale NHS Foundation Trust"
    assert json.loads(done.stdout)["regulator"]["ratings"]["of"] == 1


class Terminal(io.TextIOWrapper):
    """Standard input on which somebody types."""

    def isatty(self):
        return True


def typed(monkeypatch, *lines):
    real = io.TextIOWrapper
    monkeypatch.setattr(io, "TextIOWrapper", lambda stream, *rest, **how: (Terminal if stream.getvalue() else real)(stream, *rest, **how))
    return "".join(f"{line}\n" for line in lines).encode()


def test_on_a_terminal_one_chooses_the_organisation_and_agrees_to_another_day(run, tmp_path, monkeypatch):
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST") + etr("R0Y", "NORTH HILL NHS TRUST") + etr("R0Z", "SOUTH HILL NHS TRUST"))
    stdin = typed(monkeypatch, "2", "n", "y")
    assert run("import", "ods", "etr.csv", "--organisation", "hill", "--into", "p.json", "--as-of", "2026-03-31", stdin=stdin[:2]).returncode == 0
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["organisation"]["ods_code"] == "R0Z"
    again = ("import", "ods", "etr.csv", "--into", "p.json", "--as-of", "2026-06-30")
    assert run(*again, stdin=stdin[2:4]).returncode == ExitCode.USAGE
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["as_of"] == "2026-03-31"
    assert run(*again, stdin=stdin[4:]).returncode == 0
    assert json.loads((tmp_path / "p.json").read_text("utf-8"))["as_of"] == "2026-06-30"


def test_a_merged_trust_is_refused_with_its_successor(run, tmp_path):
    (tmp_path / "t.csv").write_text(REGISTRY.importers["trusts"].example)
    done = run("import", "trusts", "t.csv", "--organisation", "R0Y", "--as-of", "2026-03-31")
    assert done.returncode == ExitCode.INPUT
    assert "it closed on 31 March 2024; its successor is Vale NHS Trust (R0X)" in done.stderr.decode()


REGISTER = "ods_code,name,region,predecessor_codes,merger_date\nR0X,Vale NHS Trust,Midlands,R0Y R0W,2024-04-01\nR0Z,Hill NHS Trust,Midlands,R0V,\nR0Y,Old Vale NHS Trust,Midlands,,\n"


@pytest.mark.parametrize(
    ("asked", "names", "words"),
    [
        ("R0W", ["--names", "t.csv"], "there is nothing about R0W in it; R0W: it closed on 31 March 2024; its successor is Vale NHS Trust (R0X)"),
        ("old vale", ["--names", "t.csv"], "there is nothing about old vale in it; R0Y: it closed on 31 March 2024; its successor is Vale NHS Trust (R0X)"),
        ("R0V", ["--names", "t.csv"], "there is nothing about R0V in it; R0V: it closed, and the file does not say when; its successor is Hill NHS Trust (R0Z)"),
        ("R0W", ["--names", "etr.csv"], "there is nothing about R0W in it; R0W: it closed on 31 March 2020; the file names no successor"),
        ("R0T", ["--names", "t.csv"], "there is nothing about R0T in it; it is about 2 other organisations, such as R0X, R0U"),
        ("R0T", [], "such as R0X, R0U; --names and a register of trusts say what became of an organisation that closed"),
        ("R0U", ["--names", "t.csv"], ""),
    ],
)  # fmt: skip
def test_a_file_without_an_organisation_that_closed_names_its_successor_if_the_register_does(run, tmp_path, asked, names, words):
    (tmp_path / "t.csv").write_text(REGISTER)
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST") + etr("R0W", "OLD HILL NHS TRUST", closed="20200331"))
    (tmp_path / "r.csv").write_text(RATINGS_HEAD + "".join(f"{code},Vale NHS Trust,Overall,Overall,Good,01/02/2024\n" for code in ("R0X", "R0U")))
    done = run("import", "cqc", "r.csv", "--organisation", asked, *names, "--as-of", "2026-03-31")
    assert (done.returncode, words in done.stderr.decode()) == (ExitCode.INPUT if words else 0, True), done.stderr


def test_a_file_about_one_other_organisation_says_no_more_than_that(run, tmp_path):
    (tmp_path / "r.csv").write_text(REGISTRY.importers["annual-return"].example)
    (tmp_path / "p.json").write_text(json.dumps({"organisation": {"name": "Hill", "type": "nhs_trust", "country": "England", "ods_code": "R0Y"}, "as_of": "2026-03-31"}))
    done = run("import", "annual-return", "r.csv", "--into", "p.json")
    assert (done.returncode, done.stderr) == (ExitCode.INPUT, b"r.csv: there is nothing about R0Y in it; it is about 1 other organisation, such as R0X\n")


def test_a_profile_of_a_trust_that_merged_names_the_successor_too(run, tmp_path):
    (tmp_path / "t.csv").write_text(REGISTER)
    (tmp_path / "p.json").write_text(json.dumps({"organisation": {"name": "Old Hill", "type": "nhs_trust", "country": "England", "ods_code": "R0V"}, "as_of": "2026-03-31"}))
    done = run("import", "trusts", "t.csv", "--into", "p.json")
    assert done.stderr.decode().startswith("t.csv: R0V: it closed, and the file does not say when; its successor is Hill NHS Trust (R0Z); p.json is for 31 March 2026")
    (tmp_path / "s.csv").write_text(SURVEY + "".join(f"{code},{code} NHS Trust,7.1,900\n" for code in ("R0X", "R0Y", "R0V")))
    done = run("import", "staff-survey", "s.csv", "--all", "--names", "t.csv", "--output", "o.jsonl", "--as-of", "2026-03-31")
    assert "Left out: 1: closed by 31 March 2026 (R0Y: now Vale NHS Trust (R0X))" in done.stderr.decode()
    before = run("import", "staff-survey", "s.csv", "--organisation", "R0Y", "--names", "t.csv", "--as-of", "2023-03-31")
    assert "is about November 2025, after the date" in before.stderr.decode()  # not closed yet on that day


def test_everyone_gets_a_profile_with_a_register_of_names(run, tmp_path):
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST") + etr("R0Y", "HILL NHS TRUST", "", region=""))
    head = "Provider ID,Service / Population Group,Domain,Latest Rating,Publication Date\n"
    (tmp_path / "r.csv").write_text(head + "".join(f"{code},Overall,Overall,Good,01/02/2025\n" for code in ("R0X", "R0Y", "1-101")))
    done = run("import", "cqc", "r.csv", "--all", "--names", "etr.csv", "--output", "out", "--as-of", "2026-03-31")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["R0X.json"]
    told = done.stderr.decode()
    assert "Left out: 1: the file does not say the country" in told
    assert "Left out: 1: the file does not say the name, type, country" in told


@pytest.mark.parametrize("output", ["all.jsonl", "folder"])
def test_profiles_for_everyone_are_completed_by_the_next_import_with_a_code_or_without(run, tmp_path, output):
    head = "Provider ID,Provider Name,Service / Population Group,Domain,Latest Rating,Publication Date\n"
    for name, rated in (("r.csv", "Overall"), ("s.csv", "Well-led")):
        rows = "".join(f"{code},{called} NHS Trust,Overall,{rated},Good,01/02/2025\n" for code, called in (("R0X", "Vale"), ("1-101", "Hill"), ("1-102", "Dale")))
        (tmp_path / name).write_text(head + rows)
        done = run("import", "cqc", name, "--all", "--output", output, "--as-of", "2026-03-31")
        assert (done.returncode, f"Written: 3 profiles to {output}" in done.stderr.decode()) == (0, True), done.stderr
    texts = (tmp_path / output).read_text("utf-8").splitlines() if output == "all.jsonl" else [path.read_text("utf-8") for path in (tmp_path / output).iterdir()]
    made = [json.loads(text) for text in texts]
    assert sorted(one["organisation"]["name"] for one in made) == ["Dale NHS Trust", "Hill NHS Trust", "Vale NHS Trust"]
    assert [len(one["regulator"]["ratings"]["entries"]) for one in made] == [2, 2, 2]
    assert run("audit", output, "-f", "jsonl=lines.jsonl").returncode == ExitCode.INCOMPLETE  # ratings alone decide nothing
    assert len((tmp_path / "lines.jsonl").read_text("utf-8").splitlines()) == 3
    if output == "all.jsonl":
        done = run("validate", output)
        assert (done.returncode, done.stderr) == (ExitCode.INPUT, b"all.jsonl: has a profile on each line; engagecheck audit all.jsonl reads them all\n")


def test_the_day_of_a_file_can_be_said(run, tmp_path):
    (tmp_path / "etr.csv").write_text(etr("R0X", "VALE NHS TRUST"))
    done = run("import", "ods", "etr.csv", "--organisation", "R0X", "--as-of", "2026-03-31", "--dated", "2026-03-01")
    assert json.loads(done.stdout)["evidence"][0]["effective"] == "2026-03-01"


@pytest.mark.exhaustive
def test_the_questions_that_each_source_answers_are_worked_out_from_its_example(run):
    printed = run("import", "--decides").stdout.decode()
    (shown,) = re.findall(r"<!-- output: engagecheck import --decides -->\n```\n(.*?)```", (ROOT / "docs" / "published.md").read_text("utf-8"), re.DOTALL)
    assert shown == printed
    told = " ".join(printed.split())
    by_themselves = {name: set(questions(REGISTRY.importers[name])[0]) for name in REGISTRY.importers}
    published = set.union(*(by_themselves[name] for name in by_themselves if name not in ("annual-report", "annual-return", "views")))
    assert published == {"board-to-ward/staff-engagement-against-peers", "consistency/no-open-warning"}
    readme = " ".join((ROOT / "README.md").read_text("utf-8").split())
    assert f"Published files answer up to {len(published)} of the questions by themselves" in readme
    typed = [len(by_themselves[name]) for name in ("annual-report", "annual-return")]
    assert f"the annual report answers {typed[0]} more and the annual return {typed[1]}." in readme
    assert "cqc Is the organisation free of" in told
    assert "annual-report Do the dates of" in told
    assert "trusts none by itself" in told
