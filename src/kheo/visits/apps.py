"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.visits"
    label = "visits"
