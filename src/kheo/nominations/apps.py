"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEEDS = {
    "nominations.begin": _("list of nominations begun"),
    "nominations.put-forward": _("model put forward"),
    "nominations.stop": _("models stop at this level"),
    "nominations.clear": _("decision on a model taken back"),
    "nominations.rank": _("models ranked anew"),
    "nominations.write-proposal": _("words of the proposal changed"),
    "nominations.send": _("list sent up"),
    "nominations.take-back": _("list taken back"),
    "nominations.answer": _("models answered"),
    "nominations.send-back": _("list sent back"),
}
FIELDS = {
    "nominations.cap": _("nomination cap"),
    "nominations.model": _("model or exemplary case"),
    "nominations.models": _("models and exemplary cases"),
    "nominations.count": pgettext_lazy("nomination", "how many"),
    "nominations.rank": pgettext_lazy("nomination", "rank"),
    "nominations.ranking": _("ranking"),
    "nominations.state": _("state"),
    "nominations.target": pgettext_lazy("nomination list", "sent to"),
    "nominations.answers": _("answers"),
    "nominations.number": _("number"),
    "nominations.issued_on": _("date of the paper"),
    "nominations.addressee": _("addressed to"),
    "nominations.grounds": _("grounds"),
    "nominations.position": _("position of the signatory"),
    "nominations.signatory": _("signatory"),
    "nominations.recipients": pgettext_lazy("nomination list", "recipients"),
}


class NominationsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.nominations"
    label = "nominations"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories."""
        # enums cannot be imported before all apps are ready
        from kheo.nominations.enums import ListState  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        values = {f"nominations.{state.value}": state.label for state in ListState}
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
