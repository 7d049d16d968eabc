"""`kheo demo`: an invented province with a round in progress, to look at and try."""

import argparse
from gettext import gettext as _

from kheo.cli.errors import CommandError

STAGES = ("structure", "history", "appraised", "open", "progress")


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser(
        "demo",
        help=_("fill an empty database with an invented province"),
        description=_(
            "Fills an empty database with an invented province, through the same deeds as people "
            "use, and prints with which sign-in names and random passwords one can look around. "
            "“kheo serve” then serves it."
        ),
    )
    parser.add_argument(
        "--stage",
        choices=STAGES,
        default=STAGES[-1],
        help=_(
            "how far the story goes: organisations and people; the rounds of earlier years; what "
            "came of the last one, to honours and replicas; the new round opened; the new round in "
            "progress (default)"
        ),
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Build the demonstration and print its keys."""
    from kheo.cli.preparation import prepare
    from kheo.demo.stages import NotEmptyError, build_demo

    prepare()
    try:
        keys = build_demo(arguments.stage)
    except NotEmptyError as error:
        raise CommandError(
            _("the database already holds people. Choose an empty directory with --data.")
        ) from error
    print(_("The demonstration is ready. Sign in with one of these:"))
    for key in keys:
        print(f"  {key.seat.user.username:<14} {key.password:<14} {key.seat}", flush=True)
    return 0
