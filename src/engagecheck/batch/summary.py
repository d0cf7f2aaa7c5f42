"""The summary of many audits: how many have each level and exit code, and the outcomes of each criterion."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from engagecheck.errors import ExitCode, worst


class BatchSummary(Struct):
    """How many profiles were audited or refused, and how many have each level, exit code and outcome.

    `pack` is what `--pack` named for them; empty for the bundled pack.
    """

    profiles: int = 0
    refused: int = 0
    pack: str = ""
    levels: Counter[str] = field(default_factory=Counter)
    codes: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, line: Mapping[str, Any]) -> None:
        """Count one line of results, decoded from JSON."""
        self.profiles += 1
        if "errors" in line:
            self.refused += 1
            return
        self.pack = line.get("pack", "")
        self.levels[line["level"]] += 1
        self.codes[line["exit_code"]] += 1
        self.outcomes.update([(name, result["outcome"]) for name, result in line["criteria"].items()])

    def add(self, other: "BatchSummary") -> None:
        """Add the counts of another summary."""
        self.profiles += other.profiles
        self.refused += other.refused
        self.pack = other.pack or self.pack
        self.levels.update(other.levels)
        self.codes.update(other.codes)
        self.outcomes.update(other.outcomes)

    @property
    def criteria(self) -> dict[str, Counter[str]]:
        """The number of profiles with each outcome, by criterion."""
        criteria: dict[str, Counter[str]] = {}
        for (name, outcome), number in self.outcomes.items():
            criteria.setdefault(name, Counter())[outcome] = number
        return criteria

    @property
    def exit_code(self) -> ExitCode:
        """The exit code of the whole batch: the worst of all profiles, where a refused one counts as refused input."""
        refused = [ExitCode.INPUT] if self.refused or not self.profiles else []
        return ExitCode(worst([ExitCode.OK, *refused, *(code for code, number in self.codes.items() if number)]))
