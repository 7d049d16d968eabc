"""This period beside the one before it, in figures and in the words of a report."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from kheo.lib.text.numbers import format_number
from kheo.reviews.enums import Measure
from kheo.reviews.models import Report, Review
from kheo.reviews.queries.annex_data import years_of
from kheo.reviews.queries.counting import counted_terms
from kheo.reviews.rules.figures import NOUNS, FigureTerms, counted

COMPARED = (
    Measure.MODELS,
    Measure.ACCEPTED,
    Measure.CARRIED_OUT,
    Measure.RECOGNISED,
    Measure.REPLICATED,
    Measure.UNITS_REGISTERED,
    Measure.DOCUMENTS,
    Measure.HONOURS,
)
# how a comparison calls what it counts, and begins
_SUBJECTS = {
    Measure.MODELS: ("Số mô hình, điển hình đăng ký", "mô hình"),
    Measure.ACCEPTED: ("Số mô hình, điển hình được chấp nhận", "mô hình"),
    Measure.CARRIED_OUT: ("Số mô hình, điển hình đã thực hiện", "mô hình"),
    Measure.RECOGNISED: ("Số mô hình, điển hình được công nhận", "mô hình"),
    Measure.REPLICATED: ("Số mô hình, điển hình được nhân rộng", "mô hình"),
    Measure.UNITS_REGISTERED: ("Số đơn vị đăng ký", NOUNS[Measure.UNITS_REGISTERED]),
    Measure.DOCUMENTS: ("Số văn bản chỉ đạo, hướng dẫn", NOUNS[Measure.DOCUMENTS]),
    Measure.HONOURS: ("Số lượt công nhận, khen thưởng", "lượt"),
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure in two periods."""

    measure: Measure
    now: int
    before: int
    years_before: range

    @property
    def difference(self) -> int:
        """Return how many more there are now."""
        return self.now - self.before

    @property
    def percent(self) -> str:
        """Return the difference as a share of what was before, "3,2"; nothing without a base."""
        if not self.before:
            return ""
        share = Decimal(abs(self.difference) * 100) / self.before
        return format_number(share.quantize(Decimal("0.1"), ROUND_HALF_UP))

    @property
    def sentence(self) -> str:
        """Return it in words: "… là 386 mô hình, tăng 12 mô hình (3,2%) so với năm 2019."."""
        subject, noun = _SUBJECTS[self.measure]
        return f"{subject} là {counted(self.now)} {noun}, {self._change(noun)}."

    def _change(self, noun: str) -> str:
        period = period_words(self.years_before)
        if not self.difference:
            return f"bằng {period}"
        word = "tăng" if self.difference > 0 else "giảm"
        share = f" ({self.percent}%)" if self.percent else ""
        return f"{word} {counted(abs(self.difference))} {noun}{share} so với {period}"


def period_words(years: range) -> str:
    """Return a period in words: "năm 2020", "giai đoạn 2017-2019"."""
    if len(years) == 1:
        return f"năm {years[0]}"
    return f"giai đoạn {years[0]}-{years[-1]}"


def previous_years(report: Report) -> range:
    """Return the years of the period before: of the organiser's last review, else as many years.

    A review that looks back upon the very years of this one is no earlier period.
    """
    years = years_of(report)
    rows = Review.objects.filter(
        organiser=report.review.organiser_id,
        period_to__year__lt=years[0],
        period_from__isnull=False,
    ).exclude(pk=report.review_id)
    earlier = rows.order_by("-period_to", "-pk").first()
    if earlier and earlier.period_from and earlier.period_to:
        return range(earlier.period_from.year, earlier.period_to.year + 1)
    return range(years[0] - len(years), years[0])


def compared_periods(report: Report, measures: tuple[Measure, ...] = COMPARED) -> list[Comparison]:
    """Return measures of a report's scope beside the period before.

    What is nought in both periods tells nothing and is left out.
    """
    years, before = years_of(report), previous_years(report)
    terms = [
        FigureTerms(measure=measure, first_year=span[0], last_year=span[-1])
        for span in (years, before)
        for measure in measures
    ]
    counts = counted_terms(report, terms)
    pairs = zip(measures, counts[: len(measures)], counts[len(measures) :], strict=True)
    found = [Comparison(measure, now, then, before) for measure, now, then in pairs]
    return [one for one in found if one.now or one.before]
