"""No screen shows a message that a catalogue lacks."""

import runpy
from operator import attrgetter

from babel.messages.pofile import read_po
from tests.house.house import PACKAGE, ROOT


def test_both_languages_are_complete() -> None:
    missing = runpy.run_path(str(ROOT / "tools/messages.py"))["missing_messages"](ROOT)
    assert missing == {}


def test_a_message_has_one_translation_in_all_rooms() -> None:
    # the catalogues are merged, and the first room that has a message wins everywhere
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for path in sorted(PACKAGE.glob("*/locale/vi/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            for message in filter(attrgetter("id"), read_po(file, locale="vi")):
                name = message.id if isinstance(message.id, str) else message.id[0]
                words = found.setdefault((message.context or "", name), {})
                words.setdefault(str(message.string), []).append(path.parts[-5])
    assert found
    assert {name: words for name, words in found.items() if len(words) > 1} == {}
