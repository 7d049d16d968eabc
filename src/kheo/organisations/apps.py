"""Registration of the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Load the shipped levels and kinds after each migration."""
        post_migrate.connect(_load_reference_data, sender=self)


def _load_reference_data(**_kwargs: object) -> None:
    # models cannot be imported before all apps are ready
    from kheo.organisations.actions.reference import load_reference_data  # noqa: PLC0415

    load_reference_data()
