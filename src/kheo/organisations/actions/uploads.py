"""Keeps an uploaded list between looking at it and importing it."""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from kheo.organisations.models import Seat

FOLDER = "imports"
KEPT_FOR = timedelta(hours=2)
SALT = "kheo.organisations.uploads"


class UploadGoneError(Exception):
    """The kept file is not there any more, or is somebody else's."""


def keep_upload(*, data: bytes, filename: str, by: Seat, at: datetime) -> str:
    """Keep a file for two hours and return the ticket for it; older ones are thrown away."""
    _forget_older(at - KEPT_FOR)
    name = default_storage.save(f"{FOLDER}/{token_urlsafe(16)}", ContentFile(data))
    return signing.dumps({"name": name, "filename": filename, "seat": by.pk}, salt=SALT)


def kept_upload(*, ticket: str, by: Seat) -> tuple[bytes, str]:
    """Return the kept file and what it was called.

    :raises UploadGoneError: when it is not there, or the ticket is another seat's.
    """
    try:
        found = signing.loads(ticket, salt=SALT, max_age=KEPT_FOR)
        if found["seat"] != by.pk:
            raise UploadGoneError
        with default_storage.open(found["name"]) as file:
            return file.read(), found["filename"]
    except (signing.BadSignature, FileNotFoundError) as error:
        raise UploadGoneError from error


def drop_upload(*, ticket: str) -> None:
    """Throw a kept file away."""
    default_storage.delete(signing.loads(ticket, salt=SALT)["name"])


def _forget_older(moment: datetime) -> None:
    if not default_storage.exists(FOLDER):
        return
    for name in default_storage.listdir(FOLDER)[1]:
        path = f"{FOLDER}/{name}"
        if default_storage.get_modified_time(path) < moment:
            default_storage.delete(path)
