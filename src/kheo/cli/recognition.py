"""`kheo recognition`: what was decided on honours, and the certificates of a decision."""

import argparse
import json
from gettext import gettext as _
from pathlib import Path
from typing import TYPE_CHECKING

from kheo.cli.errors import CommandError

if TYPE_CHECKING:
    from kheo.recognition.models import Decision


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser(
        "recognition",
        help=_("decisions on honours and their certificates"),
        description=_("Lists decisions that recognise, praise or commend, and sets certificates."),
    )
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    listing = verbs.add_parser(
        "list",
        help=_("show the decisions on honours, newest first"),
        description=_("Prints key, number, date, state, number of honours and subject."),
    )
    listing.add_argument("--year", type=int, metavar=_("YEAR"), help=_("only of this year"))
    listing.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    listing.set_defaults(run=run_list)
    certificates = verbs.add_parser(
        "certificates",
        help=_("write the certificates of a decision as one PDF"),
        description=_("Sets one certificate for each honour of an issued decision that stands."),
    )
    certificates.add_argument("decision", type=int, metavar=_("DECISION"))
    certificates.add_argument("file", type=Path, metavar=_("FILE"))
    certificates.set_defaults(run=run_certificates)


def run_list(arguments: argparse.Namespace) -> int:
    """Print all decisions, newest first."""
    from django.db.models import Count

    from kheo.recognition.models import Decision

    rows = Decision.objects.annotate(named=Count("honours")).select_related("organisation", "form")
    if arguments.year:
        rows = rows.filter(year=arguments.year)
    found = [_facts(row, row.named) for row in rows.order_by("-year", "-pk")]
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for facts in found:
        names = ("key", "symbol", "issued_on", "state", "honours", "subject")
        print("\t".join(str(facts[name] if facts[name] is not None else "-") for name in names))
    return 0


def run_certificates(arguments: argparse.Namespace) -> int:
    """Write the certificates of a decision to a file."""
    from kheo.lib.papers.certificates import certificates_to_pdf
    from kheo.recognition.models import Decision
    from kheo.recognition.papers.certificates import certificate_form, certificates_of
    from kheo.recognition.queries.contents import content_of_decision

    decision = Decision.objects.filter(pk=arguments.decision).first()
    if decision is None:
        raise CommandError(_("There is no decision of this key."))
    honours = list(decision.honours.standing().order_by("order", "pk"))
    if not honours:
        raise CommandError(_("The decision has no honours that stand: it is a draft, or revoked."))
    content = content_of_decision(decision)
    pdf = certificates_to_pdf(certificate_form(content), certificates_of(content, honours))
    path: Path = arguments.file
    path.write_bytes(pdf)
    print(_("%(count)s certificates written to %(file)s") % {"count": len(honours), "file": path})
    return 0


def _facts(row: "Decision", honours: int) -> dict[str, object]:
    return {
        "key": row.pk,
        "symbol": str(row.symbol) if row.number is not None else None,
        "issued_on": row.issued_on.isoformat() if row.issued_on else None,
        "issuer": row.organisation.name,
        "purpose": row.purpose,
        "act": row.act,
        "track": row.track,
        "form": row.form.name,
        "year": row.year,
        "state": row.state,
        "announced_on": row.announced_on.isoformat() if row.announced_on else None,
        "occasion": row.occasion,
        "honours": honours,
        "subject": row.subject,
    }
