"""One audit: evaluate every criterion, score the answers, describe them.

A profile, a registry and settings come in. A report goes out.
"""
