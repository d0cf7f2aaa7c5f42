"""What a profile and an import, or a colleague's part, state differently, in words."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from engagecheck.intake.questions.places import shown_at, words_at
from engagecheck.model.schema import pointer_steps

Json = Any
WITH_NEW = "the list with the new entries"


class Difference(Struct, frozen=True):
    """A fact on which a profile and an import, or a colleague's part, do not agree, by its JSON Pointer.

    `entered_by` and `imported_by` say who stated the two. `because` says why the entered value stays, if there is
    no choice. `new` counts the entries that come with the imported total of a list.
    """

    pointer: str
    entered: Json
    imported: Json
    entered_by: str = "the profile"
    imported_by: str = "the file"
    because: str = ""
    new: int = 0

    @property
    def answers(self) -> tuple[str, str]:
        """Both values as the form shows them."""
        entered = "nothing" if self.entered is None else shown_at(self.pointer, self.entered)
        more = f", with {self.new} new {'entry' if self.new == 1 else 'entries'}" if self.new else ""
        return entered, f"{shown_at(self.pointer, self.imported)}{more}"

    def in_words(self, cells: Mapping[str, str] | None = None) -> str:
        """The difference as a sentence: where, and who says what. It names the cell if the profile is a workbook."""
        words, cell = words_at(self.pointer), (cells or {}).get(self.pointer)
        entered, imported = self.answers
        where = f"{cell} ({words})" if cell else words
        stays = f". It stays {'open' if self.entered is None else entered}, because {self.because}" if self.because else ""
        return f"{where}: {self.entered_by} says {entered}, {self.imported_by} says {imported}{stays}"


def stated_at(value: Json, pointer: str) -> Json:
    """What a document states at a pointer, or why it is withheld there."""
    for step in pointer_steps(pointer):
        if isinstance(value, list) and step.isdecimal() and int(step) < len(value):
            value = value[int(step)]
        elif not isinstance(value, Mapping):
            return None
        elif step in value:
            value = value[step]
        else:
            value = f"withheld: {value['withheld'][step]}" if step in value.get("withheld", {}) else None
    return value
