"""What the page of a file shows, and what this seat may do with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kheo.appraisal.models import AppraisalFile, FileRemark
from kheo.appraisal.queries.sides import SideBySide, side_by_side
from kheo.appraisal.rules.scoring import gaps_of
from kheo.appraisal.rules.transitions import (
    can_pass_file,
    can_return_file,
    can_score_as_superior,
    can_score_file,
    can_send_file,
    can_take_back_file,
    can_withdraw_entry,
    is_file_of,
)
from kheo.criteria.enums import Side
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict


@dataclass(frozen=True)
class FilePage:
    """A file side by side, its open remarks, and what a seat may do."""

    seen: SideBySide
    remarks: Sequence[FileRemark]
    is_own: bool
    may_score: Verdict
    may_send: Verdict
    may_score_above: Verdict
    may_return: Verdict
    may_pass: Verdict
    may_take_back: Verdict
    may_withdraw: Verdict

    @property
    def remarks_by_criterion(self) -> Mapping[int | None, list[FileRemark]]:
        """Return the open remarks by criterion (its key); None for the whole file."""
        found: dict[int | None, list[FileRemark]] = {}
        for remark in self.remarks:
            found.setdefault(remark.criterion_id, []).append(remark)
        return found


def file_page(seat: Seat | None, file: AppraisalFile) -> FilePage:
    """Return what the page of a file shows to a seat."""
    seen = side_by_side(file)
    gaps = gaps_of(seen.shape.leaves, Side.SELF, seen.given.get(Side.SELF, {}))
    superior_scores = bool(seen.shape.scored_by(Side.SUPERIOR))
    remarks = file.remarks.filter(answered_at=None).select_related("criterion", "seat__user")
    return FilePage(
        seen=seen,
        remarks=list(remarks),
        is_own=is_file_of(seat, file),
        may_score=can_score_file(seat, file),
        may_send=can_send_file(seat, file, gaps),
        may_score_above=can_score_as_superior(seat, file),
        may_return=can_return_file(seat, file),
        may_pass=can_pass_file(seat, file, superior_scores=superior_scores),
        may_take_back=can_take_back_file(seat, file),
        may_withdraw=can_withdraw_entry(seat, file),
    )
