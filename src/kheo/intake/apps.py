"""Registration of the room with Django."""

from django.apps import AppConfig


class IntakeConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.intake"
    label = "intake"
