"""Registration of the room with Django, and how its history is told."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

DEEDS = {
    "council.create": _("council set up"),
    "council.edit": _("council changed"),
    "council.members": _("members named"),
    "council.take-in": _("files taken in"),
    "council.take-out": _("files taken out"),
    "council.allot": _("files given to members"),
    "council.take-back": _("file taken back from a member"),
    "council.keep-out": _("keeping out declared"),
    "council.score": _("scores saved"),
    "council.hand-in": _("scores handed in"),
    "council.give-back": _("scores given back"),
    "council.session": _("session written down"),
    "council.settle": _("points settled"),
    "council.open-vote": _("vote opened"),
    "council.vote": _("ballot dropped"),
    "council.close-vote": _("vote closed"),
    "council.break-tie": _("shared place decided by the chair"),
    "council.open-scoring": _("scoring opened"),
    "council.back-to-draft": _("put back to preparation"),
    "council.open-session": _("scoring closed, session opened"),
    "council.reopen-scoring": _("scoring opened again"),
    "council.decide": _("outcome settled"),
    "council.reopen-session": _("outcome taken up again"),
    "council.announce": _("announcing begun"),
    "council.announced": _("outcome announced"),
}
FIELDS = {
    "decision_number": _("founding decision"),
    "decision_on": _("date of the decision"),
    "quorum": _("quorum"),
    "scorers": _("members who score a file"),
    "scores_due_on": _("scores due on"),
    "is_secret": _("secret vote"),
    "ranked_by": _("ranked apart by"),
    "criteria_set": _("criteria set"),
    "members": _("members"),
    "member": _("member of a council"),
    "held_on": _("day of the session"),
    "agenda": _("agenda"),
    "discussion": _("what was discussed"),
    "conclusion": _("conclusion"),
    "presence": _("attendance"),
    "mode": _("given"),
    "council_files": pgettext_lazy("announcement", "files"),
    "council_criteria": _("criteria scored"),
    "names": _("files before a council"),
    "file": _("file before a council"),
    "voted": _("have voted"),
    "present": _("present"),
    "order": _("order"),
}


class CouncilsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.councils"
    label = "councils"

    def ready(self) -> None:
        """Say how deeds and fields are written in histories, and what waits in the menu."""
        # enums cannot be imported before all apps are ready
        from django.http import HttpRequest  # noqa: PLC0415

        from kheo.councils.enums import AllotmentMode, CouncilState  # noqa: PLC0415
        from kheo.councils.queries.visible import waiting_scores  # noqa: PLC0415
        from kheo.organisations.enums import Role  # noqa: PLC0415
        from kheo.ui.history import register_words  # noqa: PLC0415
        from kheo.ui.menu import register_counter  # noqa: PLC0415

        values = dict([*CouncilState.choices, *AllotmentMode.choices])
        register_words(deeds=DEEDS, fields=FIELDS, values=values)

        def waiting(request: HttpRequest) -> int:
            # pages of everybody else stay without a question more
            seat = getattr(request, "seat", None)
            return waiting_scores(seat) if seat and seat.role == Role.COUNCIL else 0

        register_counter("councils:list", waiting)
