"""A proposal names who signs it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("recognition", "0002_honour_renewed_once"),
    ]

    operations = [
        migrations.AddField(
            model_name="honourproposal",
            name="signatory",
            field=models.CharField(blank=True, max_length=200, verbose_name="signatory"),
        ),
        migrations.AddField(
            model_name="honourproposal",
            name="signatory_position",
            field=models.CharField(
                blank=True, max_length=200, verbose_name="position of the signatory"
            ),
        ),
    ]
