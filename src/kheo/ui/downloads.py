"""Answers that are files: what somebody handed in, as it was, and tables as workbooks."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, cast

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpResponse
from django.utils.cache import patch_cache_control

from kheo.lib.files.pictures import small_copy
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


def small_picture(file: FieldFile) -> HttpResponse:
    """Give a small copy of a kept photo, to be shown in a page.

    It tells nothing of where and with what the photo was taken. The browser keeps it for a day.

    :raises Http404: when the photo is not there any more or cannot be shown.
    """
    try:
        with file.open("rb") as stream:
            copy = small_copy(stream)
    except (FileNotFoundError, ValueError) as error:
        raise Http404 from error
    if copy is None:
        raise Http404
    response = HttpResponse(copy, content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    patch_cache_control(response, private=True, max_age=24 * 60 * 60)
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
