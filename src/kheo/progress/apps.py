"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "progress.report": _("news of the model"),
    "progress.plan": _("planned results set"),
    "progress.done": _("reported as carried out"),
    "progress.take-back": _("report taken back"),
    "progress.stop": _("marked as stopped"),
    "progress.merge": _("marked as merged"),
    "progress.resume": _("taken up again"),
    "progress.ask": _("news asked for"),
    "progress.strike-figure": _("figure struck out"),
    "progress.add-milestone": _("milestone set"),
    "progress.reach-milestone": _("milestone reached"),
    "progress.reopen-milestone": _("milestone not reached after all"),
    "progress.remove-milestone": _("milestone removed"),
    "progress.create-indicator": _("indicator added"),
    "progress.edit-indicator": _("indicator changed"),
    "progress.retire-indicator": _("indicator retired"),
    "progress.restore-indicator": _("indicator in use again"),
}
FIELDS = {
    "figures": _("figures"),
    "planned": _("planned"),
    "milestone": _("milestone"),
    "done_on": _("reached on"),
    "merged_with": _("merged with"),
    "group": _("group"),
    "sub_kind": _("sub-kind"),
    "unit": _("unit of measure"),
    "units": _("conversions"),
    "adding": _("rule of adding up"),
}


class ProgressConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.progress"
    label = "progress"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories; keep the schedule."""
        # enums cannot be imported before all apps are ready
        from kheo.progress.enums import Adding, CourseState, IndicatorGroup  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        values = dict([*CourseState.choices, *Adding.choices, *IndicatorGroup.choices])
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        post_migrate.connect(_keep_catalogue, sender=self)


def _keep_catalogue(**_kwargs: object) -> None:
    from kheo.progress.actions import keep_indicators, keep_progress_schedule  # noqa: PLC0415

    keep_indicators()
    keep_progress_schedule()
