"""Make the pictures of README and guide anew: `python docs/pictures/make.py`. Needs Chromium, LibreOffice and pdftoppm."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
EXAMPLE = HERE.parent.parent / "examples" / "harbour-vale.json"
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--hide-scrollbars")


def engagecheck(*words: str | Path) -> None:
    """Run the program. The example has red flags, so an audit ends with 1."""
    subprocess.run([sys.executable, "-m", "engagecheck", *map(str, words)], check=False, stdout=subprocess.DEVNULL)


def page(source: Path, name: str) -> None:
    """Save the first screen of a page as NAME.png."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM)
        opened = browser.new_page(viewport={"width": 1100, "height": 760})
        opened.goto(source.as_uri())
        opened.screenshot(path=HERE / f"{name}.png")
        browser.close()


def document(source: Path, name: str) -> None:
    """Save the first page of an office document as NAME.png."""
    folder = source.parent
    office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(office, check=True, stdout=subprocess.DEVNULL)
    pages = ["-r", "70", "-f", "1", "-l", "1", "-singlefile", "-png"]
    subprocess.run(["pdftoppm", *pages, str(source.with_suffix(".pdf")), str(HERE / name)], check=True)


def main() -> None:
    """Make every picture from the example of an invented trust."""
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        engagecheck("audit", EXAMPLE, "-f", f"html={folder / 'report.html'}", "-f", f"docx={folder / 'paper.docx'}")
        engagecheck("convert", EXAMPLE, folder / "profile.html")
        page(folder / "report.html", "report")
        page(folder / "profile.html", "form")
        document(folder / "paper.docx", "board-paper")


if __name__ == "__main__":
    main()
