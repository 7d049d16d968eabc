"""Composed tables of models: any properties against each other or against the steps reached."""

from collections.abc import Iterator
from itertools import product
from typing import Any

from kheo.exemplars.enums import Continuity
from kheo.lib.papers.nodes import Column, Row, SectionRow, TableRow, TotalRow
from kheo.lib.text.numbers import format_number, roman
from kheo.reporting.enums import Cut, Step
from kheo.reporting.papers.lists import FORMS, NATURES
from kheo.reporting.queries.lists import FIELD_WORDS
from kheo.reviews.queries.annex_data import AnnexData
from kheo.reviews.queries.cubes import NOTHING, PLACE, Cube, Key, Steps
from kheo.reviews.rules.designs import STEPS, TableSpec

Heads = list[tuple[Any, str]]
TOTAL = "Tổng số"
NUMBER_WIDTH, LABEL_WIDTH, CELL_WIDTH = 10.0, 50.0, 18.0


def composed_table(spec: TableSpec, data: AnnexData) -> tuple[tuple[Column, ...], list[TableRow]]:
    """Return columns and rows of a table of models, its sums last.

    Models are counted once in all years; where years are told apart, or there are too many of
    them (the whole country), once in each year.
    """
    table = _Composed(spec, data)
    return table.columns(), list(table.rows())


def counting_rule(spec: TableSpec, data: AnnexData) -> str:
    """Return in Vietnamese how models of several years are counted; papers print it."""
    if spec.counts_entries or data.is_huge:
        return "Mỗi mô hình, điển hình tính một lần trong từng năm đăng ký."
    return (
        "Mỗi mô hình, điển hình tính một lần trong cả giai đoạn, theo lần đăng ký gần nhất; mô hình"
        " của nhiều đơn vị chỉ tính một lần."
    )


class _Composed:
    """One table while it is put together."""

    def __init__(self, spec: TableSpec, data: AnnexData) -> None:
        self.spec, self.data = spec, data
        self.has_units = Cut.UNIT in spec.cuts
        self.with_steps = STEPS in (spec.groups, spec.columns)
        names = [COLUMN_OF[Cut(cut)] for cut in spec.cuts]
        only = {COLUMN_OF.get(Cut(name), name): value for name, value in spec.only.items()}
        self.cells = self._cube().rolled_up(names, only)
        self.heads = {cut: self._heads(place, cut) for place, cut in enumerate(spec.cuts)}
        self.heads[STEPS] = [(step, STEP_WORDS[Step(step)]) for step in spec.steps]

    def columns(self) -> tuple[Column, ...]:
        label = Column(CUT_WORDS[Cut(self.spec.rows)], LABEL_WIDTH)
        found = [Column("TT", NUMBER_WIDTH, "center"), label]
        if not self.with_steps:
            found.append(Column(TOTAL, CELL_WIDTH, "right"))
        for group, column in self._leaves():
            heading = self._label(self.spec.columns, column)
            above = self._label(self.spec.groups, group) if self.spec.groups else ""
            found.append(Column(heading, CELL_WIDTH, "right", above))
        return tuple(found)

    def rows(self) -> Iterator[TableRow]:
        spec = self.spec
        every = [key for key, _label in self.heads[spec.rows]]
        if not spec.sections:
            yield from self._rows_of(None)
            yield TotalRow(TOTAL, self._cells([(row,) for row in every]))
            return
        sections = self.heads[spec.sections]
        for place, (section, label) in enumerate(sections, start=1):
            named = SECTION_WORDS.get(spec.sections, "{}").format(label)
            yield SectionRow(f"{roman(place)}. {named.upper()}")
            yield from self._rows_of(section)
            yield TotalRow("Cộng", self._cells([(section, row) for row in every]))
        yield TotalRow(
            TOTAL, self._cells([(one, row) for one, _words in sections for row in every])
        )

    def _rows_of(self, section: Any) -> Iterator[TableRow]:
        for place, (key, label) in enumerate(self.heads[self.spec.rows], start=1):
            start = (key,) if section is None else (section, key)
            yield Row((str(place), label, *self._cells([start])))

    def _cells(self, starts: list[Key]) -> tuple[str, ...]:
        """Return the figures of a row, or the sums of several."""
        numbers = [self._sum(starts, group, column) for group, column in self._leaves()]
        if not self.with_steps:
            numbers = [sum(numbers), *numbers]
        return tuple(format_number(number) for number in numbers)

    def _sum(self, starts: list[Key], group: Any, column: Any) -> int:
        step, ends = Step.REGISTERED, []
        for cut, key in ((self.spec.groups, group), (self.spec.columns, column)):
            if cut == STEPS:
                step = Step(key)
            elif cut:
                ends.append(key)
        return sum(self._steps((*start, *ends))[PLACE[step]] for start in starts)

    def _steps(self, key: Key) -> Steps:
        return self.cells.get(key, NOTHING)

    def _leaves(self) -> list[tuple[Any, Any]]:
        groups = [key for key, _label in self.heads.get(self.spec.groups, [(None, "")])]
        return list(product(groups, [key for key, _label in self.heads[self.spec.columns]]))

    def _label(self, cut: str, key: Any) -> str:
        return next(label for other, label in self.heads[cut] if other == key)

    def _cube(self) -> Cube:
        if self.spec.counts_entries or self.data.is_huge:
            return self.data.entries_by_unit if self.has_units else self.data.entries
        return self.data.models_by_unit if self.has_units else self.data.models

    def _heads(self, place: int, cut: str) -> Heads:
        present = {key[place] for key in self.cells}
        if cut == Cut.LEVEL:
            return [(pk, name) for pk, name in self.data.levels.items() if pk in present]
        if cut == Cut.YEAR:
            return [(year, str(year)) for year in self.data.years]
        if cut == Cut.UNIT:
            units: Heads = list(self.data.units(present).items())
            rest = f"{self.data.report.unit_name} (trực tiếp và đơn vị đã chuyển đi)"
            return [*units, (0, rest)] if 0 in present else units
        return list(WORDS[Cut(cut)].items())


