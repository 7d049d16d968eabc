"""Closed lists of the room: when tasks are due, who does what in them, how far a part has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Timing(TextChoices):
    """When a task is to be done (S1: "Thường xuyên", "Năm 2021 và những năm tiếp theo", a date)."""

    CONTINUOUS = "continuous", _("continuously")
    BETWEEN = "between", _("from one day to another")
    YEARLY = "yearly", _("every year by a day")
    BY = "by", _("by a day")


class TaskState(TextChoices):
    """A task runs until the body that gave it closes it."""

    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class BodyRole(TextChoices):
    """What a body is to a task (S1: cơ quan chỉ đạo, thực hiện, phối hợp)."""

    DIRECTING = "directing", _("directing")
    EXECUTING = "executing", _("carrying out")
    COOPERATING = "cooperating", _("cooperating")


class PartState(TextChoices):
    """How far a body has come with its part, in the turn that runs."""

    WAITING = "not_started", _("not begun")
    DOING = "doing", _("being done")
    RETURNED = "returned", _("returned")
    DONE = "done", _("said to be done")
    CONFIRMED = "confirmed", _("confirmed")


class ReportKind(TextChoices):
    """What a line in the course of a part says."""

    PROGRESS = "progress", _("progress")
    DONE = "done", _("said to be done")
    CONFIRM = "confirm", _("confirmed")
    RETURN = "return", _("returned")
    REOPEN = "reopen", _("opened again")


# whose part is worked on and reported; directing bodies confirm
WORKING = (BodyRole.EXECUTING, BodyRole.COOPERATING)
# states in which the body itself has something to do
OWING_PARTS = (PartState.WAITING, PartState.DOING, PartState.RETURNED)
