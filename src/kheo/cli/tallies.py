"""`kheo tallies`: counts everything anew and proves the tallies, or puts them right."""

import argparse
import json
from gettext import gettext as _
from typing import Any


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("tallies", help=_("prove that the kept counts are right"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    recount = verbs.add_parser(
        "recount", help=_("count all registrations and units anew and compare")
    )
    recount.add_argument("--repair", action="store_true", help=_("put wrong counts right"))
    recount.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    recount.set_defaults(run=run_recount)


def run_recount(arguments: argparse.Namespace) -> int:
    """Print what was wrong; the status is 1 if something is and was not put right."""
    result = recount(repair=arguments.repair)
    wrong = len(result["registrations"]) + sum(result["rounds"].values())
    if arguments.json:
        print(json.dumps(result | {"wrong": wrong}, ensure_ascii=False, indent=2))
    else:
        _print_words(result, wrong)
    return 1 if wrong and not arguments.repair else 0


def recount(*, repair: bool) -> dict[str, Any]:
    """Return the wrong tallies of registrations, and how many are wrong in each round."""
    from kheo.exemplars.actions.tallies import recount_registrations

    gaps = [
        dict(zip(gap.counted_by, gap.key, strict=True)) | {"kept": gap.kept, "counted": gap.counted}
        for gap in recount_registrations(repair=repair)
    ]
    return {"repaired": repair, "registrations": gaps, "rounds": _recount_rounds(repair=repair)}


def _recount_rounds(*, repair: bool) -> dict[str, int]:
    from django.db import transaction

    from kheo.rounds.actions.tallies import recount_participations
    from kheo.rounds.models import Round

    wrong = {}
    for round in Round.objects.order_by("pk"):
        with transaction.atomic():
            found = recount_participations(round=round)
            # counting puts right; without --repair that is taken back
            transaction.set_rollback(not repair)
        if found:
            wrong[str(round.pk)] = found
    return wrong


def _print_words(result: dict[str, Any], wrong: int) -> None:
    for gap in result["registrations"][:50]:
        line = _(
            "organisation %(organisation_id)s, year %(year)s: %(kept)s kept, %(counted)s counted"
        )
        print(line % gap)
    for pk, found in result["rounds"].items():
        print(_("round %(pk)s: %(found)s wrong counts of units") % {"pk": pk, "found": found})
    if not wrong:
        print(_("all counts are right"))
    elif result["repaired"]:
        print(_("%s wrong counts put right") % wrong)
    else:
        print(_("%s wrong counts; “kheo tallies recount --repair” puts them right") % wrong)
