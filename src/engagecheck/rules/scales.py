"""Opinion scales: a word and a definition for each level. A scale does not derive the level."""

from collections.abc import Mapping

from attrs import frozen

from engagecheck.errors import RuleRefused
from engagecheck.model.outcomes import Level
from engagecheck.model.report import Scale
from engagecheck.rules.rule import ID


@frozen
class OpinionScale:
    """A named scale with `(word, definition)` for each level. Raises `RuleRefused` if one of these is missing or no text.

    `not_in_place` words the lowest level where failures are proven, which must not read as if something were only not shown.
    """

    name: str
    words: Mapping[Level, tuple[str, str]]
    not_in_place: tuple[str, str] | None = None

    def __attrs_post_init__(self) -> None:
        if not isinstance(self.name, str) or not ID.fullmatch(self.name):
            raise RuleRefused(f"the scale {self.name!r}: write its name in lower case with hyphens, such as four-step")
        if not isinstance(self.words, Mapping) or set(self.words) != set(Level):
            raise RuleRefused(f"the scale {self.name!r} needs a word and a definition for each of {', '.join(Level)}")
        pairs = [*self.words.values(), *([] if self.not_in_place is None else [self.not_in_place])]
        for pair in pairs:
            if not isinstance(pair, tuple) or len(pair) != 2 or not all(isinstance(one, str) and one.strip() for one in pair):
                raise RuleRefused(f"the scale {self.name!r}: {pair!r} is not a word and a definition, as two texts")

    def at(self, level: Level, *, proven_low: bool = False) -> Scale:
        """The level in the words of this scale. `proven_low` says that no unknown could lift the score to a higher level."""
        failed = self.not_in_place if proven_low and level is Level.UNPROVEN else None
        word, definition = failed or self.words[level]
        return Scale(self.name, word, definition)


JOURNEY = OpinionScale(
    "journey",
    {
        Level.UNPROVEN: (
            "Unproven",
            "Too little has been shown to say that doctors are engaged in leading care.",
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
    ("Not in place", "What has been shown says that much of what engaged organisations have in common is missing."),
)
