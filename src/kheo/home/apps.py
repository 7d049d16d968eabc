"""Registration of the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.ui.history import register_words

DEEDS = {
    "view.save": _("view saved"),
    "view.rename": _("saved view renamed"),
    "view.delete": _("saved view deleted"),
    "calendar.renew": _("new calendar address"),
    "calendar.close": _("calendar address taken away"),
}


class HomeConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.home"
    label = "home"

    def ready(self) -> None:
        """Say how the deeds are written in histories."""
        register_words(deeds=DEEDS)
