"""The plan of the next period by rule: from directions, lessons and figures of the report."""

from collections.abc import Iterator
from dataclasses import dataclass

from kheo.lib.text.prose import told_figures
from kheo.reviews.enums import HeadingPurpose, LessonKind, Measure
from kheo.reviews.models import Answer, Report
from kheo.reviews.queries.annex_data import years_of
from kheo.reviews.queries.comparing import period_words
from kheo.reviews.queries.counting import counted_terms
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.queries.sentences import FIELD_NAMES
from kheo.reviews.rules.figures import FigureTerms, counted
from kheo.reviews.rules.passages import joined
from kheo.reviews.rules.purposes import headings_for

_OVERCOME = {
    LessonKind.LIMIT: "Khắc phục hạn chế",
    LessonKind.CAUSE: "Giải quyết nguyên nhân",
    LessonKind.LESSON: "Vận dụng bài học",
}


_AIMED_AT = (Measure.MODELS, Measure.RECOGNISED, Measure.REPLICATED)


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A part of the plan as the rules offer it."""

    title: str
    body: str


def next_period(report: Report) -> range:
    """Return the years the plan is for: as many as the review looked back upon, right after."""
    years = years_of(report)
    return range(years[-1] + 1, years[-1] + 1 + len(years))


def plan_of(report: Report) -> list[PlanDraft]:
    """Return the parts of a plan of the next period as the rules offer them."""
    period = period_words(next_period(report))
    return [
        PlanDraft("Mục đích, yêu cầu", _aims(period)),
        PlanDraft("Chỉ tiêu", "\n".join(_targets(report, period))),
        PlanDraft("Nhiệm vụ, giải pháp", _directions(report)),
        PlanDraft("Khắc phục hạn chế, vận dụng bài học", "\n".join(_lessons(report))),
        PlanDraft("Tổ chức thực hiện", _carrying_out(report)),
    ]


def _aims(period: str) -> str:
    return (
        f"- Tiếp tục nâng cao chất lượng, hiệu quả phong trào thi đua “Dân vận khéo” {period}; phát"
        " huy kết quả đã đạt được, khắc phục những hạn chế đã được chỉ ra.\n"
        "- Việc triển khai phải thiết thực, phù hợp với tình hình thực tế của địa phương, đơn vị;"
        " tránh phô trương, hình thức."
    )


def _targets(report: Report, period: str) -> Iterator[str]:
    """Yield targets no lower than what the last period reached, field by field."""
    years = years_of(report)
    first, last = years[0], years[-1]
    fields = [
        FigureTerms(
            measure=Measure.MODELS, only={"field": field.value}, first_year=first, last_year=last
        )
        for field in FIELD_NAMES
    ]
    terms = [
        FigureTerms(measure=measure, first_year=first, last_year=last) for measure in _AIMED_AT
    ]
    whole, recognised, replicated, *parts = counted_terms(report, [*terms, *fields])
    past = period_words(years)
    if whole:
        yield (
            f"- Phấn đấu {period} đăng ký xây dựng từ {counted(whole)} mô hình, điển hình trở lên"
            f" ({past}: {counted(whole)})."
        )
    for name, part in zip(FIELD_NAMES.values(), parts, strict=True):
        if part:
            yield f"+ Lĩnh vực {name}: từ {counted(part)} mô hình, điển hình trở lên."
    for reached, words in ((recognised, "được công nhận"), (replicated, "được nhân rộng")):
        if reached:
            yield (
                f"- Có từ {counted(reached)} mô hình, điển hình trở lên {words} ({past}: "
                f"{counted(reached)})."
            )


def _directions(report: Report) -> str:
    """Return what stands under the headings of directions, its figures in plain words."""
    headings = headings_for(report.review.headings.all(), HeadingPurpose.DIRECTIONS)
    rows = Answer.objects.filter(report=report, heading__in=[heading.pk for heading in headings])
    bodies = dict(rows.values_list("heading_id", "body"))
    words = words_of_report(report)
    return joined("", *(told_figures(bodies.get(one.pk, ""), words) for one in headings))


def _lessons(report: Report) -> Iterator[str]:
    order = list(_OVERCOME)
    for lesson in sorted(report.lessons.all(), key=lambda one: order.index(LessonKind(one.kind))):
        start = _OVERCOME[LessonKind(lesson.kind)]
        yield f"- {start}: {lesson.text.rstrip('. ')}."


def _carrying_out(report: Report) -> str:
    name = report.unit_name
    return (
        "- Các cơ quan, đơn vị căn cứ kế hoạch này xây dựng kế hoạch cụ thể, tổ chức thực hiện phù"
        " hợp với tình hình thực tế.\n"
        f"- {name} theo dõi, đôn đốc, kiểm tra; định kỳ sơ kết, tổng kết, kịp thời biểu dương, khen"
        " thưởng tập thể, cá nhân tiêu biểu."
    )
