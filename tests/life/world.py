"""A small world with models at every stage of their life, and what is known of it at a moment."""

from datetime import timedelta

from django.apps import apps
from django.db import connection
from tests.factories.accounts import UserFactory
from tests.factories.appraisal import SELF, SUPERIOR, lines
from tests.factories.criteria import make_set
from tests.factories.exemplars import IN_TIME, Stage
from tests.factories.organisations import SeatFactory, level_of
from tests.factories.recognition import MERIT, form_of
from tests.factories.visits import Survey

from kheo.appraisal.actions import (
    enter_for_title,
    open_files,
    pass_to_council,
    save_scores,
    save_superior_scores,
    send_file,
)
from kheo.appraisal.models import AppraisalFile
from kheo.councils.actions import (
    CouncilTerms,
    MemberTerms,
    allot_evenly,
    create_council,
    move_council,
    name_members,
    take_in_files,
)
from kheo.councils.enums import CouncilDeed, MemberRole
from kheo.councils.models import Council
from kheo.criteria.enums import Subject
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.recognition.actions import (
    CandidateTerms,
    DecisionTerms,
    ProposalTerms,
    add_candidates,
    announce_decision,
    create_proposal,
    draw_up_decision,
    edit_decision,
    issue_decision,
    send_proposal,
)
from kheo.recognition.models import Decision

CAP = 2
NOW = IN_TIME + timedelta(days=1)
ROOMS = (
    "exemplars",
    "progress",
    "nominations",
    "visits",
    "appraisal",
    "councils",
    "recognition",
    "replication",
)


