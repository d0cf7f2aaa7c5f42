"""The simulated population: its profiles are accepted, and its figures are those of textbooks and of the page."""

import re
import statistics
import subprocess
import sys
from collections import Counter
from types import SimpleNamespace

import pytest

from conftest import ROOT
from engagecheck.model.outcomes import Level

PROGRAM = ROOT / "benchmarks" / "instrument.py"
LIMITED = {  # by small numbers: too few surveys to see a direction, too few answers to tell
    "journey/direction", "senior-commitment/perception-gap", "individual-views/doctors-say", "individual-views/views-agreement", "board-to-ward/doctors-motivated",
    "board-to-ward/engagement-against-peers", "learning-from-others/doctors-raise-concerns",
}  # fmt: skip


@pytest.fixture(scope="module")
def simulated():
    """The modules of the benchmark, which import one another by their bare names, as programs beside each other do."""
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(PROGRAM.parent))
        import drawing
        import instrument
        import population

        yield SimpleNamespace(drawing=drawing, instrument=instrument, population=population.population)


def run(*arguments):
    command = [sys.executable, str(PROGRAM), *arguments]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("with_quality", [False, True])
def test_simulated_profiles_are_accepted_and_nothing_in_them_is_missing(simulated, with_quality):
    # `audited` raises for a profile that an audit would refuse, and for a rule that fails.
    many = simulated.instrument.audited(simulated.population(30, 1, with_quality=with_quality))
    assert len(many) == 30
    assert {name for one in many for name in one.open} <= LIMITED
    assert all(len(one.points) >= len(simulated.instrument.READS) - 1 for one in many)  # a direction needs three results
    assert all(len(one.findings) == 12 for one in many)
    assert {one.q for one in many} == {0} if not with_quality else len({one.q for one in many}) > 20


def test_the_same_seed_draws_the_same_organisations_and_another_draws_others(simulated):
    drawn = [list(simulated.population(2, seed, with_quality=True)) for seed in (1, 1, 2)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0][0] != drawn[0][1]


def test_quality_moves_what_follows_it_and_stays_between_its_ends(simulated):
    draw = simulated.drawing.Draw("any")
    assert (draw.starred(0.5), draw.falling(0.012)) == (0.5, pytest.approx(0.012))
    draw.q = 1
    assert (draw.starred(0.5), draw.starred(0.9)) == (0.7, 1)
    assert 0 < draw.falling(0.012) < 0.012
    draw.q = -1
    assert (draw.starred(0.5), draw.starred(0.1)) == (pytest.approx(0.3), 0)
    assert draw.falling(0.5) == pytest.approx(0.69, abs=0.01)
    qualities = [q for q, _ in simulated.population(300, 1, with_quality=True)]
    assert (min(qualities), max(qualities)) == (-1, 1)
    assert statistics.pstdev(qualities) == pytest.approx(0.55, abs=0.05)


def test_facts_are_drawn_at_the_rates_that_are_stated(simulated):
    documents = [document for _, document in simulated.population(400, 1, with_quality=False)]
    holders = [document["leadership"]["chief_executive"]["holders"] for document in documents]
    persons = Counter(one["of"] for one in holders)
    assert persons[1] == pytest.approx(0.54 * 400, abs=30)
    assert sum(one["entries"][-1]["kind"] == "interim" for one in holders) == pytest.approx(40, abs=18)
    sections = [section for document in documents for section in document.values() if "evidence_for" in section]
    facts = sum(len(section) - 1 for section in sections)
    assert sum(len(section["evidence_for"]) for section in sections) / facts == pytest.approx(0.85, abs=0.01)
    assert sum(document["governance"]["new_consultant_spa"] == 2.5 for document in documents) == pytest.approx(200, abs=30)


def test_alpha_is_that_of_textbooks(simulated):
    alpha = simulated.instrument.alpha
    # Two items with a variance of 2/3 each, whose sums 3, 3, 6 have one of 2: 2 × (1 − 4/3 ÷ 2).
    assert alpha([(1, 2, 3), (2, 1, 3)]) == pytest.approx(2 / 3)
    assert alpha([(1, 2, 3), (1, 2, 3), (5, 5, 5)]) == pytest.approx(1)
    assert alpha([(0, 0, 1, 1), (0, 1, 0, 1)]) == pytest.approx(0)
    with pytest.raises(statistics.StatisticsError):
        alpha([(1, 2, 3), (5, 5, 5)])


