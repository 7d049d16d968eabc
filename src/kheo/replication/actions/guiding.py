"""Writing the how-to sheet of a model, keeping its files, publishing it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import partial

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from kheo.exemplars.models import Exemplar
from kheo.organisations.models import Seat
from kheo.organisations.rules import demand
from kheo.replication.actions.journal import locked_guide, note_replication
from kheo.replication.enums import GuideState
from kheo.replication.models import Guide, GuideFile
from kheo.replication.rules import (
    ReplicationError,
    StaleReplicationError,
    can_publish_guide,
    can_write_guide,
)
from kheo.ui.actions import keep_attachments


@dataclass(frozen=True, kw_only=True)
class GuideTerms:
    """What a guide tells."""

    problem: str = ""
    steps: str = ""
    conditions: str = ""
    cost: str = ""
    people: str = ""
    pitfalls: str = ""
    contact: str = ""


@transaction.atomic
def write_guide(
    *,
    exemplar: Exemplar,
    terms: GuideTerms,
    files: Sequence["File[bytes]"] = (),
    seen_version: int | None = None,
    by: Seat,
    at: datetime,
) -> Guide:
    """Write the guide of a model, or change it; a published one is published anew by an officer.

    :raises NotAllowedError: when the seat is not of the model's own unit.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    :raises AttachmentError: when a file is refused.
    """
    demand(can_write_guide(by, exemplar.owner))
    made, fresh = Guide.objects.get_or_create(exemplar=exemplar, defaults={"written_at": at})
    if fresh and seen_version:
        raise StaleReplicationError
    row = made if fresh else locked_guide(made, seen_version)
    values = asdict(terms)
    changed = {name: text for name, text in values.items() if getattr(row, name) != text}
    before = {name: getattr(row, name) for name in changed}
    for name, text in changed.items():
        setattr(row, name, text)
    row.state, row.written_at, row.version = GuideState.DRAFT, at, row.version + 1
    row.save()
    kept = keep_attachments(files, partial(GuideFile, guide=row))
    after = changed | ({"files": [one.name for one in kept]} if kept else {})
    note_replication("guide.write", row, by, at, before=before, after=after)
    return row


@transaction.atomic
def publish_guide(
    *, guide: Guide, seen_version: int | None = None, by: Seat, at: datetime
) -> Guide:
    """Let everybody read a guide.

    :raises NotAllowedError: when the seat is no officer above the model's unit.
    :raises ReplicationError: when it tells no steps yet.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    row = locked_guide(guide, seen_version)
    demand(can_publish_guide(by, row))
    if not row.steps.strip():
        raise ReplicationError(_("A guide without steps helps nobody; let the unit write them."))
    return _turn(row, GuideState.PUBLISHED, at, "guide.publish", by, at)


@transaction.atomic
def withdraw_guide(
    *, guide: Guide, seen_version: int | None = None, by: Seat, at: datetime
) -> Guide:
    """Take a published guide back, so that its unit can better it.

    :raises NotAllowedError: when the seat is no officer above the model's unit.
    :raises StaleReplicationError: when somebody else changed it since ``seen_version``.
    """
    row = locked_guide(guide, seen_version)
    demand(can_publish_guide(by, row))
    return _turn(row, GuideState.DRAFT, None, "guide.withdraw", by, at)


def _turn(
    row: Guide, state: GuideState, published: datetime | None, verb: str, by: Seat, at: datetime
) -> Guide:
    before = {"state": row.state}
    row.state, row.published_at, row.version = state, published, row.version + 1
    row.save(update_fields=["state", "published_at", "version"])
    note_replication(verb, row, by, at, before=before, after={"state": row.state})
    return row
