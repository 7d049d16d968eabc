"""Files of documents, files that wait to be entered, and what documents say of one another."""

from typing import ClassVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.directives.enums import LinkState, Relation
from kheo.directives.models.documents import Document, written_day
from kheo.organisations.models import Organisation, Seat


class DocumentFile(models.Model):
    """A file of a document, kept as it was handed in."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="documents/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    is_main = models.BooleanField(_("the document itself"), default=False)
    added_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        verbose_name = _("file of a document")
        verbose_name_plural = _("files of a document")
        ordering: ClassVar = ["-is_main", "added_at", "pk"]
        indexes = [models.Index(fields=["sha256"], name="document_file_sum")]
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256"], name="document_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class Arrival(models.Model):
    """A file that was dropped and read, and waits for a person to enter its document.

    ``facts`` and ``warnings`` are what the reader said; nothing of a refused file is kept.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    file = models.FileField(_("file"), upload_to="arrivals/%Y/%m", max_length=300)
    name = models.CharField(_("file name"), max_length=255)
    content_type = models.CharField(_("kind of file"), max_length=100)
    size = models.PositiveBigIntegerField(_("size"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    facts = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    warnings = models.JSONField(default=list)
    # what an engine recognised on a scan; empty for a file that has text of its own
    scanned = models.TextField(blank=True)
    arrived_at = models.DateTimeField(_("handed in at"))

    class Meta:
        verbose_name = _("file to be entered")
        verbose_name_plural = _("files to be entered")
        ordering: ClassVar = ["-arrived_at", "-pk"]
        indexes = [models.Index(fields=["seat", "-arrived_at"], name="arrival_of_seat")]

    def __str__(self) -> str:
        return self.name


class DocumentLink(models.Model):
    """What a document says of another one, as it stands on the paper.

    ``target`` is that other one where it is in the register and told without doubt.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="links")
    relation = models.CharField(_("relation"), max_length=12, choices=Relation)
    target = models.ForeignKey(Document, models.PROTECT, null=True, related_name="backlinks")
    state = models.CharField(
        _("how it was found"), max_length=8, choices=LinkState, default=LinkState.NAMED
    )
    # any letters: laws and decrees are named, too
    kind = models.CharField(_("type"), max_length=10, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    # as far as the paper tells it: "2021-03-16", "2021-03", "2021"
    issued_on = models.CharField(_("date of issue"), max_length=10, blank=True)
    issuer = models.CharField(_("issuer"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("relation of a document")
        verbose_name_plural = _("relations of a document")
        ordering: ClassVar = ["pk"]
        indexes = [models.Index(fields=["symbol", "state"], name="document_link_symbol")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "relation", "target"], name="document_link_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.symbol}".strip()

    @property
    def day(self) -> str:
        """Return the date as papers write it, as far as it is told."""
        return written_day(self.issued_on)
