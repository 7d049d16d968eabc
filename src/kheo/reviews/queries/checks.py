"""What does not hold in a report, each with its place, before anybody signs or submits it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from kheo.lib.text.prose import figure_numbers
from kheo.reviews.models import OutlineHeading, Report


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in a report that does not hold; what ``refuses`` must be put right first."""

    heading: OutlineHeading | None
    text: str
    refuses: bool = False


def problems_of(report: Report) -> list[Problem]:
    """Return what does not hold in a report, in the order of its headings."""
    headings = list(report.review.headings.all())
    bodies = dict(report.answers.values_list("heading_id", "body"))
    numbers = set(report.figures.values_list("number", flat=True))
    parents = {heading.parent_id for heading in headings}
    found = []
    for heading in headings:
        body = bodies.get(heading.pk, "")
        if not body.strip() and heading.pk not in parents:
            found.append(Problem(heading, _("Nothing is written under this heading.")))
        for number in figure_numbers(body):
            if number not in numbers:
                text = _("The mark #%d points to a figure that the report does not have.") % number
                found.append(Problem(heading, text, refuses=True))
    return found
