import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("exemplars", "0007_stages"),
        ("organisations", "0001_initial"),
        ("rounds", "0002_period_version"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="NominationList",
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
                            "cap",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="nomination cap"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "being drawn up"),
                                    ("sent", "sent up"),
                                    ("returned", "sent back"),
                                    ("answered", "answered"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
                        ("answer_reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "number",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="number"
                            ),
                        ),
                        (
                            "issued_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of the paper"
                            ),
                        ),
                        (
                            "addressee",
                            models.CharField(
                                blank=True, max_length=300, verbose_name="addressed to"
                            ),
                        ),
                        ("grounds", models.TextField(blank=True, verbose_name="grounds")),
                        (
                            "position",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="position of the signatory"
                            ),
                        ),
                        (
                            "signatory",
                            models.CharField(blank=True, max_length=200, verbose_name="signatory"),
                        ),
                        ("recipients", models.TextField(blank=True, verbose_name="recipients")),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nomination_lists",
                                to="organisations.organisation",
                                verbose_name="nominating body",
                            ),
                        ),
                        (
                            "round",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nomination_lists",
                                to="rounds.round",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nomination_lists_received",
                                to="organisations.organisation",
                                verbose_name="sent to",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "list of nominations",
                        "verbose_name_plural": "lists of nominations",
                        "indexes": [
                            models.Index(fields=["owner", "-id"], name="nomination_list_owner"),
                            models.Index(
                                fields=["target", "state", "-id"], name="nomination_list_target"
                            ),
                            models.Index(fields=["owner_path", "-id"], name="nomination_list_path"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("round", "owner"), name="nomination_list_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Nomination",
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
                        ("rank", models.PositiveSmallIntegerField(null=True, verbose_name="rank")),
                        (
                            "stands",
                            models.CharField(
                                choices=[("nominated", "put forward"), ("stopped", "stops here")],
                                max_length=10,
                                verbose_name="goes up or stops",
                            ),
                        ),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "answer",
                            models.CharField(
                                choices=[
                                    ("waiting", "not answered yet"),
                                    ("accepted", "taken"),
                                    ("returned", "sent back"),
                                    ("kept", "kept at the lower level"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="answer from above",
                            ),
                        ),
                        (
                            "answer_reason",
                            models.TextField(blank=True, verbose_name="reason of the answer"),
                        ),
                        (
                            "answered_at",
                            models.DateTimeField(null=True, verbose_name="answered at"),
                        ),
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
                            "registration",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="exemplars.registration",
                            ),
                        ),
                        (
                            "nomination_list",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="nominations",
                                to="nominations.nominationlist",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "nomination",
                        "verbose_name_plural": "nominations",
                        "ordering": ["rank", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["nomination_list", "stands", "rank"],
                                name="nomination_ranking",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("nomination_list", "registration"), name="nomination_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("rank__isnull", False), ("stands", "nominated")),
                                    models.Q(
                                        ("rank__isnull", True),
                                        ("stands", "stopped"),
                                        models.Q(("reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="nomination_ranked_or_reasoned",
                            ),
                        ],
                    },
                ),
            ]
        )
    ]
