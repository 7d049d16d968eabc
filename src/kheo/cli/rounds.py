"""`kheo rounds`: lists rounds, closes and reopens them, imports files into one."""

import argparse
import shutil
import sys
from gettext import gettext as _
from pathlib import Path
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from kheo.cli.blank_forms import add_forms

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from kheo.intake.models import Intake
    from kheo.intake.queries.uploads import Handed
    from kheo.organisations.models import Seat
    from kheo.rounds.models import Round

WRONG_USE = 2


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("rounds", help=_("list rounds, close and reopen them, import files"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser("list", help=_("list all rounds with the number of units asked"))
    listing.add_argument("--year", type=int, help=_("only the rounds of this year"))
    listing.set_defaults(run=run_list)
    close = verbs.add_parser("close", help=_("close a round: nothing more is handed in"))
    reopen = verbs.add_parser("reopen", help=_("open a closed round again"))
    for deed, run in ((close, run_close), (reopen, run_reopen)):
        deed.add_argument("number", type=int, help=_("the number of the round, as listed"))
        deed.add_argument("--reason", required=True, help=_("why; the journal keeps it"))
        deed.set_defaults(run=run)
    _add_import(verbs)
    add_forms(verbs)


def _add_import(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    reading = verbs.add_parser(
        "import",
        help=_("import forms and lists that were filled in, as drafts"),
        description=_(
            "Reads filled forms and lists (Word, Excel, OpenDocument, PDF, or a zip of them) and "
            "makes drafts of all rows, or of none where a row has a problem. The exit status is 0 "
            "when everything was taken, 1 when there were problems, 2 when the command was wrong."
        ),
    )
    reading.add_argument("number", type=int, help=_("the number of the round, as listed"))
    reading.add_argument("files", type=Path, nargs="+", metavar=_("FILE"))
    reading.add_argument(
        "--as",
        dest="seat",
        required=True,
        metavar=_("SEAT"),
        help=_("in whose name: a username, or the number of a seat"),
    )
    reading.add_argument(
        "--unit", metavar=_("CODE"), help=_("the unit whose files these are, by its code")
    )
    reading.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    reading.add_argument("--json", action="store_true", help=_("write the report as JSON"))
    reading.set_defaults(run=run_import)


def run_list(arguments: argparse.Namespace) -> int:
    """Print one line for each round: number, year, state, units asked, organiser and title."""
    from django.db.models import Count

    from kheo.rounds.models import Round

    rounds = Round.objects.select_related("organiser").annotate(units=Count("participations"))
    if arguments.year is not None:
        rounds = rounds.filter(year=arguments.year)
    for round in rounds:
        state = round.get_state_display()
        print(f"{round.pk}\t{round.year}\t{state}\t{round.units}\t{round.organiser}\t{round.title}")
    return 0


def run_close(arguments: argparse.Namespace) -> int:
    """Close a round in the name of whoever runs the machine."""
    from django.utils import timezone

    from kheo.rounds.actions import close_round
    from kheo.rounds.models import Round

    round = Round.objects.get(pk=arguments.number)
    close_round(round=round, reason=arguments.reason, by=None, at=timezone.now())
    print(_("closed: %s") % round)
    return 0


def run_reopen(arguments: argparse.Namespace) -> int:
    """Reopen a round in the name of whoever runs the machine."""
    from django.utils import timezone

    from kheo.rounds.actions import reopen_round
    from kheo.rounds.models import Round

    round = Round.objects.get(pk=arguments.number)
    reopen_round(round=round, reason=arguments.reason, by=None, at=timezone.now())
    print(_("open again: %s") % round)
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Import files whole, or print what stands in the way."""
    from kheo.cli.errors import CommandError
    from kheo.intake.actions import IntakeError
    from kheo.organisations.rules import NotAllowedError

    # nobody waits for a slow terminal while the database is locked
    with TemporaryFile("w+", encoding="utf-8") as report:
        try:
            is_done = _imported(arguments, report)
        except (CommandError, IntakeError, NotAllowedError, OSError) as error:
            print(_("kheo: not done: %s") % error, file=sys.stderr)
            return WRONG_USE
        report.seek(0)
        shutil.copyfileobj(report, sys.stdout)
    return 0 if is_done else 1


def _imported(arguments: argparse.Namespace, report: "IO[str]") -> bool:
    """Import files, write the report, and tell whether every row can be taken."""
    from django.db import transaction
    from django.utils import timezone

    from kheo.cli.importing import is_whole, takes_something, write_json_report, write_report
    from kheo.intake.actions import read_waiting_files, receive_files, save_intake
    from kheo.intake.actions.receiving import forget_files

    round, now = _round(arguments.number), timezone.now()
    seat = _seat(arguments.seat, round)
    with transaction.atomic():
        intake = receive_files(round=round, files=_handed(arguments.files), by=seat, at=now)
        intake = read_waiting_files(intake=intake)
        if arguments.unit:
            _name_unit(intake, arguments.unit, seat)
        whole = is_whole(intake)
        saves = whole and not arguments.dry_run and takes_something(intake)
        if saves:
            save_intake(intake=intake, version=intake.version, by=seat, at=now)
        if arguments.json:
            write_json_report(intake, report, saved=saves, dry_run=arguments.dry_run)
        else:
            write_report(intake, report)
        names = [str(file.file.name) for file in intake.files.exclude(file="")]
        if arguments.dry_run:
            transaction.set_rollback(True)
    if arguments.dry_run:
        forget_files(names=names)
    return whole


def _round(number: int) -> "Round":
    from kheo.cli.errors import CommandError
    from kheo.rounds.models import Round

    found = Round.objects.select_related("organiser").filter(pk=number).first()
    if found is None:
        raise CommandError(_("There is no round %s; “kheo rounds list” shows them.") % number)
    return found


def _seat(name: str, round: "Round") -> "Seat":
    from django.utils import timezone

    from kheo.cli.errors import CommandError
    from kheo.intake.queries.units import fillable_parts
    from kheo.intake.rules import can_receive
    from kheo.organisations.models import Seat

    held = Seat.objects.held(timezone.localdate()).select_related(
        "user", "organisation__kind", "acting_for__user"
    )
    chosen = held.filter(pk=int(name)) if name.isdecimal() else held.filter(user__username=name)
    seats = list(chosen.own_first())
    for seat in seats:
        has_units = fillable_parts(seat, round).exists()
        if can_receive(seat, round, has_units=has_units):
            return seat
    if seats:
        # the deed itself says why this seat may not
        return seats[0]
    raise CommandError(_("Nobody of the name “%s” holds a seat today.") % name)


def _handed(paths: "list[Path]") -> "Iterator[Handed]":
    from kheo.intake.queries.uploads import handed_files

    for path in paths:
        yield from handed_files(path.name, path.read_bytes())


def _name_unit(intake: "Intake", code: str, seat: "Seat") -> None:
    from django.utils import timezone

    from kheo.cli.errors import CommandError
    from kheo.intake.actions import confirm_form
    from kheo.intake.models import IntakeForm
    from kheo.intake.queries.units import fillable_parts

    part = fillable_parts(seat, intake.round).filter(organisation__code=code).first()
    if part is None:
        raise CommandError(_("The round asks no unit of the code “%s” in your reach.") % code)
    for form in IntakeForm.objects.filter(file__intake=intake).select_related("file"):
        intake.refresh_from_db(fields=["version"])
        confirm_form(
            form=form,
            participation_id=part.pk,
            version=intake.version,
            by=seat,
            at=timezone.now(),
        )
    intake.refresh_from_db(fields=["version"])
