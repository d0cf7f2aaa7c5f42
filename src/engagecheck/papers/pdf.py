"""The HTML page as a PDF, tagged for screen readers (PDF/UA). WeasyPrint renders it (extra `pdf`)."""

from engagecheck.errors import UsageRefused, needs_extra
from engagecheck.model.report import Report
from engagecheck.rules.reporter import Style, reporter


@reporter("pdf", about="The page as a PDF that screen readers can read (extra pdf).")
def as_pdf(report: Report, style: Style) -> bytes:
    """The report as a PDF; the same report gives the same bytes.

    Raises `UsageRefused` if WeasyPrint or a library that it draws with is missing.
    """
    from engagecheck.papers.html import as_page

    try:
        with needs_extra("pdf", "-f pdf"):
            from weasyprint import HTML
    except OSError as error:  # WeasyPrint is installed, but a library that it draws with is not
        raise UsageRefused(f"-f pdf: a library that draws text is missing ({str(error).splitlines()[0][:120]})") from None
    document: bytes = HTML(string=as_page.render(report, style)).write_pdf(
        pdf_variant="pdf/ua-1", pdf_identifier=report.report_digest[:32].encode(), custom_metadata=False
    )
    return document
