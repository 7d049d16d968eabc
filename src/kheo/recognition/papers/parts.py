"""What proposals and decisions share as papers: head, list, and how things are counted in words."""

from collections.abc import Iterable
from datetime import date

from kheo.lib.papers.measures import Profile, profile_for
from kheo.lib.papers.nodes import (
    Closing,
    Column,
    Letterhead,
    Rich,
    Row,
    Signer,
    Table,
    italic,
    rich,
)
from kheo.lib.text.numbers import two_digits
from kheo.organisations.papers.letterheads import place_and_date
from kheo.recognition.enums import Act
from kheo.recognition.queries.contents import HonourContent, ListLine

MOVEMENT = "Dân vận khéo"
DEEDS = {
    Act.RECOGNISE: "Công nhận và cấp",
    Act.PRAISE: "Biểu dương và cấp",
    Act.COMMEND: "Tặng",
}


def profile_of(content: HonourContent) -> Profile:
    """Return the measures of the issuer's side on the day of the paper."""
    day = content.dated or date(content.year, 1, 1)
    return profile_for("party" if content.issuer.is_party else "state", day)


def head_of(content: HonourContent) -> Letterhead:
    """Return the full head with number, place and date."""
    dated = place_and_date(content.issuer, content.dated, content.year)
    plain = content.issuer.letterhead("full", dated)
    return Letterhead(
        issuers=plain.issuers,
        superiors=plain.superiors,
        number=content.number_line,
        place_and_date=plain.place_and_date,
    )


def closing_of(content: HonourContent, recipients: Iterable[str]) -> Closing:
    """Return recipients and the place to sign."""
    signer = Signer(
        authority=content.authority, position=content.position.upper(), name=content.signatory
    )
    return Closing(signers=(signer,), recipients=tuple(recipients))


def list_of(lines: Iterable[ListLine], *, revoked: bool = False) -> Table:
    """Return the list: number, name, unit, what for or by what it was given, book."""
    rows = list(lines)
    booked = any(line.book for line in rows)
    last = "Quyết định đã trao" if revoked else "Thành tích"
    columns = [
        Column("TT", 10, "center"),
        Column("Tên mô hình, điển hình, tập thể, cá nhân", 62),
        Column("Đơn vị", 42),
        Column(last, 50),
    ]
    if booked:
        columns.append(Column("Số vào sổ", 22, "center"))
    return Table(
        tuple(columns),
        (
            Row(
                (
                    str(number),
                    line.name,
                    line.unit,
                    line.given_by if revoked else line.achievement,
                    *((line.book,) if booked else ()),
                )
            )
            for number, line in enumerate(rows, start=1)
        ),
    )


def counted(content: HonourContent) -> str:
    """Write "12 mô hình, điển hình; 02 tập thể và 01 cá nhân"."""
    words = [f"{two_digits(count)} {word}" for word, count in content.counts]
    if not words:
        return "các tập thể, cá nhân"
    return " và ".join(filter(None, ["; ".join(words[:-1]), words[-1]]))


def dressed(text: str) -> Rich:
    """Set the name of the movement in italics, as the papers do."""
    parts = text.split(MOVEMENT)
    if len(parts) == 1:
        return text
    runs = [parts[0], *(piece for part in parts[1:] for piece in (italic(MOVEMENT), part))]
    return rich(*runs)


def full_stop(content: HonourContent) -> str:
    """Return how the text ends: "./." of the state and of the party until 27/5/2026, else "."."""
    return "." if profile_of(content).key == "party-2026" else "./."
