"""Registration of the room with Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.notices"
    label = "notices"

    def ready(self) -> None:
        """Offer the number of unread notices and the words of the history; keep the schedule."""
        from kheo.ui.history import register_words  # noqa: PLC0415
        from kheo.ui.menu import register_counter  # noqa: PLC0415

        register_counter("notices:list", _unread)
        register_words(deeds=DEEDS, fields=FIELDS)
        post_migrate.connect(_keep_schedule, sender=self)


DEEDS = {
    "message.prepare": _("message prepared"),
    "message.edit": _("message changed"),
    "message.send": _("message sent"),
    "message.cancel": _("message cancelled"),
}
FIELDS = {
    "subject": _("subject line"),
    "body": _("text"),
    "units": _("units"),
    "unit_count": _("number of units"),
    "recipients": _("number of recipients"),
}


def _unread(request: HttpRequest) -> int:
    # models cannot be imported before all apps are ready
    from kheo.accounts.models import User  # noqa: PLC0415
    from kheo.notices.queries import unread_count  # noqa: PLC0415

    return unread_count(request.user) if isinstance(request.user, User) else 0


def _keep_schedule(**_kwargs: object) -> None:
    from kheo.notices.actions import keep_digest_schedule  # noqa: PLC0415

    keep_digest_schedule()
