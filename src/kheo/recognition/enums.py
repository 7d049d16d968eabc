"""Closed lists of the room: the three acts, the two tracks, and how far papers have come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kheo.exemplars.enums import Stage


class Act(TextChoices):
    """What is done for somebody's achievement; each act has papers of its own."""

    RECOGNISE = "recognise", _("recognition")
    PRAISE = "praise", _("public praise")
    COMMEND = "commend", _("commendation")


class Track(TextChoices):
    """Whose honours they are: the party and the state keep them apart."""

    PARTY = "party", _("party track")
    STATE = "state", _("state track")


class ProposalState(TextChoices):
    """How far a proposal has come."""

    DRAFT = "draft", _("draft")
    SENT = "sent", _("sent")
    DECIDED = "decided", pgettext_lazy("proposal", "decided")
    DECLINED = "declined", _("declined")


class DecisionState(TextChoices):
    """How far a decision has come; before it is announced, units see nothing of it."""

    DRAFT = "draft", _("draft")
    ISSUED = "issued", pgettext_lazy("decision", "issued")
    ANNOUNCED = "announced", _("announced")


class Purpose(TextChoices):
    """What a decision does: it confers honours, or it takes them back."""

    CONFER = "confer", _("confers honours")
    REVOKE = "revoke", _("revokes honours")


class Subject(TextChoices):
    """Who or what is honoured."""

    EXEMPLAR = "exemplar", _("model or exemplary case")
    UNIT = "unit", _("unit")
    PERSON = "person", _("person")


# what an act makes of a registration
STAGE_OF = {
    Act.RECOGNISE: Stage.RECOGNISED,
    Act.PRAISE: Stage.PRAISED,
    Act.COMMEND: Stage.COMMENDED,
}
