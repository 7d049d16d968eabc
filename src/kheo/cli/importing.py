"""The report of `kheo rounds import`: every file and every row, in words or as JSON.

A list may have tens of thousands of rows: some hundred of them are in memory at a time.
"""

import json
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from itertools import islice
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from kheo.intake.models import Intake, IntakeEntry, IntakeFile, IntakeForm
    from kheo.intake.queries.pages import Words

Told = dict[str, object]
Forms = Iterator[tuple[Told, Iterator[Told]]]
Files = Iterator[tuple[Told, Forms]]
ROWS_AT_ONCE = 500


def write_report(intake: "Intake", out: IO[str]) -> None:
    """Write what became of each file and each row: a line each."""
    for file, forms in _files(intake):
        out.write(f"{file['name']}: {file['reason'] or _STATES[str(file['state'])]}\n")
        for form, rows in forms:
            out.write(
                f"  {form['form'] or '?'} – {form['unit'] or _('unit to be named: --unit')}\n"
            )
            for problem in form["problems"]:  # type: ignore[attr-defined]
                out.write(f"    {_problem(problem)}\n")
            for row in rows:
                out.write(f"    {row['place']}: {row['name'] or '–'} – {_outcome(row)}\n")
                for problem in row["problems"]:  # type: ignore[attr-defined]
                    out.write(f"      {_problem(problem)}\n")


def write_json_report(intake: "Intake", out: IO[str], *, saved: bool, dry_run: bool) -> None:
    """Write the same as one object of JSON."""
    told: Told = {"import": intake.pk, "round": intake.round_id}
    out.write(_opened(told | {"dry_run": dry_run, "saved": saved}, "files"))
    for number, (file, forms) in enumerate(_files(intake)):
        out.write(_parted(number) + _opened(file, "forms"))
        for place, (form, rows) in enumerate(forms):
            out.write(_parted(place) + _opened(form, "rows"))
            for order, row in enumerate(rows):
                out.write(_parted(order) + _json(row))
            out.write("]}")
        out.write("]}")
    out.write("]}\n")


def is_whole(intake: "Intake") -> bool:
    """Tell whether every file was read and every row can be taken."""
    from kheo.intake.enums import FileState

    return not intake.files.exclude(state=FileState.READ, problems=0).exists()


def takes_something(intake: "Intake") -> bool:
    """Tell whether any row is to be taken."""
    from kheo.intake.enums import Decision
    from kheo.intake.models import IntakeEntry

    rows = IntakeEntry.objects.filter(form__file__intake=intake, decision=Decision.TAKE)
    return rows.exists()


def _opened(told: Told, name: str) -> str:
    """Return an object of JSON up to the bracket of a list that ends it."""
    return f"{_json(told)[:-1]}, {_json(name)}: ["


def _parted(number: int) -> str:
    return ", " if number else ""


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False)


def _files(intake: "Intake") -> Files:
    from kheo.intake.queries.pages import round_words

    words = round_words(intake.round)
    for file in intake.files.select_related("same_as__intake__seat__user"):
        yield _file(file), _forms(file, words)


def _file(file: "IntakeFile") -> Told:
    from kheo.intake.enums import FileState
    from kheo.intake.queries.words import refusal_words

    reason = refusal_words(file.refusal) if file.state == FileState.REFUSED else ""
    if file.state == FileState.TWICE:
        reason = _("the same file was handed in before")
    return {
        "name": file.name,
        "state": str(file.state),
        "reason": reason,
        "problems": file.problems,
    }


def _forms(file: "IntakeFile", words: "Words") -> Forms:
    from kheo.intake.queries.pages import whole_problems

    for form in file.forms.select_related("participation__organisation"):
        problems = [vars(problem) for problem in whole_problems(form, file.intake.round)]
        unit = form.participation.unit_name if form.participation else None
        yield {"form": form.layout, "unit": unit, "problems": problems}, _rows(form, words)


def _rows(form: "IntakeForm", words: "Words") -> Iterator[Told]:
    from kheo.intake.queries.pages import shown_rows

    entries = form.entries.iterator(chunk_size=ROWS_AT_ONCE)
    while some := list(islice(entries, ROWS_AT_ONCE)):
        for row in shown_rows(some, words):
            entry: IntakeEntry = row.entry
            yield {
                "place": row.place,
                "name": row.items.get("name", ""),
                "decision": str(entry.decision),
                "link": str(entry.link),
                "registration": entry.registration_id,
                "problems": [vars(problem) for problem in row.problems],
                "missing": list(row.gaps),
            }


def _outcome(row: Mapping[str, object]) -> str:
    if row["decision"] == "leave":
        return _("left out: it is registered in this round already")
    if row["problems"]:
        return _("problems")
    if row["registration"]:
        return _("saved as registration %s") % row["registration"]
    return _("can be taken")


def _problem(problem: Mapping[str, str]) -> str:
    found = _("; found: %s") % problem["found"] if problem["found"] else ""
    expected = _("; expected: %s") % problem["expected"]
    item = f"{problem['item']}: " if problem["item"] else ""
    return f"{item}{problem['happened']}{expected}{found}"


_STATES = {
    "read": _("read"),
    "twice": _("the same file was handed in before"),
    "refused": _("cannot be read"),
    "waiting": _("not read yet"),
}
