"""A new plugin works unchanged; the checkup finds what is wrong with a plugin, and says what to change."""

import json
import os
import subprocess
import sys

import docx
import openpyxl
import pytest

from conftest import EXAMPLES
from engagecheck import UsageRefused, installed
from engagecheck.plugin_host import scaffold
from engagecheck.plugin_host.check import check
from engagecheck.plugin_host.doctor import loaded
from hostile_plugins import RULE, WHOLE, written

GOOD = RULE.format(name="good", body="return fact")


def said(tmp_path, text, name="good.py"):
    file = tmp_path / name
    file.write_text(text)
    return "\n".join(check(str(file)))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("Is it so?", "It is so."), "does not end with a question mark"), (('source="",\n    priority', 'source="no-such/part",\n    priority'), "which no plugin brings"), (('basis="judgement"', 'basis="standard"'), "no source is named"), (('show="A document"', 'show=""'), "its show is empty"),
        (('why="Because."', 'why=""'), "its why is empty"), (("Mend it.", "Utilise it."), "plainer is: use"), (("Mend it.", "Mend " + "it and " * 40), "sentence of"), (('title="A rule"', 'title="' + "long " * 40 + '"'), "fit a paper"), (('owner="chair"', 'owner=" "'), "has no owner"),
        (("yardstick=yes", "yardstick=at_least(3)"), "there is no unit"), (('"talent.leadership_strategy"', '"extensions.nowhere.fact"'), "no plugin brings a ProfileExtension called 'nowhere'"), (("Rule('good'", "Rule('another'"), "use one name"),
        (("from engagecheck import", "import nothing_like_this\nfrom engagecheck import"), "ModuleNotFoundError"), (('why="Because."', 'why="Because.", replaced_by="x"'), "is not deprecated"), (('why="Because."', 'why="Because.", status="deprecated"'), "names no rule to use instead"), (('why="Because."', 'why="Because.", status="deprecated", replaced_by="x"'), "which no plugin brings"), (('why="Because."', 'why="Because.", version=""'), "has no version"),
        (("yardstick=yes", "unit='per cent', yardstick=at_least(5, partly=9)"), "its yardstick cannot be"), (("yardstick=yes", "unit='share', yardstick=at_least(90)"), "its yardstick cannot be"), (("yardstick=yes", "yardstick=object()"), "is none; give at_least"), (("talent.leadership_strategy", "talent.leadership_stratgey"), "did you mean 'talent.leadership_strategy'"),
        (('priority="high"', 'priority="high", same_cause_as="no/such"'), "which is no criterion"), (("rule = ", "ENGAGECHECK_API = 2\nrule = "), "made for version 2"), (('reads="talent', 'reads=("talent.development_plan", "talent'), "was never closed"),
    ],
)  # fmt: skip
def test_each_of_a_set_of_bad_plugins_is_found(tmp_path, change, words):
    assert change[0] in GOOD, change
    assert words in said(tmp_path, GOOD.replace(*change, 1))


def test_a_good_one_passes_and_an_empty_one_does_not(tmp_path):
    assert said(tmp_path, GOOD.replace("A rule", "Rules are good").replace("Because.", "Because it helps.")) == ""
    assert "it brings nothing" in said(tmp_path, "", "empty.py")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "objekt"}, "it is no JSON Schema"), ({"type": "object", "properties": {"x": {"type": "integer"}}}, "lets any name through"), ({"type": "object", "additionalProperties": False, "properties": {"x": {"type": "integer"}}}, "has no title"),
        ({"$ref": "https://nowhere.invalid/schema"}, "outside of it"), ({"type": "array", "items": {}}, "no maxItems"),
    ],
)  # fmt: skip
def test_a_poor_schema_is_found(tmp_path, schema, words):
    text = f"from engagecheck import ProfileExtension\nextension = ProfileExtension('own', {schema!r})\n"
    assert words in said(tmp_path, text + GOOD)


