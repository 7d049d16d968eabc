"""Answers that give a file somebody handed in, as it was."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

BYTES = "application/octet-stream"


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
