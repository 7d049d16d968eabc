"""Registration of the room with Django."""

from django.apps import AppConfig


class HomeConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.home"
    label = "home"
