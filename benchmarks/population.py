"""A simulated population: complete profiles of invented acute trusts, with facts drawn at plausible rates.

In population A every fact is drawn on its own. In population B each organisation has a quality q, which shifts the rates
that follow quality (`Draw.starred`). The few rates marked [S] are those of published sources; all others are assumed. Lists
are whole and dates exact, so that nothing is left open because a fact is missing. The same seed gives the same profiles.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

import population_facts as facts
from drawing import AS_OF, Draw, Json, ago, days_ago, listed, within

FOUNDED = "1991-04-01"
EVIDENCE = {"NOW": 6, "AGEING": 21, "STALE": 30}
"""The three documents that facts are cited in, with their ages in months. Evidence is stale after 24."""


def population(count: int, seed: int, *, with_quality: bool) -> Iterator[tuple[float, dict[str, Json]]]:
    """So many organisations, each with its quality and its profile: population B with quality, else A."""
    for number in range(count):
        draw = Draw(f"{'B' if with_quality else 'A'}/{seed}/{number}")
        if with_quality:
            draw.q = quality(draw)
        yield draw.q, document(draw, number)


def quality(draw: Draw) -> float:
    """A quality: normal with standard deviation 0.6. What lies beyond -1 or 1 counts as -1 or 1.

    Its standard deviation is then 0.55. Drawing again until it lies between would leave 0.48.
    """
    return within(draw.gauss(0, 0.6), -1, 1)


def document(draw: Draw, number: int) -> dict[str, Json]:
    """The profile of one organisation."""
    doctors = draw.randint(250, 900)
    divisions = [f"Division {one}" for one in range(1, draw.randint(4, 6) + 1)]
    sections = {
        "leadership": leadership(draw),
        "commitment": facts.commitment(draw),
        "strategy": facts.strategy(draw, divisions),
        "structure": facts.structure(draw, divisions),
        "selection": facts.selection(draw),
        "appraisal": facts.appraisal(draw, doctors),
        "talent": facts.talent(draw),
        "learning": facts.learning(draw),
        "involvement": facts.involvement(draw),
        "governance": facts.governance(draw),
        "perceptions": facts.perceptions(draw, doctors),
        "journey": facts.journey(draw, doctors),
        "regulator": facts.regulator(draw),
    }
    for section in sections.values():
        section["evidence_for"] = cited(draw, section)
    return {
        "organisation": {
            "name": f"Organisation {number:04} (simulated)", "type": draw.choice(("nhs_trust", "nhs_foundation_trust")),
            "country": "England", "founded": FOUNDED, "hosts_resident_doctors": True, "employs_sas_doctors": True,
            "designated_body": True,
        },
        "as_of": str(AS_OF),
        **sections,
        "evidence": [
            {"id": name, "title": "A document", "kind": "other", "effective": ago(age), "assurance": "documented"}
            for name, age in EVIDENCE.items()
        ],
    }  # fmt: skip


def cited(draw: Draw, section: Mapping[str, Json]) -> dict[str, list[str]]:
    """The document that each fact of a section is cited in: for 85 % of them, current in 80 %, ageing in 12 %, stale in 8 %."""
    has_one = [name for name in section if draw.happens(draw.starred(0.85))]
    return {name: [draw.one_of({"NOW": 80, "AGEING": 12, "STALE": 8})] for name in has_one}


def leadership(draw: Draw) -> dict[str, Json]:
    """The posts at the top: 4 to 6 other executives, 7 to 9 non-executives, 6 to 18 clinical directors."""
    roles = [f"Executive {one}" for one in range(1, draw.randint(4, 6) + 1)]
    return {
        "chief_executive": chief_executive(draw),
        "medical_director": executive(draw, "Medical director", 48),
        "other_executives": listed(executive(draw, role, 40) for role in roles),
        "non_executives": listed(non_executive(draw, one == 0) for one in range(draw.randint(7, 9))),
        "clinical_directors": listed(clinical_director(draw, one) for one in range(draw.randint(6, 18))),
    }


def chief_executive(draw: Draw) -> dict[str, Json]:
    """One to four persons in three years [S]; the present one is an interim in 10 %, as half of those in between are."""
    persons = draw.one_of({1: 54, 2: 36, 3: 7, 4: 3.5})
    changes = sorted(draw.sample(range(1, 36), persons - 1), reverse=True)
    kinds = [draw.choice(("substantive", "interim")) for _ in changes[1:]]
    if changes:  # nobody is an interim for three years, so it falls on those with a change, which are 46 %
        kinds.append("interim" if draw.happens(10 / 46) else "substantive")
    return post("Chief executive", [("substantive", 37 + draw.months(36)), *zip(kinds, changes, strict=True)])


def executive(draw: Draw, role: str, mean: float) -> dict[str, Json]:
    """A post with its predecessor; 8 % [S] are held by an interim, for 1 to 12 months."""
    is_interim = draw.happens(0.08)
    months = draw.uniform(1, 12) if is_interim else draw.months(mean)
    return post(role, [("substantive", months + 1 + draw.months(mean)), ("interim" if is_interim else "substantive", months)])


def post(role: str, spells: Sequence[tuple[str, float]]) -> dict[str, Json]:
    """A post whose holders follow one another, from the first. Each has a kind, and the months since they began."""
    starts = [days_ago(months) for _, months in spells]
    ends = [*(str(start - timedelta(days=1)) for start in starts[1:]), "present"]
    entries = [
        {"holder": letter, "kind": kind, "since": str(start), "until": end}
        for letter, (kind, _), start, end in zip("ABCD", spells, starts, ends)  # noqa: B905
    ]
    return {"role": role, "shared": "sole", "holders": {**listed(entries), "complete_from": str(starts[0])}}


def non_executive(draw: Draw, is_chair: bool) -> dict[str, Json]:
    """A member since 1 to 95 months; 80 % have a rigorous review."""
    role = "chair" if is_chair else "non_executive"
    return {"role": role, "since": ago(draw.uniform(1, 95)), "rigorous_review": draw.happens(0.8)}


def clinical_director(draw: Draw, number: int) -> dict[str, Json]:
    """A clinical director; one who is prepared was trained half a year before."""
    months = draw.months(36)
    return {
        "post": f"Clinical director {number}",
        "since": ago(months),
        "planned_change": draw.happens(0.25),
        "leadership_training": ago(months + 6) if draw.happens(draw.starred(0.6)) else "none",
        "open_competition": draw.happens(draw.starred(0.8)),
        "written_accountabilities": draw.happens(draw.starred(0.9)),
        "term_of_office": draw.happens(draw.starred(0.7)),
        "yearly_review": draw.happens(draw.starred(0.6)),
    }
