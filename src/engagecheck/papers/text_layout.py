"""Plain text of a given width: headings, paragraphs, items and tables. Widths are in terminal cells."""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from engagecheck.rules.reporter import Style, clean

NARROWEST, WIDEST = 60, 110
_ANSI = {"bold": "1", "red": "31", "green": "32", "yellow": "33"}
_PLAIN = str.maketrans({
    "–": "-", "—": "-", "·": "-", "…": "...", "≥": ">=", "≤": "<=", "→": "->", "✓": "+", "✗": "x",
    "’": "'", "‘": "'", "“": '"', "”": '"', "×": "x", "÷": "/", "£": "GBP ", "\N{NO-BREAK SPACE}": " ", "─": "-", "═": "=",
})  # fmt: skip


class Paper:
    """Plain text, built from the top down."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._lines: list[str] = []

    @property
    def width(self) -> int:
        """The width of a line in cells: the width of the style, but at least 60 and at most 110."""
        return max(NARROWEST, min(self.style.width, WIDEST))

    def text(self) -> str:
        """Everything written so far, with a line break at the end; ASCII only if the style asks for it."""
        text = "\n".join(line.rstrip() for line in self._lines) + "\n"
        return text.translate(_PLAIN).encode("ascii", "replace").decode() if self.style.ascii_only else text

    def gap(self) -> None:
        """Write an empty line, unless the last line is empty or there is none."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, text: str) -> None:
        """Write the title, underlined twice."""
        self._write(text, bold=True)
        self._lines.append("═" * self.width)

    def section(self, text: str, colour: str | None = None) -> None:
        """Write a heading, underlined, with an empty line above it."""
        self.gap()
        self._write(text, bold=True, colour=colour)
        self._lines.append("─" * self.width)

    def say(self, text: str, *, bold: bool = False) -> None:
        """Write a paragraph."""
        self._write(text, bold=bold)

    def item(self, mark: str, text: str, *, bold: bool = False, colour: str | None = None) -> None:
        """Write a paragraph after a mark or number; the lines that follow are indented."""
        indent = max(3, len(mark) + 1)
        for number, line in enumerate(wrapped(text, self.width - indent)):
            self._lines.append((" " * indent if number else f"{mark:<{indent}}") + self._styled(line, bold, colour))

    def pairs(self, rows: Sequence[tuple[str, str]], *, indent: int = 0, bold: bool = False) -> None:
        """Write two columns: labels and their texts. `indent` is the number of spaces before a label."""
        label_width = max((len(name) for name, _ in rows), default=0)
        for name, text in rows:
            first, *others = wrapped(text, self.width - label_width - indent - 2)
            margin = " " * indent
            self._lines.append(self._styled(f"{margin}{name:<{label_width}}  {first}", bold, None))
            self._lines.extend(f"{margin}{'':<{label_width}}  {line}" for line in others)

    def apart(self, left: str, right: str, *, bold: bool = False) -> None:
        """Write one text at the left of a line and one at its right, or one below the other if they do not fit."""
        left, right = clean(left), clean(right)
        space = self.width - _cells(left) - _cells(right)
        if space > 1:
            self._lines.append(self._styled(f"{left}{' ' * space}{right}", bold, None))
        else:
            self._write(left, bold=bold)
            self._write(right, bold=bold)

    def columns(self, rows: Sequence[Sequence[str]], *, indent: int = 0) -> None:
        """Write rows of short texts below one another. The last text of a row wraps in the space that is left."""
        rows = [[clean(cell) for cell in row] for row in rows]
        widths = [max(map(_cells, column)) + 2 for column in zip(*(row[:-1] for row in rows), strict=True)]
        for row in rows:
            start = " " * indent + "".join(f"{cell:<{width}}" for cell, width in zip(row[:-1], widths, strict=True))
            first, *others = wrapped(row[-1], self.width - indent - sum(widths))
            self._lines.extend([start + first, *(" " * len(start) + other for other in others)])

    def table(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Write a table. The first column takes the width that the other columns do not need."""
        rows = [[clean(cell) for cell in row] for row in rows]
        # tabulate makes every column two cells wider than its name.
        others = [max(len(name) + 2, *(len(row[column]) for row in rows)) for column, name in enumerate(names) if column]
        others[0] = min(others[0], 16)
        first = self.width - sum(others) - 2 * len(others)
        cells = [("\n".join(wrapped(row[0], first)), "\n".join(wrapped(row[1], others[0])), *row[2:]) for row in rows]
        from tabulate import tabulate

        self._lines.extend(tabulate(cells, headers=names, tablefmt="simple", disable_numparse=True).splitlines())

    def _write(self, text: str, *, bold: bool = False, colour: str | None = None) -> None:
        self._lines.extend(self._styled(line, bold, colour) for line in wrapped(text, self.width))

    def _styled(self, line: str, bold: bool, colour: str | None) -> str:
        codes = [_ANSI[name] for name in ("bold" if bold else None, colour) if name]
        return f"\x1b[{';'.join(codes)}m{line}\x1b[0m" if codes and self.style.colour else line


def wrapped(text: str, width: int) -> list[str]:
    """The lines of a text, each at most `width` cells wide and clean. Only a word that is too wide is itself broken."""
    text = " ".join(clean(text).split())
    if _cells(text) <= width:
        return [text]
    lines, line = [], ""
    for word in _words(text, width):
        joined = f"{line} {word}" if line else word
        if line and _cells(joined) > width:
            lines.append(line)
            line = word
        else:
            line = joined
    return [*lines, line]


def _words(text: str, width: int) -> Iterator[str]:
    for word in re.findall(r"\S*[0-9] %\S*|\S+", text):  # a percent sign stays on the line of its number
        if _cells(word) <= width:
            yield word
            continue
        part = ""
        for fragment in _fragments(word, width):
            if part and _cells(part + fragment) > width:
                yield part
                part = ""
            part += fragment
        yield part


def _fragments(word: str, width: int) -> Iterator[str]:
    """The word split after hyphens and slashes; a fragment that is still too wide is split into letters."""
    for fragment in re.findall(r"[^-/]*[-/]|[^-/]+", word):
        yield from [fragment] if _cells(fragment) <= width else fragment


def _cells(text: str) -> int:
    """How many cells of a terminal a text takes: none for a mark on the letter before, two for a wide letter."""
    return len(text) if text.isascii() else sum(_width(letter) for letter in text)


def _width(letter: str) -> int:
    if unicodedata.category(letter) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(letter) in ("W", "F") else 1
