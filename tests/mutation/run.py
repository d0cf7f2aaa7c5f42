"""Mutation testing: `python tests/mutation/run.py [NAME…]`, where each name is that of a configuration in this folder.

cosmic-ray makes mutants: copies of a module, each with one operator, number or decorator changed. A test must fail for each.
A second run tries only those that survived, unless the module has changed. Its sessions stay in `.mutation/`, where
`cr-report` reads them. Survivors that no test can notice are in `equivalents.toml`, each with its reason.

A new process for each mutant would take hours. So the tests are collected once, and each mutant runs them in a fork, where
its function is put in the place of the live one. A mutant outside functions is imported anew. Only tests of single cases
run: those that draw many would take most of the time, and notice little more.
"""

import ast
import gc
import importlib
import importlib.machinery
import os
import resource
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from hashlib import sha256
from inspect import CO_OPTIMIZED
from pathlib import Path
from types import CodeType, FunctionType

import hypothesis  # noqa: F401  # imported once, before the first fork: no mutant changes it
import jsonschema_rs  # noqa: F401
import pytest
from _pytest.main import pytest_runtestloop
from attrs import frozen
from cosmic_ray.config import load_config
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import TestOutcome, WorkerOutcome, WorkResult

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
SESSIONS = ROOT / ".mutation"
CPU_SECONDS = 20
"""The time of the processor after which a mutant counts as killed: it runs for ever."""
OPTIONS = ("-p", "no:cacheprovider", "-W", "ignore::pytest.PytestAssertRewriteWarning")


Functions = list[tuple[CodeType, CodeType]]
"""The functions that a mutant changes: their code before and after."""


@frozen
class Mutant:
    """A mutant of a module. Its name is the operator, and the line that it changes as it became.

    `was` and `becomes` are the statement that it changes, at its place among empty lines; `source` is the whole module.
    """

    job: str
    name: str
    was: str
    becomes: str
    source: str


def main(names: list[str]) -> int:
    """Run the mutants of these modules, or of all, and print what survived. Returns 1 if a survivor has no reason."""
    os.chdir(ROOT)
    SESSIONS.mkdir(exist_ok=True)
    explained = tomllib.loads((HERE / "equivalents.toml").read_text("utf-8"))
    equivalents = {module: {name for part in parts for name in part["mutants"]} for module, parts in explained.items()}
    names = names or sorted({one.stem for one in HERE.glob("*.toml")} - {"equivalents"})
    if len(names) > 1:  # each in a process of its own: what one has imported is not imported anew for the mutants of another
        return max(subprocess.run([sys.executable, __file__, name], check=False).returncode for name in names)
    (name,) = names
    return 1 if run(HERE / f"{name}.toml", equivalents.get(name, set())) else 0


def run(config: Path, equivalents: set[str]) -> list[Mutant]:
    """Run the mutants of one module and print what came of them. Returns the survivors without a reason."""
    configured = load_config(str(config))
    path = Path(configured["module-path"])
    with use_db(str(session(config, path))) as db:
        left = list(mutants_of(db, path))
        if left:
            trial = Trial(path, shlex.split(configured["test-command"])[3:])
            for one, is_killed in trial.results(left):
                outcome = TestOutcome.KILLED if is_killed else TestOutcome.SURVIVED
                db.set_result(one.job, WorkResult(WorkerOutcome.NORMAL, test_outcome=outcome))
        results = {job: result for job, result in db.results if result.worker_outcome is WorkerOutcome.NORMAL}
    left = [one for one in left if not results[one.job].is_killed]
    explained = [one for one in left if one.name in equivalents]
    killed = len(results) - len(left)
    print(f"| {config.stem} | {len(results)} | {killed} | {100 * killed / len(results):.1f} % | {len(explained)} |", flush=True)
    left = [one for one in left if one not in explained]
    for one in left:
        print(f"  {one.name}", flush=True)
    return left


def session(config: Path, path: Path) -> Path:
    """The session of a configuration, which is another one if the module has changed."""
    file = SESSIONS / f"{config.stem}-{sha256(path.read_bytes()).hexdigest()[:8]}.sqlite"
    if not file.exists():
        scripts = Path(sys.executable).parent
        subprocess.run([scripts / "cosmic-ray", "init", config, file], check=True, stdout=subprocess.DEVNULL)
        subprocess.run([scripts / "cr-filter-operators", file, config], check=True)
    return file


def mutants_of(db: WorkDB, path: Path) -> Iterator[Mutant]:
    """The mutants of a session that are still to be killed. Those that are no Python are skipped.

    cosmic-ray numbers the places of an operator through a module. Here they are numbered through a statement, so that only
    the statement is parsed again for each mutant.
    """
    source = path.read_text("utf-8")
    lines, changes = source.splitlines(keepends=True), {item.job_id: item.mutations[0] for item in db.work_items}
    done = {job for job, result in db.results if result.is_killed}
    for first, last in statements(source):
        inside = {job: change for job, change in changes.items() if first <= change.start_pos[0] <= last}
        firsts: dict[str, int] = {}
        for change in inside.values():
            firsts[change.operator_name] = min(change.occurrence, firsts.get(change.operator_name, change.occurrence))
        was = "".join(lines[first - 1 : last])
        for job in inside.keys() - done:
            name, place = inside[job].operator_name, inside[job].occurrence
            part = mutate_code(was, get_operator(name)(), place - firsts[name])
            try:
                ast.parse(part)
            except SyntaxError:
                db.set_result(job, WorkResult(WorkerOutcome.SKIPPED, output="not Python"))
                continue
            line = next(new.strip() for old, new in zip(was.splitlines(), part.splitlines(), strict=False) if old != new)
            before, after = "\n" * (first - 1), "".join(lines[last:])
            whole = "".join(lines[: first - 1]) + part + after
            yield Mutant(job, f"{name.removeprefix('core/')}: {line}", before + was, before + part, whole)


