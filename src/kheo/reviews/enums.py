"""Closed lists of the room: kinds of reviews and how far they are."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class HeadingPurpose(TextChoices):
    """What a heading of an outline asks for; drafts, lessons and petitions start from it."""

    GENERAL = "general", _("situation in general")
    GUIDANCE = "guidance", _("leading and guiding")
    RESULTS = "results", _("results in the fields")
    FIELD = "field", _("results in one field")
    BUILDING = "building", _("building and replicating models")
    HONOURS = "honours", _("appraisal, praise and commendation")
    STRENGTHS = "strengths", _("strengths")
    LIMITS = "limits", _("limits")
    CAUSES = "causes", _("causes")
    LESSONS = "lessons", _("lessons")
    DIRECTIONS = "directions", _("directions and tasks to come")
    PETITIONS = "petitions", _("petitions")


class ReportState(TextChoices):
    """How far a body is with its report."""

    ASKED = "asked", pgettext_lazy("report", "asked for")
    DRAFTING = "drafting", pgettext_lazy("report", "being written")
    SIGNED_OFF = "signed_off", _("signed off")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned")
    ACCEPTED = "accepted", _("accepted")
    EXCUSED = "excused", pgettext_lazy("report", "need not report")


class LessonKind(TextChoices):
    """What was learned; the plan of the next period starts from it."""

    LIMIT = "limit", _("limit")
    CAUSE = "cause", _("cause")
    LESSON = "lesson", _("lesson")


class PetitionState(TextChoices):
    """Whether a petition was answered by the level it is addressed to."""

    WAITING = "waiting", pgettext_lazy("petition", "waiting for an answer")
    ANSWERED = "answered", pgettext_lazy("petition", "answered")
    PASSED_UP = "passed_up", pgettext_lazy("petition", "passed upward")


class Measure(TextChoices):
    """What a figure of a report counts; its definition stands in ``queries.measures``."""

    MODELS = "models", _("registered models")
    REGISTRATIONS = "registrations", pgettext_lazy("measure", "registrations")
    UNITS_ASKED = "units_asked", _("units asked to register")
    UNITS_REGISTERED = "units_registered", _("units that registered")
    ACCEPTED = "accepted", _("accepted models")
    CARRIED_OUT = "carried_out", _("models carried out")
    APPRAISED = "appraised", _("appraised models")
    RECOGNISED = "recognised", _("recognised models")
    PRAISED = "praised", _("praised models")
    COMMENDED = "commended", _("commended models")
    REPLICATED = "replicated", _("models replicated elsewhere")
    DOCUMENTS = "documents", _("guiding documents")
    TASKS = "tasks", pgettext_lazy("measure", "tasks given")
    TASKS_DONE = "tasks_done", pgettext_lazy("measure", "tasks done")
    VISITS = "visits", pgettext_lazy("measure", "survey visits")
    HONOURS = "honours", pgettext_lazy("measure", "honours given")
    RESULT = "result", _("result by an indicator")


class TableContent(TextChoices):
    """What a composed table tells."""

    MODELS = "models", _("models by their properties")
    RESULTS = "results", _("results by indicator")
    HONOURS = "honours", _("honours proposed and given")
    DOCUMENTS = "documents", _("guiding documents by year")
