"""`kheo documents`: reads a directive and prints what it says; gives test cases."""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kheo.cli.cases import add_cases
from kheo.cli.document_register import add_register

if TYPE_CHECKING:
    from kheo.lib.extraction.directives.reading import Finding, Reading

WRONG_USE = 2
# what stands for the whole paper: nothing was read of it
_REFUSED = ("empty", "secret")


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("documents", help=_("read directives and reports"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    reading = verbs.add_parser(
        "read",
        help=_("print what a directive says"),
        description=_(
            "Reads a directive or report (Word, PDF with text, or plain text) and prints what it "
            "says: number, dates, deadlines, quotas, tasks, outline. Nothing is saved, and no "
            "database is needed. The exit status is 0 when it was read, 2 when it was refused."
        ),
    )
    reading.add_argument("file", type=Path, metavar=_("FILE"))
    how = reading.add_mutually_exclusive_group()
    how.add_argument("--json", action="store_true", help=_("print all findings as JSON"))
    how.add_argument("--text", action="store_true", help=_("print the clean text that is read"))
    reading.set_defaults(run=run_read)
    add_cases(verbs)
    add_register(verbs)


def run_read(arguments: argparse.Namespace) -> int:
    """Print what was read, or why the file is refused."""
    from kheo.directives.queries.refusals import why_refused
    from kheo.directives.queries.scans import text_of_scan
    from kheo.lib.extraction.directives.reading import read_document, read_scan
    from kheo.lib.files.refusals import UnreadableFileError

    path: Path = arguments.file
    try:
        content = path.read_bytes()
        scanned = text_of_scan(content)
        reading = read_scan(scanned) if scanned else read_document(content, path.name)
    except FileNotFoundError:
        return _refuse(path, _("There is no such file."))
    except OSError:
        return _refuse(path, _("The file cannot be opened; check that you may read it."))
    except UnreadableFileError as error:
        return _refuse(path, why_refused(error.code, error.limit))
    if refused := next((code for code in reading.warnings if code in _REFUSED), None):
        return _refuse(path, why_refused(refused))
    for code in reading.warnings:
        print(f"{path.name}: {_warnings()[code]}", file=sys.stderr)
    if arguments.text:
        print(reading.text)
    elif arguments.json:
        print(json.dumps(reading.as_json(), ensure_ascii=False, indent=1))
    else:
        print("\n".join(_summary(reading)))
    return 0


def _refuse(path: Path, reason: str) -> int:
    print(_("kheo: %(file)s: %(reason)s") % {"file": path, "reason": reason}, file=sys.stderr)
    return WRONG_USE


def _summary(reading: "Reading") -> Iterator[str]:
    """Yield the findings by field, each on a line with what a person should look at."""
    for field, label in _labels().items():
        found = [one for one in reading.findings if one.field == field]
        if not found:
            continue
        lines = [_line(one) for one in found]
        if len(lines) == 1:
            yield f"{label}: {lines[0]}"
        else:
            yield f"{label}:"
            yield from (f"  {line}" for line in lines)
    if not reading.findings:
        yield _("Nothing was found in the text.")


def _line(finding: "Finding") -> str:
    doubts = [_flags().get(flag, flag) for flag in finding.flags]
    if finding.confidence == "unsure" and not doubts:
        doubts = [_("not certain")]
    remark = f" [{'; '.join(doubts)}]" if doubts else ""
    return f"{_words(finding)}{remark}"


def _words(finding: "Finding") -> str:
    value: Any = finding.value
    if finding.field == "issued_on" and isinstance(value, str):
        return _day(value)
    if not isinstance(value, Mapping):
        return str(value)
    writer = _WRITERS.get(finding.field)
    return writer(value) if writer else " ".join(str(part) for part in value.values() if part)


def _reference(value: Mapping[str, Any]) -> str:
    day = _day(value["issued_on"]) if value["issued_on"] else None
    told = ", ".join(part for part in (value["symbol"], day, value["issuer"]) if part)
    return f"{_relations()[value['relation']]} {told}"


def _deadline(value: Mapping[str, Any]) -> str:
    day = _day(value["on"]) if value["on"] else "–"
    every = f" {_('every year')}" if value["every"] else ""
    audience = f" ({value['audience']})" if value["audience"] else ""
    return f"{day}{every}: {_cut(value['task'])}{audience}"


def _quota(value: Mapping[str, Any]) -> str:
    least, most = value["min"], value["max"]
    if least == most:
        count = str(least)
    elif most is None:
        count = f"≥ {least}"
    else:
        count = f"≤ {most}" if least is None else f"{least} – {most}"
    level = " " + _("at level “%s”") % value["level"] if value["level"] else ""
    every = " " + _("every year") if value["per"] else ""
    what = _("nominate") if value["what"] == "nominate" else _("register")
    audience = f": {_cut(value['audience'])}" if value["audience"] else ""
    return f"{what} {count}{level}{every}{audience}"


def _assignment(value: Mapping[str, Any]) -> str:
    bodies = "; ".join(value["executing"])
    time = f" – {value['time']}" if value["time"] else ""
    return f"{value['ordinal']}. {_cut(value['content'])} – {_cut(bodies)}{time}"


def _outline(value: Mapping[str, Any]) -> str:
    return f"{'  ' * max(0, value['depth'] - 1)}{value['number']}. {_cut(value['title'])}"


def _figure(value: Mapping[str, Any]) -> str:
    parts = " + ".join(f"{count} ({name})" for name, count in value["parts"].items())
    return f"{value['total']} {'=' if value['adds_up'] else '≠'} {parts}"


def _signature(value: Mapping[str, Any]) -> str:
    signed = " ".join(part for part in (value["authority"], value["body"]) if part)
    return ", ".join(part for part in (signed, value["position"], value["name"]) if part)


def _annex(value: Mapping[str, Any]) -> str:
    return str(value["title"])


_WRITERS = {
    "reference": _reference,
    "deadline": _deadline,
    "quota": _quota,
    "assignment": _assignment,
    "outline": _outline,
    "figure": _figure,
    "signature": _signature,
    "annex": _annex,
}


def _day(iso: str) -> str:
    """Write 2024-02-27 as 27/02/2024, --03-31 as 31/03, 2024-02 as 02/2024."""
    return "/".join(part for part in reversed(iso.split("-")) if part)


def _cut(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:119].rstrip()}…"


def _labels() -> dict[str, str]:
    return {
        "kind": _("Kind of document"),
        "symbol": _("Number and symbol"),
        "issued_on": _("Date of issue"),
        "place": _("Place of issue"),
        "issuer": _("Issuing body"),
        "subject": _("Subject of the document"),
        "signature": _("Signed by"),
        "addressee": _("Addressed to"),
        "reference": _("Other documents named"),
        "theme": _("Theme of the year"),
        "deadline": _("Due dates"),
        "quota": _("Numbers asked for"),
        "form": _("Forms asked for"),
        "assignment": _("Tasks given"),
        "outline": _("Outline for reports"),
        "annex": _("What is annexed"),
        "figure": _("Sums and their parts"),
        "recipient": _("Recipients listed"),
    }


def _relations() -> dict[str, str]:
    return {
        "implements": _("implements"),
        "cites": _("names"),
        "replaces": _("replaces"),
        "amends": _("amends"),
        "annex_of": _("is annexed to"),
    }


def _flags() -> dict[str, str]:
    return {
        "year-assumed": _("the year is not told and was supposed"),
        "year-unknown": _("the year is not told"),
        "no-such-date": _("there is no such day"),
        "before-the-document": _("lies before the date of the document"),
        "contradicts": _("contradicts another place of the document"),
        "does-not-add-up": _("the parts do not make the sum"),
        "not-a-directive": _("not certain"),
    }


def _warnings() -> dict[str, str]:
    return {
        "too-long": _("the text is too long; only its beginning was read"),
        "not-vietnamese": _("the text is not Vietnamese; nothing was read in it"),
        "state-document": _("this is a document of the state, not of the Party"),
        "not-a-directive": _("this is no directive; what was found is doubtful"),
        "scanned": _("a scan recognised by machine; compare every number and date"),
        "table-only": _("there are only tables in the file; use “kheo rounds import” for lists"),
    }
