"""What the checking page shows: the findings of a reading in groups, the names, what is to do."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from kheo.directives.enums import FindingField, FindingState
from kheo.directives.models import Document, Finding, Origin, Reading
from kheo.directives.queries.bodies import ASKED, SURE, UNKNOWN, Resolution, resolve_names
from kheo.directives.queries.body_names import parts_of
from kheo.directives.queries.finding_text import Block, Mark, laid_out
from kheo.directives.queries.finding_words import CONFIDENCE, Said, flag_words, said_of
from kheo.lib.extraction.directives.reading import read_text
from kheo.lib.text.dates import DateError, parse_date
from kheo.organisations.models import Profile, valid_on

DECIDED_YES = frozenset({FindingState.ACCEPTED, FindingState.CORRECTED, FindingState.ADDED})
# code, title, icon, fields; a code is also the class that colours the marks
GROUPS: tuple[tuple[str, Promise, str, tuple[str, ...]], ...] = (
    (
        "what",
        _("What the document is"),
        "file-earmark-text",
        (
            *("kind", "number", "symbol", "issued_on", "place", "issuer", "subject", "theme"),
            "signature",
        ),
    ),
    ("whom", _("Whom it concerns"), "people", ("addressee", "recipient")),
    ("deadline", _("Time limits"), "clock", ("deadline",)),
    ("quota", _("Quotas"), "tags", ("quota",)),
    ("task", _("Tasks"), "list-task", ("assignment",)),
    ("outline", _("Outline of the report"), "list", ("outline",)),
    ("form", _("Forms and annexes"), "files", ("form", "annex")),
    ("reference", _("Documents referred to"), "link-45deg", ("reference",)),
    ("figure", _("Figures"), "bar-chart", ("figure",)),
)
BADGES: dict[str, tuple[str, str]] = {
    FindingState.PROPOSED: ("waiting", "hourglass-split"),
    FindingState.ACCEPTED: ("success", "check-circle-fill"),
    FindingState.CORRECTED: ("info", "pencil"),
    FindingState.REJECTED: ("off", "x-circle"),
    FindingState.ADDED: ("success", "plus-lg"),
}
# the rule of what a person found
BY_HAND = "by-hand"
GROUP_OF = {name: code for code, _title, _icon, names in GROUPS for name in names}
ICON_OF = {name: icon for _code, _title, icon, names in GROUPS for name in names}
FIELD_LABELS: dict[str, Any] = dict(FindingField.choices)


@dataclass(frozen=True, kw_only=True)
class FindingView:
    """A finding as the page shows it."""

    finding: Finding
    group: str
    icon: str
    label: str | Promise
    confidence: str | Promise
    said: Said
    before: str
    warnings: list[str]
    made: int = 0

    @property
    def key(self) -> str:
        """Return its key, written without separators."""
        return str(self.finding.pk)

    @property
    def number(self) -> str:
        """Return its number on this page."""
        return str(self.finding.ordinal)

    @property
    def version(self) -> str:
        """Return which state of it the page shows."""
        return str(self.finding.version)

    @property
    def is_open(self) -> bool:
        """Tell whether a person has still to decide."""
        return self.finding.state == FindingState.PROPOSED

    @property
    def may_reopen(self) -> bool:
        """Tell whether there is something to go back to."""
        if self.finding.rule == BY_HAND:
            return self.finding.state == FindingState.REJECTED
        return not self.is_open

    @property
    def badge(self) -> tuple[str, str]:
        """Return kind and icon of the badge that shows the state."""
        return BADGES[self.finding.state]


@dataclass(frozen=True, kw_only=True)
class GroupView:
    """Findings of one kind under their heading."""

    code: str
    title: str | Promise
    icon: str
    views: list[FindingView]

    @property
    def open_count(self) -> int:
        """Return how many are to be decided."""
        return sum(view.is_open for view in self.views)


@dataclass(frozen=True, kw_only=True)
class NamedBody:
    """A name that stands in the findings, and what is known of it."""

    name: str
    resolution: Resolution
    decided: bool = False
    # the organisation a person chose or that was taken, as called on the document's date
    chosen: str = ""

    @property
    def is_asked(self) -> bool:
        """Tell whether a person has to say which body is meant."""
        return not self.decided and self.resolution.standing == ASKED


@dataclass(frozen=True, kw_only=True)
class Summary:
    """How far the checking is."""

    accepted: int
    open: int
    flagged: int
    rejected: int
    certain: int
    asked: int = 0

    @property
    def is_fresh(self) -> bool:
        """Tell whether nothing is accepted yet: no work can be made of the paper."""
        return not self.accepted

    @property
    def is_done(self) -> bool:
        """Tell whether nothing is left to decide."""
        return not self.open and not self.asked


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far the checking of a reading is, and what its names mean."""

    reading: Reading
    bodies: list[NamedBody]
    summary: Summary

    @property
    def asked(self) -> list[NamedBody]:
        """Return the names a person has to decide about."""
        return [body for body in self.bodies if body.is_asked]

    @property
    def settled(self) -> list[NamedBody]:
        """Return the names that need no answer."""
        return [body for body in self.bodies if not body.is_asked]


