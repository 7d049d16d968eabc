"""Registration of the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.directives"
    label = "directives"

    def ready(self) -> None:
        """Say how the history calls deeds and fields."""
        from kheo.ui.history import register_words  # noqa: PLC0415

        register_words(deeds=DEEDS, fields=FIELDS)


DEEDS = {"document.register": _("document entered"), "document.edit": _("document corrected")}
FIELDS = {
    "symbol": _("number and symbol"),
    "issued_on": _("date of issue"),
    "issuer_name": _("issuer"),
    "signatory": _("signatory"),
}
