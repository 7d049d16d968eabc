"""Scans as PDF pages without text, and a program that stands in for an engine."""

import io
import sys
from pathlib import Path

import pypdfium2 as pdfium

ENGINE = """#!{python}
import sys
picture = sys.stdin.buffer.read()
kind, width, height, most, dots = picture.split(maxsplit=4)
assert (kind, most, len(dots)) == (b"P5", b"255", int(width) * int(height)), "no picture"
assert sys.argv[1:] == ["stdin", "stdout", "-l", "vie", "--psm", "4"], "called otherwise"
sys.stdout.buffer.write({text!r}.encode())
"""


def scan(pages: int = 1) -> bytes:
    """Return a PDF of blank pages."""
    pdf = pdfium.PdfDocument.new()
    for _page in range(pages):
        pdf.new_page(595, 842)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def engine_that_reads(folder: Path, text: str) -> str:
    """Write a program that recognises the same text on every page, and return its path."""
    program = folder / "engine"
    program.write_text(ENGINE.format(python=sys.executable, text=text), encoding="utf-8")
    program.chmod(0o755)
    return str(program)
