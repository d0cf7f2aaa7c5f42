"""`engagecheck self`."""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

import click

from engagecheck.cli.files import may_write, write_file
from engagecheck.cli.output import terminal_style, to_terminal
from engagecheck.cli.prompts import Stopped
from engagecheck.cli.say import echo
from engagecheck.errors import InputRefused
from engagecheck.intake.self_check import ITEMS, SIDES, Answer, self_check
from engagecheck.papers.self_check import WORDS, as_text, finding
from engagecheck.plugin_host.registry import installed
from engagecheck.rules.reporter import Style
from engagecheck.rules.rule import Rule

_KEYS = {"y": Answer.YES, "p": Answer.PARTLY, "n": Answer.NO, "d": Answer.NOT_FOR_ME}
_SKIP, _BACK, _QUIT = "s", "b", "q"
_CHOICES = "y, p, n, d, s, b or q"
_INTRODUCTION = f"""{len(ITEMS)} questions for a medical leader, about five minutes. Nothing is kept or sent.
{WORDS["source"]}

y  yes       d  does not apply to me    b  go back
p  partly    s  skip                    q  quit
n  no

Enter alone skips a question. After you go back, Enter keeps your answer."""
_ELSEWHERE = "run engagecheck self on a terminal, or write a page for the browser with engagecheck new self.html"


@click.command("self")
@click.option("--save", metavar="FILE", help="Also write the page to this file, as plain text. Otherwise nothing is written.")
@click.option("--overwrite", is_flag=True, help="Replace the file of --save if it exists.")
def command(save: str | None, overwrite: bool) -> None:
    """Ask a medical leader 16 questions, in private.

    It takes five minutes, and prints one page: what is in place, what to ask for, where to begin.

    Your answers are for you alone. Nothing is kept or sent, unless you give --save. In the browser: engagecheck new self.html
    """
    if save:
        may_write(Path(save), overwrite=overwrite)
    rules = installed(third_party=False).rules
    checked = self_check(_answers(rules))
    to_terminal(as_text(checked, rules, terminal_style()))
    if save:
        write_file(Path(save), as_text(checked, rules, Style()), is_private=True)


def _answers(rules: dict[str, Rule]) -> dict[str, Answer]:
    """The answers by the id of the question. Raises `Stopped` if the user quits, `InputRefused` if the input ends."""
    stream = _standard_input()
    # The questions go to standard error, so that `engagecheck self > FILE` holds the page alone.
    _say(_INTRODUCTION)
    answers: dict[str, Answer] = {}
    position, side = 0, None
    try:
        while position < len(ITEMS):
            item = ITEMS[position]
            if item.side is not side:
                side = item.side
                _say(f"\n{SIDES[side]}\n{'-' * len(SIDES[side])}")
            before = f" [{answers[item.id]}]" if item.id in answers else ""
            _say(f"\n{position + 1} of {len(ITEMS)}. {item.text}\n   Finding: {finding(item, rules)}")
            key = _key(stream, f"   Your answer{before}: ", position)
            if key == _BACK:
                position = max(0, position - 1)
                continue
            if key in _KEYS:
                answers[item.id] = _KEYS[key]
            elif key == _SKIP:
                answers.pop(item.id, None)
            position += 1
    except KeyboardInterrupt:
        raise _stopped() from None
    _say("")
    return answers


def _key(stream: TextIO, prompt: str, position: int) -> str:
    """The key that the user chose, "" for Enter alone. Asks again until there is one."""
    keys = (*_KEYS, _SKIP, _BACK, "")
    words = {str(answer): key for key, answer in _KEYS.items()} | {"skip": _SKIP, "back": _BACK, "quit": _QUIT}
    while True:
        echo(prompt, nl=False, err=True)
        line = stream.readline()
        answer = words.get(line.strip().lower(), line.strip().lower())
        if answer == _QUIT or (not line and stream.isatty()):
            raise _stopped()
        if not line:
            echo(err=True)
            raise InputRefused([f"self: the input ended at question {position + 1} of {len(ITEMS)}; {_ELSEWHERE}"])
        if answer in keys:
            return answer
        _say(f"   Type {_CHOICES}.")


def _stopped() -> Stopped:
    return Stopped("\nStopped. Nothing was kept.")


def _standard_input() -> TextIO:
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")  # bytes that are no text are no answer, and no reason to fail
    return sys.stdin


def _say(text: str) -> None:
    echo(text, err=True)
