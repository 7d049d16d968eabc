"""`kheo progress`: lists how accepted models go, and adds up their results."""

import argparse
import json
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kheo.progress.queries.results import SumLine


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("progress", help=_("list how models go, and add up their results"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser("list", help=_("list accepted models with state and last news"))
    listing.add_argument(
        "--silent", type=int, metavar=_("DAYS"), help=_("only those without news for so many days")
    )
    listing.set_defaults(run=run_list)
    results = verbs.add_parser("results", help=_("add up what models planned and achieved"))
    results.set_defaults(run=run_results)
    for verb in (listing, results):
        verb.add_argument("--year", type=int, help=_("the year; this year if not given"))
        verb.add_argument("--unit", metavar=_("CODE"), help=_("only below this organisation"))
        verb.add_argument("--json", action="store_true", help=_("print the result as JSON"))


def run_list(arguments: argparse.Namespace) -> int:
    """Print one line for each model: number, state, last news, unit and name."""
    rows = _models(arguments)
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print("\t".join(str(value or "–") for value in row.values()))
    return 0


def run_results(arguments: argparse.Namespace) -> int:
    """Print one line for each indicator: planned, achieved, per cent, models, unit and name."""
    from kheo.progress.queries.results import sums_below

    found = [
        {"organisation": name} | _sum(line)
        for name, path in _paths(arguments.unit)
        for line in sums_below(path, _year(arguments.year))
    ]
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=2))
        return 0
    for row in found:
        print("\t".join("–" if value is None else str(value) for value in row.values()))
    return 0


def _sum(line: "SumLine") -> dict[str, Any]:
    numbers = {"planned": line.planned, "achieved": line.achieved, "percent": line.percent}
    words = {key: None if value is None else format(value, "f") for key, value in numbers.items()}
    indicator = line.indicator
    return {
        "code": indicator.code,
        **words,
        "models": line.models,
        "unit": indicator.unit,
        "indicator": str(indicator),
    }


def _models(arguments: argparse.Namespace) -> list[dict[str, Any]]:
    from datetime import timedelta

    from django.utils import timezone

    from kheo.exemplars.enums import State
    from kheo.exemplars.models import Registration
    from kheo.organisations.models import below
    from kheo.progress.enums import CourseState
    from kheo.progress.queries.silence import silent_since

    rows = Registration.objects.filter(year=_year(arguments.year), state=State.ACCEPTED)
    if arguments.unit:
        rows = rows.filter(below(_paths(arguments.unit)[0][1]))
    if arguments.silent is not None:
        rows = rows.filter(silent_since(timezone.now() - timedelta(days=arguments.silent)))
    found = rows.order_by("path", "pk").values_list(
        "pk", "course__state", "course__last_news_at", "unit_name", "name"
    )
    return [
        {
            "number": pk,
            "state": state or CourseState.UNDERWAY.value,
            "last_news": news and timezone.localtime(news).isoformat(timespec="minutes"),
            "unit": unit,
            "name": name,
        }
        for pk, state, news, unit, name in found
    ]


def _paths(code: str | None) -> list[tuple[str, str]]:
    from kheo.cli.errors import CommandError
    from kheo.organisations.models import Organisation

    chosen = (
        Organisation.objects.filter(code=code) if code else Organisation.objects.filter(parent=None)
    )
    found = list(chosen.order_by("path").values_list("name", "path"))
    if code and not found:
        raise CommandError(_("There is no organisation of the code “%s”.") % code)
    return found


def _year(year: int | None) -> int:
    from django.utils import timezone

    return year or timezone.localdate().year
