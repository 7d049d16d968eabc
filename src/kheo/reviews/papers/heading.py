"""What reports and plans have in common as papers: who speaks, head, number, day, signature."""

from dataclasses import dataclass
from datetime import date

from kheo.directives.models.documents import written_day
from kheo.lib.papers.measures import Profile, profile_for
from kheo.lib.papers.nodes import Closing, Letterhead, Rich, italic, rich
from kheo.lib.text.documents import Symbol, SymbolError, format_number_line, parse_symbol
from kheo.organisations.papers.letterheads import Issuer, issuer_of, place_and_date
from kheo.organisations.papers.speakers import Speaker, speaker_of
from kheo.reviews.models import Report

MOVEMENT = "Dân vận khéo"
REPORT, PLAN = "BC", "KH"


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is typed of a paper before it is signed; all of it may be left blank."""

    number: str = ""
    dated: date | None = None
    signer_position: str = ""
    signer_name: str = ""
    recipients: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The body that issues a paper of a report, as it was on the day."""

    issuer: Issuer
    speaker: Speaker
    particulars: Particulars
    year: int

    @property
    def profile(self) -> Profile:
        """Return the measures of its papers on the day."""
        day = self.particulars.dated or date(self.year, 12, 31)
        return profile_for("party" if self.speaker.is_party else "state", day)

    def symbol(self, kind: str) -> Symbol:
        """Return number and symbol as typed, or the symbol with room for the number."""
        typed = self.particulars.number.strip()
        usual = self.speaker.symbol(kind)
        if typed.isdecimal():
            return Symbol(int(typed), usual.kind, usual.issuer, usual.style)
        try:
            return parse_symbol(typed) if typed else usual
        except SymbolError:
            return usual

    def head(self, kind: str) -> Letterhead:
        """Return the full head of a paper of that kind."""
        dated = place_and_date(self.issuer, self.particulars.dated, self.year)
        plain = self.issuer.letterhead("full", dated)
        return Letterhead(
            issuers=plain.issuers,
            superiors=plain.superiors,
            number=format_number_line(self.symbol(kind)),
            place_and_date=plain.place_and_date,
        )

    def attached_to(self, kind: str, name: str) -> str:
        """Return what stands under the head of an annex: "Kèm theo Báo cáo số … của …"."""
        day = self.particulars.dated
        when = f"ngày {written_day(day.isoformat())}" if day else f"ngày     /     /{self.year}"
        symbol = self.symbol(kind)
        number = f"{'' if symbol.number is not None else '     '}{symbol}"
        return f"Kèm theo {name} số {number} {when} của {self.speaker.name}"

    def closing(self) -> Closing:
        """Return recipients and the place to sign."""
        told = self.particulars
        signer = self.speaker.signer(told.signer_position, told.signer_name)
        return Closing(signers=(signer,), recipients=told.recipients)


def sender_of(report: Report) -> Sender:
    """Return who issues a report, with what was typed of its paper."""
    day = report.dated or report.review.period_to or report.asked_at.date()
    recipients = tuple(line for line in report.recipients.splitlines() if line.strip())
    speaker = speaker_of(report.organisation)
    return Sender(
        issuer=issuer_of(report.organisation, day),
        speaker=speaker,
        particulars=Particulars(
            number=report.number,
            dated=report.dated,
            signer_position=report.signer_position,
            signer_name=report.signer_name,
            recipients=recipients or usual_recipients(report, speaker),
        ),
        year=(report.dated or report.due_on or day).year,
    )


def usual_recipients(report: Report, speaker: Speaker) -> tuple[str, ...]:
    """Return to whom a report goes where nothing is typed: the body that asked, and the files."""
    above = report.parent.organisation if report.parent else report.organisation.parent
    asked = (f"{above.name} (để báo cáo)",) if above else ()
    return (*asked, f"Lưu {speaker.office}")


def dressed(text: str) -> Rich:
    """Set the name of the movement in italics, as the papers do."""
    parts = text.split(MOVEMENT)
    if len(parts) == 1:
        return text
    return rich(parts[0], *(piece for part in parts[1:] for piece in (italic(MOVEMENT), part)))


def lowered(words: str) -> str:
    """Return words as they go on in a sentence; names of bodies at their start are no matter."""
    return words[:1].lower() + words[1:]
