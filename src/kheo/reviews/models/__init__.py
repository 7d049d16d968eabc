"""The tables of the room, under one roof."""

from kheo.reviews.models.figures import FrozenList, FrozenTable, ReportFigure
from kheo.reviews.models.following import Lesson, Petition, PlanPart
from kheo.reviews.models.reports import (
    Answer,
    AnswerVersion,
    Passage,
    Report,
    ReportRemark,
    ReportSubmission,
)
from kheo.reviews.models.reviews import (
    OutlineHeading,
    Review,
    ReviewAnnex,
    ReviewDue,
    TableDesign,
)

__all__ = [
    "Answer",
    "AnswerVersion",
    "FrozenList",
    "FrozenTable",
    "Lesson",
    "OutlineHeading",
    "Passage",
    "Petition",
    "PlanPart",
    "Report",
    "ReportFigure",
    "ReportRemark",
    "ReportSubmission",
    "Review",
    "ReviewAnnex",
    "ReviewDue",
    "TableDesign",
]
