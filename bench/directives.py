"""How well directives are read: on invented papers with gold, half of them never tuned on.

Run by hand: python -m bench.directives    (also tells what is wrong in the open half)
"""

import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx

from bench.scoring import Score, compare, differences, named_papers, score, sure_facts
from bench.timing import Measurement
from kheo.lib.extraction.directives.reading import read_document, read_text

SAMPLES = Path(__file__).parents[1] / "tests/lib/extraction/directives/samples"
HALVES = ("open", "sealed")
LONG = SAMPLES / "open" / "25-long-province-plan.docx"
# issue 4: F1 on papers of the kind, precision of what must never be wrong, milliseconds
LEAST, SUREST, LONGEST = 95.0, 99.0, 300.0
TEN_PAGES = 28_000
ROUNDS = 5


@dataclass(frozen=True)
class Sample:
    """A paper, what a careful officer found in it, and what was read."""

    name: str
    gold: dict[str, Any]
    reading: dict[str, Any]

    @property
    def confident(self) -> dict[str, Any]:
        """Return the reading without deadlines and quotas of which the reader says it is unsure."""
        sure = {
            (one["field"], json.dumps(one["value"]))
            for one in self.reading["findings"]
            if one["confidence"] != "unsure"
        }
        return self.reading | {
            key: [row for row in self.reading[key] if (field, json.dumps(row)) in sure]
            for key, field in (("deadlines", "deadline"), ("quotas", "quota"))
        }


def papers(half: str) -> list[tuple[Path, Path]]:
    """Return the papers of a half, each with its gold."""
    golds = sorted((SAMPLES / half).glob("*.json"))
    return [(_paper(gold), gold) for gold in golds]


def _paper(gold: Path) -> Path:
    return next(path for path in gold.parent.glob(f"{gold.stem}.*") if path.suffix != ".json")


@cache
def samples(half: str) -> tuple[Sample, ...]:
    """Read all papers of a half."""
    return tuple(
        Sample(
            paper.name,
            json.loads(gold.read_text(encoding="utf-8")),
            read_document(paper.read_bytes(), paper.name).as_json(),
        )
        for paper, gold in papers(half)
    )


def totals(half: str) -> dict[str, Score]:
    """Return the score of each field over a half, and of all together."""
    found: dict[str, Score] = {}
    for sample in samples(half):
        for field, one in score(sample.gold, sample.reading).items():
            found[field] = found.get(field, Score()) + one
    return found


def surest(half: str, *, confident: bool = True) -> dict[str, Score]:
    """Return the scores of symbols, dates and quotas over a half, by default of confident ones."""
    found: dict[str, Score] = {}
    for sample in samples(half):
        wanted = sure_facts(sample.gold, sample.gold)
        read = sample.confident if confident else sample.reading
        for name, facts in sure_facts(read, sample.gold).items():
            found[name] = found.get(name, Score()) + compare(wanted[name], facts)
    return found


def named(half: str) -> Score:
    """Return how often a named paper's issuer and relation are right, over a half."""
    return sum((named_papers(one.gold, one.reading) for one in samples(half)), start=Score())


def measure_directives() -> list[Measurement]:
    """Measure both halves, all fields, and the time of a long paper."""
    return [*_qualities(), *_named(), *_fields(), _time()]


def _qualities() -> Iterator[Measurement]:
    for half in HALVES:
        reached = totals(half)["all"]
        more = _shares(reached) | {"papers": len(samples(half)), "facts": reached.wanted}
        yield _share(f"directives, F1, {half} half", reached.f1, LEAST, more)
        every = surest(half, confident=False)
        for name, one in surest(half).items():
            more = {"found": one.found, "wrong": one.found - one.right, "wanted": one.wanted}
            more |= {"with unsure ones": round(every[name].precision * 100, 1)}
            yield _share(f"precision of confident {name}, {half} half", one.precision, SUREST, more)


def _named() -> Iterator[Measurement]:
    for half in HALVES:
        one = named(half)
        more = {"asked": one.wanted, "wrong": one.wanted - one.right}
        name = f"issuer and relation of named papers, {half} half"
        yield _share(name, one.recall, None, more)


def _fields() -> Iterator[Measurement]:
    opened, sealed = map(totals, HALVES)
    for field in sorted((opened.keys() | sealed.keys()) - {"all"}):
        one, other = opened.get(field, Score()), sealed.get(field, Score())
        more = _shares(one) | {"sealed F1": round(other.f1 * 100, 1)}
        more |= {f"sealed {name}": share for name, share in _shares(other).items()}
        yield _share(f"{field}, F1, open half", one.f1, None, more)


def _share(name: str, share: float, target: float | None, more: dict[str, Any]) -> Measurement:
    return Measurement(
        name=name,
        value=round(share * 100, 1),
        unit="%",
        target=target,
        more_is_better=True,
        details=more,
    )


def _shares(reached: Score) -> dict[str, float]:
    return {
        "precision": round(reached.precision * 100, 1),
        "recall": round(reached.recall * 100, 1),
    }


def ten_pages() -> str:
    """Return a text of ten pages: the long paper with its body said again until it is so long."""
    lines = read_document(LONG.read_bytes(), LONG.name).text.splitlines()
    body = lines[len(lines) // 6 : len(lines) // 2]
    again = TEN_PAGES // max(1, sum(map(len, body)))
    return "\n".join([*lines[: len(lines) // 6], *body * again, *lines[len(lines) // 2 :]])


def _time() -> Measurement:
    text = ten_pages()
    word = docx.Document()
    for line in text.splitlines():
        word.add_paragraph(line)
    held = io.BytesIO()
    word.save(held)
    content = held.getvalue()
    return Measurement(
        name="a directive of ten pages as Word, processor time",
        value=round(_best(lambda: read_document(content, "a.docx")), 1),
        target=LONGEST,
        details={
            "as text ms": round(_best(lambda: read_text(text)), 1),
            "characters": len(text),
        },
    )


def _best(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time of some work, the best of some rounds."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        work()
        times.append((time.process_time() - begun) * 1000)
    return min(times)


def main() -> None:
    """Print what is wrong in the open half, and the figures of both."""
    for sample in samples("open"):
        for sign, facts in zip(
            ("missing", "wrong"), differences(sample.gold, sample.reading), strict=True
        ):
            for fact, count in facts.items():
                print(f"{sample.name}: {sign} {fact}" + (f" × {count}" if count > 1 else ""))
        _tell_named(sample)
    for one in measure_directives():
        more = ", ".join(f"{name} {value}" for name, value in one.details.items())
        mark = "  MISSED" if one.missed else ""
        print(f"{one.name:48} {one.value:6} {one.unit:2} {more}{mark}")


def _tell_named(sample: Sample) -> None:
    for row in sample.gold["references"]:
        for other in sample.reading["references"]:
            one = named_papers({"references": [row]}, {"references": [other]})
            if one.right < one.wanted:
                told = {name: row.get(name) for name in ("issuer", "relation")}
                print(f"{sample.name}: named {row['symbol']} is {told}, read {other}")


if __name__ == "__main__":
    main()
