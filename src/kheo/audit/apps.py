"""Registration of the room with Django."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.audit"
    label = "audit"
