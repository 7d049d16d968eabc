"""The history of a record in words a clerk understands."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template

from kheo.ui import history

AT = datetime(2024, 2, 27, 2, 5, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _words(monkeypatch):
    for table in ("_deeds", "_fields", "_values"):
        monkeypatch.setattr(history, table, {})
    history.register_words(
        deeds={"registration.return": "Trả lại"},
        fields={"state": "Trạng thái"},
        values={"submitted": "Đã gửi", "returned": "Trả lại để bổ sung"},
    )


def entry(**changed: object) -> SimpleNamespace:
    usual = {
        "at": AT,
        "verb": "registration.return",
        "actor_name": "Nguyễn Thị Hạnh",
        "seat_label": "Phó Trưởng ban – Ban Dân vận",
        "before": {"state": "submitted", "name": "A"},
        "after": {"state": "returned", "name": "A"},
        "reason": "Thiếu nội dung",
    }
    return SimpleNamespace(**(usual | changed))


def test_entry_is_told_in_registered_words():
    (line,) = history.history_lines([entry()])
    assert line.deed == "Trả lại"
    assert line.changes == [history.Change("Trạng thái", "Đã gửi", "Trả lại để bổ sung")]


def test_unknown_deed_keeps_its_name_rather_than_vanish():
    (line,) = history.history_lines(
        [entry(verb="paper.print", before={}, after={"copies": [1, 2]})]
    )
    assert line.deed == "paper.print"
    assert line.changes == [history.Change("copies", "", "1, 2")]


def test_shown_history_has_who_seat_when_and_why():
    html = Template("{% history entries %}").render(Context({"entries": [entry()]}))
    for words in ("Nguyễn Thị Hạnh", "Phó Trưởng ban", "09:05 27/02/2024", "Thiếu nội dung"):
        assert words in html


def test_deed_of_the_system_says_so():
    html = Template("{% history entries %}").render(Context({"entries": [entry(actor_name="")]}))
    assert "hệ thống tự thực hiện" in html


def test_no_history_is_said_in_words():
    assert "Chưa có thao tác nào" in Template("{% history entries %}").render(
        Context({"entries": []})
    )


def test_text_of_a_record_cannot_become_markup():
    evil = entry(reason="<img src=x onerror=alert(1)>")
    assert "<img" not in Template("{% history e %}").render(Context({"e": [evil]}))


@pytest.mark.parametrize(
    ("kept", "shown"),
    [
        ("2026-11-17", "17/11/2026"),
        ("2026-11-17T02:05:00Z", "09:05 17/11/2026"),
        ("2026-13-40", "2026-13-40"),
        ("41-CV/HU ngày 2026-11-17", "41-CV/HU ngày 2026-11-17"),
        (True, "có"),
        (False, "không"),
        (["submitted", "2026-11-17"], "Đã gửi, 17/11/2026"),
    ],
)
def test_coded_values_are_written_as_people_write_them(kept, shown):
    (line,) = history.history_lines([entry(before={}, after={"state": kept})])
    assert line.changes == [history.Change("Trạng thái", "", shown)]


def test_a_room_has_its_own_words_for_its_own_records():
    history.register_words(
        deeds={"document.edit": "Sửa văn bản"},
        fields={"state": "Hiệu lực"},
        values={"submitted": "Đã trình"},
    )
    history.register_words(deeds={"round.edit": "Sửa đợt"}, fields={"state": "Tình trạng"})
    after = {"state": "submitted"}
    lines = history.history_lines(
        [entry(verb=f"{noun}.edit", before={}, after=after) for noun in ("document", "round")]
    )
    assert [line.changes[0].label for line in lines] == ["Hiệu lực", "Tình trạng"]
    assert lines[0].changes[0].after == "Đã trình"
