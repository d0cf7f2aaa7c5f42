"""The pages' examples are real."""

import re

from conftest import ROOT
from engagecheck import installed
from engagecheck.tailoring import read

REGISTRY = installed(third_party=False)


def test_the_tailoring_of_the_documentation_is_accepted():
    (text,) = re.findall(r"```toml\n(.*?)```", (ROOT / "docs/judgement.md").read_text("utf-8"), re.DOTALL)
    found = read(text.encode(), "engagecheck.toml", REGISTRY)
    assert len(found.criteria) == 2
    assert found.left_out


def test_every_file_of_the_core_stands_in_the_architecture():
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    for path in (ROOT / "src/engagecheck").glob("*.py"):
        if not path.stem.startswith("_"):
            assert f"`{path.stem}`" in page, path.stem
