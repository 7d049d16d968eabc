"""Makes appraisal files for tests by the same deeds as people use, as far along as asked."""

from datetime import datetime
from decimal import Decimal

from tests.factories.accounts import HANOI
from tests.factories.criteria import make_set
from tests.factories.exemplars import Stage

from kheo.appraisal.actions import (
    FileOutcome,
    ScoreLine,
    open_files,
    pass_to_council,
    return_file,
    save_scores,
    save_superior_scores,
    send_file,
    write_outcome,
)
from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.criteria.models import CriteriaSet
from kheo.exemplars.enums import State

NOVEMBER = datetime(2024, 11, 12, 9, 0, tzinfo=HANOI)
SELF = (50, 30, None, 4, None, None)
SUPERIOR = (45, 30, 9, 4, 1, 0)


def lines(file: AppraisalFile | CriteriaSet, points, notes=()) -> list[ScoreLine]:
    """Scores in the order of the criteria; None leaves one out."""
    owned = file if isinstance(file, CriteriaSet) else file.criteria_set
    criteria = owned.criteria.order_by("order", "pk")
    words = dict(enumerate(notes))
    return [
        ScoreLine(criterion=criterion.pk, points=Decimal(str(given)), note=words.get(place, ""))
        for place, (criterion, given) in enumerate(zip(criteria, points, strict=True))
        if given is not None
    ]


class Appraising:
    """The shared stage with a set of the district in force, and files as far along as asked."""

    def __init__(self, stage: Stage, criteria_set: CriteriaSet | None = None) -> None:
        self.stage, self.cast = stage, stage.cast
        self.clerk, self.head, self.officer = stage.clerk, stage.head, stage.officer
        self.set = criteria_set or make_set(stage.officer)

    def file(self, state=FileState.SELF_SCORING, unit=None, **changes) -> AppraisalFile:
        registration = self.stage.registration(State.ACCEPTED, unit, **changes)
        opened = open_files(
            registrations=[registration.pk], criteria_set=self.set, by=self.officer, at=NOVEMBER
        )
        return self.advanced(opened[0], state)

    def advanced(self, file: AppraisalFile, state: FileState) -> AppraisalFile:
        """Bring a new file to a state by the deeds that lead there."""
        if state == FileState.SELF_SCORING:
            return file
        head = self.stage.head_of(file.organisation)
        save_scores(file=file, lines=lines(file, SELF), by=head, at=NOVEMBER)
        file = send_file(file=file, by=head, at=NOVEMBER)
        if state == FileState.SENT:
            return file
        if state == FileState.RETURNED:
            words = {None: "Bổ sung minh chứng."}
            return return_file(file=file, remarks=words, by=self.officer, at=NOVEMBER)
        return self._beyond(file, state)

    def _beyond(self, file: AppraisalFile, state: FileState) -> AppraisalFile:
        scores = lines(file, SUPERIOR, ["Số liệu chưa đủ xác nhận."])
        file = save_superior_scores(file=file, lines=scores, by=self.officer, at=NOVEMBER)
        if state == FileState.SUPERIOR_SCORED:
            return file
        file = pass_to_council(files=[file.pk], by=self.officer, at=NOVEMBER)[0]
        if state == FileState.BEFORE_COUNCIL:
            return file
        result = FileOutcome(file=file.pk, total=Decimal(86))
        return write_outcome(outcomes=[result], by=self.officer, at=NOVEMBER)[0]
