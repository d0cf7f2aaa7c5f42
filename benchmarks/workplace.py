"""What the workplace costs: the live rating as a ratio to an audit, and saves under load as a ratio to an empty view.

    python benchmarks/workplace.py [--runs 9] [--sessions 50] [--seconds 20]

Ten minutes: --seconds 600. The database is that of ENGAGECHECK_DATABASE, which must be empty, or an SQLite file. Each
session has a browser's cookies, and saves one answer each five seconds as the page does. The empty view is a Django of
its own, with the same server and as many threads, and is asked once after each save.
"""

import argparse
import contextlib
import http.client
import json
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from pathlib import Path

from django.contrib.sessions.backends.db import SessionStore
from measuring import HERE, machine, medians

from engagecheck import installed, run_audit
from engagecheck.web.environment import Configured
from engagecheck.web.folder import open_folder
from engagecheck.web.server import configure, prepare_database

PROFILE = HERE.parent / "examples" / "harbour-vale.json"
FIELDS = ("connected", "completed", "appraisers", "non_engagement")
EVERY = 5
"""Seconds between two saves of a session."""
EMPTY = """
import waitress
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.urls import path
settings.configure(ROOT_URLCONF=__name__, ALLOWED_HOSTS=["127.0.0.1"], MIDDLEWARE=[], SECRET_KEY="empty")
urlpatterns = [path("", lambda request: HttpResponse())]
server = waitress.create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=8)
print(f"http://127.0.0.1:{server.effective_port}/", flush=True)
server.run()
"""


def rating(runs):
    """Print the ratio of the live rating to `run_audit` of the same profile, in CPU time of this process."""
    from engagecheck.web.models import Assessment
    from engagecheck.web.standing import standing_of

    document = json.loads(PROFILE.read_text("utf-8"))
    assessment, registry = Assessment.begin(document), installed(third_party=False)
    tasks = {"audit": lambda: run_audit(document, registry), "rating": lambda: standing_of(assessment)}
    took = medians(tasks, runs, time.process_time)
    assessment.delete()
    ratio = took["rating"] / took["audit"]
    print(f"run_audit: {1000 * took['audit']:.1f} ms of CPU time; the live rating: {ratio:.2f} times that (must: 4)")


@contextlib.contextmanager
def started(*words):
    """A program that prints the address which it serves."""
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, text=True)
    try:
        found = None
        while found is None:
            found = re.search(r"http://([^/\s]+)", process.stdout.readline())
        yield found[1]
    finally:
        process.terminate()
        process.wait(60)


class Session(threading.Thread):
    """A browser that saves one answer again and again, and asks the empty view after each save."""

    def __init__(self, places, assessment, field, cookie, seconds):
        super().__init__()
        self.places, self.path, self.address = places, f"/assessments/{assessment.pk}/questions/appraisal", f"appraisal/{field}"
        token = "c" * 32
        self.body = {"csrfmiddlewaretoken": token}
        self.headers = {
            "Cookie": f"engagecheck_session={cookie}; engagecheck_csrf={token}",
            "Content-Type": "application/x-www-form-urlencoded",
            "HX-Request": "true",
            "HX-Trigger": f"field:{self.address.replace('/', '--')}",
        }
        self.seconds, self.was, self.faults = seconds, "", []
        self.took = {"save": [], "empty": []}

    def run(self):
        """Save until the time is over."""
        ends = time.monotonic() + self.seconds
        due, number = time.monotonic() + random.uniform(0, EVERY), 1000  # noqa: S311
        while due < ends:
            time.sleep(max(0, due - time.monotonic()))
            number += 1
            self.save(str(number))
            due += EVERY

    def save(self, text):
        """Save a text, and note how long it took and whether it was confirmed."""
        body = urllib.parse.urlencode({**self.body, f"v:{self.address}": text, f"w:{self.address}": self.was})
        status = self.timed("save", "POST", self.path, body, self.headers)
        self.timed("empty", "GET", "/", None, {})
        if status == 200:
            self.was = text
        else:
            self.faults.append(status)

    def timed(self, kind, method, path, body, headers):
        """The status of one request."""
        start = time.perf_counter()
        connection = http.client.HTTPConnection(self.places[kind], timeout=60)
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        answer.read()
        connection.close()
        self.took[kind].append(time.perf_counter() - start)
        return answer.status


def load(folder, count, seconds):
    """Print how long saves took against an empty view. Exits if an answer was lost or refused."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user_model

    from engagecheck.web.answers.saving import text_at
    from engagecheck.web.models import Assessment

    document = json.loads(PROFILE.read_text("utf-8"))
    document.pop("appraisal")
    with (
        started("-m", "engagecheck", "serve", "--folder", str(folder), "--port", "0", "--no-browser") as ours,
        started("-c", EMPTY) as empty,
    ):
        user = get_user_model().objects.get()
        assessments = [Assessment.begin(document) for _ in range(0, count, len(FIELDS))]
        sessions = []
        for number in range(count):
            store = SessionStore()
            store.update({SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"})
            store[HASH_SESSION_KEY] = user.get_session_auth_hash()
            store.save()
            whose, field = divmod(number, len(FIELDS))
            places = {"save": ours, "empty": empty}
            sessions.append(Session(places, assessments[whose], FIELDS[field], store.session_key, seconds))
        for one in sessions:
            one.start()
        for one in sessions:
            one.join()
        lost = 0
        for number, one in enumerate(sessions):
            kept = Assessment.objects.get(pk=assessments[number // len(FIELDS)].pk).kept
            lost += text_at(kept, one.address) != one.was
    took = {kind: sorted(took for one in sessions for took in one.took[kind]) for kind in ("save", "empty")}
    saves, empties = took["save"], took["empty"]
    middle, late = (
        tuple(pick(times) for times in (saves, empties))
        for pick in (statistics.median, lambda times: times[int(0.95 * len(times))])
    )
    refused = sum(len(one.faults) for one in sessions)
    print(f"{count} sessions, {seconds} s, {len(saves)} saves: {lost} lost, {refused} refused")
    print(f"median: save {1000 * middle[0]:.0f} ms, empty view {1000 * middle[1]:.1f} ms, ratio {middle[0] / middle[1]:.1f}")
    print(f"95 %: save {1000 * late[0]:.0f} ms, empty view {1000 * late[1]:.1f} ms, ratio {late[0] / late[1]:.1f}")
    if lost or refused:
        raise SystemExit("a confirmed save was lost, or a save was refused")


def main():
    """Print the machine, the rating, and the load."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=int, default=20)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = open_folder(Path(place) / "data")
        configure(folder, Configured(installed(third_party=False)))
        prepare_database()
        from django.db import connection

        print(machine())
        print(f"database: {connection.vendor}")
        rating(arguments.runs)
        load(folder.path, arguments.sessions, arguments.seconds)


if __name__ == "__main__":
    main()
