"""Work in a team: who may do what, and the steps from a draft to what the board reads.

In come a user, a role, a step and a route. Out goes yes or no. `table.py` holds every rule, as data.
"""
