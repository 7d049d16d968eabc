"""Figures of a report: all of them, a new one, ready-made sentences, and the list behind one."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from kheo.lib.text.prose import figure_mark, figure_numbers
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.reviews.actions.answering import write_answer
from kheo.reviews.actions.figures import insert_figures
from kheo.reviews.enums import Measure
from kheo.reviews.forms.figures import FigureForm
from kheo.reviews.models import OutlineHeading, Report, ReportFigure
from kheo.reviews.queries.behind import change_since_frozen, lines_behind, rows_behind
from kheo.reviews.queries.definitions import definition_of, facet_names, narrowed_words
from kheo.reviews.queries.figures import figures_of, words_of_figures
from kheo.reviews.queries.scopes import scope_of
from kheo.reviews.queries.sentences import (
    Sentence,
    sentence_with_marks,
    sentences_for,
    shown_sentences,
)
from kheo.reviews.rules.figures import FigureTerms
from kheo.reviews.rules.reports import can_read_answers, can_write
from kheo.reviews.rules.reviews import ReviewError
from kheo.reviews.views.finding import heading_of, visible_report
from kheo.ui.pages import render_page
from kheo.ui.paging import page_of


@require_safe
def figure_list(request: Request, pk: int) -> HttpResponse:
    """Show the figures of a report: what they read now, what they read when submitted."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    names, used = facet_names(), _used(report)
    lines = [
        (told, narrowed_words(told.figure, names), used.get(told.figure.number, []))
        for told in figures_of(report)
    ]
    context = {
        "report": report,
        "review": report.review,
        "lines": lines,
        "is_frozen": any(told.frozen_value is not None for told, _only, _where in lines),
        "may_write": can_write(request.seat, report),
    }
    return render_page(request, "reviews/figures.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def figure_new(request: Request, pk: int) -> HttpResponse:
    """Choose a figure or a sentence, see what it reads, and put it into the report."""
    report = visible_report(request, pk)
    demand(can_write(request.seat, report))
    heading = _heading_asked(request, report)
    if request.method == "POST" and (code := request.POST.get("sentence")):
        return _put_sentence(request, report, heading, code)
    data = request.POST if request.method == "POST" else request.GET
    form = FigureForm(data, report=report)
    context = {"report": report, "review": report.review, "form": form, "heading": heading}
    if form.is_valid():
        terms = form.terms()
        if request.method == "POST":
            try:
                return _put_figures(request, report, heading, [terms], "%s")
            except ReviewError as error:
                form.add_error(None, str(error))
        else:
            shown = _kept_nowhere(report, terms)
            context["told"] = words_of_figures(report, [shown])[0]
            context["definition"] = definition_of(shown)
    context |= {
        "measures": Measure.choices,
        "chosen": str(form.data["measure"]),
        "hidden": [(name, form.data[name]) for name in form.fields if form.data.get(name)],
    }
    noun = request.GET.get("noun", "")[:80]
    context["noun"] = noun
    context["sentences"] = shown_sentences(report, sentences_for(report, noun))
    status = 422 if request.method == "POST" else 200
    return render_page(request, "reviews/figure_new.html", context, part="figure", status=status)


@require_safe
def figure_detail(request: Request, pk: int, number: int) -> HttpResponse:
    """Show what a figure counts, then and now, and the list behind it."""
    report = visible_report(request, pk)
    demand(can_read_answers(request.seat, report))
    figure = get_object_or_404(report.figures.select_related("indicator"), number=number)
    figure.report = report
    scope = scope_of(report)
    page = page_of(rows_behind(figure, scope), request)
    context = {
        "report": report,
        "review": report.review,
        "told": words_of_figures(report, [figure])[0],
        "definition": definition_of(figure),
        "page": page,
        "behind": lines_behind(figure, page.rows),
        "change": change_since_frozen(figure, scope),
        "used": _used(report).get(number, []),
    }
    return render_page(request, "reviews/figure.html", context, part="behind")


def _put_sentence(
    request: Request, report: Report, heading: OutlineHeading | None, code: str
) -> HttpResponse:
    noun = request.POST.get("noun", "")[:80]
    known = {sentence.code: sentence for sentence in sentences_for(report, noun)}
    sentence = known.get(code)
    if sentence is None:
        return redirect(_picker(report, heading))
    return _put_figures(request, report, heading, sentence.terms, sentence)


def _put_figures(
    request: Request,
    report: Report,
    heading: OutlineHeading | None,
    terms: list[FigureTerms],
    form: Sentence | str,
) -> HttpResponse:
    """Keep the figures and write them at the end of the heading, or hand back their marks."""
    now = timezone.now()
    figures = insert_figures(report=report, terms=terms, by=request.seat, at=now)
    words = [told.words for told in words_of_figures(report, figures)]
    if isinstance(form, str):
        text = form % figure_mark(figures[0].number, words[0])
    else:
        text = sentence_with_marks(form, figures, words)
    if heading is None or request.POST.get("then") == "mark":
        context = {"report": report, "review": report.review, "heading": heading, "mark": text}
        return render_page(request, "reviews/figure_mark.html", context)
    known = report.answers.filter(heading=heading).values_list("body", flat=True).first() or ""
    body = f"{known.rstrip()}\n{text}".strip()
    write_answer(report=report, heading=heading, body=body, by=request.seat, at=now)
    messages.success(request, _("Put at the end of the text: %s") % text)
    return redirect("reviews:answer", report.pk, heading.pk)


def _kept_nowhere(report: Report, terms: FigureTerms) -> ReportFigure:
    return ReportFigure(
        report=report,
        number=0,
        measure=terms.measure,
        indicator=terms.indicator,
        only=dict(terms.only),
        first_year=terms.first_year,
        last_year=terms.last_year,
        noun=terms.noun,
        is_bare=terms.is_bare,
    )


def _heading_asked(request: Request, report: Report) -> OutlineHeading | None:
    text = request.POST.get("heading") or request.GET.get("heading") or ""
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    return heading_of(report.review, int(text))


def _picker(report: Report, heading: OutlineHeading | None) -> str:
    query = f"?heading={heading.pk}" if heading else ""
    return f"{reverse('reviews:figures-new', args=[report.pk])}{query}"


def _used(report: Report) -> Mapping[int, list[OutlineHeading]]:
    """Return under which headings each figure stands."""
    found: dict[int, list[OutlineHeading]] = {}
    for answer in report.answers.select_related("heading").order_by("heading__order"):
        for number in figure_numbers(answer.body):
            found.setdefault(number, []).append(answer.heading)
    return found
