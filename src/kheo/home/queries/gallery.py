"""Invented records that show every look of a component in the gallery."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kheo.ui.history import Change, HistoryLine
from kheo.ui.paging import CappedPage


@dataclass(frozen=True)
class SampleVerdict:
    """An answer of a rule, for the gallery."""

    allowed: bool
    reason: str = ""


@dataclass(frozen=True)
class SampleRecords:
    """Invented records in all states, for the gallery."""

    today: date
    days: list[date]
    states: list[tuple[str, str]]
    rows: list[dict[str, Any]]
    history: list[HistoryLine]
    few: CappedPage
    many: CappedPage
    refusal: SampleVerdict


STATES = [
    ("not_started", "Chưa bắt đầu"),
    ("draft", "Đang soạn"),
    ("signed_off", "Thủ trưởng đã duyệt"),
    ("submitted", "Đã gửi"),
    ("returned", "Trả lại để bổ sung"),
    ("resubmitted", "Đã gửi lại"),
    ("accepted", "Đã tiếp nhận"),
    ("declined", "Không tiếp nhận"),
    ("withdrawn", "Đã rút"),
    ("late", "Quá hạn"),
    ("open", "Đang mở"),
    ("closed", "Đã khóa"),
]
LONG_NAME = (
    "Vận động nhân dân hiến đất mở rộng đường giao thông nông thôn gắn với xây dựng nông thôn mới "
    "nâng cao, nông thôn mới kiểu mẫu trên địa bàn xã giai đoạn 2021 - 2025"
)
NAMES = [
    LONG_NAME,
    "Tổ tự quản “Camera an ninh” thôn Đồng Vàng",
    "Chi hội phụ nữ “5 không, 3 sạch”",
]


def sample_records(now: datetime) -> SampleRecords:
    """Return invented records around a moment, one for each look of a component."""
    today = now.date()
    named = zip(NAMES, STATES[3:], strict=False)
    rows = [
        {
            "name": name,
            "unit": "Đảng ủy xã An Dương",
            "state": state,
            "label": label,
            "points": 1234.5 * index,
        }
        for index, (name, (state, label)) in enumerate(named, start=1)
    ]
    return SampleRecords(
        today=today,
        days=[today + timedelta(days=days) for days in (-12, 0, 3, 40)],
        states=STATES,
        rows=rows,
        history=_sample_history(now),
        few=CappedPage(rows=rows, number=1, size=50, total=3, capped=False, has_next=False),
        many=CappedPage(rows=rows, number=2, size=3, total=10_000, capped=True, has_next=True),
        refusal=SampleVerdict(
            allowed=False,
            reason="Đợt đăng ký đã khóa ngày 27/02/2024; đề nghị cơ quan chủ trì gia hạn.",
        ),
    )


def _sample_history(now: datetime) -> list[HistoryLine]:
    return [
        HistoryLine(
            at=now,
            deed="Trả lại để bổ sung",
            who="Nguyễn Thị Hạnh",
            seat="Chuyên viên – Ban Dân vận Huyện ủy Tân Yên",
            changes=[
                Change("Trạng thái", "Đã gửi", "Trả lại để bổ sung"),
                Change("Hạn bổ sung", "", "05/03/2024"),
            ],
            reason="Nội dung mới có 2 dòng; đề nghị nêu rõ cách làm và thời gian hoàn thành.",
        ),
        HistoryLine(at=now - timedelta(days=2), deed="Gửi đăng ký", who="Trần Văn Bình"),
        HistoryLine(at=now - timedelta(days=3), deed="Mở đợt"),
    ]
