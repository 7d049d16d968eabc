"""Texts on their way to paper: composed letters, no control characters, runs and lines."""

import re
import unicodedata
from collections.abc import Iterator

from kheo.lib.papers.nodes import Rich, Run

# what XML 1.0 cannot carry, and byte order marks pasted along with text
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]"
)
_LINE_ENDS = re.compile("\r\n?|\x85|\u2028|\u2029")


def clean(text: str) -> str:
    """Return the text as it may stand on a paper.

    Letters and their marks become one character (NFC), so that fonts set them and searches find
    them; every line end becomes a line feed; tabs become spaces; control characters go.
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text
    text = _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)).replace("\t", " ")
    return _FORBIDDEN.sub("", text)


def as_runs(text: Rich) -> tuple[Run, ...]:
    """Return the cleaned runs of a text, without empty ones."""
    if isinstance(text, str):
        text = clean(text)
        return (Run(text),) if text else ()
    cleaned = (
        Run(clean(run.text), run.bold, run.italic, run.underline, clean(run.note), run.mark)
        for run in text
    )
    return tuple(run for run in cleaned if run.text or run.note)


def plain(text: Rich) -> str:
    """Return a text without its dress."""
    if isinstance(text, str):
        return clean(text)
    return clean("".join(run.text for run in text))


def pieces(runs: tuple[Run, ...]) -> Iterator[tuple[Run, str] | None]:
    """Yield each run with the text of one of its lines, and None where a line ends.

    A run that carries a footnote is given once more after its lines, without text.
    """
    for run in runs:
        for place, line in enumerate(run.text.split("\n")):
            if place:
                yield None
            if line:
                yield run, line
        if run.note:
            yield run, ""


def breakable(text: str, letters: int) -> str:
    """Let words longer than so many letters break anywhere, by spaces of no width.

    Words of Vietnamese have at most seven letters; what is longer is an address or a slip, and must
    not run off the sheet.
    """
    if len(text) <= letters:
        return text
    return re.sub(
        rf"\S{{{letters + 1},}}",
        lambda word: "".join(
            f"\u200b{letter}" if place and not unicodedata.combining(letter) else letter
            for place, letter in enumerate(word[0])
        ),
        text,
    )


def in_brackets(text: str) -> str:
    """Put round brackets around a remark that has none."""
    text = clean(text).strip()
    return text if not text or text[0] == "(" or text[-1] == ")" else f"({text})"
