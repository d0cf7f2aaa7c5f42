"""What follows from an assessment: what would change it, its peers, its actions and reminders, and what expires.

The report of an assessment comes in, with what people wrote about its actions. Pages and files go out.
"""
