"""A record behaves as a frozen class of attrs, before attrs takes it over and after."""

import copy
import pickle
import pkgutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

import engagecheck
from conftest import EXAMPLES
from engagecheck.model import records
from engagecheck.model.records import changed, names_of, record
from engagecheck.model.result import Override


def fresh():
    @record
    class Post:
        role: str
        held: bool = False
        notes: list = records.Factory(list)

        @property
        def title(self):
            return self.role.title()

    return Post


def of_attrs():
    @attrs.frozen
    class Post:
        role: str
        held: bool = False
        notes: list = attrs.Factory(list)

    return Post


def is_taken_over(kind):
    return isinstance(vars(kind)["__attrs_attrs__"], tuple)


def leave(kind):
    """Do not ask the class for its fields."""


@pytest.mark.parametrize("take_over", [leave, attrs.fields], ids=["before", "after"])
def test_a_record_is_made_compared_and_shown_as_attrs_does_it(take_over):
    kind, model = fresh(), of_attrs()
    take_over(kind)
    assert tuple(names_of(kind)) == ("role", "held", "notes")
    one, same, other = kind("chair"), kind(role="chair", held=False), kind("chair", True)
    assert (one.role, one.held, one.notes, one.title) == ("chair", False, [], "Chair")
    assert one.notes is not same.notes
    assert one == same != other
    assert one != model("chair")
    one.notes.append("seen")
    assert kind("chair").notes == []
    with pytest.raises(FrozenInstanceError):
        one.role = "other"
    with pytest.raises(FrozenInstanceError):
        del one.role
    match one:
        case kind(role, True):
            pytest.fail(role)
        case kind(role, held):
            assert (role, held) == ("chair", False)
    assert one.__replace__(held=True).held is True
    assert is_taken_over(kind) == (take_over is not leave)
    assert attrs.evolve(one, held=True).held is True
    assert repr(one.__replace__(notes=[])).rpartition(".")[2] == repr(model("chair")).rpartition(".")[2]
    assert attrs.asdict(copy.deepcopy(one)) == {"role": "chair", "held": False, "notes": ["seen"]}


@pytest.mark.parametrize(
    ("args", "given"),
    [((), {}), (("a", True, [], 1), {}), (("a",), {"role": "b"}), (("a",), {"other": 1}), ((), {"other": "a"})],
    ids=["nothing", "too much", "twice", "unknown", "unknown in place of one that is needed"],
)
def test_what_attrs_would_not_take_is_refused_in_its_words(args, given):
    with pytest.raises(TypeError) as expected:
        of_attrs()(*args, **given)
    with pytest.raises(TypeError) as found:
        fresh()(*args, **given)
    assert str(found.value).partition(".Post.")[2] == str(expected.value).partition(".Post.")[2] != ""


def test_attrs_takes_over_what_is_made_often():
    kind = fresh()
    made = [kind(str(number)) for number in range(records.OFTEN)]
    assert not is_taken_over(kind)
    made.append(kind(str(records.OFTEN), notes=[1]))
    assert is_taken_over(kind)
    assert [one.role for one in made] == [str(number) for number in range(records.OFTEN + 1)]
    assert made[0] == kind("0")


@pytest.fixture
def hasty():
    """Threads take turns as often as they can."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("hasty")
def test_records_are_made_by_many_threads_while_attrs_takes_over():
    for _ in range(30):
        kind = fresh()

        def made(number, kind=kind):
            one = kind(str(number))
            return attrs.fields(kind) if number % 8 == 7 else None, one.held, kind(str(number)) == one, list(names_of(kind))

        with ThreadPoolExecutor(4) as pool:
            found = list(pool.map(made, range(64)))
        assert len({id(fields) for fields, *_ in found if fields}) == 1
        assert all(rest == [False, True, ["role", "held", "notes"]] for _, *rest in found)


def test_audits_in_threads_come_to_the_same_report():
    """In a process of its own, in which no record is taken over yet and attrs is not imported."""
    code = f"""
