"""The command ``python -m bench``: makes worlds, measures, and writes what came out."""

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path

import django

# what is measured: the module, and its function that returns measurements
STAGES = {
    "facts": ("bench.facts", "facts"),
    "pages": ("bench.pages", "measure_pages"),
    "likeness": ("bench.likeness", "measure_likeness"),
    "directives": ("bench.directives", "measure_directives"),
    "writers": ("bench.writers", "measure_writers"),
    "papers": ("bench.papers", "measure_papers"),
    "searching": ("bench.searching", "measure_searching"),
    "importing": ("bench.importing", "measure_importing"),
    "councils": ("bench.councils", "measure_councils"),
    "reviews": ("bench.reviews", "measure_reviews"),
}


def main() -> int:
    """Do what the command line asks for."""
    wish = _parser().parse_args()
    if wish.verb is None:
        return int(import_module("bench.everything").run(wish.size, wish.database))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    django.setup()
    if wish.verb == "generate":
        made = import_module("bench.generate")
        laps = made.generate(wish.registrations, wish.organisations)
        made.write_laps(laps, wish.registrations)
        return 0
    if wish.verb == "one-file":
        import_module("bench.papers").one_file(wish.kind)
        return 0
    if wish.verb == "one-writer":
        import_module("bench.writers").save_alone(wish.seconds, wish.draft)
        return 0
    # the product may have new pages and styles since the world was made
    import_module("kheo.cli.preparation").prepare()
    module, function = STAGES[wish.verb]
    found = getattr(import_module(module), function)()
    if wish.json:
        rows = found if isinstance(found, dict) else [one.as_dict() for one in found]
        wish.json.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--size", choices=["small", "large"], default="small")
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"])
    verbs = parser.add_subparsers(dest="verb")
    generate = verbs.add_parser("generate", help="fill an empty database")
    generate.add_argument("--registrations", type=int, required=True)
    generate.add_argument("--organisations", type=int)
    for stage in STAGES:
        verb = verbs.add_parser(stage, help=f"measure {stage} on the database as it is")
        verb.add_argument("--json", type=Path)
    one_writer = verbs.add_parser("one-writer", help="save one draft over and over")
    one_writer.add_argument("seconds", type=float)
    one_writer.add_argument("draft", type=int)
    one_file = verbs.add_parser("one-file", help="write one file and tell time and memory")
    one_file.add_argument("kind", choices=["docx", "xlsx", "pdf", "certificates", "rows"])
    return parser


if __name__ == "__main__":
    sys.exit(main())
