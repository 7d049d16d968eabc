"""What a list's proposal says: its own words, else those that papers of its kind usually say."""

from collections.abc import Iterator
from datetime import date

from kheo.exemplars.models import Registration
from kheo.exemplars.queries.labels import field_labels
from kheo.nominations.enums import Standing
from kheo.nominations.models import NominationList
from kheo.nominations.papers.proposal import Proposal, ProposedModel
from kheo.organisations.models import Organisation
from kheo.organisations.papers.letterheads import issuer_of
from kheo.organisations.papers.speakers import Speaker, speaker_of
from kheo.rounds.enums import Form

LEVELS = {"province": "Tỉnh", "district": "Huyện", "commune": "Cơ sở"}


def proposal_of(row: NominationList, above: Organisation | None, today: date) -> Proposal:
    """Return all that the proposal of a list is made of.

    :param above: the committee it goes to; None leaves the line to be typed.
    """
    speaker = speaker_of(row.owner)
    basis = row.round.governing_document
    to = row.addressee or usual_addressee(above)
    return Proposal(
        issuer=issuer_of(row.owner, row.issued_on or today),
        speaker=speaker,
        year=row.round.year,
        to=to,
        basis=basis.citation if basis else "",
        grounds=_lines(row.grounds),
        number=row.number,
        dated=row.issued_on,
        position=row.position,
        signatory=row.signatory,
        recipients=_lines(row.recipients) or usual_recipients(speaker),
        models=tuple(_models(row)),
    )


def usual_addressee(above: Organisation | None) -> str:
    """Return whom a proposal is addressed to: the standing committee of the body above."""
    if above is None:
        return "……"
    speaker = speaker_of(above)
    # the name of the place stands behind it: "Ban Thường vụ Tỉnh ủy Bắc Giang"
    return f"Ban Thường vụ {above.name}" if speaker.name.startswith("Ban Thường vụ") else above.name


def usual_recipients(speaker: Speaker) -> tuple[str, ...]:
    """Return the usual recipients: as addressed, and the own files."""
    return ("Như trên", f"Lưu {speaker.office}")


def _models(row: NominationList) -> Iterator[ProposedModel]:
    fields = dict(field_labels(row.round))
    up = row.nominations.filter(stands=Standing.NOMINATED)
    for one in up.select_related("registration__level").order_by("rank", "pk"):
        yield _model(one.registration, fields)


def _model(row: Registration, fields: dict[str, str]) -> ProposedModel:
    level = row.level
    return ProposedModel(
        name=row.name,
        field=fields.get(row.field) or str(row.get_field_display()),
        form=row.form,
        person=row.full_name if row.form == Form.INDIVIDUAL else "",
        unit=row.unit_name,
        summary=_summary(row),
        level=LEVELS.get(level.code, level.name) if level else "",
    )


def _summary(row: Registration) -> str:
    expected = f"Dự kiến kết quả: {row.expected_results}" if row.expected_results else ""
    return "\n".join(part for part in (row.content.strip(), expected.strip()) if part)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
