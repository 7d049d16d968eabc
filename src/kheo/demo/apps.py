"""Registration of the room with Django."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.demo"
    label = "demo"
