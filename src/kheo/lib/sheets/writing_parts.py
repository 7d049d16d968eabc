"""The parts of a workbook around its rows: head, filters, styles, names, relationships."""

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from kheo.lib.sheets.columns import Column

XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"

HEAD_STYLE, DATE_STYLE, DATETIME_STYLE = 1, 2, 3
"""Places in the list of cell formats in STYLES."""

CONTENT_TYPES = (
    f'{XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/></Types>'
)
RELS = (
    f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
STYLES = (
    f'{XML}<styleSheet xmlns="{_MAIN}"><numFmts count="2">'
    '<numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Times New Roman"/></font>'
    '<font><b/><sz val="11"/><name val="Times New Roman"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/>'
    "</cellStyles></styleSheet>"
)


def sheet_head(columns: Sequence[Column], titles: str) -> str:
    """Return the sheet up to its first row.

    :param titles: the cells of the head, written.
    """
    widths = "".join(
        f'<col min="{n}" max="{n}" width="{column.width:g}" customWidth="1"/>'
        for n, column in enumerate(columns, start=1)
    )
    return (
        f'{XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
        '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>'
        f'</sheetView></sheetViews><cols>{widths}</cols><sheetData><row r="1">{titles}</row>'
    )


def sheet_tail(columns: int, rows: int) -> str:
    """Return the sheet after its last row, with filters over all of it."""
    return f'</sheetData><autoFilter ref="A1:{letters(columns)}{rows + 1}"/></worksheet>'


def workbook_parts(title: str, columns: int, rows: int) -> dict[str, str]:
    """Return the parts that name the sheet, by their place in the file."""
    name = sheet_name(title)
    area = escape("'" + name.replace("'", "''") + f"'!$A$1:${letters(columns)}${rows + 1}")
    workbook = (
        f'{XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
        f'<sheets><sheet name={quoteattr(name)} sheetId="1" r:id="rId1"/></sheets>'
        '<definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'
        f"{area}</definedName></definedNames></workbook>"
    )
    relationships = (
        f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
    )
    return {"xl/workbook.xml": workbook, "xl/_rels/workbook.xml.rels": relationships}


def sheet_name(title: str) -> str:
    """Return a title as the format allows it for a sheet: 31 letters, some of them forbidden."""
    kept = "".join(" " if letter in "[]:*?/\\" else letter for letter in title if letter >= " ")
    return " ".join(kept.split())[:31].strip(" '") or "Sheet1"


def letters(column: int) -> str:
    """Return the letters of a column counted from 1: A, Z, AA."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(ord("A") + rest) + found
    return found
