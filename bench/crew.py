"""Seats writers in a world: each unit has a draft to save and signed ones to submit."""

import random
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.utils import timezone

from bench.people import SEATED_ON
from bench.texts import Texts
from bench.tree import Unit
from kheo.accounts.models import User
from kheo.exemplars.actions import save_draft, sign_off_many, start_registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Level, Organisation, Seat
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation

UNITS = 16
SIGNED_EACH = 8


@dataclass(frozen=True)
class Writer:
    """A unit's clerk: the session, a draft to save over and over, signed ones to submit once."""

    seat: Seat
    session: str
    draft: int
    signed: tuple[int, ...]


def make_crew() -> list[Writer]:
    """Seat people in units all over the country and prepare what they will write."""
    chance = random.Random(timezone.now().timestamp())
    texts = Texts(chance)
    return [_writer(part, texts) for part in _participations()]


def values_of(texts: Texts, part: Participation) -> dict[str, object]:
    """Return a complete content for the form of a collective."""
    unit = Unit(
        part.organisation_id, part.unit_name, "xã", part.path, part.sort_key, "", is_commune=False
    )
    collective = [n for n, model in enumerate(texts.models) if model.form == "collective"]
    written = texts.write(texts.chance.choice(collective), unit, part.round.year)
    unwanted = {"form", "starts_on", "ends_on"}
    values: dict[str, object] = {k: v for k, v in written.columns.items() if k not in unwanted}
    return values | {"level": Level.objects.get(code="commune")}


def _participations() -> list[Participation]:
    """Return units of open rounds of the provinces, from all over, those with the fewest rows."""
    open_ones = Participation.objects.filter(
        round__state="open", organisation__kind__code="grassroots_party", registered__lte=4
    ).exclude(round__organiser__level__code="central")
    keys = list(open_ones.order_by("pk").values_list("pk", flat=True))
    chosen = random.Random().sample(keys, UNITS)
    return list(open_ones.filter(pk__in=chosen).select_related("round", "organisation"))


def _writer(part: Participation, texts: Texts) -> Writer:
    clerk, head = (_seat(part.organisation, role) for role in (Role.CLERK, Role.HEAD))
    at = timezone.now()
    rows = []
    for _turn in range(SIGNED_EACH + 1):
        row = start_registration(participation=part, form=Form.COLLECTIVE, by=clerk, at=at)
        values = values_of(texts, part)
        rows.append(
            save_draft(registration=row, values=values, version=row.version, by=clerk, at=at)
        )
    sign_off_many(registrations=rows[1:], by=head, at=at)
    return Writer(clerk, _session(clerk.user), rows[0].pk, tuple(row.pk for row in rows[1:]))


def _seat(organisation: Organisation, role: Role) -> Seat:
    username = f"writer-{role.value}-{organisation.pk}"
    user, _made = User.objects.get_or_create(
        username=username,
        defaults={
            "full_name": f"Người viết {organisation.pk}",
            "created_at": datetime(2022, 1, 3, tzinfo=UTC),
            "password": "!",
        },
    )
    Seat.objects.get_or_create(user=user, organisation=organisation, role=role, starts_on=SEATED_ON)
    seats = Seat.objects.select_related("user", "organisation__kind", "acting_for__user")
    return seats.get(user=user, organisation=organisation, role=role)


def _session(user: User) -> str:
    """Open a session as signing in would, without the cost of the password."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    store.save()
    return str(store.session_key)
