import django.core.validators
import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directives", "0003_register"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Task",
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
                            "owner_path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        (
                            "ordinal",
                            models.PositiveSmallIntegerField(
                                default=1, verbose_name="number in the paper"
                            ),
                        ),
                        ("content", models.TextField(verbose_name="content")),
                        (
                            "timing",
                            models.CharField(
                                choices=[
                                    ("continuous", "continuously"),
                                    ("between", "from one day to another"),
                                    ("yearly", "every year by a day"),
                                    ("by", "by a day"),
                                ],
                                max_length=12,
                                verbose_name="time",
                            ),
                        ),
                        ("starts_on", models.DateField(blank=True, null=True, verbose_name="from")),
                        ("due_on", models.DateField(blank=True, null=True, verbose_name="until")),
                        (
                            "due_month",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="month",
                            ),
                        ),
                        (
                            "due_day",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(31),
                                ],
                                verbose_name="day",
                            ),
                        ),
                        (
                            "exceptions",
                            models.JSONField(
                                blank=True,
                                default=list,
                                verbose_name="other deadlines of single years",
                            ),
                        ),
                        (
                            "time_text",
                            models.CharField(
                                blank=True,
                                max_length=300,
                                verbose_name="time as the paper words it",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("open", "open"), ("closed", "closed")],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        ("search_key", models.TextField(editable=False)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks",
                                to="directives.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tasks_given",
                                to="organisations.organisation",
                                verbose_name="given by",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="assignments.task",
                                verbose_name="task of the superior",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "task",
                        "verbose_name_plural": "tasks",
                        "ordering": ["-document_id", "ordinal", "pk"],
                        "indexes": [
                            models.Index(fields=["owner_path", "state"], name="task_owner"),
                            models.Index(fields=["document", "ordinal"], name="task_of_document"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("timing", "yearly"), _negated=True),
                                    models.Q(
                                        ("due_day__isnull", False), ("due_month__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="task_yearly_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("timing__in", ["by", "between"]), _negated=True),
                                    ("due_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="task_due_has_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskBody",
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
                            "role",
                            models.CharField(
                                choices=[
                                    ("directing", "directing"),
                                    ("executing", "carrying out"),
                                    ("cooperating", "cooperating"),
                                ],
                                max_length=12,
                                verbose_name="role",
                            ),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "written",
                            models.CharField(max_length=500, verbose_name="as the paper writes it"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "sort_key",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=1000
                            ),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                blank=True, editable=False, max_length=200
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_started", "not begun"),
                                    ("doing", "being done"),
                                    ("returned", "returned"),
                                    ("done", "said to be done"),
                                    ("confirmed", "confirmed"),
                                ],
                                default="not_started",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("turn", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        ("due_on", models.DateField(null=True, verbose_name="deadline")),
                        (
                            "reported_at",
                            models.DateTimeField(null=True, verbose_name="said to be done at"),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "reminded_on",
                            models.DateField(null=True, verbose_name="last reminded on"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="task_parts",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "taken_over",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="assignments.task",
                                verbose_name="own task",
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bodies",
                                to="assignments.task",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "part in a task",
                        "verbose_name_plural": "parts in tasks",
                        "ordering": ["order", "sort_key", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["task", "role", "order", "sort_key"], name="task_body_order"
                            ),
                            models.Index(
                                fields=["organisation", "state", "due_on"], name="task_body_due"
                            ),
                            models.Index(fields=["path"], name="task_body_path"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("organisation__isnull", False)),
                                fields=("task", "role", "organisation"),
                                name="task_body_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskReport",
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
                        ("turn", models.PositiveSmallIntegerField(null=True, verbose_name="year")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("progress", "progress"),
                                    ("done", "said to be done"),
                                    ("confirm", "confirmed"),
                                    ("return", "returned"),
                                    ("reopen", "opened again"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="text")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="assignments.taskbody",
                            ),
                        ),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "report on a task",
                        "verbose_name_plural": "reports on tasks",
                        "ordering": ["-made_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["body", "-made_at"], name="task_report_of_body")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskEvidence",
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
                                max_length=300, upload_to="tasks/%Y/%m", verbose_name="file"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="assignments.taskreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence of a report",
                        "verbose_name_plural": "evidence of reports",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TaskTurn",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("due_on", models.DateField(null=True, verbose_name="deadline")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_started", "not begun"),
                                    ("doing", "being done"),
                                    ("returned", "returned"),
                                    ("done", "said to be done"),
                                    ("confirmed", "confirmed"),
                                ],
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "reported_at",
                            models.DateTimeField(null=True, verbose_name="said to be done at"),
                        ),
                        (
                            "confirmed_at",
                            models.DateTimeField(null=True, verbose_name="confirmed at"),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="turns",
                                to="assignments.taskbody",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "past turn of a task",
                        "verbose_name_plural": "past turns of tasks",
                        "ordering": ["-year"],
                        "constraints": [
                            models.UniqueConstraint(fields=("body", "year"), name="task_turn_once")
                        ],
                    },
                ),
            ]
        )
    ]
