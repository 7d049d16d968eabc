"""`kheo reviews`: tells how far reviews are: who was asked, who has submitted, who is late."""

import argparse
import json
from gettext import gettext as _
from typing import Any


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("reviews", help=_("tell how far interim and final reviews are"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    status = verbs.add_parser("status", help=_("list the reviews with how many have reported"))
    status.add_argument("--all", action="store_true", help=_("closed ones too"))
    status.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    status.set_defaults(run=run_status)


def run_status(arguments: argparse.Namespace) -> int:
    """Print the reviews, one a line."""
    from django.utils import timezone

    from kheo.reviews.queries.reports import reviews_told

    rows: list[dict[str, Any]] = reviews_told(timezone.localdate(), closed=arguments.all)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        line = _("%(title)s  (%(organiser)s, %(state)s)  submitted: %(handed_in)s/%(asked)s")
        print(f"{line % row}  {_('late: %s') % row['late']}")
    if not rows:
        print(_("no reviews"))
    return 0
