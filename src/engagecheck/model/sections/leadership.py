"""The posts at the top and the doctors who lead divisions and departments."""

from msgspec import Struct

from engagecheck.model.dates import DateOrWord, PartialDate
from engagecheck.model.listing import Listing


class Spell(Struct, frozen=True):
    """One person's unbroken time in a post in one capacity. `holder` is a letter that stands for the person.

    `until` is the last day or `present`. `starts` is the day on which a designate takes over.
    """

    holder: str | None = None
    kind: str | None = None
    since: PartialDate | None = None
    until: DateOrWord | None = None
    starts: PartialDate | None = None


class Post(Struct, frozen=True):
    """A post and the people who have held it. `across` is how many organisations share the holder."""

    role: str | None = None
    shared: str | None = None
    across: int | None = None
    created: PartialDate | None = None
    holders: Listing[Spell] | None = None


class NonExecutive(Struct, frozen=True):
    """A chair or non-executive director."""

    role: str
    since: PartialDate | None = None
    rigorous_review: bool | None = None
    extension_agreed: bool | None = None


class ClinicalDirector(Struct, frozen=True):
    """A post of divisional or clinical director held by a doctor. `leadership_training` is a day or `none`."""

    post: str
    private: bool | None = None
    since: PartialDate | None = None
    planned_change: bool | None = None
    leadership_training: DateOrWord | None = None
    open_competition: bool | None = None
    written_accountabilities: bool | None = None
    term_of_office: bool | None = None
    yearly_review: bool | None = None


class Leadership(Struct, frozen=True):
    """The posts at the top and the doctors who lead divisions and departments."""

    chief_executive: Post | None = None
    medical_director: Post | None = None
    other_executives: Listing[Post] | None = None
    non_executives: Listing[NonExecutive] | None = None
    clinical_directors: Listing[ClinicalDirector] | None = None
