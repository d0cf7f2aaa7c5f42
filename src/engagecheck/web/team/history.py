"""The history of approved reports: the chain of `engagecheck history`, in the database of the workplace itself."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection

from engagecheck.analysis.history import Store


class OwnHistory(Store):
    """A store in the database and the transaction that the workplace has open. `add` is that of any history."""

    def __init__(self) -> None:
        self.place = self.shown = "the history of this workplace"
        self.is_server = False

    @contextmanager
    def _transaction(self) -> Iterator[Any]:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("LOCK TABLE engagecheck_history IN EXCLUSIVE MODE")

            def run(statement: str, values: Sequence[Any]) -> list[Any]:
                cursor.execute(statement.replace("?", "%s"), list(values))
                return list(cursor.fetchall()) if cursor.description else []

            yield run
