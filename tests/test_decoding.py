"""Facts that msgspec decodes are facts like any others, and a batch writes the same bytes with it and without."""

import copy
import json
import pickle
import weakref
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

from conftest import BARE, EXAMPLES, PROFILES
from engagecheck import audit_many, load
from engagecheck.batch import encoding
from engagecheck.batch.chunks import of_contents
from engagecheck.batch.executor import done
from engagecheck.batch.worker import MANY, Options, _maker
from engagecheck.intake.load import read
from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.records import changed
from engagecheck.model.sections.leadership import Holder, Post
from hostile_plugins import RULE

FULL = [path for path in PROFILES if "extensions" not in json.loads(path.read_bytes())]


def both(path, registry):
    raw = path.read_bytes()
    return read(raw, "profile", registry, one_of_many=True), load(raw, registry=registry)


@pytest.mark.parametrize("path", FULL, ids=lambda path: path.stem)
def test_each_fact_passes_for_its_record(path, bundled):
    decoded, made = both(path, bundled)
    assert (decoded.origin.name, decoded.origin.digest) == ("profile", made.origin.digest)
    theirs, ours = (sorted(one.walk(), key=lambda fact: fact[0]) for one in (decoded, made))
    assert [pointer for pointer, _ in theirs] == [pointer for pointer, _ in ours]
    for (_, fact), (_, record) in zip(theirs, ours, strict=True):
        assert isinstance(fact, type(record))
        assert fact == record
        assert record == fact
        assert repr(fact) == repr(record)
        if not isinstance(record, dict) and attrs.has(type(record)):
            assert hash(fact) == hash(record)
            assert attrs.asdict(fact) == attrs.asdict(record)
            assert attrs.evolve(fact) == copy.copy(fact) == changed(fact) == pickle.loads(pickle.dumps(fact)) == record  # noqa: S301
            assert weakref.ref(fact)() is fact
            assert vars(fact) == vars(record)
            assert not any(hasattr(fact, name) for name in ("note", "evidence", "evidence_for", "withheld"))


@pytest.mark.parametrize("one_of_many", [False, True])
def test_a_profile_that_is_read_can_be_sent_elsewhere(one_of_many, bundled):
    profile = read((EXAMPLES / "sound.json").read_bytes(), "sound.json", bundled, one_of_many=one_of_many)
    sent = pickle.loads(pickle.dumps(profile))  # noqa: S301
    assert (sent, dict(sent.cited), dict(sent.origin.lines)) == (profile, dict(profile.cited), dict(profile.origin.lines))


def test_a_fact_cannot_be_changed(bundled):
    profile, _ = both(EXAMPLES / "sound.json", bundled)
    post, views = profile.fact("leadership.chief_executive"), profile.fact("perceptions.doctors.items")
    match post:
        case Post(_, Holder() as now, Listing()):
            assert isinstance(now.since, PartialDate)
        case _:
            pytest.fail("it matches as its record does")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        post.role = "another"
    with pytest.raises(AttributeError, match="entries"):
        post.before.entries  # noqa: B018 (no measure walks through a list)
    with pytest.raises(TypeError):
        views["another"] = None


def test_what_is_stated_as_the_default_is_stated(bundled):
    evidence = [{"id": "A", "title": "A", "kind": "other", "assurance": "documented"}]
    document = {**BARE, "evidence": evidence, "structure": {"divisions": {"of": 0, "entries": []}}}
    raw = json.dumps(document).encode()
    assert type(read(raw, "x", bundled, one_of_many=True).evidence["A"]) is not type(read(raw, "x", bundled).evidence["A"])


CURIOUS = RULE.format(
    name="curious",
    body="""import attrs, copy
    from engagecheck.listing import Listing
    from engagecheck.sections.leadership import Post
    if fact.now is None or fact.before is None:
        return None
    known = isinstance(fact, Post) and isinstance(fact.before, Listing)
    held = [one.status for one in fact.before.whole()] + [attrs.evolve(fact.now, status="vacant").status]
    same = fact == copy.deepcopy(fact) and len({fact, copy.copy(fact)}) == 1
    return known and same and held[-1] == "vacant" and "now" in attrs.asdict(fact)""",
).replace("talent.leadership_strategy", "leadership.chief_executive")


def lines_of(raws, options, **executor):
    _maker.cache_clear()
    try:
        return b"".join(one.lines for one in done(of_contents("profile", raws), options, **executor))
    finally:
        _maker.cache_clear()


def test_a_batch_is_the_same_with_and_without_and_in_threads(tmp_path, monkeypatch):
    (tmp_path / "curious.py").write_text(CURIOUS)
    raws = [path.read_bytes() for path in PROFILES] * (1 + 2 * MANY // len(PROFILES))
    raws += [b"{}", raws[0].replace(b'"name"', b'"name": "A", "name"', 1)]
    options = Options(folders=(str(tmp_path),), third_party=False)
    with_it = lines_of(raws, options)
    with ThreadPoolExecutor(4) as threads:
        assert lines_of(raws, options, executor=threads) == with_it
    monkeypatch.setattr(encoding, "msgspec", None)
    assert lines_of(raws, options) == with_it
    lines = [json.loads(line) for line in with_it.splitlines()]
    assert {line["criteria"]["curious/asked"]["outcome"] for line in lines[:-2]} <= {"met", "not_evidenced"}
    assert any(line["criteria"]["curious/asked"]["outcome"] == "met" for line in lines[:-2])
    assert all("errors" in line for line in lines[-2:])


@pytest.mark.parametrize(
    ("yardstick", "body", "result"),
    [
        ("grades(met=('good',))", "class Grade(str): pass\n    return Grade('good')", {"outcome": "met", "value": "good"}),
        ("at_least(1)", "return 10**5000", {"outcome": "error", "value": None}),
        ("at_least(1)", "return 10**300", {"outcome": "met", "value": 10**300}),
        ("at_least(1)", "return float('nan')", {"outcome": "error", "value": None}),
    ],
)
def test_an_odd_value_costs_at_most_its_criterion(yardstick, body, result, tmp_path, monkeypatch):
    rule = RULE.format(name="odd", body=body).replace("at_least,", "at_least, grades,").replace("yardstick=yes", f"yardstick={yardstick}")
    (tmp_path / "odd.py").write_text(rule)
    options = Options(folders=(str(tmp_path),), third_party=False)
    raw = json.dumps({**BARE, "talent": {"leadership_strategy": True}}).encode()
    with_it = lines_of([raw], options)
    assert json.loads(with_it)["criteria"]["odd/asked"] == result
    monkeypatch.setattr(encoding, "msgspec", None)
    assert lines_of([raw], options) == with_it


def test_the_reader_in_c_is_used_from_the_hundredth_profile_on(monkeypatch):
    asked = []
    raw = (EXAMPLES / "sound.json").read_bytes()

    monkeypatch.setattr(batch, "read", lambda *args, one_of_many: asked.append(one_of_many) or read(*args))
    _maker.cache_clear()
    deque = list(audit_many([raw] * (MANY + 2)))
    _maker.cache_clear()
    assert len(deque) == MANY + 2
    assert asked == [False] * MANY + [True] * 2
