"""`kheo search`: makes the index of words anew, or proves that it says what the records say."""

import argparse
import json
import sys
from gettext import gettext as _


def add_parser(nouns: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the noun to the command."""
    parser = nouns.add_parser("search", help=_("make the index of words anew, or prove it right"))
    verbs = parser.add_subparsers(
        title=_("what to do"), metavar=_("VERB"), dest="verb", required=True
    )
    rebuild = verbs.add_parser("rebuild", help=_("make all entries of the index anew"))
    rebuild.add_argument("--kind", default="", help=_("only records of this kind"))
    rebuild.set_defaults(run=run_rebuild)
    verify = verbs.add_parser("verify", help=_("compare every entry with its record"))
    verify.add_argument("--json", action="store_true", help=_("print the result as JSON"))
    verify.set_defaults(run=run_verify)


def run_rebuild(arguments: argparse.Namespace) -> int:
    """Make the entries anew and print how many there are; the status is 2 for an unknown kind.

    It goes piece by piece: who stops it leaves the rest to the background work.
    """
    from kheo.search.actions import rebuild_entries
    from kheo.search.models import Filling
    from kheo.search.queries.offers import registered_offers

    kinds = [offer.kind for offer in registered_offers()]
    if arguments.kind and arguments.kind not in kinds:
        told = {"kind": arguments.kind, "kinds": ", ".join(kinds)}
        print(_("no records of the kind “%(kind)s”; there are: %(kinds)s") % told)
        return 2

    def tell(filling: Filling) -> None:
        if sys.stderr.isatty():
            line = f"\r{filling.kind}: {filling.done:,} / {filling.total:,} "
            print(line, end="", file=sys.stderr, flush=True)

    made = rebuild_entries(kind=arguments.kind, tell=tell)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    print(_("%s entries made") % made)
    return 0


def run_verify(arguments: argparse.Namespace) -> int:
    """Print what differs from the records; the status is 1 if anything does."""
    from kheo.search.actions import entry_gaps, index_is_sound
    from kheo.search.models import SearchEntry

    gaps = [(gap.kind, gap.record_id, gap.fault) for gap in entry_gaps()]
    is_sound = index_is_sound()
    if arguments.json:
        names = ("kind", "record", "fault")
        told = [dict(zip(names, gap, strict=True)) for gap in gaps]
        print(json.dumps({"sound": is_sound, "gaps": told}, ensure_ascii=False, indent=2))
    else:
        _print_words(gaps, is_sound=is_sound)
        print(_("%s entries checked") % SearchEntry.objects.count())
    return 1 if gaps or not is_sound else 0


def _print_words(gaps: list[tuple[str, int, str]], *, is_sound: bool) -> None:
    faults = {
        "missing": _("missing"),
        "left over": _("left over"),
        "different": _("different"),
    }
    for kind, record_id, fault in gaps[:50]:
        print(f"{kind} {record_id}: {faults[fault]}")
    if not is_sound:
        print(_("the index does not hold what its table says"))
    if gaps or not is_sound:
        print(_("%s entries differ; “kheo search rebuild” puts them right") % len(gaps))
    else:
        print(_("the index is right"))
