"""Registration of the room with Django, and how its deeds are called in histories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from kheo.ui.history import register_words

DEEDS = {
    "user.create": _("account made"),
    "user.set-password": _("password set"),
    "user.change-details": _("details of the account changed"),
    "user.set-language": _("language of the screens changed"),
    "user.activate": _("account opened again"),
    "user.deactivate": _("account closed"),
}
FIELDS = {
    "username": _("sign-in name"),
    "full_name": _("full name"),
    "email": _("e-mail"),
    "phone": _("telephone"),
    "language": _("language"),
}


class AccountsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Say how the deeds of the room are written."""
        register_words(deeds=DEEDS, fields=FIELDS)
