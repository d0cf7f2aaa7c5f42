"""A page for many organisations: their ratings side by side, what most of them lack, and the answers to each question."""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import count
from math import ceil
from typing import IO, Any
from unicodedata import normalize

from msgspec import Struct, field

from engagecheck.model import headings, labels
from engagecheck.model.answers import limit
from engagecheck.model.outcomes import Level, Outcome
from engagecheck.model.report import Report, Score
from engagecheck.papers import charts
from engagecheck.papers.html import as_page, page_file, pieces
from engagecheck.papers.jsonl import Line, encoded, line_of
from engagecheck.rules.reporter import Style

MOST_REFUSED, MOST_LACKED, FEWEST_VALUES = 50, 10, 4
_RESERVED = re.compile(r"index|con|prn|aux|nul|com[0-9]|lpt[0-9]")
"""The overview itself, and names that Windows keeps for devices."""
SHOWN = (Outcome.MET, Outcome.PARTLY_MET, Outcome.NOT_MET, Outcome.NOT_EVIDENCED)


def line_with_page(report: Report) -> Line:
    """The line of a report with its page, and the words that an overview needs besides the results."""
    return {
        **line_of(report),
        "page": as_page.render(report, Style()),
        "words": {level.value: scale.word for level, scale in zip(Level, report.summary.levels, strict=True)},
        "title": headings.title(report),
        "nature": headings.edition(report),
        "questions": {
            one.id: (finding.title, one.label or one.question, one.unit)
            for finding in report.findings
            for one in finding.criteria
        },
    }


class PageNames(Struct):
    """File names for the pages of organisations that are safe everywhere, and of which none is given twice."""

    given: set[str] = field(default_factory=set)

    def of(self, subject: Mapping[str, str]) -> str:
        """The name for an organisation: "rr8-leeds-teaching-hospitals-nhs-trust.html"."""
        plain = normalize("NFKD", f"{subject['ods_code'] or ''} {subject['name']}").encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain)[:60].strip("-")
        if not base or _RESERVED.fullmatch(base):
            base = f"organisation-{base}".strip("-")
        names = (f"{base}-{number}.html" if number > 1 else f"{base}.html" for number in count(1))
        name = next(one for one in names if one not in self.given)
        self.given.add(name)
        return name


class Question(Struct):
    """The answers of all organisations to one question. `values` counts the numbers among them."""

    area: str
    text: str
    unit: str
    outcomes: Counter[str] = field(default_factory=Counter)
    values: Counter[float] = field(default_factory=Counter)

    @property
    def asked(self) -> int:
        """How many organisations it applies to."""
        return self.outcomes.total() - self.outcomes[Outcome.NOT_APPLICABLE]

    @property
    def lacking(self) -> int:
        """How many organisations do not meet it or have not shown it."""
        return self.outcomes[Outcome.NOT_MET] + self.outcomes[Outcome.NOT_EVIDENCED]

    @property
    def middle_half(self) -> str:
        """The values between which the middle half of the organisations lie, in words. Empty for too few numbers."""
        ordered, total = sorted(self.values.items()), self.values.total()
        if total < FEWEST_VALUES:
            return ""
        ends = []
        for rank in (ceil(total / 4), ceil(3 * total / 4)):
            below = 0
            for value, number in ordered:
                below += number
                if below >= rank:
                    ends.append(int(value) if value == int(value) else value)
                    break
        low, high = ends
        return limit(low, self.unit) if low == high else f"{limit(low, self.unit)} to {limit(high, self.unit)}"


class Overview(Struct):
    """What is known of many organisations. The rows of the table stand in a file, so that memory stays flat."""

    rows: IO[bytes]
    public: bool = False
    title: str = ""
    nature: str = ""
    words: dict[str, str] = field(default_factory=dict)
    days: tuple[str, str] = ("", "")
    organisations: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    questions: dict[str, Question] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)
    refusals: int = 0

    def add(self, line: Mapping[str, Any], file: str) -> None:
        """Count a line with a page, which stands in `file`; for a line of a profile that was refused, keep its first error."""
        if "errors" in line:
            self.refusals += 1
            if len(self.refused) < MOST_REFUSED and not self.public:  # an error can quote what is not for publication
                self.refused.append(line["errors"][0])
            return
        self.organisations += 1
        self.title, self.nature, self.words = line["title"], line["nature"], line["words"]
        self.days = (min(self.days[0] or line["as_of"], line["as_of"]), max(self.days[1], line["as_of"]))
        self.levels[line["level"]] += 1
        for name, (area, text, unit) in line["questions"].items():
            question = self.questions.setdefault(name, Question(area, text, unit))
            result = line["criteria"][name]
            question.outcomes[result["outcome"]] += 1
            value = result["value"]
            if Outcome(result["outcome"]).determined and isinstance(value, int | float) and not isinstance(value, bool):
                question.values[float(f"{value:.4g}")] += 1  # so that there are only so many different ones
        parts = ("subject", "as_of", "level", "could_be", "score", "ladders", "coverage", "problems")
        self.rows.write(encoded({"file": file, "flags": len(line["flags"]), **{part: line[part] for part in parts}}))

    def page(self) -> Iterator[str]:
        """The page, in pieces."""
        first, last = (labels.day(day) for day in self.days)
        asked = [question for question in self.questions.values() if question.asked]
        lacked = sorted((one for one in asked if 2 * one.lacking > one.asked), key=lambda one: -one.lacking / one.asked)
        return pieces(
            "overview.html.j2",
            script=page_file("overview.js"),
            many=self,
            when=first if first == last else f"{first} to {last}",
            levels=[(self.words[level], self.levels[level]) for level in reversed(Level) if self.levels[level]],
            rank=list(Level).index,
            rows=self._rows(),
            lacked=lacked[:MOST_LACKED],
            areas={one.area: [other for other in asked if other.area == one.area] for one in asked},
            shown=SHOWN,
            bar=charts.bar,
            stack=charts.stack,
        )

    def _rows(self) -> Iterator[dict[str, Any]]:
        self.rows.seek(0)
        for row in map(json.loads, self.rows):
            yield {**row, "score": Score(**row["score"])}
