"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig


class RecognitionConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.recognition"
    label = "recognition"
