"""The pages of a team: its people, the steps, remarks, requests, the trail, and what the board reads.

A request that the table allows comes in. A page comes out.
"""
