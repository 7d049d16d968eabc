"""What a figure may be narrowed to, how it is written in a text, and which terms cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from kheo.exemplars.enums import Continuity, Nature
from kheo.lib.text.numbers import format_number, two_digits
from kheo.progress.models import Indicator
from kheo.recognition.enums import Act
from kheo.reviews.enums import Measure
from kheo.reviews.models import ReportFigure
from kheo.reviews.rules.reviews import ReviewError
from kheo.rounds.enums import Field, Form

# counted from registrations, each model once
OF_MODELS = frozenset(
    {
        Measure.MODELS,
        Measure.ACCEPTED,
        Measure.CARRIED_OUT,
        Measure.APPRAISED,
        Measure.RECOGNISED,
        Measure.PRAISED,
        Measure.COMMENDED,
        Measure.REPLICATED,
    }
)
OF_UNITS = frozenset({Measure.UNITS_ASKED, Measure.UNITS_REGISTERED})
FACETS = ("field", "form", "level", "continuity", "nature")
EARLIEST, LATEST = 1990, 2100
LONGEST_NOUN = 80


@dataclass(frozen=True, kw_only=True)
class FigureTerms:
    """What a figure counts: of what, in which years, narrowed to what; and how it reads."""

    measure: Measure
    first_year: int
    last_year: int
    only: Mapping[str, str | int] = field(default_factory=dict)
    indicator: Indicator | None = None
    noun: str = ""
    is_bare: bool = False


def narrowings_of(measure: Measure) -> tuple[str, ...]:
    """Return by what a measure may be narrowed, in the order of the form."""
    if measure in OF_MODELS or measure == Measure.REGISTRATIONS:
        return (*FACETS, "unit")
    if measure in OF_UNITS:
        return ("kind", "unit")
    return {Measure.RESULT: ("field", "unit"), Measure.HONOURS: ("act", "unit")}.get(
        measure, ("unit",)
    )


def refuse_impossible_figure(terms: FigureTerms) -> None:
    """Refuse terms that count nothing that is known.

    :raises ReviewError: says which of them.
    """
    if not EARLIEST <= terms.first_year <= terms.last_year <= LATEST:
        raise ReviewError(_("The years of the figure are not in order."))
    if (terms.measure == Measure.RESULT) != (terms.indicator is not None):
        raise ReviewError(_("A result needs an indicator, and nothing else has one."))
    if len(terms.noun) > LONGEST_NOUN or set(terms.noun) & set("{}#\n"):
        raise ReviewError(_("The words after the number are too long or hold signs of a mark."))
    allowed = narrowings_of(terms.measure)
    for name, value in terms.only.items():
        known = CHOICES.get(name)
        if name not in allowed or (known is not None and value not in known):
            raise ReviewError(_("This figure cannot be narrowed like that."))


def figure_words(figure: ReportFigure, value: Decimal, base: int | None = None) -> str:
    """Return how a figure stands in a text, in Vietnamese: "386 mô hình", "24/39 đơn vị".

    :param base: of units that registered, how many were asked.
    """
    if figure.measure == Measure.RESULT:
        number = format_number(value)
    else:
        number = counted(int(value))
        if base is not None:
            number = f"{number}/{counted(base)}"
    return number if figure.is_bare else f"{number} {figure.noun or _usual_noun(figure)}"


def counted(number: int) -> str:
    """Write a count as official papers do: 05, 24, 1.234."""
    return two_digits(number) if 0 < number < 10 else format_number(number)


def _usual_noun(figure: ReportFigure) -> str:
    measure = Measure(figure.measure)
    if measure == Measure.RESULT and figure.indicator is not None:
        return figure.indicator.unit
    if measure in OF_MODELS:
        return NATURES.get(str(figure.only.get("nature", "")), "mô hình, điển hình")
    if measure == Measure.HONOURS:
        return ACTS.get(str(figure.only.get("act", "")), "lượt công nhận, khen thưởng")
    return NOUNS[measure]


# as papers call them, whatever the language of the screen
NATURES = {Nature.MODEL.value: "mô hình", Nature.EXEMPLARY.value: "điển hình"}
ACTS = {
    Act.RECOGNISE.value: "lượt công nhận",
    Act.PRAISE.value: "lượt biểu dương",
    Act.COMMEND.value: "lượt khen thưởng",
}
NOUNS = {
    Measure.REGISTRATIONS: "lượt đăng ký",
    Measure.UNITS_ASKED: "đơn vị",
    Measure.UNITS_REGISTERED: "đơn vị",
    Measure.DOCUMENTS: "văn bản",
    Measure.TASKS: "nhiệm vụ",
    Measure.TASKS_DONE: "nhiệm vụ",
    Measure.VISITS: "cuộc khảo sát",
}
CHOICES = {
    "field": frozenset(Field.values),
    "form": frozenset(Form.values),
    "continuity": frozenset(Continuity.values),
    "nature": frozenset(Nature.values),
    "act": frozenset(Act.values),
}
