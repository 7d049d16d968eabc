"""The certificates of a decision: one sheet for each honour that stands."""

from collections.abc import Iterable

from kheo.lib.papers.certificates import Certificate, CertificateForm
from kheo.lib.papers.measures import PROFILES
from kheo.organisations.papers.letterheads import place_and_date
from kheo.recognition.enums import Act
from kheo.recognition.models import Honour
from kheo.recognition.papers.parts import MOVEMENT, profile_of
from kheo.recognition.queries.contents import HonourContent, book_entry

# a thousand sheets take some three seconds; what is longer comes in several files
SHEETS_IN_A_FILE = 1000
DEEDS = {Act.RECOGNISE: "CÔNG NHẬN", Act.PRAISE: "BIỂU DƯƠNG", Act.COMMEND: "TẶNG"}


def certificate_form(content: HonourContent) -> CertificateForm:
    """Return what the certificates of a decision share."""
    profile = PROFILES[profile_of(content).key]
    act = Act(content.act)
    return CertificateForm(
        motto=profile.motto,
        issuer=(content.deciding.upper(),),
        deed=DEEDS[act] if act == Act.COMMEND else "",
        kind=content.form,
        decision=content.reference,
        place_and_date=place_and_date(content.issuer, content.dated, content.year),
        authority=content.authority.upper(),
        position=content.position.upper(),
        signatory=content.signatory,
        author=content.issuer.name,
        dated=content.dated,
    )


def files_of_certificates(honours: int) -> range:
    """Return the numbers of the files that so many certificates come in, from 1."""
    return range(1, max(1, -(-honours // SHEETS_IN_A_FILE)) + 1)


def certificates_of(content: HonourContent, honours: Iterable[Honour]) -> list[Certificate]:
    """Return the sheets, in the order of the list."""
    return [
        Certificate(
            name=honour.name,
            place=_place(honour),
            achievement=_achievement(content, honour),
            book_number=f"Số vào sổ: {book_entry(honour)}",
            valid_until=f"Có giá trị đến hết ngày {honour.valid_until:%d/%m/%Y}"
            if honour.valid_until
            else "",
        )
        for honour in honours
    ]


def _achievement(content: HonourContent, honour: Honour) -> str:
    if honour.achievement:
        return honour.achievement
    movement = f"phong trào thi đua “{MOVEMENT}” năm {content.year}"
    if content.act == Act.COMMEND:
        return f"Đã có thành tích xuất sắc trong {movement}"
    if content.act == Act.PRAISE:
        return f"Được biểu dương trong {movement}"
    return f"Được công nhận trong {movement}"


def _place(honour: Honour) -> str:
    unit = "" if honour.unit_name == honour.name else honour.unit_name
    return ", ".join(filter(None, (honour.position, unit)))
