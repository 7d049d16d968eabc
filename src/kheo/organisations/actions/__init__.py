"""All deeds of the room, under one roof."""

from kheo.organisations.actions.bulk import import_structure
from kheo.organisations.actions.changes import (
    add_affiliation,
    correct_organisation,
    move_organisation,
    rename_organisation,
    retype_organisation,
)
from kheo.organisations.actions.founding import found_top
from kheo.organisations.actions.invitations import (
    InvitationError,
    Offer,
    accept_invitation,
    invite_person,
    refuse_spent,
    token_digest,
    withdraw_invitation,
)
from kheo.organisations.actions.places import import_places
from kheo.organisations.actions.reference import load_reference_data
from kheo.organisations.actions.seats import SeatError, end_seat, grant_seat
from kheo.organisations.actions.structure import (
    NO_BASIS,
    Basis,
    By,
    CodeTakenError,
    StaleError,
    dissolve_organisation,
    establish_organisation,
)
from kheo.organisations.actions.tracing import StructureError
from kheo.organisations.actions.uploads import (
    UploadGoneError,
    drop_upload,
    keep_upload,
    kept_upload,
)
from kheo.organisations.queries.structure import NewOrganisation

__all__ = [
    "NO_BASIS",
    "Basis",
    "By",
    "CodeTakenError",
    "InvitationError",
    "NewOrganisation",
    "Offer",
    "SeatError",
    "StaleError",
    "StructureError",
    "UploadGoneError",
    "accept_invitation",
    "add_affiliation",
    "correct_organisation",
    "dissolve_organisation",
    "drop_upload",
    "end_seat",
    "establish_organisation",
    "found_top",
    "grant_seat",
    "import_places",
    "import_structure",
    "invite_person",
    "keep_upload",
    "kept_upload",
    "load_reference_data",
    "move_organisation",
    "refuse_spent",
    "rename_organisation",
    "retype_organisation",
    "token_digest",
    "withdraw_invitation",
]
