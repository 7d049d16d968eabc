"""`kheo councils`: lists councils and how far each has come."""

import argparse
import json
from gettext import gettext as _


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("councils", help=_("list councils and how far they have come"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser(
        "list",
        help=_("list all councils, newest first"),
        description=_(
            "Prints number, year, state, files, scores that are in, scores wanted, committee and "
            "name, parted by tabs."
        ),
    )
    listing.add_argument("--year", type=int, help=_("only the councils of this year"))
    listing.add_argument("--json", action="store_true", help=_("write the list as JSON"))
    listing.set_defaults(run=run_list)


def run_list(arguments: argparse.Namespace) -> int:
    """Print one line for each council, or one JSON list of all."""
    from kheo.councils.models import Council
    from kheo.councils.queries.visible import with_progress

    rows = with_progress(Council.objects.all())
    if arguments.year is not None:
        rows = rows.filter(year=arguments.year)
    found = [
        {
            "number": row.pk,
            "year": row.year,
            "state": row.state,
            "files": getattr(row, "file_count", None) or 0,
            "scores_in": getattr(row, "done_count", None) or 0,
            "scores_wanted": getattr(row, "score_count", None) or 0,
            "organisation": row.organisation.name,
            "name": row.name,
        }
        for row in rows
    ]
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for line, row in zip(found, rows, strict=True):
        line["state"] = str(row.get_state_display())
        print("\t".join(str(value) for value in line.values()))
    return 0
