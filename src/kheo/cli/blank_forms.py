"""`kheo rounds forms`: writes the blank forms of a round into a folder, one folder per unit."""

import argparse
import sys
from gettext import gettext as _
from pathlib import Path

WRONG_USE = 2


def add_forms(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the noun."""
    forms = verbs.add_parser(
        "forms",
        help=_("write the blank forms of all units of a round"),
        description=_(
            "Writes a list with last year's models and the round's own forms for each unit. What "
            "is filled in and imported again comes back to the right unit by itself."
        ),
    )
    forms.add_argument("number", type=int, help=_("the number of the round, as listed"))
    forms.add_argument("--out", type=Path, required=True, help=_("the folder, made where needed"))
    forms.set_defaults(run=run_forms)


def run_forms(arguments: argparse.Namespace) -> int:
    """Write the files and say how many; a file that is there already is written anew."""
    from django.utils import timezone

    from kheo.intake.papers import blank_files
    from kheo.intake.queries.blanks import blank_parts, blanks
    from kheo.rounds.models import Round

    round = Round.objects.filter(pk=arguments.number).first()
    if round is None:
        print(_("kheo: there is no round %s") % arguments.number, file=sys.stderr)
        return WRONG_USE
    parts = blank_parts(None, round).order_by("sort_key", "pk")
    count = 0
    for name, content in blank_files(blanks(parts.iterator(chunk_size=100)), timezone.now()):
        target = arguments.out / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        count += 1
    print(_("%(count)s files written to %(folder)s") % {"count": count, "folder": arguments.out})
    return 0
