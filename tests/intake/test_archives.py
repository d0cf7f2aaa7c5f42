"""What would exhaust the memory or the patience of a library is counted first, and refused before any library opens it."""

import io
import zipfile
from functools import cache

import pytest

from engagecheck.errors import InputRefused
from engagecheck.intake import archives
from engagecheck.intake.load import load_profile
from engagecheck.intake.writing import write_document

MANY = 100_000
SHEET, STYLES, BOOK = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/workbook.xml"


@cache
def workbook():
    return write_document({}, "empty.xlsx")


def changed(part, change):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook())) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()


@pytest.mark.parametrize(
    ("part", "before", "element"),
    [
        (STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>'), (STYLES, b"</fonts>", b'<font><sz val="1"/></font>'), (BOOK, b"</sheets>", b'<definedName name="a">1</definedName>'), (SHEET, b"<sheetData", b'<col min="1" max="1"/>'),
        (SHEET, b"</sheetData>", b'<hyperlink ref="A1"/>'), (SHEET, b"</sheetData>", b"<row/><row r='1'></row>"), (SHEET, b"</sheetData>", b'<dataValidation sqref="A1"/>'), (SHEET, b"</sheetData>", b"<cfRule><formula>1</formula></cfRule>"),
        ("xl/sharedStrings.xml", b"", b"<si><t>a</t></si>" * 20), ("xl/comments9.xml", b"", b"<comment/>"), ("xl/_rels/more.xml.rels", b"", b"<Relationship/>"),
    ],
)  # fmt: skip
def test_many_small_elements_are_refused_before_anything_opens_them(monkeypatch, part, before, element):
    raw = changed(part, lambda content: content.replace(before, element * MANY + before, 1) if before else element * MANY)
    monkeypatch.setattr("openpyxl.load_workbook", None)
    with pytest.raises(InputRefused, match="far more"):
        load_profile(raw, name="p.xlsx")


def test_the_weight_is_that_of_all_parts_together():
    raw = workbook()
    archives.inspect(raw)
    with pytest.raises(archives.UnsafeArchive, match="far more"):
        archives.inspect(raw, max_cells=100_000)


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.decode().encode("utf-16"), lambda content: content.decode().encode("utf-16-le"), lambda content: content.decode().encode("utf-32"),
        lambda content: b'<?xml version="1.0" encoding="UTF-7"?>' + content.partition(b"?>")[2], lambda content: b"<?xml version='1.0' encoding = 'cp037'?>" + content, lambda content: b'<!DOCTYPE x [<!ENTITY a "b">]>' + content,
    ],
)  # fmt: skip
@pytest.mark.parametrize("part", [SHEET, STYLES, "[Content_Types].xml", "xl/_rels/workbook.xml.rels"])
def test_what_hides_or_declares_entities_is_refused(monkeypatch, part, change):
    monkeypatch.setattr("openpyxl.load_workbook", None)
    with pytest.raises(InputRefused, match=r"unusual encoding|XML entities"):
        load_profile(changed(part, change), name="p.xlsx")
