"""Where a council takes its files from: passed up, nominated, or accepted registrations."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import AppraisalFile
from kheo.councils.models import Council, CouncilFile
from kheo.exemplars.enums import State
from kheo.exemplars.models import Registration
from kheo.nominations.queries.lists import nominated_to
from kheo.organisations.models import below
from kheo.rounds.models import Round


@dataclass(frozen=True, kw_only=True)
class SourceFilter:
    """What is taken in of a source; empty values take all."""

    field: str = ""
    form: str = ""
    level: int | None = None

    def values(self) -> dict[str, object]:
        """Return what is asked, as lookups that files and registrations share."""
        asked = {"field": self.field, "form": self.form, "level": self.level}
        return {name: value for name, value in asked.items() if value}


def files_to_take_in(council: Council, chosen: SourceFilter) -> QuerySet[AppraisalFile]:
    """Return the files passed to the committee's council that no council has taken in yet."""
    taken = CouncilFile.objects.filter(file=OuterRef("pk"))
    return AppraisalFile.objects.filter(
        ~Exists(taken),
        owner=council.organisation_id,
        criteria_set=council.criteria_set_id,
        state=FileState.BEFORE_COUNCIL,
        **chosen.values(),
    ).order_by("path", "name", "pk")


def nominated_to_take_in(council: Council, chosen: SourceFilter) -> QuerySet[Registration]:
    """Return the models nominated to the committee in the council's year and accepted there."""
    rounds = Round.objects.filter(year=council.year)
    keys = nominated_to(council.organisation, rounds).order_by().values("pk")
    rows = Registration.objects.filter(~Exists(_opened(council)), pk__in=keys)
    return rows.filter(**chosen.values()).order_by("path", "name", "pk")


def accepted_to_take_in(council: Council, chosen: SourceFilter) -> QuerySet[Registration]:
    """Return the accepted registrations of the council's year below its committee, not opened."""
    rows = Registration.objects.filter(
        below(council.path), ~Exists(_opened(council)), year=council.year, state=State.ACCEPTED
    )
    return rows.filter(**chosen.values()).order_by("path", "name", "pk")


def _opened(council: Council) -> QuerySet[AppraisalFile]:
    return AppraisalFile.objects.filter(registration=OuterRef("pk"), owner=council.organisation_id)
