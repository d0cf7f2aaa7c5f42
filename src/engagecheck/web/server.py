"""The start of the workplace: the database, the first user, the link to sign in, and the server."""

import os
import signal
import threading
import webbrowser
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import django
import waitress
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.utils.http import parse_header_parameters

from engagecheck.errors import UsageRefused
from engagecheck.web.database import database_name
from engagecheck.web.environment import HOSTS_VARIABLE, PROXY_VARIABLE, Configured, Environment, environment
from engagecheck.web.folder import Folder, open_folder
from engagecheck.web.settings import MOST_BYTES, settings_for

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

HOST = "127.0.0.1"
_LOOPBACK = (HOST, "::1", "localhost")


def serve(
    path: Path | None,
    host: str,
    port: int,
    configured: Configured,
    *,
    opens_browser: bool,
    migrates: bool,
    say: Callable[[str], None],
) -> None:
    """Serve the workplace in a data folder at an address of this machine until the process is asked to end.

    Port 0 is any that is free. `say` takes each line for the person. Raises `UsageRefused` if it cannot start.
    """
    at_interrupt = signal.getsignal(signal.SIGINT)
    folder, around = prepare(path, configured, migrates=migrates), environment()
    # The models can be imported only now that Django is configured.
    from engagecheck.web.files import tidy
    from engagecheck.web.team.accounts import first_user, is_alone, sign_in_link

    is_team = not is_alone()
    if host not in _LOOPBACK or around.is_team:
        _refuse_unless_safe(around, is_team=is_team)
    tidy()
    call_command("clearsessions")
    try:
        server = waitress.create_server(
            _utf_8_only(WSGIHandler()),
            host=host,
            port=port,
            threads=8,
            ident="engagecheck",
            max_request_body_size=MOST_BYTES + 1_000_000,
            **_trust_in(around),
        )
    except (OSError, ValueError) as error:
        raise UsageRefused(
            f"port {port}: cannot be used ({getattr(error, 'strerror', error)}); choose another with --port, or 0 for any"
        ) from None
    here = f"http://{f'[{host}]' if ':' in host else host}:{server.effective_port}"
    link = f"{f'https://{around.hosts[0]}' if around.is_team else here}{'/' if is_team else sign_in_link(first_user())}"
    say(
        f"Sign in with your name and password:\n  {link}"
        if is_team
        else f"Open this link to sign in. It works once, within five minutes:\n  {link}"
    )
    if around.is_team:
        say(f"The proxy at {around.proxy} is to pass requests on to {here}")
    say(f"Everything is kept in {folder.path}. Stop with Ctrl-C.")
    if opens_browser:
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
    signal.signal(signal.SIGTERM, _end)
    if signal.signal(signal.SIGINT, _end) != at_interrupt:
        raise KeyboardInterrupt  # it came while the program started, and a library swallowed it
    server.run()
    server.close()
    say("Stopped. What was saved is kept.")


def _utf_8_only(application: "WSGIApplication") -> "WSGIApplication":
    """The application for forms in UTF-8, as every browser sends them. Django fails on others before it handles what fails."""

    def answer(environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        try:
            charset = parse_header_parameters(environ.get("CONTENT_TYPE", ""))[1].get("charset", "utf-8")
        except (LookupError, ValueError):  # a parameter may be in an encoding that there is not
            charset = "unknown"
        if charset.lower() in ("utf-8", "utf8"):
            return application(environ, start_response)
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"This request is not in UTF-8; send it again in UTF-8.\n"]

    return answer


def add_user(path: Path | None, name: str, rights: Mapping[str, bool], password: str) -> bool:
    """Make a user in a data folder, or give one who is there a new password. Returns whether the user is new."""
    prepare(path)
    from engagecheck.web.team.accounts import make_or_change

    return make_or_change(name, rights, password)


def _refuse_unless_safe(around: Environment, *, is_team: bool) -> None:
    """Raise `UsageRefused` unless there are users, a proxy that does TLS, and a name by which browsers reach it."""
    if not is_team:
        raise UsageRefused(
            "--host: nobody is asked for a password yet; first make a user: engagecheck workplace user NAME --administrator"
        )
    if not around.hosts:
        raise UsageRefused(f"--host: set {HOSTS_VARIABLE} in the environment to the names by which browsers reach this program")
    if not around.proxy:
        raise UsageRefused(f"--host: set {PROXY_VARIABLE} in the environment to the address of the proxy that does TLS")


def _trust_in(around: Environment) -> dict[str, Any]:
    """What waitress believes of a request: from the proxy, whether it came by TLS, and from where. From any other, nothing."""
    if not around.proxy:
        return {}
    return {"trusted_proxy": around.proxy, "trusted_proxy_headers": {"x-forwarded-proto", "x-forwarded-for"}}


def prepare(path: Path | None, configured: Configured | None = None, *, migrates: bool = False) -> Folder:
    """Open a data folder, configure Django for it, and make its database if there is none.

    `configured` is needed for audits alone.
    """
    if os.name == "posix":
        os.umask(0o077)  # whatever this process writes is for its user alone
    folder = open_folder(path)
    configure(folder, configured)
    prepare_database(migrates=migrates)
    return folder


def configure(folder: Folder, configured: Configured | None = None) -> None:
    """Configure Django for a data folder, once in the life of a process."""
    settings.configure(**settings_for(folder, environment()), CONFIGURED=configured)
    django.setup()


def prepare_database(*, migrates: bool = False) -> None:
    """Make the tables if there are none. Raises `UsageRefused` if they are of another version and `migrates` is false."""
    name = database_name(connection.settings_dict)
    try:
        if _pending():
            if MigrationRecorder(connection).applied_migrations() and not migrates:
                raise UsageRefused(
                    f"{name}: was made by an earlier version. Make a backup with "
                    "engagecheck workplace backup FILE, and then run: engagecheck serve --migrate"
                )
            call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        said = " ".join(str(error).split())
        raise UsageRefused(f"{name}: cannot be used ({said}); check that it is there, or restore it from a copy") from None


def _pending() -> bool:
    """Whether migrations are still to be made. Raises `UsageRefused` if a later version has made some."""
    executor = MigrationExecutor(connection)
    ours = {name for label, name in executor.loader.disk_migrations if label == "workplace"}
    made = {name for label, name in executor.loader.applied_migrations if label == "workplace"}
    if made - ours:
        raise UsageRefused("this database was used by a later version of engagecheck; install that version again")
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _end(*_: object) -> None:
    raise SystemExit
