"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "task.create": _("task given"),
    "task.edit": _("task changed"),
    "task.close": _("task closed"),
    "task.reopen": _("task opened again"),
    "task.report": _("progress reported"),
    "task.done": _("said to be done"),
    "task.confirm": _("confirmed as done"),
    "task.return": _("returned"),
    "task.open-again": _("part opened again"),
    "task.take-over": _("taken over into an own task"),
    "task.new-turn": _("new year begun"),
}
FIELDS = {
    "ordinal": _("number in the paper"),
    "content": _("content"),
    "timing": _("time"),
    "starts_on": _("from"),
    "due_on": _("deadline"),
    "due_month": _("month"),
    "due_day": _("day"),
    "exceptions": _("other deadlines of single years"),
    "time_text": _("time as the paper words it"),
    "directing": _("directing"),
    "executing": _("carrying out"),
    "cooperating": _("cooperating"),
    "parent": _("task of the superior"),
    "files": _("files"),
    "turn": _("year"),
}


class AssignmentsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.assignments"
    label = "assignments"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories; keep the schedule."""
        # enums cannot be imported before all apps are ready
        from kheo.assignments.enums import PartState, TaskState, Timing  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        values = dict([*Timing.choices, *TaskState.choices, *PartState.choices])
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        post_migrate.connect(_keep_schedule, sender=self)


def _keep_schedule(**_kwargs: object) -> None:
    from kheo.assignments.actions import keep_task_schedule  # noqa: PLC0415

    keep_task_schedule()
