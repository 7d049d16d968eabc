"""Answers that are files: workbooks and CSV, written to a temporary file and streamed from it."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, cast

from django.http import FileResponse, Http404

from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.writing import write_csv, write_rows

MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# small files never touch the disk
IN_MEMORY = 1 << 20


def sheet_response(
    fmt: str,
    *,
    name: str,
    title: str,
    columns: Sequence[Column],
    rows: Iterable[Sequence[object]],
) -> FileResponse:
    """Write rows as "xlsx" or "csv" and give the file to download.

    :raises Http404: for any other format.
    """
    if fmt not in {"xlsx", "csv"}:
        raise Http404
    # FileResponse closes it when the answer has gone out
    file = cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=IN_MEMORY))  # noqa: SIM115
    if fmt == "xlsx":
        write_rows(file, title=title, columns=columns, rows=rows)
    else:
        write_csv(file, columns=columns, rows=rows)
    file.seek(0)
    return FileResponse(
        file, as_attachment=True, filename=f"{name}.{fmt}", content_type=MEDIA_TYPES[fmt]
    )