@dataclass(frozen=True, kw_only=True)
class ReadingPage(Progress):
    """The paper at the left, its findings at the right, and how far the checking is."""

    blocks: list[Block]
    groups: list[GroupView]


def latest_reading(document: Document) -> Reading | None:
    """Return the reading that counts: the newest one."""
    return Reading.objects.filter(document=document).order_by("-read_at", "-pk").first()


def reading_page(document: Document, reading: Reading) -> ReadingPage:
    """Return the whole page; the number of statements does not grow with the findings."""
    findings = _findings_of(reading)
    made = Counter(
        Origin.objects.filter(finding__reading=reading).values_list("finding_id", flat=True)
    )
    progress = _progress(document, reading, findings)
    return ReadingPage(
        reading=reading,
        bodies=progress.bodies,
        summary=progress.summary,
        blocks=laid_out(reading.text, map(_mark, findings)),
        groups=_grouped(findings, made),
    )


def progress_of(document: Document, reading: Reading) -> Progress:
    """Return how far the checking is, without the text of the paper."""
    return _progress(document, reading, _findings_of(reading))


def view_of(finding: Finding, made: int = 0) -> FindingView:
    """Return one finding as it is shown; without a statement of its own."""
    value = finding.value
    changed = finding.state == FindingState.CORRECTED and finding.proposed != value
    return FindingView(
        finding=finding,
        group=GROUP_OF.get(finding.field, "what"),
        icon=ICON_OF.get(finding.field, "file-earmark-text"),
        label=FIELD_LABELS.get(finding.field, finding.field),
        confidence=CONFIDENCE.get(finding.confidence, finding.confidence),
        said=said_of(finding.field, value),
        before=said_of(finding.field, finding.proposed).main if changed else "",
        warnings=[flag_words(flag, finding.text) for flag in finding.flags],
        made=made,
    )


def summary_of(findings: Iterable[Finding], *, asked: int = 0) -> Summary:
    """Count how far the checking is."""
    rows = list(findings)
    waiting = [row for row in rows if row.state == FindingState.PROPOSED]
    return Summary(
        accepted=sum(row.state in DECIDED_YES for row in rows),
        open=len(waiting),
        flagged=sum(bool(row.flags) for row in waiting),
        rejected=sum(row.state == FindingState.REJECTED for row in rows),
        certain=sum(is_certain(row) for row in waiting),
        asked=asked,
    )


def is_certain(finding: Finding) -> bool:
    """Tell whether a finding may be accepted with others at once: sure, and nothing flagged."""
    return (
        finding.state == FindingState.PROPOSED
        and finding.confidence == "certain"
        and not finding.flags
    )


