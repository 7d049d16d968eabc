"""Taking honours back: choosing them, seeing what is built on them, drawing up the decision."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from kheo.organisations.http import Request
from kheo.organisations.rules import demand
from kheo.recognition.actions import HonourError, draw_up_revocation
from kheo.recognition.forms.decisions import RevocationForm
from kheo.recognition.queries.building import honours_built_on
from kheo.recognition.rules.transitions import DecisionDeed, can_do_to_decision
from kheo.recognition.views.finding import ticked, visible_decision
from kheo.ui.pages import render_page


@require_http_methods(["GET", "HEAD", "POST"])
def decision_revoke(request: Request, pk: int) -> HttpResponse:
    """Choose honours of a decision, see what would follow, and draw up the revocation."""
    decision = visible_decision(request, pk)
    demand(can_do_to_decision(DecisionDeed.REVOKE, request.seat, decision))
    chosen = ticked(request, "honour")
    deciding = request.POST.get("deed") == "draw-up"
    form = RevocationForm(request.POST if request.method == "POST" else None)
    if deciding and form.is_valid():
        try:
            made = draw_up_revocation(
                decision=decision,
                honours=chosen,
                reason=form.cleaned_data["reason"],
                along=form.cleaned_data["along"],
                by=request.seat,
                at=timezone.now(),
            )
        except HonourError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The decision of revocation is drawn up; a leader issues it.")
            )
            return redirect("recognition:decision", made.pk)
    if not deciding:
        form = RevocationForm(initial={"reason": request.POST.get("reason", "")})
    standing = decision.honours.standing().select_related("organisation")
    rows = [(row, row.pk in set(chosen)) for row in standing.order_by("order", "pk")]
    context = {
        "decision": decision,
        "rows": rows,
        "form": form,
        "chosen": len([row for row, is_chosen in rows if is_chosen]),
        "following": honours_built_on([row for row, is_chosen in rows if is_chosen]),
    }
    status = 422 if deciding and form.errors else 200
    return render_page(request, "recognition/revoke.html", context, status=status)
