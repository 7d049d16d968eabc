"""Registration of the service with Django."""

from django.apps import AppConfig


class SearchConfig(AppConfig):
    """The service as Django knows it."""

    name = "kheo.search"
    label = "search"
