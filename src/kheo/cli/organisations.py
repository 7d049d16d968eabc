"""`kheo organisations`: imports a structure from a file, or the provinces and communes of today."""

import argparse
import json
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kheo.organisations.models import Organisation
    from kheo.organisations.queries import Preview


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("organisations", help=_("import organisations, take over places"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    reading = verbs.add_parser("import", help=_("import a structure from a workbook or CSV file"))
    reading.add_argument("file", type=Path, metavar=_("FILE"))
    reading.add_argument("--dry-run", action="store_true", help=_("only say what would happen"))
    reading.add_argument("--json", action="store_true", help=_("write the report as JSON"))
    reading.add_argument("--below", metavar=_("CODE"), help=_("the superior of rows without one"))
    reading.set_defaults(run=run_import)
    places = verbs.add_parser(
        "places", help=_("found the committees of the provinces and communes of today")
    )
    places.add_argument(
        "--province", default="", metavar=_("CODE"), help=_("only the province of this code")
    )
    places.add_argument("--below", metavar=_("CODE"), help=_("the organisation above them"))
    places.set_defaults(run=run_places)


def run_import(arguments: argparse.Namespace) -> int:
    """Import a file whole, or print its problems and return 1."""
    from django.conf import settings
    from django.utils import timezone

    from kheo.organisations.actions import import_structure
    from kheo.organisations.queries import preview_structure
    from kheo.organisations.sheets import read_structure

    path: Path = arguments.file
    table = read_structure(path.read_bytes(), path.name, settings.IMPORT_LIMIT_MIB)
    top, now = _top(arguments.below), timezone.now()
    preview = preview_structure(table, top=top, reach=top.path, day=timezone.localdate(now))
    if not preview.problems and not arguments.dry_run:
        import_structure(rows=preview.new, by=None, at=now, basis=path.name)
    _report(preview, as_json=arguments.json, done=not arguments.dry_run)
    return 1 if preview.problems else 0


def run_places(arguments: argparse.Namespace) -> int:
    """Found what is missing of the provinces and communes."""
    from django.utils import timezone

    from kheo.organisations.actions import import_places

    made = import_places(
        parent=_top(arguments.below), province=arguments.province, by=None, at=timezone.now()
    )
    print(_("%s organisations founded") % len(made))
    return 0


def _top(code: str | None) -> "Organisation":
    from kheo.cli.errors import CommandError
    from kheo.organisations.models import Organisation

    found = Organisation.objects.filter(**{"code": code} if code else {"parent": None}).first()
    if found is None:
        raise CommandError(_("There is no such organisation; open the first-run page first."))
    return found


def _report(preview: "Preview", *, as_json: bool, done: bool) -> None:
    if as_json:
        problems = [
            {name: str(value or "") for name, value in vars(problem).items()}
            for problem in preview.problems
        ]
        counts = {"new": len(preview.new), "unchanged": preview.unchanged}
        imported = done and not problems
        report = {"imported": imported, **counts, "problems": problems}
        print(json.dumps(report, ensure_ascii=False))
        return
    for problem in preview.problems:
        place = _("row %(row)s, %(column)s") % {
            "row": problem.row or "–",
            "column": problem.column,
        }
        expected = _("; expected: %s") % problem.expected if problem.expected else ""
        found = _("; found: %s") % problem.found if problem.found else ""
        print(f"{place}: {problem.reason}{expected}{found}")
    words = {"new": len(preview.new), "same": preview.unchanged, "bad": len(preview.problems)}
    print(_("%(new)s new, %(same)s there already, %(bad)s problems") % words)
