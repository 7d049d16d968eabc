"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

DEEDS = {
    "review.create": _("review begun"),
    "review.edit": _("review changed"),
    "review.delete": _("draft of a review discarded"),
    "review.add-heading": _("heading added"),
    "review.rename-heading": _("heading changed"),
    "review.move-heading": _("heading moved"),
    "review.remove-heading": _("heading taken out"),
    "review.copy-outline": _("outline of another review taken over"),
    "review.open": _("reports asked for"),
    "review.close": _("review closed"),
    "review.reopen": _("review opened again"),
    "report.ask": _("one more report asked for"),
    "report.pass-on": _("review passed on"),
    "report.write": _("report written"),
    "report.sign-off": _("report signed off"),
    "report.reopen": _("report back to draft"),
    "report.submit": _("report submitted"),
    "report.take-back": _("report taken back"),
    "report.return": _("report returned"),
    "report.accept": _("report accepted"),
    "report.reconsider": _("report considered again"),
    "report.extend": _("more time for a report"),
    "report.excuse": _("report excused"),
    "report.ask-again": _("report asked for again"),
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
    "guidance": _("guidance"),
    "asks_for": _("what it asks for"),
    "bodies": _("units asked"),
    "text_length": _("letters of the text"),
    "figures": _("figures"),
    "table": _("description of the table"),
    "petitions": _("petitions"),
    "answer": _("answer"),
    "passages": _("passages taken"),
    "kept": _("headings left as they were"),
    "parts": _("parts of the plan"),
    "body": _("text"),
    "dated": _("date of the paper"),
    "signer_position": _("position of the signatory"),
    "signer_name": _("name of the signatory"),
    "recipients": _("recipients"),
}


class ReviewsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.reviews"
    label = "reviews"

    def ready(self) -> None:
        """Say how deeds, fields and coded values are written in histories."""
        from kheo.reviews.enums import (  # noqa: PLC0415
            LessonKind,
            PetitionState,
            ReportState,
            ReviewKind,
        )
        from kheo.ui.history import register_words  # noqa: PLC0415

        # the other states are called as those of registrations
        own = (ReportState.DRAFTING, ReportState.EXCUSED)
        values = dict(ReviewKind.choices) | {state.value: state.label for state in own}
        values |= dict(LessonKind.choices) | dict(PetitionState.choices)
        register_words(deeds=DEEDS, fields=FIELDS, values=values)
        post_migrate.connect(_keep_tables, sender=self)


def _keep_tables(**_kwargs: object) -> None:
    from kheo.reviews.actions.tables import keep_shipped_tables  # noqa: PLC0415

    keep_shipped_tables(at=timezone.now())
