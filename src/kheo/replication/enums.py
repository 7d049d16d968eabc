"""Closed lists of the room: how far a replication has come, and what can be done to it."""

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class GuideState(TextChoices):
    """Whether a guide is still written or can be read by all."""

    DRAFT = "draft", pgettext_lazy("guide", "being written")
    PUBLISHED = "published", pgettext_lazy("guide", "published")


class ReplicationState(TextChoices):
    """How far a unit has come in replicating a model."""

    ASKED = "asked", pgettext_lazy("replication", "asked for")
    AGREED = "agreed", pgettext_lazy("replication", "agreed")
    DECLINED = "declined", pgettext_lazy("replication", "declined")
    UNDER_WAY = "under_way", pgettext_lazy("replication", "under way")
    DONE = "done", pgettext_lazy("replication", "carried out")
    GIVEN_UP = "given_up", pgettext_lazy("replication", "given up")


class ReplicationDeed(TextChoices):
    """What can be done to a replication; each is a row of ``rules.TRANSITIONS``."""

    AGREE = "agree", pgettext_lazy("replication", "agree")
    DECLINE = "decline", pgettext_lazy("replication", "decline")
    BEGIN = "begin", pgettext_lazy("replication", "begin")
    FINISH = "finish", pgettext_lazy("replication", "say that it is carried out")
    GIVE_UP = "give-up", pgettext_lazy("replication", "give up")


# in these a unit has taken the model up, and asks no second time
STANDING = (
    ReplicationState.ASKED,
    ReplicationState.AGREED,
    ReplicationState.UNDER_WAY,
    ReplicationState.DONE,
)
# in these the model counts as replicated
CARRIED = (ReplicationState.UNDER_WAY, ReplicationState.DONE)
