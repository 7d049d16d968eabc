"""`kheo worker`: background work alone, for a machine that serves no pages."""

import argparse
from datetime import datetime, time, timedelta
from gettext import gettext as _

from django.core.management import call_command
from django.utils import timezone

# before the first clerk of the day, after the last one of yesterday
CLEANING_TIME = time(2, 30)


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser(
        "worker",
        help=_("do background work only: mails, reminders, cleaning"),
        description=_(
            "Does the background work. “kheo serve” does it too; this is for a second machine on "
            "the same PostgreSQL, or beside “kheo serve --no-worker”."
        ),
    )
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Work until told to stop."""
    work()
    return 0


def work() -> None:
    """Keep the schedules and take tasks from the queue until a signal comes."""
    # the queue reads its settings while it is imported, which needs a complete Django
    from django_q.cluster import Cluster

    from kheo.cli.actions import keep_cleaning_schedule

    keep_cleaning_schedule(first=_next_cleaning(timezone.now()))
    Cluster().start()


def clean_up() -> None:
    """Clear away expired sessions, and failed sign-ins older than a month."""
    call_command("clearsessions", verbosity=0)
    call_command("axes_reset_logs", age=30, verbosity=0)


def _next_cleaning(now: datetime) -> datetime:
    local = timezone.localtime(now)
    today = local.replace(
        hour=CLEANING_TIME.hour, minute=CLEANING_TIME.minute, second=0, microsecond=0
    )
    return today if today > local else today + timedelta(days=1)
