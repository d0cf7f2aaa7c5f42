"""A case for each outcome and each edge; what is checked besides comes for free."""

from engagecheck_cpsi.advisory_committee import rule as committee
from engagecheck_cpsi.framework import extension, source
from engagecheck_cpsi.quality_leader import rule as leader

from engagecheck.testing import Cases

named = Cases(leader["doctor-named"], met=[{"doctor": True}], not_met=[{"doctor": False}], not_evidenced=[{}])
selected = Cases(
    leader["selected-openly"],
    met=[{"selection": "open competition"}],
    partly_met=[{"selection": "asked after interviews"}],
    not_met=[{"selection": "asked"}, {"selection": "by rota"}],
    not_evidenced=[{}],
)
charter = Cases(leader["charter-written"], met=[{"written": True}], not_met=[{"written": False}], not_evidenced=[{}])
data = Cases(
    leader["data-received"], met=[{"reports": 12}], partly_met=[{"reports": 4}], not_met=[{"reports": 3}], not_evidenced=[{}]
)
heard = Cases(
    leader["heard-by-the-board"],
    met=[{"reports": 4}],
    partly_met=[{"reports": 1}],
    not_met=[{"reports": 0}],
    not_evidenced=[{}],
)
supported = Cases(
    leader["supported"], met=[{"percent": 40}], partly_met=[{"percent": 20}], not_met=[{"percent": 19.9}], not_evidenced=[{}]
)
peers = Cases(leader["leads-peers"], met=[{"may": True}], not_met=[{"may": False}], not_evidenced=[{}])
guided = Cases(
    committee["decisions-guided"],
    met=[{"count": 18, "of": 20}],
    partly_met=[{"count": 10, "of": 20}],
    not_met=[{"count": 9, "of": 20}],
    not_applicable=[{"count": 0, "of": 0}],
    not_evidenced=[{}, {"count": 3}],
)


def meetings(*good):
    """Meetings of the committee, each with data and a response or with data alone."""
    shown = [{"on": f"2025-{number:02}-01", "data_reviewed": True, "responded": one} for number, one in enumerate(good, 1)]
    return {"of": len(good), "entries": shown}


reviewed = Cases(
    committee["data-reviewed"],
    met=[{"meetings": meetings(True, True, True, False)}],
    partly_met=[{"meetings": meetings(True, True, False, False)}],
    not_met=[{"meetings": meetings(True, False, False, False)}],
    not_applicable=[{"meetings": {"of": 0, "entries": []}}],
    not_evidenced=[{}],
)
told = Cases(
    committee["board-told"], met=[{"reports": 4}], partly_met=[{"reports": 1}], not_met=[{"reports": 0}], not_evidenced=[{}]
)


def test_a_rule_on_a_whole_profile(audit_rule):
    facts = {"extensions.cpsi.committee_board_reports": 4}
    finding = audit_rule(committee, facts, extension=extension, sources=(source,))
    assert [one.outcome for one in finding.criteria] == ["not_evidenced", "not_evidenced", "met"]
    assert finding.criteria[2].source.authority == "the Canadian Patient Safety Institute"
