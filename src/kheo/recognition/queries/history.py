"""Who was honoured for what: by model, by unit and by person, and what stands recognised."""

from datetime import date

from django.db.models import QuerySet

from kheo.exemplars.models import Exemplar
from kheo.organisations.models import Organisation, Seat, below
from kheo.recognition.enums import Act, Subject
from kheo.recognition.models import Honour
from kheo.recognition.queries.visible import honours_visible_to


def honours_of(subject: Exemplar | Organisation | Honour) -> QuerySet[Honour]:
    """Return all honours of a model, a unit, or of the person that an honour names, newest first.

    Taken back ones and those that are not announced yet are among them.
    """
    if isinstance(subject, Exemplar):
        rows = Honour.objects.filter(exemplar=subject)
    elif isinstance(subject, Organisation):
        rows = Honour.objects.filter(organisation=subject)
    else:
        rows = Honour.objects.filter(subject=Subject.PERSON, subject_key=subject.subject_key)
    return rows.order_by("-year", "-pk")


def history_seen_by(seat: Seat, subject: Exemplar | Organisation | Honour) -> QuerySet[Honour]:
    """Return the honours of somebody that a seat sees, newest first."""
    seen = honours_of(subject).filter(pk__in=honours_visible_to(seat))
    return seen.select_related(
        "decision__organisation",
        "issuer",
        "form",
        "exemplar",
        "organisation",
        "revoked_by",
        "renewed_from__decision",
        "based_on__decision",
    )


def recognised_exemplars(path: str, *, day: date, year: int | None = None) -> QuerySet[Exemplar]:
    """Return the models below a path whose recognition is announced, stands and holds on a day.

    :param year: only what was recognised for that year.
    """
    honours = Honour.objects.valid(day).announced().filter(below(path), act=Act.RECOGNISE)
    if year is not None:
        honours = honours.filter(year=year)
    return Exemplar.objects.filter(pk__in=honours.filter(exemplar__isnull=False).values("exemplar"))
