import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exemplars", "0003_waiting_by_round"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="assignee",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="organisations.seat",
                verbose_name="to be checked by",
            ),
        ),
        migrations.CreateModel(
            name="Batch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[
                            ("accept", "accept"),
                            ("return", "return for correction"),
                            ("decline", "decline"),
                            ("assign", "assign"),
                            ("change-field", "change the field"),
                            ("copy-forward", "continue in a round"),
                        ],
                        max_length=20,
                        verbose_name="deed",
                    ),
                ),
                (
                    "parameters",
                    models.JSONField(
                        default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="at")),
                ("undone_at", models.DateTimeField(null=True, verbose_name="undone at")),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.seat",
                    ),
                ),
            ],
            options={
                "verbose_name": "deed on many registrations",
                "verbose_name_plural": "deeds on many registrations",
                "indexes": [models.Index(fields=["seat", "-at"], name="batch_of_seat")],
            },
        ),
        migrations.CreateModel(
            name="BatchItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
                (
                    "before",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="before",
                    ),
                ),
                (
                    "after",
                    models.JSONField(
                        default=dict,
                        encoder=django.core.serializers.json.DjangoJSONEncoder,
                        verbose_name="after",
                    ),
                ),
                ("version", models.PositiveIntegerField()),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="exemplars.batch",
                    ),
                ),
                (
                    "registration",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="batch_items",
                        to="exemplars.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "registration in a batch",
                "verbose_name_plural": "registrations in a batch",
                "ordering": ["pk"],
            },
        ),
    ]
