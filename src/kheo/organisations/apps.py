"""Registration of the room with Django, and how its deeds are called in histories."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from kheo.organisations.enums import Role
from kheo.search.queries.offers import register_offer
from kheo.ui.history import register_words

DEEDS = {
    "organisation.establish": _("organisation established"),
    "organisation.rename": _("organisation renamed"),
    "organisation.retype": _("kind or level changed"),
    "organisation.move": _("put under another superior"),
    "organisation.affiliate": _("put on a further line"),
    "organisation.correct": _("facts corrected"),
    "organisation.dissolve": _("organisation dissolved"),
    "seat.grant": _("seat given"),
    "seat.end": _("seat ended"),
    "invitation.send": _("person invited"),
    "invitation.accept": _("invitation accepted"),
    "invitation.withdraw": _("invitation withdrawn"),
    "access.refused": _("access refused"),
}
FIELDS = {
    "code": _("code"),
    "national_code": _("national code"),
    "name": _("name"),
    "short_name": _("short name"),
    "kind": _("kind"),
    "level": _("level"),
    "parent": _("superior"),
    "place": _("place"),
    "line": _("line"),
    "on": _("as of"),
    "dissolved_on": _("dissolved on"),
    "organisation": _("organisation"),
    "user": _("person"),
    "role": _("role"),
    "title": _("position"),
    "starts_on": _("from"),
    "ends_on": _("to"),
    "acting_for": _("acting for"),
    "path": _("address of the page"),
    "method": _("way of asking"),
}


class OrganisationsConfig(AppConfig):
    """The room as Django knows it."""

    name = "kheo.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Say how deeds are written and records are found; load shipped data after migrations."""
        # models cannot be imported before all apps are ready
        from kheo.organisations.queries.offered import (  # noqa: PLC0415
            organisation_offer,
            person_offer,
        )

        register_words(deeds=DEEDS, fields=FIELDS, values=dict(Role.choices))
        register_offer(organisation_offer())
        register_offer(person_offer())
        post_migrate.connect(_load_reference_data, sender=self)


def _load_reference_data(**_kwargs: object) -> None:
    # models cannot be imported before all apps are ready
    from kheo.organisations.actions.reference import load_reference_data  # noqa: PLC0415

    load_reference_data()
