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
                    name="Review",
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
                            "organiser_path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("interim", "interim review"),
                                    ("final", "final review"),
                                    ("yearly", "yearly review"),
                                    ("ad_hoc", "ad hoc review"),
                                ],
                                max_length=10,
                                verbose_name="kind of review",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "period_from",
                            models.DateField(
                                blank=True, null=True, verbose_name="period covered, from"
                            ),
                        ),
                        (
                            "period_to",
                            models.DateField(
                                blank=True, null=True, verbose_name="period covered, to"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("open", "open"),
                                    ("closed", "closed"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="directives.document",
                                verbose_name="governing document",
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reviews",
                                to="organisations.organisation",
                                verbose_name="organiser",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "review",
                        "verbose_name_plural": "reviews",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                fields=["organiser_path", "-created_at"], name="review_organiser"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("period_from__isnull", True),
                                    ("period_to__isnull", True),
                                    ("period_to__gte", models.F("period_from")),
                                    _connector="OR",
                                ),
                                name="review_period_in_order",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutlineHeading",
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
                        ("number", models.CharField(max_length=30, verbose_name="number")),
                        ("title", models.CharField(max_length=1000, verbose_name="heading")),
                        ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="reviews.outlineheading",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="headings",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "heading of an outline",
                        "verbose_name_plural": "headings of an outline",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewAnnex",
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
                        ("title", models.CharField(max_length=500, verbose_name="title")),
                        (
                            "layout_code",
                            models.CharField(blank=True, max_length=10, verbose_name="form"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="annexes",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "annex of a review",
                        "verbose_name_plural": "annexes of a review",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ReviewDue",
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
                        ("audience", models.CharField(max_length=1000, verbose_name="who reports")),
                        ("due_on", models.DateField(verbose_name="deadline")),
                        (
                            "level",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.level",
                                verbose_name="level",
                            ),
                        ),
                        (
                            "review",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dues",
                                to="reviews.review",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "due date of a review",
                        "verbose_name_plural": "due dates of a review",
                        "ordering": ["due_on", "pk"],
                    },
                ),
            ]
        )
    ]
