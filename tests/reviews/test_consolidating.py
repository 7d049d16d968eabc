"""Reports below beside each other, passages taken with whose they are, drafts made by rule."""

from datetime import date, datetime

import pytest
from tests.factories.accounts import HANOI
from tests.factories.exemplars import Stage
from tests.factories.organisations import SeatFactory
from tests.factories.reviews import opened_review, report_of

from kheo.audit.models import Entry
from kheo.exemplars.enums import State
from kheo.organisations.enums import Role
from kheo.organisations.rules import NotAllowedError
from kheo.reviews.actions import sign_off_report, submit_report, write_answer
from kheo.reviews.actions.consolidating import (
    Pick,
    assemble_draft,
    drop_passage,
    pick_of,
    take_passage,
)
from kheo.reviews.enums import Measure
from kheo.reviews.models import Answer, Passage, Report
from kheo.reviews.queries.comparing import Comparison, compared_periods, previous_years
from kheo.reviews.queries.consolidating import (
    BelowFilter,
    reports_below,
    rows_below,
    standing_below,
    taken_passages,
)
from kheo.reviews.queries.drafting import bare_place, drafts_of
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.rules.answers import StaleAnswerError
from kheo.reviews.rules.grouping import Point, grouped_points
from kheo.reviews.rules.reviews import ReviewError

pytestmark = pytest.mark.django_db
AT = datetime(2024, 2, 8, 9, 0, tzinfo=HANOI)
TODAY = date(2024, 2, 12)
FIRST = "- Việc phối hợp giữa các đoàn thể chưa chặt chẽ.\nMột số chi bộ đăng ký còn chậm."
SECOND = "- Phối hợp giữa các đoàn thể còn chưa chặt chẽ[[ở 2 thôn]].\n- Kinh phí hạn hẹp."


class Consolidating:
    """The review of the district with the reports of two communes in, the third still owing."""

    def __init__(self, cast) -> None:
        self.cast = cast
        self.review = opened_review(
            cast, period_from=date(2024, 1, 1), period_to=date(2024, 12, 31)
        )
        heads = list(self.review.headings.filter(parent=None).order_by("order"))
        self.heading = heads[-1]
        self.heading.purpose = "limits"
        self.heading.save()
        self.own = report_of(self.review, cast.district)
        self.officer = cast.officer
        self.first = self.hand_in(cast.communes[0], FIRST, head=cast.head)
        self.second = self.hand_in(cast.communes[1], SECOND)

    def hand_in(self, unit, body, *, head=None) -> Report:
        head = head or SeatFactory(organisation=unit, role=Role.HEAD)
        report = report_of(self.review, unit)
        write_answer(report=report, heading=self.heading, body=body, by=head, at=AT)
        sign_off_report(report=report, by=head, at=AT)
        return submit_report(report=report, by=head, at=AT)

    def rows(self, **chosen):
        found = reports_below(self.own, self.heading, BelowFilter(**chosen), TODAY)
        return rows_below(list(found), self.own, self.heading, TODAY)

    def pick(self, report: Report, place: int) -> Pick:
        answer = Answer.objects.get(report=report, heading=self.heading)
        return Pick(answer.pk, answer.version, place)

    def take(self, *picks: Pick, by=None, **more) -> Answer:
        return take_passage(
            report=self.own, heading=self.heading, picks=picks, by=by or self.officer, at=AT, **more
        )


@pytest.fixture
def stage(cast) -> Consolidating:
    return Consolidating(cast)


def test_all_units_stand_beside_each_other_and_drafts_stay_unread(cast, stage):
    third = report_of(stage.review, cast.communes[2])
    seat = SeatFactory(organisation=cast.communes[2], role=Role.HEAD)
    write_answer(report=third, heading=stage.heading, body="Chưa xong.", by=seat, at=AT)
    names = [row.report.unit_name for row in stage.rows()]
    assert names == ["Đảng ủy thị trấn Nhã Nam", "Đảng ủy xã An Dương", "Đảng ủy xã Cao Xá"]
    texts = {row.report.organisation_id: [p.text for p in row.pieces] for row in stage.rows()}
    assert texts[cast.communes[2].pk] == []
    assert texts[cast.communes[0].pk] == FIRST.split("\n")
    standing = standing_below(stage.own, TODAY)
    assert (standing.total, standing.handed_in, standing.is_provisional) == (3, 2, True)
    assert standing.missing == standing.late == ("Đảng ủy thị trấn Nhã Nam",)


