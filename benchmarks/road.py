"""How many files take part in an audit: those of which it runs a function, and those to read to follow it.

Sections, rules and the `__init__` of packages are not counted. `python benchmarks/road.py`
"""

import contextlib
import inspect
import io
import re
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from engagecheck import cli

TOP = Path(__file__).parent.parent
SOURCE = TOP / "src" / "engagecheck"
COMMAND = ["audit", str(TOP / "examples" / "harbour-vale.json"), "-f"]
READING = re.compile(r"To read how an audit runs, open .*?\. ", re.DOTALL)


def files_run(form: str) -> dict[Path, set[str]]:
    """The files of which an audit to this format runs a function, with the names of these functions."""
    run: dict[Path, set[str]] = {}

    def note(frame: FrameType, event: str, _argument: Any) -> None:
        code, file = frame.f_code, Path(frame.f_code.co_filename)
        is_function = code.co_flags & inspect.CO_OPTIMIZED and not code.co_name.startswith("<")
        if event == "call" and is_function and file.is_relative_to(SOURCE):
            run.setdefault(file.relative_to(SOURCE), set()).add(code.co_name)

    with contextlib.redirect_stdout(io.TextIOWrapper(io.BytesIO())):
        sys.setprofile(note)
        try:
            cli.run([*COMMAND, form])
        finally:
            sys.setprofile(None)
    return {file: names for file, names in run.items() if file.name != "__init__.py" and "sections" not in file.parts}


def files_to_read() -> list[str]:
    """The files that docs/architecture.md names in its sentence on how an audit runs."""
    text = (TOP / "docs" / "architecture.md").read_text("utf-8")
    (sentence,) = READING.findall(text)
    return re.findall(r"`(\S+\.py)`", sentence)


def main() -> None:
    """Print the counts, and the files that run with the number of their functions that do."""
    run = files_run("json")
    for file, names in sorted(run.items()):
        print(f"{len(names):4} functions of {file}")
    to_read = files_to_read()
    if missing := [name for name in to_read if Path(name) not in run]:
        raise SystemExit(f"docs/architecture.md names files of which an audit runs nothing: {', '.join(missing)}")
    print(f"{len(run)} files of which audit -f json runs a function")
    print(f"{len(to_read)} files to read to follow an audit: {', '.join(to_read)}")


if __name__ == "__main__":
    main()
