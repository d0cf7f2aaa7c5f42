"""Values only: profiles, listings, dates, answers, results, the report; and what the schemas say.

Nothing comes in but values. What goes out are frozen values that every other package passes on.
"""
