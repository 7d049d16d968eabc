"""Registration of the room with Django."""

from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.directives"
    label = "directives"
