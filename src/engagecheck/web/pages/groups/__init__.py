"""The questionnaire for groups: opened by a lead, answered with a code, and summed up once at closing.

In come numbers of people invited, and answers. Out go codes, once, and at closing the means that are not suppressed.
"""
