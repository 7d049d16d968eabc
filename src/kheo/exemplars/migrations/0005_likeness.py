import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exemplars", "0004_batches"),
        ("organisations", "0001_initial"),
        ("rounds", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="LikenessKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.BigIntegerField()),
                ("path", kheo.organisations.models.BytewiseCharField(max_length=200)),
                (
                    "registration",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likeness_keys",
                        to="exemplars.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "key of likeness",
                "verbose_name_plural": "keys of likeness",
                "indexes": [
                    models.Index(fields=["key", "path", "registration"], name="likeness_found")
                ],
            },
        ),
        migrations.CreateModel(
            name="LikenessPair",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("path", kheo.organisations.models.BytewiseCharField(max_length=200)),
                ("score", models.PositiveSmallIntegerField(verbose_name="likeness")),
                ("name_score", models.PositiveSmallIntegerField()),
                ("text_score", models.PositiveSmallIntegerField(null=True)),
                ("same_place", models.BooleanField()),
                (
                    "suggestion",
                    models.CharField(
                        choices=[
                            ("same", "one and the same model"),
                            ("continues", "continues the earlier one"),
                            ("replica", "replicates the other one"),
                            ("different", "different models"),
                        ],
                        max_length=12,
                        verbose_name="suggestion",
                    ),
                ),
                ("digest", models.CharField(max_length=32)),
                (
                    "claim",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "one and the same model"),
                            ("continues", "continues the earlier one"),
                            ("replica", "replicates the other one"),
                            ("different", "different models"),
                        ],
                        max_length=12,
                        verbose_name="what the unit says",
                    ),
                ),
                (
                    "decision",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("same", "one and the same model"),
                            ("continues", "continues the earlier one"),
                            ("replica", "replicates the other one"),
                            ("different", "different models"),
                        ],
                        max_length=12,
                        verbose_name="decision",
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="organisations.seat",
                    ),
                ),
                (
                    "first",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likenesses_after",
                        to="exemplars.registration",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="likenesses",
                        to="rounds.round",
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="likenesses_before",
                        to="exemplars.registration",
                    ),
                ),
            ],
            options={
                "verbose_name": "pair of like registrations",
                "verbose_name_plural": "pairs of like registrations",
                "indexes": [
                    models.Index(
                        fields=["round", "decision", "-score", "id"], name="likeness_of_round"
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("first", "second"), name="likeness_pair_once")
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name="registration",
            name="registration_once_per_round",
        ),
        migrations.AddField(
            model_name="exemplar",
            name="merged_at",
            field=models.DateTimeField(null=True, verbose_name="merged at"),
        ),
        migrations.AddField(
            model_name="exemplar",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="exemplars.exemplar",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="merged_from",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="moved_away",
                to="exemplars.exemplar",
            ),
        ),
        migrations.AddField(
            model_name="registration",
            name="uncounted_path",
            field=kheo.organisations.models.BytewiseCharField(
                default="", editable=False, max_length=200
            ),
        ),
        migrations.AddConstraint(
            model_name="registration",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    models.Q(("state", "withdrawn"), _negated=True), ("merged_from", None)
                ),
                fields=("exemplar", "round"),
                name="registration_once_per_round",
            ),
        ),
    ]
