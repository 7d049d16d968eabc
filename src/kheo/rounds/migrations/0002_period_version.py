"""A period carries a version, so that two people never overwrite each other."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="period",
            name="version",
            field=models.PositiveIntegerField(default=1),
        ),
    ]
