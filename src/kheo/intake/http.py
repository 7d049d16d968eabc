"""Answers of the room: files that are made while they are sent."""

import zipfile
from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Outlet(RawIOBase):
    """Gathers what a zip writes until it is sent."""

    def __init__(self) -> None:
        self.waiting = bytearray()

    def writable(self) -> bool:
        """Tell that it takes bytes."""
        return True

    def write(self, data: Any) -> int:
        """Take bytes."""
        self.waiting += data
        return len(data)

    def taken(self) -> bytes:
        """Return what has gathered, and forget it."""
        data = bytes(self.waiting)
        self.waiting.clear()
        return data


def file_response(content: bytes, name: str, media_type: str) -> HttpResponse:
    """Give a file to be kept under a name."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(
        content, content_type=media_type, headers={"Content-Disposition": disposition}
    )


def zip_response(files: Iterable[tuple[str, bytes]], name: str) -> StreamingHttpResponse:
    """Give many files in one zip, each as soon as it is made; none of them is kept in memory."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return StreamingHttpResponse(
        zipped(files), content_type="application/zip", headers={"Content-Disposition": disposition}
    )


def zipped(files: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """Yield the bytes of a zip of files."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files:
            archive.writestr(zipfile.ZipInfo(name), content)
            yield outlet.taken()
    yield outlet.taken()