SOURCE = "source = Source('own', title='Report', authority='the Board', read_in='the Board', date='2025', address='https://example.org/a', seen='all')"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("title='Report'", "title=''"), "its title is empty; say what it is called"), (("authority='the Board'", "authority=' '"), "its authority is empty; say who requires it"), (("read_in='the Board'", "read_in=''"), "its read_in is empty; say where you read it"), (("seen='all'", "seen=''"), "its seen is empty"),
        (("'2025'", "''"), "'' is not a date"), (("'2025'", "'spring 2025'"), "'spring 2025' is not a date"), (("'2025'", "'2025-02-30'"), "is not a date; write its year, month or day"),
        (("https://example.org/a", "hsj.co.uk 5045585"), "is not an address that can be followed"), (("https://example.org/a", "http://example.org/a"), "beginning with https://"), (("https://example.org/a", "https://example.org/a b"), "is not an address"), (("https://example.org/a", "https://here"), "is not an address"),
        (("seen='all'", "seen='all', effective_from='2025-04', effective_to='2024'"), "ends on 2024, before it begins on 2025-04"), (("seen='all'", "seen='all', effective_to='31 March 2026'"), "effective_to='31 March 2026' is not a date; write it like"), (("'2025'", "2025"), "date=2025 is not a text; write it in quotes"),
    ],
)  # fmt: skip
def test_a_source_without_authority_date_or_address_is_found(tmp_path, change, words):
    assert change[0] in SOURCE, change
    assert words in said(tmp_path, f"from engagecheck import Source\n{SOURCE.replace(*change, 1)}\n{GOOD}")


def test_a_standard_needs_a_source_that_says_from_when_it_is_in_force(tmp_path):
    cited = GOOD.replace('basis="judgement", source=""', 'basis="standard", source="own/part"')
    words = "it is a standard, and the source own does not say from when it is in force"
    assert words in said(tmp_path, f"from engagecheck import Source\n{SOURCE}\n{cited}")
    dated = SOURCE.replace("seen=", "effective_from='2025-04', effective_to='2025-04', seen=")
    assert "source" not in said(tmp_path, f"from engagecheck import Source\n{dated}\n{cited}")
    assert "source" not in said(tmp_path, f"from engagecheck import Source\n{SOURCE}\n{cited.replace('standard', 'benchmark')}")
    other = cited.replace('basis="standard"', 'basis="judgement", variants=[Variant(within=in_england, basis="standard")]')
    assert words in said(tmp_path, f"from engagecheck import Source, Variant, in_england\n{SOURCE}\n{other}")


def test_packaging_is_checked(tmp_path):
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\n')
    found = "\n".join(check(str(tmp_path)))
    assert "there is no [project.entry-points.engagecheck]" in found
    assert "engagecheck is not among the dependencies" in found
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\ndependencies = ["engagecheck"]\n[project.entry-points.engagecheck]\nmine = "x.mine"\n')
    assert "the entry point mine is not installed" in "\n".join(check(str(tmp_path)))
    (tmp_path / "pyproject.toml").write_text("[project")
    assert "not TOML here" in "\n".join(check(str(tmp_path)))
    with pytest.raises(UsageRefused, match="no such file, folder or distribution"):
        list(check("engagechek"))


def test_the_check_as_json(run, tmp_path):
    (tmp_path / "good.py").write_text(GOOD.replace("Is it so?", "It is so."))
    done = run("plugin", "check", "good.py", "-f", "json")
    assert done.returncode == 4
    assert "question mark" in json.loads(done.stdout)["complaints"][0]


def test_the_bundled_rules_and_the_one_file_example_pass_their_own_check():
    assert list(check(str(EXAMPLES / "plugins/one-file"))) == []
    assert [text for text in check("engagecheck") if "question mark" in text or "no plugin brings" in text or "has no owner" in text] == []


def test_the_doctor_says_what_failed_and_why_and_how_long_each_took(run, tmp_path):
    written(tmp_path / "mine", WHOLE)
    done = run("plugin", "doctor", "--plugins", "mine")
    assert done.returncode == 4
    text = " ".join(done.stdout.decode().split())
    for words in ("What failed (3)", "folder mine:import-error: could not be loaded (ModuleNotFoundError)", "version 99", "use one name", " ms engagecheck:journey"):
        assert words in text, words
    found = json.loads(run("plugin", "list", "--plugins", "mine", "-f", "json").stdout)
    by_name = {one["name"]: one for one in found}
    assert by_name["good"]["brings"] == ["rule good"]
    assert by_name["html"]["pack"] == "engagecheck"
    assert json.loads(run("plugin", "doctor", "-f", "json").stdout)[0]["milliseconds"] >= 0
    assert run("plugin", "doctor").returncode == 0
    assert {one.pack for one in loaded(installed(third_party=False))} == {"engagecheck"}


