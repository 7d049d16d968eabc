"""Closed lists of the room: by what figures are cut and lists are ordered."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Cut(TextChoices):
    """By what registrations are counted; each is a column of the tallies."""

    UNIT = "unit", _("Unit")
    FIELD = "field", _("Field")
    FORM = "form", _("Collective or individual")
    LEVEL = "level", _("Level")
    CONTINUITY = "continuity", _("New, kept up or replicated")
    NATURE = "nature", _("Model or exemplary case")
    STATE = "state", _("State")
    YEAR = "year", _("Year")


class Step(TextChoices):
    """How far what was registered came, in the order of the year."""

    REGISTERED = "registered", _("registered")
    ACCEPTED = "accepted", _("accepted")
    NOMINATED = "nominated", _("nominated")
    CARRIED_OUT = "carried_out", _("carried out")
    APPRAISED = "appraised", _("appraised")
    RECOGNISED = "recognised", _("recognised")
    PRAISED = "praised", _("praised")
    COMMENDED = "commended", _("commended")
    REPLICATED = "replicated", _("replicated elsewhere")


class BoardSort(TextChoices):
    """By what the board of a round is ordered; a minus in front turns it round."""

    NAME = "name", _("unit")
    STATE = "state", _("state")
    DUE = "due", _("deadline")
    REGISTERED = "registered", _("registered")
    TOUCHED = "touched", _("last touched")