def names_in(finding: Finding) -> list[str]:
    """Return the names of bodies in a finding, as written, each once."""
    value = finding.value
    written: Iterator[Any] = iter(())
    if finding.field in {"issuer", "addressee"}:
        written = iter([value])
    elif isinstance(value, dict):
        keys = _NAMING.get(finding.field, ())
        written = (
            name
            for key in keys
            for name in (value[key] if isinstance(value.get(key), list) else [value.get(key)])
        )
    parts = (part for name in written if isinstance(name, str) for part in parts_of(name))
    return list(dict.fromkeys(parts))


def named_bodies(
    document: Document, reading: Reading, findings: Sequence[Finding]
) -> list[NamedBody]:
    """Return every name of a body in the findings that still count, with what it means."""
    decided: dict[str, int | None] = {}
    names: dict[str, None] = {}
    for finding in findings:
        if finding.state != FindingState.REJECTED:
            names |= dict.fromkeys(names_in(finding))
            decided |= finding.bodies
    found = meanings(document, reading, names)
    day = day_understood(document, reading)
    wanted = {pk for pk in decided.values() if pk}
    rows = Profile.objects.filter(valid_on(day), organisation__in=wanted)
    called = dict(rows.values_list("organisation_id", "name")) if wanted else {}
    return [_named(name, found[name], decided, called) for name in names]


def meanings(document: Document, reading: Reading, names: Iterable[str]) -> dict[str, Resolution]:
    """Return what names in a document mean; see :func:`.bodies.resolve_names`."""
    return resolve_names(
        names, owner=document.owner, issuer=document.issuer, day=day_understood(document, reading)
    )


def day_understood(document: Document, reading: Reading) -> date:
    """Return the date as of which names are understood: of issue, however roughly it is known."""
    if document.issued_on:
        return document.issued_on
    told = str(reading.facts.get("issued_on") or "")
    for text in (told, f"{told}-01", f"{told}-01-01"):
        try:
            return parse_date(text)
        except DateError:
            continue
    return localdate(reading.read_at)


def guessed_value(field: str, words: str) -> Any:
    """Return what the reader makes of words that a person marked as such a finding, or nothing."""
    found = read_text(words).findings
    return next((one.value for one in found if one.field == field), None)


_NAMING: Mapping[str, tuple[str, ...]] = {
    "deadline": ("audience",),
    "quota": ("audience",),
    "assignment": ("directing", "executing", "cooperating"),
}


def _mark(finding: Finding) -> Mark:
    return Mark(
        pk=finding.pk,
        start=finding.start,
        end=finding.end,
        key=str(finding.pk),
        number=str(finding.ordinal),
        state=finding.state,
        group=GROUP_OF.get(finding.field, "what"),
        icon=ICON_OF.get(finding.field, "file-earmark-text"),
        label=FIELD_LABELS.get(finding.field, finding.field),
    )


def _findings_of(reading: Reading) -> list[Finding]:
    return list(Finding.objects.filter(reading=reading).order_by("start", "ordinal"))


def _progress(document: Document, reading: Reading, findings: Sequence[Finding]) -> Progress:
    bodies = named_bodies(document, reading, findings)
    asked = sum(body.is_asked for body in bodies)
    return Progress(reading=reading, bodies=bodies, summary=summary_of(findings, asked=asked))


def _grouped(findings: Iterable[Finding], made: Mapping[int, int]) -> list[GroupView]:
    by_group: dict[str, list[FindingView]] = {}
    for finding in findings:
        view = view_of(finding, made.get(finding.pk, 0))
        by_group.setdefault(view.group, []).append(view)
    return [
        GroupView(code=code, title=title, icon=icon, views=by_group[code])
        for code, title, icon, _names in GROUPS
        if code in by_group
    ]


def _named(
    name: str, meaning: Resolution, decided: Mapping[str, int | None], called: Mapping[int, str]
) -> NamedBody:
    if name in decided:
        chosen = called.get(decided[name] or 0, "")
        return NamedBody(name=name, resolution=meaning, decided=True, chosen=chosen)
    if meaning.standing == SURE and meaning.organisation:
        return NamedBody(name=name, resolution=meaning, chosen=meaning.organisation.name)
    return NamedBody(name=name, resolution=meaning, decided=meaning.standing == UNKNOWN)