def test_names_and_files_that_cannot_be_are_refused(run, tmp_path):
    for name in ("Board", "a", "x y", "../up", "-x", "class", "numbers", "conftest", "test-strategy", "journey"):
        assert run("plugin", "new", "--", name).returncode == 2
        with pytest.raises(UsageRefused):
            list(scaffold.package(name))
    assert list(tmp_path.iterdir()) == []
    assert run("plugin", "new", "board-diary").returncode == 0
    before = (tmp_path / "engagecheck-board-diary/pyproject.toml").read_bytes()
    done = run("plugin", "new", "board-diary")
    assert done.returncode == 5
    assert b"already exists" in done.stderr
    assert (tmp_path / "engagecheck-board-diary/pyproject.toml").read_bytes() == before


def on_its_own(go, profile, folder):
    """The example as the headline, and a subset of it: every paper carries its name."""
    title, formats = "Checklist for boards on physician engagement", ("docx", "xlsx", "html", "text", "json")
    go("engagecheck", "audit", profile, "-f", "json=usual.json")
    for choice in ("engagecheck-cpsi", "engagecheck-cpsi:quality-leader"):
        done = go("engagecheck", "audit", profile, "--pack", choice, *(f"-f{name}=own.{name}" for name in formats))
        assert done.returncode == 0, done.stderr
        usual, own = (json.loads((folder / name).read_text("utf-8")) for name in ("usual.json", "own.json"))
        assert [pack["name"] for pack in own["packs"]] == ["engagecheck-cpsi", "engagecheck"]
        assert (own["packs"][0]["title"], own["packs"][1]) == (title, usual["packs"][0])
        paper = docx.Document(str(folder / "own.docx"))
        book = openpyxl.load_workbook(folder / "own.xlsx")
        assert [one.text.partition(": ")[0] for one in paper.paragraphs if one.style.name == "Title"] == [title]
        assert "Lakeshore General Hospital (invented)" in [one.text for one in paper.paragraphs]
        assert book["Actions"]["A2"].value.startswith(f"{title}. ")
        assert {row[10].value.partition("/")[0] for row in book["Actions"].iter_rows(min_row=6) if row[10].value} <= {"cpsi-quality-leader", "cpsi-advisory-committee"}
        assert f"<title>{title}: " in (folder / "own.html").read_text("utf-8")
        text = " ".join((folder / "own.text").read_text("utf-8").split())
        assert text.startswith(f"{title}: ")
        assert ("choice of subset “quality-leader”: The medical advisory committee reviews" in text) == choice.endswith("quality-leader")


@pytest.mark.exhaustive
def test_the_second_pack_beside_ours(tmp_path):
    """The complete example: its own tests pass, its check passes, both packs are rated, isolated or not."""
    site, example = tmp_path / "site", tmp_path / "cpsi"
    import shutil

    shutil.copytree(EXAMPLES / "plugins/engagecheck-cpsi", example)
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTEST_ADDOPTS": "-p no:cacheprovider"}

    def go(*words, cwd=tmp_path):
        return subprocess.run([sys.executable, "-m", *map(str, words)], cwd=cwd, env=environment, capture_output=True, text=True, check=False)

    assert go("pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", site, example).returncode == 0
    done = go("pytest", "-q", cwd=example)
    assert "92 passed" in done.stdout, done.stdout
    assert go("engagecheck", "plugin", "check", "engagecheck-cpsi").returncode == 0
    for name, more in (("a", ()), ("b", ("--isolate",)), ("c", ("--no-plugins",))):
        go("engagecheck", "audit", example / "profile.json", "-f", f"json={name}.json", *more)
    reports = {name: json.loads((tmp_path / f"{name}.json").read_text("utf-8")) for name in "abc"}
    assert reports["a"] == reports["b"]
    assert reports["a"]["summary"] == reports["c"]["summary"]
    assert [pack["name"] for pack in reports["a"]["packs"]] == ["engagecheck", "engagecheck-cpsi"]
    assert reports["a"]["packs"][1]["judgement"]["level"] == "sustaining"
    done = go("engagecheck", "audit", example / "profile.json", "-f", "html")
    assert "engagecheck-cpsi" in done.stdout
    on_its_own(go, example / "profile.json", tmp_path)
    document = json.loads((example / "profile.json").read_text("utf-8"))
    document["extensions"]["cpsi"]["quality_leader"]["docter"] = True
    (tmp_path / "wrong.json").write_text(json.dumps(document))
    done = go("engagecheck", "audit", "wrong.json")
    assert done.returncode == 3
    assert "did you mean 'doctor'" in done.stderr
