"""The folder of pages for many profiles: an overview, and a page for each organisation."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryFile, mkdtemp

from engagecheck.errors import OutputRefused
from engagecheck.papers.overview import Overview, PageNames

FOLDER = "engagecheck-pages"
"""The folder of the pages if none is named."""


class Pages:
    """A new folder of pages. It is written under another name and gets its own when it is whole."""

    def __init__(self, path: str, *, public: bool) -> None:
        self.path, self.public = Path(path), public
        if self.path.exists() and not (self.path.is_dir() and not any(self.path.iterdir())):
            raise OutputRefused(f"{path}: already exists and is not an empty folder; name another, such as -f html={path}-2")
        self.names = PageNames()

    def __enter__(self) -> "Pages":
        try:
            self.folder = Path(mkdtemp(dir=self.path.absolute().parent, prefix=f".{self.path.name}."))
        except OSError as error:
            raise OutputRefused(f"{self.path}: cannot be made ({error.strerror}); check the folder around it") from None
        self.overview = Overview(TemporaryFile(), self.public)
        return self

    def write(self, lines: bytes) -> None:
        """Write the page of each line, and count the line. Raises `OutputRefused` if a page cannot be written."""
        for line in map(json.loads, lines.splitlines()):
            name = ""
            if "page" in line:
                name = self.names.of(line["subject"])
                self._write(name, [line["page"]])
            self.overview.add(line, name)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        try:
            if kind is None:
                self._write("index.html", self.overview.page())
                self.folder.chmod(0o755)
                if self.path.exists():
                    self.path.rmdir()
                self.folder.rename(self.path)
        except OSError as error:
            raise OutputRefused(f"{self.path}: cannot be written ({error.strerror}); nothing of it was kept") from None
        finally:
            self.overview.rows.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _write(self, name: str, pieces: Iterable[str]) -> None:
        try:
            with (self.folder / name).open("w", encoding="utf-8", newline="\n") as file:
                file.writelines(pieces)
        except OSError as error:
            raise OutputRefused(f"{self.path / name}: cannot be written ({error.strerror}); nothing was kept") from None
