"""Reports as people and programs read them: one file a format, and what the formats share.

A report comes in. Text or bytes go out; nothing is derived here.
"""
