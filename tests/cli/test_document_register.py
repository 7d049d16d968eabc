"""`kheo documents list|add`: the register from a terminal, in somebody's name."""

import pytest
from tests.factories.directives import DocumentFactory, paper_text

from kheo.cli.main import main
from kheo.directives.models import Arrival, Document

pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "ke-hoach.txt"
    path.write_text(paper_text(), encoding="utf-8")
    return path


def test_a_file_is_entered_as_it_was_read_and_only_once(cast, plan, capsys):
    officer = cast.officer.user.username
    assert main(["documents", "add", str(plan), "--as", officer]) == 0
    document = Document.objects.get()
    assert (document.symbol, document.owner) == ("62-KH/HU", cast.district)
    assert "62-KH/HU" in capsys.readouterr().out
    assert main(["documents", "add", str(plan), "--as", officer]) == 0
    assert Document.objects.count() == 1
    assert "62-KH/HU" in capsys.readouterr().out


def test_what_lacks_an_issuer_waits_for_a_person(cast, tmp_path, capsys):
    path = tmp_path / "thu.txt"
    path.write_text("Thư gửi các đồng chí về việc họp thôn tối nay.", encoding="utf-8")
    assert main(["documents", "add", str(path), "--as", cast.officer.user.username]) == 1
    assert Arrival.objects.get().name == "thu.txt"
    assert not Document.objects.exists()


@pytest.mark.parametrize("text", ["", paper_text(mark="MẬT")])
def test_a_refused_file_says_why_and_leaves_nothing(cast, tmp_path, capsys, text):
    path = tmp_path / "bi-tu-choi.txt"
    path.write_text(text, encoding="utf-8")
    assert main(["documents", "add", str(path), "--as", cast.officer.user.username]) == 1
    assert capsys.readouterr().err.strip()
    assert not Arrival.objects.exists()


def test_nobody_and_nothing_are_told_so(cast, tmp_path, plan, capsys):
    assert main(["documents", "add", str(plan), "--as", "khong-co-ai"]) == 1
    assert "khong-co-ai" in capsys.readouterr().err
    missing = str(tmp_path / "khong-co.docx")
    assert main(["documents", "add", missing, "--as", cast.officer.user.username]) == 1


def test_the_list_shows_what_the_seat_sees(cast, capsys):
    DocumentFactory(owner=cast.district)
    DocumentFactory(owner=cast.communes[1], symbol="77-KH/ĐU", kind="KH")
    assert main(["documents", "list", "--as", cast.clerk.user.username, "--year", "2022"]) == 0
    told = capsys.readouterr().out
    assert "17/08/2022\tHướng dẫn\t09-HD/HU\tBan Thường vụ Huyện ủy" in told
    assert "77-KH/ĐU" not in told
