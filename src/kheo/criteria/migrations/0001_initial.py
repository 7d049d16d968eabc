import django.db.models.deletion
import kheo.criteria.models
import kheo.organisations.models
from decimal import Decimal
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directives", "0004_scans"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="CriteriaSet",
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
                        ("code", models.SlugField(max_length=60, verbose_name="code")),
                        (
                            "edition",
                            models.PositiveSmallIntegerField(default=1, verbose_name="version"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("model", "models and exemplars"),
                                    ("title", "unit titles"),
                                ],
                                max_length=10,
                                verbose_name="judges",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="title"),
                        ),
                        (
                            "issuer_path",
                            kheo.organisations.models.BytewiseCharField(
                                blank=True, editable=False, max_length=200
                            ),
                        ),
                        (
                            "period_text",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="when it is scored"
                            ),
                        ),
                        (
                            "valid_from",
                            models.DateField(blank=True, null=True, verbose_name="valid from"),
                        ),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="valid to"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being drawn up"),
                                    ("in_force", "in force"),
                                    ("retired", "no longer in force"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("100"),
                                max_digits=7,
                                verbose_name="total points",
                            ),
                        ),
                        (
                            "bonus_cap",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="bonus points at most",
                            ),
                        ),
                        ("is_shipped", models.BooleanField(default=False, verbose_name="example")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="copies",
                                to="criteria.criteriaset",
                            ),
                        ),
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
                                related_name="criteria_sets",
                                to="directives.document",
                                verbose_name="document",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="criteria_sets",
                                to="organisations.organisation",
                                verbose_name="issued by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criteria set",
                        "verbose_name_plural": "criteria sets",
                        "ordering": ["name", "-edition"],
                        "indexes": [
                            models.Index(
                                fields=["issuer_path", "state"], name="criteria_set_issuer"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("code", "issuer", "edition"),
                                name="criteria_set_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Criterion",
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
                            "number",
                            models.CharField(blank=True, max_length=20, verbose_name="number"),
                        ),
                        ("text", models.TextField(verbose_name="criterion")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("points", "points"),
                                    ("yes_no", "met or not met"),
                                    ("bonus", "bonus points"),
                                    ("deduction", "points taken off"),
                                    ("disqualifying", "disqualifying condition"),
                                ],
                                default="points",
                                max_length=14,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "points",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=7,
                                verbose_name="points",
                            ),
                        ),
                        (
                            "scored_by",
                            models.JSONField(
                                default=kheo.criteria.models.all_sides, verbose_name="scored by"
                            ),
                        ),
                        (
                            "evidence_needed",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="evidence needed"
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="criteria.criterion",
                                verbose_name="belongs to",
                            ),
                        ),
                        (
                            "set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="criteria",
                                to="criteria.criteriaset",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "criterion",
                        "verbose_name_plural": "criteria",
                        "ordering": ["order", "pk"],
                        "indexes": [models.Index(fields=["set", "order"], name="criterion_of_set")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0)),
                                name="criterion_points_positive",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeBand",
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
                        ("name", models.CharField(max_length=100, verbose_name="grade")),
                        (
                            "minimum",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, verbose_name="from points"
                            ),
                        ),
                        (
                            "may_be_recognised",
                            models.BooleanField(default=True, verbose_name="may be recognised"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grades",
                                to="criteria.criteriaset",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "grade",
                        "verbose_name_plural": "grades",
                        "ordering": ["-minimum"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("set", "minimum"), name="grade_once_per_minimum"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
