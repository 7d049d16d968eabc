"""Registration of the room with Django, how its history is told, and what runs by the clock."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

GUIDE_DEEDS = {
    "guide.write": _("guide written"),
    "guide.publish": _("guide published"),
    "guide.withdraw": _("guide taken back"),
}
DEEDS = {
    "replication.ask": _("asked to replicate"),
    "replication.agree": _("request agreed to"),
    "replication.decline": _("request declined"),
    "replication.begin": _("replica begun"),
    "replication.follow": _("replica registered"),
    "replication.finish": _("replica carried out"),
    "replication.give-up": _("replica given up"),
}
GUIDE_FIELDS = {
    "guide.problem": _("problem it solves"),
    "guide.steps": _("steps"),
    "guide.conditions": _("conditions"),
    "guide.cost": _("cost and resources"),
    "guide.people": _("who carries it out"),
    "guide.pitfalls": _("what to watch for"),
    "guide.contact": _("contact for experience"),
    "guide.files": _("files"),
    "guide.state": _("state"),
}
FIELDS = {
    "replication.state": _("state"),
    "replication.adaptation": _("what is done differently"),
}


class ReplicationConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.replication"
    label = "replication"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories; follow replicas."""
        # enums and models cannot be imported before all apps are ready
        from kheo.exemplars.signals import replicas_decided  # noqa: PLC0415
        from kheo.replication.actions.following import follow_decided  # noqa: PLC0415
        from kheo.replication.enums import GuideState, ReplicationState  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        values = {f"replication.{one.value}": one.label for one in ReplicationState}
        guides = {f"guide.{one.value}": one.label for one in GuideState}
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        register_words(deeds=GUIDE_DEEDS, fields=GUIDE_FIELDS, values=guides)
        replicas_decided.connect(follow_decided)
        post_migrate.connect(_keep_schedule, sender=self)


def _keep_schedule(**_kwargs: object) -> None:
    from kheo.replication.actions import keep_replication_schedule  # noqa: PLC0415

    keep_replication_schedule()
