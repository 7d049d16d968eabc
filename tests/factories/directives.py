"""Makes documents for tests."""

from datetime import date

import factory
from tests.factories.accounts import START

from kheo.directives.enums import DocumentKind
from kheo.directives.models import Document


class DocumentFactory(factory.django.DjangoModelFactory):
    """A governing document, kept by the organisation that must be given as ``owner``."""

    class Meta:
        model = Document

    kind = DocumentKind.HD
    number = 9
    symbol = "09-HD/HU"
    issued_on = date(2022, 8, 17)
    issuer_name = "Ban Thường vụ Huyện ủy"
    subject = (
        "hướng dẫn xây dựng và biểu dương mô hình, điển hình “Dân vận khéo” giai đoạn 2022-2025"
    )
    owner_path = factory.LazyAttribute(lambda made: made.owner.path)
    created_at = START
    search_key = "09 hd hu"
