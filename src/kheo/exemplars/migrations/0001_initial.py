import django.core.serializers.json
import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("organisations", "0001_initial"),
        ("rounds", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Exemplar",
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
                            "nature",
                            models.CharField(
                                choices=[("model", "model"), ("exemplary", "exemplary case")],
                                max_length=12,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("collective", "collective"),
                                    ("individual", "individual"),
                                ],
                                max_length=12,
                                verbose_name="form",
                            ),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        ("search_key", models.CharField(editable=False, max_length=300)),
                        ("first_year", models.PositiveSmallIntegerField(verbose_name="first year")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="exemplars",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "replicated_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replicas",
                                to="exemplars.exemplar",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "model or exemplary case",
                        "verbose_name_plural": "models and exemplary cases",
                        "indexes": [
                            models.Index(fields=["owner", "-first_year"], name="exemplar_owner"),
                            models.Index(fields=["search_key"], name="exemplar_search"),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Registration",
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
                        ("path", kheo.organisations.models.BytewiseCharField(max_length=200)),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("collective", "collective"),
                                    ("individual", "individual"),
                                ],
                                max_length=12,
                                verbose_name="form",
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("model", "model"), ("exemplary", "exemplary case")],
                                default="model",
                                max_length=12,
                                verbose_name="nature",
                            ),
                        ),
                        (
                            "address",
                            models.CharField(blank=True, max_length=300, verbose_name="address"),
                        ),
                        (
                            "full_name",
                            models.CharField(blank=True, max_length=200, verbose_name="full name"),
                        ),
                        (
                            "position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        (
                            "workplace",
                            models.CharField(blank=True, max_length=300, verbose_name="workplace"),
                        ),
                        ("name", models.CharField(blank=True, max_length=300, verbose_name="name")),
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
                        ("content", models.TextField(blank=True, verbose_name="content")),
                        (
                            "starts",
                            models.CharField(blank=True, max_length=60, verbose_name="start"),
                        ),
                        (
                            "ends",
                            models.CharField(blank=True, max_length=60, verbose_name="finish"),
                        ),
                        ("starts_on", models.DateField(editable=False, null=True)),
                        ("ends_on", models.DateField(editable=False, null=True)),
                        (
                            "scope",
                            models.CharField(
                                blank=True, max_length=500, verbose_name="place and scope"
                            ),
                        ),
                        (
                            "expected_results",
                            models.TextField(blank=True, verbose_name="expected results"),
                        ),
                        (
                            "continuity",
                            models.CharField(
                                choices=[
                                    ("new", "newly built"),
                                    ("kept", "kept up"),
                                    ("replicated", "replicated"),
                                ],
                                default="new",
                                max_length=12,
                                verbose_name="continuity",
                            ),
                        ),
                        (
                            "extra",
                            models.JSONField(
                                default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("signed_off", "signed off"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        ("is_registered", models.BooleanField(default=False)),
                        ("is_late", models.BooleanField(default=False, verbose_name="late")),
                        (
                            "return_due_on",
                            models.DateField(null=True, verbose_name="to be corrected by"),
                        ),
                        ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("search_key", models.CharField(editable=False, max_length=700)),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("updated_at", models.DateTimeField(verbose_name="updated at")),
                        (
                            "signed_off_at",
                            models.DateTimeField(null=True, verbose_name="signed off at"),
                        ),
                        (
                            "submitted_at",
                            models.DateTimeField(null=True, verbose_name="submitted at"),
                        ),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        (
                            "exemplar",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="exemplars.exemplar",
                            ),
                        ),
                        (
                            "intended_level",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.level",
                                verbose_name="level of replication",
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
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "participation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="rounds.participation",
                            ),
                        ),
                        (
                            "previous",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="continuations",
                                to="exemplars.registration",
                            ),
                        ),
                        (
                            "replicated_from",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="replicating_registrations",
                                to="exemplars.exemplar",
                                verbose_name="replicated from",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="registrations",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "signed_off_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "registration",
                        "verbose_name_plural": "registrations",
                        "indexes": [
                            models.Index(
                                fields=["year", "path", "id"], name="registration_by_unit"
                            ),
                            models.Index(
                                fields=["year", "state", "path", "id"], name="registration_by_state"
                            ),
                            models.Index(
                                fields=["year", "field", "path", "id"], name="registration_by_field"
                            ),
                            models.Index(
                                fields=["round", "path", "id"], name="registration_of_round"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("exemplar", "round"),
                                name="registration_once_per_round",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Evidence",
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
                                max_length=300, upload_to="evidence/%Y/%m", verbose_name="file"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="file name")),
                        ("media_type", models.CharField(max_length=100)),
                        ("size", models.PositiveBigIntegerField(verbose_name="size")),
                        ("checksum", models.CharField(max_length=64, verbose_name="checksum")),
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
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="exemplars.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence",
                        "verbose_name_plural": "evidence",
                        "ordering": ["added_at"],
                    },
                ),
                migrations.CreateModel(
                    name="RegistrationTally",
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
                        ("year", models.PositiveSmallIntegerField()),
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
                            ),
                        ),
                        (
                            "nature",
                            models.CharField(
                                choices=[("model", "model"), ("exemplary", "exemplary case")],
                                max_length=12,
                            ),
                        ),
                        (
                            "form",
                            models.CharField(
                                choices=[
                                    ("collective", "collective"),
                                    ("individual", "individual"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "continuity",
                            models.CharField(
                                choices=[
                                    ("new", "newly built"),
                                    ("kept", "kept up"),
                                    ("replicated", "replicated"),
                                ],
                                max_length=12,
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("signed_off", "signed off"),
                                    ("submitted", "submitted"),
                                    ("returned", "returned"),
                                    ("accepted", "accepted"),
                                    ("declined", "declined"),
                                    ("withdrawn", "withdrawn"),
                                ],
                                max_length=12,
                            ),
                        ),
                        ("count", models.IntegerField()),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.level",
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
                    ],
                    options={
                        "verbose_name": "tally of registrations",
                        "verbose_name_plural": "tallies of registrations",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=(
                                    "organisation",
                                    "year",
                                    "field",
                                    "nature",
                                    "form",
                                    "level",
                                    "continuity",
                                    "state",
                                ),
                                name="registration_tally_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Remark",
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
                        ("item", models.CharField(blank=True, max_length=40, verbose_name="item")),
                        ("text", models.TextField(verbose_name="remark")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="exemplars.registration",
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
                        "verbose_name": "remark",
                        "verbose_name_plural": "remarks",
                        "ordering": ["made_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Submission",
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
                        ("sequence", models.PositiveSmallIntegerField()),
                        (
                            "content",
                            models.JSONField(
                                encoder=django.core.serializers.json.DjangoJSONEncoder
                            ),
                        ),
                        ("submitted_at", models.DateTimeField(verbose_name="submitted at")),
                        (
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="submissions",
                                to="exemplars.registration",
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
                        "verbose_name": "submitted version",
                        "verbose_name_plural": "submitted versions",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("registration", "sequence"), name="submission_sequence"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