@pytest.mark.parametrize(
    ("chosen", "units"),
    [
        ({"standing": "filled"}, {0, 1}),
        ({"standing": "empty"}, set()),
        ({"standing": "missing"}, {2}),
        ({"standing": "late"}, {2}),
        ({"search": "Kinh phí"}, {1}),
        ({"search": "An Dương"}, {0}),
    ],
)
def test_filters(cast, stage, chosen, units):
    found = {row.report.organisation_id for row in stage.rows(**chosen)}
    assert found == {cast.communes[place].pk for place in units}
    one = stage.rows(unit=cast.communes[1].pk)
    assert [row.report.pk for row in one] == [stage.second.pk]


def test_passages_come_into_the_own_text_with_whose_they_are(stage):
    written = stage.take(stage.pick(stage.first, 1), stage.pick(stage.second, 0), seen_version=1)
    assert written.body.split("\n") == [FIRST.split("\n")[1], SECOND.split("\n", maxsplit=1)[0]]
    taken = taken_passages(stage.own, stage.heading, written.body)
    assert [one.unit_name for one in taken] == ["Đảng ủy xã An Dương", "Đảng ủy xã Cao Xá"]
    assert all(one.stands and not one.source_changed for one in taken)
    marked = [piece.is_taken for row in stage.rows() for piece in row.pieces]
    assert marked == [False, True, True, False]
    write_answer(report=stage.own, heading=stage.heading, body="Khác hẳn.", by=stage.officer, at=AT)
    assert not any(one.stands for one in taken_passages(stage.own, stage.heading, "Khác hẳn."))
    drop_passage(passage=taken[0].passage, by=stage.officer, at=AT)
    assert Passage.objects.count() == 1
    assert {"passage.take", "passage.drop"} <= set(Entry.objects.values_list("verb", flat=True))


def test_what_changed_since_is_never_taken_or_overwritten(stage):
    pick = stage.pick(stage.first, 0)
    with pytest.raises(ReviewError):
        stage.take()
    with pytest.raises(ReviewError):
        stage.take(Pick(pick.answer, pick.version + 1, 0))
    mine = write_answer(
        report=stage.own, heading=stage.heading, body="Đã viết.", by=stage.officer, at=AT
    )
    with pytest.raises(StaleAnswerError) as stale:
        stage.take(pick, seen_version=mine.version - 1)
    assert "Đã viết." in stale.value.mine
    Report.objects.filter(pk=stage.first.pk).update(state="returned")
    with pytest.raises(ReviewError):
        stage.take(pick)
    assert not Passage.objects.exists()


def test_only_those_who_write_the_consolidated_report_take_and_assemble(cast, stage):
    pick = stage.pick(stage.first, 0)
    for seat in (cast.clerk, cast.head, cast.leader, cast.administrator, cast.stranger):
        with pytest.raises(NotAllowedError):
            stage.take(pick, by=seat)
        with pytest.raises(NotAllowedError):
            assemble_draft(report=stage.own, by=seat, at=AT)
    stage.take(pick)
    passage = Passage.objects.get()
    with pytest.raises(NotAllowedError):
        drop_passage(passage=passage, by=cast.head, at=AT)


def test_keys_of_forms_are_read_or_refused():
    assert pick_of("12-3-0") == Pick(12, 3, 0)
    assert [pick_of(key) for key in ("", "1-2", "a-1-2", "1-2-99999999999", "1--2")] == [None] * 5


