"""Random people do random deeds to models at every stage of life: refused whole, or done whole."""

from collections import Counter
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.test import TestCase
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.factories.organisations import make_cast
from tests.life.deciding import COUNCIL, HONOURS
from tests.life.deeds import (
    APPRAISING,
    NOMINATING,
    REPLICATING,
    UNIT,
    VISITING,
    Attempt,
    Deed,
)
from tests.life.world import CAP, Life, facts

from kheo.appraisal.actions import ScoreError
from kheo.appraisal.models import AppraisalFile, FileScore
from kheo.audit.models import Entry
from kheo.audit.queries import broken_entries
from kheo.councils.actions import (
    CouncilError,
    declare_conflict,
    give_back_scores,
    save_member_scores,
)
from kheo.councils.models import Allotment, Ballot, Conflict, CouncilFile, MemberScore
from kheo.councils.rules.conflicts import conflict_of
from kheo.exemplars.actions import recount_registrations
from kheo.exemplars.actions.continuing import AlreadyRegisteredError
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Exemplar, Registration, StageTally
from kheo.nominations.models import Nomination, NominationList
from kheo.nominations.rules import NominationError
from kheo.organisations.rules import NotAllowedError
from kheo.progress.actions import ProgressError
from kheo.progress.models import Course, Figure, Update
from kheo.recognition.actions import HonourError
from kheo.recognition.enums import STAGE_OF, Act
from kheo.recognition.models import Honour
from kheo.replication.models import Replication
from kheo.replication.rules import ReplicationError
from kheo.visits.models import Visit
from kheo.visits.rules.deeds import VisitError

REFUSALS = (
    NotAllowedError,
    ProgressError,
    NominationError,
    ScoreError,
    CouncilError,
    HonourError,
    ReplicationError,
    VisitError,
    AlreadyRegisteredError,
)
# once stored, a row of these stays, whatever is done later
KEPT = (
    Registration,
    Exemplar,
    Update,
    Figure,
    AppraisalFile,
    Honour,
    Replication,
    Visit,
    Ballot,
    Entry,
)
PEOPLE = ("clerk", "head", "second head", "agency", "officer", "leader", "province", "stranger")
# mostly whoever is meant to do it, so that models get on
WHO = st.sampled_from(["", "", "", *PEOPLE, "member 0", "member 2"])
PLACE, NUMBER = st.integers(0, 7), st.integers(-1, 6)
DEEDS: dict[str, Deed] = {
    f"{room}: {name}": deed
    for room, table in (
        ("unit", UNIT),
        ("list", NOMINATING),
        ("visit", VISITING),
        ("file", APPRAISING),
        ("council", COUNCIL),
        ("honour", HONOURS),
        ("replica", REPLICATING),
    )
    for name, deed in table.items()
}
SEVERAL = st.lists(st.sampled_from(list(DEEDS)), min_size=2, max_size=6)
# what people do one after another in good order
COURSES = {
    "unit": "report figures done",
    "list": "begin forward forward forward stop-the-rest send answer",
    "visit": "choose announce write record conclude",
    "file": "open score send score-above pass",
    "council": "allot-by-hand score score score score open-session present open-a-vote vote vote"
    " vote vote vote close-the-vote settle decide break-a-tie announce",
    "honour": "propose name send draw-up complete issue announce revoke complete issue",
    "replica": "guide guide ask agree begin go-on go-on go-on follow finish",
}


def keys(rows: QuerySet[Any], column: str) -> set[int]:
    return set(rows.values_list(column, flat=True)) - {None}


def sent_up() -> QuerySet[Nomination]:
    """Return what lists send up that were sent, as long as it was not sent back."""
    rows = Nomination.objects.exclude(rank=None).exclude(nomination_list__sent_at=None)
    rows = rows.exclude(nomination_list__state="draft").exclude(answer="returned")
    return rows.exclude(nomination_list__state="returned", answer="waiting")


