"""What others have is brought into an assessment: published files, and the parts of colleagues.

A file comes in, and is kept until a person has looked at what it says. The profile with what was taken over goes out.
"""
