"""Closed lists of the room: states and deeds of councils, roles in them, ties, votes, results."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CouncilState(TextChoices):
    """A council is set up, scores, meets, settles its outcome and announces it."""

    DRAFT = "draft", pgettext_lazy("council", "being prepared")
    SCORING = "scoring", _("scoring")
    SESSION = "session", _("in session")
    DECIDED = "decided", _("outcome settled")
    ANNOUNCING = "announcing", _("being announced")
    ANNOUNCED = "announced", _("announced")


class CouncilDeed(TextChoices):
    """What moves a council on or back; each is an arrow in ``rules.TRANSITIONS``."""

    OPEN_SCORING = "open-scoring", _("open the scoring")
    BACK_TO_DRAFT = "back-to-draft", _("back to preparation")
    OPEN_SESSION = "open-session", _("close the scoring and open the session")
    REOPEN_SCORING = "reopen-scoring", _("open the scoring again")
    DECIDE = "decide", _("settle the outcome")
    REOPEN_SESSION = "reopen-session", _("take the outcome up again")
    ANNOUNCE = "announce", _("announce the outcome")


class MemberRole(TextChoices):
    """What a member is in the council."""

    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", pgettext_lazy("council", "member")


class Facet(TextChoices):
    """By what files are ranked apart."""

    FIELD = "field", _("field")
    LEVEL = "level", _("level")
    FORM = "form", _("collective or individual")


class ConflictKind(TextChoices):
    """Why a member keeps out of a file."""

    OWN_UNIT = "own_unit", _("own unit")
    OWN_LINE = "own_line", _("unit below the own unit")
    DECLARED = "declared", _("declared by the member")


class AllotmentState(TextChoices):
    """Whether the scores of a member for a file are in."""

    WAITING = "waiting", _("to be scored")
    DRAFT = "draft", _("begun")
    DONE = "done", _("scores are in")


class AllotmentMode(TextChoices):
    """How a file came to a member."""

    HAND = "hand", _("by hand")
    FIELD = "field", _("by field")
    BALANCED = "balanced", _("balanced")


class Choice(TextChoices):
    """What a ballot says of a file."""

    FOR = "in_favour", _("in favour")
    AGAINST = "against", _("against")
    BLANK = "blank", _("no opinion")


class Result(TextChoices):
    """What a council says of a file."""

    PUT_FORWARD = "put_forward", _("put forward for recognition")
    NOT_PUT_FORWARD = "not_put_forward", _("not put forward")
    DISQUALIFIED = "disqualified", _("disqualified")


class Ground(TextChoices):
    """Why a file is not put forward."""

    CONDITION = "condition", _("a disqualifying condition")
    GRADE = "grade", _("the grade is not enough")
    VOTE = "vote", _("not more than half of those present voted for it")


class TieRule(TextChoices):
    """By what a file stands before the next one of its group."""

    TOTAL = "total", _("total of points")
    COUNCIL = "council", _("points of the council")
    HEAVIEST = "heaviest", _("criterion with the greatest weight")
    EARLIER = "earlier", _("handed in earlier")
    CHAIR = "chair", _("decision of the chair")
    SHARED = "shared", _("shared place")
