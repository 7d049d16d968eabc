"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig


class CriteriaConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.criteria"
    label = "criteria"
