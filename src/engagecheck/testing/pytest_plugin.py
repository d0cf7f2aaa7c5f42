"""For pytest: `Cases` at the top level of a test file become a test for each case and check; a fixture audits a rule."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from engagecheck.model.report import Finding


@pytest.fixture
def audit_rule() -> "Callable[..., Finding]":
    """`engagecheck.testing.audit_rule`: the finding of a rule on a sound profile with changes."""
    from engagecheck import testing

    return testing.audit_rule


def pytest_pycollect_makeitem(collector: pytest.Module, name: str, obj: Any) -> "_Group | None":
    """Collect `Cases`; whoever has none of them does not even load them."""
    if type(obj).__module__ == "engagecheck.testing.cases" and type(obj).__name__ == "Cases":
        group: _Group = _Group.from_parent(collector, name=name)
        group.cases = obj
        return group
    return None


class _Group(pytest.Collector):
    """The tests of one criterion's cases."""

    cases: Any = None

    def collect(self) -> Iterator[pytest.Item]:
        for name, check in self.cases.checks():
            item: _Check = _Check.from_parent(self, name=name)
            item.check = check
            yield item


class _Check(pytest.Item):
    """One case, or one check."""

    check: Any = None

    def runtest(self) -> None:
        found = list(self.check())
        if found:
            pytest.fail("\n".join(found), pytrace=False)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        return self.path, None, f"{self.parent.name if self.parent else ''}: {self.name}"
