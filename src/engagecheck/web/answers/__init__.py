"""A stored document, and what a person types into it. There is nothing of Django in here.

In come a document with marked entries, the typed texts that failed a check, and changes. Out go the same two, every
disagreement with another person, and what is wrong with each typed text.
"""
