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
                    name="AppraisalFile",
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
                        ("unit_name", models.CharField(max_length=300, verbose_name="unit")),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("name", models.CharField(max_length=300, verbose_name="name")),
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
                            "form",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("collective", "collective"),
                                    ("individual", "individual"),
                                ],
                                max_length=12,
                                verbose_name="collective or individual",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("self_scoring", "scored by the unit itself"),
                                    ("sent", "sent to the superior"),
                                    ("returned", "returned for correction"),
                                    ("superior_scored", "scored by the superior"),
                                    ("before_council", "before the council"),
                                    ("closed", "appraisal ended"),
                                    ("withdrawn", "entry withdrawn"),
                                ],
                                default="self_scoring",
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "self_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="self-score",
                            ),
                        ),
                        (
                            "superior_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="score of the superior",
                            ),
                        ),
                        (
                            "council_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="score of the council",
                            ),
                        ),
                        (
                            "final_total",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                max_digits=7,
                                null=True,
                                verbose_name="final score",
                            ),
                        ),
                        (
                            "is_disqualified",
                            models.BooleanField(default=False, verbose_name="not eligible"),
                        ),
                        (
                            "disqualified_reason",
                            models.TextField(
                                blank=True, verbose_name="reason why it is not eligible"
                            ),
                        ),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        (
                            "superior_at",
                            models.DateTimeField(
                                null=True, verbose_name="scored by the superior at"
                            ),
                        ),
                        ("closed_at", models.DateTimeField(null=True, verbose_name="closed at")),
                        ("opened_at", models.DateTimeField(verbose_name="opened at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "criteria_set",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="files",
                                to="criteria.criteriaset",
                                verbose_name="criteria set",
                            ),
                        ),
                        (
                            "grade",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.gradeband",
                                verbose_name="grade",
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
                                related_name="appraisal_files",
                                to="organisations.organisation",
                                verbose_name="unit",
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appraisals",
                                to="organisations.organisation",
                                verbose_name="appraised by",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="appraisal_files",
                                to="exemplars.registration",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "appraisal file",
                        "verbose_name_plural": "appraisal files",
                        "indexes": [
                            models.Index(fields=["-year", "path", "id"], name="appraisal_by_unit"),
                            models.Index(
                                fields=["-year", "state", "path", "id"], name="appraisal_by_state"
                            ),
                            models.Index(
                                fields=["organisation", "state", "-year"], name="appraisal_of_unit"
                            ),
                            models.Index(
                                fields=["owner", "-year", "state"], name="appraisal_of_owner"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("registration__isnull", False)),
                                fields=("registration", "owner"),
                                name="appraisal_file_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FileRemark",
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
                        ("text", models.TextField(verbose_name="remark")),
                        ("made_at", models.DateTimeField(verbose_name="made at")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        (
                            "criterion",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="criteria.criterion",
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="remarks",
                                to="appraisal.appraisalfile",
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
                        "verbose_name": "remark on an appraisal file",
                        "verbose_name_plural": "remarks on appraisal files",
                        "ordering": ["made_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="ScoreEvidence",
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
                            "upload",
                            models.FileField(
                                blank=True,
                                max_length=300,
                                upload_to="appraisal/%Y/%m",
                                verbose_name="file",
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
                            "chosen",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="shown_in_appraisal",
                                to="exemplars.evidence",
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
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="evidence",
                                to="appraisal.appraisalfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "evidence for a criterion",
                        "verbose_name_plural": "evidence for criteria",
                        "ordering": ["added_at", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="TitleEntry",
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
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("title", models.CharField(max_length=200, verbose_name="title")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("registered", "entered"),
                                    ("appraised", "result is known"),
                                    ("recognised", "title given"),
                                    ("not_recognised", "title not given"),
                                    ("withdrawn", "entry withdrawn"),
                                ],
                                default="registered",
                                max_length=16,
                                verbose_name="state",
                            ),
                        ),
                        ("registered_at", models.DateTimeField(verbose_name="entered at")),
                        ("version", models.PositiveIntegerField(default=1)),
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
                                related_name="title_entries",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "entry for a unit title",
                        "verbose_name_plural": "entries for unit titles",
                        "ordering": ["-year", "path", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["-year", "path", "id"], name="title_entry_by_unit"
                            ),
                            models.Index(
                                fields=["-year", "state", "path", "id"], name="title_entry_by_state"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "withdrawn"), _negated=True),
                                fields=("organisation", "year", "title"),
                                name="title_entry_once",
                            )
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="appraisalfile",
                    name="title_entry",
                    field=models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="appraisal.titleentry",
                    ),
                ),
                migrations.CreateModel(
                    name="FileScore",
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
                                    ("self", "the unit itself"),
                                    ("superior", "the superior"),
                                    ("council", "the council"),
                                ],
                                max_length=10,
                                verbose_name="scored by",
                            ),
                        ),
                        (
                            "points",
                            models.DecimalField(
                                decimal_places=2, max_digits=7, verbose_name="points"
                            ),
                        ),
                        (
                            "note",
                            models.TextField(blank=True, verbose_name="explanation or reason"),
                        ),
                        ("scored_at", models.DateTimeField(verbose_name="scored at")),
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
                                related_name="scores",
                                to="appraisal.appraisalfile",
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
                        "verbose_name": "score of a criterion",
                        "verbose_name_plural": "scores of criteria",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("file", "criterion", "side"), name="file_score_once"
                            )
                        ],
                    },
                ),
                migrations.AddConstraint(
                    model_name="appraisalfile",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("registration__isnull", True), ("title_entry__isnull", False)
                            ),
                            models.Q(
                                ("registration__isnull", False), ("title_entry__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="appraisal_file_one_subject",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="appraisalfile",
                    constraint=models.UniqueConstraint(
                        condition=models.Q(("title_entry__isnull", False)),
                        fields=("title_entry", "owner"),
                        name="appraisal_title_once",
                    ),
                ),
            ]
        )
    ]
