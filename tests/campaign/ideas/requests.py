"""Ideas about requests to the workplace that no browser sends: other charsets, torn bodies, every method, raw lines and odd files."""

import html
import io
import json
import re
import socket
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

from common import Fault

from walk import served

from .served import PASSWORD, Browser, workplace
from .shared import MINI, VALE, run, told, vale

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--\r\n'
BODIES: tuple[tuple[str, bytes | None, dict[str, str]], ...] = (
    ("HEAD", None, {}), ("OPTIONS", None, {}), ("PUT", b"x", {}), ("DELETE", None, {}), ("PATCH", b"{}", {"Content-Type": "application/json"}), ("POST", b"", {}), ("POST", b'--x\r\nContent-Disposition: form-data; name="a', {"Content-Type": PARTS}),
    ("GET", None, {"HX-Request": "true", "HX-Target": "x"}), ("GET", None, {"Accept-Language": "de", "Range": "bytes=0-5"}), ("POST", b"a=%ff%fe&v:x=%00&w:x=1", {"Content-Type": FORM}),
)  # fmt: skip
PAGES = ("", "questions/appraisal", "questions/structure", "tracker", "steps", "members", "survey", "wanted", "evidence", "peers", "what-if", "remove-text", "part", "published")
LINES = (
    b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: 127.0.0.1", b"GET /static/%2e%2e/%2e%2e/secret HTTP/1.1\r\nHost: 127.0.0.1", b"GET //etc/passwd HTTP/1.1\r\nHost: 127.0.0.1", b"GET http://evil/ HTTP/1.1\r\nHost: 127.0.0.1", b"GET / HTTP/1.1",
    b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1", b"POST /sign-in HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nContent-Length: 6", b"GET / HTTP/1.1\r\nHost: evil", b"GET / HTTP/1.1\r\nHost: [::1", b"BREW / HTTP/1.1\r\nHost: 127.0.0.1",
    b"GET /%ff%fe?%ff=%fe HTTP/1.1\r\nHost: 127.0.0.1", b"GET /\xff\xfe HTTP/1.1\r\nHost: 127.0.0.1", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid=\xff; csrftoken=\xff", b"GET /api/openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \xff\xfe",
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Remote-User: lead", b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * 300_000, b"POST /api/assessments/1/audits HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \x00\r\nContent-Length: 0",
)  # fmt: skip
"""Requests as they go through the wire, without their empty line."""
RUNS_IN_A_BROWSER = ("a.html", "a.HTM", "a.svg", "a.svgz", "a.xhtml", "a.mht", "a.js", "a.html ", "a.html.", "a.shtml", "a.xml", "a.hta", "a.exe", "a.html\u200b", '%22;x=%22.pdf', "b.txt", ".html", "noext", "../../etc/a.pdf")


def other_charsets() -> Fault:
    """A form in another charset is refused with code 400 and one sentence, whoever sends it."""
    said = []
    with workplace() as base:
        for who, place in (("", "/sign-in"), ("lead", "/begin")):
            browser = Browser(base, who)
            browser.get(place)
            for charset in ("utf-16", "utf-7", "rot13", "latin-1", "nonsense"):
                for kind, body in ((FORM, b"a=1"), (PARTS, PART)):
                    sent = browser.send("POST", place, body, **{"Content-Type": f"{kind}; charset={charset}"})
                    if sent.code != 400 or "<" in sent.text or sent.text.strip().count("\n"):
                        said.append(f"{who or 'nobody'} with {charset}: code {sent.code}, {sent.text[:200]}")
    return told(said)


def every_method() -> Fault:
    """Every method, without a body or with a torn one, at every page is no fault of the program, and changes nothing."""
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(vale())
        before = lead.profile(where)
        for page in PAGES:
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', lead.get(f"{where}steps").text)
            for method, body, headers in BODIES:
                asked = "?edition=zz&meeting=zz&since=-1&section=%00&page=x&question=%FF" if method == "GET" else ""
                lead.send(method, f"{where}{page}{asked}", body, **{"X-CSRFToken": token[1] if token else "", **headers})
        return None if lead.profile(where) == before else "the profile is another"


def raw_lines() -> Fault:
    """Lines that no browser sends end without a fault, show no file of the machine, and let nobody in."""
    said = []
    with workplace() as base:
        address = urllib.parse.urlsplit(base)
        for line in LINES:
            answer = _sent((address.hostname or "", address.port or 0), line + b"\r\n\r\n")
            if (answer[9:10] == b"5" and answer[9:12] not in (b"501", b"505")) or b"root:" in answer or b"/sign-out" in answer:
                said.append(f"{line[:70]!r}: {answer[:40]!r}")
        if Browser(base, "lead").get("/").code != 200:
            said.append("the workplace does not answer any more")
    return told(said)


def _sent(address: tuple[str, int], raw: bytes) -> bytes:
    answer = b""
    with socket.create_connection(address, 10) as wire:
        wire.settimeout(0.3)
        try:
            wire.sendall(raw)
            while piece := wire.recv(65536):
                answer += piece
        except OSError:  # it keeps the line open, or has ended it
            pass
    return answer


def odd_uploads() -> Fault:
    """Odd files at every place that takes one end in words, and change nothing."""
    run("convert", VALE, "p.xlsx")
    book, bomb = Path("p.xlsx").read_bytes(), io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("[Content_Types].xml", "<x/>")
        parts.writestr("a", b"0" * 30_000_000)
    files = {
        "empty.json": b"", "deep.json": b"[" * 100_000, "n.json": b'{"organisation": NaN}', "u.json": b"\xff\xfe\x00", "torn.xlsx": book[:-400], "no.xlsx": b"PK\x03\x04no", "bomb.xlsx": bomb.getvalue(),
        "l.jsonl": b"{}\n[]\n", "nul.csv": b"\x00,\x00\n", "x.ods": b"PK\x05\x06" + bytes(18), "noext": b"x", "p.docm": b"x", "form.html": b"<html>",
    }  # fmt: skip
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(MINI)
        before = lead.profile(where)
        for place, field in (("/bring", "file"), (f"{where}part", "part"), (f"{where}published", "published"), (f"{where}worked-tracker", "worked"), (f"{where}papers/docx", "template"), (f"{where}peers", "peers")):
            for name, raw in files.items():
                lead.get(f"{where}steps").upload(place, field, raw, name)
        return None if lead.profile(where) == before else "the profile is another"


def evidence_that_runs() -> Fault:
    """No file of evidence is shown by a browser: what is kept is given as a download of a kind that runs nowhere."""
    said = []
    with workplace() as base:
        lead = Browser(base, "lead")
        where = lead.begin(vale())
        pages = [html.unescape(one) for one in re.findall(rf'href="({where}questions/evidence/[^"]+)"', lead.get(f"{where}questions/evidence").text)]
        page = next(one for one in pages if "AR2526" in lead.get(one).text)
        for name in RUNS_IN_A_BROWSER:
            lead.get(page).upload(page.replace("/questions/evidence/", "/evidence/") + "/add", "file", b"<script>alert(1)</script> %PDF " + name.encode(), name)
        for place in dict.fromkeys(re.findall(r'href="(/[^"]*/files?/[^"]*)"', lead.get(page).text)):
            got = lead.get(html.unescape(place))
            kind, way = got.headers.get("Content-Type", ""), got.headers.get("Content-Disposition", "")
            if b"<script>" in got.body and ("attachment" not in way or "html" in kind or "svg" in kind):
                said.append(f"{place}: {kind}, {way}")
    return told(said)


def versions_that_are_none() -> Fault:
    """A program that names no version, another one, several or nonsense overwrites no save that it has not read."""
    said = []
    with workplace() as base:
        lead, program = Browser(base, "lead"), Browser(base)
        where = lead.begin(vale())
        bearer, place = lead.token(), f"/api{where}profile"
        old, stale = program.get(place, **bearer).headers["ETag"], program.body
        lead.type(where, "appraisal/appraisers", "95")
        for match in (None, "*", f"W/{old}", f'{old}, "999"', old.strip('"'), f'"{"9" * 5000}"', '""', '"-1"', '"1e3"', '"\xd9\xa3"', old):
            code = program.send("PUT", place, stale, **bearer, **{"Content-Type": "application/json"} | ({"If-Match": match} if match else {})).code
            if json.loads(program.get(place, **bearer).body)["appraisal"]["appraisers"] != 95:
                said.append(f"{str(match)[:20]} overwrote it with code {code}")
                break
    return told(said)


def where_a_sign_in_leads() -> Fault:
    """Who signs in stays at the workplace, wherever the address of the page wants to lead."""
    said = []
    with workplace() as base:
        for place in ("//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)", "///evil.example", "/\r\nX: 1", "http:evil.example", "\thttps://evil.example"):
            browser = Browser(base).get(f"/sign-in?next={urllib.parse.quote(place)}")
            fields = dict(re.findall(r'name="(next)" value="([^"]*)"', browser.text)) | {"username": "other", "password": PASSWORD}
            browser.post(browser.url, {name: html.unescape(value) for name, value in fields.items()})
            if not browser.url.startswith(f"{base}/") or browser.code >= 400 or "/sign-out" not in browser.text:
                said.append(f"{place!r} leads to {browser.url} with code {browser.code}")
    return told(said)


def link_at_another_address() -> Fault:
    """The link that `serve` shows can be opened, at the IPv6 address of the machine too."""
    with socket.socket(socket.AF_INET6) as probe:
        try:
            probe.bind(("::1", 0))
        except OSError:  # this machine has no such address
            return None
    with served("served", options=("--host", "::1")) as process, urllib.request.urlopen(process.link, timeout=60) as answer:  # noqa: S310  # our own
        right = answer.status == 200 and answer.geturl().startswith(process.base)
        return None if right else f"{process.link}: {answer.status}, {answer.geturl()}"
