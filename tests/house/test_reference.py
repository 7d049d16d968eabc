"""docs/reference/ says what the code says."""

import runpy
import sys

from tests.house.house import ROOT, floors

# newer argparse breaks lines at other places
COMPARABLE = {"rooms.md"} | ({"command.md"} if sys.version_info < (3, 13) else set())


def test_the_reference_is_up_to_date() -> None:
    documents = runpy.run_path(str(ROOT / "tools/docs.py"))["documents"]()
    stale = [
        name
        for name, text in documents.items()
        if name in COMPARABLE and (ROOT / "docs/reference" / name).read_text() != text
    ]
    assert stale == [], "run make docs"


def test_every_room_says_what_it_holds() -> None:
    text = (ROOT / "docs/reference/rooms.md").read_text()
    for room in floors():
        assert f"| `{room}` | " in text
        assert f"| `{room}` |  |" not in text
