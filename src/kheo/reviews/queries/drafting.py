"""A first draft of a consolidated report by rule: figures, typical models, what several say."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kheo.lib.text.folding import fold
from kheo.recognition.enums import Act
from kheo.reviews.enums import HeadingPurpose, Measure
from kheo.reviews.models import OutlineHeading, Report
from kheo.reviews.queries.annex_data import years_of
from kheo.reviews.queries.consolidating import submitted_answers
from kheo.reviews.queries.counting import counted_terms
from kheo.reviews.queries.reviews import depths_of
from kheo.reviews.queries.scopes import registered_rows, scope_of
from kheo.reviews.queries.sentences import FIELD_NAMES
from kheo.reviews.rules.figures import FigureTerms
from kheo.reviews.rules.grouping import Point, PointGroup, grouped_points
from kheo.reviews.rules.passages import points_of
from kheo.reviews.rules.purposes import Purpose, purposes_of
from kheo.rounds.enums import Field

MOST_MODELS, MOST_PLACES, MOST_POINTS = 8, 5, 12
# of each field the furthest models are looked through, which is plenty for eight names
MOST_LOOKED_AT = 400
SEVERAL = 2
MODEL = "mô hình"
ACTS = (Act.RECOGNISE, Act.PRAISE, Act.COMMEND)
# counted over everything below, not by field or act
WHOLE = (
    Measure.DOCUMENTS,
    Measure.UNITS_REGISTERED,
    Measure.MODELS,
    Measure.CARRIED_OUT,
    Measure.RECOGNISED,
    Measure.REPLICATED,
)
OF_POINTS = frozenset(
    {
        HeadingPurpose.GENERAL,
        HeadingPurpose.GUIDANCE,
        HeadingPurpose.STRENGTHS,
        HeadingPurpose.LIMITS,
        HeadingPurpose.CAUSES,
        HeadingPurpose.LESSONS,
        HeadingPurpose.DIRECTIONS,
        HeadingPurpose.PETITIONS,
    }
)
_BODIES = (
    "Đảng ủy xã ",
    "Đảng ủy phường ",
    "Đảng ủy thị trấn ",
    "Đảng ủy đặc khu ",
    "Đảng ủy ",
    "Đảng bộ ",
    "Huyện ủy ",
    "Thị ủy ",
    "Thành ủy ",
    "Ủy ban nhân dân xã ",
    "Ủy ban nhân dân phường ",
)


@dataclass(frozen=True, slots=True)
class DraftPart:
    """A line of a draft; ``{0}`` and so on stand for its figures; its words are of ``points``."""

    text: str
    terms: tuple[FigureTerms, ...] = ()
    points: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadingDraft:
    """What the rules offer under one heading."""

    heading: OutlineHeading
    parts: tuple[DraftPart, ...]


def drafts_of(report: Report, only: OutlineHeading | None = None) -> list[HeadingDraft]:
    """Return what the rules offer under the headings of a consolidated report.

    Figures are told once each, under the deepest heading that asks for them; points that several
    of the submitted reports below make are told under the heading they were made under.
    """
    headings = list(report.review.headings.all())
    purposes = purposes_of(headings)
    places = _places_of_figures(headings, purposes)
    points = _points_below(report, only)
    maker = _Maker(report)
    found = []
    for heading in headings if only is None else [only]:
        purpose = purposes[heading.pk]
        parts: list[DraftPart] = []
        if places.get(purpose) == heading.pk:
            parts += maker.parts(purpose)
        if purpose.purpose in OF_POINTS:
            parts += _told_by_several(points.get(heading.pk, []), purpose)
        if parts:
            found.append(HeadingDraft(heading, tuple(parts)))
    return found


def groups_below(report: Report, heading: OutlineHeading) -> list[PointGroup]:
    """Return what the submitted reports below say under a heading, what most say first."""
    return grouped_points(_points_below(report, heading).get(heading.pk, []))


def _points_below(report: Report, only: OutlineHeading | None) -> dict[int, list[Point]]:
    found: dict[int, list[Point]] = {}
    for row, answer in submitted_answers(report, only):
        points = (Point(text, answer.pk, row.pk) for text in points_of(answer.body))
        found.setdefault(answer.heading_id, []).extend(points)
    return found


def _places_of_figures(
    headings: Sequence[OutlineHeading], purposes: Mapping[int, Purpose]
) -> dict[Purpose, int]:
    """Return for each thing asked the heading where its figures stand: deepest, then first."""
    depths = depths_of(list(headings))
    found: dict[Purpose, int] = {}
    for heading in headings:
        purpose = purposes[heading.pk]
        known = found.get(purpose)
        if known is None or depths[heading.pk] > depths[known]:
            found[purpose] = heading.pk
    return found


def _told_by_several(points: list[Point], purpose: Purpose) -> Iterator[DraftPart]:
    groups = grouped_points(points)
    # what is asked of above is passed on whole, however few ask it
    least = 1 if purpose.purpose == HeadingPurpose.PETITIONS else SEVERAL
    for group in [one for one in groups if one.units >= least][:MOST_POINTS]:
        yield DraftPart(f"- {group.text}", points=group.points)


class _Maker:
    """Makes the sentences that come from the register, for one report's scope and years."""

    def __init__(self, report: Report) -> None:
        self._report, self._scope, self._years = report, scope_of(report), years_of(report)

    def parts(self, purpose: Purpose) -> Iterator[DraftPart]:
        """Yield the sentences for one thing asked; a sentence of noughts says nothing."""
        match purpose.purpose:
            case HeadingPurpose.GUIDANCE:
                yield from self._told(
                    "- Đã ban hành {0} lãnh đạo, chỉ đạo, hướng dẫn triển khai phong trào thi đua "
                    "“Dân vận khéo”.",
                    self._terms(Measure.DOCUMENTS),
                )
            case HeadingPurpose.RESULTS:
                yield from self._registered()
            case HeadingPurpose.FIELD if purpose.field:
                yield from self._of_field(purpose.field)
            case HeadingPurpose.BUILDING:
                yield from self._building()
            case HeadingPurpose.HONOURS:
                yield from self._honours()

    def _terms(self, measure: Measure, noun: str = "", **only: str) -> FigureTerms:
        return FigureTerms(
            measure=measure,
            first_year=self._years[0],
            last_year=self._years[-1],
            only=only,
            noun=noun,
        )

    def _told(self, text: str, *terms: FigureTerms) -> Iterator[DraftPart]:
        if self._count(terms[0]):
            yield DraftPart(text, terms)

    def _count(self, terms: FigureTerms) -> int:
        return self._counts[terms.measure, terms.only.get("field", terms.only.get("act", ""))]

    @cached_property
    def _counts(self) -> dict[tuple[Measure, str | int], int]:
        """Count all that any sentence needs at once."""
        terms = [self._terms(measure) for measure in WHOLE]
        terms += [self._terms(Measure.MODELS, field=field.value) for field in FIELD_NAMES]
        terms += [self._terms(Measure.HONOURS, act=act.value) for act in ACTS]
        keys = [(one.measure, next(iter(one.only.values()), "")) for one in terms]
        return dict(zip(keys, counted_terms(self._report, terms), strict=True))

    def _registered(self) -> Iterator[DraftPart]:
        """Yield the sentence of S3: of how many units, how many models, in which fields."""
        by_field = [
            (name, terms)
            for field, name in FIELD_NAMES.items()
            if self._count(terms := self._terms(Measure.MODELS, MODEL, field=field.value))
        ]
        fields = "; ".join(
            f"{name}: {{{place}}}" for place, (name, _terms) in enumerate(by_field, start=2)
        )
        yield from self._told(
            "Đến nay đã có {0} đăng ký với {1} trên các lĩnh vực (" + fields + ").",
            self._terms(Measure.UNITS_REGISTERED),
            self._terms(Measure.MODELS, MODEL),
            *(terms for _name, terms in by_field),
        )

    def _of_field(self, field: str) -> Iterator[DraftPart]:
        name = FIELD_NAMES[Field(field)]
        yield from self._told(
            f"Trên lĩnh vực {name} đã đăng ký {{0}}.",
            self._terms(Measure.MODELS, MODEL, field=field),
        )
        if told := self._typical(field):
            yield DraftPart(f"Có các mô hình tiêu biểu như: {told}.")

    def _building(self) -> Iterator[DraftPart]:
        for measure, words in (
            (Measure.CARRIED_OUT, "đã hoàn thành việc thực hiện"),
            (Measure.RECOGNISED, "được công nhận"),
            (Measure.REPLICATED, "được nhân rộng ra các địa phương, đơn vị khác"),
        ):
            yield from self._told(
                f"- Có {{0}} {words}, trong tổng số {{1}} đăng ký.",
                self._terms(measure, MODEL),
                self._terms(Measure.MODELS, MODEL),
            )

    def _honours(self) -> Iterator[DraftPart]:
        for act in ACTS:
            yield from self._told(
                "- Đã có {0} đối với tập thể, cá nhân thực hiện tốt phong trào thi đua “Dân vận "
                "khéo”.",
                self._terms(Measure.HONOURS, act=act.value),
            )

    def _typical(self, field: str) -> str:
        """Return the models of a field that came furthest, each with its places, as S3 does."""
        rows = registered_rows(self._scope, self._years).filter(field=field).exclude(name="")
        rows = rows.exclude(self._scope.inside("uncounted_path"))
        furthest = rows.order_by("-stages", "-year", "pk").values_list("name", "unit_name")
        places: dict[str, list[str]] = {}
        names: dict[str, str] = {}
        for name, unit in furthest[:MOST_LOOKED_AT]:
            key = fold(name)
            names.setdefault(key, name.strip().strip("“”\"'").rstrip("."))
            told = places.setdefault(key, [])
            if (place := bare_place(unit)) not in told:
                told.append(place)
        return "; ".join(
            f"“{names[key]}” ({_listed(told)})" for key, told in list(places.items())[:MOST_MODELS]
        )


def bare_place(unit: str) -> str:
    """Return where a unit is: "An Dương" of "Đảng ủy xã An Dương"; other bodies keep their name."""
    for body in _BODIES:
        if unit.casefold().startswith(body.casefold()):
            return unit[len(body) :]
    return unit


def _listed(places: list[str]) -> str:
    return ", ".join(places[:MOST_PLACES]) + ("…" if len(places) > MOST_PLACES else "")
