"""What can be found: one row for each record that a room offers.

The words lie in an index beside the table (see the migrations): FTS5 with triggers on SQLite, a
stored ``tsvector`` with GIN on PostgreSQL. Both follow the row within its transaction.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEntry(models.Model):
    """A record as the index knows it; keys grow with time, so that their order is newest first."""

    kind = models.CharField(_("kind of record"), max_length=20)
    record_id = models.BigIntegerField()
    title = models.CharField(_("title"), max_length=300)
    # title and text as plain letters; of these, the words that carry marks, each once
    words = models.TextField()
    marked = models.TextField()
    # where it stands, who sees it and what it can be narrowed by, as single terms
    facets = models.TextField()
    dated = models.DateField(_("date"), null=True)

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "record_id"], name="search_entry_once")
        ]

    def __str__(self) -> str:
        return self.title


class Filling(models.Model):
    """Records of a kind whose entries are being made; gone when all are.

    Done from the newest down to ``below_id``; an entry's key is the record's, counted from
    ``entries_above``.
    """

    kind = models.CharField(_("kind of record"), max_length=20, unique=True)
    below_id = models.BigIntegerField()
    entries_above = models.BigIntegerField()
    done = models.PositiveBigIntegerField(default=0)
    total = models.PositiveBigIntegerField(default=0)

    class Meta:
        verbose_name = _("filling of the search index")
        verbose_name_plural = _("fillings of the search index")

    def __str__(self) -> str:
        return f"{self.kind}: {self.done}/{self.total}"
