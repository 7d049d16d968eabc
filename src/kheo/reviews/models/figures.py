"""Figures and annexes of reports: live while drafting, frozen with the list behind them."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from kheo.organisations.models import Seat
from kheo.progress.models import Indicator
from kheo.reviews.enums import Measure
from kheo.reviews.models.reports import Report
from kheo.reviews.models.reviews import ReviewAnnex


class ReportFigure(models.Model):
    """A figure that a report tells; ``{386 mô hình #3}`` in a text points to its number 3."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="figures")
    number = models.PositiveIntegerField(_("number"))
    measure = models.CharField(_("what is counted"), max_length=20, choices=Measure)
    # of the result that is added up
    indicator = models.ForeignKey(Indicator, models.PROTECT, null=True, related_name="+")
    # {"field": "economy", "form": …, "level": pk, "unit": pk of an organisation below, …}
    only = models.JSONField(_("narrowed to"), default=dict)
    first_year = models.PositiveSmallIntegerField(_("first year"))
    last_year = models.PositiveSmallIntegerField(_("last year"))
    # what the text calls the things counted; blank for the usual word ("mô hình")
    noun = models.CharField(_("words after the number"), max_length=80, blank=True)
    # "kinh tế: 53": the number alone
    is_bare = models.BooleanField(_("number alone"), default=False)
    made_by = models.ForeignKey(Seat, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"))
    frozen_value = models.DecimalField(
        _("value when submitted"), max_digits=24, decimal_places=4, null=True
    )
    # of "24/39": of how many
    frozen_base = models.PositiveIntegerField(_("base when submitted"), null=True)
    frozen_at = models.DateTimeField(_("frozen at"), null=True)

    class Meta:
        verbose_name = _("figure of a report")
        verbose_name_plural = _("figures of reports")
        ordering: ClassVar = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="report_figure_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()} #{self.number}"


class FrozenList(models.Model):
    """The keys of all that a figure counted when its report was submitted."""

    figure = models.OneToOneField(
        ReportFigure, models.CASCADE, primary_key=True, related_name="frozen_list"
    )
    keys = models.JSONField(default=list)

    class Meta:
        verbose_name = _("list behind a figure")
        verbose_name_plural = _("lists behind figures")

    def __str__(self) -> str:
        return str(self.figure)


class FrozenTable(models.Model):
    """An annex of a report as it stood when the report was submitted."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="frozen_tables")
    annex = models.ForeignKey(ReviewAnnex, models.PROTECT, related_name="+")
    # {"columns": […], "rows": [[…]], "is_provisional": bool}
    content = models.JSONField(default=dict)
    frozen_at = models.DateTimeField(_("frozen at"))

    class Meta:
        verbose_name = _("frozen annex")
        verbose_name_plural = _("frozen annexes")
        constraints = [
            models.UniqueConstraint(fields=["report", "annex"], name="frozen_table_once")
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.annex}"
