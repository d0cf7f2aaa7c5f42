"""How long a person waits: whole commands as ratios to a bare interpreter start, and to importing what ours stands on.

The commands of a ratio are run in turn (A B A B …), so that a machine that slows down slows both; the medians are compared.
They are of CPU time, which other programs disturb less than wall time; on a quiet machine, a person waits as long.
Measure with a Python that has engagecheck installed as users have it: an editable install makes the bare start slower.
`python benchmarks/cold.py`
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

from measuring import machine, medians

EXAMPLE = Path(__file__).parent.parent / "examples" / "harbour-vale.json"
BARE = [sys.executable, "-c", "pass"]
STANDS_ON = [sys.executable, "-c", "import click, pluggy, attr"]
PROGRAM = [sys.executable, "-m", "engagecheck"]
AS_USERS_HAVE_IT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
"""Python keeps what it has compiled, so that only the run that is not counted compiles."""
OTHERS = ("cfn-lint", "checkov", "trestle", "custodian")


def run(command: list[str], codes: tuple[int, ...] = (0, 1)) -> None:
    """One run of a whole command."""
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, env=AS_USERS_HAVE_IT)
    if done.returncode not in codes:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}: {done.stderr.decode()}")


def cpu_time() -> float:
    """The seconds of CPU time that the commands have taken so far."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def refused(folder: Path) -> Path:
    """A profile with a mistake in every section."""
    document = json.loads(EXAMPLE.read_text("utf-8"))
    for name, part in document.items():
        if isinstance(part, dict) and name != "organisation":
            part["mistake"] = 1
    path = folder / "refused.json"
    path.write_text(json.dumps(document, indent=2), "utf-8")
    return path


def main() -> None:
    """Print the median ratio of each command to a bare interpreter start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="rounds of runs of each command")
    runs = parser.parse_args().runs
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        commands = {
            "engagecheck --version": partial(run, [*PROGRAM, "--version"]),
            "engagecheck audit -f json": partial(run, [*PROGRAM, "audit", str(EXAMPLE), "-f", "json"]),
            "engagecheck audit (text)": partial(run, [*PROGRAM, "audit", str(EXAMPLE)]),
            "engagecheck audit, refused": partial(run, [*PROGRAM, "audit", str(refused(Path(folder)))], (3,)),
        }
        for name in OTHERS:
            found = shutil.which(name, path=str(Path(sys.executable).parent))
            if found:
                version = "version" if name in ("trestle", "custodian") else "--version"
                commands[f"{name} {version}"] = partial(run, [found, version])
        for name, command in commands.items():
            tasks = {"bare": partial(run, BARE), "imports": partial(run, STANDS_ON), name: command}
            took = medians(tasks, runs, cpu_time)
            ratio, other = took[name] / took["bare"], took[name] / took["imports"]
            print(
                f"{name:<28} {ratio:5.1f} x a bare start ({1000 * took[name]:.0f} ms against {1000 * took['bare']:.0f} ms), "
                f"{other:4.1f} x import click, pluggy, attr"
            )


if __name__ == "__main__":
    main()
