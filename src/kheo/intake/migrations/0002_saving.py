"""Long imports are saved in the background, and tell why when they could not be."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("intake", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="intake",
            name="setback",
            field=models.TextField(blank=True, verbose_name="setback"),
        ),
        migrations.AlterField(
            model_name="intake",
            name="state",
            field=models.CharField(
                choices=[
                    ("reading", "being read"),
                    ("waiting", "waiting for you"),
                    ("saving", "being saved"),
                    ("saved", "saved"),
                    ("abandoned", "abandoned"),
                ],
                default="reading",
                max_length=12,
                verbose_name="state",
            ),
        ),
    ]
