"""PostgreSQL keeps the terms of an entry beside it: walking through entries reads no other table.

What was stored before moves over with its next change.
"""

from django.db import migrations

WIDE = "ALTER TABLE search_searchentry SET (toast_tuple_target = 8160)"
USUAL = "ALTER TABLE search_searchentry RESET (toast_tuple_target)"


def widen(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(WIDE)


def narrow(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(USUAL)


class Migration(migrations.Migration):
    dependencies = [("search", "0003_filling")]
    operations = [migrations.RunPython(widen, narrow)]
