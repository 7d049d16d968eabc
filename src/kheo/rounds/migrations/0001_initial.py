import django.core.validators
import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("directives", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Layout",
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
                            "code",
                            models.CharField(
                                choices=[
                                    ("M1", "M1"),
                                    ("M2", "M2"),
                                    ("M3", "M3"),
                                    ("M4", "M4"),
                                    ("S0", "S0"),
                                    ("S1", "S1"),
                                ],
                                max_length=10,
                                verbose_name="form",
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("form", "registration form"), ("list", "list")],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "spec",
                            models.JSONField(
                                default=dict, verbose_name="description of the layout"
                            ),
                        ),
                        ("is_shipped", models.BooleanField(default=False, verbose_name="official")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="rounds.layout",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="layouts",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "layout",
                        "verbose_name_plural": "layouts",
                        "ordering": ["code", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Audience",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        ("due_on", models.DateField(verbose_name="deadline")),
                        (
                            "kinds",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="organisations.kind",
                                verbose_name="kinds",
                            ),
                        ),
                        (
                            "levels",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="organisations.level",
                                verbose_name="levels",
                            ),
                        ),
                        (
                            "listed",
                            models.ManyToManyField(
                                blank=True,
                                related_name="+",
                                to="organisations.organisation",
                                verbose_name="listed units",
                            ),
                        ),
                        (
                            "layouts",
                            models.ManyToManyField(
                                blank=True,
                                related_name="audiences",
                                to="rounds.layout",
                                verbose_name="forms",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "audience",
                        "verbose_name_plural": "audiences",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Period",
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
                            "movement",
                            models.CharField(
                                default="Dân vận khéo", max_length=200, verbose_name="movement"
                            ),
                        ),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("first_year", models.PositiveSmallIntegerField(verbose_name="first year")),
                        ("last_year", models.PositiveSmallIntegerField(verbose_name="last year")),
                        (
                            "usual_due_month",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(12),
                                ],
                                verbose_name="usual deadline, month",
                            ),
                        ),
                        (
                            "usual_due_day",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(1),
                                    django.core.validators.MaxValueValidator(31),
                                ],
                                verbose_name="usual deadline, day",
                            ),
                        ),
                        (
                            "governing_documents",
                            models.ManyToManyField(
                                blank=True, related_name="periods", to="directives.document"
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="periods",
                                to="organisations.organisation",
                                verbose_name="organiser",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "period",
                        "verbose_name_plural": "periods",
                        "ordering": ["-first_year"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))),
                                name="period_years_in_order",
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="layout",
                    name="period",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="rounds.period",
                    ),
                ),
                migrations.CreateModel(
                    name="FieldScheme",
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
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("code", models.SlugField(blank=True, max_length=40, verbose_name="code")),
                        (
                            "issuer",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="field_schemes",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="rounds.period",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "scheme of fields",
                        "verbose_name_plural": "schemes of fields",
                    },
                ),
                migrations.CreateModel(
                    name="Quota",
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
                            "minimum",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="at least"
                            ),
                        ),
                        (
                            "maximum",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="at most"
                            ),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="quotas",
                                to="rounds.audience",
                            ),
                        ),
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
                    ],
                    options={
                        "verbose_name": "quota",
                        "verbose_name_plural": "quotas",
                        "ordering": ["level__rank", "pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minimum__isnull", True),
                                    ("maximum__isnull", True),
                                    ("maximum__gte", models.F("minimum")),
                                    _connector="OR",
                                ),
                                name="quota_in_order",
                            ),
                            models.UniqueConstraint(
                                fields=("audience", "level"),
                                name="quota_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Round",
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
                            "receiver_name",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="received through"
                            ),
                        ),
                        (
                            "year",
                            models.PositiveSmallIntegerField(
                                validators=[
                                    django.core.validators.MinValueValidator(1999),
                                    django.core.validators.MaxValueValidator(2100),
                                ],
                                verbose_name="year",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="title")),
                        (
                            "theme",
                            models.CharField(blank=True, max_length=500, verbose_name="theme"),
                        ),
                        ("opens_on", models.DateField(verbose_name="opens on")),
                        (
                            "late_policy",
                            models.CharField(
                                choices=[
                                    ("accept", "accepted and marked as late"),
                                    ("refuse", "refused without an extension"),
                                ],
                                default="accept",
                                max_length=10,
                                verbose_name="late submissions are",
                            ),
                        ),
                        (
                            "nomination_cap",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="nomination cap"
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
                        (
                            "published_at",
                            models.DateTimeField(null=True, verbose_name="published at"),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "copied_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                to="rounds.round",
                            ),
                        ),
                        (
                            "field_scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="rounds.fieldscheme",
                                verbose_name="scheme of fields",
                            ),
                        ),
                        (
                            "governing_document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="directives.document",
                                verbose_name="governing document",
                            ),
                        ),
                        (
                            "organiser",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="organisations.organisation",
                                verbose_name="organiser",
                            ),
                        ),
                        (
                            "period",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="rounds",
                                to="rounds.period",
                                verbose_name="period",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "round",
                        "verbose_name_plural": "rounds",
                        "ordering": ["-year", "-pk"],
                        "indexes": [
                            models.Index(fields=["organiser_path", "-year"], name="round_organiser")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ParticipationTally",
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
                                    ("not_started", "not started"),
                                    ("draft", "draft"),
                                    ("signed_off", "signed off"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("due_on", models.DateField()),
                        ("has_submitted", models.BooleanField()),
                        ("submitted_late", models.BooleanField()),
                        ("is_short", models.BooleanField()),
                        ("count", models.IntegerField()),
                        (
                            "audience",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="rounds.audience",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="tallies",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "tally of units",
                        "verbose_name_plural": "tallies of units",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "round",
                                    "organisation",
                                    "audience",
                                    "state",
                                    "due_on",
                                    "has_submitted",
                                    "submitted_late",
                                    "is_short",
                                ),
                                name="participation_tally_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
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
                        ("unit_name", models.CharField(max_length=300, verbose_name="unit")),
                        ("sort_key", kheo.organisations.models.BytewiseCharField(max_length=1000)),
                        ("path", kheo.organisations.models.BytewiseCharField(max_length=200)),
                        ("original_due_on", models.DateField(verbose_name="deadline of the round")),
                        ("due_on", models.DateField(verbose_name="deadline")),
                        (
                            "extension_reason",
                            models.TextField(blank=True, verbose_name="reason for the extension"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("not_started", "not started"),
                                    ("draft", "draft"),
                                    ("signed_off", "signed off"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                ],
                                default="not_started",
                                max_length=20,
                                verbose_name="state",
                            ),
                        ),
                        ("counts", models.JSONField(default=dict)),
                        (
                            "registered",
                            models.PositiveSmallIntegerField(default=0, verbose_name="registered"),
                        ),
                        (
                            "accepted",
                            models.PositiveSmallIntegerField(default=0, verbose_name="accepted"),
                        ),
                        (
                            "is_short",
                            models.BooleanField(default=False, verbose_name="below the minimum"),
                        ),
                        (
                            "first_submitted_at",
                            models.DateTimeField(null=True, verbose_name="first submitted at"),
                        ),
                        (
                            "last_submitted_at",
                            models.DateTimeField(null=True, verbose_name="last submitted at"),
                        ),
                        (
                            "submitted_late",
                            models.BooleanField(default=False, verbose_name="submitted late"),
                        ),
                        (
                            "touched_at",
                            models.DateTimeField(null=True, verbose_name="last touched"),
                        ),
                        (
                            "audience",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="rounds.audience",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="participations",
                                to="rounds.round",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "unit in a round",
                        "verbose_name_plural": "units in a round",
                        "indexes": [
                            models.Index(
                                fields=["round", "sort_key"], name="participation_by_name"
                            ),
                            models.Index(
                                fields=["round", "state", "sort_key"], name="participation_by_state"
                            ),
                            models.Index(fields=["round", "path"], name="participation_by_path"),
                            models.Index(
                                fields=["organisation", "due_on"], name="participation_of_unit"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "organisation"), name="participation_once"
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="audience",
                    name="round",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audiences",
                        to="rounds.round",
                    ),
                ),
                migrations.CreateModel(
                    name="FieldLabel",
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
                            "field",
                            models.CharField(
                                choices=[
                                    ("economy", "economy"),
                                    ("culture_society", "culture and society"),
                                    ("defence_security", "defence and security"),
                                    ("political_system", "building the political system"),
                                ],
                                max_length=20,
                                verbose_name="field",
                            ),
                        ),
                        ("label", models.CharField(max_length=200, verbose_name="label")),
                        ("topics", models.TextField(blank=True, verbose_name="sub-topics")),
                        ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                        (
                            "scheme",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="labels",
                                to="rounds.fieldscheme",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "label of a field",
                        "verbose_name_plural": "labels of fields",
                        "ordering": ["order"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("scheme", "field"), name="field_label_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
