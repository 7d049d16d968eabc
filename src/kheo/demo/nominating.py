"""Lets districts put their best forward to the province under the cap, and the province answer."""

from datetime import date

from kheo.demo.carrying_out import accepted_in
from kheo.demo.world import District, World, moment
from kheo.nominations.actions import (
    ProposalTerms,
    Reply,
    answer_nominations,
    begin_nominations,
    order_nominations,
    put_forward,
    send_nominations,
    stop_models,
    write_proposal,
)
from kheo.nominations.enums import Answer
from kheo.nominations.models import Nomination, NominationList
from kheo.organisations.enums import Role
from kheo.organisations.models import Seat
from kheo.rounds.models import Round

STOPPED = "Mô hình mới triển khai, kết quả chưa rõ; tiếp tục thực hiện, giới thiệu vào năm sau."
KEPT = "Quy mô còn nhỏ, đề nghị cấp huyện công nhận, tiếp tục theo dõi."


def nominate(world: World, district: District, round: Round) -> None:
    """Put a district's best forward, as many as the round allows, and let it be answered."""
    officer = world.seat(district.advisory, Role.OFFICER)
    leader = world.seat(district.committee, Role.LEADER)
    year = round.year
    at = moment(date(year, 4, 20))
    row = begin_nominations(round=round, owner=district.committee, by=officer, at=at)
    province_first = sorted(accepted_in(round), key=lambda one: one.level.rank if one.level else 9)
    for registration in province_first[: round.nomination_cap]:
        put_forward(row=row, registration=registration, by=officer, at=at)
    stop_models(row=row, registrations=None, reason=STOPPED, by=officer, at=at)
    ranked = list(
        Nomination.objects.filter(nomination_list=row, rank__isnull=False).order_by("-rank")
    )
    order_nominations(row=row, wanted=[one.pk for one in ranked], by=officer, at=at)
    _send(row, leader.user.full_name, officer=officer, year=year)
    _answer(world, row, year)


def _send(row: NominationList, signatory: str, *, officer: Seat, year: int) -> None:
    on = date(year, 4, 22)
    terms = ProposalTerms(
        number=17, issued_on=on, position="Phó Bí thư Thường trực", signatory=signatory
    )
    write_proposal(row=row, terms=terms, by=officer, at=moment(on))
    send_nominations(row=row, by=officer, at=moment(on, 10))


def _answer(world: World, row: NominationList, year: int) -> None:
    """Accept all but the last one, which stays at the district."""
    officer = world.seat(world.advisory, Role.OFFICER)
    sent = list(Nomination.objects.filter(nomination_list=row, rank__isnull=False).order_by("rank"))
    replies = {one.pk: Reply(Answer.ACCEPTED) for one in sent[:-1]}
    if sent:
        replies[sent[-1].pk] = Reply(Answer.KEPT, KEPT)
    answer_nominations(row=row, replies=replies, by=officer, at=moment(date(year, 5, 6)))
