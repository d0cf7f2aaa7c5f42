"""The command `engagecheck`. Its first line holds interrupts, so that none of them falls into an import."""

import os
import signal
import sys


def _leave(*_: object) -> None:
    """End at once: nothing is open yet."""
    os.write(2, b"Interrupted.\n")
    os._exit(130)


# A process of a batch runs this file too; it leaves interrupts to the process that started it.
signal.signal(signal.SIGINT, signal.SIG_IGN if "multiprocessing.spawn" in sys.modules else _leave)


# A process of a batch is a Python of its own, and must import nothing that lies in the current folder.
os.environ["PYTHONSAFEPATH"] = "1"


def main() -> None:
    """Run the command line and end the process with its exit code."""
    try:
        from engagecheck.cli import main
    except Exception as error:  # too little memory or too few open files, even for the program itself, shows in many ways
        text = " ".join(str(error).split())[:200] or "not enough memory"
        os.write(2, f"the program could not be loaded ({type(error).__name__}: {text}); nothing was done\n".encode())
        os._exit(4)
    try:
        main()
    except (MemoryError, SystemError):  # even what says so needs memory
        os.write(2, b"there is not enough memory for this; nothing more was done\n")
        os._exit(4)
