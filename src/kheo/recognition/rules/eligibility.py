"""What stands against a candidate: each rule with the reason that is shown."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from kheo.appraisal.enums import TitleState
from kheo.exemplars.enums import State
from kheo.recognition.enums import Act, Subject
from kheo.recognition.models import HonourCandidate, HonourForm


@dataclass(frozen=True, kw_only=True)
class GivenHonour:
    """An honour given before, as far as the rules look at it."""

    pk: int
    form_id: int
    act: str
    issuer_id: int
    issuer: str
    year: int
    reference: str
    valid_until: date | None
    # the honour that this one renews
    renews: int | None = None


@dataclass(frozen=True, kw_only=True)
class Appraisal:
    """How a model or a unit came out of an appraisal."""

    owner_id: int
    is_disqualified: bool
    reason: str = ""
    grade: str = ""
    may_be_recognised: bool = True


@dataclass(frozen=True, kw_only=True)
class CandidateFacts:
    """What is known of a candidate on the day of the check."""

    candidate: HonourCandidate
    year: int
    issuer_id: int
    today: date
    state: str = ""
    dissolved_on: date | None = None
    # of an entry for a unit title: how far it has come
    title_state: str = ""
    appraisals: tuple[Appraisal, ...] = ()
    given: tuple[GivenHonour, ...] = ()
    elsewhere: tuple[str, ...] = field(default=())


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that was found: it blocks, or it is only to be looked at."""

    rule: str
    reason: str
    blocks: bool = True

    def as_json(self) -> dict[str, object]:
        """Return it as it is kept with the candidate."""
        return {"rule": self.rule, "reason": self.reason, "blocks": self.blocks}


def findings_of(facts: CandidateFacts, form: HonourForm) -> list[Finding]:
    """Return all that stands against honouring a candidate with a form, what blocks first."""
    found = [
        *_unfit(facts),
        *_already(facts, form),
        *_unrecognised(facts, form),
        *_to_look_at(facts, form),
    ]
    return sorted(found, key=lambda finding: not finding.blocks)


def standing_recognition(facts: CandidateFacts) -> GivenHonour | None:
    """Return the newest recognition of the candidate that holds on the day."""
    rows = [row for row in facts.given if row.act == Act.RECOGNISE and _holds(row, facts.today)]
    return max(rows, key=lambda row: (row.year, row.pk), default=None)


def _unfit(facts: CandidateFacts) -> Iterator[Finding]:
    if facts.candidate.subject == Subject.EXEMPLAR and facts.state != State.ACCEPTED:
        yield Finding(rule="not-accepted", reason=_("The registration was not accepted."))
    if facts.dissolved_on is not None and facts.dissolved_on <= facts.today:
        words = _("The unit was dissolved on %s.") % f"{facts.dissolved_on:%d/%m/%Y}"
        yield Finding(rule="dissolved", reason=words)
    if facts.title_state in {TitleState.REGISTERED, TitleState.WITHDRAWN}:
        words = _("The entry for the title has no result of the appraisal.")
        yield Finding(rule="no-result", reason=words)
    for row in facts.appraisals:
        if row.is_disqualified:
            words = _("The appraisal disqualified it: %s") % (row.reason or "…")
            yield Finding(rule="disqualified", reason=words)
        elif not row.may_be_recognised:
            words = _("The appraisal gave it the grade “%s”, which does not lead to recognition.")
            yield Finding(rule="grade", reason=words % row.grade)


def _already(facts: CandidateFacts, form: HonourForm) -> Iterator[Finding]:
    if facts.candidate.renews_id is not None:
        yield from _renewing(facts, form, facts.candidate.renews_id)
        return
    for row in facts.given:
        # a commendation is not given twice whoever gives it; a recognition is, level by level
        same_giver = form.act == Act.COMMEND or row.issuer_id == facts.issuer_id
        if row.form_id == form.pk and row.year == facts.year and same_giver:
            yield _twice(row)
            return


def _renewing(facts: CandidateFacts, form: HonourForm, renews: int) -> Iterator[Finding]:
    """Judge a renewal: of an honour that stands, in its own form, and only once."""
    if all((row.pk, row.form_id) != (renews, form.pk) for row in facts.given):
        yield Finding(rule="renewal", reason=_("The honour to be renewed does not stand."))
    for row in facts.given:
        if row.renews == renews:
            yield _twice(row)


def _twice(row: GivenHonour) -> Finding:
    words = _("Already honoured in this form for the same achievement: %(paper)s, %(body)s.")
    return Finding(rule="twice", reason=words % {"paper": row.reference, "body": row.issuer})


def _unrecognised(facts: CandidateFacts, form: HonourForm) -> Iterator[Finding]:
    if form.needs_recognition and standing_recognition(facts) is None:
        if facts.candidate.subject == Subject.PERSON:
            return
        words = _("Not recognised yet: “%s” is only given to what stands recognised.")
        yield Finding(rule="not-recognised", reason=words % form.name)


def _to_look_at(facts: CandidateFacts, form: HonourForm) -> Iterator[Finding]:
    if not facts.candidate.achievement:
        words = _("The achievement is missing; the certificate needs it.")
        yield Finding(rule="achievement", reason=words, blocks=False)
    for title in facts.elsewhere:
        words = _("Also named in another proposal: %s.") % title
        yield Finding(rule="elsewhere", reason=words, blocks=False)
    row = standing_recognition(facts)
    if form.act == Act.RECOGNISE and row is not None and row.year != facts.year:
        words = _("Recognised before and still valid: %s.") % row.reference
        yield Finding(rule="valid", reason=words, blocks=False)


def _holds(row: GivenHonour, today: date) -> bool:
    return row.valid_until is None or row.valid_until >= today
