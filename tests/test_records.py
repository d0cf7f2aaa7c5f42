"""A record behaves as a frozen class of attrs, before attrs takes it over and after."""

import copy
import pickle
import pkgutil
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module

import attrs
import pytest
from attrs.exceptions import FrozenInstanceError

import engagecheck
from engagecheck import records
from engagecheck.criterion_result import Override
from engagecheck.records import changed, names_of, record


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


@pytest.mark.parametrize("take_over", [lambda _: None, attrs.fields], ids=["before", "after"])
def test_a_record_is_made_compared_and_shown_as_attrs_does_it(take_over):
    kind, model = fresh(), of_attrs()
    take_over(kind)
    assert names_of(kind) == ("role", "held", "notes")
    one, same, other = kind("chair"), kind(role="chair", held=False), kind("chair", True)
    assert (one.role, one.held, one.notes, one.title) == ("chair", False, [], "Chair")
    assert one.notes is not same.notes
    assert one == same != other
    assert one != model("chair")
    assert repr(one).rpartition(".")[2] == repr(model("chair")).rpartition(".")[2]
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
    assert attrs.evolve(one, held=True).held is one.__replace__(held=True).held is True
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


def test_many_threads_at_once_take_a_record_over_once():
    for _ in range(20):
        kind = fresh()
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda number, kind=kind: (attrs.fields(kind), kind(str(number)).held), range(64)))
        assert {part.name for fields, _ in found for part in fields} == {"role", "held", "notes"}
        assert {held for _, held in found} == {False}


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
