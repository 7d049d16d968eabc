"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "registration.start": _("Began the registration"),
    "registration.copy-forward": _("Continued it from an earlier year"),
    "registration.replicate": _("Began it by replicating a model"),
    "registration.edit": _("Changed the content"),
    "registration.discard": _("Threw the draft away"),
    "registration.add-evidence": _("Attached a file"),
    "registration.remove-evidence": _("Took a file off"),
    "registration.sign-off": _("Signed it off"),
    "registration.reopen-draft": _("Took it back to draft"),
    "registration.submit": _("Submitted it"),
    "registration.return": _("Returned it for correction"),
    "registration.accept": _("Accepted it"),
    "registration.decline": _("Declined it"),
    "registration.withdraw": _("Withdrew it"),
    "registration.amend": _("Took it back to change it"),
    "registration.reconsider": _("Opened the decision again"),
    "registration.answer-likeness": _("Said what it is to a like one"),
    "registration.decide-likeness": _("Decided what it is to a like one"),
    "registration.link-continuation": _("Linked it to an earlier year"),
    "registration.link-replica": _("Linked it as a replica"),
    "registration.unlink": _("Took a link back"),
    "registration.merge": _("Merged it into a model of several units"),
    "registration.undo-merge": _("Took the merging back"),
    "registration.assign": _("Said who is to check it"),
    "registration.change-field": _("Put it into another field"),
    "registration.undo": _("Undid what was done to many at once"),
    "batch.do": _("Did it to many at once"),
    "batch.undo": _("Undid it"),
}
FIELDS = {
    "unit": _("unit"),
    "deed": _("deed"),
    "count": _("how many"),
    "field": _("field"),
    "level": _("level"),
    "form": _("collective or individual"),
    "state": _("state"),
    "assignee": _("to be checked by"),
    "full_name": _("full name"),
    "position": _("position"),
    "workplace": _("workplace"),
    "address": _("address"),
    "content": _("content"),
    "starts": _("start"),
    "ends": _("finish"),
    "scope": _("place and scope"),
    "expected_results": _("expected results"),
    "nature": _("nature"),
    "continuity": _("continuity"),
    "replicated_from": _("replicated from"),
    "intended_level": _("level of replication"),
    "claim": _("what the unit says"),
    "decision": _("decision"),
    "return_due_on": _("to be corrected by"),
    "file": _("file"),
    "size": _("size"),
    "checksum": _("checksum"),
    "extra.problem": _("problem it solves"),
    "extra.goals": _("goals"),
    "extra.leads": _("who carries it out"),
    "extra.resources": _("resources"),
    "extra.beneficiaries": _("beneficiaries"),
}


class ExemplarsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.exemplars"
    label = "exemplars"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories."""
        # models cannot be imported before all apps are ready
        from kheo.exemplars.enums import BatchDeed, Continuity, Nature, State  # noqa: PLC0415
        from kheo.exemplars.queries.offered import registration_offer  # noqa: PLC0415
        from kheo.rounds.enums import Field, Form  # noqa: PLC0415
        from kheo.search.queries.offers import register_offer  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        lists = (BatchDeed, State, Nature, Continuity, Field, Form)
        values = {key: label for choices in lists for key, label in choices.choices}
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        register_offer(registration_offer())
        post_migrate.connect(_keep_schedule, sender=self)


def _keep_schedule(**_kwargs: object) -> None:
    # models cannot be imported before all apps are ready
    from kheo.exemplars.actions import keep_likeness_schedule  # noqa: PLC0415

    keep_likeness_schedule()
