"""The workplace: a profile filled in, audited and kept in the browser, by one person at this machine.

In come the answers that a person types, and profiles as JSON or workbook. The profile's document is all that is kept.

Out go pages, the report with its papers, and the profile again. The engine derives every rating; nothing here does.
Only `engagecheck serve` imports this package.
"""
