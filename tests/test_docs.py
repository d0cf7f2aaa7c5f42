"""The pages' examples are real."""

import re

from conftest import ROOT
from engagecheck import installed
from engagecheck.audit.tailoring import read_tailoring

REGISTRY = installed(third_party=False)


def test_the_tailoring_of_the_documentation_is_accepted():
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/judgement.md").read_text("utf-8"), re.DOTALL)
    found = read_tailoring(text.encode(), "engagecheck.toml", REGISTRY)
    assert len(found.criteria) == 2
    assert found.left_out


def test_every_package_stands_in_the_architecture():
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    packages = [path.parent.name for path in (ROOT / "src/engagecheck").glob("*/__init__.py")]
    assert len(packages) == 11
    assert [name for name in packages if f"**{name}** " not in page] == []


def test_every_test_that_the_checklist_of_security_names_is_there():
    page = (ROOT / "docs/security-web.md").read_text("utf-8")
    named = set(re.findall(r"`(test_\w+)`", page))
    there = {name for path in (ROOT / "tests").rglob("*.py") for name in re.findall(r"^def (test_\w+)", path.read_text("utf-8"), re.MULTILINE)}
    assert len(named) >= 20
    assert named - there == set()


def test_the_program_on_the_page_about_many_profiles_runs():
    (program,) = re.findall(r"```python\n(.*?)```", (ROOT / "docs/scale.md").read_text("utf-8"), re.DOTALL)
    exec(compile(program, "docs/scale.md", "exec"), {})  # noqa: S102


def test_every_benchmark_is_run_by_ci_on_a_tiny_size():
    script = (ROOT / ".ci/run").read_text("utf-8")
    programs = [path for path in (ROOT / "benchmarks").glob("*.py") if "__main__" in path.read_text("utf-8") and path.stem != "profiles"]
    assert len(programs) == 11
    for path in programs:
        assert (f"benchmarks/{path.name} --" if path.stem != "road" else "benchmarks/road.py") in script, path  # road has no size
