import django.core.serializers.json
import django.db.models.deletion
import kheo.organisations.models
from django.db import migrations, models
from kheo.ui.migrating import CreateTables


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("appraisal", "0001_initial"),
        ("exemplars", "0007_stages"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        CreateTables(
            [
                migrations.CreateModel(
                    name="HonourForm",
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
                            "act",
                            models.CharField(
                                choices=[
                                    ("recognise", "recognition"),
                                    ("praise", "public praise"),
                                    ("commend", "commendation"),
                                ],
                                max_length=10,
                                verbose_name="act",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[("party", "party track"), ("state", "state track")],
                                max_length=10,
                                verbose_name="track",
                            ),
                        ),
                        (
                            "giver_kinds",
                            models.JSONField(
                                blank=True,
                                default=list,
                                verbose_name="kinds of bodies that give it",
                            ),
                        ),
                        (
                            "giver_levels",
                            models.JSONField(
                                blank=True,
                                default=list,
                                verbose_name="levels of bodies that give it",
                            ),
                        ),
                        (
                            "needs_recognition",
                            models.BooleanField(
                                default=False, verbose_name="only for what is recognised"
                            ),
                        ),
                        (
                            "valid_years",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="years of validity"
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="source of the rule"
                            ),
                        ),
                        (
                            "order",
                            models.PositiveSmallIntegerField(default=0, verbose_name="order"),
                        ),
                        ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                    ],
                    options={
                        "verbose_name": "form of honour",
                        "verbose_name_plural": "forms of honour",
                        "ordering": ["order", "pk"],
                    },
                ),
                migrations.CreateModel(
                    name="Decision",
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
                        (
                            "purpose",
                            models.CharField(
                                choices=[
                                    ("confer", "confers honours"),
                                    ("revoke", "revokes honours"),
                                ],
                                default="confer",
                                max_length=10,
                                verbose_name="purpose",
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("recognise", "recognition"),
                                    ("praise", "public praise"),
                                    ("commend", "commendation"),
                                ],
                                max_length=10,
                                verbose_name="act",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[("party", "party track"), ("state", "state track")],
                                max_length=10,
                                verbose_name="track",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        ("subject", models.CharField(max_length=300, verbose_name="subject")),
                        (
                            "number",
                            models.PositiveIntegerField(
                                blank=True, null=True, verbose_name="number"
                            ),
                        ),
                        (
                            "letters",
                            models.CharField(
                                blank=True, max_length=40, verbose_name="letters of the symbol"
                            ),
                        ),
                        (
                            "issued_on",
                            models.DateField(blank=True, null=True, verbose_name="date of issue"),
                        ),
                        (
                            "authority",
                            models.CharField(
                                blank=True,
                                max_length=200,
                                verbose_name="in whose name it is signed",
                            ),
                        ),
                        (
                            "signatory_position",
                            models.CharField(
                                blank=True, max_length=200, verbose_name="position of the signatory"
                            ),
                        ),
                        (
                            "signatory",
                            models.CharField(blank=True, max_length=200, verbose_name="signatory"),
                        ),
                        ("grounds", models.TextField(blank=True, verbose_name="grounds")),
                        ("reason", models.TextField(blank=True, verbose_name="reason")),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="valid until"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("issued", "issued"),
                                    ("announced", "announced"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "announced_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of announcing"
                            ),
                        ),
                        (
                            "occasion",
                            models.CharField(blank=True, max_length=200, verbose_name="occasion"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("issued_at", models.DateTimeField(null=True, verbose_name="issued at")),
                        (
                            "announced_at",
                            models.DateTimeField(null=True, verbose_name="announced at"),
                        ),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "issued_by",
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
                                related_name="honour_decisions",
                                to="organisations.organisation",
                                verbose_name="issued by",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="decisions",
                                to="recognition.honourform",
                                verbose_name="form of honour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "decision on honours",
                        "verbose_name_plural": "decisions on honours",
                        "indexes": [
                            models.Index(fields=["path", "-year"], name="decision_of_body"),
                            models.Index(
                                fields=["organisation", "state", "announced_on"],
                                name="decision_awaits",
                            ),
                            models.Index(
                                fields=["organisation", "number", "year"], name="decision_number"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state", "draft"),
                                    models.Q(
                                        ("issued_on__isnull", False),
                                        ("number__isnull", False),
                                        models.Q(("signatory", ""), _negated=True),
                                        models.Q(("signatory_position", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="decision_issued_is_whole",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Honour",
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
                        ("order", models.PositiveIntegerField(default=1, verbose_name="order")),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("recognise", "recognition"),
                                    ("praise", "public praise"),
                                    ("commend", "commendation"),
                                ],
                                max_length=10,
                                verbose_name="act",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[("party", "party track"), ("state", "state track")],
                                max_length=10,
                                verbose_name="track",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("exemplar", "model or exemplary case"),
                                    ("unit", "unit"),
                                    ("person", "person"),
                                ],
                                max_length=10,
                                verbose_name="who is honoured",
                            ),
                        ),
                        ("subject_key", models.CharField(editable=False, max_length=340)),
                        (
                            "unit_name",
                            models.CharField(blank=True, max_length=300, verbose_name="unit"),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                blank=True, editable=False, max_length=200
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=300, verbose_name="name of the honoured"),
                        ),
                        (
                            "position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        ("achievement", models.TextField(blank=True, verbose_name="achievement")),
                        (
                            "book_year",
                            models.PositiveSmallIntegerField(verbose_name="year of the book"),
                        ),
                        (
                            "book_number",
                            models.PositiveIntegerField(verbose_name="number in the book"),
                        ),
                        ("valid_until", models.DateField(null=True, verbose_name="valid until")),
                        ("revoked_at", models.DateTimeField(null=True, verbose_name="revoked at")),
                        (
                            "based_on",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="built_on",
                                to="recognition.honour",
                                verbose_name="based on",
                            ),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="recognition.decision",
                            ),
                        ),
                        (
                            "exemplar",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="exemplars.exemplar",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours_given",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="exemplars.registration",
                            ),
                        ),
                        (
                            "renewed_from",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewals",
                                to="recognition.honour",
                                verbose_name="renews",
                            ),
                        ),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours_revoked",
                                to="recognition.decision",
                            ),
                        ),
                        (
                            "title_entry",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="appraisal.titleentry",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours",
                                to="recognition.honourform",
                                verbose_name="form of honour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "honour",
                        "verbose_name_plural": "honours",
                        "ordering": ["decision", "order", "pk"],
                        "indexes": [
                            models.Index(fields=["decision", "order"], name="honour_of_decision"),
                            models.Index(fields=["exemplar", "act"], name="honour_of_exemplar"),
                            models.Index(
                                fields=["registration", "act"], name="honour_of_registration"
                            ),
                            models.Index(fields=["organisation", "-year"], name="honour_of_unit"),
                            models.Index(fields=["subject_key"], name="honour_of_subject"),
                            models.Index(fields=["path", "-year", "id"], name="honour_by_unit"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("issuer", "form", "book_year", "book_number"),
                                name="honour_book_number",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("renewed_from", None), ("revoked_at", None)),
                                fields=("issuer", "form", "subject_key", "year"),
                                name="honour_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HonourCandidate",
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
                        ("order", models.PositiveIntegerField(default=1, verbose_name="order")),
                        (
                            "subject",
                            models.CharField(
                                choices=[
                                    ("exemplar", "model or exemplary case"),
                                    ("unit", "unit"),
                                    ("person", "person"),
                                ],
                                max_length=10,
                                verbose_name="who is honoured",
                            ),
                        ),
                        ("subject_key", models.CharField(editable=False, max_length=340)),
                        (
                            "unit_name",
                            models.CharField(blank=True, max_length=300, verbose_name="unit"),
                        ),
                        (
                            "path",
                            kheo.organisations.models.BytewiseCharField(
                                blank=True, editable=False, max_length=200
                            ),
                        ),
                        (
                            "name",
                            models.CharField(max_length=300, verbose_name="name of the honoured"),
                        ),
                        (
                            "position",
                            models.CharField(blank=True, max_length=200, verbose_name="position"),
                        ),
                        ("achievement", models.TextField(blank=True, verbose_name="achievement")),
                        (
                            "findings",
                            models.JSONField(
                                default=list,
                                encoder=django.core.serializers.json.DjangoJSONEncoder,
                                verbose_name="findings",
                            ),
                        ),
                        (
                            "exemplar",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honour_candidates",
                                to="exemplars.exemplar",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honour_candidates",
                                to="organisations.organisation",
                            ),
                        ),
                        (
                            "registration",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honour_candidates",
                                to="exemplars.registration",
                            ),
                        ),
                        (
                            "renews",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="renewing",
                                to="recognition.honour",
                                verbose_name="renews",
                            ),
                        ),
                        (
                            "title_entry",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honour_candidates",
                                to="appraisal.titleentry",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "candidate for an honour",
                        "verbose_name_plural": "candidates for honours",
                        "ordering": ["order", "pk"],
                        "indexes": [models.Index(fields=["subject_key"], name="candidate_subject")],
                    },
                ),
                migrations.AddField(
                    model_name="honour",
                    name="candidate",
                    field=models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="honour",
                        to="recognition.honourcandidate",
                    ),
                ),
                migrations.CreateModel(
                    name="HonourProposal",
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
                        (
                            "issuer_path",
                            kheo.organisations.models.BytewiseCharField(
                                editable=False, max_length=200
                            ),
                        ),
                        (
                            "act",
                            models.CharField(
                                choices=[
                                    ("recognise", "recognition"),
                                    ("praise", "public praise"),
                                    ("commend", "commendation"),
                                ],
                                max_length=10,
                                verbose_name="act",
                            ),
                        ),
                        (
                            "track",
                            models.CharField(
                                choices=[("party", "party track"), ("state", "state track")],
                                max_length=10,
                                verbose_name="track",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                        (
                            "title",
                            models.CharField(max_length=300, verbose_name="what it proposes"),
                        ),
                        (
                            "symbol",
                            models.CharField(
                                blank=True, max_length=60, verbose_name="number and symbol"
                            ),
                        ),
                        (
                            "dated_on",
                            models.DateField(
                                blank=True, null=True, verbose_name="date of the paper"
                            ),
                        ),
                        (
                            "valid_until",
                            models.DateField(blank=True, null=True, verbose_name="valid until"),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "draft"),
                                    ("sent", "sent"),
                                    ("decided", "decided"),
                                    ("declined", "declined"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="state",
                            ),
                        ),
                        (
                            "answer",
                            models.TextField(blank=True, verbose_name="reason of the answer"),
                        ),
                        ("created_at", models.DateTimeField(verbose_name="created at")),
                        ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                        ("decided_at", models.DateTimeField(null=True, verbose_name="decided at")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="organisations.seat",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="proposals",
                                to="recognition.honourform",
                                verbose_name="form of honour",
                            ),
                        ),
                        (
                            "issuer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honours_asked",
                                to="organisations.organisation",
                                verbose_name="decided by",
                            ),
                        ),
                        (
                            "organisation",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="honour_proposals",
                                to="organisations.organisation",
                                verbose_name="proposed by",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "proposal of honours",
                        "verbose_name_plural": "proposals of honours",
                        "indexes": [
                            models.Index(fields=["path", "-year"], name="proposal_of_body"),
                            models.Index(
                                fields=["issuer", "state", "-year"], name="proposal_to_decide"
                            ),
                        ],
                    },
                ),
                migrations.AddField(
                    model_name="honourcandidate",
                    name="proposal",
                    field=models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="candidates",
                        to="recognition.honourproposal",
                    ),
                ),
                migrations.AddField(
                    model_name="decision",
                    name="proposal",
                    field=models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decision",
                        to="recognition.honourproposal",
                        verbose_name="proposal of honours",
                    ),
                ),
                migrations.CreateModel(
                    name="Revocation",
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
                            "follows",
                            models.BooleanField(default=False, verbose_name="follows another one"),
                        ),
                        (
                            "decision",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revocations",
                                to="recognition.decision",
                            ),
                        ),
                        (
                            "honour",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="revocations",
                                to="recognition.honour",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "honour taken back",
                        "verbose_name_plural": "honours taken back",
                        "ordering": ["follows", "pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("decision", "honour"), name="revocation_once"
                            )
                        ],
                    },
                ),
                migrations.AddIndex(
                    model_name="honourcandidate",
                    index=models.Index(fields=["proposal", "order"], name="candidate_order"),
                ),
                migrations.AddConstraint(
                    model_name="honourcandidate",
                    constraint=models.UniqueConstraint(
                        fields=("proposal", "subject_key"), name="candidate_once"
                    ),
                ),
            ]
        )
    ]
