"""Registration of the room with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.directives"
    label = "directives"

    def ready(self) -> None:
        """Say how the history calls deeds and fields, and how documents are found."""
        from kheo.directives.enums import DocumentKind, FindingField, LinkState, Relation  # noqa: PLC0415
        from kheo.directives.queries import document_offer  # noqa: PLC0415
        from kheo.directives.queries.refusals import REFUSALS  # noqa: PLC0415
        from kheo.search.queries.offers import register_offer  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        register_offer(document_offer())
        coded = (
            *DocumentKind.choices,
            *Relation.choices,
            *LinkState.choices,
            *FindingField.choices,
        )
        values = dict(coded) | dict(REFUSALS)
        register_words(deeds=DEEDS, fields=FIELDS, values=values)


DEEDS = {
    "document.register": _("document entered"),
    "document.edit": _("document corrected"),
    "document.make-work": _("work made out of it"),
    "document.receive": _("file taken in"),
    "document.refuse-file": _("file refused"),
    "document.discard-file": _("file thrown away"),
    "document.add-file": _("file added"),
    "document.remove-file": _("file taken off"),
    "document.read": _("file read"),
    "document.delete": _("document deleted"),
    "document.add-relation": _("relation added"),
    "document.settle-relation": _("said which document is meant"),
    "document.remove-relation": _("relation taken off"),
    "finding.accept": _("finding accepted"),
    "finding.correct": _("finding corrected"),
    "finding.reject": _("finding rejected"),
    "finding.reopen": _("finding put back"),
    "finding.accept-certain": _("certain findings accepted"),
    "finding.add": _("finding added"),
    "finding.name-body": _("said which body a name means"),
}
FIELDS = {
    "kind": _("type"),
    "symbol": _("number and symbol"),
    "issued_on": _("date of issue"),
    "place": _("place of issue"),
    "issuer_name": _("issuer"),
    "subject": _("subject"),
    "signatory": _("signatory"),
    "period_from": _("first year"),
    "period_to": _("last year"),
    "subject_id": _("number of the work"),
    "sentence": _("words of the document"),
    "file": _("file"),
    "size": _("size"),
    "checksum": _("checksum"),
    "count": _("how many"),
    "refusal": _("why it was refused"),
    "relation": _("relation"),
    "other": _("other document"),
    "found": _("how it was found"),
    "what": _("what it says"),
    "value": _("value"),
    "numbers": _("numbers of the findings"),
    "body": _("number of the body"),
}
