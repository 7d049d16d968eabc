"""What the pages of an import show, in a fixed number of statements."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from kheo.exemplars.enums import Continuity, Nature
from kheo.exemplars.queries.labels import field_labels
from kheo.intake.enums import Decision, FileState, IntakeState, Link
from kheo.intake.models import Intake, IntakeEntry, IntakeFile, IntakeForm
from kheo.intake.queries.items import effective_items
from kheo.intake.queries.judging import form_problems, known_levels
from kheo.intake.queries.units import fillable_parts
from kheo.intake.queries.words import item_words, place_words, refusal_words, trouble_words
from kheo.intake.rules import can_change, can_save
from kheo.organisations.models import Level, Seat
from kheo.organisations.rules import Verdict
from kheo.rounds.enums import Form
from kheo.rounds.models import Participation, Round

MOST_RECENT = 20


@dataclass(frozen=True, kw_only=True)
class ShownProblem:
    """One problem in words, with its place and what stood there."""

    item: str
    place: str
    happened: str
    expected: str
    found: str


@dataclass(frozen=True, kw_only=True)
class ShownFile:
    """One file of an import with its counts."""

    file: IntakeFile
    refusal: str
    forms: Sequence[IntakeForm]
    rows: int
    taken: int


@dataclass(frozen=True, kw_only=True)
class ShownRow:
    """One row of a file in words; ``entry`` is what it stands for."""

    entry: IntakeEntry
    items: Mapping[str, str]
    place: str
    form: str
    field: str
    level: str
    problems: Sequence[ShownProblem]
    gaps: Sequence[str]

    @property
    def is_taken(self) -> bool:
        """Tell whether the row is to be taken."""
        return self.entry.decision == Decision.TAKE


@dataclass(frozen=True, kw_only=True)
class IntakePage:
    """All that the page of an import shows."""

    intake: Intake
    files: Sequence[ShownFile]
    can_change: Verdict
    can_save: Verdict

    @property
    def done(self) -> int:
        """Return how many files are not in the queue any more."""
        return sum(shown.file.state != FileState.WAITING for shown in self.files)

    @property
    def is_reading(self) -> bool:
        """Tell whether files are still being read."""
        return self.intake.state == IntakeState.READING

    @property
    def is_saving(self) -> bool:
        """Tell whether the rows are being saved in the background."""
        return self.intake.state == IntakeState.SAVING

    @property
    def taken(self) -> int:
        """Return how many rows are to be taken."""
        return sum(shown.taken for shown in self.files)

    @property
    def left(self) -> int:
        """Return how many rows are left out."""
        return sum(shown.rows for shown in self.files) - self.taken

    @property
    def problems(self) -> int:
        """Return how many problems stand in the way of saving."""
        return sum(shown.file.problems for shown in self.files)


@dataclass(frozen=True)
class Words:
    """What choices are called in a round, looked up once for all rows."""

    fields: Mapping[str, str]
    levels: Mapping[str, Level]

    def of(self, key: str, text: str) -> str:
        """Return an item's value in words."""
        choices: Mapping[str, object] = {
            "field": self.fields,
            "level": self.levels,
            "intended_level": self.levels,
            "form": dict(Form.choices),
            "nature": dict(Nature.choices),
            "continuity": dict(Continuity.choices),
        }.get(key, {})
        return str(choices.get(text, text))


def round_words(round: Round) -> Words:
    """Return what fields and levels are called in a round."""
    return Words(dict(field_labels(round)), known_levels(round.opens_on))


def intake_page(intake: Intake, seat: Seat) -> IntakePage:
    """Return the page of an import."""
    files = intake.files.select_related("same_as__intake__seat__user").prefetch_related(
        "forms__participation"
    )
    counts = {
        row["form__file"]: (row["rows"], row["taken"])
        for row in IntakeEntry.objects.filter(form__file__intake=intake)
        .order_by()
        .values("form__file")
        .annotate(rows=Count("pk"), taken=Count("pk", filter=Q(decision=Decision.TAKE)))
    }
    shown = [_shown_file(file, *counts.get(file.pk, (0, 0))) for file in files]
    problems = sum(one.file.problems for one in shown)
    taken = sum(one.taken for one in shown)
    return IntakePage(
        intake=intake,
        files=shown,
        can_change=can_change(seat, intake),
        can_save=can_save(seat, intake, problems=problems, taken=taken),
    )


def rows_of(form: IntakeForm, *, show: str = "") -> QuerySet[IntakeEntry]:
    """Return the rows of a form in their order, or only those with problems."""
    rows = form.entries.select_related("earlier", "replicated", "registration")
    return rows.exclude(problems=[]) if show == "problems" else rows


def shown_rows(entries: Sequence[IntakeEntry], words: Words) -> list[ShownRow]:
    """Return rows in words."""
    return [shown_row(entry, words) for entry in entries]


def shown_row(entry: IntakeEntry, words: Words) -> ShownRow:
    """Return one row in words."""
    items = effective_items(entry)
    return ShownRow(
        entry=entry,
        items=items,
        place=place_words(entry.place),
        form=words.of("form", items["form"]),
        field=words.of("field", items.get("field", "")),
        level=_level_words(entry, items.get("level", ""), words),
        problems=[shown_problem(problem, words) for problem in entry.problems],
        gaps=[item_words(key) for key in entry.gaps],
    )


def _level_words(entry: IntakeEntry, code: str, words: Words) -> str:
    if code and code not in words.levels and "level" in entry.values:
        return str(entry.values["level"][1])
    return words.of("level", code)


def shown_problem(problem: Mapping[str, object], words: Words | None = None) -> ShownProblem:
    """Return a kept problem in words."""
    happened, expected = trouble_words(problem)
    place = problem.get("place")
    key, found = str(problem["key"]), str(problem.get("found") or "")
    return ShownProblem(
        item=item_words(key) if key else "",
        place=place_words(place) if isinstance(place, dict) else "",
        happened=happened,
        expected=expected,
        found=words.of(key, found) if words else found,
    )


def whole_problems(form: IntakeForm, round: Round) -> list[ShownProblem]:
    """Return what must be said of a form as a whole, in words."""
    return [shown_problem(problem) for problem in form_problems(form, round)]


def choosable_parts(seat: Seat, round: Round) -> list[Participation]:
    """Return the units a form may be said to be of, by name."""
    return list(fillable_parts(seat, round).select_related(None).only("pk", "unit_name"))


def recent_intakes(intakes: QuerySet[Intake], owner: int) -> list[Intake]:
    """Return the latest imports of a unit or committee."""
    return list(intakes.filter(organisation=owner).order_by("-begun_at")[:MOST_RECENT])


def link_choices(entry: IntakeEntry, *, may_update: bool) -> list[tuple[str, str]]:
    """Return what a row can be to what is known already."""
    choices = [(Link.NEW.value, str(Link.NEW.label))]
    if entry.earlier is not None:
        known = Link.UPDATES if entry.link == Link.UPDATES else Link.CONTINUES
        if entry.earlier.round_id == entry.form.file.intake.round_id:
            known = Link.UPDATES
        if known == Link.CONTINUES or may_update:
            choices.append((known.value, f"{known.label}: {entry.earlier.name}"))
    return choices


def _shown_file(file: IntakeFile, rows: int, taken: int) -> ShownFile:
    return ShownFile(
        file=file,
        refusal=refusal_words(file.refusal) if file.state == FileState.REFUSED else "",
        forms=list(file.forms.all()),
        rows=rows,
        taken=taken,
    )
