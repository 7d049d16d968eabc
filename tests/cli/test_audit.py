"""`kheo audit verify` tells the truth about the chain."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

ENTRY = """INSERT INTO audit_entry (at, verb, actor_name, seat_label, record_type, record_id,
    record_label, scope, before, after, reason, sequence, digest)
    VALUES ('2024-03-01 05:00:00', 'round.open', '', '', 'rounds.round', 1, 'Đợt 2024', '',
    '{}', '{}', '', 1, 'forged')"""


def test_an_untouched_record_is_proved(kheo: Callable, migrated: Path) -> None:
    done = kheo("audit", "verify")
    assert done.returncode == 0
    assert done.stdout.strip().endswith("0 mục bị sửa đổi")


def test_a_forged_entry_is_named_and_fails(kheo: Callable, migrated: Path) -> None:
    with sqlite3.connect(migrated / "kheo.sqlite3") as database:
        database.execute(ENTRY)
    done = kheo("audit", "verify")
    assert done.returncode == 1
    assert "bị sửa đổi: rounds.round 1, bước 1: Đợt 2024" in done.stdout
    assert "1 mục bị sửa đổi" in done.stdout
