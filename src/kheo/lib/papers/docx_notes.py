"""Footnotes of a Word file: the part that holds them, and how the other parts name it."""

from collections.abc import Iterable, Iterator, Sequence
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# lines between text and notes, which Word numbers before the first note
_SEPARATORS = (("separator", -1), ("continuationSeparator", 0))

NOTE_MARK_STYLE = (
    '<w:style w:type="character" w:styleId="NoteMark"><w:name w:val="footnote reference"/>'
    '<w:qFormat/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
)


def with_notes(parts: dict[str, str], notes: Sequence[str]) -> dict[str, str]:
    """Return the parts of a Word file with the part of its footnotes, numbered by Word.

    :param parts: text of each part by its name in the file.
    :param notes: text of each footnote, whose ids in the document count from 1.
    """
    types = parts["[Content_Types].xml"].replace(
        "</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{_TYPE}"/></Types>',
    )
    relations = parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId4" Type="{_OFFICE}/footnotes" Target="footnotes.xml"/>'
        "</Relationships>",
    )
    named = "".join(f'<w:footnote w:id="{id_}"/>' for _kind, id_ in _SEPARATORS)
    settings = parts["word/settings.xml"].replace(
        "<w:compat>", f"<w:footnotePr>{named}</w:footnotePr><w:compat>"
    )
    return parts | {
        "[Content_Types].xml": types,
        "word/_rels/document.xml.rels": relations,
        "word/settings.xml": settings,
        "word/footnotes.xml": "".join(_notes_xml(notes)),
    }


def _notes_xml(notes: Iterable[str]) -> Iterator[str]:
    yield f'{_XML}<w:footnotes xmlns:w="{_WORD}">'
    for kind, id_ in _SEPARATORS:
        yield (
            f'<w:footnote w:type="{kind}" w:id="{id_}"><w:p><w:pPr>'
            '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/></w:pPr>'
            f"<w:r><w:{kind}/></w:r></w:p></w:footnote>"
        )
    for number, note in enumerate(notes, start=1):
        yield (
            f'<w:footnote w:id="{number}"><w:p><w:pPr><w:pStyle w:val="Footnote"/></w:pPr>'
            '<w:r><w:rPr><w:rStyle w:val="NoteMark"/></w:rPr><w:footnoteRef/></w:r>'
            f"<w:r>{_broken(f' {note}')}</w:r></w:p></w:footnote>"
        )
    yield "</w:footnotes>"


def _broken(text: str) -> str:
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in text.split("\n"))
    return "<w:br/>".join(lines)
