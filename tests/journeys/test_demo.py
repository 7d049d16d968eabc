"""The demonstration, built and served as `make demo` does: its people walk through their pages."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.cli.test_serve import serving
from tests.journeys.harness import PICTURES, ROOT, open_window, picture, shrink
from tests.journeys.player import Player

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(
        "DATABASE_URL" in os.environ, reason="it is built in a directory of its own: once is enough"
    ),
]
KEY = re.compile(r"^  (?P<name>\S+) +(?P<password>\S+) +(?P<seat>.+)$", re.M)
OFFICER, LEADER, ADMINISTRATOR = "Chuyên viên theo dõi", "Phó Bí thư Thường trực", "Quản trị"
CLERK, HEAD = "Cán bộ Ban Xây dựng Đảng", "Bí thư Đảng ủy"


def _kheo(data: Path, *arguments: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "kheo.cli.main", *arguments],
        env=_environment(data),
        capture_output=True,
        text=True,
        timeout=480,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(data: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    return kept | {"PYTHONPATH": str(ROOT / "src"), "KHEO_DATA_DIR": str(data)}


@dataclass(frozen=True)
class Demo:
    """A served demonstration and the keys it printed."""

    browser: Browser
    address: str
    keys: list[tuple[str, str, str]]
    folder: Path

    def come(self, post: str) -> Player:
        """Let the last person who holds such a post sign in: the first commune has finished."""
        name, password = [key[:2] for key in self.keys if key[2].startswith(post)][-1]
        visitor = open_window(self.browser, self.address)
        player = Player(name, visitor, visitor.page(), self.address, password)
        player.arrive()
        return player

    def leave(self, player: Player) -> None:
        """Close the window, and fail on whatever nobody should have met."""
        player.visitor.context.close()
        assert not player.visitor.faults, "\n".join(player.visitor.faults)


@pytest.fixture(scope="module")
def demo(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Build the whole demonstration in a directory of its own and serve it."""
    data = tmp_path_factory.mktemp("demo") / "data"
    keys = [match.groups() for match in KEY.finditer(_kheo(data, "demo"))]
    with serving(_environment(data)) as (_process, port):
        yield Demo(browser, f"http://127.0.0.1:{port}", keys, data.parent)


@pytest.mark.parametrize("stage", ["history", "open"])
def test_each_stage_can_be_built(stage: str, tmp_path: Path) -> None:
    said = _kheo(tmp_path / "data", "demo", "--stage", stage)
    assert len(KEY.findall(said)) >= 7


def test_the_first_stage_leaves_an_inhabited_directory_alone(tmp_path: Path) -> None:
    said = _kheo(tmp_path / "data", "demo", "--stage", "structure")
    assert len(KEY.findall(said)) >= 7
    with pytest.raises(AssertionError, match="--data"):
        _kheo(tmp_path / "data", "demo", "--stage", "structure")


def test_the_officer_finds_a_round_in_progress(demo: Demo) -> None:
    officer = demo.come(OFFICER)
    officer.look("demo-officer-my-work")
    officer.page.locator("main section h2 a").first.click()
    officer.page.wait_for_url("**/reports/board/**")
    for state in ("chưa bắt đầu", "nháp", "đã ký duyệt", "đã gửi", "trả lại", "chấp nhận"):
        officer.sees(state)
    officer.sees("quá hạn", "đơn vị đã đăng ký")
    officer.look("demo-board")
    picture(officer.page, "board")
    demo.leave(officer)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/registrations/check", "check"),
        ("/registrations/", "list"),
        ("/search?q=hiến+đất", "search"),
        ("/reports/?rows=field&columns=level", "counting"),
        ("/reports/lists/", "lists"),
        ("/rounds/", "rounds"),
        ("/rounds/layouts", "layouts"),
        ("/organisations/", "tree"),
        ("/organisations/people", "people"),
        ("/documents/", "documents"),
        ("/tasks/matrix", "tasks"),
        ("/calendar", "calendar"),
        ("/notices/outbox", "outbox"),
        ("/audit", "journal"),
        ("/reports/funnel?year=2026", "funnel"),
        ("/progress/?year=2026", "progress"),
        ("/progress/results?year=2026", "results"),
        ("/nominations/1", "nominations"),
        ("/visits/1", "visit"),
        ("/criteria/1", "criteria"),
        ("/reviews/1", "reviews"),
        ("/reviews/petitions/", "petitions"),
        ("/reviews/reports/1/annexes", "annexes"),
        ("/reviews/reports/1/headings/12/below", "review"),
        ("/appraisal/all", "appraisal"),
        ("/councils/1/outcome", "council"),
        ("/recognition/decisions/1/", "decision"),
        ("/replication/", "replication"),
    ],
)
def test_the_officer_walks_through_the_house(demo: Demo, path: str, name: str) -> None:
    officer = demo.come(OFFICER)
    assert officer.go(path).ok
    assert officer.page.locator("main .empty-state").count() == 0, "the demonstration shows nothing"
    officer.look(f"demo-{name}")
    if name in {"check", "council", "counting", "funnel", "review", "search", "tasks", "tree"}:
        picture(officer.page, name)
    demo.leave(officer)


