"""Steps that race saves and uploads, on both databases: what was signed is what is there, and nothing comes in afterwards."""

import json
import os
import re
import urllib.error
from concurrent.futures import ThreadPoolExecutor

import pytest

from conftest import EXAMPLES
from engagecheck.intake.workflow.sign_off import digest
from engagecheck.web.answers.blocks import top_pages
from walk import Person, served

ROUNDS = int(os.environ.get("ENGAGECHECK_RACES", "10"))
"""How often each database is tried."""
HERE = "/assessments/1"
SIGNED = {"role": "Board", "on": "1 May 2026"}


class Racer(Person):
    """Someone who works alone, in several windows."""

    def step(self, name, **given):
        return self.send(f"{HERE}/steps/{name}", given, f"{HERE}/steps")

    def profile(self):
        return json.loads(self.read(f"{HERE}/profile.json"))

    def version(self):
        return re.search(r'name="version" value="(\d+)"', self.read(f"{HERE}/steps").decode())[1]

    def race(self, step, number, entry, was, **given):
        """The statuses of a step, a save and an upload that are sent at the same time."""
        change = {"v:appraisal/connected": str(number), "w:appraisal/connected": was}
        calls = (
            lambda one: one.step(step, **SIGNED, **given),
            lambda one: one.send(f"{HERE}/questions/appraisal", change, f"{HERE}/steps"),
            lambda one: one.upload(f"{HERE}/evidence/{entry}/add", "a.txt", f"file {step} {number}".encode(), f"{HERE}/steps"),
        )
        windows = [self.second_window() for _ in calls]
        with ThreadPoolExecutor(len(calls)) as pool:
            return list(pool.map(answered, calls, windows))


def answered(call, window):
    """The status of an answer, whatever it is."""
    try:
        return call(window).status
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.exhaustive
def test_what_is_signed_and_approved_is_what_is_there(tmp_path, both):
    sections = [one.name for one in top_pages() if one.name != "sign_off"]
    came = set()
    with served(tmp_path / "data", environment=both) as process:
        person = Racer(process)
        person.upload("/bring", "p.json", (EXAMPLES / "harbour-vale.json").read_bytes(), form="/")
        entry = re.search(rf"{HERE}/questions/evidence/(e[0-9a-f]{{12}})", person.read(f"{HERE}/questions/evidence").decode())[1]
        for number in range(500, 500 + ROUNDS):
            was = str(person.profile()["appraisal"]["connected"])
            submitted, *others = person.race("submit", number, entry, was)
            assert (submitted, set(others) <= {200, 403, 409}) == (200, True), others
            came.update(others)
            signed = person.profile()
            assert signed["sign_off"]["prepared"]["covers"] == digest(signed)
            person.step("review", section=sections)
            person.step("finish-review", **SIGNED)
            assert person.race("approve", 1, entry, was, version=person.version()) == [200, 403, 403]
            person.step("publish")
            report = json.loads(person.read(f"{HERE}/board/papers/json"))
            assert {one["state"] for one in report["sign_off"]} == {"current"}
            assert digest(person.profile()) == digest(signed)
            person.step("reopen")
    assert came & {403, 409}
