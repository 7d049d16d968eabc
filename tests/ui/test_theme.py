"""The look: legible colours, no style or script within pages, every asset our own."""

import re
from pathlib import Path

import pytest

import kheo

PACKAGE = Path(kheo.__file__).parent
STATIC = PACKAGE / "ui" / "static" / "ui"
TEMPLATES = sorted(PACKAGE.glob("*/templates/**/*.html"))
STATES = ("neutral", "draft", "waiting", "info", "success", "warning", "danger", "off")
ON_PAGE = [
    (ink, ground)
    for ink in ("ink", "ink-quiet", "teal", "teal-deep", "danger")
    for ground in ("surface", "ground")
]
PAIRS = [
    *ON_PAGE,
    *((state, f"{state}-ground") for state in STATES),
    *(("ink", f"{state}-ground") for state in ("info", "success", "warning", "danger")),
    ("on-red", "red"),
    ("on-red", "red-deep"),
    ("surface", "teal"),
    ("surface", "teal-deep"),
    ("teal", "teal-ground"),
    ("teal-deep", "teal-ground"),
    ("ink-quiet", "ground-deep"),
    ("ink", "ground-deep"),
]


def variables() -> dict[str, str]:
    theme = (STATIC / "css" / "theme.css").read_text()
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", theme))


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_measured_as_the_guidelines_say():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_text_is_legible(ink, ground):
    colours = variables()
    assert contrast(colours[ink], colours[ground]) >= 4.5


@pytest.mark.parametrize("edge", ["line-strong", "focus"])
def test_edges_of_boxes_and_the_focus_are_visible(edge):
    colours = variables()
    assert contrast(colours[edge], colours["surface"]) >= 3


def test_lines_leave_room_for_stacked_marks():
    heights = [
        float(value)
        for sheet in (STATIC / "css").glob("*.css")
        for value in re.findall(r"line-height: ([\d.]+);", sheet.read_text())
    ]
    body = re.search(r"--bs-body-line-height: ([\d.]+);", (STATIC / "css/theme.css").read_text())
    assert body is not None
    assert float(body[1]) >= 1.5
    # headings and badges are short; even there no mark may be cut
    assert min(heights) >= 1.3


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_template_has_no_inline_style_or_script(template):
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=|<style", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']|javascript:", text)
    assert not re.search(r"hx-on|hx-vals=.js:", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_template_calls_no_other_host(template):
    text = template.read_text().replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"(?:src|href|action)=[\"'](?:https?:)?//", text)


def test_style_sheets_call_no_other_host():
    for sheet in STATIC.rglob("*.css"):
        addresses = re.findall(r"url\(([^)]*)\)", sheet.read_text())
        outside = [
            address
            for address in addresses
            if not re.match(r"[\"']?(?:data:|\.\./fonts/)", address)
        ]
        assert outside == []


@pytest.mark.parametrize("borrowed", ["bootstrap", "fonts", "icons"])
def test_borrowed_assets_carry_their_licence(borrowed):
    assert "license" in (STATIC / borrowed / "LICENSE").read_text().lower()
