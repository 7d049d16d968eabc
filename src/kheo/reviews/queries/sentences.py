"""Sentences that reports write again and again, with all their figures (S3: "24/39 … 386 …")."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Nature
from kheo.lib.text.prose import figure_mark
from kheo.reporting.queries.lists import FIELD_WORDS
from kheo.reviews.enums import Measure
from kheo.reviews.models import Report, ReportFigure
from kheo.reviews.queries.annex_data import years_of
from kheo.reviews.queries.figures import words_of_figures
from kheo.reviews.rules.figures import FigureTerms
from kheo.rounds.enums import Field

Part = str | FigureTerms
# the fields of official lists as they are called inside a sentence
FIELD_NAMES = {Field(code): words[:1].lower() + words[1:] for code, words in FIELD_WORDS.items()}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence ready to be put in: words and figures in their order."""

    code: str
    label: str
    parts: tuple[Part, ...]

    @property
    def terms(self) -> list[FigureTerms]:
        """Return its figures in the order of reading."""
        return [part for part in self.parts if isinstance(part, FigureTerms)]


@dataclass(frozen=True, slots=True)
class ShownSentence:
    """A sentence as it reads now, and whether its parts make its whole."""

    sentence: Sentence
    text: str
    adds_up: bool | None


def sentences_for(report: Report, noun: str = "") -> list[Sentence]:
    """Return the sentences a report may want, over the years of its review.

    :param noun: what the units are called, "tổ chức cơ sở đảng".
    """
    years = years_of(report)
    only: dict[str, str | int] = {"nature": Nature.MODEL.value}
    units = replace(_counted(Measure.UNITS_REGISTERED, years), noun=noun)
    whole = _counted(Measure.MODELS, years, only)
    by_field: list[Part] = []
    for field, name in FIELD_NAMES.items():
        by_field += [
            f"{'; ' if by_field else ''}{name}: ",
            _counted(Measure.MODELS, years, {**only, "field": field.value}),
        ]
    start, middle = "Đến nay, đã có ", " đăng ký thực hiện với "
    registered = (start, units, middle, whole, " trên các lĩnh vực (", *by_field, ").")
    return [
        Sentence("registered", str(_("Registered in the fields")), registered),
        Sentence("steps", str(_("What the models came to")), tuple(_steps(years, only))),
        Sentence("guidance", str(_("Guiding and looking after")), tuple(_guidance(years))),
    ]


def shown_sentences(report: Report, sentences: list[Sentence]) -> list[ShownSentence]:
    """Return sentences with their figures as the register tells them now; nothing is kept."""
    figures = [
        [_figure(report, terms, number) for number, terms in enumerate(one.terms, start=1)]
        for one in sentences
    ]
    told = words_of_figures(report, [figure for some in figures for figure in some])
    shown, place = [], 0
    for sentence, some in zip(sentences, figures, strict=True):
        words = [one.words for one in told[place : place + len(some)]]
        numbers = [int(one.value) for one in told[place : place + len(some)]]
        place += len(some)
        adds_up = sum(numbers[2:]) == numbers[1] if sentence.code == "registered" else None
        shown.append(ShownSentence(sentence, _read(sentence, words), adds_up))
    return shown


def sentence_with_marks(sentence: Sentence, figures: list[ReportFigure], words: list[str]) -> str:
    """Return a sentence as it is put into a text, its figures as marks."""
    marks = [figure_mark(figure.number, told) for figure, told in zip(figures, words, strict=True)]
    return _read(sentence, marks)


def _read(sentence: Sentence, words: list[str]) -> str:
    told = iter(words)
    return "".join(part if isinstance(part, str) else next(told) for part in sentence.parts)


def _steps(years: range, only: dict[str, str | int]) -> Iterator[Part]:
    before = "Trong đó, "
    for measure, words in STEPS.items():
        yield before
        yield _counted(measure, years, only)
        yield f" {words}"
        before = "; "
    yield "."


def _guidance(years: range) -> Iterator[Part]:
    yield "Đã ban hành "
    yield _counted(Measure.DOCUMENTS, years)
    yield " chỉ đạo, hướng dẫn; tổ chức "
    yield _counted(Measure.VISITS, years)
    yield "; hoàn thành "
    yield replace(_counted(Measure.TASKS_DONE, years), is_bare=True)
    yield "/"
    yield _counted(Measure.TASKS, years)
    yield " được giao."


def _counted(
    measure: Measure, years: range, only: Mapping[str, str | int] | None = None
) -> FigureTerms:
    return FigureTerms(
        measure=measure, first_year=years[0], last_year=years[-1], only=dict(only or {})
    )


def _figure(report: Report, terms: FigureTerms, number: int) -> ReportFigure:
    return ReportFigure(
        report=report,
        number=number,
        measure=terms.measure,
        indicator=terms.indicator,
        only=dict(terms.only),
        first_year=terms.first_year,
        last_year=terms.last_year,
        noun=terms.noun,
        is_bare=terms.is_bare,
    )


STEPS = {
    Measure.CARRIED_OUT: "đã thực hiện",
    Measure.RECOGNISED: "được công nhận",
    Measure.PRAISED: "được biểu dương",
    Measure.COMMENDED: "được khen thưởng",
    Measure.REPLICATED: "được nhân rộng",
}
