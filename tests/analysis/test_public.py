"""The public edition: the same rating and outcomes, and nothing in any format of what is not for publication."""

import copy
import io
import json
import re
import zipfile

import pytest
from msgspec import to_builtins

from conftest import EXAMPLES, SOUND
from engagecheck import AuditSettings, InputRefused, Style, load_profile, run_audit
from engagecheck.analysis.public import NOT_PUBLISHED, SUMS, public_edition
from engagecheck.analysis.saved import read_report
from engagecheck.audit.overrides import accepted_gaps, attestations
from machine import pdf
from reporters_varied import REGISTRY, full

FORMATS = [pytest.param(name, marks=pytest.mark.exhaustive if name == "pdf" else ()) for name in sorted(REGISTRY.reporters)]
FOLDER = EXAMPLES / "journey"


def planted():
    """A profile in which everything that must not be published is a secret, and what the secrets are."""
    document = copy.deepcopy(SOUND)
    secrets = []

    def secret(kind):
        secrets.append(f"Zq{len(secrets)}{kind}")
        return secrets[-1]

    for item in document["evidence"]:
        item |= {"title": secret("title"), "publisher": secret("publisher"), "reference": secret("reference")}
    for entry in document["leadership"]["clinical_directors"]["entries"][:3]:
        entry |= {"post": secret("post"), "private": True}
    for entry in document["structure"]["departments"]["entries"][:2]:
        entry |= {"name": secret("department"), "leader": secret("leader")} if "leader" in entry else {"name": secret("department")}
    document["structure"]["divisions"]["entries"][0] |= {"name": secret("division")}
    document["not_for_publication"] = ["/structure/departments", "/structure/divisions", "/appraisal", "/organisation/ods_code"]
    document["organisation"]["ods_code"] = "ZQ9"
    return document, [*secrets, "ZQ9"]


def report_and_secrets():
    document, secrets = planted()
    gaps = {"accepted_gaps": [{"criterion": name, "reason": f"Zqreason{number}", "approver": "Zqapprover", "approved_on": "2026-01-01", "expires_on": "2027-01-01"} for number, name in enumerate(questions())]}
    statements = {"attestations": [{"criterion": name, "statement": "Zqstatement", "role": "Zqrole", "method": "observed", "on": "2026-01-01", "valid_until": "2027-01-01"} for name in questions()]}
    settings = AuditSettings(overrides=accepted_gaps(json.dumps(gaps).encode(), "g") + attestations(json.dumps(statements).encode(), "a"))
    report = run_audit(document, REGISTRY, settings)
    digests = [report.report_digest, report.profile_digest, *report.inputs.values()]
    return report, [*secrets, "Zqapprover", "Zqrole", *(digest[:12] for digest in digests)]


def questions():
    return [one.id for finding in run_audit(SOUND, REGISTRY).findings for one in finding.criteria]


def words(raw):
    """All that can be read in a paper, also in hidden sheets, comments, properties and the streams of a PDF."""
    if raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            parts = [archive.read(name) for name in archive.namelist()]
        text = "\n".join(part.decode("utf-8", "replace") for part in parts)
        return f"{text}\n{re.sub('<[^>]+>', '', text)}"
    if raw.startswith(b"%PDF"):
        pypdf = pytest.importorskip("pypdf")
        reader = pypdf.PdfReader(io.BytesIO(raw))
        return "\n".join([*(page.extract_text() for page in reader.pages), str(reader.metadata), str(reader.trailer), str(reader.xmp_metadata)])
    return raw.decode()


def rendered(name, report):
    if name == "pdf":
        pdf()
    made = REGISTRY.reporters[name].render(report, Style())
    return words(made if isinstance(made, bytes) else made.encode())


@pytest.fixture(scope="module")
def both():
    report, secrets = report_and_secrets()
    return report, public_edition(report), secrets


@pytest.mark.parametrize("name", FORMATS)
def test_no_secret_is_in_any_format_and_each_says_what_it_is(both, name):
    report, edition, secrets = both
    text = rendered(name, edition)
    assert [secret for secret in secrets if secret in text] == []
    assert re.search('public.edition|"public": true', text, re.IGNORECASE)
    assert not re.search(r"\(;|Responsible: ;|by {2}| by until|\n *, |\n *; ", text)
    if name not in ("csv", "summary"):  # these hold nothing secret but owners
        full_text = rendered(name, report)
        assert any(secret in full_text for secret in secrets)


def test_rating_and_outcomes_are_those_of_the_full_audit(both):
    report, edition, _ = both
    kept = [(one.id, one.outcome, one.at_worst, one.at_best, one.disposition, one.yardstick) for finding in report.findings for one in finding.criteria]
    assert [(one.id, one.outcome, one.at_worst, one.at_best, one.disposition, one.yardstick) for finding in edition.findings for one in finding.criteria] == kept
    for part in ("level", "could_be", "score", "ladders", "flags", "coverage", "gate"):
        assert getattr(edition.summary, part) == getattr(report.summary, part)
    assert [finding.score for finding in edition.findings] == [finding.score for finding in report.findings]
    assert edition.exit_code == report.exit_code


def test_what_rests_on_what_is_left_out_loses_value_and_reasons_and_nothing_else_does(both):
    report, edition, _ = both
    before = {one.id: one for finding in report.findings for one in finding.criteria}
    lost = set()
    for finding in edition.findings:
        for one in finding.criteria:
            if len(one.facts) < len(before[one.id].facts):
                lost.add(one.id)
                assert (one.value, one.value_text, one.counted, one.message) == (None, "", None, NOT_PUBLISHED)
                assert not any(item.text for item in one.overrides)
            else:
                assert (one.value, one.message) == (before[one.id].value, before[one.id].message)
    assert 5 < len(lost) < len(before) - 5
    assert not any(fact.line or fact.cell or fact.pointer.startswith("/appraisal") for finding in edition.findings for one in finding.criteria for fact in one.facts)


