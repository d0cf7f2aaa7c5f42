"""A pack says once what it is called and which of its rules a subset holds; whatever cannot be is refused in a sentence."""

import pytest

from engagecheck import Framework, RuleRefused, installed
from engagecheck.plugin_host.check import check
from engagecheck.plugin_host.doctor import loaded
from hostile_plugins import rule

OURS = "from engagecheck import Framework\nframework = Framework(title='Our own', subsets={'first-steps': ('good',)})\n"


def test_the_registry_takes_it_for_its_pack(tmp_path):
    (tmp_path / "good.py").write_text(rule("good"))
    (tmp_path / "ours.py").write_text(OURS)
    registry = installed([tmp_path], third_party=False)
    assert registry.problems == []
    pack = f"folder {tmp_path.name}"
    assert {name: one.title for name, one in registry.frameworks.items()} == {pack: "Our own"}
    assert set(registry.packs) == {"engagecheck", pack}
    (ours,) = (one for one in loaded(registry) if one.name == "ours")
    assert ours.brings == (f"framework of {pack}",)


def test_two_of_one_pack_are_a_conflict_and_one_that_two_modules_hold_is_none(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.py").write_text(OURS)
    (problem,) = installed([tmp_path], third_party=False).problems
    assert problem.message.startswith(f"the framework of 'folder {tmp_path.name}' is brought by both")
    held = f"next(one for name, one in list(sys.modules.items()) if name.endswith('{tmp_path.name}_one_py')).framework"
    (tmp_path / "two.py").write_text(f"import sys\nframework = {held}\n")
    assert installed([tmp_path], third_party=False).problems == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"title": " "}, "the title is not empty"), ({"title": 3}, "title and about are texts"), ({"title": "T", "about": None}, "title and about are texts"),
        ({"title": "T", "subsets": {"First steps": ("good",)}}, "in lower case with hyphens"), ({"title": "T", "subsets": {"first": "good"}}, "as a tuple"), ({"title": "T", "subsets": {"first": ()}}, "at least one"), ({"title": "T", "subsets": {"first": (3,)}}, "give the ids"),
    ],
)  # fmt: skip
def test_one_that_cannot_be_is_refused(more, words):
    with pytest.raises(RuleRefused, match=words):
        Framework(**more)


def test_the_check_finds_a_rule_that_the_pack_does_not_have(tmp_path):
    (tmp_path / "good.py").write_text(rule("good"))
    (tmp_path / "ours.py").write_text(OURS)
    assert not [text for text in check(str(tmp_path)) if "subset" in text]
    (tmp_path / "ours.py").write_text(OURS.replace("('good',)", "('good', 'goood')"))
    assert "the framework's subset first-steps names 'goood', which is no rule of its pack; did you mean 'good'?" in list(check(str(tmp_path)))
