"""Comparison, trend, what-if, benchmark, history and verification of reports, and notes on a profile.

The functions take reports and profiles. They return structs that the papers show.
"""
