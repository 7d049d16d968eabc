"""Tables point downward, and every one of them has a name that the glossary knows."""

import re

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from tests.house.house import ROOT, floors, judge

OURS = [model for model in apps.get_models() if model.__module__.startswith("kheo.")]


def _room(model: type[models.Model]) -> str:
    return model.__module__.split(".")[1]


def test_there_are_models() -> None:
    assert len(OURS) > 20


def test_foreign_keys_point_downward() -> None:
    """References given as text escape the import contracts."""
    faults = []
    for model in OURS:
        for field in model._meta.get_fields():
            target = field.related_model if field.concrete and field.is_relation else None
            if target in OURS and floors()[_room(target)] > floors()[_room(model)]:
                faults.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    judge("upward-key", faults)


def test_every_model_is_in_the_glossary() -> None:
    cells = re.findall(r"\|([^|\n]+)(?=\|)", (ROOT / "docs/glossary.md").read_text())
    known = {word.strip().lower() for cell in cells for word in re.split(r"[,:;(]| or ", cell)}
    known |= {cell.strip().lower() for cell in cells}
    judge(
        "not-in-glossary",
        [
            f"{model._meta.label}: {_english(model)}"
            for model in OURS
            if _english(model).lower() not in known
        ],
    )


def test_models_say_one_and_many() -> None:
    plain = [m._meta.label for m in OURS if not isinstance(m._meta.verbose_name, Promise)]
    judge("unnamed-model", plain)


def _english(model: type[models.Model]) -> str:
    return str(model._meta.verbose_name_raw)
