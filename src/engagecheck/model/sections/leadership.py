"""The posts at the top and the doctors who lead divisions and departments."""

from msgspec import Struct

from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing


class Holder(Struct, frozen=True):
    """The present holder of a post, and the status."""

    status: str | None = None
    since: PartialDate | None = None
    arrangement: str | None = None
    appointee_named: bool | None = None
    doctor: bool | None = None


class PastHolder(Struct, frozen=True):
    """One former holder of a post."""

    status: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    arrangement: str | None = None


class Post(Struct, frozen=True):
    """A post, its present holder and its former holders."""

    role: str | None = None
    now: Holder | None = None
    before: Listing[PastHolder] | None = None


class NonExecutive(Struct, frozen=True):
    """A chair or non-executive director."""

    role: str
    since: PartialDate | None = None
    rigorous_review: bool | None = None
    extension_agreed: bool | None = None


class ClinicalDirector(Struct, frozen=True):
    """A post of divisional or clinical director held by a doctor."""

    post: str
    private: bool | None = None
    since: PartialDate | None = None
    planned_change: bool | None = None
    leadership_training: PartialDate | None = None
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
