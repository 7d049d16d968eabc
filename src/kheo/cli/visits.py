"""`kheo visits`: lists survey visits with their teams, states and open recommendations."""

import argparse
import json
from gettext import gettext as _
from typing import Any


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("visits", help=_("list survey visits"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser("list", help=_("list survey visits, newest day first"))
    listing.add_argument("--year", type=int, help=_("only the visits of this year"))
    listing.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    listing.set_defaults(run=run_list)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the visits, one a line."""
    rows = visits_told(arguments.year)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        line = _("%(day)s  %(unit)s  %(team)s  %(state)s  sheets: %(sheets)s, open: %(open)s")
        print(line % row)
    if not rows:
        print(_("no survey visits"))
    return 0


def visits_told(year: int | None) -> list[dict[str, Any]]:
    """Return what is told of each visit: day, unit, team, state, sheets, open recommendations."""
    from kheo.visits.queries.visible import visits_told_of

    return [
        {
            "pk": visit.pk,
            "day": visit.held_on.isoformat(),
            "unit": visit.unit_name,
            "team": visit.team.name,
            "state": visit.state,
            "sheets": sheets,
            "open": advice,
        }
        for visit, sheets, advice in visits_told_of(year)
    ]
