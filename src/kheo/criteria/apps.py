"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "criteria-set.create": _("criteria set begun"),
    "criteria-set.edit": _("criteria set changed"),
    "criteria-set.edit-criteria": _("criteria changed"),
    "criteria-set.edit-grades": _("grades changed"),
    "criteria-set.add-criterion": _("criterion added"),
    "criteria-set.move-criterion": _("criterion moved"),
    "criteria-set.remove-criterion": _("criterion removed"),
    "criteria-set.put-in-force": _("put in force"),
    "criteria-set.retire": _("criteria set ended"),
    "criteria-set.renew": _("new version begun"),
    "criteria-set.copy": _("copied into an own set"),
    "criteria-set.discard": _("draft thrown away"),
}
FIELDS = {
    "name": _("name"),
    "subject": _("judges"),
    "document": _("document"),
    "period_text": _("when it is scored"),
    "valid_from": _("valid from"),
    "valid_to": _("valid to"),
    "total": _("total points"),
    "bonus_cap": _("bonus points at most"),
    "criteria": _("criteria"),
    "criterion": _("criterion"),
    "grades": _("grades"),
    "edition": _("version"),
    "parent": _("belongs to"),
    "copied_from": _("copied from"),
    "way": _("moved"),
}
VALUES = {
    "up": _("up"),
    "down": _("down"),
    "in": _("below the one before it"),
    "out": _("out of its heading"),
}


class CriteriaConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.criteria"
    label = "criteria"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written; load examples after a migration."""
        # enums cannot be imported before all apps are ready
        from kheo.criteria.enums import Subject  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        register_words(deeds=DEEDS, fields=FIELDS, values=VALUES | dict(Subject.choices))
        post_migrate.connect(_load_examples, sender=self)


def _load_examples(**_kwargs: object) -> None:
    from django.utils import timezone  # noqa: PLC0415

    from kheo.criteria.actions import load_shipped_sets  # noqa: PLC0415

    load_shipped_sets(at=timezone.now())
