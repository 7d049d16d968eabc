"""Evidence: what a file is decides, not its name; nothing refused is kept."""

import io
import zipfile
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from tests.factories.exemplars import IN_TIME, make_draft

from kheo.audit.models import Entry
from kheo.exemplars.actions import EvidenceError, add_evidence, discard_draft, remove_evidence
from kheo.exemplars.enums import State
from kheo.exemplars.models import Evidence
from kheo.organisations.rules import NotAllowedError


@pytest.fixture(autouse=True)
def _own_directory(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def office(*parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for part in parts:
            package.writestr(part, "<x/>")
    return stream.getvalue()


def attach(stage, row, content: bytes, name: str, by=None) -> Evidence:
    file = ContentFile(content, name=name)
    return add_evidence(registration=row, file=file, name=name, by=by or stage.clerk, at=IN_TIME)


def kept_files(settings) -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\xff\xd8\xff\xe0 jpeg", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n png", "image/png"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "image/webp"),
        (b"\0\0\0\x18ftypmp42", "video/mp4"),
        (office("word/document.xml"), None),
        (office("xl/workbook.xml"), None),
    ],
)
def test_kinds_are_known_by_their_content(stage, settings, content, media_type):
    kept = attach(stage, make_draft(stage.part(), stage.clerk), content, "Tài liệu.bin")
    assert media_type is None or kept.media_type == media_type
    assert not kept.name.endswith(".bin")
    assert kept.size == len(content)
    assert len(kept_files(settings)) == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\0 program",
        b"<html><script>alert(1)</script>",
        b"PK\x03\x04 broken",
        office("readme.txt"),
        office("word/document.xml", "word/vbaProject.bin"),
    ],
)
def test_what_is_empty_strange_or_holds_macros_is_refused_and_not_kept(stage, settings, content):
    with pytest.raises(EvidenceError, match=r"báo cáo\.pdf"):
        attach(stage, make_draft(stage.part(), stage.clerk), content, "báo cáo.pdf")
    assert not Evidence.objects.exists()
    assert kept_files(settings) == []


def test_too_large_file_is_refused_with_the_limit(stage, settings):
    settings.EVIDENCE_LIMIT_MIB = 1
    with pytest.raises(EvidenceError, match="1 MiB"):
        attach(stage, make_draft(stage.part(), stage.clerk), b"%PDF-" + b"0" * 1024**2, "to.pdf")
    assert kept_files(settings) == []


def test_same_file_twice_is_one_and_removing_keeps_it_for_the_history(stage, settings):
    row = make_draft(stage.part(), stage.clerk)
    first = attach(stage, row, b"%PDF-1", "a.pdf")
    assert attach(stage, row, b"%PDF-1", "b.pdf") == first
    remove_evidence(evidence=first, by=stage.clerk, at=IN_TIME)
    remove_evidence(evidence=first, by=stage.clerk, at=IN_TIME)
    assert not row.evidence.filter(removed_at=None).exists()
    assert len(kept_files(settings)) == 1
    assert Entry.objects.filter(verb="registration.remove-evidence").count() == 1


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.pdf", "C:\\tmp\\x.pdf", "\u202efdp.exe", "." * 300]
)
def test_names_cannot_lead_out_of_the_directory(stage, settings, name):
    kept = attach(stage, make_draft(stage.part(), stage.clerk), b"%PDF-1", name)
    assert "/" not in kept.name
    assert "\\" not in kept.name
    [path] = kept_files(settings)
    assert path.is_relative_to(settings.MEDIA_ROOT)


def test_only_the_unit_attaches_and_only_while_it_writes(stage):
    sent = stage.registration(State.SUBMITTED)
    with pytest.raises(NotAllowedError):
        attach(stage, sent, b"%PDF-1", "a.pdf")
    draft = make_draft(stage.part(), stage.clerk)
    with pytest.raises(NotAllowedError):
        attach(stage, draft, b"%PDF-1", "a.pdf", by=stage.officer)


def test_thrown_away_draft_takes_its_files_along(
    stage, settings, django_capture_on_commit_callbacks
):
    row = make_draft(stage.part(), stage.clerk)
    attach(stage, row, b"%PDF-1", "a.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        discard_draft(registration=row, by=stage.clerk, at=IN_TIME)
    assert kept_files(settings) == []
