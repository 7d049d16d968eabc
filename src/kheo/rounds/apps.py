"""Registration of the room with Django."""

from django.apps import AppConfig


class RoundsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.rounds"
    label = "rounds"
