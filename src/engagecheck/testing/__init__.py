"""Test tools for rule authors: evaluate a rule or a criterion on facts, and check all its cases.

Facts are written as in a profile's JSON. The tools return results and complaints, so they work with any test runner. pytest
also collects `Cases` at the top level of a test file, and hypothesis can generate dates, lists and facts.
"""

from contextlib import suppress

from engagecheck.testing.cases import Cases
from engagecheck.testing.judge import audit_rule, judge, sound_profile

with suppress(ImportError):  # hypothesis is optional
    from engagecheck.testing import strategies as strategies

__all__ = ["Cases", "audit_rule", "judge", "sound_profile"]
