"""Plain text of a given width: headings, paragraphs, items, tables. Widths are those of the terminal's cells."""

import re
from collections.abc import Iterator, Sequence

from engagecheck.rules.reporter import Style

NARROWEST, WIDEST = 60, 110
_ANSI = {"bold": "1", "red": "31", "green": "32", "yellow": "33"}
_PLAIN = str.maketrans({
    "–": "-", "—": "-", "·": "-", "…": "...", "≥": ">=", "≤": "<=", "→": "->", "✓": "+", "✗": "x",
    "’": "'", "‘": "'", "“": '"', "”": '"', "×": "x", "÷": "/", "£": "GBP ", "\N{NO-BREAK SPACE}": " ", "─": "-", "═": "=",
})  # fmt: skip


class Paper:
    """A text that grows from the top."""

    def __init__(self, style: Style) -> None:
        self.style = style
        self._lines: list[str] = []

    @property
    def width(self) -> int:
        """Columns to write in: never under 60, never wider than reads well."""
        return max(NARROWEST, min(self.style.width, WIDEST))

    def text(self) -> str:
        """Everything so far, with a line break at the end."""
        text = "\n".join(line.rstrip() for line in self._lines) + "\n"
        return text.translate(_PLAIN).encode("ascii", "replace").decode() if self.style.ascii_only else text

    def gap(self) -> None:
        """One empty line."""
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def heading(self, text: str) -> None:
        """The title of the paper."""
        self._write(text, bold=True)
        self._lines.append("═" * self.width)

    def section(self, text: str, colour: str | None = None) -> None:
        """A heading with space above it."""
        self.gap()
        self._write(text, bold=True, colour=colour)
        self._lines.append("─" * self.width)

    def say(self, text: str, *, bold: bool = False) -> None:
        """A paragraph."""
        self._write(text, bold=bold)

    def item(self, mark: str, text: str, *, bold: bool = False, colour: str | None = None) -> None:
        """A paragraph behind a mark or number."""
        room = max(3, len(mark) + 1)
        for number, line in enumerate(wrapped(text, self.width - room)):
            self._lines.append((f"{mark:<{room}}" if number == 0 else " " * room) + self._painted(line, bold, colour))

    def pairs(self, rows: Sequence[tuple[str, str]], *, indent: int = 0, bold: bool = False) -> None:
        """Labels with a text beside each."""
        label = max(len(name) for name, _ in rows)
        for name, text in rows:
            first, *others = wrapped(text, self.width - label - indent - 2)
            margin = " " * indent
            self._lines.append(self._painted(f"{margin}{name:<{label}}  {first}", bold, None))
            self._lines.extend(f"{margin}{'':<{label}}  {line}" for line in others)

    def table(self, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """A table whose first column takes the room that the others leave."""
        # tabulate gives every column two cells more than its name needs.
        others = [max(len(name) + 2, *(len(row[place]) for row in rows)) for place, name in enumerate(names) if place]
        others[0] = min(others[0], 16)
        first = self.width - sum(others) - 2 * len(others)
        cells = [
            ("\n".join(wrapped(row[0], first)), "\n".join(wrapped(row[1], others[0])), *row[2:]) for row in rows
        ]
        from tabulate import tabulate

        self._lines.extend(tabulate(cells, headers=names, tablefmt="simple", disable_numparse=True).splitlines())

    def _write(self, text: str, *, bold: bool = False, colour: str | None = None) -> None:
        self._lines.extend(self._painted(line, bold, colour) for line in wrapped(text, self.width))

    def _painted(self, line: str, bold: bool, colour: str | None) -> str:
        codes = [_ANSI[name] for name in ("bold" if bold else None, colour) if name]
        return f"\x1b[{';'.join(codes)}m{line}\x1b[0m" if codes and self.style.colour else line


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most `width` cells, broken between words; a word that is longer is broken itself."""
    if _cells(short := " ".join(text.split())) <= width:
        return [short]
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
    for word in text.split():
        if _cells(word) <= width:
            yield word
            continue
        part = ""
        for piece in _pieces(word, width):
            if part and _cells(part + piece) > width:
                yield part
                part = ""
            part += piece
        yield part


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word that does not fit in parts that do: broken behind hyphens and slashes, else letter by letter."""
    for piece in re.findall(r"[^-/]*[-/]|[^-/]+", word):
        yield from [piece] if _cells(piece) <= width else piece


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from wcwidth import wcswidth

    return max(0, wcswidth(text))
