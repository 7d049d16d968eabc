"""Closed lists of the room: types of documents, their relations, and what is found in them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class DocumentKind(TextChoices):
    """Types of documents with the letters they carry in their symbol."""

    CT = "CT", _("directive")
    KH = "KH", _("plan")
    CV = "CV", _("official letter")
    HD = "HD", _("guidance")
    QD = "QĐ", _("decision")
    BC = "BC", _("report")
    CTR = "CTr", _("programme of action")
    TTR = "TTr", _("proposal")
    TB = "TB", _("announcement")
    NQ = "NQ", _("resolution")
    KL = "KL", _("conclusion")
    QC = "QC", _("regulation")
    BB = "BB", _("minutes")
    DA = "ĐA", _("scheme")


class Relation(TextChoices):
    """What one document is to another that it names."""

    IMPLEMENTS = "implements", _("implements")
    CITES = "cites", _("cites")
    REPLACES = "replaces", _("replaces")
    AMENDS = "amends", _("amends")
    ANNEX_OF = "annex_of", _("annex of")


class LinkState(TextChoices):
    """How sure it is which entry of the register a named document is."""

    NAMED = "named", _("not in the register")
    FOUND = "found", _("found in the register")
    ASKED = "asked", _("several could be meant")
    CHOSEN = "chosen", _("chosen by a person")
    APART = "apart", _("none of those in the register")


class FindingField(TextChoices):
    """What a finding says something about."""

    KIND = "kind", _("type")
    NUMBER = "number", _("number")
    SYMBOL = "symbol", _("number and symbol")
    ISSUED_ON = "issued_on", _("date of issue")
    PLACE = "place", _("place of issue")
    ISSUER = "issuer", _("issuer")
    SUBJECT = "subject", _("subject")
    THEME = "theme", _("theme")
    SIGNATURE = "signature", _("signatory")
    ADDRESSEE = "addressee", _("addressee")
    RECIPIENT = "recipient", _("recipient")
    REFERENCE = "reference", _("document referred to")
    DEADLINE = "deadline", _("time limit")
    QUOTA = "quota", _("quota")
    ASSIGNMENT = "assignment", _("task assigned")
    OUTLINE = "outline", _("heading of the outline")
    FORM = "form", _("form asked for")
    FIGURE = "figure", _("figure")
    ANNEX = "annex", _("annex to be filled in")


class Confidence(TextChoices):
    """How sure the reader is of a finding."""

    CERTAIN = "certain", _("certain")
    LIKELY = "likely", _("likely")
    UNSURE = "unsure", _("unsure")


class FindingState(TextChoices):
    """What a person made of a finding."""

    PROPOSED = "proposed", _("to be checked")
    ACCEPTED = "accepted", _("accepted")
    CORRECTED = "corrected", _("corrected")
    REJECTED = "rejected", _("rejected")
    ADDED = "added", _("added by a person")
