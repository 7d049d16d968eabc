"""Addresses of the room."""

from django.urls import path, register_converter

from kheo.exemplars.views import (
    batches,
    checking,
    deeds,
    editing,
    files,
    likeness,
    listing,
    reading,
    replicating,
    unit,
)

app_name = "exemplars"


class PaperFormat:
    """The formats a registration's paper is given in."""

    regex = "docx|pdf|xlsx"

    def to_python(self, value: str) -> str:
        """Return the format."""
        return value

    def to_url(self, value: str) -> str:
        """Return the format."""
        return value


register_converter(PaperFormat, "paper_format")

urlpatterns = [
    path("", listing.list_registrations, name="list"),
    path("check", checking.check_queue, name="check"),
    path("batches", batches.list_batches, name="batches"),
    path("batches/new", batches.do_together, name="batch"),
    path("batches/<int:pk>", batches.show_batch, name="batch-detail"),
    path("batches/<int:pk>/undo", batches.undo_together, name="batch-undo"),
    path("likeness/rounds/<int:pk>", likeness.show_likenesses, name="likenesses"),
    path("likeness/rounds/<int:pk>/compare", likeness.compare_round, name="likeness-compare"),
    path(
        "likeness/<int:pk>/<int:version>/<slug:choice>",
        likeness.decide_likeness,
        name="likeness-decide",
    ),
    path("likeness/merged/<int:pk>/undo", likeness.undo_merging, name="merging-undo"),
    path("<int:pk>/likeness", likeness.hint_likeness, name="likeness-hint"),
    path(
        "<int:pk>/likeness/<int:other>/withdraw",
        likeness.withdraw_hint_answer,
        name="likeness-withdraw",
    ),
    path(
        "<int:pk>/likeness/<int:other>/<slug:answer>",
        likeness.answer_hint,
        name="likeness-answer",
    ),
    path("units/<int:pk>", unit.show_unit_round, name="unit-round"),
    path("units/<int:pk>/start", unit.start, name="start"),
    path("units/<int:pk>/continue", unit.continue_earlier, name="continue"),
    path("units/<int:pk>/replicate", replicating.replicate_model, name="replicate"),
    path("units/<int:pk>/sign-off", unit.sign_off_all, name="unit-sign-off"),
    path("units/<int:pk>/submit", unit.submit_all, name="unit-submit"),
    path("<int:pk>", reading.show_registration, name="detail"),
    path("<int:pk>/edit", editing.edit_registration, name="edit"),
    path("<int:pk>/autosave", editing.autosave_registration, name="autosave"),
    path("<int:pk>/preview", editing.preview_registration, name="preview"),
    path("<int:pk>/discard", editing.discard_registration, name="discard"),
    path("<int:pk>/evidence", files.add_file, name="evidence-add"),
    path("<int:pk>/paper.<paper_format:fmt>", reading.download_paper, name="paper"),
    path("<int:pk>/return", deeds.return_with_remarks, name="return"),
    path("<int:pk>/deeds/<slug:deed>", deeds.do_deed, name="deed"),
    path("evidence/<int:pk>", reading.download_evidence, name="evidence"),
    path("evidence/<int:pk>/remove", files.remove_file, name="evidence-remove"),
]
