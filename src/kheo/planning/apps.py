"""Registration of the room with Django."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """The room as Django knows it; it keeps no table of its own."""

    name = "kheo.planning"
    label = "planning"
