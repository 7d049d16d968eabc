"""Like pairs as their page shows them: both texts with the differences marked, and the choices."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kheo.exemplars.enums import Likeness
from kheo.exemplars.models import LikenessPair, Registration
from kheo.exemplars.queries.likeness import Alike, answered_by_unit, hints_for, reasons_of
from kheo.exemplars.queries.likeness_groups import PairGroup
from kheo.exemplars.rules.likeness import (
    can_decide_likeness,
    can_link_continuation,
    can_link_replica,
    can_merge,
)
from kheo.lib.text.likeness_marks import Piece, mark_differences
from kheo.organisations.models import Seat
from kheo.organisations.rules import Verdict, reach_of

CHOICES: dict[Likeness, Promise] = {
    Likeness.SAME: _("The same: count once"),
    Likeness.CONTINUES: _("Continues the earlier one"),
    Likeness.REPLICA: _("Replicates the other one"),
    Likeness.DIFFERENT: _("Different"),
}
REASONS: dict[str, Promise] = {
    "name": _("the names agree"),
    "text": _("the contents agree"),
    "place": _("the same place"),
    "words": _("each names what the other tells"),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One answer as a button, greyed with the reason where it cannot be."""

    label: Promise
    url: str
    verdict: Verdict
    suggested: bool


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two, in pieces."""

    registration: Registration
    name: list[Piece]
    content: list[Piece]


@dataclass(frozen=True, kw_only=True)
class PairView:
    """A like pair as the page shows it."""

    pair: LikenessPair
    sides: tuple[Side, Side]
    reasons: list[Promise]
    choices: list[Choice]

    @property
    def refusal(self) -> str:
        """Return why nothing at all can be chosen, where one reason stands in every way."""
        if any(choice.verdict for choice in self.choices):
            return ""
        reasons = {str(choice.verdict.reason) for choice in self.choices}
        return reasons.pop() if len(reasons) == 1 else ""


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """Like registrations that hang together, with the first of their pairs."""

    group: PairGroup
    pairs: list[PairView]

    @property
    def left(self) -> int:
        """Return how many pairs of the group are not shown."""
        return len(self.group.pairs) - len(self.pairs)


@dataclass(frozen=True, kw_only=True)
class HintLine:
    """A like registration as the form tells of it, with the answers that fit."""

    alike: Alike
    reasons: list[Promise]
    readable: bool
    answers: list[tuple[str, Promise]]


def hint_lines(seat: Seat, draft: Registration) -> list[HintLine]:
    """Return what the form tells of; see :func:`.likeness.hints_for`."""
    reach = reach_of(seat)
    return [
        HintLine(
            alike=one,
            reasons=[REASONS[reason] for reason in one.reasons],
            readable=one.registration.path.startswith(reach),
            answers=_answers(one.registration, draft),
        )
        for one in hints_for(seat, draft)
    ]


def said_lines(draft: Registration) -> list[tuple[Registration, str]]:
    """Return of what the form was told and what the unit said of it, to be taken back."""
    return [
        (pair.first if pair.second_id == draft.pk else pair.second, pair.get_claim_display())
        for pair in answered_by_unit(draft)
    ]


def pair_views(pairs: Iterable[LikenessPair], seat: Seat) -> list[PairView]:
    """Return pairs as they are shown; without a statement of its own."""
    return [_pair_view(pair, seat) for pair in pairs]


def group_views(
    groups: Sequence[PairGroup], pairs: QuerySet[LikenessPair], seat: Seat, *, most: int
) -> list[GroupView]:
    """Return groups as they are shown, with one statement.

    :param most: how many pairs of each are shown.
    """
    shown = [key for group in groups for key in group.pairs[:most]]
    views = {view.pair.pk: view for view in pair_views(pairs.filter(pk__in=shown), seat)}
    return [
        GroupView(group=group, pairs=[views[key] for key in group.pairs[:most] if key in views])
        for group in groups
    ]


def _answers(other: Registration, draft: Registration) -> list[tuple[str, Promise]]:
    own = other.organisation_id == draft.organisation_id
    answers: list[tuple[str, Promise]] = []
    if own and other.year < draft.year:
        answers.append((Likeness.CONTINUES.value, _("It continues this one")))
    else:
        answers.append((Likeness.REPLICA.value, _("Replicate this one")))
    if other.year == draft.year:
        answers.append((Likeness.SAME.value, _("It is the same one")))
    return [*answers, (Likeness.DIFFERENT.value, _("It is different"))]


def _pair_view(pair: LikenessPair, seat: Seat) -> PairView:
    names = mark_differences(pair.first.name, pair.second.name)
    contents = mark_differences(pair.first.content, pair.second.content)
    text = None if pair.text_score is None else pair.text_score / 100
    first, second = (
        Side(registration=row, name=name, content=content)
        for row, name, content in zip((pair.first, pair.second), names, contents, strict=True)
    )
    reasons = reasons_of(pair.name_score / 100, text, same_place=pair.same_place)
    return PairView(
        pair=pair,
        sides=(first, second),
        reasons=[REASONS[reason] for reason in reasons],
        choices=[] if pair.decision else _choices(pair, seat),
    )


def _choices(pair: LikenessPair, seat: Seat) -> list[Choice]:
    may = can_decide_likeness(seat, pair)
    verdicts = {
        Likeness.SAME: can_merge(seat, pair),
        Likeness.CONTINUES: may and can_link_continuation(pair.first, pair.second),
        Likeness.REPLICA: may and can_link_replica(pair.first, pair.second),
        Likeness.DIFFERENT: may,
    }
    return [
        Choice(
            label=label,
            url=reverse("exemplars:likeness-decide", args=[pair.pk, pair.version, choice.value]),
            verdict=verdicts[choice],
            suggested=choice == pair.suggestion,
        )
        for choice, label in CHOICES.items()
    ]