def test_it_is_a_report_that_can_be_saved_and_read_and_a_public_edition_of_it_is_itself(both):
    _, edition, _ = both
    again = read_report(json.dumps(to_builtins(edition)).encode(), "report.json")
    assert again == edition
    assert public_edition(again) is again


def test_two_profiles_that_differ_only_in_what_is_left_out_have_the_same_public_edition():
    document, _ = planted()
    other = json.loads(json.dumps(document).replace("Zq", "Other"))
    assert public_edition(run_audit(document, REGISTRY)) == public_edition(run_audit(other, REGISTRY))


def test_a_sum_does_not_tell_the_part_that_is_left_out():
    for name in SUMS:
        facts = {fact.pointer for fact in full().results[name].facts}
        assert len(facts) >= 4
        for marked in facts:
            report = run_audit(SOUND | {"not_for_publication": [marked]}, REGISTRY)
            assert not facts & {fact.pointer for one in public_edition(report).results.values() for fact in one.facts}


def test_nothing_needs_to_be_marked():
    report = full()
    edition = public_edition(report)
    assert edition.public
    assert not any(one.evidence for finding in edition.findings for one in finding.criteria)


@pytest.mark.parametrize(
    ("pointer", "words"),
    [
        ("/leadership/clinical_director", "no fact is at '/leadership/clinical_director'"), ("/leadership/", "no fact is at"), ("/nothing", "no fact is at"),
        ("/as_of", "no fact is at"), ("/organisation/name", "is always published"), ("/organisation", "is always published"), ("/sign_off", "is always published"), ("/accepted_gaps/0", "no fact is at"),
        *((f"/structure/divisions/entries/{one}", "write the whole list, /structure/divisions") for one in ("0", "00", "*", "-1", "99", "0/name")),
    ],
)  # fmt: skip
def test_a_mark_that_would_keep_nothing_back_is_refused(pointer, words):
    with pytest.raises(InputRefused) as refused:
        load_profile({**SOUND, "not_for_publication": ["/leadership/clinical_directors", pointer]})
    (complaint,) = refused.value.complaints
    assert words in complaint


@pytest.mark.parametrize("pointer", ["/accepted_gaps", "/attestations", "/leadership", "/structure/divisions/entries", "/extensions/mine/fact"])
def test_a_mark_on_a_fact_is_accepted_whether_it_is_stated_or_not(pointer):
    assert load_profile({**SOUND, "not_for_publication": [pointer]}).not_for_publication == (pointer,)


def test_the_commands_write_the_same_public_edition_and_what_they_refuse(run, tmp_path):
    document, secrets = planted()
    (tmp_path / "p.json").write_text(json.dumps(document))
    run("audit", "p.json", "-f", "json=full.json", "-f", "html=full.html", "--fail-on", "never")
    run("audit", "p.json", "--public", "-f", "json=a.json", "-f", "html=a.html", "--fail-on", "never")
    done = run("render", "full.json", "--public", "-f", "json=b.json", "-f", "html=b.html")
    assert done.returncode == 0, done.stderr
    for form in ("json", "html"):
        assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"b.{form}").read_bytes()
        assert not any(secret in (tmp_path / f"a.{form}").read_text() for secret in secrets)
    done = run("verify", "a.json", "p.json")
    assert (done.returncode, done.stderr.strip()) == (3, b"a.json: a public edition leaves out what is compared here; verify the full report instead")
    run("audit", "p.json", "-f", "xlsx=t.xlsx")
    done = run("audit", "p.json", "--public", "-f", "xlsx=u.xlsx", "--carry", "t.xlsx")
    assert (done.returncode, b"--carry would bring owners" in done.stderr) == (2, True)


@pytest.mark.parametrize("kind", ["accepted_gaps", "attestations"])
def test_gaps_and_attestations_that_are_marked_lose_their_texts(kind):
    name = "appraisal-and-revalidation/job-plans"
    gap = {"criterion": name, "reason": "A text", "approver": "board", "approved_on": "2025-01-01", "expires_on": "2026-01-01"}
    vouched = {"criterion": name, "statement": "A text", "role": "chair", "method": "observed", "on": "2025-01-01", "valid_until": "2026-01-01"}
    document = json.loads((EXAMPLES / "published/RR8.json").read_text())
    document[kind] = [gap if kind == "accepted_gaps" else vouched]
    texts = []
    for marks in ([], [f"/{kind}"]):
        edition = public_edition(run_audit({**document, "not_for_publication": marks}, REGISTRY))
        texts.append([item.text for finding in edition.findings for one in finding.criteria for item in one.overrides])
    assert texts == [["A text"], [""]]


def test_an_earlier_report_tells_nothing_that_is_marked_now(run, tmp_path):
    document, secrets = planted()
    (tmp_path / "now.json").write_text(json.dumps(document))
    (tmp_path / "before.json").write_text(json.dumps({**document, "not_for_publication": []}))
    run("audit", "before.json", "-f", "json=before-report.json")
    texts = []
    for option in ("--public", "--detail"):
        done = run("audit", "now.json", option, "--as-of", "2026-12-31", "--since", "before-report.json", "-f", f"docx={option}.docx")
        assert (tmp_path / f"{option}.docx").exists(), done.stderr
        texts.append(words((tmp_path / f"{option}.docx").read_bytes()))
    assert not any(secret in texts[0] for secret in secrets)
    counts = re.compile(r"[0-9]+ of 612")  # doctors in appraisal, which is marked
    assert counts.search(texts[1])
    assert not counts.search(texts[0])
