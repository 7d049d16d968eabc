"""Registration of the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RoundsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Load the shipped schemes of fields and layouts after each migration."""
        post_migrate.connect(_load_reference_data, sender=self)


def _load_reference_data(**_kwargs: object) -> None:
    # models cannot be imported before all apps are ready
    from kheo.rounds.actions.reference import load_reference_data  # noqa: PLC0415

    load_reference_data()
