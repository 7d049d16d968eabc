"""Registration of the room with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.notices"
    label = "notices"
