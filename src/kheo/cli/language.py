"""The language of the command line: Vietnamese unless the locale asks for English."""

import gettext
import os
from pathlib import Path

LANGUAGES = ("vi", "en")
CATALOGUES = Path(__file__).parent / "locale"
# the order in which GNU gettext looks
VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def chosen_language() -> str:
    """Return the language that the environment asks for, if it is one of ours, else Vietnamese."""
    for name in VARIABLES:
        wishes = [wish for wish in os.environ.get(name, "").split(":") if wish]
        for wish in wishes:
            if (language := wish[:2].lower()) in LANGUAGES and not wish[2:3].isalpha():
                return language
        if wishes and name != "LANGUAGE":
            return "vi"
    return "vi"


def speak(language: str) -> None:
    """Let every message come out in this language, also the words of argparse.

    Both ask the gettext of the standard library, which reads LANGUAGE and our catalogue.
    """
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain("django", str(CATALOGUES))
    gettext.textdomain("django")
