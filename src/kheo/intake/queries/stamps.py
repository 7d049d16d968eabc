"""The stamp of a form that was given out: whose it is, signed so that nobody can make one up."""

import hmac
import json
from dataclasses import dataclass
from hashlib import sha256

from django.conf import settings

from kheo.rounds.models import Participation

MARK = "kheo:1:"
_LONGEST = 400
_SIGNS = 12


@dataclass(frozen=True, slots=True)
class Stamp:
    """The keys of the round, the unit, and the unit's part in the round."""

    round: int
    unit: int
    participation: int


def stamp_text(part: Participation) -> str:
    """Return the stamp of a form that is given out to a unit."""
    told = {"round": part.round_id, "unit": part.organisation_id, "participation": part.pk}
    return MARK + json.dumps(told | {"check": _check(told)}, separators=(",", ":"))


def read_stamp(text: str) -> Stamp | None:
    """Return whose form it is; None where the text is no stamp of this house."""
    if not text.startswith(MARK) or len(text) > _LONGEST:
        return None
    try:
        told = json.loads(text.removeprefix(MARK))
    except ValueError:
        return None
    if not isinstance(told, dict) or set(told) != {"round", "unit", "participation", "check"}:
        return None
    check = str(told.pop("check"))
    if not hmac.compare_digest(check.encode(), _check(told).encode()):
        return None
    return Stamp(**told)


def _check(told: dict[str, int]) -> str:
    rest = json.dumps(told, separators=(",", ":"))
    return hmac.new(settings.SECRET_KEY.encode(), rest.encode(), sha256).hexdigest()[:_SIGNS]
