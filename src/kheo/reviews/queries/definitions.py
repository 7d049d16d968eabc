"""What a figure counts, said in words: what, whom, which years, how shared models count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.exemplars.enums import Continuity, Nature
from kheo.organisations.models import Kind, Level
from kheo.recognition.enums import Act
from kheo.reporting.queries.areas import named_areas
from kheo.reviews.enums import Measure
from kheo.reviews.models import ReportFigure
from kheo.reviews.rules.figures import OF_MODELS
from kheo.rounds.enums import Field, Form


@dataclass(frozen=True, slots=True)
class DefinitionLine:
    """One line of a definition."""

    label: str
    text: str


def definition_of(figure: ReportFigure) -> list[DefinitionLine]:
    """Return what a figure counts, line by line, in the language of the screen."""
    measure = Measure(figure.measure)
    what = str(WHAT[measure])
    if figure.indicator is not None:
        what = f"{what} {figure.indicator} ({figure.indicator.unit})"
    years = {"first": figure.first_year, "last": figure.last_year}
    lines = [
        DefinitionLine(_("What is counted"), what),
        DefinitionLine(_("Where"), _where(figure)),
        DefinitionLine(
            _("Which years"),
            str(figure.first_year)
            if figure.first_year == figure.last_year
            else _("from %(first)d to %(last)d, both included") % years,
        ),
    ]
    if narrowed := narrowed_words(figure, facet_names()):
        lines.append(DefinitionLine(_("Only"), narrowed))
    if measure in OF_MODELS:
        once = _(
            "Each model once in all these years, however many units share it; its field, form and"
            " level are those of its newest registration."
        )
        lines.append(DefinitionLine(_("How it is counted"), once))
    elif measure in HOW:
        lines.append(DefinitionLine(_("How it is counted"), str(HOW[measure])))
    return lines


def facet_names() -> dict[tuple[str, str], str]:
    """Return what levels and kinds are called, with two statements for any number of figures."""
    levels = {("level", str(pk)): name for pk, name in Level.objects.values_list("pk", "name")}
    kinds = {("kind", code): name for code, name in Kind.objects.values_list("code", "name")}
    return levels | kinds


def narrowed_words(figure: ReportFigure, names: Mapping[tuple[str, str], str]) -> str:
    """Return to what a figure is narrowed, in words; empty when it counts everything.

    :param names: of levels and kinds, by :func:`facet_names`.
    """
    told = []
    for name, value in figure.only.items():
        if name in CHOICES:
            told.append(str(CHOICES[name].get(str(value), value)))
        elif word := names.get((name, str(value))):
            told.append(word)
    return ", ".join(told)


def _where(figure: ReportFigure) -> str:
    unit = figure.only.get("unit")
    name = figure.report.unit_name
    if unit:
        day = date(figure.last_year, 12, 31)
        name = next((area.name for area in named_areas([int(unit)], day)), name)
    return _("%s and everything below it, as organised in each year") % name


WHAT = {
    Measure.MODELS: gettext_lazy("Models and exemplary cases submitted and not withdrawn."),
    Measure.REGISTRATIONS: gettext_lazy("Registrations submitted and not withdrawn."),
    Measure.UNITS_ASKED: gettext_lazy("Units asked to register in the rounds of these years."),
    Measure.UNITS_REGISTERED: gettext_lazy(
        "Units with at least one registration in the rounds of these years, of all that were asked."
    ),
    Measure.ACCEPTED: gettext_lazy("Models and exemplary cases accepted by the level above."),
    Measure.CARRIED_OUT: gettext_lazy("Models and exemplary cases reported as carried out."),
    Measure.APPRAISED: gettext_lazy("Models and exemplary cases appraised by a council."),
    Measure.RECOGNISED: gettext_lazy("Models and exemplary cases recognised by decision."),
    Measure.PRAISED: gettext_lazy("Models and exemplary cases publicly praised."),
    Measure.COMMENDED: gettext_lazy("Models and exemplary cases commended by decision."),
    Measure.REPLICATED: gettext_lazy("Models and exemplary cases replicated by other units."),
    Measure.DOCUMENTS: gettext_lazy(
        "Documents issued and entered in the register, without reports, proposals and minutes."
    ),
    Measure.TASKS: gettext_lazy("Tasks given to these bodies by documents of these years."),
    Measure.TASKS_DONE: gettext_lazy("Tasks of these years confirmed as done."),
    Measure.VISITS: gettext_lazy("Survey visits concluded in these years."),
    Measure.HONOURS: gettext_lazy("Honours announced in these years and not taken back."),
    Measure.RESULT: gettext_lazy("What accepted models achieved of the indicator"),
}
HOW = {
    Measure.REGISTRATIONS: gettext_lazy(
        "Each entry of each year; of a model that units share, one entry a year."
    ),
    Measure.UNITS_ASKED: gettext_lazy("Each unit once, in however many rounds it was asked."),
    Measure.UNITS_REGISTERED: gettext_lazy("Each unit once, in however many rounds it was asked."),
    Measure.DOCUMENTS: gettext_lazy("A document that several units entered counts once."),
    Measure.TASKS: gettext_lazy("A task counts once for each body that carries it out."),
    Measure.TASKS_DONE: gettext_lazy("A task counts once for each body that carries it out."),
    Measure.RESULT: gettext_lazy(
        "By the rule of the indicator; of a model that units share, one report a year."
    ),
}
CHOICES: dict[str, dict[str, object]] = {
    "field": dict(Field.choices),
    "form": dict(Form.choices),
    "continuity": dict(Continuity.choices),
    "nature": dict(Nature.choices),
    "act": dict(Act.choices),
}
