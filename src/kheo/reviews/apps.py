"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "review.create": _("review begun"),
    "review.edit": _("review changed"),
    "review.delete": _("draft of a review discarded"),
    "review.add-heading": _("heading added"),
    "review.rename-heading": _("heading changed"),
    "review.move-heading": _("heading moved"),
    "review.remove-heading": _("heading taken out"),
    "table.compose": _("table composed"),
    "table.change": _("table changed"),
    "table.drop": _("table dropped"),
    "report.insert-figure": _("figure put in"),
    "report.freeze-figures": _("figures and annexes frozen"),
    "report.thaw-figures": _("figures and annexes made live again"),
    "report.particulars": _("particulars of the paper typed"),
    "passage.take": _("passages of reports below taken"),
    "passage.drop": _("a passage taken is let go"),
    "report.assemble": _("draft assembled by rule"),
    "petition.collect": _("petitions collected"),
    "petition.answer": _("petition answered"),
    "petition.pass-up": _("petition passed upward"),
    "lesson.name": _("lesson named"),
    "lesson.drop": _("lesson taken away"),
    "plan.draft": _("plan of the next period drafted"),
    "plan.edit": _("part of a plan changed"),
    "plan.drop": _("part of a plan taken out"),
}
FIELDS = {
    "period_from": _("period covered, from"),
    "period_to": _("period covered, to"),
    "dues": _("due dates"),
    "annexes": _("annexes"),
    "headings": _("headings of the outline"),
    "heading": _("heading"),
    "figures": _("figures"),
    "table": _("description of the table"),
}


class ReviewsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories."""
        from kheo.reviews.enums import ReviewKind  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415

        register_words(deeds=DEEDS, fields=FIELDS, values=dict(ReviewKind.choices))
        post_migrate.connect(_keep_tables, sender=self)


def _keep_tables(**_kwargs: object) -> None:
    from kheo.reviews.actions.tables import keep_shipped_tables  # noqa: PLC0415

    keep_shipped_tables()
