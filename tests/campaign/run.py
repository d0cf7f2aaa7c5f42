"""Campaigns of faults, run by hand at full size and by `.ci/run` at a small one: python tests/campaign/run.py [--scale N] [--seed N].

Each prints one line: its runs and its faults. A run is at fault if it ends with a traceback or a code that is not documented, or
breaks what the campaign is about. With --planted, each campaign gets a fault that it must find, and says whether it did.
"""

import argparse
import os
import random
import sys
import tempfile
from contextlib import chdir, redirect_stderr
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import attacks
import disguises
import documents
import endings
import ideas
import others
import scarce
import tricks
from common import COUNTED, Campaign, plant

CAMPAIGNS: dict[Campaign, tuple[int, str]] = {
    documents.profiles: (400, "code"), documents.lines: (2, "code"), documents.formats: (20, "code"), documents.office: (10, "code"), documents.pdf: (2, "code"), documents.hostile_bytes: (100, "code"), documents.hostile_text: (20, "unclean"),
    documents.workbooks: (30, "code"), documents.templates: (20, "code"), documents.commands: (60, "code"), scarce.full_disks: (10, "soft"), scarce.few_descriptors: (10, "code"), scarce.little_memory: (10, "code"),
    others.plugins: (10, "code"), others.histories: (10, "blind"), endings.interrupts: (20, "left"), endings.kills_of_reports: (10, "torn"), endings.kills_of_histories: (10, "early"), endings.kills: (10, "code"), attacks.attacks: (60, "code"), tricks.tricks: (30, "code"), disguises.disguises: (30, "code"), ideas.ideas: (len(ideas.IDEAS), "open"),
}  # fmt: skip
"""The campaigns, each with its runs at scale 1 and with the fault that can be planted."""
TRIES = 20
"""How many times more runs a campaign may take to find a planted fault."""


def main() -> int:
    """Run every campaign and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=[one.__name__ for one in CAMPAIGNS], action="append")
    parser.add_argument("--planted", action="store_true")
    options = parser.parse_args()
    failed = False
    for campaign in CAMPAIGNS:
        if options.only and campaign.__name__ not in options.only:
            continue
        if options.planted:  # each fault in a process of its own, so that it spoils no other campaign
            child = os.fork()
            if child:
                failed |= os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != 0
                continue
            plant(CAMPAIGNS[campaign][1])
            sys.exit(int(not faults_of(campaign, options.scale * TRIES, options.seed, until_found=True)))
        failed |= bool(faults_of(campaign, options.scale, options.seed))
    return int(failed)


def faults_of(campaign: Campaign, scale: float, seed: int, *, until_found: bool = False) -> int:
    """Run a campaign, perhaps only until it finds something, print its line, and give the number of its faults."""
    runs, faults, first = max(1, round(CAMPAIGNS[campaign][0] * scale)), 0, ""
    random_ = random.Random(f"{seed} {campaign.__name__}")
    COUNTED.clear()
    # Modules that a run loads for the first time may say things; a plugin may too. Neither is the campaign's own line.
    with tempfile.TemporaryDirectory() as folder, chdir(folder), open(os.devnull, "w") as quiet, redirect_stderr(quiet):  # noqa: PTH123
        os.environ["XDG_DATA_HOME"] = folder  # the history of whoever runs this stays as it is
        os.environ["BROWSER"] = "true"  # no browser opens
        for run in range(1, runs + 1):
            try:
                fault = campaign(random_)
            except Exception as error:  # a campaign that cannot go on found something
                fault = f"{type(error).__name__}: {error}"
            faults, first = faults + bool(fault), first or fault or ""
            if until_found and faults:
                runs = run
                break
    if "accepted" in COUNTED and runs >= 50 and COUNTED["accepted"] < documents.LEAST_ACCEPTED * runs:
        faults, first = faults + 1, first or "too few were accepted"
    counted = "".join(f", {number} {name}" for name, number in sorted(COUNTED.items()) if not name.startswith("code"))
    said = f": {' '.join(first.split())[:600]}" if first else ""
    print(f"{campaign.__name__}: {runs} runs, {faults} faults, seed {seed}{counted}{said}", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main())
