"""Registration of the service with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SearchConfig(AppConfig):
    """The service as Django knows it."""

    name = "kheo.search"
    label = "search"

    def ready(self) -> None:
        """Index what was there before the index was, after all tables are made."""
        post_migrate.connect(_fill, sender=self)


def _fill(**_kwargs: object) -> None:
    # models cannot be imported before all apps are ready
    from kheo.search.actions import fill_empty_index  # noqa: PLC0415

    fill_empty_index()
