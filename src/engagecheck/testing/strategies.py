"""Strategies of hypothesis for dates, lists and facts. Importing this module registers them for `st.from_type`."""

from datetime import date
from inspect import getmembers, isclass
from typing import Any, get_args, get_type_hints

from hypothesis import strategies as st
from msgspec import Struct

from engagecheck.audit.scoring import GATED
from engagecheck.audit.settings import AuditSettings
from engagecheck.model import sections
from engagecheck.model.dates import DateOrWord, PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.profile import Evidence, Organisation

_FIRST, _LAST = date(1990, 1, 1), date(2040, 12, 31)
_MOST_ENTRIES = 4


def dates() -> st.SearchStrategy[PartialDate]:
    """Partial dates, each a day or a month."""
    days = st.dates(_FIRST, _LAST)
    return st.builds(lambda day, length: PartialDate(day.isoformat()[:length]), days, st.sampled_from([7, 10]))


def listings(kind: Any) -> st.SearchStrategy[Listing[Any]]:
    """Lists without a stated total, or with one that is large enough."""
    (entry,) = get_args(kind) or (str,)
    entries = st.lists(st.from_type(entry), max_size=_MOST_ENTRIES).map(tuple)
    unlisted = st.none() | st.integers(0, _MOST_ENTRIES)
    return st.builds(
        lambda shown, more, since: Listing(None if more is None else len(shown) + more, shown, since),
        entries, unlisted, st.none() | dates(),
    )  # fmt: skip


def facts(kind: Any) -> st.SearchStrategy[Any]:
    """Groups of facts, each fact stated or missing. No fact is NaN."""
    return st.builds(kind, **{name: st.from_type(hint).filter(_is_itself) for name, hint in get_type_hints(kind).items()})


def audit_settings(_kind: Any) -> st.SearchStrategy[AuditSettings]:
    """Audit settings that name no files."""
    return st.builds(
        AuditSettings,
        as_of=st.none() | st.dates(_FIRST, _LAST),
        fail_on=st.none() | st.sampled_from(sorted(GATED)),
        min_coverage=st.none() | st.floats(0, 100),
    )


def _is_itself(value: Any) -> bool:
    return bool(value == value)  # NaN is the only value that differs from itself


def _groups() -> set[type[Struct]]:
    modules = {section.__module__.rpartition(".")[2] for section in sections.SECTIONS.values()}
    classes = (kind for module in modules for _, kind in getmembers(getattr(sections, module), isclass))
    return {kind for kind in classes if issubclass(kind, Struct) and kind is not Struct and kind is not Listing}


st.register_type_strategy(PartialDate, lambda _kind: dates())
st.register_type_strategy(DateOrWord, lambda _kind: st.sampled_from(["present", "none", "2021-04"]).map(DateOrWord))
st.register_type_strategy(Listing, listings)
st.register_type_strategy(AuditSettings, audit_settings)
_GROUPS: set[type[Struct]] = {*_groups(), Organisation, Evidence}
for _group in _GROUPS:
    st.register_type_strategy(_group, facts)
