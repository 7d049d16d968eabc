"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig


class NominationsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.nominations"
    label = "nominations"
