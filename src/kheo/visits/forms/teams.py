"""What is typed of a survey team and of those who are in it."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.notices.rules import organisations_of
from kheo.organisations.enums import Role
from kheo.organisations.models import Organisation, Seat
from kheo.rounds.enums import Field
from kheo.visits.actions import MemberTerms, TeamTerms
from kheo.visits.enums import TeamPart
from kheo.visits.models import SurveyTeam

MOST_SEATS = 400
MOST_MEMBERS = 40
# whom a team is made of; people of the units below go along by name
CHOSEN = (Role.OFFICER, Role.INSPECTOR, Role.LEADER, Role.COUNCIL, Role.HEAD, Role.CLERK)


class TeamForm(forms.Form):
    """One team."""

    name = forms.CharField(
        label=gettext_lazy("Name of the team"),
        max_length=300,
        help_text=gettext_lazy("For example: Đoàn khảo sát số 1, Đoàn khảo sát lĩnh vực kinh tế."),
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2100)
    basis = forms.CharField(
        label=gettext_lazy("Set up by the document"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Number, date and issuer, as you cite it."),
    )
    field = forms.ChoiceField(label=gettext_lazy("Field"), required=False)
    area = forms.CharField(
        label=gettext_lazy("Area"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("The communes or agencies it looks at."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["field"]
        chosen.choices = [("", _("all fields")), *Field.choices]


class MemberForm(forms.Form):
    """One member: somebody with an account, or a name."""

    part = forms.ChoiceField(
        label=gettext_lazy("Part in the team"), choices=TeamPart.choices, initial=TeamPart.MEMBER
    )
    seat = forms.ModelChoiceField(
        label=gettext_lazy("Person with an account"), queryset=Seat.objects.none(), required=False
    )
    name = forms.CharField(label=gettext_lazy("or full name"), max_length=200, required=False)
    position = forms.CharField(
        label=gettext_lazy("Position, workplace"), max_length=300, required=False
    )

    def __init__(self, *args: Any, seats: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["seat"]
        chosen.queryset = Seat.objects.select_related("user", "organisation").filter(
            pk__in=[key for key, _label in seats if key]
        )
        # the same list for every row is read once
        chosen.choices = seats
        self.fields["part"].required = False

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing names anybody in the row."""
        return not (self.cleaned_data.get("seat") or self.cleaned_data.get("name"))

    def terms(self) -> MemberTerms:
        """Return what was typed."""
        data = self.cleaned_data
        return MemberTerms(
            part=data["part"] or TeamPart.MEMBER,
            seat=data["seat"],
            name=data["name"],
            position=data["position"],
        )


MemberFormSet: Any = forms.formset_factory(
    MemberForm, extra=3, max_num=MOST_MEMBERS, absolute_max=MOST_MEMBERS + 10
)


def member_rows(seat: Seat, data: Any, team: SurveyTeam | None) -> Any:
    """Return the rows of members, with those of a team and three blank ones."""
    members = list(team.members.all()) if team else []
    initial: list[dict[str, object]] = [
        {
            "part": one.part,
            "seat": one.seat_id,
            "name": "" if one.seat_id else one.name,
            "position": one.position,
        }
        for one in members
    ]
    if not team:
        initial = [{"part": TeamPart.HEAD}]
    kept = [one.seat_id for one in members if one.seat_id]
    seats = [(one.pk, str(_label(one))) for one in _offered(seat, kept)]
    offered: list[tuple[Any, str]] = [("", "–"), *seats]
    return MemberFormSet(data, initial=initial, prefix="member", form_kwargs={"seats": offered})


def team_terms(form: TeamForm, rows: Any) -> TeamTerms:
    """Return what was typed of a team and its members."""
    data = form.cleaned_data
    return TeamTerms(
        name=data["name"],
        year=data["year"],
        basis=data["basis"],
        field=data["field"],
        area=data["area"],
        members=[row.terms() for row in rows if not row.is_blank],
    )


def initial_team(team: SurveyTeam) -> dict[str, object]:
    """Return what the form shows of a team."""
    names = ("name", "year", "basis", "field", "area", "version")
    return {name: getattr(team, name) for name in names}


def _offered(seat: Seat, kept: list[int]) -> "QuerySet[Seat]":
    own = organisations_of(seat)
    beside = Organisation.objects.filter(
        Q(pk__in=own) | Q(parent__in=own, level=seat.organisation.level)
    )
    held = Seat.objects.held(timezone.localdate()).filter(
        organisation__in=beside, role__in=CHOSEN, user__is_active=True
    )
    keys = list(held.values_list("pk", flat=True)[:MOST_SEATS])
    rows = Seat.objects.filter(pk__in=[*keys, *kept]).select_related("user", "organisation")
    return rows.order_by("organisation__sort_key", "user__full_name", "pk")


def _label(seat: Seat) -> str:
    return f"{seat.user.full_name} – {seat.post}, {seat.organisation.label}"
