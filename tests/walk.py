"""The workplace as a process, and a person who signs in and saves by HTTP alone. `.ci/run` walks through it from the wheel."""

import contextlib
import copy
import http.cookiejar
import json
import re
import subprocess
import sys
import urllib.parse
import urllib.request

BEGIN = {"v:organisation/name": "A trust", "v:organisation/type": "NHS trust", "v:organisation/country": "England", "v:as_of": "31 March 2026"}


@contextlib.contextmanager
def served(folder, program=(sys.executable, "-m", "engagecheck"), environment=None, options=()):
    """`engagecheck serve` as a process, with the link to sign in. It is stopped at the end if the caller has not stopped it."""
    command = [*program, "serve", "--folder", str(folder), "--port", "0", "--no-browser", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    try:
        process.stdout.readline()
        process.link = re.search(r"https?://\S+", process.stdout.readline())[0]
        process.base = "http://" + urllib.parse.urlsplit(process.link).netloc
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=60)


class Person:
    """Someone who signs in with the link of a process."""

    def __init__(self, process):
        self.base = process.base
        self.cookies = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        given = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(process.link).query))
        self.send("/sign-in", given, process.link.removeprefix(process.base))

    def second_window(self):
        """The same person in a second window, with the same session."""
        other = copy.copy(self)
        other.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies))
        return other

    def read(self, place):
        return self.opener.open(self.base + place, timeout=60).read()

    def token(self, form):
        """The token that the forms of a page send along. It is good until the next sign-in."""
        return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.read(form).decode())[1]

    def send(self, place, values, form=None):
        return self.post(place, values, self.token(form or place))

    def post(self, place, values, token):
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **values}, doseq=True).encode()
        return self.opener.open(self.base + place, body, timeout=60)

    def upload(self, place, name, content, form, field="file"):
        """Send a file in a field of a form."""
        token = self.token(form)
        head = 'Content-Disposition: form-data; name="{}"{}\r\n\r\n'
        parts = [head.format("csrfmiddlewaretoken", "").encode() + token.encode(), head.format(field, f'; filename="{name}"').encode() + content]
        body = b"".join(b"--border\r\n" + part + b"\r\n" for part in parts) + b"--border--\r\n"
        form_type = {"Content-Type": "multipart/form-data; boundary=border"}
        return self.opener.open(urllib.request.Request(self.base + place, body, form_type), timeout=60)  # noqa: S310


def walk(program, folder):
    """Serve, sign in, begin, answer, take the profile and two papers away. Raises `AssertionError` if anything is missing."""
    with served(folder, [program]) as process:
        person = Person(process)
        person.send("/begin", BEGIN)
        person.send("/assessments/1/questions/appraisal", {"v:appraisal/connected": "400", "w:appraisal/connected": ""})
        assert json.loads(person.read("/assessments/1/profile.json"))["appraisal"] == {"connected": 400}
        assert person.read("/assessments/1/profile.xlsx").startswith(b"PK")
        assert person.read("/assessments/1/papers/docx").startswith(b"PK")
        assert b"<h1>" in person.read("/assessments/1/report")
        for name in ("htmx.min.js", "workplace.css", "workplace.js", "icon.svg", "htmx-LICENSE.txt"):
            assert person.read(f"/static/workplace/{name}")


if __name__ == "__main__":
    walk(*sys.argv[1:])
