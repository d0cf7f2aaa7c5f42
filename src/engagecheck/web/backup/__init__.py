"""A backup of the workplace in one file, made while it runs, and a workplace restored from it.

The rows of the database and the files of evidence go in, but neither tables nor the key. The migrations make the tables again.
"""
