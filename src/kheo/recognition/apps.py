"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "honour-proposal.create": _("proposal of honours begun"),
    "honour-proposal.edit": _("proposal of honours changed"),
    "honour-proposal.discard": _("draft of a proposal thrown away"),
    "honour-proposal.add": _("candidates added"),
    "honour-proposal.remove": _("candidates taken off the list"),
    "honour-proposal.edit-candidate": _("candidate changed"),
    "honour-proposal.send": _("proposal of honours sent"),
    "honour-proposal.take-back": _("proposal of honours taken back"),
    "honour-proposal.decline": _("proposal of honours declined"),
    "honour-decision.draw-up": _("decision drawn up"),
    "honour-decision.draw-up-revocation": _("decision of revocation drawn up"),
    "honour-decision.edit": _("draft of the decision changed"),
    "honour-decision.discard": _("draft of the decision thrown away"),
    "honour-decision.issue": _("decision issued"),
    "honour-decision.plan": _("announcing planned"),
    "honour-decision.announce": _("decision announced"),
    "honour-form.edit": _("form of honour changed"),
}
FIELDS = {
    "issuer": _("decided by"),
    "form": _("form of honour"),
    "candidates": _("candidates for honours"),
    "count": _("how many"),
    "achievement": _("achievement"),
    "subject": _("subject"),
    "number": _("number"),
    "letters": _("letters of the symbol"),
    "issued_on": _("date of issue"),
    "dated_on": _("date of the paper"),
    "authority": _("in whose name it is signed"),
    "signatory_position": _("position of the signatory"),
    "signatory": _("signatory"),
    "grounds": _("grounds"),
    "valid_until": _("valid until"),
    "announced_on": _("date of announcing"),
    "occasion": _("occasion"),
    "honours": _("honours"),
    "giver_kinds": _("kinds of bodies that give it"),
    "giver_levels": _("levels of bodies that give it"),
    "needs_recognition": _("only for what is recognised"),
    "valid_years": _("years of validity"),
    "source": _("source of the rule"),
    "is_active": _("in use"),
}


class RecognitionConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.recognition"
    label = "recognition"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories; load the forms."""
        # enums cannot be imported before all apps are ready
        from kheo.recognition.enums import DecisionState, ProposalState  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        values = dict([*ProposalState.choices, *DecisionState.choices])
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        post_migrate.connect(_load_forms, sender=self)


def _load_forms(**_kwargs: object) -> None:
    from kheo.recognition.actions import load_honour_forms  # noqa: PLC0415

    load_honour_forms()
