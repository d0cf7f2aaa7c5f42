"""What a published table may hold. Every limit is counted while reading, so that a small file cannot exhaust the memory."""

from typing import NoReturn

from engagecheck.errors import InputRefused

MAX_BYTES = 60_000_000
MAX_UNPACKED = 1_000_000_000
MAX_PENDING = 8_000_000
"""The most bytes of one XML tag."""
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384
MAX_CELLS = 50_000_000
MAX_REPEATED = 10_000
"""The most times that a row with content may be repeated."""
MAX_CHARACTERS = 100_000
"""The most characters of one cell."""


def too_large(where: str, what: str) -> NoReturn:
    """Refuse a file that passes a limit."""
    raise InputRefused([f"{where}: {what}, more than a published table holds; check that it is the right file"])
