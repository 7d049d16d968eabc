import django.core.validators
import django.db.models.deletion
import kheo.councils.models
import kheo.organisations.models
from decimal import Decimal
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("appraisal", "0001_initial"),
        ("criteria", "0001_initial"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="Council",
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
                        ("name", models.CharField(max_length=300, verbose_name="name")),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "decision_number",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="founding decision"
                            ),
                        ),
                        (
                            "decision_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of the decision"
                            ),
                        ),
                        (
                            "quorum",
                            models.PositiveSmallIntegerField(
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="quorum",
                            ),
                        ),
                        (
                            "scorers",
                            models.PositiveSmallIntegerField(
                                default=3,
                                validators=[django.core.validators.MinValueValidator(1)],
                                verbose_name="members who score a file",
                            ),
                        ),
                        (
                            "scores_due_on",
                            models.DateField(blank=True, null=True, verbose_name="scores due on"),
                        ),
                        (
                            "is_secret",
                            models.BooleanField(default=False, verbose_name="secret vote"),
                        ),
                        (
                            "ranked_by",
                            models.JSONField(
                                blank=True,
                                default=kheo.councils.models.all_facets,
                                verbose_name="ranked apart by",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being prepared"),
                                    ("scoring", "scoring"),
                                    ("session", "in session"),
                                    ("decided", "outcome settled"),
                                    ("announcing", "being announced"),
                                    ("announced", "announced"),
                                ],
                                default="draft",
                                max_length=12,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "held_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="day of the session"
                            ),
                        ),
                        (
                            "starts",
                            models.CharField(blank=True, max_length=20, verbose_name="begins at"),
                        ),
                        (
                            "ends",
                            models.CharField(blank=True, max_length=20, verbose_name="ends at"),
                        ),
                        (
                            "place",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="place of the session"
                            ),
                        ),
                        ("guests", models.TextField(blank=True, verbose_name="also present")),
                        ("agenda", models.TextField(blank=True, verbose_name="agenda")),
                        (
                            "discussion",
                            models.TextField(blank=True, verbose_name="what was discussed"),
                        ),
                        ("conclusion", models.TextField(blank=True, verbose_name="conclusion")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        (
                            "decided_at",
                            models.DateTimeField(null=True, verbose_name="outcome settled at"),
                        ),
                        (
                            "announced_at",
                            models.DateTimeField(null=True, verbose_name="announced at"),
                        ),
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
                            "criteria_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="councils",
                                to="criteria.criteriaset",
                                verbose_name="criteria set",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="councils",
                                to="organisations.organisation",
                                verbose_name="set up by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "council",
                        "verbose_name_plural": "councils",
                        "ordering": ["-year", "-pk"],
                        "indexes": [
                            models.Index(fields=["path", "-year", "-id"], name="council_of_path")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Announcement",
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
                        ("started_at", models.DateTimeField(verbose_name="begun at")),
                        (
                            "finished_at",
                            models.DateTimeField(null=True, verbose_name="finished at"),
                        ),
                        ("total", models.PositiveIntegerField(verbose_name="files")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="done")),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "council",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="announcement",
                                to="councils.council",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "announcement of an outcome",
                        "verbose_name_plural": "announcements of outcomes",
                    },
                ),
                migrations.CreateModel(
                    name="CouncilFile",
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
                        ("order", models.PositiveIntegerField(default=0, verbose_name="order")),
                        (
                            "wanted",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="members who score it"
                            ),
                        ),
                        (
                            "scored",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="scores that are in"
                            ),
                        ),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, null=True, verbose_name="total"
                            ),
                        ),
                        (
                            "council_part",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="points of the council",
                            ),
                        ),
                        (
                            "heaviest",
                            models.DecimalField(
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="criterion with the greatest weight",
                            ),
                        ),
                        (
                            "lowest",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, null=True, verbose_name="lowest"
                            ),
                        ),
                        (
                            "highest",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, null=True, verbose_name="highest"
                            ),
                        ),
                        (
                            "has_outliers",
                            models.BooleanField(default=False, verbose_name="scores far apart"),
                        ),
                        (
                            "is_disqualified",
                            models.BooleanField(default=False, verbose_name="disqualified"),
                        ),
                        (
                            "unreasoned",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="changes without a reason"
                            ),
                        ),
                        (
                            "chair_order",
                            models.PositiveSmallIntegerField(
                                default=0, verbose_name="order given by the chair"
                            ),
                        ),
                        (
                            "chair_reason",
                            models.TextField(blank=True, verbose_name="reason of the chair"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="councils.council",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="council_files",
                                to="appraisal.appraisalfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file before a council",
                        "verbose_name_plural": "files before a council",
                        "ordering": ["order", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["council", "order", "id"], name="council_file_order"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("council", "file"), name="council_file_once"
                            ),
                            models.UniqueConstraint(
                                fields=("file",), name="file_before_one_council"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CouncilMember",
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
                                    ("chair", "chair"),
                                    ("secretary", "secretary"),
                                    ("member", "member"),
                                ],
                                default="member",
                                max_length=10,
                                verbose_name="role",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="name")),
                        ("post", models.CharField(max_length=500, verbose_name="position")),
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
                        (
                            "is_scoring",
                            models.BooleanField(default=True, verbose_name="scores files"),
                        ),
                        (
                            "is_present",
                            models.BooleanField(null=True, verbose_name="present at the session"),
                        ),
                        (
                            "absence",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="reason for the absence"
                            ),
                        ),
                        (
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="councils.council",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="council_memberships",
                                to="organisations.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "member of a council",
                        "verbose_name_plural": "members of councils",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("council", "seat"), name="council_member_once"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("role__in", ["chair", "secretary"])),
                                fields=("council", "role"),
                                name="council_one_chair_one_secretary",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Conflict",
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
                                    ("own_unit", "own unit"),
                                    ("own_line", "unit below the own unit"),
                                    ("declared", "declared by the member"),
                                ],
                                max_length=10,
                                verbose_name="kind",
                            ),
                        ),
                        (
                            "reason",
                            models.CharField(blank=True, max_length=500, verbose_name="reason"),
                        ),
                        ("noted_at", models.DateTimeField(verbose_name="noted at")),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="councils.councilfile",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="councils.councilmember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "conflict of interest",
                        "verbose_name_plural": "conflicts of interest",
                        "constraints": [
                            models.UniqueConstraint(fields=("file", "member"), name="conflict_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Allotment",
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
                            "mode",
                            models.CharField(
                                choices=[
                                    ("hand", "by hand"),
                                    ("field", "by field"),
                                    ("balanced", "balanced"),
                                ],
                                max_length=10,
                                verbose_name="given",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "to be scored"),
                                    ("draft", "begun"),
                                    ("done", "scores are in"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("order", models.PositiveIntegerField(default=0)),
                        (
                            "total",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, null=True, verbose_name="total"
                            ),
                        ),
                        (
                            "is_outlier",
                            models.BooleanField(default=False, verbose_name="far from the others"),
                        ),
                        ("done_at", models.DateTimeField(null=True, verbose_name="scored at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="allotments",
                                to="councils.councilfile",
                            ),
                        ),
                        (
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="allotments",
                                to="councils.councilmember",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "file given to a member",
                        "verbose_name_plural": "files given to members",
                        "ordering": ["order", "pk"],
                        "indexes": [
                            models.Index(fields=["member", "order", "id"], name="allotment_queue")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "member"), name="allotment_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MemberScore",
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
                            "points",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, verbose_name="points"
                            ),
                        ),
                        ("note", models.TextField(blank=True, verbose_name="remark")),
                        (
                            "allotment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scores",
                                to="councils.allotment",
                            ),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.criterion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "score of a member",
                        "verbose_name_plural": "scores of members",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("allotment", "criterion"), name="member_score_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("points__gte", 0)), name="member_score_positive"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Outcome",
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
                            "total",
                            models.DecimalField(
                                decimal_places=2,
                                default=Decimal("0"),
                                max_digits=7,
                                verbose_name="total",
                            ),
                        ),
                        (
                            "result",
                            models.CharField(
                                choices=[
                                    ("put_forward", "put forward for recognition"),
                                    ("not_put_forward", "not put forward"),
                                    ("disqualified", "disqualified"),
                                ],
                                max_length=16,
                                verbose_name="result",
                            ),
                        ),
                        (
                            "ground",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("condition", "a disqualifying condition"),
                                    ("grade", "the grade is not enough"),
                                    ("vote", "not more than half of those present voted for it"),
                                ],
                                max_length=10,
                                verbose_name="reason",
                            ),
                        ),
                        ("place", models.PositiveIntegerField(null=True, verbose_name="place")),
                        (
                            "rule",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("total", "total of points"),
                                    ("council", "points of the council"),
                                    ("heaviest", "criterion with the greatest weight"),
                                    ("earlier", "handed in earlier"),
                                    ("chair", "decision of the chair"),
                                    ("shared", "shared place"),
                                ],
                                max_length=10,
                                verbose_name="parted by",
                            ),
                        ),
                        (
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcomes",
                                to="councils.council",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="outcome",
                                to="councils.councilfile",
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.gradeband",
                                verbose_name="grade",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "outcome",
                        "verbose_name_plural": "outcomes",
                        "ordering": ["place", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["council", "result", "place"], name="outcome_of_council"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Settlement",
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
                            "points",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, verbose_name="points"
                            ),
                        ),
                        ("reason", models.TextField(verbose_name="reason for the change")),
                        ("settled_at", models.DateTimeField(verbose_name="settled at")),
                        (
                            "criterion",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.criterion",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="settlements",
                                to="councils.councilfile",
                            ),
                        ),
                        (
                            "seat",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "settled score",
                        "verbose_name_plural": "settled scores",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "criterion"), name="settlement_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Vote",
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
                        ("is_secret", models.BooleanField(verbose_name="secret vote")),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        ("present", models.PositiveSmallIntegerField(verbose_name="present")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "council",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="votes",
                                to="councils.council",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "vote",
                        "verbose_name_plural": "votes",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_at__isnull", True)),
                                fields=("council",),
                                name="one_open_vote",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Ballot",
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
                            "in_favour",
                            models.PositiveSmallIntegerField(default=0, verbose_name="in favour"),
                        ),
                        (
                            "against",
                            models.PositiveSmallIntegerField(default=0, verbose_name="against"),
                        ),
                        (
                            "blank",
                            models.PositiveSmallIntegerField(default=0, verbose_name="no opinion"),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="ballots",
                                to="councils.councilfile",
                            ),
                        ),
                        (
                            "vote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ballots",
                                to="councils.vote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "count of ballots",
                        "verbose_name_plural": "counts of ballots",
                        "ordering": ["file__order", "file"],
                        "constraints": [
                            models.UniqueConstraint(fields=("vote", "file"), name="ballot_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Voter",
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
                            "member",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="councils.councilmember",
                            ),
                        ),
                        (
                            "vote",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="voters",
                                to="councils.vote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "voter",
                        "verbose_name_plural": "voters",
                        "constraints": [
                            models.UniqueConstraint(fields=("vote", "member"), name="voter_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OpenBallot",
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
                            "choice",
                            models.CharField(
                                choices=[
                                    ("in_favour", "in favour"),
                                    ("against", "against"),
                                    ("blank", "no opinion"),
                                ],
                                max_length=10,
                                verbose_name="choice",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="councils.councilfile",
                            ),
                        ),
                        (
                            "voter",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ballots",
                                to="councils.voter",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "open ballot",
                        "verbose_name_plural": "open ballots",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("voter", "file"), name="open_ballot_once"
                            )
                        ],
                    },
                ),
            ]
        )
    ]
