"""The kit for rule authors: put a rule or a criterion to facts, and have every case of it checked.

Usable from any test runner; with pytest, `Cases` at the top level of a test file are collected, a test a case and a check.
"""

from engagecheck.testing.cases import Cases as Cases
from engagecheck.testing.judge import audit_rule as audit_rule
from engagecheck.testing.judge import judge as judge
from engagecheck.testing.judge import sound_profile as sound_profile

__all__ = ["Cases", "audit_rule", "judge", "sound_profile"]
