"""`kheo audit`: proves that nobody has changed the record of changes."""

import argparse
from gettext import gettext as _


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("audit", help=_("prove that the record of changes is untouched"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    verify = verbs.add_parser("verify", help=_("check every entry against the one before it"))
    verify.set_defaults(run=run_verify)


def run_verify(_arguments: argparse.Namespace) -> int:
    """Print each record whose chain is broken; the status is 1 if there is one."""
    from kheo.audit.models import Entry
    from kheo.audit.queries import broken_entries

    broken = 0
    for entry in broken_entries():
        broken += 1
        values = {
            "type": entry.record_type,
            "id": entry.record_id,
            "sequence": entry.sequence,
            "label": entry.record_label,
        }
        print(_("broken: %(type)s %(id)s, step %(sequence)s: %(label)s") % values)
    count = Entry.objects.count()
    print(_("%(count)s entries checked, %(broken)s broken") % {"count": count, "broken": broken})
    return 1 if broken else 0