import sys; sys.setswitchinterval(1e-5)
from concurrent.futures import ThreadPoolExecutor
import engagecheck
registry = engagecheck.installed()
raw = open({str(EXAMPLES / "harbour-vale.json")!r}, "rb").read()
with ThreadPoolExecutor(4) as pool:
    found = list(pool.map(lambda _: engagecheck.audit(raw, registry=registry), range(12)))
assert not any(one.problems for one in found), found
assert len({{one.report_digest for one in found}}) == 1
"""
    for _ in range(3):
        subprocess.run([sys.executable, "-c", code], check=True)


def test_a_class_may_stand_on_a_record():
    for base in (fresh(), fresh()):

        @attrs.define
        class More(base):
            extra: int = 0

        @record
        class Also(base):
            extra: int = 0

        class Plain(base):
            pass

        one = More("chair", extra=1)
        assert (one.role, one.extra, Also("chair").extra, Plain("chair").role) == ("chair", 1, 0, "chair")
        assert changed(Plain("chair"), role="other") == Plain("other")
        assert changed(Plain("chair")) == Plain("chair")
        with pytest.raises(FrozenInstanceError):
            one.extra = 2
        attrs.fields(base)


def test_a_field_may_be_called_otherwise_be_left_out_of_comparisons_and_be_looked_at_when_all_is_there():
    def kind():
        @record
        class Kind:
            _hidden: int = records.field(default=1, alias="shown")
            aside: int = records.field(default=0, eq=False, repr=False)

            def __attrs_post_init__(self):
                if self._hidden < 0:
                    raise ValueError("less than nothing")

        return Kind

    for one in (kind(), kind()):
        assert one()._hidden == 1
        assert one(5) == one(shown=5, aside=3) != one(6)
        assert hash(one(5)) == hash(one(5, aside=3))
        assert changed(one(5), shown=6) == one(6)
        assert repr(one(5, 3)) == "Kind(shown=5)"  # asks attrs, so that from here on all is done by attrs
        with pytest.raises(ValueError, match="less than nothing"):
            one(-1)
        assert one(5) == one(shown=5, aside=3) != one(6)
        assert changed(one(5), shown=6) == attrs.evolve(one(5), shown=6) == one(6)
    with pytest.raises(ValueError, match="less than nothing"):
        kind()(-1)


def test_what_attrs_would_have_to_be_imported_for_is_refused():
    for default in (attrs.field(default=1), attrs.Factory(list)):
        with pytest.raises(TypeError, match="of this module"):
            record(type("Kind", (), {"__annotations__": {"a": int}, "a": default}))


def test_a_hash_is_that_of_the_fields():
    one = Override("gap", "a/b", "text", "chair", "2025-01-01", "2025-06-01")
    same = copy.copy(one)
    before = hash(one)
    attrs.fields(Override)
    assert before == hash(same) == hash(one)
    assert pickle.loads(pickle.dumps(one)) == one  # noqa: S301


def every_module(package=engagecheck):
    for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        if not found.name.endswith("__main__"):
            yield import_module(found.name)


def test_every_record_has_the_fields_that_attrs_would_give_it():
    kinds = {
        value for module in every_module() for value in vars(module).values()
        if isinstance(value, type) and "__record_names__" in vars(value)
    }  # fmt: skip
    assert len(kinds) > 100
    for kind in kinds:
        assert list(names_of(kind)) == [part.name for part in attrs.fields(kind)], kind


def test_what_wraps_the_method_that_makes_a_record_is_called_once_for_each():
    kind, seen = fresh(), []
    made = kind.__init__

    def wrapped(self, *args, **given):
        seen.append(args)
        made(self, *args, **given)

    kind.__init__ = wrapped
    assert (kind("chair").role, kind("medical director").role) == ("chair", "medical director")
    assert seen == [("chair",), ("medical director",)]


def test_a_class_that_was_asked_for_its_fields_may_become_a_record():
    class Late:
        role: str

    assert names_of(Late) == ()
    assert names_of(record(Late)) == ("role",)
