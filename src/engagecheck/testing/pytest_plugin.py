"""The pytest plugin. It collects each case and check of top-level `Cases` as a test, and provides the `audit_rule` fixture."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from engagecheck.model.report import Finding
from engagecheck.testing.cases import Cases
from engagecheck.testing.judge import audit_rule as audit_one_rule


@pytest.fixture
def audit_rule() -> Callable[..., Finding]:
    """`engagecheck.testing.audit_rule`: the finding of a rule on a sound profile with changes."""
    return audit_one_rule


def pytest_pycollect_makeitem(collector: pytest.Module, name: str, obj: Any) -> "_Group | None":
    """Collect `Cases` as a group of tests. Returns `None` for anything else."""
    if isinstance(obj, Cases):
        group: _Group = _Group.from_parent(collector, name=name)
        group.cases = obj
        return group
    return None


class _Group(pytest.Collector):
    cases: Cases

    def collect(self) -> Iterator[pytest.Item]:
        for name, check in self.cases.checks():
            item: _Check = _Check.from_parent(self, name=name)
            item.check = check
            yield item


class _Check(pytest.Item):
    check: Callable[[], Iterator[str]]

    def runtest(self) -> None:
        complaints = list(self.check())
        if complaints:
            pytest.fail("\n".join(complaints), pytrace=False)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        return self.path, None, f"{self.parent.name if self.parent else ''}: {self.name}"
