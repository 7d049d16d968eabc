"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "intake.receive": _("Handed files in"),
    "intake.correct": _("Corrected what was read"),
    "intake.order": _("Had the rows saved"),
    "intake.fail": _("Could not save the rows"),
    "intake.save": _("Made drafts of the rows"),
    "intake.abandon": _("Gave the import up"),
}
FIELDS = {
    "files": _("number of files"),
    "row": _("row"),
    "rows": _("rows"),
    "decision": _("decision"),
    "registrations": _("registrations"),
}


class IntakeConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.intake"
    label = "intake"

    def ready(self) -> None:
        """Say how deeds and fields are written in histories."""
        from kheo.intake.enums import Decision  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        register_words(deeds=DEEDS, fields=FIELDS, values=dict(Decision.choices))
        # a deed on the records of the room below, whose fields keep their own words
        register_words(deeds={"registration.import": _("Began it from a file")})
