"""Opinion scales: a word and a definition for each level. A scale does not derive the level."""

from collections.abc import Mapping

from attrs import frozen

from engagecheck.model.outcomes import Level
from engagecheck.model.report import Scale


@frozen
class OpinionScale:
    """A named scale with `(word, definition)` for each level. Raises `ValueError` if a level is missing."""

    name: str
    words: Mapping[Level, tuple[str, str]]

    def __attrs_post_init__(self) -> None:
        if set(self.words) != set(Level):
            raise ValueError(f"the scale {self.name!r} needs a word and a definition for each of {', '.join(Level)}")

    def at(self, level: Level) -> Scale:
        """The level in the words of this scale."""
        word, definition = self.words[level]
        return Scale(self.name, word, definition)


JOURNEY = OpinionScale(
    "journey",
    {
        Level.UNPROVEN: (
            "Unproven",
            "Too little has been shown, or too little is in place, to say that doctors are engaged in leading care.",
        ),
        Level.STARTING: (
            "Starting out",
            "Some of what engaged organisations have in common is shown to be in place; much, or something essential, is not.",
        ),
        Level.BUILDING: (
            "Building",
            "Most of what engaged organisations have in common is shown to be in place; some of it is incomplete or not shown.",
        ),
        Level.SUSTAINING: (
            "Sustaining",
            "What engaged organisations have in common is shown to be in place. The work is to keep it so; it never ends.",
        ),
    },
)
