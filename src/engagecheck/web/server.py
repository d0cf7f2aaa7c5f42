"""The start of the workplace: the database, the first user, the link to sign in, and the server."""

import os
import signal
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import django
import waitress
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.tokens import default_token_generator
from django.core.handlers.wsgi import WSGIHandler
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse

from engagecheck.errors import UsageRefused
from engagecheck.web.database import database_for, database_name
from engagecheck.web.folder import Folder, open_folder
from engagecheck.web.settings import MOST_BYTES, settings_for

HOST = "127.0.0.1"


def serve(path: Path | None, port: int, *, opens_browser: bool, migrates: bool, say: Callable[[str], None]) -> None:
    """Serve the workplace in a data folder at a port of this machine until the process is asked to end.

    Port 0 is any that is free. `say` takes each line for the person. Raises `UsageRefused` if it cannot start.
    """
    if os.name == "posix":
        os.umask(0o077)  # whatever this process writes is for its user alone
    folder = open_folder(path)
    configure(folder)
    prepare_database(folder, migrates=migrates)
    # The models can be imported only now that Django is configured.
    from engagecheck.web.files import tidy

    tidy()
    try:
        server = waitress.create_server(
            WSGIHandler(), host=HOST, port=port, threads=8, ident="engagecheck", max_request_body_size=MOST_BYTES + 1_000_000
        )
    except OSError as error:
        raise UsageRefused(
            f"port {port}: cannot be used ({error.strerror}); choose another with --port, or 0 for any"
        ) from None
    link = f"http://{HOST}:{server.effective_port}{sign_in_link(first_user())}"
    say(f"Open this link to sign in. It works once, within five minutes:\n  {link}")
    say(f"Everything is kept in {folder.path}. Stop with Ctrl-C.")
    if opens_browser:
        threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end)
    server.run()
    server.close()
    say("Stopped. What was saved is kept.")


def configure(folder: Folder) -> None:
    """Configure Django for a data folder, once in the life of a process."""
    settings.configure(**settings_for(folder))
    django.setup()


def prepare_database(folder: Folder, *, migrates: bool = False) -> None:
    """Make the tables if there are none. Raises `UsageRefused` if they are of another version and `migrates` is false."""
    name = database_name(database_for(folder))
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


def first_user() -> Any:
    """The one user of this machine, who has no password and signs in by a link."""
    users = get_user_model().objects
    user = users.order_by("pk").first()
    if user is None:
        user = users.create_user("lead")
    return user


def sign_in_link(user: Any) -> str:
    """A link that signs a user in once. Django's own token: it ends with the next sign-in, or after `LINK_SECONDS`."""
    return f"{reverse('sign-in')}?{urlencode({'user': user.pk, 'token': default_token_generator.make_token(user)})}"


def _end(*_: object) -> None:
    raise SystemExit
