"""Registrations as the official papers M1 and M2, made from the layout's specification."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal

from django.utils import timezone

from kheo.exemplars.models import Registration
from kheo.lib.papers.measures import profile_for
from kheo.lib.papers.nodes import (
    Block,
    CheckBox,
    CheckBoxes,
    Closing,
    FieldLine,
    Hint,
    Letterhead,
    Paper,
    Paragraph,
    Rich,
    Signer,
    Title,
    italic,
    rich,
)
from kheo.lib.text.dates import official_date
from kheo.rounds.models import Round
from kheo.rounds.queries.specs import FormField, FormSpec

MOVEMENT = "Dân vận khéo"
FieldLabels = Sequence[tuple[str, str]]


def registration_paper(
    registration: Registration, spec: FormSpec, field_labels: FieldLabels
) -> Paper:
    """Return a registration as the paper of its form.

    :param registration: with its round (organiser, governing document, period), organisation,
        level and, where signed, the seat that signed.
    :param field_labels: (field, label) in the order of the boxes.
    """
    placeholders = _placeholders(registration)
    items = _items(registration, spec, field_labels)
    return Paper(
        profile=profile_for(_issuer_kind(registration), dated_on(registration)).key,
        title=f"{spec.name}: {registration.name}"[:200],
        author=registration.unit_name,
        dated=dated_on(registration),
        label=spec.label,
        orientation=spec.orientation,
        head=_letterhead(registration, spec),
        body=(
            Title(spec.title, _dressed(_fill(spec.subject, placeholders))),
            *_paragraphs(_fill(spec.basis, placeholders)),
            *items[0],
            *_lead_in(spec, placeholders),
            *items[1],
            _closing(registration, spec),
        ),
    )


def dated_on(registration: Registration) -> date:
    """Return the day a registration's paper bears: signed, else begun."""
    moment = registration.submitted_at or registration.signed_off_at or registration.created_at
    return timezone.localdate(moment)


def period_words(registration: Registration) -> str:
    """Return start and finish as one text, in the words that were typed."""
    starts, ends = registration.starts.strip(), registration.ends.strip()
    if not (starts and ends) or starts == ends:
        return ends or starts
    return f"Từ {_lowered(starts)} đến {_lowered(ends)}"


def _lowered(words: str) -> str:
    return re.sub(r"^(?:từ|đến)\s+", "", words[:1].lower() + words[1:])


def _placeholders(registration: Registration) -> dict[str, str]:
    round: Round = registration.round
    document = round.governing_document
    guidance = f"hướng dẫn của {round.organiser.name}"
    return {
        "year": str(registration.year),
        "previous_year": str(registration.year - 1),
        "unit": registration.unit_name,
        "period": round.period.name,
        "governing_document": document.citation if document else guidance,
        "governing_reference": document.reference_with_issuer if document else guidance,
    }


def _fill(text: str, placeholders: dict[str, str]) -> str:
    # only known names are filled, whatever braces stand in a name or a subject
    return re.sub(r"\{(\w+)\}", lambda found: placeholders.get(found[1], found[0]), text)


def _dressed(text: str) -> Rich:
    parts = text.split(MOVEMENT)
    if len(parts) == 1:
        return text
    runs: list[str | object] = [parts[0]]
    for part in parts[1:]:
        runs += [italic(MOVEMENT), part]
    return rich(*runs)  # type: ignore[arg-type]


def _paragraphs(text: str) -> list[Block]:
    return [Paragraph(_dressed(line)) for line in text.split("\n") if line.strip()]


def _lead_in(spec: FormSpec, placeholders: dict[str, str]) -> list[Block]:
    blocks = _paragraphs(_fill(spec.lead_in, placeholders))
    return [*blocks, Hint(spec.lead_in_hint)] if spec.lead_in_hint else blocks


def _items(
    registration: Registration, spec: FormSpec, field_labels: FieldLabels
) -> tuple[list[Block], list[Block]]:
    """Return what stands before the lead-in (not numbered) and after it."""
    before: list[Block] = []
    after: list[Block] = []
    number = 0
    for item in spec.printed:
        number += item.numbered
        label = f"{number}. {item.label}" if item.numbered else item.label
        side = after if item.numbered else before
        side += _item(registration, item, label, field_labels)
    return before, after


def _item(
    registration: Registration, item: FormField, label: str, field_labels: FieldLabels
) -> list[Block]:
    if item.key == "field":
        boxes = tuple(CheckBox(words, registration.field == key) for key, words in field_labels)
        blocks: list[Block] = [FieldLine(label, dots=False), CheckBoxes(boxes)]
        return [*blocks, Hint(item.hint)] if item.hint else blocks
    value = item_text(registration, item.key)
    if not item.numbered:
        return [FieldLine(label, value, "" if value else item.hint)]
    # an empty form shows its hints; a filled one is a paper to be signed
    hint = [Hint(item.hint)] if item.hint and not value else []
    return [FieldLine(label, value), *hint]


# papers are Vietnamese whatever the language of the screen
NATURES = {"model": "Mô hình", "exemplary": "Điển hình"}
CONTINUITIES = {"new": "Xây dựng mới", "kept": "Duy trì", "replicated": "Nhân rộng"}
PLAIN = frozenset(
    {"name", "address", "full_name", "position", "workplace", "content", "scope"}
    | {"expected_results"}
)


def item_text(  # noqa: PLR0911 -- one answer for each kind of item
    registration: Registration, key: str
) -> str:
    """Return one item of a registration as it is written on paper, always in Vietnamese."""
    if key in PLAIN:
        return str(getattr(registration, key))
    if key in {"level", "intended_level"}:
        level = getattr(registration, key)
        return level.name.capitalize() if level else ""
    match key:
        case "period":
            return period_words(registration)
        case "replicated_from":
            return str(registration.replicated_from or "")
        case "nature":
            return NATURES[str(registration.nature)]
        case "continuity":
            return CONTINUITIES[str(registration.continuity)]
    return str(registration.extra.get(key, ""))


def _letterhead(registration: Registration, spec: FormSpec) -> Letterhead | None:
    if spec.letterhead == "none":
        return None
    issuers = (registration.unit_name.upper(),)
    if spec.letterhead == "light":
        return Letterhead(issuers=issuers, motto=False)
    parent = registration.organisation.parent
    return Letterhead(
        superiors=(parent.name.upper(),) if parent else (),
        issuers=issuers,
        place_and_date=official_date(dated_on(registration), registration.organisation.place),
    )


def _closing(registration: Registration, spec: FormSpec) -> Closing:
    signed = registration.signed_off_by
    head = signed.user.full_name if signed else ""
    # the form's last place is the person's own where an individual registers
    names = [head] + [registration.full_name] * (len(spec.signatures) - 1)
    signers = (
        Signer(position=place.position, note=place.note, name=name)
        for place, name in zip(spec.signatures, names, strict=False)
    )
    return Closing(signers=tuple(signers))


def _issuer_kind(registration: Registration) -> Literal["party", "state"]:
    return "party" if registration.organisation.kind.is_party else "state"
