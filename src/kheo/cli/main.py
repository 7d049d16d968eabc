"""The command `kheo`: one noun for each kind of work."""

import argparse
import os
import sys
from collections.abc import Sequence
from gettext import gettext as _
from importlib import import_module

from kheo import __version__
from kheo.cli.language import chosen_language, speak

NOUNS = (
    "serve",
    "worker",
    "demo",
    "people",
    "organisations",
    "documents",
    "rounds",
    "progress",
    "nominations",
    "appraisal",
    "councils",
    "recognition",
    "visits",
    "reviews",
    "tallies",
    "search",
    "database",
    "audit",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks for and return the exit status."""
    speak(language := chosen_language())
    wish = make_parser().parse_args(arguments)
    if wish.data:
        os.environ["KHEO_DATA_DIR"] = wish.data
    try:
        _set_up(language)
        return int(wish.run(wish) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # whatever it is, people get a sentence
        if os.environ.get("KHEO_DEBUG", "").lower() in {"1", "true", "yes", "on"}:
            raise
        print(_("kheo: not done: %s") % _sentence(error), file=sys.stderr)
        return 1


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the whole command; each noun is a module with ``add_parser``."""
    parser = argparse.ArgumentParser(
        prog="kheo",
        description=_("Runs the emulation movement “Dân vận khéo”: rounds, registrations, papers."),
        epilog=_(
            "“kheo NOUN --help” explains each of them. KHEO_DEBUG=1 shows the trace of errors."
        ),
        allow_abbrev=False,
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"Khéo {__version__}",
        help=_("show program's version number and exit"),
    )
    _add_data(parser, default=None)
    nouns = parser.add_subparsers(
        title=_("what to do"), metavar=_("NOUN"), dest="noun", required=True
    )
    for noun in NOUNS:
        import_module(f"kheo.cli.{noun}").add_parser(nouns)
    for noun_parser in nouns.choices.values():
        # also after the noun, where one thinks of it
        _add_data(noun_parser, default=argparse.SUPPRESS)
    return parser


def _add_data(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--data",
        metavar=_("DIRECTORY"),
        default=default,
        help=_("where the database and all files are kept (also: KHEO_DATA_DIR)"),
    )


def _set_up(language: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kheo.config.settings")
    # Django costs half a second, which --help and mistakes in the command need not pay
    import django
    from django.utils import translation

    django.setup()
    translation.activate(language)


def _sentence(error: Exception) -> str:
    messages = getattr(error, "messages", None)
    text = "; ".join(messages) if messages else str(error)
    return text or type(error).__name__


if __name__ == "__main__":
    sys.exit(main())
