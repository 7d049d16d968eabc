"""A whole life, fifth chapter: a council of five with a conflict and a tie scores and decides."""

import pytest
from playwright.sync_api import expect
from tests.journeys.life.papers import read, says
from tests.journeys.life.scoring import COUNCIL, file_of, leaves_of, members_score, points_for
from tests.journeys.life.test_4_scoring import OWN_SET
from tests.journeys.life.world import HOUSE, LIGHT, LYCHEE, STREET, WATCH
from tests.journeys.player import Player
from tests.journeys.s4.models import ROAD, Written
from tests.journeys.s4.story import Story

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.councils.actions import cast_ballot
from kheo.councils.enums import Choice
from kheo.councils.models import Allotment, Council, CouncilFile, Vote
from kheo.councils.queries.meeting import files_voted_on
from kheo.criteria.enums import Side

pytestmark = pytest.mark.journey
NAME = "Hội đồng thẩm định mô hình “Dân vận khéo” năm 2024"
# the chair is named first, the secretary second; Lương Thị Vân is of Cao Xá, which has a file
MEMBERS = ["Dương Văn Toàn", "Thân Thị Hạnh", "Lương Thị Vân", "Nông Thị Thanh", "Trần Văn Bền"]
WHO = ["leader", "officer", "head-cao-xa", "nong-thanh", "tran-ben"]
REASON = "Hội đồng xem thực địa, xác nhận đã có tin, bài tuyên truyền."
FIRST = "Tuyến đường có phạm vi rộng hơn."


def test_a_council_of_five_is_set_up(story: Story) -> None:
    story.turn_to(25, 9)
    officer = story.call("officer")
    officer.go("/councils/")
    officer.press("Thành lập hội đồng")
    officer.fill(
        name=NAME,
        criteria_set=OWN_SET,
        decision_number="215-QĐ/HU",
        decision_on="2024-09-24",
        quorum="4",
        scorers="5",
    )
    for label in ("lĩnh vực", "cấp", "tập thể hoặc cá nhân"):
        officer.page.locator("main").get_by_label(label, exact=True).uncheck()
    officer.page.get_by_label("Bỏ phiếu kín").check()
    officer.press("Lưu", exact=True)
    officer.told("Đã thành lập hội đồng.")
    for name in MEMBERS:
        officer.page.locator("#member-name").fill(name)
        officer.press("Tìm")
        officer.press(f"Thêm {name}")
        officer.told("Đã lưu danh sách thành viên.")
    role = officer.page.get_by_label("Trong hội đồng: Thân Thị Hạnh")
    role.select_option(label="Thư ký Hội đồng")
    with officer.page.expect_navigation():
        officer.press("Lưu", exact=True)
    expect(role.locator("option:checked")).to_have_text("Thư ký Hội đồng")


def test_files_are_taken_in_and_given_out_but_not_to_the_own_unit(story: Story) -> None:
    officer = story.call("officer")
    officer.go(f"{address()}/files")
    officer.press("Nhận tất cả 6 hồ sơ")
    officer.told("Đã nhận 6 hồ sơ.")
    officer.go(f"{address()}/assign")
    officer.press("Chia đều tự động")
    officer.told("Đã giao 29 lượt chấm.")
    expect(officer.row(HOUSE.name).locator("td").last).to_contain_text("Lương Thị Vân (đơn vị")
    officer.look("life-5-given-out")
    move(officer, "Mở chấm điểm")
    officer.told("Đã xong: mở chấm điểm.")


def test_a_member_keeps_out_of_the_file_of_the_own_unit(story: Story) -> None:
    member = story.call("head-cao-xa")
    member.go("/councils/mine")
    expect(member.page.locator("main tbody tr")).to_have_count(5)
    member.sees_no(HOUSE.name)
    member.go(f"/councils/files/{before_council(HOUSE).pk}/score")
    member.sees("thành viên không chấm hồ sơ của đơn vị mình")
    assert member.page.locator("main [name^=points-]").count() == 0


def test_a_member_scores_and_sees_the_others_only_afterwards(story: Story) -> None:
    member = story.call("head-cao-xa")
    member.go(f"/councils/files/{before_council(ROAD).pk}/score")
    member.sees_no("Cấp trên chấm")
    member.sees("Khảo sát ngày 10/09/2024")
    given = points_for(leaves_of(file_of(ROAD).criteria_set, Side.COUNCIL), COUNCIL[ROAD])
    for leaf, points in given.items():
        box = member.page.locator(f"[name=points-{leaf.pk}]")
        if box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(value="0")
        else:
            box.fill(str(points))
    heaviest = next(leaf for leaf in given if leaf.points == 20)
    member.page.locator(f"[name=points-{heaviest.pk}]").fill("25")
    member.press("Nộp điểm và sang hồ sơ sau")
    expect(member.page.locator(".council-error")).to_contain_text("cao hơn mức tối đa là 20")
    member.look("life-5-too-many-points")
    member.page.locator(f"[name=points-{heaviest.pk}]").fill("20")
    member.press("Nộp điểm và sang hồ sơ sau")
    member.told(f"Đã nộp điểm hồ sơ “{ROAD.name}”.")
    member.go(f"/councils/files/{before_council(ROAD).pk}/score")
    member.sees("Cấp trên chấm", "Tổng điểm tôi chấm: 95")
    member.look("life-5-scored")


