"""The plan of the next period as an official paper, in the parts drawn out of a report."""

from collections.abc import Iterator
from dataclasses import replace

from kheo.lib.papers.nodes import Block, Heading, Paper, Paragraph, Title
from kheo.reviews.models import Report
from kheo.reviews.papers.heading import PLAN, Particulars, dressed, sender_of
from kheo.reviews.papers.prose import blocks_of
from kheo.reviews.papers.report import subject_of
from kheo.reviews.queries.comparing import period_words
from kheo.reviews.queries.plans import PlanDraft, next_period, plan_of


def plan_paper(report: Report) -> Paper:
    """Return the plan drawn out of a report as a tree of parts, as it was edited or by rule.

    Number and day are those of another paper and stay open; who signs is who signs the report.
    """
    told = sender_of(report)
    given = told.particulars
    particulars = Particulars(
        signer_position=given.signer_position,
        signer_name=given.signer_name,
        recipients=given.recipients,
    )
    period = next_period(report)
    sender = replace(told, particulars=particulars, year=max(period[0] - 1, told.year))
    subject = f"thực hiện phong trào thi đua “Dân vận khéo” {period_words(period)}"
    return Paper(
        profile=sender.profile.key,
        title=f"Kế hoạch {subject}",
        author=sender.issuer.name,
        head=sender.head(PLAN),
        body=(*_body(report, subject, sender.speaker.name), sender.closing()),
    )


def _body(report: Report, subject: str, speaker: str) -> Iterator[Block]:
    yield Title("KẾ HOẠCH", dressed(subject))
    yield Paragraph(
        dressed(
            f"Trên cơ sở kết quả {subject_of(report)}, {speaker} ban hành kế hoạch {subject} như "
            "sau:"
        )
    )
    for part in parts_of_plan(report):
        if not part.body.strip():
            continue
        yield Heading(dressed(part.title.strip().rstrip(".")))
        yield from blocks_of(part.body)
    yield Paragraph(
        f"Trên đây là kế hoạch của {speaker}; đề nghị các cơ quan, đơn vị nghiêm túc triển khai "
        "thực hiện./."
    )


def parts_of_plan(report: Report) -> list[PlanDraft]:
    """Return the parts of the plan as edited, else as the rules offer them."""
    edited = [PlanDraft(part.title, part.body) for part in report.plan_parts.all()]
    return edited or plan_of(report)