def statements(source: str) -> list[tuple[int, int]]:
    """The first and the last line of each statement of a module, decorators included."""
    body = ast.parse(source).body
    return [
        (min([one.lineno, *(each.lineno for each in getattr(one, "decorator_list", ()))]), one.end_lineno or 0) for one in body
    ]


class Trial:
    """The tests of one module, and how they run on its mutants."""

    def __init__(self, path: Path, arguments: Iterable[str]) -> None:
        self.path = path.resolve()
        self.arguments = [*arguments, *OPTIONS]
        if path.parts[0] == "plugins":
            importlib.import_module(
                "engagecheck.testing"
            )  # no module imports a rule, so all of them can be there before the fork
        if in_fork(lambda: pytest.main(self.arguments)):
            raise SystemExit(f"{path}: the tests fail without a mutant: pytest {shlex.join(self.arguments)}")

    def results(self, mutants: list[Mutant]) -> Iterator[tuple[Mutant, bool]]:
        """Each mutant, and whether a test failed."""
        pairs = [(one, changed(self._compiled(one.was), self._compiled(one.becomes))) for one in mutants]
        yield from self._in_live_functions([(one, functions) for one, functions in pairs if functions])
        yield from ((one, in_fork(lambda one=one: self._imported(one))) for one, functions in pairs if not functions)

    def _compiled(self, text: str) -> CodeType:
        return compile(text, str(self.path), "exec")

    def _imported(self, mutant: Mutant) -> int:
        usual = importlib.machinery.SourceFileLoader.get_code

        def get_code(loader: importlib.machinery.SourceFileLoader, name: str) -> CodeType | None:
            is_mutant = loader.path == str(self.path)
            return self._compiled(mutant.source) if is_mutant else usual(loader, name)

        importlib.machinery.SourceFileLoader.get_code = get_code
        return int(pytest.main(self.arguments))

    def _in_live_functions(self, mutants: list[tuple[Mutant, Functions]]) -> Iterator[tuple[Mutant, bool]]:
        reading, writing = os.pipe()
        if os.fork() == 0:
            os.close(reading)
            quiet()
            pytest.main(self.arguments, plugins=[Forking(self.path, [functions for _, functions in mutants], writing)])
            os._exit(0)
        os.close(writing)
        with os.fdopen(reading) as lines:
            for (one, _), line in zip(mutants, lines, strict=True):
                yield one, line == "killed\n"
        os.wait()


class Forking:
    """In the place of pytest's loop over the tests: the loop in a fork for each mutant, with its functions put in."""

    def __init__(self, path: Path, mutants: list[Functions], writing: int) -> None:
        self.path, self.mutants, self.writing = str(path), mutants, writing

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the collected tests once for each mutant, and write a line about what came of it."""
        live = [one for one in gc.get_objects() if type(one) is FunctionType and one.__code__.co_filename == self.path]
        gc.freeze()
        for functions in self.mutants:
            puts = [(one, new) for old, new in functions for one in live if place(one.__code__) == place(old)]
            is_killed = in_fork(lambda puts=puts: self._loop(session, puts))
            os.write(self.writing, b"killed\n" if is_killed else b"survived\n")
        return True

    def _loop(self, session: pytest.Session, puts: Functions) -> int:
        for function, code in puts:
            function.__code__ = code
        pytest_runtestloop(session)
        return session.testsfailed


def changed(old: CodeType, new: CodeType) -> Functions | None:
    """The functions that differ between two codes of a module, old and new; `None` if something else differs too."""
    if old == new:
        return []
    is_comprehension = old.co_name.startswith("<") and old.co_name != "<lambda>"
    if old.co_flags & CO_OPTIMIZED and not is_comprehension:
        return [(old, new)]
    parts = list(zip(old.co_consts, new.co_consts, strict=False))
    plain = [pair for pair in parts if not isinstance(pair[0], CodeType)]
    if (old.co_code, old.co_names) != (new.co_code, new.co_names) or any(one != other for one, other in plain):
        return None
    inner = [changed(one, other) for one, other in parts if isinstance(one, CodeType)]
    return None if None in inner else [pair for pairs in inner for pair in pairs or ()]


def place(code: CodeType) -> tuple[str, int, tuple[str, ...], tuple[str, ...]]:
    """What tells a function from the others of its module. Its instructions depend on what it was compiled with."""
    return code.co_qualname, code.co_firstlineno, code.co_varnames, code.co_names


def in_fork(action: Callable[[], int]) -> bool:
    """Whether something fails in a process of its own, which runs it quietly and not for ever."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
            quiet()
            code = action()
        finally:
            os._exit(min(1, code))
    return os.waitpid(child, 0)[1] != 0


def quiet() -> None:
    """Say nothing from now on."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
