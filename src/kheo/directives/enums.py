"""Closed lists of the room: types of official documents."""

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
