"""Official documents: what governs a round."""

from typing import ClassVar

from django.db import models
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kheo.directives.enums import DocumentKind
from kheo.lib.text.folding import fold
from kheo.organisations.models import BytewiseCharField, Organisation, Seat


class Document(models.Model):
    """An official document; number and symbol are not unique (S3: TU is Tỉnh ủy and Thị ủy)."""

    kind = models.CharField(_("type"), max_length=10, choices=DocumentKind)
    number = models.PositiveIntegerField(_("number"), null=True, blank=True)
    symbol = models.CharField(_("number and symbol"), max_length=60, blank=True)
    issued_on = models.DateField(_("date of issue"), null=True, blank=True)
    place = models.CharField(_("place of issue"), max_length=120, blank=True)
    # the registered organisation where it is one of ours, and the name as it stands on the paper
    issuer = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="documents_issued"
    )
    issuer_name = models.CharField(_("issuer"), max_length=300)
    subject = models.CharField(_("subject"), max_length=500)
    signatory = models.CharField(_("signatory"), max_length=200, blank=True)
    # where it was entered: seen there and below
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="documents_kept")
    owner_path = BytewiseCharField(max_length=200, editable=False)
    created_by = models.ForeignKey(Seat, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(_("created at"))
    search_key = models.CharField(max_length=700, editable=False)
    version = models.PositiveIntegerField(default=1)
    # the years it governs, like 2021–2025
    period_from = models.PositiveSmallIntegerField(_("first year"), null=True, blank=True)
    period_to = models.PositiveSmallIntegerField(_("last year"), null=True, blank=True)
    # by what lists are sorted: the date of issue, or the day a draft was entered
    listed_on = models.DateField(editable=False)
    # by what the same issuer is told, however it is spelt
    issuer_key = models.CharField(max_length=300, editable=False)
    # last, so that a row can be read without it
    text = models.TextField(_("text of the document"), blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering: ClassVar = ["-listed_on", "-pk"]
        indexes = [
            models.Index(fields=["owner_path", "-listed_on"], name="document_owner"),
            # lists walk along it and decide by what stands in it, without touching the rows
            models.Index(
                fields=["-listed_on", "-id", "owner_path", "owner", "kind", "issuer_key"],
                name="document_newest",
            ),
            models.Index(fields=["symbol"], name="document_symbol"),
            models.Index(fields=["period_from", "period_to", "-listed_on"], name="document_period"),
        ]

    def __str__(self) -> str:
        return self.reference

    def save(self, **kwargs: object) -> None:
        """Save, and keep what lists and comparisons go by."""
        self.listed_on = self.issued_on or localdate(self.created_at)
        self.issuer_key = fold(self.issuer_name)
        super().save(**kwargs)  # type: ignore[arg-type]

    @property
    def type_name(self) -> str:
        """Return the name of the type as papers write it, always in Vietnamese."""
        return VIETNAMESE_NAMES[DocumentKind(self.kind)]

    @property
    def period(self) -> str:
        """Return the years it governs, "2021 – 2025" or "2024"."""
        years = (str(year) for year in (self.period_from, self.period_to) if year)
        return " – ".join(dict.fromkeys(years))

    @property
    def reference(self) -> str:
        """Return type, number and date, "Hướng dẫn số 09-HD/HU ngày 17/8/2022"."""
        number = f" số {self.symbol}" if self.symbol else " (chưa có số)"
        return f"{self.type_name}{number}{self._dated}"

    @property
    def reference_with_issuer(self) -> str:
        """Return how an annex names the document it came with: "… của Ban Thường vụ Huyện ủy"."""
        return f"{self.reference} của {self.issuer_name}"

    @property
    def citation(self) -> str:
        """Return the document as official papers cite it, always in Vietnamese."""
        return f"{self.reference_with_issuer} {self.subject}"

    @property
    def _dated(self) -> str:
        return f" ngày {written_day(self.issued_on.isoformat())}" if self.issued_on else ""


def written_day(told: str) -> str:
    """Write a date as far as it is told: "2021-03-16" is 16/3/2021, "2021-03" is 3/2021.

    Only days below 10 and months 1 and 2 take a zero (Decree 30/2020/NĐ-CP, annex I).
    """
    parts = told.split("-")
    if len(parts) > 1 and int(parts[1]) > 2:
        parts[1] = str(int(parts[1]))
    return "/".join(reversed(parts))


VIETNAMESE_NAMES = {
    DocumentKind.CT: "Chỉ thị",
    DocumentKind.KH: "Kế hoạch",
    DocumentKind.CV: "Công văn",
    DocumentKind.HD: "Hướng dẫn",
    DocumentKind.QD: "Quyết định",
    DocumentKind.BC: "Báo cáo",
    DocumentKind.CTR: "Chương trình hành động",
    DocumentKind.TTR: "Tờ trình",
    DocumentKind.TB: "Thông báo",
    DocumentKind.NQ: "Nghị quyết",
    DocumentKind.KL: "Kết luận",
    DocumentKind.QC: "Quy chế",
    DocumentKind.BB: "Biên bản",
    DocumentKind.DA: "Đề án",
}
