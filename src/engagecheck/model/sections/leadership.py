"""The posts at the top and the doctors who lead divisions and departments."""


from engagecheck.model.dates import PartialDate
from engagecheck.model.listing import Listing
from engagecheck.model.records import record


@record
class Holder:
    """How a post is held now."""

    status: str | None = None
    since: PartialDate | None = None
    arrangement: str | None = None
    appointee_named: bool | None = None
    doctor: bool | None = None


@record
class PastHolder:
    """One former holder of a post."""

    status: str | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    arrangement: str | None = None


@record
class Post:
    """A post: who holds it now and, apart from that, who held it before."""

    role: str | None = None
    now: Holder | None = None
    before: Listing[PastHolder] | None = None


@record
class NonExecutive:
    """A chair or non-executive director."""

    role: str
    since: PartialDate | None = None
    rigorous_review: bool | None = None
    extension_agreed: bool | None = None


@record
class ClinicalDirector:
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


@record
class Leadership:
    """The posts at the top and the doctors who lead divisions and departments."""

    chief_executive: Post | None = None
    medical_director: Post | None = None
    other_executives: Listing[Post] | None = None
    non_executives: Listing[NonExecutive] | None = None
    clinical_directors: Listing[ClinicalDirector] | None = None
