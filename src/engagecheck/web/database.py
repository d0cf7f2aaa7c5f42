"""The database of the workplace: a file of the data folder, or the PostgreSQL that the environment names."""

import json
import os
from contextlib import suppress
from importlib.util import find_spec
from typing import Any

from django.db import models

from engagecheck.errors import UsageRefused
from engagecheck.web.folder import DATABASE_VARIABLE, Folder

_SECONDS = 60


class OrderedJSON(models.JSONField):
    """JSON whose members keep their order. PostgreSQL's own type would sort them, and a report names lines of the profile."""

    def db_type(self, connection: Any) -> str:  # noqa: D102
        return "text" if connection.vendor == "postgresql" else super().db_type(connection)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: ARG002, D102
        return json.dumps(value)


def database_for(folder: Folder) -> dict[str, Any]:
    """Django's settings for the database of a data folder.

    Raises `UsageRefused` if the environment names something that is not a PostgreSQL database, or a package is missing.
    """
    address = os.environ.get(DATABASE_VARIABLE, "").strip()
    return _server(address) if address else _file(folder)


def database_name(settings: dict[str, Any]) -> str:
    """What a message calls a database. It holds no password."""
    if settings["ENGINE"].endswith("sqlite3"):
        return str(settings["NAME"])
    return f"the database {settings['NAME']} of {DATABASE_VARIABLE}"


def _file(folder: Folder) -> dict[str, Any]:
    """SQLite that keeps what it confirmed if the power fails, writes zeros over what is deleted, and lets two saves wait."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(folder.database),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;",
        },
    }


def _server(address: str) -> dict[str, Any]:
    """PostgreSQL, whose connections are kept for a minute and tried before they are used again."""
    if any(find_spec(name) is None for name in ("dj_database_url", "psycopg")):
        raise UsageRefused(
            f"{DATABASE_VARIABLE}: needs the extra team; install it with: python -m pip install 'engagecheck[team]'"
        )
    import dj_database_url

    settings: dict[str, Any] = {}
    with suppress(ValueError):
        settings.update(dj_database_url.parse(address, conn_max_age=_SECONDS, conn_health_checks=True))
    if settings.get("ENGINE") != "django.db.backends.postgresql" or not settings["NAME"]:
        raise UsageRefused(
            f"{DATABASE_VARIABLE}: is not the address of a PostgreSQL database; write it as postgresql://USER:PASSWORD@HOST/NAME"
        )
    settings["OPTIONS"] = {"connect_timeout": 10, **settings.get("OPTIONS", {})}
    return settings
