"""`kheo people`: makes accounts, gives seats and lists who holds which."""

import argparse
import json
import secrets
import sys
from gettext import gettext as _

WORDS = 12


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("people", help=_("make accounts, give seats, list people"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    _add_create(verbs)
    listing = verbs.add_parser("list", help=_("list who holds which seat today"))
    listing.add_argument("--json", action="store_true", help=_("write JSON, one object a line"))
    listing.set_defaults(run=run_list)


def _add_create(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    create = verbs.add_parser("create", help=_("make an account, with a seat if one is named"))
    create.add_argument("username", metavar=_("USERNAME"), help=_("the name to sign in with"))
    create.add_argument("--name", required=True, metavar=_("NAME"), help=_("the full name"))
    create.add_argument("--email", default="", metavar=_("ADDRESS"), help=_("the e-mail address"))
    create.add_argument(
        "--organisation", metavar=_("CODE"), help=_("the code of the organisation of the seat")
    )
    create.add_argument(
        "--role",
        default="administrator",
        choices=[
            "clerk",
            "head",
            "officer",
            "council",
            "leader",
            "inspector",
            "administrator",
        ],
        help=_("the role of the seat (default: administrator)"),
    )
    create.add_argument("--title", default="", metavar=_("TITLE"), help=_("the position"))
    create.add_argument(
        "--password-stdin",
        action="store_true",
        help=_("read the password from standard input; without it one is made and printed"),
    )
    create.set_defaults(run=run_create)


def run_create(arguments: argparse.Namespace) -> int:
    """Make an account; a password made here must be changed at the first sign-in."""
    from django.db import transaction
    from django.utils import timezone

    from kheo.accounts.actions import create_user
    from kheo.organisations.actions import grant_seat
    from kheo.organisations.models import Organisation

    given = sys.stdin.readline().rstrip("\n") if arguments.password_stdin else ""
    password = given or secrets.token_urlsafe(WORDS)
    now = timezone.now()
    with transaction.atomic():
        user = create_user(
            username=arguments.username,
            full_name=arguments.name,
            email=arguments.email,
            password=password,
            must_change_password=not given,
            by=None,
            at=now,
        )
        if arguments.organisation:
            grant_seat(
                user=user,
                organisation=Organisation.objects.get(code=arguments.organisation),
                role=arguments.role,
                title=arguments.title,
                starts_on=timezone.localdate(now),
                by=None,
                at=now,
            )
    print(_("Made: %s") % user.username)
    if not given:
        print(_("Password, to be changed at the first sign-in: %s") % password)
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Print the seats that are held today."""
    from django.utils import timezone

    from kheo.organisations.models import Seat

    held = Seat.objects.held(timezone.localdate()).select_related("user", "organisation")
    for seat in held.order_by("user__sort_key", "pk").iterator():
        row = {
            "username": seat.user.username,
            "name": seat.user.full_name,
            "role": seat.role,
            "organisation": seat.organisation.code,
            "from": seat.starts_on.isoformat(),
            "to": seat.ends_on.isoformat() if seat.ends_on else "",
        }
        print(json.dumps(row, ensure_ascii=False) if arguments.json else "\t".join(row.values()))
    return 0
