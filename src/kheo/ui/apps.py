"""Registration of the room with Django."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.ui"
    label = "ui"
