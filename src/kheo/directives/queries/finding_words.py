"""What findings say, in plain words: values, flags, confidence and warnings about the paper."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kheo.directives.enums import DocumentKind, Relation
from kheo.directives.models import VIETNAMESE_NAMES

Words = str | Promise

ROLES: dict[str, Words] = {
    "register": gettext_lazy("registering"),
    "report": gettext_lazy("reporting"),
    "consolidate": gettext_lazy("consolidating"),
    "meeting": gettext_lazy("meeting"),
    "task": gettext_lazy("carrying out"),
}
WHAT: dict[str, Words] = {
    "register": gettext_lazy("to register"),
    "nominate": gettext_lazy("to nominate upward"),
}
RELATIONS: dict[str, Words] = dict(Relation.choices)
CONFIDENCE: dict[str, Words] = {
    "certain": gettext_lazy("certain"),
    "likely": gettext_lazy("fairly certain"),
    "unsure": gettext_lazy("not certain"),
}
FLAGS: dict[str, Words] = {
    "no-such-date": gettext_lazy("The day in “%(text)s” is not in the calendar."),
    "date-unknown": gettext_lazy("What day “%(text)s” means cannot be told."),
    "year-unknown": gettext_lazy("The year is not written and cannot be told."),
    "before-the-document": gettext_lazy("This day lies before the date of issue."),
    "contradicts": gettext_lazy("This contradicts another place of the document."),
    "year-assumed": gettext_lazy("The year is not written; it was taken from the document."),
    "does-not-add-up": gettext_lazy("The parts do not add up to the total."),
    "range-reversed": gettext_lazy("The least number is greater than the most."),
}
WARNINGS: dict[str, Words] = {
    "empty": gettext_lazy("There is no text in the file."),
    "too-long": gettext_lazy("The document is very long; only its beginning was read."),
    "not-vietnamese": gettext_lazy("The document does not seem to be written in Vietnamese."),
    "state-document": gettext_lazy("This is a document of the State, not of the Party."),
    "not-a-directive": gettext_lazy("This does not seem to be a directive, plan or letter."),
    "scanned": gettext_lazy(
        "This is a scan recognised by machine; compare every number and date with the paper."
    ),
    "table-only": gettext_lazy("The file holds a table only; there is nothing to be read in it."),
    "secret": gettext_lazy("The document carries a mark of secrecy."),
    "contradicts": gettext_lazy("Places of the document contradict one another."),
}


@dataclass(frozen=True)
class Said:
    """A value in words: the main one, and what else belongs to it with its label."""

    main: str
    more: tuple[tuple[Words, str], ...] = ()


def said_of(field: str, value: Any) -> Said:
    """Return a value of a field in words; what has an unknown shape is shown as it is."""
    if value is None or value == "":
        return Said(_("left blank on the paper"))
    writer = _WRITERS.get(field)
    if writer is not None and isinstance(value, dict):
        return writer(value)
    if field == "kind":
        return Said(kind_name(str(value)))
    if field == "issued_on":
        return Said(day_words(str(value)))
    if isinstance(value, dict):
        return Said(str(value.get("title") or value.get("text") or ""))
    return Said(str(value))


def flag_words(flag: str, text: str) -> str:
    """Return a flag as a warning in a sentence."""
    known = FLAGS.get(flag)
    return str(known) % {"text": _short(text)} if known else _("Look at this closely: %s") % flag


def warning_words(code: str) -> str:
    """Return a warning about the whole paper as a sentence."""
    known = WARNINGS.get(code)
    return str(known) if known else _("Look at this closely: %s") % code


def kind_name(code: str) -> str:
    """Return the type of a document as papers write it."""
    return str(VIETNAMESE_NAMES[DocumentKind(code)]) if code in DocumentKind.values else code


def day_words(text: str) -> str:
    """Return "2024-02-27" as 27/02/2024, "--03-31" as 31/3, "2024-02" as a month."""
    parts = text.strip("-").split("-")
    if not all(part.isdigit() for part in parts):
        return text
    if text.startswith("--") and len(parts) == 2:
        return f"{int(parts[1])}/{int(parts[0])}"
    if len(parts) == 3:
        return f"{parts[2]}/{parts[1]}/{parts[0]}"
    if len(parts) == 2:
        return _("month %(month)s/%(year)s, day left blank") % {"month": parts[1], "year": parts[0]}
    return text


def _deadline(value: Mapping[str, Any]) -> Said:
    main = day_words(str(value.get("on") or "")) or _("no day told")
    if value.get("every"):
        main = _("%s every year") % main
    for other in value.get("except") or []:
        place = {"year": other.get("year"), "day": day_words(str(other.get("on") or ""))}
        main += "; " + _("in %(year)s: %(day)s") % place
    role = str(value.get("role") or "")
    return Said(
        main,
        _filled(
            (_("What"), value.get("task")),
            (_("For whom"), value.get("audience")),
            (_("Kind of time limit"), ROLES.get(role, role)),
        ),
    )


def _quota(value: Mapping[str, Any]) -> Said:
    least, most = value.get("min"), value.get("max")
    if least is not None and most is not None:
        main = _("from %(least)s to %(most)s") % {"least": least, "most": most}
    elif least is not None:
        main = _("at least %s") % least
    else:
        main = _("at most %s") % most if most is not None else _("no number told")
    level, per = value.get("level"), value.get("per")
    if level:
        main += " " + _("on the level %s") % level
    if per:
        main += " " + (_("a year") if per == "year" else str(per))
    what = str(value.get("what") or "")
    return Said(
        main,
        _filled((_("For whom"), value.get("audience")), (_("What for"), WHAT.get(what, what))),
    )


def _assignment(value: Mapping[str, Any]) -> Said:
    ordinal = value.get("ordinal")
    content = str(value.get("content") or "")
    return Said(
        f"{ordinal}. {content}" if ordinal else content,
        _filled(
            (_("Directs"), _listed(value.get("directing"))),
            (_("Carries out"), _listed(value.get("executing"))),
            (_("Cooperates"), _listed(value.get("cooperating"))),
            (_("When"), value.get("time")),
        ),
    )


def _reference(value: Mapping[str, Any]) -> Said:
    name = kind_name(str(value.get("kind") or "")) or _("document")
    main = f"{name} {value.get('symbol') or ''}".strip()
    if value.get("issued_on"):
        main += f", {day_words(str(value['issued_on']))}"
    relation = str(value.get("relation") or "")
    return Said(
        main,
        _filled(
            (_("Issuer"), value.get("issuer")),
            (_("Relation"), RELATIONS.get(relation, relation)),
        ),
    )


def _signature(value: Mapping[str, Any]) -> Said:
    names = ("position", "name")
    head = " ".join(str(value[key]) for key in ("authority", "body") if value.get(key))
    parts = [head, *(str(value[key]) for key in names if value.get(key))]
    return Said(" – ".join(part for part in parts if part))


def _outline(value: Mapping[str, Any]) -> Said:
    number = str(value.get("number") or "").rstrip(".")
    title = str(value.get("title") or "")
    return Said(f"{number}. {title}" if number else title)


def _figure(value: Mapping[str, Any]) -> Said:
    parts = value.get("parts")
    pairs = parts.items() if isinstance(parts, dict) else ()
    listed = "; ".join(f"{name}: {count}" for name, count in pairs)
    return Said(str(value.get("total", "")), _filled((_("Of these"), listed)))


def _filled(*pairs: tuple[Words, Any]) -> tuple[tuple[Words, str], ...]:
    return tuple((label, str(text)) for label, text in pairs if text)


def _listed(names: Any) -> str:
    return "; ".join(str(name) for name in names or [])


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else f"{words[:57]}…"


_WRITERS: dict[str, Callable[[Mapping[str, Any]], Said]] = {
    "deadline": _deadline,
    "quota": _quota,
    "assignment": _assignment,
    "reference": _reference,
    "signature": _signature,
    "outline": _outline,
    "figure": _figure,
}
