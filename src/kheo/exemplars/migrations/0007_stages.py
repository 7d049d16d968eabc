import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("exemplars", "0006_link_undo"),
        ("organisations", "0001_initial"),
        ("rounds", "0002_period_version"),
    ]

    operations = [
        migrations.AddField(
            model_name="registration",
            name="stages",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="stages reached"),
        ),
        migrations.CreateModel(
            name="StageTally",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
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
                        choices=[("model", "model"), ("exemplary", "exemplary case")], max_length=12
                    ),
                ),
                (
                    "form",
                    models.CharField(
                        choices=[("collective", "collective"), ("individual", "individual")],
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
                    "stage",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "nominated"),
                            (2, "carried out"),
                            (4, "appraised"),
                            (8, "recognised"),
                            (16, "praised"),
                            (32, "commended"),
                            (64, "replicated elsewhere"),
                        ]
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
                "verbose_name": "tally of stages",
                "verbose_name_plural": "tallies of stages",
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
                            "stage",
                        ),
                        name="stage_tally_once",
                    )
                ],
            },
        ),
    ]
