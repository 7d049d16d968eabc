"""What was read in a document, what a person made of it, and what came out of it."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.directives.enums import Confidence, FindingField, FindingState
from kheo.directives.models.documents import Document
from kheo.directives.models.papers import DocumentFile
from kheo.organisations.models import Seat


class Reading(models.Model):
    """One reading of a document; ``facts`` has the shape of design/papers.md §2.

    ``version`` rises with every decision on its findings, so that two windows notice each other.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="readings")
    file = models.ForeignKey(DocumentFile, models.PROTECT, null=True, related_name="readings")
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    warnings = models.JSONField(default=list)
    # which state of the rules read it
    reader = models.CharField(_("reader"), max_length=40)
    read_at = models.DateTimeField(_("read in at"))
    version = models.PositiveIntegerField(default=1)
    # last: only those pages load it that show the paper
    text = models.TextField(_("text of the document"))

    class Meta:
        verbose_name = _("reading of a document")
        verbose_name_plural = _("readings of a document")
        ordering: ClassVar = ["-read_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.document_id} {self.reader}"


class Finding(models.Model):
    """One thing that was read, with the place in the text where it stands.

    ``start`` and ``end`` count characters of the reading's text; ``proposed`` is the value as the
    reader gave it, ``value`` as it holds now; ``bodies`` says which organisation a name means.
    """

    reading = models.ForeignKey(Reading, models.PROTECT, related_name="findings")
    ordinal = models.PositiveIntegerField(_("ordinal"))
    field = models.CharField(_("what it says"), max_length=12, choices=FindingField)
    start = models.PositiveIntegerField(_("first character"))
    end = models.PositiveIntegerField(_("last character"))
    text = models.TextField(_("words of the document"), blank=True)
    rule = models.CharField(_("rule of reading"), max_length=80, blank=True)
    confidence = models.CharField(_("confidence"), max_length=8, choices=Confidence)
    value = models.JSONField(_("value"), null=True, encoder=DjangoJSONEncoder)
    flags = models.JSONField(default=list)
    proposed = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    state = models.CharField(
        _("state"), max_length=10, choices=FindingState, default=FindingState.PROPOSED
    )
    bodies = models.JSONField(default=dict)
    decided_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("decided at"), null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("finding in a document")
        verbose_name_plural = _("findings in a document")
        ordering: ClassVar = ["ordinal", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["reading", "ordinal"], name="finding_ordinal")
        ]

    def __str__(self) -> str:
        return f"{self.field}: {self.text[:60]}"


class Origin(models.Model):
    """That a piece of work was made out of a finding.

    ``subject`` names the table of the work ("rounds.round", "assignments.task"), which stands on a
    higher floor.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="origins")
    subject = models.CharField(_("kind of work"), max_length=60)
    subject_id = models.BigIntegerField()
    made_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("origin of work")
        verbose_name_plural = _("origins of work")
        indexes = [models.Index(fields=["subject", "subject_id"], name="origin_subject")]
        constraints = [
            models.UniqueConstraint(fields=["finding", "subject", "subject_id"], name="origin_once")
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.subject_id}"
