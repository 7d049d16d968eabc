"""Who can be put on the list of a proposal: from councils, registrations and entries for titles."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from kheo.appraisal.enums import TitleState
from kheo.appraisal.models import AppraisalFile, TitleEntry
from kheo.councils.enums import CouncilState
from kheo.councils.models import Council
from kheo.councils.queries.outcomes import passed_files
from kheo.exemplars.enums import Stage, State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat, below
from kheo.organisations.rules import reach_of
from kheo.recognition.models import Honour, HonourProposal

SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class OfferFilter:
    """What is looked for among registrations."""

    q: str = ""
    field: str = ""
    level: int | None = None
    stage: int | None = None
    unit: int | None = None


def councils_offered(seat: Seat, proposal: HonourProposal) -> list[Council]:
    """Return the councils below the seat's reach that have announced an outcome for the year."""
    rows = Council.objects.filter(
        below(reach_of(seat)), year=proposal.year, state=CouncilState.ANNOUNCED
    )
    return list(rows.order_by("-pk")[:SHOWN])


def files_put_forward(seat: Seat, council: int) -> list[AppraisalFile]:
    """Return what an announced council in reach puts forward, in its ranking."""
    rows = Council.objects.filter(below(reach_of(seat)), pk=council)
    found = rows.first()
    if found is None:
        return []
    related = ("registration__exemplar", "registration__organisation", "title_entry__organisation")
    return list(passed_files(found).select_related(*related))


def registrations_offered(
    seat: Seat, proposal: HonourProposal, chosen: OfferFilter
) -> QuerySet[Registration]:
    """Return accepted registrations of the year in reach that are not on the list yet."""
    rows = Registration.objects.filter(
        below(reach_of(seat)), year=proposal.year, state=State.ACCEPTED
    )
    rows = rows.filter(
        ~Exists(proposal.candidates.filter(exemplar=OuterRef("exemplar"))), _asked(chosen)
    )
    return rows.select_related("exemplar", "organisation", "level").order_by("path", "pk")


def registrations_chosen(
    seat: Seat, proposal: HonourProposal, keys: Sequence[int]
) -> list[Registration]:
    """Return registrations by key as far as they may be proposed, in the order of the keys."""
    rows = Registration.objects.filter(below(reach_of(seat)), year=proposal.year)
    found = rows.select_related("exemplar", "organisation").in_bulk(list(keys))
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def titles_offered(seat: Seat, proposal: HonourProposal) -> QuerySet[TitleEntry]:
    """Return the entries for unit titles of the year in reach that are not on the list yet."""
    rows = TitleEntry.objects.filter(below(reach_of(seat)), year=proposal.year)
    rows = rows.exclude(state__in=[TitleState.WITHDRAWN, TitleState.NOT_RECOGNISED])
    named = proposal.candidates.filter(title_entry=OuterRef("pk"))
    return rows.filter(~Exists(named)).select_related("organisation").order_by("path", "pk")


def renewals_offered(proposal: HonourProposal) -> QuerySet[Honour]:
    """Return the standing honours of the issuer in this form that end some day."""
    rows = Honour.objects.standing().filter(
        issuer=proposal.issuer_id, form=proposal.form_id, valid_until__isnull=False
    )
    renewed = Honour.objects.standing().filter(renewed_from=OuterRef("pk"))
    named = proposal.candidates.filter(renews=OuterRef("pk"))
    rows = rows.filter(~Exists(renewed), ~Exists(named))
    return rows.select_related("registration", "organisation", "decision").order_by("valid_until")


def issuers_offered(seat: Seat) -> list[Organisation]:
    """Return the bodies that a seat may propose to: its own, those above, and governments beside.

    Commendation of the state is asked of the people's committee beside the party committee.
    """
    if seat.role != Role.OFFICER:
        return []
    unit = seat.organisation
    own = {unit.pk, *unit.ancestor_ids}
    beside = Q(parent=unit.reach_id, kind__code="government")
    beside |= Q(parent__in=unit.ancestor_ids, kind__code="government")
    rows = Organisation.objects.filter(Q(pk__in=own) | beside, dissolved_on=None)
    rows = rows.exclude(kind__advises=True) | rows.filter(pk=unit.pk)
    return list(rows.select_related("kind", "level").order_by("-path").distinct())


def _asked(chosen: OfferFilter) -> Q:
    asked = Q()
    if chosen.field:
        asked &= Q(field=chosen.field)
    if chosen.level:
        asked &= Q(level=chosen.level)
    if chosen.unit:
        asked &= Q(organisation=chosen.unit)
    if chosen.stage in Stage.values:
        asked &= Q(stages__in=[value for value in range(128) if value & (chosen.stage or 0)])
    for word in chosen.q.split():
        asked &= Q(name__icontains=word) | Q(unit_name__icontains=word)
    return asked
