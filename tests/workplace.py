"""The workplace in this process. Nothing of Django is imported before a test asks for it."""

import os
import re
import shutil

import pytest

from walk import served

# A browser that another test has started in this process runs an event loop, in which Django refuses to read its database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PLACES = {"pk": 1, "address": "organisation", "form": "json", "entry": "e000000000000", "number": 1, "other": 1, "uidb64": "MQ", "token": "t-t", "name": "nothing"}


def routes():
    """The name of each route, with an address of it."""
    from django.urls import reverse

    from engagecheck.web.urls import urlpatterns

    for one in (one for one in urlpatterns if hasattr(one, "name")):  # those below /api/ have tests of their own
        kept = {name: value for name, value in PLACES.items() if f"{name}>" in str(one.pattern)}
        yield one.name, reverse(one.name, kwargs=kept)


@pytest.fixture(scope="session")
def data_folder(tmp_path_factory):
    """The one data folder that Django is configured for in this process."""
    from engagecheck.plugin_host.registry import installed
    from engagecheck.web.environment import Configured
    from engagecheck.web.folder import DATABASE_VARIABLE, open_folder
    from engagecheck.web.server import configure, prepare_database

    folder = open_folder(tmp_path_factory.mktemp("workplace") / "data")
    with pytest.MonkeyPatch.context() as patch:  # processes that tests start have databases of their own
        patch.setenv(DATABASE_VARIABLE, os.environ.get("ENGAGECHECK_TEST_DATABASE", ""))
        configure(folder, Configured(installed(third_party=False)))
    prepare_database()
    yield folder
    from django.db import connections

    connections.close_all()


def empty(folder):
    """Take everything out of the database and the data folder."""
    from django.core.management import call_command

    call_command("flush", interactive=False, verbosity=0, reset_sequences=True)
    shutil.rmtree(folder.files, ignore_errors=True)


@pytest.fixture(scope="module")
def program(data_folder):
    """The workplace of this process, served to browsers by a process of its own."""
    environment = {**os.environ, "ENGAGECHECK_DATABASE": os.environ.get("ENGAGECHECK_TEST_DATABASE", "")}
    with served(data_folder.path, environment=environment) as process:
        empty(data_folder)  # of the first user, whom the program makes
        yield process


@pytest.fixture
def visitor(data_folder):
    """A browser of someone who is not signed in. The database is empty before and after."""
    from django.test import Client

    yield Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
    empty(data_folder)


@pytest.fixture
def officer(visitor):
    """A browser of the one user."""
    from engagecheck.web.team.accounts import first_user

    visitor.force_login(first_user())
    return visitor


@pytest.fixture
def assessment(officer, sound):  # noqa: ARG001
    """The invented trust as an assessment."""
    from engagecheck.web.models import Assessment

    return Assessment.begin(sound)


def as_a_paper(answer):
    """A page that the papers make, without its link back to the workplace, which it has once."""
    page, links = re.subn(rb'<p><a href="/[^"]*">Back to the workplace</a></p>', b"", answer.content)
    assert links == 1
    return page


class Team:
    """Users with one role each, in one assessment of the invented trust, and a browser for each of them."""

    def __init__(self, document):
        from django.test import Client

        from engagecheck.web.models import Assessment, Membership, User
        from engagecheck.web.team.accounts import make

        rights = {"administrator": {"is_administrator": True}, "auditor": {"is_auditor": True}, "lead": {"may_begin": True}}
        names = ("administrator", "auditor", "lead", "contributor", "reviewer", "board", "outsider")
        self.users = {name: make(name, rights.get(name, {})) for name in names}
        self.assessment = Assessment.begin(document, self.users["lead"])
        for name, role, sections in (("contributor", "contributor", ["appraisal"]), ("reviewer", "reviewer", []), ("board", "board reader", [])):
            Membership.objects.create(assessment=self.assessment, user=self.users[name], role=role, sections=sections)
        self.clients = {name: Client(SERVER_NAME="127.0.0.1") for name in names}
        for name, client in self.clients.items():
            client.force_login(self.users[name])
        assert User.objects.count() == len(names)

    def __getattr__(self, name):
        try:
            return self.clients[name]
        except KeyError:
            raise AttributeError(name) from None

    def stand_at(self, step):
        """Move the assessment to a step, whatever it takes."""
        type(self.assessment).objects.update(step=step)


@pytest.fixture
def team(visitor, sound):  # noqa: ARG001
    """A team, whose roles are those of the table."""
    return Team(sound)
