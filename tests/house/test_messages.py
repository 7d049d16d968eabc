"""No screen shows a message that a catalogue lacks."""

import runpy

from tests.house.house import ROOT


def test_both_languages_are_complete() -> None:
    missing = runpy.run_path(str(ROOT / "tools/messages.py"))["missing_messages"](ROOT)
    assert missing == {}
