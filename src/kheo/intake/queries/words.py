"""The catalogue: what each code of a trouble or a refusal means, in words for people."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.rounds.queries.specs import COLUMN_KEYS

Words = str | Promise

ITEMS: Mapping[str, Words] = {
    **COLUMN_KEYS,
    "problem": gettext_lazy("Problem it solves"),
    "continuity": gettext_lazy("Continuity"),
    "intended_level": gettext_lazy("Level of replication"),
    "replicated_from": gettext_lazy("Replicated from"),
    "year": gettext_lazy("Year"),
}
# what happened, and what was expected
TROUBLES: Mapping[str, tuple[Words, Words]] = {
    "no_unit": (
        gettext_lazy("It does not say clearly whose list this is."),
        gettext_lazy("a unit of this round: choose it"),
    ),
    "other_unit": (
        gettext_lazy("The file names another unit than the one it is taken for."),
        gettext_lazy("%(unit)s: choose the right unit, or confirm this one"),
    ),
    "other_year": (
        gettext_lazy("The file is of another year than the round."),
        gettext_lazy("the year %(year)s: confirm if the year was only not changed"),
    ),
    "no_form": (
        gettext_lazy("None of the forms of the movement was recognised here."),
        gettext_lazy("M1, M2, M3, M4, or the lists of S0 and S1"),
    ),
    "other_movement": (
        gettext_lazy("This is a form of another movement."),
        gettext_lazy("a form of the movement “Dân vận khéo”"),
    ),
    "section_unknown": (
        gettext_lazy("The heading of a section names no field that is known."),
        gettext_lazy("one of the four fields: set the field of the rows below, then confirm"),
    ),
    "row_unknown": (
        gettext_lazy("A row of the table was passed over."),
        gettext_lazy("a row with a name: confirm if it holds no registration"),
    ),
    "blank": (
        gettext_lazy("The row has no name of a model or exemplary case."),
        gettext_lazy("a name"),
    ),
    "field_unknown": (
        gettext_lazy("This names none of the four fields."),
        gettext_lazy("one field of the form"),
    ),
    "field_several": (
        gettext_lazy("More than one field is named."),
        gettext_lazy("one field of the form"),
    ),
    "level_unknown": (
        gettext_lazy("This names no level."),
        gettext_lazy("a level at which models are registered"),
    ),
    "level_several": (
        gettext_lazy("More than one level is named."),
        gettext_lazy("one level"),
    ),
    "form_unknown": (
        gettext_lazy("It does not say whether it is a collective or an individual."),
        gettext_lazy("collective or individual"),
    ),
    "form_several": (
        gettext_lazy("Both collective and individual are marked."),
        gettext_lazy("collective or individual"),
    ),
    "continuity_unknown": (
        gettext_lazy("It does not say whether it is new, kept up or replicated."),
        gettext_lazy("newly built, kept up or replicated"),
    ),
    "continuity_several": (
        gettext_lazy("More than one of new, kept up and replicated is marked."),
        gettext_lazy("newly built, kept up or replicated"),
    ),
    "nature_unknown": (
        gettext_lazy("It does not say whether it is a model or an exemplary case."),
        gettext_lazy("model or exemplary case"),
    ),
    "nature_several": (
        gettext_lazy("Both model and exemplary case are marked."),
        gettext_lazy("model or exemplary case"),
    ),
    "period_unknown": (
        gettext_lazy("This is no time that can be understood."),
        gettext_lazy("a month (3/2024), a quarter (quý II/2024) or a year (2024)"),
    ),
    "no_name": (
        gettext_lazy("The row has no name of a model or exemplary case."),
        gettext_lazy("a name"),
    ),
    "too_long": (
        gettext_lazy("The text is too long."),
        gettext_lazy("at most %(limit)s characters"),
    ),
    "form_not_asked": (
        gettext_lazy("This round does not ask the unit for this form."),
        gettext_lazy("a form that is asked for"),
    ),
    "not_a_choice": (
        gettext_lazy("This is not one of the choices."),
        gettext_lazy("one of the choices of the form"),
    ),
    "no_such_level": (
        gettext_lazy("There is no such level on the day the round opens."),
        gettext_lazy("a level at which models are registered"),
    ),
    "twice_here": (
        gettext_lazy("The same name stands twice in these files."),
        gettext_lazy("each model once: leave one of the rows out"),
    ),
    "already_there": (
        gettext_lazy("The unit has registered this name in the round already."),
        gettext_lazy("leave the row out, or correct the draft with it"),
    ),
    "not_a_draft": (
        gettext_lazy("The registration of this name is no draft any more."),
        gettext_lazy("leave the row out"),
    ),
}
_UNKNOWN: tuple[Words, Words] = (
    gettext_lazy("This could not be understood."),
    gettext_lazy("write it as the official form asks"),
)
_DAMAGED = gettext_lazy("The file is damaged; save it anew and hand it in again.")
REFUSALS: Mapping[str, Words] = {
    "empty": gettext_lazy("The file is empty."),
    "too_large": gettext_lazy("The file is larger than %(limit)s MiB; split it."),
    "unknown_type": gettext_lazy(
        "This is no Word, Excel, OpenDocument or PDF file; save it as one of them."
    ),
    "password": gettext_lazy("The file is locked by a password; save it without one."),
    "macros": gettext_lazy("The file carries macros; save it as .xlsx or .docx without them."),
    "encoding": gettext_lazy("The text file is not in UTF-8; save it as “CSV UTF-8”."),
    "too_many_rows": gettext_lazy("The file has too many rows; split it."),
    "unpacks_too_large": gettext_lazy(
        "Unpacked, the file would be far too large; save its content anew."
    ),
    "too_spread": gettext_lazy("The cells of the file lie too far apart; delete the empty ones."),
    "old_word": gettext_lazy(
        "This is a Word file of the kind before 2007 (.doc); open it and save it as .docx."
    ),
    "too_many_pages": gettext_lazy("The file has more than %(limit)s pages; split it."),
    "corrupt": _DAMAGED,
    "image_only": gettext_lazy(
        "The file holds pictures of pages and no text; hand in the Word or Excel file."
    ),
    "other_movement": gettext_lazy(
        "The file holds a form of another movement, not of “Dân vận khéo”."
    ),
    "nothing_found": gettext_lazy("No form of the movement was found in the file."),
    "too_many_files": gettext_lazy("The archive holds more than %(limit)s files; split it."),
    "failed": gettext_lazy("The file could not be read; save it anew and hand it in again."),
}


def trouble_words(problem: Mapping[str, Any]) -> tuple[str, str]:
    """Return what happened and what was expected, for a trouble or problem as it is kept."""
    happened, expected = TROUBLES.get(str(problem["code"]), _UNKNOWN)
    details = {name: str(value) for name, value in problem.get("details", {}).items()}
    return _filled(happened, details), _filled(expected, details)


def refusal_words(refusal: Mapping[str, Any]) -> str:
    """Return why a file as a whole cannot be read, and what to do."""
    code = str(refusal.get("code", ""))
    words = {"limit": str(refusal.get("limit") or settings.IMPORT_LIMIT_MIB)}
    return _filled(REFUSALS.get(code, _DAMAGED), words)


def item_words(key: str) -> str:
    """Return what an item of a registration is called."""
    return str(ITEMS.get(key, key))


def place_words(place: Mapping[str, Any]) -> str:
    """Return in words where something stands: sheet, row and column, or paragraph."""
    parts = []
    if place.get("part"):
        parts.append(_("sheet “%s”") % place["part"])
    elif place.get("table"):
        parts.append(_("table %s") % place["table"])
    if place.get("row"):
        parts.append(_("row %s") % place["row"])
    if place.get("column"):
        parts.append(_("column %s") % column_letters(int(place["column"])))
    if place.get("paragraph"):
        parts.append(_("paragraph %s") % place["paragraph"])
    return ", ".join(parts)


def column_letters(number: int) -> str:
    """Return a column as spreadsheets call it: 1 is A, 28 is AB."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _filled(pattern: Words, details: Mapping[str, str]) -> str:
    try:
        return str(pattern) % details
    except (KeyError, ValueError):
        return str(pattern)
