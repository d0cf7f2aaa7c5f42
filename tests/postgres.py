"""A throw-away PostgreSQL cluster, and databases of their own on it."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from pathlib import Path

import pytest

from machine import program


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture(scope="session")
def server():
    """A throw-away PostgreSQL cluster on the loopback address, in a folder that its user may enter."""
    pytest.importorskip("psycopg")
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    initdb = str(versions[-1]) if versions else program("initdb")
    folder, port = Path(tempfile.mkdtemp(prefix="engagecheck-postgres-")), free_port()
    data = folder / "data"
    as_user = []
    if os.geteuid() == 0:
        as_user = [program("setpriv"), "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        shutil.chown(folder, "postgres", "postgres")
    quiet = {"check": True, "capture_output": True, "cwd": folder}
    subprocess.run([*as_user, initdb, "-D", data, "-U", "tester", "--auth=trust", "--no-sync"], **quiet)
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c max_connections=60 -c fsync=off"  # it is never killed
    control = [*as_user, str(Path(initdb).with_name("pg_ctl")), "-D", data, "-w", "-l", data / "log", "-o", options]
    subprocess.run([*control, "start"], **quiet)
    yield f"postgresql://tester:secret@127.0.0.1:{port}"
    subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(folder)


def new_database(url, name):
    """The address of a new database on the server, called like a test's folder."""
    import psycopg

    name = "d" + re.sub(r"\W", "", name.lower())
    with psycopg.connect(f"{url}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{url}/{name}"


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.exhaustive)])
def both(request, tmp_path):
    """The environment of a process that serves on a database of its own, once on SQLite and once on PostgreSQL."""
    from engagecheck.web.folder import DATABASE_VARIABLE

    if request.param == "sqlite":
        return dict(os.environ)
    return {**os.environ, DATABASE_VARIABLE: new_database(request.getfixturevalue("server"), tmp_path.name)}
