"""Has the pages of a scan recognised by an engine that the administrator installed."""

import subprocess

import pypdfium2 as pdfium

from kheo.lib.extraction.blocks.portable import ONE_AT_A_TIME
from kheo.lib.files.refusals import UnreadableFileError

# recognising a page takes seconds, and somebody waits for it
MOST_PAGES = 10
_SECONDS_A_PAGE = 60
_DOTS_AN_INCH = 300
_POINTS_AN_INCH = 72
_MOST_DOTS = 5_000


def recognised(content: bytes, engine: str) -> str:
    """Return the text that an engine recognises on the pages of a PDF, page after page.

    Return "" when the PDF has text of its own, or nothing was recognised.

    :param engine: a program called as Debian's `tesseract` is: the picture on its standard input,
        the text on its standard output.
    :raises UnreadableFileError: corrupt, too_many_pages, no_engine (it cannot be run or fails).
    """
    with ONE_AT_A_TIME:
        pictures = _pictures(content)
    return "\n".join(_read(picture, engine) for picture in pictures).strip()


def _pictures(content: bytes) -> list[bytes]:
    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise UnreadableFileError("corrupt") from error
    try:
        pages = [pdf[number] for number in range(min(len(pdf), MOST_PAGES + 1))]
        if any(page.get_textpage().count_chars() for page in pages):
            return []
        if len(pdf) > MOST_PAGES:
            raise UnreadableFileError("too_many_pages", MOST_PAGES)
        return [_drawn(page) for page in pages]
    except pdfium.PdfiumError as error:
        raise UnreadableFileError("corrupt") from error
    finally:
        pdf.close()


def _drawn(page: pdfium.PdfPage) -> bytes:
    """Return a page as a grey picture in the format PGM, which every engine takes."""
    longest = max(page.get_size()) / _POINTS_AN_INCH
    scale = min(_DOTS_AN_INCH, _MOST_DOTS / longest) / _POINTS_AN_INCH
    drawn = page.render(scale=scale, grayscale=True)
    dots, stride = bytes(drawn.buffer), drawn.stride
    rows = (dots[row * stride : row * stride + drawn.width] for row in range(drawn.height))
    return b"P5 %d %d 255\n" % (drawn.width, drawn.height) + b"".join(rows)


def _read(picture: bytes, engine: str) -> str:
    # columns of a letterhead stand side by side: "sparse" segmentation would mix them
    command = [engine, "stdin", "stdout", "-l", "vie", "--psm", "4"]
    try:
        done = subprocess.run(  # noqa: S603 -- the administrator names the program
            command, input=picture, capture_output=True, timeout=_SECONDS_A_PAGE, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableFileError("no_engine") from error
    return done.stdout.decode("utf-8", "replace")