def test_figures_of_a_known_population_come_out(simulated, capsys):
    instrument = simulated.instrument
    ladder = SimpleNamespace

    def one(level, score, q):
        ladders = {
            "score": ladder(value=score, level=level), "flags": ladder(value=1, level=Level.BUILDING),
            "evidence": ladder(value=80, level=Level.SUSTAINING),
        }  # fmt: skip
        return instrument.Audited(q, level, score, ("a/b",), ladders, {"a/b": 0, "a/c": 2}, {"a": score, "c": 50}, ("a/b",))

    many = [one(Level.STARTING, 50 + number, number / 10) for number in range(8)]
    many += [one(Level.BUILDING, 70 + number, 0.8 + number / 10) for number in range(2)]
    instrument.spread(many)
    instrument.following(many)
    instrument.red_flags(many)
    out = capsys.readouterr().out
    assert "levels: sustaining 0.0 %, building 20.0 %, starting 80.0 %, unproven 0.0 %" in out
    assert "most on one level: 80.0 (must be at most 65: MISSED)" in out
    assert "what holds the rating: score 80.0 %, score and flags 20.0 %" in out
    assert "sustaining: 0.0 (must be at least 1 and at most 10: MISSED)" in out
    assert "score and quality: rank correlation 1.00 (must be at least 0.8)" in out
    assert "the best fifth by quality: 100.0 % are in the best fifth by score; sustaining 0.0 %, building 100.0 %" in out
    assert "number of red flags: 0 0.0 %, 1 100.0 %" in out
    assert " 100.0 % a/b" in out


def test_a_question_that_tells_little_is_named(simulated):
    remark = simulated.instrument.remark
    assert "over 97 %" in remark([2] * 98 + [0] * 2)
    assert "under 3 %" in remark([2] * 2 + [1] * 98)
    assert remark([2] * 97 + [0] * 3) == remark([2] * 3 + [0] * 97) == ""


def test_pairs_are_found_by_the_facts_that_decide_them(simulated):
    pairs = set(simulated.instrument.pairs_of_same_facts())
    assert ("journey/direction", "journey/measured-repeatedly") in pairs
    # One reads the total of the list that the other reads.
    assert ("investment-and-governance/development-investment", "senior-selection/open-competition") in pairs
    # Both read the organisation only, or sections of one group.
    assert ("leadership-stability/chief-executive-tenure", "leadership-stability/medical-director-tenure") not in pairs
    assert ("individual-views/views-response-rate", "senior-commitment/board-lead") not in pairs


def test_the_program_prints_both_populations():
    done = run("--profiles", "30", "--seed", "2")
    assert (done.returncode, done.stderr) == (0, "")
    assert re.findall(r"^Population (\w).*, 30 organisations, seed 2$", done.stdout, re.MULTILINE) == ["A", "B"]
    assert len(re.findall(r"alpha over \d+ (?:findings|questions): -?\d\.\d\d\n", done.stdout)) == 4


def test_too_few_organisations_are_refused_in_one_sentence():
    done = run("--profiles", "5")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1].endswith("--profiles: give 30 or more")


@pytest.mark.exhaustive
def test_the_page_gives_the_figures_that_the_program_prints():
    out = run().stdout
    assert "MISSED" not in out
    page = (ROOT / "docs/validity.md").read_text("utf-8").replace("−", "-")
    (section,) = re.findall(r"## A simulated population\n(.*?)\n## ", page, re.DOTALL)
    populations = dict(zip("AB", out.split("\nPopulation ")[1:], strict=True))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if re.match(r"\|.*\d", line)]
    assert len(rows) >= 8
    for name, *cells in rows:
        for letter, cell in zip("AB", cells, strict=False):
            figures = re.findall(r"-?\d+(?:\.\d+)?", cell)
            absent = [one for one in figures if not re.search(rf"(?<![\d.-]){re.escape(one)}(?![\d.])", populations[letter])]
            assert absent == [], (name, letter)
