"""Answers that are files: what somebody handed in, as it was, and tables as workbooks."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, cast

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from kheo.lib.sheets.columns import Column
from kheo.lib.sheets.writing import write_csv, write_rows

BYTES = "application/octet-stream"
MEDIA_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}
# small files never touch the disk
IN_MEMORY = 1 << 20


def file_as_handed_in(file: FieldFile, name: str, media_type: str = BYTES) -> FileResponse:
    """Give a kept file to be saved, never to be shown inside our pages.

    :raises Http404: when it is not there any more.
    """
    if not file:
        raise Http404
    try:
        stream = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(stream, as_attachment=True, filename=name, content_type=media_type)
    # whatever a browser makes of the content, it stays the type we say
    response["X-Content-Type-Options"] = "nosniff"
    return response


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
