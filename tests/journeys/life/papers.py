"""How the chapters take a paper home and read its words back."""

from collections.abc import Iterator
from pathlib import Path

import docx
from docx.document import Document
from docx.table import Table
from playwright.sync_api import Locator
from tests.journeys.player import Player
from tests.journeys.s4.papers import pdf_text


def taken_home(player: Player, link: Locator, folder: Path) -> Path:
    """Follow a link that gives a file, and return where it was put."""
    # a page that is still loading when a file is asked for never says that it has loaded
    player.page.wait_for_load_state()
    with player.page.expect_download() as coming:
        link.click()
    path = folder / coming.value.suggested_filename
    coming.value.save_as(path)
    return path


def read(player: Player, address: str, folder: Path) -> str:
    """Take the paper behind the link of the page to this address, and return its words."""
    path = taken_home(player, player.page.locator(f"main a[href$='{address}']").first, folder)
    return pdf_text(path) if path.suffix == ".pdf" else words_of(path)


def words_of(path: Path) -> str:
    """Return the words of a Word paper, tables included, with one blank between them."""
    return " ".join(" ".join(_texts(docx.Document(str(path)))).split())


def says(paper: str, *texts: str) -> None:
    """Fail unless a paper contains each text."""
    for text in texts:
        assert text in paper, f"“{text}” does not stand in: {paper[:3000]}"


def _texts(part: Document | Table) -> Iterator[str]:
    if isinstance(part, Table):
        for row in part.rows:
            for cell in row.cells:
                yield cell.text
        return
    for one in part.iter_inner_content():
        if isinstance(one, Table):
            yield from _texts(one)
        else:
            yield one.text
