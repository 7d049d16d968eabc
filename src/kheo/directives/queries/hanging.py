"""What was built on a document, so that it cannot simply go."""

from django.db.models import QuerySet

from kheo.directives.models import Document, DocumentFile, DocumentLink, Origin, Reading

# these go with the document
OWN = (DocumentFile, DocumentLink, Reading)


def work_hanging_on(document: Document) -> list[str]:
    """Return the names of the kinds of work that hang on a document, of rooms above as well."""
    names = [
        str(relation.related_model._meta.verbose_name_plural)
        for relation in Document._meta.related_objects
        if relation.related_model not in OWN
        and QuerySet(relation.related_model).filter(**{relation.field.name: document}).exists()
    ]
    if Origin.objects.filter(finding__reading__document=document).exists():
        names.append(str(Origin._meta.verbose_name_plural))
    return sorted(set(names))
