"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEEDS = {
    "survey-team.set-up": _("survey team set up"),
    "survey-team.change": _("survey team changed"),
    "survey-team.end": _("work of the team ended"),
    "survey-team.resume": _("team put to work again"),
    "survey-visit.plan": _("visit planned"),
    "survey-visit.change": _("visit changed"),
    "survey-visit.choose-models": _("models of the visit chosen"),
    "survey-visit.announce": _("visit announced"),
    "survey-visit.cancel": _("visit cancelled"),
    "survey-visit.record": _("conclusions written"),
    "survey-visit.conclude": _("visit concluded"),
    "survey-visit.reopen": _("visit opened again"),
    "survey-visit.remark": _("remark of the unit kept"),
    "visit-sheet.fill": _("written into the sheet"),
    "visit-sheet.choose": _("chosen what stands in the sheet"),
    "visit-sheet.criteria": _("criteria laid under the sheet"),
    "visit-sheet.add-photo": _("photo added"),
    "visit-sheet.remove-photo": _("photo taken out"),
    "visit-advice.answer": _("recommendation answered"),
    "visit-advice.accept": _("recommendation confirmed as followed"),
    "visit-advice.return": _("more asked for"),
}
FIELDS = {
    "name": _("name"),
    "year": _("year"),
    "basis": _("set up by the document"),
    "field": _("field"),
    "area": _("area"),
    "members": _("members of the team"),
    "unit": _("visited unit"),
    "held_on": _("day of the visit"),
    "starts": _("begins at"),
    "ends": _("ends at"),
    "place": _("whereabouts"),
    "purpose": _("what is looked at"),
    "models": pgettext_lazy("visit", "models"),
    "conclusions": _("conclusions"),
    "recommendations": _("recommendations"),
    "remark": _("remark of the unit"),
    "criteria_set": _("criteria set"),
    "answer": pgettext_lazy("recommendation", "answer of the unit"),
    "state": _("state"),
}


class VisitsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.visits"
    label = "visits"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories; keep the schedule."""
        # enums cannot be imported before all apps are ready
        from kheo.ui.history import register_words  # noqa: PLC0415
        from kheo.visits.enums import AdviceState, VisitState  # noqa: PLC0415

        values = dict([*VisitState.choices, *AdviceState.choices])
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        post_migrate.connect(_keep_schedule, sender=self)


def _keep_schedule(**_kwargs: object) -> None:
    from kheo.visits.actions import keep_advice_schedule  # noqa: PLC0415

    keep_advice_schedule()