def test_what_several_units_say_becomes_one_point_with_all_who_say_it(stage):
    done = assemble_draft(report=stage.own, only=stage.heading, by=stage.officer, at=AT)
    assert done.written == (stage.heading,)
    body = Answer.objects.get(report=stage.own, heading=stage.heading).body
    assert body == "- Việc phối hợp giữa các đoàn thể chưa chặt chẽ."
    assert Passage.objects.values_list("source__report", flat=True).count() == 2
    again = assemble_draft(report=stage.own, only=stage.heading, by=stage.officer, at=AT)
    assert (again.written, again.kept) == ((), (stage.heading,))
    below = assemble_draft(
        report=stage.own, only=stage.heading, below_written=True, by=stage.officer, at=AT
    )
    assert below.written == ()


def test_points_are_grouped_by_their_words():
    points = [
        Point("Phối hợp giữa các đoàn thể chưa chặt chẽ", 1, 1),
        Point("Kinh phí hạn hẹp", 1, 1),
        Point("Kinh phí ít", 2, 2),
        Point("Sự phối hợp giữa các hội, đoàn thể chưa thật chặt chẽ", 2, 2),
    ]
    groups = grouped_points(points)
    assert [(group.units, len(group.points)) for group in groups] == [(2, 2), (1, 1), (1, 1)]
    assert groups[0].text.startswith("Sự phối hợp")
    assert grouped_points([]) == []


@pytest.fixture
def registered(cast, stage):
    """Two communes with the same model, and one of another field."""
    models = Stage(cast)
    for unit in cast.communes[:2]:
        models.registration(State.ACCEPTED, unit=unit, name="Hiến đất mở đường")
    models.registration(State.ACCEPTED, name="Dòng họ khuyến học", field="culture_society")
    return models


def test_figures_and_typical_models_by_field_stand_in_the_draft(cast, stage, registered):
    del registered
    texts = [part.text for draft in drafts_of(stage.own) for part in draft.parts]
    assert "Có các mô hình tiêu biểu như: “Hiến đất mở đường” (An Dương, Cao Xá)." in texts
    done = assemble_draft(report=stage.own, by=cast.officer, at=AT)
    bodies = [
        Answer.objects.get(report=stage.own, heading=heading).body for heading in done.written
    ]
    told = next(body for body in bodies if "kinh tế: {2" in body or "kinh tế: {02" in body)
    words = words_of_report(stage.own)
    assert {"03 mô hình", "02 mô hình", "01 mô hình"} <= set(words.values())
    assert "đăng ký với {03 mô hình #" in told
    assert not assemble_draft(report=stage.own, below_written=True, by=cast.officer, at=AT).written


def test_a_period_is_told_beside_the_one_before(stage, registered):
    del registered
    assert previous_years(stage.own) == range(2023, 2024)
    [models, accepted, units] = compared_periods(
        stage.own, (Measure.MODELS, Measure.ACCEPTED, Measure.UNITS_REGISTERED, Measure.DOCUMENTS)
    )[:3]
    assert (models.now, models.before, models.percent) == (3, 0, "")
    assert accepted.sentence.endswith("tăng 03 mô hình so với năm 2023.")
    assert units.now == 2
    more = Comparison(Measure.MODELS, 386, 374, range(2014, 2017))
    assert more.sentence == (
        "Số mô hình, điển hình đăng ký là 386 mô hình, tăng 12 mô hình (3,2%) so với giai đoạn "
        "2014-2016."
    )
    less = Comparison(Measure.DOCUMENTS, 3, 4, range(2019, 2020))
    assert "giảm 01 văn bản (25%) so với năm 2019" in less.sentence
    same = Comparison(Measure.DOCUMENTS, 4, 4, range(2019, 2020))
    assert same.sentence.endswith("bằng năm 2019.")


def test_places_lose_the_name_of_their_body():
    assert bare_place("Đảng ủy xã An Dương") == "An Dương"
    assert bare_place("Phòng Nông nghiệp huyện") == "Phòng Nông nghiệp huyện"
