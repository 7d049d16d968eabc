"""What a report says under its headings: the tree with its texts, versions and differences."""

from kheo.reviews.models import Answer, Report


def answers_of(report: Report) -> dict[int, Answer]:
    """Return what stands under each heading, by the key of the heading, in one statement."""
    rows = report.answers.select_related("edited_by__user", "opened_by__user")
    return {row.heading_id: row for row in rows}


def texts_of_report(report: Report) -> list[tuple[int, str, str, str]]:
    """Return key, number, title and text of each heading, from top to bottom."""
    bodies = dict(report.answers.values_list("heading_id", "body"))
    rows = report.review.headings.values_list("pk", "number", "title")
    return [(pk, number, title, bodies.get(pk, "")) for pk, number, title in rows]
