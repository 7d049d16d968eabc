"""The parts of a Word file around its text: styles from a profile, page number, properties, zip."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple
from xml.sax.saxutils import escape

from kheo.lib.papers.docx_notes import NOTE_MARK_STYLE, with_notes
from kheo.lib.papers.docx_xml import twips
from kheo.lib.papers.layout import NOTE_SIZE
from kheo.lib.papers.measures import Profile
from kheo.lib.papers.nodes import Orientation, Paper
from kheo.lib.papers.runs import clean

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NAMESPACES = f'xmlns:w="{_WORD}" xmlns:r="{_OFFICE}"'

_UNDATED = date(2000, 1, 1)
"""Stands in the properties of papers without a date, for no clock is read."""

_CONTENT_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships'
    '+xml"/><Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_TYPE}.settings+xml"/>'
    f'<Override PartName="/word/header1.xml" ContentType="{_TYPE}.header+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package'
    '.core-properties+xml"/></Types>'
)
_ROOT_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" '
    'Target="docProps/core.xml"/></Relationships>'
)
_DOCUMENT_RELS = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{_OFFICE}/header" Target="header1.xml"/></Relationships>'
)
_SETTINGS = (
    f'{_XML}<w:settings {_NAMESPACES}><w:defaultTabStop w:val="567"/><w:compat>'
    # lines that end in a break are not pulled apart by justification
    "<w:doNotExpandShiftReturn/>"
    '<w:compatSetting w:name="compatibilityMode" '
    'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    '<w:themeFontLang w:val="vi-VN"/></w:settings>'
)
_HEADER = (
    f'{_XML}<w:hdr {_NAMESPACES}><w:p><w:pPr><w:pStyle w:val="PageNumber"/></w:pPr>'
    '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple></w:p></w:hdr>'
)


class Style(NamedTuple):
    """A paragraph style: sizes in points; `exact` and `gap` are line height and space after."""

    id: str
    name: str
    size: float
    jc: str = "center"
    bold: bool = False
    italic: bool = False
    underline: bool = False
    first_line_mm: float = 0
    exact: float = 0
    gap: float = 0
    outline: int = -1


def _body_styles(p: Profile) -> list[Style]:
    body = Style(
        "Body",
        "Thân văn bản",
        p.body_size,
        "both",
        first_line_mm=p.first_line_mm,
        exact=p.line_pt,
        gap=p.gap_pt,
    )
    return [
        body,
        Style("Centre", "Giữa dòng", p.body_size, exact=p.line_pt, gap=p.gap_pt),
        Style("Item", "Gạch đầu dòng", p.body_size, "left", exact=p.line_pt),
        body._replace(id="Heading1", name="heading 1", bold=True, outline=0),
        body._replace(id="Heading2", name="heading 2", bold=True, outline=1),
        body._replace(id="Heading3", name="heading 3", italic=True, outline=2),
        body._replace(id="Heading4", name="heading 4", outline=3),
    ]


def _head_styles(p: Profile) -> list[Style]:
    return [
        Style("Label", "Nhãn mẫu", p.body_size, "right", bold=True, gap=p.gap_pt),
        Style("Superior", "Cơ quan cấp trên", p.superior_size),
        Style("Issuer", "Cơ quan ban hành", p.issuer_size, bold=True),
        Style("Number", "Số và ký hiệu", p.number_size),
        Style("About", "Trích yếu công văn", p.about_size, italic=p.about_italic),
        Style("PlaceDate", "Địa danh và ngày tháng", p.date_size, italic=True),
        *(
            Style(f"Motto{place}", f"Tiêu đề {place + 1}", size, bold=True)
            for place, size in enumerate(p.motto_sizes)
        ),
    ]


def _part_styles(p: Profile) -> list[Style]:
    sloping = p.recipients_label == "bold-italic"
    return [
        Style("Kind", "Tên loại", p.kind_size, bold=True),
        Style("Subject", "Trích yếu", p.subject_size, bold=True),
        Style("Attached", "Kèm theo", p.body_size, italic=True, gap=p.gap_pt),
        Style(
            "Hint",
            "Ghi chú mẫu",
            p.hint_size,
            "both",
            italic=True,
            first_line_mm=p.first_line_mm,
            gap=p.gap_pt,
        ),
        Style("Cell", "Ô bảng", p.cell_size, "left"),
        Style("HeadCell", "Đầu bảng", p.cell_size),
        Style("Recipients", "Nơi nhận", p.recipients_size, "left"),
        Style(
            "RecipientsLabel",
            "Nhãn nơi nhận",
            12,
            "left",
            bold=sloping,
            italic=sloping,
            underline=not sloping,
        ),
        Style("Position", "Chức vụ", p.signature_size, bold=True),
        Style("SignNote", "Ghi chú ký", p.signature_size, italic=True),
        Style("PageNumber", "Số trang", p.page_number_size),
        Style("Thin", "Dòng mỏng", 1, exact=4),
        Style("Footnote", "footnote text", NOTE_SIZE, "both", gap=2),
    ]


def _style_xml(style: Style) -> str:
    line = f' w:line="{style.exact * 20:.0f}" w:lineRule="exact"' if style.exact else ""
    after = f'<w:spacing w:before="0" w:after="{style.gap * 20:.0f}"{line}/>'
    indent = f'<w:ind w:firstLine="{twips(style.first_line_mm)}"/>' if style.first_line_mm else ""
    outline = f'<w:outlineLvl w:val="{style.outline}"/>' if style.outline >= 0 else ""
    held = "<w:keepNext/>" if style.outline >= 0 else ""
    face = ("<w:b/><w:bCs/>" if style.bold else "") + ("<w:i/><w:iCs/>" if style.italic else "")
    underline = '<w:u w:val="single"/>' if style.underline else ""
    half = round(style.size * 2)
    return (
        f'<w:style w:type="paragraph" w:styleId="{style.id}"><w:name w:val="{style.name}"/>'
        f'<w:basedOn w:val="Normal"/><w:qFormat/><w:pPr>{held}{after}{indent}'
        f'<w:jc w:val="{style.jc}"/>{outline}</w:pPr>'
        f'<w:rPr>{face}<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>{underline}</w:rPr></w:style>'
    )


def _styles_xml(profile: Profile) -> str:
    font, half = profile.font, round(profile.body_size * 2)
    styles = [*_body_styles(profile), *_head_styles(profile), *_part_styles(profile)]
    return (
        f"{_XML}<w:styles {_NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:eastAsia="{font}" w:cs="{font}"/>'
        f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "<w:qFormat/></w:style>"
        + "".join(map(_style_xml, styles))
        + NOTE_MARK_STYLE
        + "</w:styles>"
    )


def section_xml(profile: Profile, orientation: Orientation, *, first: bool) -> str:
    """Write the measures of a run of pages.

    :param first: whether it opens the paper; its first page then carries no number.
    """
    width, height = profile.page(orientation)
    margins = profile.margins
    turned = ' w:orient="landscape"' if orientation == "landscape" else ""
    title_page = "<w:titlePg/>" if first else ""
    return (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:type w:val="nextPage"/>'
        f'<w:pgSz w:w="{twips(width)}" w:h="{twips(height)}"{turned}/>'
        f'<w:pgMar w:top="{twips(margins.top)}" w:right="{twips(margins.right)}" '
        f'w:bottom="{twips(margins.bottom)}" w:left="{twips(margins.left)}" '
        f'w:header="{twips(margins.top / 2)}" w:footer="{twips(margins.bottom / 2)}" '
        f'w:gutter="0"/>{title_page}</w:sectPr>'
    )


def _properties(paper: Paper) -> str:
    stamp = f"{(paper.dated or _UNDATED).isoformat()}T00:00:00Z"
    return (
        f'{_XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(clean(paper.title))}</dc:title>"
        f"<dc:creator>{escape(clean(paper.author))}</dc:creator>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{stamp}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{stamp}</dcterms:modified>'
        "<dc:language>vi-VN</dc:language></cp:coreProperties>"
    )


def _stamped(parts: dict[str, str], stamp: str) -> dict[str, str]:
    """Return the parts with the custom property "kheo", which holds the stamp."""
    custom = (
        f'{_XML}<Properties xmlns="{_OFFICE.rpartition("/")[0]}/custom-properties" '
        f'xmlns:vt="{_OFFICE.rpartition("/")[0]}/docPropsVTypes">'
        '<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="2" name="kheo">'
        f"<vt:lpwstr>{escape(clean(stamp))}</vt:lpwstr></property></Properties>"
    )
    types = parts["[Content_Types].xml"].replace(
        "</Types>",
        '<Override PartName="/docProps/custom.xml" ContentType="application/vnd.openxmlformats-'
        'officedocument.custom-properties+xml"/></Types>',
    )
    relations = parts["_rels/.rels"].replace(
        "</Relationships>",
        f'<Relationship Id="rId3" Type="{_OFFICE}/custom-properties" '
        'Target="docProps/custom.xml"/></Relationships>',
    )
    changed = {"[Content_Types].xml": types, "_rels/.rels": relations}
    return parts | changed | {"docProps/custom.xml": custom}


def package(
    paper: Paper, profile: Profile, body: Iterable[str], notes: Sequence[str] = ()
) -> bytes:
    """Put the text, its footnotes and everything round it into one file, without any clock."""
    document = (
        f"{_XML}<w:document {_NAMESPACES}><w:body>" + "".join(body) + "</w:body></w:document>"
    )
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _ROOT_RELS,
        "docProps/core.xml": _properties(paper),
        "word/document.xml": document,
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/styles.xml": _styles_xml(profile),
        "word/settings.xml": _SETTINGS,
        "word/header1.xml": _HEADER,
    }
    if notes:
        parts = with_notes(parts, notes)
    if paper.stamp:
        parts = _stamped(parts, paper.stamp)
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, text in parts.items():
            # the stamp of ZipInfo is 1980 unless told otherwise
            entry = zipfile.ZipInfo(name)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)
    return stream.getvalue()
