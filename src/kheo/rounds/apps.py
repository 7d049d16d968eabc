"""Registration of the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RoundsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.rounds"
    label = "rounds"

    def ready(self) -> None:
        """Say how the history calls deeds; load what is shipped after each migration."""
        from kheo.rounds.queries.words import DEEDS, FIELDS, VALUES  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        register_words(deeds=DEEDS, fields=FIELDS, values=VALUES)
        post_migrate.connect(_load_official_layouts, sender=self)


def _load_official_layouts(**_kwargs: object) -> None:
    # models cannot be imported before all apps are ready
    from kheo.rounds.actions.reference import load_official_layouts  # noqa: PLC0415

    load_official_layouts()
