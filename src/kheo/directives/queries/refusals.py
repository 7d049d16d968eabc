"""Why a file cannot be taken in, in words for people."""

from collections.abc import Mapping

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise
SECRET = "secret"  # noqa: S105 - a mark on a paper
MIB = 1 << 20

REFUSALS: Mapping[str, Words] = {
    "empty": _("The file is empty."),
    "too_large": _("The file is larger than %(limit)s MiB; split it."),
    "unknown_type": _("This is no Word, PDF or text file; save the document as one of them."),
    "password": _("The file is locked by a password; save it without one."),
    "macros": _("The file carries macros; save it as .docx without them."),
    "encoding": _("The text file is not in UTF-8; save it as UTF-8."),
    "unpacks_too_large": _("Unpacked, the file would be far too large; save its content anew."),
    "old_word": _(
        "This is a Word file of the kind before 2007 (.doc); open it and save it as .docx."
    ),
    "too_many_pages": _("The file has more than %(limit)s pages; split it."),
    "image_only": _(
        "The file holds pictures of pages and no text. Hand in the Word file, or enter the document"
        " by hand and attach the scan to it afterwards."
    ),
    "no_engine": _(
        "The scan could not be recognised: the engine for it failed. Hand in the Word file, or tell"
        " whoever runs the system."
    ),
    SECRET: _(
        "The document carries a mark of secrecy. Nothing of it was kept; register it as the rules"
        " on state secrets require."
    ),
}
_DAMAGED = _("The file is damaged and cannot be opened; save it anew and hand it in again.")


def why_refused(code: str, limit: int | None = None) -> str:
    """Return why a file is refused, and what to do.

    :param limit: the limit that was passed, in bytes for a size, else a count.
    """
    shown = settings.IMPORT_LIMIT_MIB if code == "too_large" or limit is None else limit
    return str(REFUSALS.get(code, _DAMAGED)) % {"limit": shown}
