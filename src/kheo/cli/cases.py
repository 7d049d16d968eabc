"""`kheo documents cases`: gives what people corrected as test cases for the reader."""

import argparse
import json
from gettext import gettext as _
from pathlib import Path


def add_cases(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the verb to the noun."""
    cases = verbs.add_parser(
        "cases",
        help=_("give what people corrected as test cases"),
        description=_(
            "Gives each document in which a person corrected, rejected or added something: its "
            "text, what holds of it, and what was changed; one line of JSON each, or a file each."
        ),
    )
    cases.add_argument(
        "--out", type=Path, metavar=_("DIRECTORY"), help=_("the folder, made where needed")
    )
    cases.set_defaults(run=run_cases)


def run_cases(arguments: argparse.Namespace) -> int:
    """Print the cases, or write a file of each into a folder."""
    from kheo.directives.queries.cases import case_of, corrected_readings

    folder: Path | None = arguments.out
    if folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
    count = 0
    for reading in corrected_readings():
        case = case_of(reading, reading.findings.order_by("start", "ordinal"))
        count += 1
        if folder is None:
            print(json.dumps(case, ensure_ascii=False))
        else:
            target = folder / f"document-{reading.document_id}-{reading.pk}.json"
            target.write_text(json.dumps(case, ensure_ascii=False, indent=1), encoding="utf-8")
    if folder is not None:
        print(_("%(count)s files written to %(folder)s") % {"count": count, "folder": folder})
    return 0