class WholeLife(RuleBasedStateMachine):
    """Each deed is done by somebody, or refused in words; then all is looked at."""

    life: Life

    def __init__(self) -> None:
        super().__init__()
        self.before = facts()
        self.kept = {model: set() for model in KEPT}
        self.handed_in: dict[int, dict[int, Any]] = {}
        self.done: Counter[str] = Counter()

    @initialize(courses=st.integers(0, len(COURSES)), number=NUMBER)
    def grow_older(self, courses: int, number: int) -> None:
        for course in list(COURSES)[:courses]:
            self.go_on(course, 5, number)

    @rule(names=SEVERAL, place=PLACE, number=NUMBER, who=WHO)
    def try_anything(self, names: list[str], place: int, number: int, who: str) -> None:
        for name in names:
            self._do(DEEDS[name], name, place, number, who)

    @rule(course=st.sampled_from(list(COURSES)), place=PLACE, number=NUMBER)
    def go_on(self, course: str, place: int, number: int) -> None:
        """Let one person after the other do what comes next, as chance seldom would."""
        for word in COURSES[course].split():
            name = f"{course}: {word.replace('-', ' ')}"
            self._do(DEEDS[name], name, place, number, "")

    def _do(self, deed: Deed, name: str, place: int, number: int, who: str) -> None:
        found = deed(self.life, place, number)
        if found is None:
            return
        by = self.life.people[who] if who and found.right else found.right
        words = found.words | ({"by": by} if by else {})
        entries = Entry.objects.count()
        try:
            with TestCase.captureOnCommitCallbacks(execute=True):
                found.act(at=self.life.now(), **words)
        except REFUSALS as refusal:
            self._look_unchanged(name, str(refusal), entries)
            return
        self.done[found.act.__name__] += 1
        before, self.before = self.before, facts()
        if self.before != before:
            told = Entry.objects.order_by("-pk")[: Entry.objects.count() - entries]
            assert told, f"{name} left no trace"
            assert by is None or by.pk in {one.seat_id for one in told}
        self._note_scores(found)

    def _look_unchanged(self, name: str, reason: str, entries: int) -> None:
        assert reason, f"{name} was refused without a word"
        assert facts() == self.before, f"{name} was refused and changed something"
        assert Entry.objects.count() == entries

    def _note_scores(self, found: Attempt) -> None:
        """Keep what was handed in; only the chair's giving back and a conflict undo it."""
        if found.act in {give_back_scores, declare_conflict}:
            standing = keys(Allotment.objects.filter(state="done"), "pk")
            gone = self.handed_in.keys() - standing
            assert len(gone) <= 1
            self.handed_in = {key: self.handed_in[key] for key in self.handed_in.keys() & standing}
        if found.act is save_member_scores and found.words["hand_in"]:
            scores = found.words["allotment"].scores.values_list("criterion_id", "points")
            self.handed_in[found.words["allotment"].pk] = dict(scores)

    @invariant()
    def the_cap_holds(self) -> None:
        for row in NominationList.objects.all():
            up = list(row.nominations.exclude(rank=None).values_list("rank", flat=True))
            assert len(up) <= CAP
            assert sorted(up) == list(range(1, len(up) + 1))

    @invariant()
    def stages_are_counted(self) -> None:
        counted: Counter[tuple[int, int]] = Counter()
        for row in Registration.objects.exclude(stages=0):
            for organisation in row.path.strip(".").split("."):
                for stage in Stage:
                    if row.stages & stage:
                        counted[int(organisation), stage.value] += 1
        told: Counter[tuple[int, int]] = Counter()
        for row in StageTally.objects.exclude(count=0):
            told[row.organisation_id, row.stage] += row.count
        assert told == counted
        assert recount_registrations() == []

    @invariant()
    def stages_tell_what_happened(self) -> None:
        told = {
            Stage.CARRIED_OUT: keys(Course.objects.filter(state="done"), "registration"),
            Stage.APPRAISED: keys(
                CouncilFile.objects.filter(council__state="announced"), "file__registration"
            ),
            Stage.NOMINATED: keys(sent_up(), "registration"),
        }
        honoured = Honour.objects.standing().announced()
        for act, stage in STAGE_OF.items():
            told[stage] = keys(honoured.filter(act=act), "registration")
        for row in Registration.objects.all():
            for stage, reached in told.items():
                assert bool(row.stages & stage) == (row.pk in reached), (row, stage)
        accepted = Q(state="under_way", registration__state="accepted")
        begun = Replication.objects.filter(Q(state="done") | accepted)
        replicated = Registration.objects.filter(stages__gte=Stage.REPLICATED)
        assert keys(replicated, "exemplar") == keys(begun, "origin")

    @invariant()
    def nothing_is_lost(self) -> None:
        for model, known in self.kept.items():
            now = set(model.objects.values_list("pk", flat=True))
            assert known <= now, model
            self.kept[model] = now
        for key, given in self.handed_in.items():
            scores = MemberScore.objects.filter(allotment=key)
            assert dict(scores.values_list("criterion_id", "points")) == given
        sides = FileScore.objects.filter(side__in=["self", "superior"]).count()
        assert sides >= getattr(self, "sides", 0)
        self.sides = sides

    @invariant()
    def nobody_scores_the_own_unit(self) -> None:
        rows = Allotment.objects.select_related("member__seat__organisation", "file__file")
        for row in rows.select_related("file__council"):
            found = conflict_of(
                row.member.seat.organisation,
                file_unit_id=row.file.file.organisation_id,
                file_path=row.file.file.path,
                council_path=row.file.council.path,
            )
            assert found is None
            assert not Conflict.objects.filter(file=row.file, member=row.member).exists()

    @invariant()
    def no_honour_stands_twice(self) -> None:
        standing = Honour.objects.standing().filter(act=Act.COMMEND)
        newest = standing.filter(renewals=None)
        twice = Counter(newest.values_list("form", "subject_key", "year"))
        assert all(count == 1 for count in twice.values()), twice

    def teardown(self) -> None:
        assert list(broken_entries()) == []


def isolated(life: Life) -> type[WholeLife]:
    """Return the machine in a world that is as before when an example is over."""

    class Isolated(WholeLife):
        def __init__(self) -> None:
            self.savepoint = transaction.savepoint()
            self.life, life.minutes = life, 100
            super().__init__()

        def teardown(self) -> None:
            super().teardown()
            transaction.savepoint_rollback(self.savepoint)

    return Isolated


def test_whatever_people_do_to_models_is_done_whole_or_refused(db):
    life = isolated(Life(make_cast()))
    # without these, chance would have nothing to build on
    machine = life()
    machine.grow_older(len(COURSES), 2)
    reached = {
        "announced",
        "issue_decision",
        "announce_decision",
        "answer_nominations",
        "conclude_visit",
        "finish_replication",
    }
    assert reached <= machine.done.keys()
    assert machine.done["issue_decision"] == 2
    machine.the_cap_holds()
    machine.stages_tell_what_happened()
    machine.nothing_is_lost()
    machine.nobody_scores_the_own_unit()
    machine.teardown()
    run_state_machine_as_test(
        life,
        settings=settings(
            max_examples=6,
            stateful_step_count=16,
            derandomize=True,
            database=None,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
