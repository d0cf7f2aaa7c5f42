"""A page asks the database as often for thirty rows as for three."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

HERE = "/assessments/1"
PAGES = {
    "lead": [
        "/", "/organisations/", f"{HERE}/", f"{HERE}/trail", f"{HERE}/remarks", f"{HERE}/wanted", f"{HERE}/members", f"{HERE}/steps", f"{HERE}/results",
        f"{HERE}/years", f"{HERE}/peers", f"{HERE}/evidence", f"{HERE}/reminders", f"{HERE}/tracker", f"{HERE}/questions/appraisal", f"{HERE}/next-year", "/programs",
    ],
    "contributor": ["/", f"{HERE}/trail", f"{HERE}/reminders"],
    "auditor": ["/organisations/", "/"],
    "administrator": ["/people"],
}  # fmt: skip


def more(team, document, count):
    """That many rows of each kind. Each new assessment is of another organisation, and half of them are the lead's."""
    from engagecheck.web.models import (
        Approval,
        Assessment,
        Change,
        Membership,
        Organisation,
        Remark,
        Revision,
        StoredFile,
        Token,
        Wanted,
    )
    from engagecheck.web.team.accounts import make

    own = team.assessment
    for _ in range(count):
        number = Organisation.objects.count()
        organisation = Organisation.objects.create(name=f"Trust {number}")
        other = Assessment.objects.create(organisation=organisation, document=document | {"organisation": document["organisation"] | {"name": f"Trust {number}"}})
        user = make(f"user{number}", {})
        for held in (Membership(assessment=other, user=team.users["lead"], role="lead"), Membership(assessment=own, user=user, role="contributor", sections=["talent"])):
            held.save()
        Change.objects.create(assessment=own, section="appraisal", address="appraisal/connected", what="answer", by=str(user))
        Remark.objects.create(assessment=own, address="appraisal/connected", text="?", by=str(user))
        Wanted.objects.create(assessment=own, section="appraisal", text="a list", asked=team.users["contributor"], due=date(2027, 1, 1), by="lead")
        Wanted.objects.create(assessment=own, section="appraisal", text="a list", asked=user, due=date(2027, 1, 1), by="lead")
        file = StoredFile.objects.create(organisation=own.organisation, sha256=f"{number:064}", size=1)
        Revision.objects.create(assessment=own, entry=own.document["evidence"][0]["#"], file=file, name="a.txt", added_by=str(user))
        Token.objects.create(user=team.users["lead"], name="a program", digest=f"{number:064}")
        Approval.objects.create(assessment=own, version=1, document={}, files=[], report='{"run": {}}', report_digest=f"{number:064}", history_number=number, role="Board", by="lead")


def queries(client, page):
    with CaptureQueriesContext(connection, ) as asked:
        assert client.get(page).status_code == 200, page
    return len(asked)


@pytest.mark.exhaustive
@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_as_often_for_thirty_rows_as_for_three(team, name):
    document, client = team.assessment.document, team.clients[name]
    more(team, document, 3)
    counts = {page: queries(client, page) for page in PAGES[name]}
    more(team, document, 27)
    assert {page: queries(client, page) for page in PAGES[name]} == counts
    assert max(counts.values()) <= 25, counts
