"""What a rule author imports: rules, criteria, yardsticks, sources, scales, hooks, measures over posts and surveys.

Declarations come in when a rule module is imported. What goes out are frozen descriptions that an audit follows.
"""
