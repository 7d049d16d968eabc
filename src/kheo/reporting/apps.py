"""Registration of the room with Django."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.reporting"
    label = "reporting"
