"""All questions of the room, under one roof."""

from kheo.organisations.queries.people import (
    InvitationsPage,
    PeopleFilters,
    holds_seat_outside,
    invitations_of,
    open_invitation,
    people_in_reach,
    reachable_seat,
    seats_of,
    units_to_invite_into,
)
from kheo.organisations.queries.places import all_places, places_of, provinces
from kheo.organisations.queries.records import (
    OrganisationPage,
    SeatPage,
    entries_visible_to,
    organisation_page,
    seat_page,
    stamp_of,
)
from kheo.organisations.queries.structure import (
    NewOrganisation,
    Preview,
    Problem,
    preview_structure,
)
from kheo.organisations.queries.tree import (
    Node,
    TreePage,
    ancestors_as_of,
    children_as_of,
    organisations_as_of,
    organisations_visible_to,
    reach_root,
    tree_page,
    visible_organisation,
)

__all__ = [
    "InvitationsPage",
    "NewOrganisation",
    "Node",
    "OrganisationPage",
    "PeopleFilters",
    "Preview",
    "Problem",
    "SeatPage",
    "TreePage",
    "all_places",
    "ancestors_as_of",
    "children_as_of",
    "entries_visible_to",
    "holds_seat_outside",
    "invitations_of",
    "open_invitation",
    "organisation_page",
    "organisations_as_of",
    "organisations_visible_to",
    "people_in_reach",
    "places_of",
    "preview_structure",
    "provinces",
    "reach_root",
    "reachable_seat",
    "seat_page",
    "seats_of",
    "stamp_of",
    "tree_page",
    "units_to_invite_into",
    "visible_organisation",
]
