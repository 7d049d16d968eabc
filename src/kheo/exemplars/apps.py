"""Registration of the room with Django."""

from django.apps import AppConfig


class ExemplarsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.exemplars"
    label = "exemplars"
