"""Which areas sums are asked over: an organisation, the way to it, and what stands below it."""

from kheo.organisations.models import Organisation

MOST_AREAS = 400


def progress_areas_below(organisation: Organisation) -> list[Organisation]:
    """Return the organisations directly below one, in the order of the alphabet."""
    rows = Organisation.objects.filter(parent=organisation, dissolved_on=None)
    return list(rows.order_by("sort_key", "pk")[:MOST_AREAS])


def way_down(top: Organisation, organisation: Organisation) -> list[Organisation]:
    """Return the organisations from the top down to one, both included."""
    keys = [int(part) for part in organisation.path.strip(".").split(".")]
    above = len(top.path.strip(".").split(".")) - 1
    found = Organisation.objects.in_bulk(keys[above:])
    return [found[key] for key in keys[above:] if key in found]