def test_the_session_has_its_quorum_and_every_change_its_reason(story: Story) -> None:
    members_score(story, total={text.name: total for text, total in COUNCIL.items()})
    story.turn_to(27, 9)
    chair = story.call("leader")
    move(chair, "Kết thúc chấm điểm và mở phiên họp")
    chair.told("Đã xong: kết thúc chấm điểm")
    secretary = story.call("officer")
    secretary.go(f"{address()}/session")
    for name in MEMBERS:
        secretary.page.get_by_label(f"Có mặt: {name}").select_option(value="yes")
    secretary.fill(
        held_on="2024-09-27",
        starts="8 giờ 00",
        ends="11 giờ 00",
        place="Phòng họp số 1, Huyện ủy Tân Yên",
        agenda="Thông qua kết quả chấm điểm\nThảo luận, biểu quyết",
        conclusion="Đề nghị công nhận các mô hình đạt từ 70 điểm.",
    )
    secretary.press("Lưu", exact=True)
    secretary.told("Đã lưu phiên họp.")
    secretary.sees("Có mặt 5/5 thành viên", "Còn 1 hồ sơ có điểm hội đồng khác")
    secretary.look("life-5-session")
    chair.go(f"{address()}/session")
    chair.page.get_by_label(f"Chọn {ROAD.name}").check()
    chair.page.locator("#common-reason").fill(REASON)
    chair.press("Ghi lý do này")
    chair.told("Đã ghi lý do cho 1 thay đổi.")


def test_the_members_vote_in_secret(story: Story) -> None:
    secretary = story.call("officer")
    secretary.go(f"{address()}/vote")
    secretary.page.get_by_label("Chọn tất cả").check()
    secretary.press("Mở biểu quyết")
    secretary.told("Đã mở biểu quyết.")
    chair = story.call("leader")
    chair.go(f"{address()}/vote")
    files = CouncilFile.objects.order_by("order")
    for file in files:
        choice = chair.page.locator(f"[name=choice-{file.pk}][value={Choice.FOR.value}]")
        choice.check()
    chair.press("Bỏ phiếu", exact=True)
    chair.told("Đã bỏ phiếu.")
    chair.sees("Kết quả kiểm phiếu chỉ hiện khi")
    for who in WHO[1:]:
        seat = story.district.seats[who]
        choices = dict.fromkeys(files_voted_on(Vote.objects.get(), seat), Choice.FOR.value)
        cast_ballot(vote=Vote.objects.get(), choices=choices, by=seat, at=story.clock())
    chair.page.reload()
    expect(chair.row(ROAD.name).locator("td").first).to_have_text("5")
    # who is of its unit has no vote on it
    expect(chair.row(HOUSE.name).locator("td").first).to_have_text("4")


def test_the_tie_is_shown_and_the_chair_decides_with_a_reason(story: Story) -> None:
    chair = story.call("leader")
    move(chair, "Chốt kết quả")
    chair.sees("Đồng hạng 2", "xem trước")
    expect(chair.row(STREET.name)).to_contain_text("gửi hồ sơ sớm hơn")
    expect(chair.row(WATCH.name)).to_contain_text("xếp loại chưa đạt mức")
    chair.look("life-5-tie")
    order = {LIGHT: "1", HOUSE: "2"}
    for text, number in order.items():
        chair.page.locator(f"[name=order-{before_council(text).pk}]").fill(number)
    chair.page.locator("#tie-1").fill(FIRST)
    chair.press("Xếp theo thứ tự này")
    chair.told("Đã xếp theo quyết định của Chủ tịch Hội đồng.")
    places = [(ROAD, 1), (LIGHT, 2), (HOUSE, 3), (STREET, 4), (LYCHEE, 5), (WATCH, 6)]
    for text, place in places:
        expect(chair.row(text.name).locator("td").first).to_have_text(str(place))
    expect(chair.row(LIGHT.name)).to_contain_text(f"quyết định của Chủ tịch Hội đồng: {FIRST}")


def test_nobody_outside_knows_before_it_is_announced(story: Story) -> None:
    clerk = story.call("an-duong")
    clerk.go(f"/appraisal/{file_of(ROAD).pk}")
    clerk.sees("đang ở hội đồng")
    clerk.sees_no(REASON)
    chair = story.call("leader")
    chair.press("Công bố kết quả")
    chair.page.wait_for_url("**/announce")
    chair.sees("đề nghị công nhận: 5", "không đề nghị công nhận: 1")
    chair.press("Công bố kết quả")
    chair.told("Kết quả đã được công bố.")
    clerk.page.reload()
    clerk.sees("đã thẩm định xong", "95", REASON)
    assert not AppraisalFile.objects.exclude(state=FileState.CLOSED).exists()


def test_the_papers_of_the_council_come_out(story: Story) -> None:
    chair = story.call("leader")
    chair.go(f"{address()}/outcome")
    for fmt in ("docx", "pdf"):
        minutes = read(chair, f"/minutes.{fmt}", story.folder)
        says(minutes, "BIÊN BẢN", "215-QĐ/HU", *MEMBERS, ROAD.name, FIRST)
        scores = read(chair, f"/scores.{fmt}", story.folder)
        says(scores, "BẢNG TỔNG HỢP", HOUSE.name, "95", "85")
    chair.look("life-5-outcome")
    assert Allotment.objects.count() == 29


def address() -> str:
    """Return the address of the council of models."""
    return f"/councils/{Council.objects.get(name=NAME).pk}"


def move(player: Player, deed: str) -> None:
    """Move the council on, after having been asked."""
    player.go(address())
    player.press(deed)
    player.page.wait_for_url("**/move/**")
    player.press(deed)


def before_council(text: Written) -> CouncilFile:
    """Return the file of a model before the council."""
    return CouncilFile.objects.get(file__registration__name=text.name)
