"""Certificates as one PDF, a landscape sheet each: head, form, the honoured, what for, signature.

Sources: the layout of the party's and the state's own certificates as they are seen; the frame is
drawn plainly, since the printed blanks with emblem and ornament are the issuer's to add.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst

from kheo.lib.papers.runs import breakable, clean
from kheo.lib.papers.to_pdf import TypesettingError, our_fonts

_TEMPLATE = Path(__file__).parent / "certificate.typ"
_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateForm:
    """What all certificates of one decision share.

    `motto` is the party's name, or the state's two lines; `issuer` the body in whose name it is
    given; `deed` the word above the name of the form ("TẶNG", "CÔNG NHẬN"), may be empty.
    """

    motto: tuple[str, ...]
    issuer: tuple[str, ...]
    kind: str
    deed: str = ""
    decision: str = ""
    place_and_date: str = ""
    authority: str = ""
    position: str = ""
    signatory: str = ""
    author: str = ""
    dated: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """One sheet: who is honoured, where from, what for, and the number in the book."""

    name: str
    place: str = ""
    achievement: str = ""
    book_number: str = ""
    valid_until: str = ""


def certificates_to_pdf(form: CertificateForm, sheets: Sequence[Certificate]) -> bytes:
    """Set certificates, one a page, in their order; the same ones give the same bytes.

    :param sheets: any number; a thousand take some seconds.
    :raises ValueError: when there is none.
    :raises TypesettingError: when typst breaks down on them.
    """
    if not sheets:
        msg = "there is no certificate to set"
        raise ValueError(msg)
    data = json.dumps(_data(form, sheets), ensure_ascii=False)
    try:
        return typst.compile(
            _TEMPLATE.read_bytes(),
            font_paths=our_fonts(),
            format="pdf",
            sys_inputs={"certificates": data},
            timestamp=0,
        )
    except BaseException as error:
        # a panic inside typst is no Exception and would pass by every handler above
        if type(error).__name__ == "PanicException":
            raise TypesettingError from error
        raise


def _data(form: CertificateForm, sheets: Sequence[Certificate]) -> dict[str, object]:
    names = ("kind", "deed", "decision", "place_and_date", "authority", "position", "signatory")
    return {name: clean(getattr(form, name)) for name in names} | {
        "motto": [clean(line) for line in form.motto],
        "issuer": [clean(line) for line in form.issuer],
        "author": clean(form.author),
        "dated": form.dated and [form.dated.year, form.dated.month, form.dated.day],
        "sheets": [
            [
                breakable(clean(text), _LONGEST_WORD)
                for text in (
                    sheet.name,
                    sheet.place,
                    sheet.achievement,
                    sheet.book_number,
                    sheet.valid_until,
                )
            ]
            for sheet in sheets
        ],
    }
