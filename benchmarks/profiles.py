"""Profiles of invented organisations, as many as are wanted, the same ones for the same seed: what the benchmarks audit.

Each starts from the fullest example and differs as organisations do: how many divisions, posts and projects there are, how
much is in place, how much of it can be shown, how long ago things happened. A profile depends on seed and number alone.
`python benchmarks/profiles.py 1000 > profiles.jsonl`
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engagecheck.intake.checks import check
from engagecheck.model.schema import resolved, schema

EXAMPLE = json.loads((Path(__file__).parent.parent / "examples" / "sound.json").read_text("utf-8"))
ROOT = schema("profile")
TYPES = ("nhs_trust", "nhs_foundation_trust", "nhs_ambulance_trust", "health_board", "independent_hospital")
FIXED = ("scale_low", "scale_high")
BESIDE = ("note", "evidence", "evidence_for", "withheld")
Json = Any


class Organisation:
    """One invented organisation: how much is `in_place`, and how much of what is asked it has `stated`."""

    def __init__(self, seed: int, number: int) -> None:
        self.chance = random.Random(f"{seed}/{number}")  # noqa: S311  # a benchmark, no secret
        self.number = number
        self.in_place = self.chance.betavariate(3, 2)
        self.stated = self.chance.uniform(0.6, 1)
        self.months: int | None = None

    def document(self) -> dict[str, Json]:
        """The profile."""
        kind = self.chance.choice(TYPES)
        country = "England" if kind.startswith("nhs") else self.chance.choice(("England", "Scotland", "Wales", "Ireland"))
        made: dict[str, Json] = {
            "organisation": {"name": f"Organisation {self.number:06} (invented)", "type": kind, "country": country},
            "as_of": f"2026-{self.chance.randint(4, 12):02}-28",
        }
        for name, part in EXAMPLE.items():
            about = resolved(ROOT["properties"].get(name, {}), ROOT)
            if name not in ("$schema", "note", "evidence", *made) and self.chance.random() < self.stated:
                made[name] = self.group(part, about)
        made["evidence"] = EXAMPLE["evidence"]
        made["organisation"] |= {"founded": "1994-04-01", "hosts_resident_doctors": True}
        return possible(made)

    def group(self, part: Mapping[str, Json], about: Mapping[str, Json]) -> dict[str, Json]:
        """A group of facts, or a list, some of them left out, the others changed."""
        known = about["properties"]
        if "holders" in part and self.months is None:  # all dates of a post move together, or they would contradict one another
            self.months = round(self.chance.expovariate(1 / 12))
            post = self.group(part, about)
            self.months = None
            return post
        if "entries" in part:
            return self.listing(part, resolved(known["entries"]["items"], ROOT))
        made = {}
        for name, value in part.items():
            needed = name in about.get("required", ()) or name in ("role", "of", *FIXED)
            if name in BESIDE:
                made[name] = value
            elif needed or self.chance.random() < 0.5 + self.stated / 2:
                made[name] = value if name in FIXED else self.value(value, resolved(known[name], ROOT))
        if self.chance.random() < 0.9:  # most documents add up
            add_up(made, "connected", "completed", ("approved_missed", "unapproved_missed"))
            add_up(made, "recommendations_made", "positive", ("deferrals", "non_engagement", "did_not_revalidate"))
        if "overall" in made:  # the means of the questionnaire are of those who answered
            made |= {name: max(made["overall"]["n"], made[name]) for name in ("invited", "responded") if name in made}
        if "of" in made and "count" in made:
            made["of"] = max(made["of"], 1)
            made["count"] = round(made["of"] * min(1, self.chance.betavariate(1 + 6 * self.in_place, 2)))
        return made

    def listing(self, part: Mapping[str, Json], entry: Mapping[str, Json]) -> dict[str, Json]:
        """A list with another number of entries; some of them may not be listed."""
        count = max(0, round(len(part["entries"]) * self.chance.uniform(0.5, 1.6)))
        entries, seen = [], set()
        for place in range(count if part["entries"] else 0):
            made = self.group(part["entries"][place % len(part["entries"])], entry)
            for name in entry.get("x-identity", ()):
                is_free = not {"enum", "format"} & set(resolved(entry["properties"][name], ROOT))
                if place >= len(part["entries"]) and isinstance(made.get(name), str) and is_free:
                    made[name] = f"{made[name]} {place}"
            key = json.dumps([made.get(name) for name in entry.get("x-identity", made)])
            if key not in seen:
                seen.add(key)
                entries.append(made)
        unlisted = self.chance.choice((0, 0, 0, 1, 3)) if self.chance.random() > self.stated else 0
        return {**part, "of": len(entries) + unlisted, "entries": entries}

    def value(self, value: Json, about: Mapping[str, Json]) -> Json:
        """One fact, of the same kind."""
        if isinstance(value, dict):
            return self.group(value, about)
        if isinstance(value, bool):
            return self.chance.random() < 0.2 + 0.8 * self.in_place
        if "enum" in about:
            return value if self.chance.random() < self.in_place else self.chance.choice(about["enum"])
        if isinstance(value, int | float):
            other = value * self.chance.uniform(0.4 + 0.5 * self.in_place, 1.2)
            other = min(max(other, about.get("minimum", 0)), about.get("maximum", other))
            return round(other) if isinstance(value, int) else round(other, 1)
        is_date = about.get("x-date") in ("past-date", "any-date") and value[:1].isdigit()
        return self.earlier(value) if is_date else value

    def earlier(self, text: str) -> str:
        """A date some months before another."""
        back = round(self.chance.expovariate(1 / 12)) if self.months is None else self.months
        months = int(text[:4]) * 12 + int(text[5:7]) - 1 - back
        return f"{months // 12}-{months % 12 + 1:02}" + ("" if len(text) == 7 else f"-{min(int(text[8:]), 28):02}")


def add_up(made: dict[str, Json], total: str, largest: str, others: tuple[str, ...]) -> None:
    """Make the largest part what is left of a total, where all parts are stated."""
    if {total, largest, *others} <= made.keys():
        made[total] = max(made[total], sum(made[name] for name in others))
        made[largest] = made[total] - sum(made[name] for name in others)


def possible(document: dict[str, Json]) -> dict[str, Json]:
    """The document without the facts that cannot be true together with others, such as more answers than were asked."""
    while found := check(document).complaints:
        *way, last = found[0].pointer[1:].split("/")
        holder: Json = document
        for step in way:
            holder = holder[int(step)] if isinstance(holder, list) else holder[step]
        del holder[int(last) if isinstance(holder, list) else last]
    return document


def documents(count: int, seed: int = 1) -> Iterator[dict[str, Json]]:
    """So many profiles."""
    for number in range(count):
        yield Organisation(seed, number).document()


def written(path: Path, count: int, seed: int = 1) -> Path:
    """A file of so many profiles, a line each; one that is there already is taken as it is."""
    if not path.exists():
        part = path.with_suffix(".part")
        with part.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(one, separators=(",", ":"), ensure_ascii=False) + "\n" for one in documents(count, seed))
        part.rename(path)
    return path


def main() -> None:
    """Write profiles to standard output."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", type=int)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    for one in documents(options.count, options.seed):
        sys.stdout.write(json.dumps(one, separators=(",", ":"), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
