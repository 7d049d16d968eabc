import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("exemplars", "0007_stages"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Indicator",
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
                        ("code", models.SlugField(max_length=60, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "group",
                            models.CharField(
                                choices=[
                                    ("land", "land"),
                                    ("labour", "labour"),
                                    ("money", "money and kind"),
                                    ("works", "roads and works"),
                                    ("housing", "houses and help"),
                                    ("people", "people and households"),
                                    ("meetings", "meetings, classes, information"),
                                    ("security", "order and security"),
                                    ("production", "production and environment"),
                                    ("other", "other results"),
                                ],
                                max_length=12,
                                verbose_name="group",
                            ),
                        ),
                        (
                            "sub_kind",
                            models.CharField(blank=True, max_length=100, verbose_name="sub-kind"),
                        ),
                        ("unit", models.CharField(max_length=30, verbose_name="unit of measure")),
                        ("units", models.JSONField(default=dict, verbose_name="conversions")),
                        (
                            "adding",
                            models.CharField(
                                choices=[
                                    ("sum", "added up"),
                                    ("latest", "the latest of each model"),
                                    ("maximum", "the highest"),
                                ],
                                max_length=10,
                                verbose_name="rule of adding up",
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        ("is_shipped", models.BooleanField(default=False, verbose_name="shipped")),
                        (
                            "owner_path",
                            kheo.organisations.models.BytewiseCharField(
                                blank=True, editable=False, max_length=200
                            ),
                        ),
                        ("retired_at", models.DateTimeField(null=True, verbose_name="retired at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="indicators",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "indicator",
                        "verbose_name_plural": "indicators",
                        "ordering": ["order", "name", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
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
                            "planned",
                            models.DecimalField(
                                decimal_places=6, max_digits=24, null=True, verbose_name="planned"
                            ),
                        ),
                        (
                            "achieved",
                            models.DecimalField(
                                decimal_places=6, max_digits=24, null=True, verbose_name="achieved"
                            ),
                        ),
                        ("unit", models.CharField(max_length=30, verbose_name="unit of measure")),
                        ("as_of", models.DateField(null=True, verbose_name="counted on")),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="results",
                                to="progress.indicator",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="results",
                                to="exemplars.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "result",
                        "verbose_name_plural": "results",
                        "ordering": ["indicator__order", "indicator__name", "pk"],
                        "indexes": [
                            models.Index(fields=["year", "path"], name="result_by_unit"),
                            models.Index(
                                fields=["indicator", "year", "path"], name="result_by_indicator"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "indicator"),
                                name="result_once_per_indicator",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Update",
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
                            "kind",
                            models.CharField(
                                choices=[
                                    ("news", "news"),
                                    ("result", "results"),
                                    ("done", "reported as carried out"),
                                    ("taken_back", "report taken back"),
                                    ("stopped", "stopped"),
                                    ("merged", "merged into another"),
                                    ("resumed", "taken up again"),
                                    ("asked", "news asked for"),
                                ],
                                max_length=12,
                                verbose_name="kind",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("happened_on", models.DateField(verbose_name="day")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="updates",
                                to="exemplars.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "update on a model",
                        "verbose_name_plural": "updates on models",
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["registration", "-made_at"], name="update_of_model"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Figure",
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
                            "amount",
                            models.DecimalField(
                                decimal_places=6, max_digits=24, verbose_name="amount"
                            ),
                        ),
                        ("unit", models.CharField(max_length=30, verbose_name="unit of measure")),
                        ("base_amount", models.DecimalField(decimal_places=6, max_digits=24)),
                        ("as_of", models.DateField(verbose_name="counted on")),
                        (
                            "struck_at",
                            models.DateTimeField(null=True, verbose_name="struck out at"),
                        ),
                        (
                            "struck_reason",
                            models.CharField(blank=True, max_length=300, verbose_name="reason"),
                        ),
                        (
                            "struck_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="figures",
                                to="progress.result",
                            ),
                        ),
                        (
                            "update",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="figures",
                                to="progress.update",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "figure of an update",
                        "verbose_name_plural": "figures of updates",
                        "ordering": ["as_of", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("amount__gte", 0)), name="figure_not_negative"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="UpdateFile",
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
                                max_length=300, upload_to="progress/%Y/%m", verbose_name="file"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "update",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="progress.update",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of an update",
                        "verbose_name_plural": "files of updates",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Course",
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
                            "state",
                            models.CharField(
                                choices=[
                                    ("underway", "under way"),
                                    ("done", "carried out"),
                                    ("stopped", "stopped"),
                                    ("merged", "merged into another"),
                                ],
                                default="underway",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "last_news_at",
                            models.DateTimeField(null=True, verbose_name="last news at"),
                        ),
                        (
                            "asked_at",
                            models.DateTimeField(null=True, verbose_name="news asked for at"),
                        ),
                        (
                            "reminded_on",
                            models.DateField(null=True, verbose_name="last reminded on"),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "merged_with",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="courses_taken_in",
                                to="exemplars.registration",
                                verbose_name="merged with",
                            ),
                        ),
                        (
                            "registration",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="course",
                                to="exemplars.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "course of a model",
                        "verbose_name_plural": "courses of models",
                        "indexes": [
                            models.Index(fields=["year", "state", "path"], name="course_by_state"),
                            models.Index(
                                fields=["year", "state", "last_news_at"], name="course_silent"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Milestone",
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
                        ("title", models.CharField(max_length=300, verbose_name="milestone")),
                        ("due_on", models.DateField(verbose_name="to be reached by")),
                        ("done_on", models.DateField(null=True, verbose_name="reached on")),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="milestones",
                                to="exemplars.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "milestone",
                        "verbose_name_plural": "milestones",
                        "ordering": ["due_on", "order", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["registration", "due_on"], name="milestone_of_model"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
