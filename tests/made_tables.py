"""Made files in the layouts of publishers, as large as the real ones. Nothing in them is about a real organisation."""

import io
import zipfile

COLUMNS = (
    "Provider ID", "Provider Name", "Provider Type", "Provider Primary Inspection Category", "Street Address", "Address Line 2", "City", "Post Code",
    "Local Authority", "Region", "Service / Population Group", "Domain", "Latest Rating", "Publication Date", "Report Type", "URL", "Brand ID", "Brand Name",
)  # fmt: skip
DOMAINS = ("Safe", "Effective", "Caring", "Responsive", "Well-led", "Overall")
RATINGS = ("Good", "Requires improvement", "Outstanding", "Good", "Inadequate")
_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    "<office:body><office:spreadsheet>"
)
_TAIL = "</office:spreadsheet></office:body></office:document-content>"


def text_cell(value):
    """A cell as LibreOffice writes it, with its style."""
    return f'<table:table-cell table:style-name="ce7" office:value-type="string" calcext:value-type="string"><text:p text:style-name="P1">{value}</text:p></table:table-cell>'


def date_cell(iso):
    year, month, day = iso.split("-")
    shown = f"{day}/{month}/{year}"
    return f'<table:table-cell table:style-name="ce9" office:value-type="date" office:date-value="{iso}" calcext:value-type="date"><text:p>{shown}</text:p></table:table-cell>'


def ratings_row(number, domain, group="Overall"):
    """The cells of one row of CQC's Latest ratings."""
    code = f"1-{100_000_000 + number}"
    rating = RATINGS[(number + len(domain)) % len(RATINGS)]
    return [
        code, f"Provider {number} Limited (invented)", "Social Care Org", "Residential social care", f"{number} High Street, opposite the market square and the old corn exchange", "First floor", "Anytown", "AB1 2CD",
        "Anyshire", "South West", group, domain, rating, f"20{10 + number % 15:02d}-{1 + number % 12:02d}-{1 + number % 28:02d}", "Provider",
        f"https://www.example.org/provider/{code}/inspection-summary/latest-published-report", "BD000", "An invented brand",
    ]  # fmt: skip


def ratings_rows(rows, head=COLUMNS):
    """Rows of ratings, a provider for each 18 rows: three groups and six domains."""
    yield list(head)
    for number in range(rows):
        provider, place = divmod(number, 18)
        yield ratings_row(provider, DOMAINS[place % 6], ("Overall", "Older people", "Surgery")[place // 6])


def provider_rows(number, services):
    """The rows of one provider: its own ratings, and those of some services."""
    for place in range(services + 1):
        for domain in DOMAINS:
            yield ratings_row(number, domain, f"Service {place}" if place else "Overall")


def xml_row(cells, dates=(13,)):
    made = (date_cell(cell) if place in dates and cell[:1] == "2" else text_cell(cell) if cell else "<table:table-cell/>" for place, cell in enumerate(cells))
    return f'<table:table-row table:style-name="ro2">{"".join(made)}</table:table-row>'


def ods(path, sheets):
    """Write an OpenDocument file as a stream. `sheets` maps names to rows of cells."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>')  # fmt: skip
        with archive.open("content.xml", "w", force_zip64=True) as content:
            content.write(_HEAD.replace("<office:document-content ", '<office:document-content xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" ').encode())
            for name, rows in sheets.items():
                content.write(f'<table:table table:name="{name}">'.encode())
                waiting = io.StringIO()
                for row in rows:
                    waiting.write(xml_row(row))
                    if waiting.tell() > 1_000_000:
                        content.write(waiting.getvalue().encode())
                        waiting = io.StringIO()
                content.write(waiting.getvalue().encode())
                content.write(b'<table:table-row table:number-rows-repeated="928575"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>')
            content.write(_TAIL.encode())
