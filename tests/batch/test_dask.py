"""Many profiles on a cluster: a real scheduler and workers on this machine give the bytes of one process, whoever dies."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest
from test_batch import lines, organisation

from engagecheck import UsageRefused
from engagecheck.batch.chunks import chunks
from engagecheck.batch.dask import _work
from engagecheck.batch.worker import BatchSettings, fingerprint, work
from hostile_plugins import RULE

pytest.importorskip("distributed", reason="the extra dask is not installed")


LONG = "x" * 1900
"""A remark that makes a profile as long as they are, so that a few thousand are several pieces of work."""


def waited_for(condition, seconds=60):
    until = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < until
        time.sleep(0.05)
    return found


def end_scheduler(folder):
    os.kill(int((folder / "scheduler.pid").read_text()), signal.SIGKILL)


@pytest.fixture
def cluster(tmp_path):
    """A scheduler with two workers, on loopback: its address and the processes of the workers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address, started = f"tcp://127.0.0.1:{port}", []
    environment = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "DASK_DISTRIBUTED__ADMIN__TICK__LIMIT": "1h"}

    def start(*command):
        with (tmp_path / "cluster.log").open("ab") as log:
            started.append(subprocess.Popen([sys.executable, "-m", *command], cwd=tmp_path, stdout=log, stderr=log, env=environment))
        return started[-1]

    def worker():
        return start("distributed.cli.dask_worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny", "--host", "127.0.0.1", "--death-timeout", "60")

    def log():
        return (tmp_path / "cluster.log").read_text("utf-8", "replace")

    def scheduler():
        process = start("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard")
        (tmp_path / "scheduler.pid").write_text(str(process.pid))

    scheduler()
    workers = [worker(), worker()]
    waited_for(lambda: log().count("Registered to") == 2)
    yield address, workers, SimpleNamespace(worker=worker, scheduler=scheduler)
    for one in started:
        one.kill()
        one.wait()


@pytest.mark.exhaustive
def test_the_same_bytes_and_one_worker_killed_half_way(run, tmp_path, cluster):
    address, workers, _ = cluster
    (tmp_path / "many.jsonl").write_text(lines(2_000, bad=(3, 1100), note=LONG))
    whole = run("audit", "many.jsonl", "-f", "jsonl=whole.jsonl", "--workers", "1")
    process = subprocess.Popen([sys.executable, "-m", "engagecheck", "audit", "many.jsonl", "-f", "jsonl=out.jsonl", "--dask", address], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    waited_for(lambda: (tmp_path / "out.jsonl").exists() and (tmp_path / "out.jsonl").stat().st_size > 0)
    assert process.poll() is None
    workers[0].send_signal(signal.SIGKILL)
    said = process.communicate(timeout=120)[1]
    assert process.returncode == whole.returncode == 3, said
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()


@pytest.mark.exhaustive
def test_files_travel_and_what_ends_its_workers_is_a_line(run, tmp_path, cluster):
    address, _, more = cluster
    (tmp_path / "mine").mkdir()
    body = "import os\n    if fact is False:\n        os._exit(9)\n    return fact"
    (tmp_path / "mine" / "dies.py").write_text(RULE.format(name="dies", body=body))
    (tmp_path / "profiles").mkdir()
    for number in range(4):
        (tmp_path / "profiles" / f"{number}.json").write_text(json.dumps(organisation(number, talent={"leadership_strategy": number != 2})))
    for _ in range(4):  # no nanny brings back those that die
        more.worker()
    waited_for(lambda: (tmp_path / "cluster.log").read_text("utf-8", "replace").count("Registered to") == 6)
    finished = run("audit", "profiles", "-f", "jsonl", "--dask", address, "--plugins", tmp_path / "mine")
    found = [json.loads(line) for line in finished.stdout.splitlines()]
    assert finished.returncode == 3, finished.stderr
    assert [one["profile"] for one in found] == [f"profiles/{number}.json" for number in range(4)]
    assert ["errors" in one for one in found] == [False, False, True, False]
    assert "died" in found[2]["errors"][0]


def test_a_worker_that_joins_late_with_other_rules_is_refused(tmp_path):
    (tmp_path / "one.jsonl").write_text(lines(1))
    (piece,) = chunks([str(tmp_path / "one.jsonl")])
    assert _work(piece, BatchSettings(), "jsonl", fingerprint(BatchSettings())).lines == work(piece, BatchSettings()).lines
    with pytest.raises(UsageRefused, match="joined meanwhile has another engagecheck or other rules"):
        _work(piece, BatchSettings(), "jsonl", ("0.0", "other"))


def test_what_is_wrong_with_a_cluster_is_said_in_a_sentence(run, tmp_path, cluster):
    address, _, _ = cluster
    (tmp_path / "one.jsonl").write_text(lines(1))
    assert run("audit", "one.jsonl", "--dask", address, "--workers", "2").returncode == 2
    finished = run("audit", "one.jsonl", "--dask", "nowhere at all")
    assert finished.returncode == 2
    assert b"no scheduler at this address" in finished.stderr
    assert b"Traceback" not in finished.stderr
    finished = run("audit", "one.jsonl", "--dask", address, "--plugins", "none")
    assert finished.returncode == 2
    assert b"Traceback" not in finished.stderr


@pytest.mark.exhaustive
@pytest.mark.parametrize("back", [False, True])
def test_a_cluster_that_goes_away_is_said_in_a_sentence(tmp_path, cluster, back):
    """Nobody waits for what is never answered, whether the scheduler stays away or another comes in its place."""
    address, _, again = cluster
    (tmp_path / "many.jsonl").write_text(lines(6_000, note=LONG))
    audit = [sys.executable, "-m", "engagecheck", "audit", "many.jsonl", "-f", "jsonl=out.jsonl", "--dask", address]
    process = subprocess.Popen(audit, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        waited_for(lambda: (tmp_path / "out.jsonl").exists() and (tmp_path / "out.jsonl").stat().st_size > 0)
        assert process.poll() is None
        end_scheduler(tmp_path)
        if back:
            again.scheduler()
        said = process.communicate(timeout=100)[1].decode()
    finally:
        process.kill()
        process.communicate()
    assert process.returncode == 5, said
    assert "the cluster went away" in said
    assert "Traceback" not in said
    assert (tmp_path / "out.jsonl").read_bytes().endswith(b"\n")
