"""The checklist for one medical leader: 16 questions, and what follows from the answers.

The answers of one person come in. What is in place, what to ask for and where to begin goes out. Nothing is kept.
"""
