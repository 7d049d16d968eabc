"""The tables of the room, under one roof."""

from kheo.exemplars.models.batches import Batch, BatchItem
from kheo.exemplars.models.likeness import LikenessKey, LikenessPair
from kheo.exemplars.models.registrations import (
    Evidence,
    Exemplar,
    Registration,
    RegistrationSet,
    Remark,
    Submission,
)
from kheo.exemplars.models.tallies import RegistrationTally, StageTally

__all__ = [
    "Batch",
    "BatchItem",
    "Evidence",
    "Exemplar",
    "LikenessKey",
    "LikenessPair",
    "Registration",
    "RegistrationSet",
    "RegistrationTally",
    "Remark",
    "StageTally",
    "Submission",
]
