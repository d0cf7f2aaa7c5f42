"""The workplace in this process. Nothing of Django is imported before a test asks for it."""

import os
import shutil

import pytest

# A browser that another test has started in this process runs an event loop, in which Django refuses to read its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory):
    """The one data folder that Django is configured for in this process."""
    from engagecheck.web.folder import open_folder
    from engagecheck.web.server import configure, prepare_database

    folder = open_folder(tmp_path_factory.mktemp("workplace") / "data")
    configure(folder)
    prepare_database(folder)
    yield folder
    from django.db import connections

    connections.close_all()


@pytest.fixture
def visitor(data_folder):
    """A browser of someone who is not signed in. The database is empty before and after."""
    from django.core.management import call_command
    from django.test import Client

    yield Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
    call_command("flush", interactive=False, verbosity=0, reset_sequences=True)
    shutil.rmtree(data_folder.files, ignore_errors=True)


@pytest.fixture
def officer(visitor):
    """A browser of the one user."""
    from engagecheck.web.server import first_user

    visitor.force_login(first_user())
    return visitor


@pytest.fixture
def assessment(officer, sound):  # noqa: ARG001
    """The invented trust as an assessment."""
    from engagecheck.web.models import Assessment

    return Assessment.begin(sound)
