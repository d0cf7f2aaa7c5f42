"""The workplace as an application of Django."""

from django.apps import AppConfig


class Workplace(AppConfig):
    """Its tables begin with `workplace_`."""

    name = "engagecheck.web"
    label = "workplace"
    verbose_name = "engagecheck"
