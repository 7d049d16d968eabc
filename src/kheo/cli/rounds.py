"""`kheo rounds`: lists rounds, closes and reopens them."""

import argparse
from gettext import gettext as _


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("rounds", help=_("list rounds, close and reopen them"))
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
