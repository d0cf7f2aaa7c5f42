"""What five attackers tried who had not seen the code: each idea is a function that says what is tried and what must hold."""

import inspect
import itertools
import random
import tempfile
from collections.abc import Callable, Iterator
from contextlib import chdir
from types import ModuleType

from common import Fault

from . import (
    batches,
    commands,
    copies,
    days,
    documents,
    figures,
    files,
    imports,
    judgements,
    papers,
    plugins,
    publication,
    questionnaire,
    requests,
    steps,
    tailoring,
    templates,
    workbooks,
    workplace,
)


def _ideas_of(theme: ModuleType) -> list[Callable[..., Fault]]:
    own = (one for one in vars(theme).values() if inspect.isfunction(one) and one.__module__ == theme.__name__)
    return [one for one in own if not one.__name__.startswith("_")]


THEMES = (figures, publication, workbooks, papers, copies, days, documents, workplace, plugins, tailoring, imports, templates, batches, questionnaire, files, requests, steps, commands, judgements)
IDEAS = [one for row in itertools.zip_longest(*map(_ideas_of, THEMES)) for one in row if one]
"""All ideas, one of each theme after another, so that a few runs are of many themes."""
NEXT: list[Iterator[Callable[..., Fault]]] = []


def ideas(random_: random.Random) -> Fault:
    """The next idea, in a folder of its own. The seed says which is the first."""
    if not NEXT:
        start = random_.randrange(len(IDEAS))
        NEXT.append(itertools.cycle(IDEAS[start:] + IDEAS[:start]))
    idea = next(NEXT[0])
    with tempfile.TemporaryDirectory(dir=".") as folder, chdir(folder):
        try:
            fault = idea(random_) if inspect.signature(idea).parameters else idea()
        except Exception as error:  # an idea that cannot go on found something
            fault = f"{type(error).__name__}: {error}"
    return fault and f"{idea.__name__}: {fault}"
