"""`kheo appraisal list`: the files that are appraised, their state, points and grade."""

import argparse
import json
from collections.abc import Iterator
from gettext import gettext as _
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kheo.appraisal.models import AppraisalFile


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("appraisal", help=_("show appraisal files and their points"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser(
        "list",
        help=_("show appraisal files, newest year first"),
        description=_(
            "Prints number, year, unit, name, state, self-score, score of the superior, final"
            " score and grade, parted by tabs."
        ),
    )
    listing.add_argument("--year", type=int, metavar=_("YEAR"), help=_("only files of this year"))
    listing.add_argument("--state", metavar=_("STATE"), help=_("only files in this state"))
    listing.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    listing.set_defaults(run=run_list)


def run_list(arguments: argparse.Namespace) -> int:
    """Print the files of a year and a state, or all of them."""
    rows = (_told(file) for file in _files(arguments.year, arguments.state))
    if arguments.json:
        print(json.dumps(list(rows), ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        print("\t".join("-" if value is None else str(value) for value in row.values()))
    return 0


def _files(year: int | None, state: str | None) -> "Iterator[AppraisalFile]":
    from kheo.appraisal.models import AppraisalFile

    rows = AppraisalFile.objects.select_related("grade").order_by("-year", "path", "pk")
    rows = rows.filter(year=year) if year is not None else rows
    rows = rows.filter(state=state) if state else rows
    return rows.iterator(chunk_size=500)


def _told(file: "AppraisalFile") -> dict[str, Any]:
    points = (file.self_total, file.superior_total, file.final_total)
    own, superior, final = (None if one is None else f"{one:.2f}" for one in points)
    return {
        "file": file.pk,
        "year": file.year,
        "unit": file.unit_name,
        "name": file.name,
        "state": file.state,
        "self_total": own,
        "superior_total": superior,
        "final_total": final,
        "grade": file.grade.name if file.grade else None,
    }
