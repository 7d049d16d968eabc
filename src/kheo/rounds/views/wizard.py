"""The first step of a round: what it is, before whom it asks."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.directives.actions import DocumentError, register_document
from kheo.directives.forms import DocumentForm
from kheo.directives.models import Document
from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.rounds.actions import create_round, edit_round
from kheo.rounds.actions.rounds import facts_of_basics, facts_of_round
from kheo.rounds.forms.basics import BasicsForm, initial_basics
from kheo.rounds.models import FieldScheme, Round
from kheo.rounds.queries.visible import own_organiser, periods_for
from kheo.rounds.rules import RoundError, StaleError, can_edit_round, can_run_round
from kheo.rounds.views.finding import add_reasons, show_conflict, show_form, visible_round
from kheo.ui.pages import render_page

TEMPLATE = "rounds/basics.html"
DOCUMENT = "document"


@require_http_methods(["GET", "HEAD", "POST"])
def round_new(request: Request) -> HttpResponse:
    """Begin a round."""
    organiser = own_organiser(request.seat)
    demand(can_run_round(request.seat, organiser))
    if not periods_for(organiser).exists():
        return render_page(request, "rounds/no_period.html")
    form = BasicsForm(
        request.POST or None,
        seat=request.seat,
        organiser=organiser,
        initial=_first_words(),
    )
    document_form = _document_form(request)
    if form.is_valid() and document_form.is_valid():
        try:
            # a refused round leaves no document behind
            with transaction.atomic():
                round = create_round(
                    organiser=organiser,
                    basics=form.basics(_entered(request, document_form)),
                    by=request.seat,
                    at=timezone.now(),
                )
        except RoundError as error:
            add_reasons(form, error)
        except DocumentError as error:
            document_form.add_error(None, str(error))
        else:
            return redirect("rounds:audiences", round.pk)
    context = {"document_form": document_form, "organiser": organiser, "step": 1}
    return show_form(request, TEMPLATE, form, context)


@require_http_methods(["GET", "HEAD", "POST"])
def round_basics(request: Request, pk: int) -> HttpResponse:
    """Change what is said of a round."""
    round = visible_round(request, pk)
    demand(can_edit_round(request.seat, round))
    form = BasicsForm(
        request.POST or None,
        seat=request.seat,
        organiser=round.organiser,
        state=round.state,
        initial=initial_basics(round),
    )
    document_form = _document_form(request)
    context = {
        "round": round,
        "document_form": document_form,
        "organiser": round.organiser,
        "step": 1,
    }
    if form.is_valid() and document_form.is_valid():
        return _save_basics(request, round, form, context)
    return show_form(request, TEMPLATE, form, context)


def _save_basics(
    request: Request, round: Round, form: BasicsForm, context: dict[str, object]
) -> HttpResponse:
    document_form = _document_form(request)
    document_form.is_valid()
    try:
        with transaction.atomic():
            edit_round(
                round=round,
                basics=form.basics(_entered(request, document_form)),
                seen_version=form.cleaned_data["version"],
                by=request.seat,
                at=timezone.now(),
            )
    except StaleError:
        return show_conflict(
            request,
            TEMPLATE,
            form,
            context,
            theirs=facts_of_round(round),
            yours=facts_of_basics(form.basics()),
            version=round.version,
        )
    except RoundError as error:
        add_reasons(form, error)
    except DocumentError as error:
        form.add_error(None, str(error))
    else:
        messages.success(request, _("Saved."))
        return redirect("rounds:audiences" if round.state == "draft" else "rounds:detail", round.pk)
    return show_form(request, TEMPLATE, form, context)


def _document_form(request: Request) -> DocumentForm:
    return DocumentForm(
        request.POST or None,
        organisation=request.seat.organisation,
        prefix=DOCUMENT,
        empty_permitted=True,
        use_required_attribute=False,
        initial={"kind": "KH"},
    )


def _entered(request: Request, form: DocumentForm) -> Document | None:
    if not form.has_changed():
        return None
    owner = own_organiser(request.seat)
    return register_document(owner=owner, facts=form.facts(), by=request.seat, at=timezone.now())


def _first_words() -> dict[str, object]:
    today = timezone.localdate()
    return {
        "year": today.year,
        "title": f"Đăng ký xây dựng mô hình, điển hình “Dân vận khéo” năm {today.year}",
        "opens_on": today,
        "late_policy": "accept",
        "field_scheme": FieldScheme.objects.filter(code="s4-m1-m2", issuer=None).first(),
    }
