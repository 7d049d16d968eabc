"""What people can do to a model on its way: each deed with who may do it, and on what."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.factories.appraisal import SELF, SUPERIOR, lines
from tests.factories.progress import terms
from tests.factories.visits import entry
from tests.life.world import Life

from kheo.appraisal.actions import (
    enter_for_title,
    open_files,
    pass_to_council,
    return_file,
    save_scores,
    save_superior_scores,
    send_file,
    take_back_files,
    withdraw_title_entry,
)
from kheo.appraisal.models import AppraisalFile
from kheo.exemplars.actions import accept, amend, reconsider, sign_off, submit, withdraw
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.nominations.actions import (
    Reply,
    answer_nominations,
    begin_nominations,
    clear_decision,
    order_nominations,
    put_forward,
    return_nominations,
    send_nominations,
    stop_models,
    take_back_nominations,
)
from kheo.nominations.enums import Answer
from kheo.nominations.models import NominationList
from kheo.organisations.models import Seat
from kheo.progress.actions import (
    ask_for_news,
    merge_registration,
    report_done,
    report_update,
    resume_registration,
    set_results,
    stop_registration,
    take_back_done,
)
from kheo.replication.actions import (
    GuideTerms,
    answer_request,
    ask_to_replicate,
    begin_replica,
    finish_replication,
    follow_replicas,
    give_up_replication,
    publish_guide,
    write_guide,
)
from kheo.replication.models import Guide, Replication
from kheo.visits.actions import (
    announce_visits,
    choose_visited_models,
    conclude_visit,
    record_visit,
    take_entries,
)
from kheo.visits.actions.concluding import RecordTerms
from kheo.visits.models import Visit, VisitSheet

REASON = {"reason": "Có lý do."}


@dataclass(frozen=True)
class Attempt:
    """An action with its words, and the seat that is meant to do it; None for the calendar."""

    act: Callable[..., Any]
    right: Seat | None
    words: dict[str, Any]


def attempt(act: Callable[..., Any], right: Seat | None, **words: Any) -> Attempt:
    return Attempt(act, right, words)


Deed = Callable[[Life, int, int], "Attempt | None"]


def chosen(rows, place: int):
    """Return one of some rows, whatever number is asked for; None of none."""
    found = list(rows.order_by("pk"))
    return found[place % len(found)] if found else None


def on_model(act, *, by: str = "", **words) -> Deed:
    """Return a deed on a registration by its unit, or by the one named."""

    def deed(life: Life, place: int, _number: int) -> Attempt | None:
        row = chosen(Registration.objects.all(), place)
        right = life.people[by] if by else life.head_of(row.organisation)
        return attempt(act, right, registration=row, **words)

    return deed


def figures(life: Life, place: int, number: int) -> Attempt:
    row = chosen(Registration.objects.all(), place)
    given = (terms("work-days", number), terms("cameras", 1))[: abs(number) % 2 + 1]
    right = life.head_of(row.organisation)
    return attempt(report_update, right, registration=row, text="", figures=given)


def planned(life: Life, place: int, number: int) -> Attempt:
    row = chosen(Registration.objects.all(), place)
    given = [terms("work-days", number)]
    return attempt(set_results, life.head_of(row.organisation), registration=row, planned=given)


def merged(life: Life, place: int, number: int) -> Attempt:
    row = chosen(Registration.objects.all(), place)
    into = chosen(Registration.objects.all(), place + number)
    return attempt(merge_registration, life.cast.officer, registration=row, into=into, **REASON)


def asked(life: Life, place: int, _number: int) -> Attempt:
    rows = [chosen(Registration.objects.all(), place)]
    return attempt(ask_for_news, life.cast.officer, registrations=rows, text="")


UNIT = {
    "report": on_model(report_update, text="Đã họp thôn."),
    "figures": figures,
    "plan": planned,
    "done": on_model(report_done, text=""),
    "take back": on_model(take_back_done, **REASON),
    "stop": on_model(stop_registration, **REASON),
    "stop without a reason": on_model(stop_registration, reason=" "),
    "resume": on_model(resume_registration, **REASON),
    "merge": merged,
    "ask": asked,
    "reconsider": on_model(reconsider, by="officer", **REASON),
    "accept": on_model(accept, by="officer"),
    "amend": on_model(amend, **REASON),
    "withdraw": on_model(withdraw, **REASON),
}


def on_list(act, *, by: str = "officer", given=lambda _row, _place, _number: {}) -> Deed:
    """Return a deed on the first list of nominations, if there is one."""

    def deed(life: Life, place: int, number: int) -> Attempt | None:
        row = NominationList.objects.order_by("pk").first()
        words = given(row, place, number) if row else None
        return None if words is None else attempt(act, life.people[by], row=row, **words)

    return deed


def model_of(_row, place: int, _number: int) -> dict[str, Any]:
    return {"registration": chosen(Registration.objects.all(), place)}


def another(row, place: int, _number: int) -> dict[str, Any]:
    """Return a model that does not go up yet; a place beyond the last asks for one that does."""
    up = row.nominations.exclude(rank=None).values("registration")
    rows = Registration.objects.exclude(pk__in=up) if place < 7 else Registration.objects.all()
    return {"registration": chosen(rows, place)}


def one_of(row, place: int, number: int) -> dict[str, Any]:
    model = chosen(Registration.objects.all(), place)
    return {"registrations": [model.pk], "reason": "Chưa đủ hồ sơ." if number else ""}


def rest_of(_row, _place: int, _number: int) -> dict[str, Any]:
    return {"registrations": None, "reason": "Chưa đủ hồ sơ."}


def reversed_order(row, _place: int, _number: int) -> dict[str, Any]:
    ranked = row.nominations.exclude(rank=None)
    return {"wanted": list(ranked.order_by("-rank").values_list("pk", flat=True))}


def reply(row, place: int, number: int) -> dict[str, Any] | None:
    one = chosen(row.nominations.exclude(rank=None), place) or chosen(row.nominations.all(), place)
    answers = [Answer.ACCEPTED, Answer.RETURNED, Answer.KEPT]
    return {"replies": {one.pk: Reply(answers[number % 3], "Có lý do.")}} if one else None


def begun(life: Life, _place: int, number: int) -> Attempt:
    owner = life.cast.province if number == 0 else life.cast.district
    right = life.people["province" if number == 0 else "officer"]
    return attempt(begin_nominations, right, round=life.stage.round, owner=owner)


NOMINATING = {
    "begin": begun,
    "forward": on_list(put_forward, given=another),
    "stop one": on_list(stop_models, given=one_of),
    "stop the rest": on_list(stop_models, given=rest_of),
    "clear": on_list(clear_decision, given=model_of),
    "order": on_list(order_nominations, given=reversed_order),
    "send": on_list(send_nominations),
    "take back": on_list(take_back_nominations),
    "answer": on_list(answer_nominations, by="province", given=reply),
    "send back": on_list(return_nominations, by="province", given=lambda *_: REASON),
}


def scored(life: Life, place: int, number: int) -> Attempt:
    file = chosen(AppraisalFile.objects.all(), place)
    given = lines(file, (54 + number, *SELF[1:]))
    return attempt(save_scores, life.head_of(file.organisation), file=file, lines=given)


def scored_above(life: Life, place: int, number: int) -> Attempt:
    file = chosen(AppraisalFile.objects.all(), place)
    notes = ["Số liệu chưa đủ xác nhận."] if number % 2 else []
    given = lines(file, (54 + number, *SUPERIOR[1:]), notes)
    return attempt(save_superior_scores, life.cast.officer, file=file, lines=given)


def on_file(act, *, by: str = "", many: bool = False, **words) -> Deed:
    def deed(life: Life, place: int, _number: int) -> Attempt:
        file = chosen(AppraisalFile.objects.all(), place)
        right = life.people[by] if by else life.head_of(file.organisation)
        what = {"files": [file.pk]} if many else {"file": file}
        return attempt(act, right, **what, **words)

    return deed


def opened(life: Life, _place: int, number: int) -> Attempt:
    rows = (
        Registration.objects.all() if number == 0 else Registration.objects.filter(state="accepted")
    )
    keys = list(rows.values_list("pk", flat=True))
    return attempt(open_files, life.cast.officer, registrations=keys, criteria_set=life.set)


def entered(life: Life, _place: int, number: int) -> Attempt:
    unit = life.cast.agency if number % 2 else life.cast.communes[0]
    words = {"organisation": unit, "criteria_set": life.title_set, "year": 2024}
    return attempt(enter_for_title, life.head_of(unit), **words)


APPRAISING = {
    "open": opened,
    "score": scored,
    "send": on_file(send_file),
    "return": on_file(return_file, by="officer", remarks={None: "Bổ sung minh chứng."}),
    "score above": scored_above,
    "pass": on_file(pass_to_council, by="officer", many=True),
    "take back": on_file(take_back_files, by="officer", many=True, **REASON),
    "enter": entered,
    "withdraw": on_file(withdraw_title_entry, **REASON),
}


def visited(life: Life, place: int, _number: int) -> Attempt | None:
    visit = Visit.objects.earliest("pk")
    rows = [chosen(Registration.objects.filter(organisation=visit.organisation), place)]
    return attempt(choose_visited_models, life.cast.officer, visit=visit, registrations=rows)


def on_visit(act, given) -> Deed:
    def deed(life: Life, _place: int, _number: int) -> Attempt | None:
        return attempt(act, life.cast.officer, **given(Visit.objects.earliest("pk")))

    return deed


def written(life: Life, place: int, number: int) -> Attempt | None:
    sheet = chosen(VisitSheet.objects.all(), place)
    if sheet is None:
        return None
    rows = [entry(base=abs(number) % 3, key=None, conclusion="Đúng như báo cáo.")]
    return attempt(take_entries, life.survey.member, sheet=sheet, entries=rows)


RECORD = RecordTerms(place="Nhà văn hóa thôn", conclusions="Đúng kế hoạch.")
VISITING = {
    "choose": visited,
    "announce": on_visit(announce_visits, lambda visit: {"visits": [visit]}),
    "write": written,
    "record": on_visit(
        record_visit, lambda visit: {"visit": visit, "terms": RECORD, "seen_version": None}
    ),
    "conclude": on_visit(conclude_visit, lambda visit: {"visit": visit}),
}


def asks(life: Life, place: int, number: int) -> Attempt:
    origin = chosen(Registration.objects.all(), 5 if number % 2 else place).exemplar
    right = life.people["second head" if number > 2 else "head"]
    return attempt(ask_to_replicate, right, origin=origin, adaptation="Làm ở ba thôn.")


def on_replica(act, *, by_origin: bool = False, **words) -> Deed:
    def deed(life: Life, place: int, _number: int) -> Attempt | None:
        row = chosen(Replication.objects.select_related("origin__owner", "unit"), place)
        if row is None:
            return None
        right = life.head_of(row.origin.owner if by_origin else row.unit)
        return attempt(act, right, row=row, **words)

    return deed


def begins(life: Life, place: int, _number: int) -> Attempt | None:
    row = chosen(Replication.objects.select_related("unit"), place)
    if row is None:
        return None
    part = row.unit.participations.filter(round=life.stage.round).first()
    right = life.head_of(row.unit)
    return attempt(begin_replica, right, row=row, participation=part) if part else None


def replica_goes_on(life: Life, place: int, _number: int) -> Attempt | None:
    """Bring the registration of a replica one step nearer to its acceptance."""
    rows = Registration.objects.filter(state__in=[State.DRAFT, State.SIGNED_OFF, State.SUBMITTED])
    row = chosen(rows.select_related("organisation"), place)
    if row is None:
        return None
    act = {State.DRAFT: sign_off, State.SIGNED_OFF: submit}.get(State(row.state), accept)
    right = life.cast.officer if act is accept else life.head_of(row.organisation)
    return attempt(act, right, registration=row)


def guided(life: Life, _place: int, number: int) -> Attempt:
    row = chosen(Registration.objects.all(), 5)
    guide = Guide.objects.order_by("pk").first()
    if guide and number % 2:
        return attempt(publish_guide, life.cast.officer, guide=guide)
    right = life.head_of(row.organisation)
    return attempt(write_guide, right, exemplar=row.exemplar, terms=GuideTerms(steps="Họp dân."))


REPLICATING = {
    "guide": guided,
    "ask": asks,
    "agree": on_replica(answer_request, by_origin=True, agree=True),
    "decline": on_replica(answer_request, by_origin=True, agree=False, text="Chưa đủ sức."),
    "begin": begins,
    "go on": replica_goes_on,
    "finish": on_replica(finish_replication, text="12 hộ tham gia."),
    "give up": on_replica(give_up_replication, text="Không đủ kinh phí."),
    "follow": lambda _life, _place, _number: attempt(follow_replicas, None),
}
