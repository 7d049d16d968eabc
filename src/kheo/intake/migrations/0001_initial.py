import django.core.serializers.json
import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("exemplars", "0004_batches"),
        ("organisations", "0001_initial"),
        ("rounds", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Intake",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("reading", "being read"),
                                    ("waiting", "waiting for you"),
                                    ("saved", "saved"),
                                    ("abandoned", "abandoned"),
                                ],
                                default="reading",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("begun_at", models.DateTimeField(verbose_name="begun at")),
                        ("ended_at", models.DateTimeField(null=True, verbose_name="ended at")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="intakes",
                                to="rounds.round",
                            ),
                        ),
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
                        "verbose_name": "import of files",
                        "verbose_name_plural": "imports of files",
                        "indexes": [
                            models.Index(
                                fields=["organisation", "round", "-begun_at"], name="intake_of_unit"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        (
                            "file",
                            models.FileField(
                                max_length=300, upload_to="intake/%Y/%m", verbose_name="file"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
                        ("order", models.PositiveIntegerField(verbose_name="order")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "in the queue"),
                                    ("read", "read"),
                                    ("refused", "cannot be read"),
                                    ("twice", "taken before"),
                                ],
                                default="waiting",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "refusal",
                            models.JSONField(
                                default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "problems",
                            models.PositiveIntegerField(default=0, verbose_name="problems"),
                        ),
                        (
                            "intake",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="intake.intake",
                            ),
                        ),
                        (
                            "same_as",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="intake.intakefile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file handed in",
                        "verbose_name_plural": "files handed in",
                        "ordering": ["order", "pk"],
                        "indexes": [models.Index(fields=["checksum"], name="intake_file_checksum")],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("order", models.PositiveIntegerField(verbose_name="order")),
                        (
                            "layout",
                            models.CharField(blank=True, max_length=10, verbose_name="form"),
                        ),
                        ("certain", models.BooleanField(default=False)),
                        ("part_name", models.CharField(blank=True, max_length=200)),
                        ("unit_found", models.CharField(blank=True, max_length=300)),
                        ("year_found", models.CharField(blank=True, max_length=60)),
                        ("confirmed", models.BooleanField(default=False)),
                        (
                            "columns",
                            models.JSONField(
                                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "troubles",
                            models.JSONField(
                                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="forms",
                                to="intake.intakefile",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="rounds.participation",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "form found in a file",
                        "verbose_name_plural": "forms found in a file",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="IntakeEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("order", models.PositiveIntegerField(verbose_name="order")),
                        ("place", models.JSONField(default=dict)),
                        (
                            "values",
                            models.JSONField(
                                default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "corrected",
                            models.JSONField(
                                default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "troubles",
                            models.JSONField(
                                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "problems",
                            models.JSONField(
                                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "gaps",
                            models.JSONField(
                                default=list, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "decision",
                            models.CharField(
                                choices=[("take", "take"), ("leave", "leave out")],
                                default="take",
                                max_length=8,
                                verbose_name="decision",
                            ),
                        ),
                        (
                            "link",
                            models.CharField(
                                choices=[
                                    ("new", "something new"),
                                    ("continues", "continues a model of an earlier year"),
                                    ("updates", "corrects the draft that is there"),
                                    ("replicates", "replicates another unit's model"),
                                ],
                                default="new",
                                max_length=12,
                                verbose_name="link",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "earlier",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="exemplars.registration",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="intake_entries",
                                to="exemplars.registration",
                            ),
                        ),
                        (
                            "replicated",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="exemplars.exemplar",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="intake.intakeform",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "row of a file",
                        "verbose_name_plural": "rows of a file",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMemory",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True,
                                primary_key=True,
                                serialize=False,
                                verbose_name="ID",
                            ),
                        ),
                        ("signature", models.CharField(max_length=64)),
                        ("keys", models.JSONField(default=list)),
                        ("remembered_at", models.DateTimeField(verbose_name="remembered at")),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "remembered columns",
                        "verbose_name_plural": "remembered columns",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "signature"), name="column_memory_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
