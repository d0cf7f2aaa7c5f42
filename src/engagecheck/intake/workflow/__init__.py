"""A profile's way through the year: several people fill it in, somebody signs it, and next year starts from it.

In come documents of profiles; out go documents. Nothing here reads or writes a file.
"""
