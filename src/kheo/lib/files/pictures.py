"""Small copies of photos, for pages: a phone's photo is a hundred times what a page shows."""

import io
import warnings
from typing import IO

from PIL import Image, ImageOps

# a photo of 100 million points; what claims to be larger is not opened
MOST_POINTS = 100_000_000
QUALITY = 78


def small_copy(file: IO[bytes], side: int = 480) -> bytes | None:
    """Return a photo as a small JPEG, upright, without what the camera noted of place and owner.

    :param file: JPEG, PNG or WebP, read from where it stands.
    :param side: the longer side, in points.
    :return: None when it is no picture, is broken, or claims more points than are opened.
    """
    try:
        with warnings.catch_warnings():
            # between one and two limits Pillow only warns
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _shrunk(file, side)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Warning):
        return None


def _shrunk(file: IO[bytes], side: int) -> bytes | None:
    with Image.open(file, formats=("JPEG", "PNG", "WEBP")) as photo:
        if photo.width * photo.height > MOST_POINTS:
            return None
        # a JPEG is read at a fraction of its size already
        photo.draft("RGB", (side * 2, side * 2))
        upright = ImageOps.exif_transpose(photo)
        upright.thumbnail((side, side))
        flat = Image.new("RGB", upright.size, "white")
        with_holes = upright.convert("RGBA")
        flat.paste(with_holes, mask=with_holes.getchannel("A"))
        out = io.BytesIO()
        flat.save(out, "JPEG", quality=QUALITY, optimize=True)
        return out.getvalue()
