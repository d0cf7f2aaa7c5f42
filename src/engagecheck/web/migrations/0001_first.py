"""The first tables: users, organisations, assessments, files of evidence, and what happens to an assessment."""

import django.contrib.auth.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import engagecheck.web.database


class Migration(migrations.Migration):
    """Made by `makemigrations`."""

    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "There is somebody of this name already."},
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("is_administrator", models.BooleanField(default=False)),
                ("is_auditor", models.BooleanField(default=False)),
                ("may_begin", models.BooleanField(default=False)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", engagecheck.web.database.OrderedJSON()),
                ("typed", engagecheck.web.database.OrderedJSON(default=dict)),
                ("version", models.PositiveBigIntegerField(default=1)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
                (
                    "step",
                    models.CharField(
                        choices=[
                            ("drafting", "drafting"),
                            ("submitted", "submitted"),
                            ("reviewed", "reviewed"),
                            ("approved", "approved"),
                            ("published", "published"),
                        ],
                        default="drafting",
                        max_length=10,
                    ),
                ),
                ("shows_score", models.BooleanField(default=False)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workplace.organisation")),
            ],
            options={
                "ordering": ("-saved_at",),
            },
        ),
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("removed_at", models.DateTimeField(null=True)),
                ("removed_by", models.CharField(default="", max_length=150)),
                ("reason", models.CharField(default="", max_length=500)),
                ("organisation", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workplace.organisation")),
            ],
        ),
        migrations.CreateModel(
            name="Revision",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("entry", models.CharField(max_length=13)),
                ("name", models.CharField(max_length=100)),
                ("added_by", models.CharField(max_length=150)),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
                ("file", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workplace.storedfile")),
            ],
            options={
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by", models.CharField(max_length=150)),
                ("name", models.CharField(max_length=255)),
                ("content", models.BinaryField()),
                ("added_at", models.DateTimeField(auto_now_add=True)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("lead", "lead"),
                            ("contributor", "contributor"),
                            ("reviewer", "reviewer"),
                            ("board reader", "board reader"),
                        ],
                        max_length=20,
                    ),
                ),
                ("sections", models.JSONField(default=list)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "ordering": ("user__username", "role"),
                "constraints": [models.UniqueConstraint(fields=("assessment", "user", "role"), name="each_role_once")],
            },
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.CharField(max_length=10)),
                ("invited", models.JSONField()),
                (
                    "assessment",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("group", models.CharField(max_length=30)),
                ("survey", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.survey")),
            ],
        ),
        migrations.CreateModel(
            name="Count",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(max_length=30)),
                ("item", models.CharField(max_length=30)),
                ("answer", models.PositiveSmallIntegerField()),
                ("people", models.PositiveIntegerField(default=0)),
                ("survey", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.survey")),
            ],
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(null=True)),
                (
                    "assessment",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="TrackedAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=250)),
                ("owner", models.CharField(max_length=200)),
                ("due", models.DateField(null=True)),
                ("status", models.CharField(max_length=20)),
                ("progress", models.PositiveSmallIntegerField()),
                ("notes", models.TextField(default="")),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("assessment", "action"), name="one_record_an_action")],
            },
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(fields=("organisation", "sha256"), name="one_record_a_file"),
        ),
    )
