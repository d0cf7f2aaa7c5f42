"""The command `engagecheck`. Its first line holds interrupts, so that none of them falls into an import."""

import signal
import sys


def _leave(*_: object) -> None:
    """End at once: nothing is open yet."""
    import os

    os.write(2, b"Interrupted.\n")
    os._exit(130)


# A process of a batch runs this file too; it leaves interrupts to the process that started it.
signal.signal(signal.SIGINT, signal.SIG_IGN if "multiprocessing.spawn" in sys.modules else _leave)


def main() -> None:
    """Run the command line and end the process with its exit code."""
    from engagecheck.cli import main

    main()
