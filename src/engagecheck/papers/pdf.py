"""The page as a PDF, tagged for screen readers (PDF/UA), made of the same HTML by WeasyPrint (extra `pdf`)."""

from engagecheck.errors import UsageRefused
from engagecheck.model.report import Report
from engagecheck.rules.reporter import Style, reporter

EXTRA = "this needs the extra 'pdf': python -m pip install 'engagecheck[pdf]'"


@reporter("pdf", about="The page as a PDF that screen readers can read (extra pdf).")
def as_pdf(report: Report, style: Style) -> bytes:
    """The report as PDF; the same bytes for the same report. Raises `UsageRefused` without the extra."""
    from engagecheck.papers.html import as_page

    try:
        from weasyprint import HTML
    except ImportError:
        raise UsageRefused(f"-f pdf: {EXTRA}") from None
    except OSError as error:  # WeasyPrint is there, and the libraries that it draws with are not
        raise UsageRefused(f"-f pdf: a library that draws text is missing ({str(error).splitlines()[0][:120]})") from None
    made: bytes = HTML(string=as_page.render(report, style)).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=report.report_digest[:32].encode(), custom_metadata=False
    )
    return made