class Life:
    """The district of the cast, its councils, and six accepted models of three communes.

    The first is new, the second self-scored, the third sent, the next two stand before a council
    that scores, and the last is recognised. The agency has entered for a title.
    """

    def __init__(self, cast) -> None:
        self.cast = cast
        self.stage = Stage(cast, nomination_cap=CAP)
        self.survey = Survey(cast, self.stage)
        self.set, self.title_set = make_set(cast.officer), self._title_set()
        self.people = self._people()
        self.minutes = 0
        rows = [self._model(number) for number in range(6)]
        files = self._files(rows[1:5])
        self.models = self._council("mô hình", self.set, quorum=3)
        self.titles = self._council("danh hiệu", self.title_set, quorum=2, is_secret=True)
        self._score_first(files)
        self._recognise(rows[5])
        self.survey.plan()

    def now(self):
        """Return a moment later than all before."""
        self.minutes += 1
        return NOW + timedelta(minutes=self.minutes)

    def head_of(self, unit: Organisation) -> Seat:
        return self.people["agency"] if unit == self.cast.agency else self.stage.head_of(unit)

    def _title_set(self):
        return make_set(self.cast.officer, subject=Subject.TITLE, name="Bộ tiêu chí danh hiệu")

    def _people(self) -> dict[str, Seat]:
        cast = self.cast
        people = {
            "clerk": cast.clerk,
            "head": cast.head,
            "second head": self.stage.head_of(cast.communes[1]),
            "third head": self.stage.head_of(cast.communes[2]),
            "agency": SeatFactory(organisation=cast.agency, role=Role.HEAD),
            "officer": cast.officer,
            "leader": cast.leader,
            "province": SeatFactory(organisation=cast.province, role=Role.OFFICER),
            "province's leader": SeatFactory(organisation=cast.province, role=Role.LEADER),
            "stranger": cast.stranger,
        }
        for number, unit in enumerate((cast.communes[1], cast.agency, cast.communes[2])):
            user = UserFactory(full_name=f"Ủy viên thứ {number}")
            people[f"member {number}"] = SeatFactory(
                user=user, organisation=unit, role=Role.COUNCIL
            )
        return people

    def _model(self, number: int) -> Registration:
        unit = self.cast.communes[number % 3]
        level = level_of("province" if number < 3 else "district")
        name = f"Mô hình thứ {number}"
        return self.stage.registration(State.ACCEPTED, unit, name=name, level=level)

    def _files(self, rows: list[Registration]) -> list[AppraisalFile]:
        keys, by = [row.pk for row in rows], self.cast.officer
        return open_files(registrations=keys, criteria_set=self.set, by=by, at=self.now())

    def _council(self, name: str, criteria_set, **terms) -> Council:
        cast, by = self.cast, self.cast.officer
        terms = CouncilTerms(
            name=f"Hội đồng thẩm định {name}",
            year=2024,
            criteria_set=criteria_set,
            scorers=2,
            **terms,
        )
        made = create_council(organisation=cast.district, terms=terms, by=by, at=self.now())
        seats = [self.people[f"member {number}"] for number in range(3)]
        members = [
            MemberTerms(seat=cast.leader, role=MemberRole.CHAIR),
            MemberTerms(seat=cast.officer, role=MemberRole.SECRETARY, is_scoring=False),
            *[MemberTerms(seat=seat) for seat in seats],
        ]
        return name_members(council=made, members=members, by=by, at=self.now())

    def _score_first(self, files: list[AppraisalFile]) -> None:
        officer = self.cast.officer
        for file in files[1:]:
            head = self.head_of(file.organisation)
            save_scores(file=file, lines=lines(file, SELF), by=head, at=self.now())
            send_file(file=file, by=head, at=self.now())
        for file in files[2:]:
            marks = lines(file, SUPERIOR, ["Số liệu chưa đủ xác nhận."])
            save_superior_scores(file=file, lines=marks, by=officer, at=self.now())
            pass_to_council(files=[file.pk], by=officer, at=self.now())
        take_in_files(council=self.models, by=officer, at=self.now())
        allot_evenly(council=self.models, by_field=False, by=officer, at=self.now())
        opened = CouncilDeed.OPEN_SCORING
        move_council(council=self.models, deed=opened, by=officer, at=self.now())
        enter_for_title(
            organisation=self.cast.agency,
            criteria_set=self.title_set,
            year=2024,
            by=self.people["agency"],
            at=self.now(),
        )

    def _recognise(self, row: Registration) -> None:
        officer, leader = self.cast.officer, self.cast.leader
        made = create_proposal(
            organisation=officer.organisation,
            terms=self.proposal("party-recognition"),
            by=officer,
            at=self.now(),
        )
        named = [CandidateTerms(registration=row, achievement=MERIT)]
        add_candidates(proposal=made, candidates=named, by=officer, at=self.now())
        send_proposal(proposal=made, seen_version=None, by=officer, at=self.now())
        drawn = draw_up_decision(proposal=made, by=officer, at=self.now())
        seen = {"decision": drawn, "seen_version": None}
        edit_decision(terms=self.whole(drawn), by=officer, at=self.now(), **seen)
        issue_decision(by=leader, at=self.now(), **seen)
        day = NOW.date()
        announce_decision(on=day, occasion="", by=officer, at=self.now(), **seen)

    def proposal(self, form: str) -> ProposalTerms:
        return ProposalTerms(
            issuer=self.cast.district,
            form=form_of(form),
            year=2024,
            title="mô hình “Dân vận khéo” năm 2024",
        )

    def whole(self, decision: Decision) -> DecisionTerms:
        """Return a decision with all that it needs to be issued."""
        return DecisionTerms(
            subject=decision.subject,
            number=Decision.objects.count(),
            letters="QĐ/HU",
            issued_on=NOW.date(),
            signatory_position="Phó Bí thư",
            signatory="Dương Văn Toàn",
            reason=decision.reason,
        )


def facts() -> dict[str, list[tuple]]:
    """Return all that the rooms have stored, by table."""
    tables = [
        model._meta.db_table for room in ROOMS for model in apps.get_app_config(room).get_models()
    ]
    found = {}
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"SELECT * FROM {table} ORDER BY id")  # noqa: S608 -- names of our own
            found[table] = cursor.fetchall()
    return found
