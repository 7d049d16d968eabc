"""What the registrations of a world say: the demonstration's models, told of any place."""

import random
from dataclasses import dataclass
from itertools import islice

from bench.tree import Unit
from kheo.demo.content import ModelText, load_models, load_world, make_persons
from kheo.lib.text.folding import fold

# one registration in so many is found by a phrase that no other has
RARE_EVERY = 5_000
RARE_NAME = "Câu lạc bộ giữ tiếng đàn đá {hamlet}"
RARE_PHRASE = "tieng dan da"
COMMON_WORD = "duong"
POSITIONS = (
    "Trưởng thôn",
    "Bí thư chi bộ",
    "Đảng viên",
    "Chi hội trưởng Hội Nông dân",
    "Giáo viên",
)


@dataclass(frozen=True, slots=True)
class Wording:
    """The content of one registration by column, and what it is found by."""

    columns: dict[str, str]
    search_key: str


class Texts:
    """Chooses a text for each registration; each piece is folded once."""

    def __init__(self, chance: random.Random) -> None:
        world = load_world()
        self.models = load_models()
        self.hamlets = world.names["hamlets"]
        self.persons = [
            (person.full_name, fold(person.full_name))
            for person in islice(make_persons(world.names, chance), 2_000)
        ]
        self.chance = chance
        self.count = 0
        self._folded: dict[str, str] = {}

    def choose(self) -> int:
        """Return the number of a model."""
        return self.chance.randrange(len(self.models))

    def write(self, number: int, unit: Unit, year: int) -> Wording:
        """Write what a unit registers in a year."""
        self.count += 1
        model = self.models[number]
        hamlet = self.chance.choice(self.hamlets)
        pattern = model.name if self.count % RARE_EVERY else RARE_NAME
        name = pattern.format(unit=unit.place, hamlet=hamlet)
        key = self.folded(name)
        columns = {
            "address": unit.name,
            "name": name,
            "field": model.field,
            "form": model.form,
            "nature": model.nature,
            "content": model.content,
            "starts": f"tháng 3/{year}",
            "ends": f"tháng 11/{year}",
            "starts_on": f"{year}-03-01",
            "ends_on": f"{year}-11-30",
            "scope": f"{hamlet}, {unit.place}",
            "expected_results": model.expected,
        }
        return self._with_person(model, columns, key, unit)

    def folded(self, name: str) -> str:
        """Return a name as it is searched."""
        key = self._folded.get(name)
        if key is None:
            key = self._folded[name] = fold(name)
        return key

    def _with_person(
        self, model: ModelText, columns: dict[str, str], key: str, unit: Unit
    ) -> Wording:
        if model.form != "individual":
            return Wording(columns, f"{key} {unit.folded}"[:700])
        person, folded = self.chance.choice(self.persons)
        columns["full_name"] = person
        columns["position"] = self.chance.choice(POSITIONS)
        columns["workplace"] = unit.name
        return Wording(columns, f"{key} {folded} {unit.folded}"[:700])