def test_the_officer_checks_a_letter_and_makes_its_review(demo: Demo) -> None:
    officer = demo.come(OFFICER)
    officer.go("/documents/")
    officer.page.locator("main tbody a").first.click()
    officer.press("Kiểm tra nội dung đọc được")
    officer.page.wait_for_url("**/reading")
    officer.look("demo-reading")
    picture(officer.page, "reading")
    officer.press("nội dung chắc chắn")
    officer.page.locator("main form button[type=submit]").first.click()
    officer.told("Đã chấp nhận")
    officer.press("Lập việc từ văn bản")
    officer.sees("gửi báo cáo về Ban Tuyên giáo và Dân vận Tỉnh ủy", "Lĩnh vực kinh tế")
    officer.look("demo-work")
    demo.leave(officer)


def test_the_officer_takes_the_list_home(demo: Demo) -> None:
    officer = demo.come(OFFICER)
    officer.go("/reports/lists/")
    officer.narrow(layout="M3 –")
    with officer.page.expect_download() as coming:
        officer.page.locator("#list a[href*='list.pdf']").click()
    paper = demo.folder / "m3.pdf"
    coming.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF-")
    _picture_of(paper)
    demo.leave(officer)


@pytest.mark.parametrize("post", [CLERK, HEAD])
def test_a_unit_finds_its_work(demo: Demo, post: str) -> None:
    person = demo.come(post)
    person.sees("“Dân vận khéo”")
    name = "clerk" if post == CLERK else "head"
    person.look(f"demo-{name}-my-work")
    if post == CLERK:
        picture(person.page, "my-work")
    with person.page.expect_navigation():
        person.page.locator("main tbody a.btn").first.click()
    person.look(f"demo-{name}-next-step")
    demo.leave(person)


def test_a_clerk_writes_on_the_form(demo: Demo) -> None:
    clerk = demo.come(CLERK)
    with clerk.page.expect_navigation():
        clerk.page.locator("main tbody a.btn").first.click()
    forms = clerk.page.locator("main a[href$='/edit']")
    if forms.count():
        forms.first.click()
    elif "/edit" not in clerk.page.url:
        clerk.page.locator("form.button-form button").first.click()
    clerk.page.wait_for_url("**/edit**")
    clerk.look("demo-form")
    picture(clerk.page, "form")
    demo.leave(clerk)


@pytest.mark.parametrize("post", [LEADER, ADMINISTRATOR])
def test_leader_and_administrator_find_their_pages(demo: Demo, post: str) -> None:
    person = demo.come(post)
    name = "leader" if post == LEADER else "administrator"
    person.look(f"demo-{name}-my-work")
    for place in ("organisations/", "audit"):
        assert person.go(f"/{place}").ok
    person.look(f"demo-{name}-journal")
    demo.leave(person)


def _picture_of(paper: Path) -> None:
    if PICTURES is None:
        return
    draw = shutil.which("pdftoppm")
    assert draw, "pictures of papers need poppler"
    target = PICTURES / "m3"
    subprocess.run(  # noqa: S603
        [draw, "-png", "-r", "90", "-f", "1", "-l", "1", "-singlefile", paper, target], check=True
    )
    shrink(target.with_suffix(".png"))
