"""Accepted gaps and attestations for tests."""

import json

from engagecheck.audit.overrides import Overrides, accepted_gaps, attestations

HIGH = "senior-selection/beyond-clinical-expertise"


def gap(criterion=HIGH, approved="2025-10-01", expires="2026-05-31", **more):
    return {"criterion": criterion, "reason": "Because.", "approver": "people committee", "approved_on": approved, "expires_on": expires, **more}


def attest(criterion, on="2026-01-01", until="2026-12-31", **more):
    return {"criterion": criterion, "statement": "So it is.", "role": "medical director", "method": "observed", "on": on, "valid_until": until, **more}


def overrides(gaps=(), vouched=()):
    found = Overrides()
    if gaps:
        found += accepted_gaps(json.dumps({"accepted_gaps": list(gaps)}).encode(), "gaps.json")
    if vouched:
        found += attestations(json.dumps({"attestations": list(vouched)}).encode(), "attestations.json")
    return found
