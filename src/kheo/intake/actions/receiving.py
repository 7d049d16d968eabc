"""Taking files in: they are kept as they are, measured and summed, and put in the queue."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from kheo.audit.actions import Deed, record
from kheo.intake.actions.desk import IntakeError, StaleIntakeError
from kheo.intake.enums import FileState, IntakeState
from kheo.intake.models import Intake, IntakeFile
from kheo.intake.queries.units import fillable_parts
from kheo.intake.queries.uploads import Handed
from kheo.intake.rules import acts_for, can_receive
from kheo.organisations.models import Organisation, Seat
from kheo.organisations.rules import demand
from kheo.rounds.models import Round

__all__ = ["IntakeError", "StaleIntakeError", "queue_reading", "receive_files"]


@transaction.atomic
def receive_files(*, round: Round, files: Iterable[Handed], by: Seat, at: datetime) -> Intake:
    """Keep files for a round, to be read; the same file is not taken twice in a round.

    :param files: taken one after the other, so that a large archive is never whole in memory.
    :raises NotAllowedError: when the seat may not import into this round.
    :raises IntakeError: when there is no file, or there are too many.
    """
    has_units = fillable_parts(by, round).exists()
    demand(can_receive(by, round, has_units=has_units))
    organisation = Organisation.objects.get(pk=acts_for(by))
    intake = Intake.objects.create(
        round=round,
        organisation=organisation,
        path=organisation.path,
        seat=by,
        begun_at=at,
    )
    kept: list[IntakeFile] = []
    try:
        for order, handed in enumerate(files, 1):
            _refuse_too_many(order)
            kept.append(_kept(intake, handed, order))
        _finish(intake, kept, by, at)
    except BaseException:
        for file in kept:
            if file.file:
                file.file.storage.delete(str(file.file.name))
        raise
    return intake


def _refuse_too_many(order: int) -> None:
    if order > settings.INTAKE_MOST_FILES:
        raise IntakeError(
            _("At most %s files are taken at once; hand them in in two parts.")
            % settings.INTAKE_MOST_FILES
        )


def queue_reading(*, intake: Intake) -> None:
    """Put the reading of an import into the queue of the background work."""
    async_task("kheo.intake.tasks.read_intake", intake.pk)


def _finish(intake: Intake, kept: list[IntakeFile], by: Seat, at: datetime) -> None:
    if not kept:
        raise IntakeError(_("Choose at least one file."))
    _mark_known(intake, kept)
    IntakeFile.objects.bulk_create(kept, batch_size=200)
    if all(file.state != FileState.WAITING for file in kept):
        intake.state = IntakeState.WAITING
        intake.save(update_fields=["state"])
    names = ", ".join(file.name for file in kept[:20])
    after = {"file": names, "files": len(kept)}
    deed = Deed(verb="intake.receive", record=intake, scope=intake.path, after=after)
    record(deed=deed, by=by, at=at)


def _kept(intake: Intake, handed: Handed, order: int) -> IntakeFile:
    file = IntakeFile(
        intake=intake,
        name=handed.name,
        size=len(handed.content),
        checksum=hashlib.sha256(handed.content).hexdigest() if handed.content else "",
        order=order,
    )
    if handed.refusal:
        file.state = FileState.REFUSED
        file.refusal = {"code": handed.refusal, "limit": handed.limit}
        return file
    # the name on the disk tells nothing and cannot collide
    ending = PurePath(handed.name).suffix.lower()[:8]
    file.file.save(f"{secrets.token_hex(16)}{ending}", ContentFile(handed.content), save=False)
    return file


def _mark_known(intake: Intake, kept: list[IntakeFile]) -> None:
    sums = {file.checksum for file in kept if file.checksum}
    earlier = (
        IntakeFile.objects.filter(intake__round=intake.round_id, checksum__in=sums)
        .exclude(intake__state=IntakeState.ABANDONED)
        .exclude(state__in=(FileState.TWICE, FileState.REFUSED))
    )
    known = {file.checksum: file for file in earlier.order_by("-pk")}
    here: set[str] = set()
    for file in kept:
        if file.state != FileState.WAITING:
            continue
        if file.checksum in known or file.checksum in here:
            file.state = FileState.TWICE
            file.same_as = known.get(file.checksum)
            name = str(file.file.name)
            transaction.on_commit(partial(file.file.storage.delete, name))
            file.file = ""
        here.add(file.checksum)


def forget_files(*, names: Iterable[str]) -> None:
    """Throw the kept files of an import away that was only tried."""
    for name in names:
        default_storage.delete(name)
