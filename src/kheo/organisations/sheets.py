"""The workbook of a whole structure: its columns, the template, and the export."""

import io
from collections.abc import Iterable
from datetime import date

from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.reading import Limits, Table, read_table
from kheo.lib.sheets.writing import write_rows
from kheo.organisations.models import Profile

COLUMNS = (
    Column("code", "Mã", 16, aliases=("Mã đơn vị", "Mã tổ chức", "Code"), required=True),
    Column("name", "Tên", 46, aliases=("Tên đơn vị", "Tên tổ chức", "Name"), required=True),
    Column("short_name", "Tên gọi tắt", 24, aliases=("Tên viết tắt", "Short name")),
    Column("kind", "Loại", 34, aliases=("Loại hình", "Loại tổ chức", "Kind"), required=True),
    Column("level", "Cấp", 12, aliases=("Level",), required=True),
    Column("parent_code", "Mã cấp trên", 16, aliases=("Mã đơn vị cấp trên", "Parent code")),
    Column("on", "Ngày thành lập", 15, kind="date", aliases=("Established on",)),
    Column("place", "Địa danh", 20, aliases=("Place",)),
    Column("national_code", "Mã quốc gia", 13, aliases=("National code",)),
)
TITLE = "Cơ cấu tổ chức"
EXAMPLES = (
    ("TY-01", "Đảng ủy xã An Dương", "ĐU xã An Dương", "commune_committee", "", "", "An Dương", ""),
    ("TY-PNN", "Phòng Nông nghiệp", "P. Nông nghiệp", "agency", "", "", "Tân Yên", ""),
)


def read_structure(data: bytes, filename: str, limit_mib: int) -> Table:
    """Read the rows of a workbook or CSV file, with each problem and its place.

    :raises UnreadableFileError: when the file as a whole is refused.
    """
    return read_table(data, filename, columns=COLUMNS, limits=Limits(size=limit_mib << 20))


def structure_template(kinds: dict[str, str], level: str, parent_code: str) -> bytes:
    """Return an empty workbook with two examples, to be filled and imported."""
    rows = [
        (code, name, short, kinds[kind], level, parent or parent_code, on, place, national)
        for code, name, short, kind, parent, on, place, national in EXAMPLES
    ]
    return _workbook(rows)


def structure_workbook(profiles: Iterable[Profile], codes: dict[int, str]) -> bytes:
    """Return the structure as it stands, in the form in which it can be imported elsewhere.

    ``codes`` gives the code of each superior by its key.
    """
    rows = (
        (
            profile.organisation.code,
            profile.name,
            profile.short_name,
            profile.kind.name,
            profile.level.name,
            codes.get(profile.parent_pk, ""),  # type: ignore[attr-defined]
            profile.organisation.established_on,
            profile.organisation.place,
            profile.organisation.national_code,
        )
        for profile in profiles
    )
    return _workbook(rows)


def _workbook(rows: Iterable[tuple[str | date | None, ...]]) -> bytes:
    stream = io.BytesIO()
    write_rows(stream, title=TITLE, columns=COLUMNS, rows=rows)
    return stream.getvalue()
