"""Finding the model or replication an address names, as far as the seat sees it."""

from django.shortcuts import get_object_or_404

from kheo.exemplars.enums import State
from kheo.exemplars.models import Exemplar
from kheo.organisations.http import Request
from kheo.replication.models import Replication
from kheo.replication.queries.rows import replications_visible_to


def public_model(pk: int) -> Exemplar:
    """Return a model that was accepted once: it is there to be replicated, whoever asks."""
    accepted = Exemplar.objects.filter(registrations__state=State.ACCEPTED).distinct()
    return get_object_or_404(accepted.select_related("owner__kind", "guide"), pk=pk)


def visible_replication(request: Request, pk: int) -> Replication:
    """Return a replication this seat sees."""
    return get_object_or_404(replications_visible_to(request.seat), pk=pk)
