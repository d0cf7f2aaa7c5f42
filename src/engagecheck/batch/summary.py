"""What came of many audits: how many, by level, by exit code, and each criterion's outcomes."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from attrs import Factory, define

from engagecheck.errors import ExitCode


@define
class Tally:
    """What came of many profiles: how many, by level, by exit code, and each criterion's outcomes."""

    profiles: int = 0
    refused: int = 0
    levels: Counter[str] = Factory(Counter)
    codes: Counter[int] = Factory(Counter)
    outcomes: Counter[tuple[str, str]] = Factory(Counter)

    def note(self, line: Mapping[str, Any]) -> None:
        """Take in one line."""
        self.profiles += 1
        if "errors" in line:
            self.refused += 1
            return
        self.levels[line["level"]] += 1
        self.codes[line["exit_code"]] += 1
        self.outcomes.update([(name, result["outcome"]) for name, result in line["criteria"].items()])

    def add(self, other: "Tally") -> None:
        """Take in what came of others."""
        self.profiles += other.profiles
        self.refused += other.refused
        self.levels.update(other.levels)
        self.codes.update(other.codes)
        self.outcomes.update(other.outcomes)

    @property
    def criteria(self) -> dict[str, Counter[str]]:
        """How many profiles have each outcome, by criterion."""
        found: dict[str, Counter[str]] = {}
        for (name, outcome), number in self.outcomes.items():
            found.setdefault(name, Counter())[outcome] = number
        return found

    @property
    def exit_code(self) -> ExitCode:
        """Where several apply: refused before incomplete before gate."""
        if self.refused or not self.profiles:
            return ExitCode.INPUT
        for code in (ExitCode.INCOMPLETE, ExitCode.GATE):
            if self.codes[code]:
                return code
        return ExitCode.OK
