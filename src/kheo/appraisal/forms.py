"""What is typed of a file: points and reasons criterion by criterion, remarks, filters, entries."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.appraisal.enums import FileState
from kheo.appraisal.models import FileScore
from kheo.appraisal.queries.sides import SideLine
from kheo.appraisal.rules.scoring import ScoreLine
from kheo.criteria.enums import CriterionKind, Side
from kheo.criteria.models import CriteriaSet, Criterion
from kheo.criteria.rules.totals import said
from kheo.exemplars.enums import Stage
from kheo.exemplars.models import Evidence
from kheo.organisations.models import Level
from kheo.rounds.models import Round
from kheo.ui.forms import PointsField

Scores = dict[int, "ScoreForm"]


class ScoreForm(forms.Form):
    """What one side gives for one criterion."""

    note = forms.CharField(
        label=gettext_lazy("Explanation"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, criterion: Criterion, side: Side, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criterion = criterion
        # outlives what a deed says against it: the sum on the page is that of what was typed
        self.typed: Any = None
        self.fields["points"] = _points_field(criterion)
        if side != Side.SELF:
            self.fields["note"].label = _("Reason")
        self.order_fields(["points", "note"])

    def clean(self) -> None:
        """Keep what was typed."""
        self.typed = self.cleaned_data.get("points")

    def given(self) -> Decimal | None:
        """Return the points that were typed or chosen; none where nothing was."""
        return None if self.typed in (None, "") else Decimal(self.typed)

    def line(self) -> ScoreLine | None:
        """Return what was typed; none where nothing was."""
        points = self.given()
        if points is None:
            return None
        note = self.cleaned_data["note"]
        return ScoreLine(criterion=self.criterion.pk, points=points, note=note)


class EvidenceForm(forms.Form):
    """Evidence for one criterion: a new file, or one of the registration's."""

    upload = forms.FileField(
        label=gettext_lazy("Attach a file"), required=False, allow_empty_file=True, max_length=255
    )
    chosen = forms.ModelChoiceField(
        label=gettext_lazy("or choose one of the registration"),
        queryset=Evidence.objects.none(),
        required=False,
    )

    def __init__(self, *args: Any, choices: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["chosen"]
        if not choices:
            del self.fields["chosen"]
            return
        chosen.queryset = Evidence.objects.filter(pk__in=[one.pk for one in choices])
        # a page has many such boxes: the choices are read once
        chosen.choices = [("", _("none")), *((one.pk, one.name) for one in choices)]


class VerdictForm(forms.Form):
    """Whether the superior holds a file not eligible at all."""

    not_eligible = forms.CharField(
        label=gettext_lazy("Not eligible, because"),
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Leave it empty for a file that is ranked."),
    )


class RemarkForm(forms.Form):
    """What is to be corrected in a file, or in one criterion of it."""

    text = forms.CharField(
        label=gettext_lazy("Remark"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), max_length=1_000, widget=forms.Textarea(attrs={"rows": 3})
    )


class EntryForm(forms.Form):
    """A unit's entry for a title."""

    criteria_set = forms.ModelChoiceField(
        label=gettext_lazy("Title and criteria set"),
        queryset=CriteriaSet.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=1999, max_value=2100)
    level = forms.ModelChoiceField(
        label=gettext_lazy("Level"), queryset=Level.objects.all(), required=False
    )

    def __init__(self, *args: Any, sets: QuerySet[CriteriaSet], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["criteria_set"]
        chosen.queryset = sets
        chosen.label_from_instance = _title_of
        level: Any = self.fields["level"]
        level.empty_label = _("level of the body that appraises")


class OpeningForm(forms.Form):
    """Of which registrations files are opened, and by which set."""

    round = forms.ModelChoiceField(
        label=gettext_lazy("Round"), queryset=Round.objects.none(), empty_label=None
    )
    criteria_set = forms.ModelChoiceField(
        label=gettext_lazy("Criteria set"),
        queryset=CriteriaSet.objects.none(),
        empty_label=None,
    )
    level = forms.ModelChoiceField(
        label=gettext_lazy("Level"), queryset=Level.objects.all(), required=False
    )
    stage = forms.TypedChoiceField(
        label=gettext_lazy("Which ones"), required=False, coerce=int, empty_value=None
    )

    def __init__(
        self,
        *args: Any,
        rounds: QuerySet[Round],
        sets: QuerySet[CriteriaSet],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        round: Any = self.fields["round"]
        round.queryset = rounds
        chosen: Any = self.fields["criteria_set"]
        chosen.queryset = sets
        level: Any = self.fields["level"]
        level.empty_label = _("all levels")
        stage: Any = self.fields["stage"]
        stages = (Stage.NOMINATED, Stage.CARRIED_OUT)
        stage.choices = [("", _("all accepted")), *((one.value, one.label) for one in stages)]


class FileFilterForm(forms.Form):
    """What a list of files is narrowed to."""

    q = forms.CharField(label=gettext_lazy("Name or unit"), required=False, max_length=200)
    year = forms.IntegerField(
        label=gettext_lazy("Year"), required=False, min_value=1999, max_value=2100
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [("", _("all")), ("model", _("models")), ("title", _("unit titles"))]
        state: Any = self.fields["state"]
        state.choices = [("", _("all states")), *FileState.choices]


def score_forms(lines: Iterable[SideLine], side: Side, data: QueryDict | None) -> Scores:
    """Return a form for each criterion that a side scores, by its key.

    The superior's begin with what the unit gave itself.
    """
    found: Scores = {}
    for line in lines:
        if line.node.is_heading or side not in line.criterion.scored_by:
            continue
        own = line.self_score if side == Side.SELF else line.superior_score
        found[line.criterion.pk] = ScoreForm(
            data,
            criterion=line.criterion,
            side=side,
            prefix=f"c{line.criterion.pk}",
            use_required_attribute=False,
            initial=_initial(line, own, side),
        )
    return found


def evidence_forms(
    keys: Iterable[int],
    choices: Sequence[Evidence],
    data: QueryDict | None,
    files: MultiValueDict[str, Any] | None,
) -> dict[int, EvidenceForm]:
    """Return a form for the evidence of each criterion (their keys)."""
    return {
        key: EvidenceForm(
            data, files, choices=choices, prefix=f"e{key}", use_required_attribute=False
        )
        for key in keys
    }


def _initial(line: SideLine, own: FileScore | None, side: Side) -> dict[str, object]:
    if own is not None:
        return {"points": _shown(line.criterion, own.points), "note": own.note}
    if side == Side.SUPERIOR and line.self_score is not None:
        return {"points": _shown(line.criterion, line.self_score.points)}
    return {"points": "0"} if line.criterion.kind == CriterionKind.DISQUALIFYING else {}


def _shown(criterion: Criterion, points: Decimal) -> object:
    if criterion.kind in {CriterionKind.YES_NO, CriterionKind.DISQUALIFYING}:
        return f"{points.normalize():f}"
    return points


def _points_field(criterion: Criterion) -> forms.Field:
    if criterion.kind == CriterionKind.YES_NO:
        most = f"{criterion.points.normalize():f}"
        met = _("met (%s points)") % said(criterion.points)
        choices = [("", "–"), (most, met), ("0", _("not met"))]
        return forms.ChoiceField(label=_("Result"), choices=choices, required=False)
    if criterion.kind == CriterionKind.DISQUALIFYING:
        choices = [("0", _("does not apply")), ("1", _("applies"))]
        return forms.ChoiceField(label=_("Condition"), choices=choices, required=False)
    # the bounds are judged by the deed, which says why
    return PointsField(label=_("Points"), required=False, min_value=None)


def _title_of(criteria_set: CriteriaSet) -> str:
    return f"{criteria_set.title} – {criteria_set.name}"
