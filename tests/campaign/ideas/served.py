"""A workplace of its own, served on loopback by a process that ends with the idea, and a small browser for it."""

import contextlib
import html
import http.cookiejar
import json
import re
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from common import started

from walk import served

PASSWORD = "correct horse battery staple"
HOUSE = Path("../house")
"""The workplace with its users, in the campaign's folder. Each idea works in a copy."""
RIGHTS = {"boss": ("--administrator",), "lead": ("--begins",), "lead2": ("--begins",), "other": ()}


@contextlib.contextmanager
def workplace() -> Iterator[str]:
    """Serve a new workplace with four users from the folder `house`, and give its address."""
    if not HOUSE.exists():
        for name, rights in RIGHTS.items():
            started("workplace", "user", name, *rights, "--folder", str(HOUSE), stdin=subprocess.PIPE).communicate(f"{PASSWORD}\n".encode())
    shutil.copytree(HOUSE, "house")
    with served("house") as process:
        yield process.base


class Browser:
    """Someone at the workplace: a user who is signed in, or a program."""

    def __init__(self, base: str, name: str = "") -> None:
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        if name:
            self.get("/")
            self.post(self.url, {"username": name, "password": PASSWORD})

    def send(self, method: str, place: str, body: bytes | None = None, **headers: str) -> "Browser":
        """Send a request and keep its answer, which must be no fault of the program."""
        url = place if place.startswith("http") else self.base + place
        request = urllib.request.Request(url, body, {"Origin": self.base, "Referer": url, **headers}, method=method)  # noqa: S310
        try:
            answer: Any = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            self.code, self.url, self.headers, self.body = answer.status, answer.geturl(), answer.headers, answer.read()
        self.text = self.body.decode("utf-8", "replace")
        if self.code >= 500:
            raise AssertionError(f"HTTP {self.code} at {method} {place}")
        return self

    def get(self, place: str, **headers: str) -> "Browser":
        """Look at a page."""
        return self.send("GET", place, **headers)

    def post(self, place: str, fields: dict[str, str]) -> "Browser":
        """Send a form of the page that is looked at."""
        kind = "application/x-www-form-urlencoded"
        return self.send("POST", place, urllib.parse.urlencode(self._with_token(fields)).encode(), **{"Content-Type": kind})

    def upload(self, place: str, field: str, document: Any, name: str = "p.json") -> "Browser":
        """Send a profile, or the bytes of a file, as the file of a form of the page that is looked at."""
        mark, head = uuid.uuid4().hex, 'Content-Disposition: form-data; name="{}"{}\r\n\r\n{}'
        parts = [head.format(key, "", value).encode() for key, value in self._with_token({}).items()]
        raw = document if isinstance(document, bytes) else json.dumps(document).encode()
        parts.append(head.format(field, f'; filename="{name}"', "").encode() + raw)
        body = b"".join(f"--{mark}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{mark}--\r\n".encode()
        return self.send("POST", place, body, **{"Content-Type": f"multipart/form-data; boundary={mark}"})

    def _with_token(self, fields: dict[str, str]) -> dict[str, str]:
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.text)
        return {"csrfmiddlewaretoken": found[1] if found else "", **fields}

    def begin(self, document: Any) -> str:
        """Bring in a profile. The address of its assessment."""
        return self.get("/").upload("/bring", "file", document).url.removeprefix(self.base)

    def type(self, where: str, field: str, text: str) -> "Browser":
        """Type an answer into its field and leave the field."""
        page = f"{where}questions/{field.split('/')[0]}"
        was = re.findall(rf'name="w:{re.escape(field)}" value="([^"]*)"', self.get(page).text)[0]
        return self.post(page, {f"w:{field}": html.unescape(was), f"v:{field}": text})

    def profile(self, where: str) -> Any:
        """The profile of an assessment."""
        return json.loads(self.get(f"{where}profile.json").body)

    def token(self) -> dict[str, str]:
        """The header of a program of this user."""
        self.get("/programs").post("/programs", {"name": "t"})
        return {"Authorization": "Bearer " + re.findall(r"[\w-]{43}", re.sub(r"<[^>]+>|csrf[^>]*>", " ", self.text))[-1]}
