import django.core.serializers.json
import django.core.validators
import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("criteria", "0001_initial"),
        ("exemplars", "0007_stages"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Recommendation",
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
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        ("text", models.TextField(verbose_name="recommendation")),
                        (
                            "due_on",
                            models.DateField(blank=True, null=True, verbose_name="deadline"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "open"),
                                    ("answered", "answered"),
                                    ("done", "done"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("answer", models.TextField(blank=True, verbose_name="answer of the unit")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        (
                            "return_reason",
                            models.TextField(blank=True, verbose_name="what is still missing"),
                        ),
                        ("done_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                        (
                            "reminded_on",
                            models.DateField(null=True, verbose_name="last reminded on"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_recommendations",
                                to="organisations.organisation",
                                verbose_name="unit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "recommendation of a visit",
                        "verbose_name_plural": "recommendations of visits",
                        "ordering": ["order", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["organisation", "state", "due_on"], name="visit_advice_due"
                            ),
                            models.Index(fields=["path", "state"], name="visit_advice_path"),
                            models.Index(fields=["state", "due_on"], name="visit_advice_reminding"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecommendationFile",
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
                                max_length=300, upload_to="visits/%Y/%m", verbose_name="file"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        (
                            "recommendation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="visits.recommendation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file of a recommendation",
                        "verbose_name_plural": "files of recommendations",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SurveyTeam",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "basis",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="set up by the document"
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                blank=True,
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
                        ("area", models.CharField(blank=True, max_length=300, verbose_name="area")),
                        ("is_active", models.BooleanField(default=True, verbose_name="at work")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="survey_teams",
                                to="organisations.organisation",
                                verbose_name="set up by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "survey team",
                        "verbose_name_plural": "survey teams",
                        "ordering": ["-year", "name", "pk"],
                        "indexes": [
                            models.Index(fields=["path", "-year"], name="survey_team_of_body")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TeamMember",
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
                        ("name", models.CharField(max_length=200, verbose_name="full name")),
                        (
                            "position",
                            models.CharField(blank=True, max_length=300, verbose_name="position"),
                        ),
                        (
                            "part",
                            models.CharField(
                                choices=[
                                    ("head", "head of the team"),
                                    ("deputy", "deputy head of the team"),
                                    ("secretary", "secretary of the team"),
                                    ("member", "member"),
                                ],
                                default="member",
                                max_length=10,
                                verbose_name="part",
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="survey_teams",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="visits.surveyteam",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of a survey team",
                        "verbose_name_plural": "members of survey teams",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("part", "head")),
                                fields=("team",),
                                name="survey_team_one_head",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("seat__isnull", False)),
                                fields=("team", "seat"),
                                name="survey_team_seat_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                            "team_path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        (
                            "unit_name",
                            models.CharField(max_length=300, verbose_name="visited unit"),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        ("held_on", models.DateField(verbose_name="day of the visit")),
                        (
                            "starts",
                            models.TimeField(blank=True, null=True, verbose_name="begins at"),
                        ),
                        ("ends", models.TimeField(blank=True, null=True, verbose_name="ends at")),
                        (
                            "place",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="whereabouts"
                            ),
                        ),
                        ("purpose", models.TextField(blank=True, verbose_name="what is looked at")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "being prepared"),
                                    ("announced", "in the schedule"),
                                    ("concluded", "concluded"),
                                    ("cancelled", "cancelled"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "announced_at",
                            models.DateTimeField(null=True, verbose_name="announced at"),
                        ),
                        ("conclusions", models.TextField(blank=True, verbose_name="conclusions")),
                        (
                            "concluded_at",
                            models.DateTimeField(null=True, verbose_name="concluded at"),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="remark of the unit")),
                        ("remark_at", models.DateTimeField(null=True, verbose_name="remarked at")),
                        (
                            "cancel_reason",
                            models.CharField(
                                blank=True,
                                max_length=500,
                                verbose_name="reason of the cancellation",
                            ),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "concluded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
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
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="survey_visits",
                                to="organisations.organisation",
                                verbose_name="visited unit",
                            ),
                        ),
                        (
                            "remark_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "team",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="visits.surveyteam",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "survey visit",
                        "verbose_name_plural": "survey visits",
                        "ordering": ["-held_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["-held_on", "path"], name="survey_visit_day"),
                            models.Index(fields=["path", "-held_on"], name="survey_visit_unit"),
                            models.Index(
                                fields=["team_path", "-held_on"], name="survey_visit_body"
                            ),
                            models.Index(
                                fields=["team", "state", "-held_on"], name="survey_visit_team"
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="recommendation",
                    name="visit",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recommendations",
                        to="visits.visit",
                    ),
                ),
                migrations.CreateModel(
                    name="Participant",
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
                            "side",
                            models.CharField(
                                choices=[
                                    ("team", "survey team"),
                                    ("unit", "visited unit"),
                                    ("guest", "others present"),
                                ],
                                max_length=10,
                                verbose_name="side",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="full name")),
                        (
                            "position",
                            models.CharField(blank=True, max_length=300, verbose_name="position"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "participant of a visit",
                        "verbose_name_plural": "participants of visits",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="VisitSheet",
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
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        ("seen", models.TextField(blank=True, verbose_name="what was seen")),
                        ("assessment", models.TextField(blank=True, verbose_name="assessment")),
                        (
                            "place",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="whereabouts"
                            ),
                        ),
                        (
                            "latitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-90),
                                    django.core.validators.MaxValueValidator(90),
                                ],
                                verbose_name="latitude",
                            ),
                        ),
                        (
                            "longitude",
                            models.DecimalField(
                                blank=True,
                                decimal_places=6,
                                max_digits=9,
                                null=True,
                                validators=[
                                    django.core.validators.MinValueValidator(-180),
                                    django.core.validators.MaxValueValidator(180),
                                ],
                                verbose_name="longitude",
                            ),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("updated_at", models.DateTimeField(null=True, verbose_name="changed at")),
                        (
                            "criteria_set",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_sheets",
                                to="criteria.criteriaset",
                                verbose_name="criteria set",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_sheets",
                                to="exemplars.registration",
                                verbose_name="model visited",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sheets",
                                to="visits.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "sheet of a visit",
                        "verbose_name_plural": "sheets of visits",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("visit", "registration"), name="visit_sheet_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SheetPhoto",
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
                        ("client_key", models.UUIDField(unique=True)),
                        (
                            "file",
                            models.FileField(
                                max_length=300, upload_to="visits/%Y/%m", verbose_name="file"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
                        (
                            "caption",
                            models.CharField(blank=True, max_length=300, verbose_name="caption"),
                        ),
                        ("added_at", models.DateTimeField(verbose_name="added at")),
                        ("removed_at", models.DateTimeField(null=True, verbose_name="removed at")),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="visits.visitsheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "photo of a visit",
                        "verbose_name_plural": "photos of visits",
                        "ordering": ["pk"],
                    },
                ),
                migrations.CreateModel(
                    name="SheetEntry",
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
                        ("client_key", models.UUIDField(unique=True)),
                        ("piece", models.CharField(max_length=40)),
                        (
                            "value",
                            models.JSONField(
                                default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        ("base", models.PositiveIntegerField(default=0)),
                        ("version", models.PositiveIntegerField(null=True)),
                        (
                            "outcome",
                            models.CharField(
                                choices=[
                                    ("taken", "taken over"),
                                    ("conflict", "waits for a choice"),
                                    ("chosen", "chosen"),
                                    ("dropped", "not chosen"),
                                ],
                                max_length=10,
                                verbose_name="outcome",
                            ),
                        ),
                        ("written_at", models.DateTimeField(null=True, verbose_name="written at")),
                        ("arrived_at", models.DateTimeField(verbose_name="arrived at")),
                        ("settled_at", models.DateTimeField(null=True, verbose_name="chosen at")),
                        (
                            "made_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "settled_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="visits.visitsheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry in a sheet",
                        "verbose_name_plural": "entries in sheets",
                        "ordering": ["pk"],
                        "indexes": [
                            models.Index(
                                fields=["sheet", "piece", "version"], name="sheet_entry_of_piece"
                            ),
                            models.Index(fields=["sheet", "outcome"], name="sheet_entry_waiting"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Finding",
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
                        ("key", models.UUIDField()),
                        ("item", models.CharField(max_length=1000, verbose_name="criterion")),
                        (
                            "found",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("met", "met"),
                                    ("partly", "partly met"),
                                    ("unmet", "not met"),
                                ],
                                max_length=10,
                                verbose_name="finding",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="remark")),
                        (
                            "points",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="points",
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=1, verbose_name="order"),
                        ),
                        ("version", models.PositiveIntegerField(default=0)),
                        ("updated_at", models.DateTimeField(null=True, verbose_name="changed at")),
                        (
                            "criterion",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit_findings",
                                to="criteria.criterion",
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "sheet",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="findings",
                                to="visits.visitsheet",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "finding of a visit",
                        "verbose_name_plural": "findings of visits",
                        "ordering": ["order", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("sheet", "key"), name="visit_finding_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("points__isnull", True), ("points__gte", 0), _connector="OR"
                                ),
                                name="visit_points_positive",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
