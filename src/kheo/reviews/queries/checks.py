"""What does not hold in a report, each with its place, before anybody signs or submits it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import F
from django.utils.translation import gettext as _

from kheo.exemplars.enums import Likeness
from kheo.exemplars.models import LikenessPair
from kheo.lib.text.folding import fold
from kheo.lib.text.prose import figure_numbers, plain_prose, with_figures
from kheo.organisations.models import Organisation, Profile
from kheo.reviews.enums import HeadingPurpose
from kheo.reviews.models import OutlineHeading, Report
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.figures import words_of_report
from kheo.reviews.rules.checks import (
    baseless_shares,
    named_twice,
    typed_totals,
    wrong_sums,
    wrong_table_sums,
    years_outside,
)

# where one looks ahead: other years belong there
AHEAD = frozenset({HeadingPurpose.DIRECTIONS, HeadingPurpose.PETITIONS})
MOST_GONE = 2_000
# shorter names are words of any text
SHORTEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a report that does not hold; what ``refuses`` must be put right first."""

    heading: OutlineHeading | None
    text: str
    refuses: bool = False


def problems_of(report: Report) -> list[Problem]:
    """Return what does not hold in a report: of the whole first, then heading by heading.

    The number of statements does not depend on the headings, only on the kinds of figures.
    """
    data = AnnexData(report)
    headings = list(report.review.headings.all())
    bodies = dict(report.answers.values_list("heading_id", "body"))
    found = [Problem(None, text) for text in _of_the_whole(report, data)]
    checker = _Checker(report, data, any(bodies.values()))
    parents = {heading.parent_id for heading in headings}
    for heading in headings:
        body = bodies.get(heading.pk, "")
        if body.strip():
            found += checker.problems(heading, body)
        elif heading.pk not in parents:
            found.append(Problem(heading, _("Nothing is written under this heading.")))
    return found


def _of_the_whole(report: Report, data: AnnexData) -> Iterator[str]:
    if report.review.annexes.exists() and data.missing:
        yield _("The annexes are provisional: %(count)d units are still missing.") % {
            "count": len(data.missing)
        }
    twins = LikenessPair.objects.filter(
        data.scope.inside(),
        round__year__in=data.years,
        suggestion=Likeness.SAME,
        decision="",
        first__is_registered=True,
        second__is_registered=True,
    ).exclude(first__exemplar=F("second__exemplar"))
    if count := twins.count():
        yield _(
            "%(count)d pairs of models are probably one and the same and are counted twice until"
            " somebody decides; look at the like registrations of the round."
        ) % {"count": count}
    for figure in report.figures.all():
        if not data.years[0] <= figure.first_year <= figure.last_year <= data.years[-1]:
            yield _("Figure #%(number)d tells years outside the period: %(first)d–%(last)d.") % {
                "number": figure.number,
                "first": figure.first_year,
                "last": figure.last_year,
            }


class _Checker:
    """What all headings of one report are judged by."""

    def __init__(self, report: Report, data: AnnexData, has_text: bool) -> None:  # noqa: FBT001
        self.report, self.data = report, data
        self.words = words_of_report(report)
        self.known = _known_totals(data) if has_text else frozenset()
        self.gone = _gone_bodies(data) if has_text else {}

    def problems(self, heading: OutlineHeading, body: str) -> Iterator[Problem]:
        for number in figure_numbers(body):
            if number not in self.words:
                text = _("The mark #%d points to a figure that the report does not have.") % number
                yield Problem(heading, text, refuses=True)
        read = plain_prose(body, self.words)
        for text in wrong_sums(read):
            yield Problem(heading, text, refuses=True)
        for text in wrong_table_sums(with_figures(body, self.words)):
            yield Problem(heading, text, refuses=True)
        yield from (Problem(heading, text) for text in self._doubts(heading, body, read))

    def _doubts(self, heading: OutlineHeading, body: str, read: str) -> Iterator[str]:
        yield from baseless_shares(read)
        if heading.purpose not in AHEAD:
            yield from years_outside(read, self.data.years)
        yield from named_twice(read)
        blank = dict.fromkeys(self.words, "…")
        yield from typed_totals(plain_prose(body, blank), self.known)
        folded = fold(read)
        for name, told in self.gone.items():
            if name in folded:
                yield told


def _known_totals(data: AnnexData) -> frozenset[int]:
    """Return all numbers of models that the annexes can tell by any one or two properties."""
    cube = data.entries if data.is_huge else data.models
    names = [("field",), ("form",), ("level_id",), ("continuity",), ("nature",), ()]
    pairs = [("nature", other) for other in ("field", "form", "level_id", "continuity")]
    pairs += [("field", other) for other in ("form", "level_id", "continuity")]
    found = {0}
    for cut in (*names, *pairs):
        for steps in cube.rolled_up(cut, {}).values():
            found.update(steps)
    return frozenset(found)


def _gone_bodies(data: AnnexData) -> dict[str, str]:
    """Return the folded names of bodies that ended before or within the period, with what to say.

    Names that another body bears on are left out.
    """
    last = date(data.years[-1], 12, 31)
    gone = Profile.objects.filter(
        data.scope.inside("organisation__path"), organisation__dissolved_on__lte=last
    ).values_list("name", "organisation__dissolved_on")
    ended = {fold(name): (name, day) for name, day in gone[:MOST_GONE]}
    if not ended:
        return {}
    names = {name for name, _day in ended.values()}
    standing = Organisation.objects.filter(name__in=names, dissolved_on=None)
    for name in standing.values_list("name", flat=True):
        ended.pop(fold(name), None)
    return {
        key: _("“%(name)s” ended on %(day)s: name the body that followed it.")
        % {"name": name, "day": f"{day:%d/%m/%Y}"}
        for key, (name, day) in ended.items()
        if len(key) >= SHORTEST_NAME
    }
