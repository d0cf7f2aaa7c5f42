"""The pages of the workplace, one file for each part of it.

A request comes in. A page, a file or the way to another page goes out. The engine and `answers` decide.
"""
