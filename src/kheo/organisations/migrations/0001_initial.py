import django.db.models.deletion
import kheo.organisations.models
from django.conf import settings
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Event",
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
                                    ("establish", "establishment"),
                                    ("rename", "renaming"),
                                    ("retype", "change of kind or level"),
                                    ("move", "change of superior"),
                                    ("merge", "merger"),
                                    ("split", "division"),
                                    ("dissolve", "dissolution"),
                                    ("abolish_level", "abolition of a level"),
                                ],
                                max_length=20,
                                verbose_name="kind of event",
                            ),
                        ),
                        ("happened_on", models.DateField(verbose_name="date")),
                        (
                            "basis",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="basis document"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="note")),
                    ],
                    options={
                        "verbose_name": "organisation event",
                        "verbose_name_plural": "organisation events",
                    },
                ),
                migrations.CreateModel(
                    name="Kind",
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
                        ("code", models.SlugField(max_length=40, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=120, verbose_name="name")),
                        (
                            "line",
                            models.CharField(
                                choices=[
                                    ("party", "party"),
                                    ("government", "government"),
                                    ("front", "Front and mass organisations"),
                                    ("armed_forces", "armed forces"),
                                ],
                                max_length=20,
                                verbose_name="line",
                            ),
                        ),
                        (
                            "advises",
                            models.BooleanField(
                                default=False, verbose_name="acts for its superior"
                            ),
                        ),
                        (
                            "is_party",
                            models.BooleanField(default=True, verbose_name="uses party papers"),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                        ),
                    ],
                    options={
                        "verbose_name": "kind of organisation",
                        "verbose_name_plural": "kinds of organisation",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Level",
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
                        ("code", models.SlugField(max_length=20, unique=True, verbose_name="code")),
                        ("name", models.CharField(max_length=60, verbose_name="name")),
                        ("rank", models.PositiveSmallIntegerField(verbose_name="rank")),
                        (
                            "valid_from",
                            models.DateField(blank=True, null=True, verbose_name="valid from"),
                        ),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="valid to"),
                        ),
                    ],
                    options={
                        "verbose_name": "level",
                        "verbose_name_plural": "levels",
                        "ordering": ["rank"],
                    },
                ),
                migrations.CreateModel(
                    name="Organisation",
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
                        ("code", models.CharField(max_length=60, unique=True, verbose_name="code")),
                        (
                            "national_code",
                            models.CharField(
                                blank=True,
                                db_index=True,
                                max_length=10,
                                verbose_name="national code",
                            ),
                        ),
                        (
                            "established_on",
                            models.DateField(blank=True, null=True, verbose_name="established on"),
                        ),
                        (
                            "dissolved_on",
                            models.DateField(blank=True, null=True, verbose_name="dissolved on"),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=120, verbose_name="short name"),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        (
                            "place",
                            models.CharField(blank=True, max_length=120, verbose_name="place"),
                        ),
                        (
                            "latitude",
                            models.FloatField(blank=True, null=True, verbose_name="latitude"),
                        ),
                        (
                            "longitude",
                            models.FloatField(blank=True, null=True, verbose_name="longitude"),
                        ),
                        (
                            "sort_key",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=1000
                            ),
                        ),
                        ("search_key", models.CharField(editable=False, max_length=500)),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organisations.kind",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organisations.level",
                                verbose_name="level",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="organisations.organisation",
                                verbose_name="superior",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "organisation",
                        "verbose_name_plural": "organisations",
                        "indexes": [
                            models.Index(fields=["path"], name="organisation_path"),
                            models.Index(
                                fields=["parent", "sort_key"], name="organisation_children"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Placement",
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
                            "line",
                            models.CharField(
                                choices=[
                                    ("party", "party"),
                                    ("government", "government"),
                                    ("front", "Front and mass organisations"),
                                    ("armed_forces", "armed forces"),
                                ],
                                max_length=20,
                                verbose_name="line",
                            ),
                        ),
                        ("is_main", models.BooleanField(default=True, verbose_name="main line")),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                blank=True, editable=False, max_length=200
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="valid to"),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="placements_below",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dated place in the tree",
                        "verbose_name_plural": "dated places in the tree",
                        "indexes": [
                            models.Index(fields=["path", "valid_from"], name="placement_path"),
                            models.Index(fields=["parent", "valid_from"], name="placement_parent"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "line", "valid_from"),
                                name="placement_one_per_start",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="placement_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Profile",
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
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        (
                            "short_name",
                            models.CharField(blank=True, max_length=120, verbose_name="short name"),
                        ),
                        (
                            "sort_key",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=1000
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="valid from")),
                        (
                            "valid_to",
                            models.DateField(blank=True, null=True, verbose_name="valid to"),
                        ),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organisations.kind",
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "level",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                to="organisations.level",
                                verbose_name="level",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="profiles",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "dated name and kind",
                        "verbose_name_plural": "dated names and kinds",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organisation", "valid_from"), name="profile_one_per_start"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gt", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="profile_ends_after_start",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Seat",
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
                                    ("clerk", "clerk"),
                                    ("head", "head of the unit"),
                                    ("officer", "movement officer"),
                                    ("council", "council member"),
                                    ("leader", "leader"),
                                    ("inspector", "inspector"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        ("starts_on", models.DateField(verbose_name="from")),
                        ("ends_on", models.DateField(blank=True, null=True, verbose_name="to")),
                        (
                            "acting_for",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="stand_ins",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="seats",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "seat",
                        "verbose_name_plural": "seats",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="seat_ends_after_start",
                            ),
                            models.UniqueConstraint(
                                fields=("user", "organisation", "role", "starts_on"),
                                name="seat_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        ("full_name", models.CharField(max_length=200, verbose_name="full name")),
                        ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("clerk", "clerk"),
                                    ("head", "head of the unit"),
                                    ("officer", "movement officer"),
                                    ("council", "council member"),
                                    ("leader", "leader"),
                                    ("inspector", "inspector"),
                                    ("administrator", "administrator"),
                                ],
                                max_length=20,
                                verbose_name="role",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        ("token_digest", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("expires_at", models.DateTimeField(verbose_name="expires at")),
                        (
                            "withdrawn_at",
                            models.DateTimeField(null=True, verbose_name="withdrawn at"),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations_sent",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="invitations",
                                to="organisations.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "invitation",
                        "verbose_name_plural": "invitations",
                    },
                ),
                migrations.CreateModel(
                    name="Succession",
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
                            "event",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="successions",
                                to="organisations.event",
                            ),
                        ),
                        (
                            "predecessor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions_out",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="successions_in",
                                to="organisations.organisation",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "succession",
                        "verbose_name_plural": "successions",
                    },
                ),
            ]
        )
    ]
