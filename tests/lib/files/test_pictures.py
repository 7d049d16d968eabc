"""Small copies of photos: small, upright, silent about the camera, and none of what is no photo."""

import io

import pytest
from PIL import Image

from kheo.lib.files import pictures
from kheo.lib.files.pictures import small_copy

ORIENTATION, MAKER = 0x0112, 0x010F


def photo(size=(1600, 1200), kind="JPEG", mode="RGB", **options):
    file = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)]).save(file, kind, **options)
    file.seek(0)
    return file


def opened(copy):
    return Image.open(io.BytesIO(copy))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_becomes_small(kind):
    copy = opened(small_copy(photo(kind=kind)))
    assert (copy.format, copy.size) == ("JPEG", (480, 360))


def test_a_small_picture_is_not_blown_up():
    assert opened(small_copy(photo((40, 30)))).size == (40, 30)


def test_a_photo_taken_sideways_stands_upright_and_tells_nothing_of_the_camera():
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKER] = 6, "Máy của Lan"
    copy = opened(small_copy(photo(exif=exif)))
    assert copy.size == (360, 480)
    assert not copy.getexif()


def test_what_is_see_through_stands_on_white():
    copy = opened(small_copy(photo(kind="PNG", mode="RGBA")))
    assert min(copy.getpixel((5, 5))) > 250


@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff and no more", b"%PDF-1.4", b"<svg/>"])
def test_what_is_no_photo_gives_none(content):
    assert small_copy(io.BytesIO(content)) is None


def test_a_cut_off_photo_gives_none():
    whole = photo().getvalue()
    assert small_copy(io.BytesIO(whole[: len(whole) // 2])) is None


def test_a_picture_that_claims_too_many_points_is_not_opened(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_POINTS", 1000)
    assert small_copy(photo((100, 100))) is None
