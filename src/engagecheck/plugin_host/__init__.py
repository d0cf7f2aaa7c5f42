"""Plugins: where they are, what they bring, whether they are fit to be shipped, and a scaffold for a new one.

Entry points and folders come in. A registry of rules, sources, formats, extensions, importers and scales goes out.
"""
