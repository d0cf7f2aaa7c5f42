"""The workplace for other programs: four routes, with a token that a person made.

A profile comes in as JSON. A profile or a report goes out as JSON. Limits and refusals are those of the command line.
"""
