"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "appraisal.open": _("appraisal file opened"),
    "appraisal.score": _("score it oneself"),
    "appraisal.send": _("send to the superior"),
    "appraisal.return": _("return for correction"),
    "appraisal.superior-score": _("score as the superior"),
    "appraisal.pass": _("passed to the council"),
    "appraisal.take-back": _("taken back from the council"),
    "appraisal.close": _("result of the council entered"),
    "appraisal.withdraw": _("entry withdrawn"),
    "appraisal.add-evidence": _("evidence added"),
    "appraisal.remove-evidence": _("evidence taken off"),
    "title.enter": _("entered for a unit title"),
    "title.settle": _("decided on the unit title"),
}
FIELDS = {
    "scores": _("scores"),
    "self_total": _("self-score"),
    "superior_total": _("score of the superior"),
    "final_total": _("final score"),
    "grade": _("grade"),
    "criterion": _("criterion"),
    "criteria_set": _("criteria set"),
    "is_disqualified": _("not eligible"),
}


class AppraisalConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.appraisal"
    label = "appraisal"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories."""
        # enums cannot be imported before all apps are ready
        from kheo.appraisal.enums import FileState, TitleState  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        values = dict([*FileState.choices, *TitleState.choices])
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