COLUMN_OF = {
    Cut.FIELD: "field",
    Cut.FORM: "form",
    Cut.LEVEL: "level_id",
    Cut.CONTINUITY: "continuity",
    Cut.NATURE: "nature",
    Cut.YEAR: "year",
    Cut.UNIT: "unit",
}
# papers are in Vietnamese whatever the language of the screen
CONTINUITIES = {
    Continuity.NEW.value: "Xây dựng mới",
    Continuity.KEPT.value: "Duy trì",
    Continuity.REPLICATED.value: "Nhân rộng",
}
WORDS = {
    Cut.FIELD: FIELD_WORDS,
    Cut.FORM: FORMS,
    Cut.CONTINUITY: CONTINUITIES,
    Cut.NATURE: NATURES,
}
CUT_WORDS = {
    Cut.FIELD: "Lĩnh vực",
    Cut.FORM: "Hình thức",
    Cut.LEVEL: "Cấp",
    Cut.CONTINUITY: "Xây dựng mới, duy trì, nhân rộng",
    Cut.NATURE: "Mô hình, điển hình",
    Cut.YEAR: "Năm",
    Cut.UNIT: "Đơn vị",
}
# what stands before the name of a section: "I. CẤP HUYỆN"
SECTION_WORDS = {
    Cut.FIELD.value: "Lĩnh vực {}",
    Cut.LEVEL.value: "Cấp {}",
    Cut.YEAR.value: "Năm {}",
}
STEP_WORDS = {
    Step.REGISTERED: "Đăng ký",
    Step.ACCEPTED: "Chấp nhận",
    Step.NOMINATED: "Giới thiệu lên cấp trên",
    Step.CARRIED_OUT: "Đã thực hiện",
    Step.APPRAISED: "Đã thẩm định",
    Step.RECOGNISED: "Công nhận",
    Step.PRAISED: "Biểu dương",
    Step.COMMENDED: "Khen thưởng",
    Step.REPLICATED: "Được nhân rộng",
}
