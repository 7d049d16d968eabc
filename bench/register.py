"""Registers models for all units of a world, year after year, with every state and continuity."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bench.asked import Asked, Call
from bench.tables import Table
from bench.texts import Texts
from bench.tree import Unit, as_json
from kheo.exemplars.enums import Continuity, State
from kheo.exemplars.models import Exemplar, Registration
from kheo.exemplars.rules import counts_by_level, unit_state
from kheo.organisations.models import Level
from kheo.rounds.models import Participation

CLOSED_STATES = {State.ACCEPTED: 95, State.DECLINED: 3, State.WITHDRAWN: 2}
OPEN_STATES = {
    State.ACCEPTED: 48,
    State.SUBMITTED: 24,
    State.RETURNED: 6,
    State.DRAFT: 12,
    State.SIGNED_OFF: 6,
    State.DECLINED: 3,
    State.WITHDRAWN: 1,
}
UNSENT = frozenset({State.DRAFT, State.SIGNED_OFF})
DECIDED = frozenset({State.ACCEPTED, State.DECLINED})
# of 39 organisations of S3, 15 registered nothing
IDLE_SHARE, IDLE_SHARE_OPEN = 0.12, 0.25
KEPT_SHARE, REPLICATED_SHARE, LATE_SHARE, PROVINCE_SHARE = 0.35, 0.08, 0.05, 0.2


@dataclass(slots=True)
class Entry:
    """What the rules ask of a registration to tell how far its unit is."""

    pk: int
    exemplar_id: int
    model: int
    level_id: int
    state: str
    is_registered: bool
    return_due_on: str | None
    submitted_at: str | None


class Registrar:
    """Writes units in rounds, models and their registrations, and remembers what they continue."""

    def __init__(self, seed: int = 1) -> None:
        self.chance = random.Random(seed)
        self.texts = Texts(self.chance)
        levels = dict(Level.objects.values_list("code", "pk"))
        self.province, self.commune = levels["province"], levels["commune"]
        self.participations = Table(Participation)
        self.exemplars = Table(Exemplar)
        self.registrations = Table(Registration)
        self.history: dict[int, list[Entry]] = {}

    def flush(self) -> None:
        """Write what is still held back."""
        for table in (self.participations, self.exemplars, self.registrations):
            table.flush()

    def fill(self, call: Call) -> None:
        """Let all units of a round take part in it."""
        shares = self._shares(call)
        for unit in call.units:
            self._take_part(call, unit, shares.get(unit.pk, 0))

    def _shares(self, call: Call) -> Counter[int]:
        idle = IDLE_SHARE_OPEN if call.is_open else IDLE_SHARE
        weights = [
            0.0 if self.chance.random() < idle else (3.0 if unit.is_commune else 1.0)
            for unit in call.units
        ]
        weights[0] = 1.0
        chosen = self.chance.choices(call.units, weights, k=call.registrations)
        return Counter(unit.pk for unit in chosen)

    def _take_part(self, call: Call, unit: Unit, count: int) -> None:
        pk = self.participations.count + 1
        entries = list(self._register(call, unit, pk, count))
        audience = call.audience_of(unit)
        counts = counts_by_level(entries)  # type: ignore[arg-type] -- has what it asks
        sent = sorted(entry.submitted_at for entry in entries if entry.is_registered)  # type: ignore[type-var]
        due_on = audience.due_on.isoformat()
        self.participations.add(
            round_id=call.pk,
            audience_id=audience.pk,
            organisation_id=unit.pk,
            unit_name=unit.name,
            sort_key=unit.sort_key,
            path=unit.path,
            original_due_on=due_on,
            due_on=due_on,
            state=unit_state(entries).value,  # type: ignore[arg-type] -- has what it asks
            counts=as_json(counts),
            registered=sum(pair[0] for pair in counts.values()),
            accepted=sum(pair[1] for pair in counts.values()),
            is_short=_is_short(audience, counts),
            first_submitted_at=sent[0] if sent else None,
            last_submitted_at=sent[-1] if sent else None,
            submitted_late=bool(sent) and sent[0][:10] > due_on,  # type: ignore[index]
            touched_at=max(sent, default=None),
        )
        if entries and not call.is_open:
            self.history[unit.pk] = [e for e in entries if e.state == State.ACCEPTED]

    def _register(self, call: Call, unit: Unit, pk: int, count: int) -> Iterator[Entry]:
        earlier = list(self.history.get(unit.pk, ()))
        fixed = {
            "round_id": call.pk,
            "participation_id": pk,
            "organisation_id": unit.pk,
            "unit_name": unit.name,
            "path": unit.path,
            "year": call.year,
        }
        for order in range(1, count + 1):
            kept = earlier.pop() if earlier and self.chance.random() < KEPT_SHARE else None
            yield self._write(call, unit, kept, fixed | {"order": order})

    def _write(self, call: Call, unit: Unit, kept: Entry | None, fixed: dict[str, object]) -> Entry:
        model = kept.model if kept else self.texts.choose()
        wording = self.texts.write(model, unit, call.year)
        entry = self._entry(call, unit, model, kept)
        source = self._source(kept)
        if kept is None:
            self._found(unit, wording.columns, entry.exemplar_id, call.year, source)
        made = Continuity.REPLICATED if source else Continuity.NEW
        continuity = Continuity.KEPT if kept else made
        self.registrations.add(
            **fixed,
            **wording.columns,
            **_days(entry, call.year),
            exemplar_id=entry.exemplar_id,
            previous_id=kept.pk if kept else None,
            level_id=entry.level_id,
            continuity=continuity.value,
            replicated_from_id=source,
            intended_level_id=self.commune if source else None,
            state=entry.state,
            is_registered=entry.is_registered,
            is_late=bool(entry.submitted_at and entry.submitted_at[5:10] > "03-31"),
            return_due_on=entry.return_due_on,
            submitted_at=entry.submitted_at,
            search_key=wording.search_key,
        )
        return entry

    def _entry(self, call: Call, unit: Unit, model: int, kept: Entry | None) -> Entry:
        mix = OPEN_STATES if call.is_open else CLOSED_STATES
        state = self.chance.choices(list(mix), mix.values())[0]
        high = unit.is_commune and self.chance.random() < PROVINCE_SHARE
        sent = None if state in UNSENT else self._moment(call.year)
        return Entry(
            pk=self.registrations.count + 1,
            exemplar_id=kept.exemplar_id if kept else self.exemplars.count + 1,
            model=model,
            level_id=self.province if high else self.commune,
            state=state.value,
            is_registered=sent is not None and state != State.WITHDRAWN,
            return_due_on=f"{call.year}-04-20" if state == State.RETURNED else None,
            submitted_at=sent,
        )

    def _moment(self, year: int) -> str:
        late = self.chance.random() < LATE_SHARE
        day = date(year, 4 if late else 2, 2) + timedelta(
            days=self.chance.randrange(0, 24 if late else 57)
        )
        # morning in UTC is the same day in Việt Nam
        return f"{day} {self.chance.randrange(1, 10):02}:{self.chance.randrange(60):02}:00"

    def _source(self, kept: Entry | None) -> int | None:
        if kept or not self.exemplars.count or self.chance.random() >= REPLICATED_SHARE:
            return None
        return self.chance.randrange(1, self.exemplars.count + 1)

    def _found(
        self, unit: Unit, columns: dict[str, str], pk: int, year: int, source: int | None
    ) -> None:
        self.exemplars.add(
            id=pk,
            owner_id=unit.pk,
            nature=columns["nature"],
            form=columns["form"],
            name=columns["name"],
            search_key=self.texts.folded(columns["name"])[:300],
            first_year=year,
            replicated_from_id=source,
            created_at=f"{year}-02-02 03:00:00",
        )


def _days(entry: Entry, year: int) -> dict[str, str | None]:
    decided = f"{year}-05-15 02:00:00" if entry.state in DECIDED else None
    signed = entry.submitted_at or f"{year}-03-01 02:00:00"
    return {
        "created_at": f"{year}-02-02 03:00:00",
        "updated_at": decided or signed,
        "signed_off_at": None if entry.state in {State.DRAFT, State.RETURNED} else signed,
        "decided_at": decided,
    }


def _is_short(audience: Asked, counts: dict[str, list[int]]) -> bool:
    return any(
        counts.get(str(level), (0, 0))[0] < least for level, least in audience.minimum.items()
    )
