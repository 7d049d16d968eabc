"""Registration of the room with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.organisations"
    label = "organisations"
