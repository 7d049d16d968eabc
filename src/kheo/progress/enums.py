"""Closed lists of the room: how a model stands, what an update says, how figures add up."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CourseState(TextChoices):
    """How an accepted model stands since."""

    UNDERWAY = "underway", _("under way")
    DONE = "done", pgettext_lazy("model", "carried out")
    STOPPED = "stopped", pgettext_lazy("model", "stopped")
    MERGED = "merged", _("merged into another")


class UpdateKind(TextChoices):
    """What a line in the course of a model says."""

    NEWS = "news", _("news")
    RESULT = "result", _("results")
    DONE = "done", _("reported as carried out")
    TAKEN_BACK = "taken_back", _("report taken back")
    STOPPED = "stopped", pgettext_lazy("model", "stopped")
    MERGED = "merged", _("merged into another")
    RESUMED = "resumed", _("taken up again")
    ASKED = "asked", _("news asked for")


class Adding(TextChoices):
    """How the figures of an indicator add up, first of one model and then of many."""

    SUM = "sum", _("added up")
    LATEST = "latest", _("the latest of each model")
    MAXIMUM = "maximum", _("the highest")


class IndicatorGroup(TextChoices):
    """Where an indicator stands in the catalogue."""

    LAND = "land", _("land")
    LABOUR = "labour", _("labour")
    MONEY = "money", _("money and kind")
    WORKS = "works", _("roads and works")
    HOUSING = "housing", _("houses and help")
    PEOPLE = "people", _("people and households")
    MEETINGS = "meetings", _("meetings, classes, information")
    SECURITY = "security", _("order and security")
    PRODUCTION = "production", _("production and environment")
    OTHER = "other", _("other results")


class Deed(TextChoices):
    """What can be done to the course of a model; each is an arrow in ``rules.TRANSITIONS``."""

    REPORT = "report", _("write news")
    PLAN = "plan", _("set results and milestones")
    DONE = "done", _("report as carried out")
    TAKE_BACK = "take-back", _("take the report back")
    STOP = "stop", _("mark as stopped")
    MERGE = "merge", _("mark as merged")
    RESUME = "resume", _("take up again")
    ASK = "ask", _("ask for news")
