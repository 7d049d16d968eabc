"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig


class CouncilsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.councils"
    label = "councils"
