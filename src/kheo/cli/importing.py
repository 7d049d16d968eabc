"""The report of `kheo rounds import`: every file and every row, in words or as JSON."""

import json
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kheo.intake.models import Intake, IntakeFile, IntakeForm

Report = Mapping[str, object]


def report_intake(intake: "Intake", *, saved: bool, dry_run: bool) -> dict[str, object]:
    """Return what became of each file and each row, as it is printed as JSON."""
    files = [_file(file) for file in intake.files.select_related("same_as__intake__seat__user")]
    return {
        "import": intake.pk,
        "round": intake.round_id,
        "dry_run": dry_run,
        "saved": saved,
        "files": files,
    }


def print_report(report: Report, *, as_json: bool) -> None:
    """Print a report: one line for each file, and one below it for each row."""
    if as_json:
        print(json.dumps(report, ensure_ascii=False))
        return
    for line in _lines(report):
        print(line)


def is_whole(report: Report) -> bool:
    """Tell whether every file was read and every row can be taken."""
    files: list[dict[str, object]] = report["files"]  # type: ignore[assignment]
    return all(file["state"] == "read" and not file["problems"] for file in files)


def _file(file: "IntakeFile") -> dict[str, object]:
    from kheo.intake.enums import FileState
    from kheo.intake.queries.words import refusal_words

    reason = refusal_words(file.refusal) if file.state == FileState.REFUSED else ""
    if file.state == FileState.TWICE:
        reason = _("the same file was handed in before")
    forms = file.forms.select_related("participation__organisation").prefetch_related(
        "entries__registration"
    )
    return {
        "name": file.name,
        "state": str(file.state),
        "reason": reason,
        "problems": file.problems,
        "forms": [_form(form, file) for form in forms],
    }


def _form(form: "IntakeForm", file: "IntakeFile") -> dict[str, object]:
    from kheo.intake.queries.pages import round_words, shown_rows, whole_problems

    words = round_words(file.intake.round)
    return {
        "form": form.layout,
        "unit": form.participation.unit_name if form.participation else None,
        "problems": [vars(problem) for problem in whole_problems(form, file.intake.round)],
        "rows": [
            {
                "place": row.place,
                "name": row.items.get("name", ""),
                "decision": str(row.entry.decision),
                "link": str(row.entry.link),
                "registration": row.entry.registration_id,
                "problems": [vars(problem) for problem in row.problems],
                "missing": list(row.gaps),
            }
            for row in shown_rows(list(form.entries.all()), words)
        ],
    }


def _lines(report: Report) -> Iterator[str]:
    files: list[dict[str, object]] = report["files"]  # type: ignore[assignment]
    for file in files:
        yield f"{file['name']}: {file['reason'] or _STATES[str(file['state'])]}"
        for form in file["forms"]:  # type: ignore[attr-defined]
            yield f"  {form['form'] or '?'} – {form['unit'] or _('unit to be named: --unit')}"
            for problem in form["problems"]:
                yield f"    {_problem(problem)}"
            for row in form["rows"]:
                yield f"    {row['place']}: {row['name'] or '–'} – {_outcome(row)}"
                for problem in row["problems"]:
                    yield f"      {_problem(problem)}"


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
