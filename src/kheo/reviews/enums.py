"""Closed lists of the room: kinds of reviews and how far they are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ReviewKind(TextChoices):
    """Why the movement is looked back upon: after 3 years, after 5, every year, or on demand."""

    INTERIM = "interim", _("interim review")
    FINAL = "final", _("final review")
    YEARLY = "yearly", _("yearly review")
    AD_HOC = "ad_hoc", _("ad hoc review")


# the annex "Tổng hợp văn bản triển khai", which the register of documents produces (S0)
GUIDING_DOCUMENTS = "documents"
# the lists among the official forms; M1 and M2 are forms of one registration
TABLE_CODES = (GUIDING_DOCUMENTS, "M3", "M4", "S0", "S1")


class ReviewState(TextChoices):
    """A review is prepared, then asked for, then closed."""

    DRAFT = "draft", _("being prepared")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
