"""`kheo rounds`: lists rounds, and proves or repairs their tallies of units."""

import argparse
from gettext import gettext as _


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("rounds", help=_("list rounds, prove their tallies of units"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser("list", help=_("list all rounds with the number of units asked"))
    listing.add_argument("--year", type=int, help=_("only the rounds of this year"))
    listing.set_defaults(run=run_list)
    recount = verbs.add_parser(
        "recount", help=_("count the units of rounds anew and put wrong tallies right")
    )
    recount.add_argument("--round", type=int, metavar=_("NUMBER"), help=_("only this round"))
    recount.set_defaults(run=run_recount)


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


def run_recount(arguments: argparse.Namespace) -> int:
    """Count anew; the status is 1 if a tally was wrong, so that a schedule can report it."""
    from kheo.rounds.actions import recount_participations
    from kheo.rounds.models import Round

    rounds = Round.objects.exclude(state="draft")
    if arguments.round is not None:
        rounds = rounds.filter(pk=arguments.round)
    wrong = 0
    for round in rounds.order_by("pk"):
        found = recount_participations(round=round)
        wrong += found
        print(_("%(round)s: %(count)s tallies put right") % {"round": round, "count": found})
    return 1 if wrong else 0
