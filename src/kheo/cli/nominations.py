"""`kheo nominations list`: what was put forward from which round, and how it was answered."""

import argparse
import json
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kheo.nominations.queries.lists import ListLine


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("nominations", help=_("show what was put forward upward"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser(
        "list",
        help=_("show the lists of nominations, newest first"),
        description=_(
            "Prints number, round, body, where it was sent, state, how many are put forward of how "
            "many, and how many were taken, parted by tabs."
        ),
    )
    listing.add_argument("--round", type=int, metavar=_("ROUND"), help=_("the number of a round"))
    listing.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    listing.set_defaults(run=run_list)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the lists of a round, or of all rounds."""
    rows = [_told(line) for line in _lines(arguments.round)]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        cap = "-" if row["cap"] is None else row["cap"]
        told = (row["round"], row["owner"], row["target"] or "-", row["state"])
        print("\t".join((str(row["list"]), *told, f"{row['nominated']}/{cap}", f"{row['taken']}")))
    return 0


def _lines(round: int | None) -> "list[ListLine]":
    from kheo.nominations.models import NominationList
    from kheo.nominations.queries.lists import with_figures

    rows = NominationList.objects.select_related("round", "owner", "target").order_by("-pk")
    return with_figures(list(rows if round is None else rows.filter(round=round)))


def _told(line: "ListLine") -> dict[str, Any]:
    row = line.row
    return {
        "list": row.pk,
        "round": row.round.title,
        "owner": row.owner.name,
        "target": row.target.name if row.target else None,
        "state": row.state,
        "cap": row.cap,
        "nominated": line.nominated,
        "stopped": line.stopped,
        "waiting": line.waiting,
        "taken": line.accepted,
        "sent_at": row.sent_at.isoformat() if row.sent_at else None,
    }
