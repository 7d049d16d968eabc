"""Closed lists of the room: fields, forms, states of rounds and of units in them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Field(TextChoices):
    """The four canonical fields; issuers may label and order them differently."""

    ECONOMY = "economy", _("economy")
    CULTURE_SOCIETY = "culture_society", _("culture and society")
    DEFENCE_SECURITY = "defence_security", _("defence and security")
    POLITICAL_SYSTEM = "political_system", _("building the political system")


class Form(TextChoices):
    """Who carries it out: a collective or an individual."""

    COLLECTIVE = "collective", _("collective")
    INDIVIDUAL = "individual", _("individual")


class RoundState(TextChoices):
    """A round is prepared, then published, then closed."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class LatePolicy(TextChoices):
    """What happens after a deadline: being late is a fact, being locked out a choice."""

    ACCEPT = "accept", _("accepted and marked as late")
    REFUSE = "refuse", _("refused without an extension")


class UnitState(TextChoices):
    """How far a unit has come in a round."""

    NOT_STARTED = "not_started", _("not started")
    DRAFT = "draft", _("draft")
    SIGNED_OFF = "signed_off", _("signed off")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")


# a unit in one of these owes its round something
OWING = (UnitState.NOT_STARTED, UnitState.DRAFT, UnitState.SIGNED_OFF, UnitState.RETURNED)


class LayoutKind(TextChoices):
    """A form for one registration, or a list of many."""

    FORM = "form", _("registration form")
    LIST = "list", _("list")


class LayoutCode(TextChoices):
    """The official forms a layout is a variant of (S4 and S0/S1)."""

    M1 = "M1", "M1"
    M2 = "M2", "M2"
    M3 = "M3", "M3"
    M4 = "M4", "M4"
    S0 = "S0", "S0"
    S1 = "S1", "S1"
