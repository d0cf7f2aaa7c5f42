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
            options={"abstract": False},
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
                ("step", models.CharField(default="drafting", max_length=10)),
                ("shows_score", models.BooleanField(default=False)),
            ],
            options={"ordering": ("-saved_at",)},
        ),
        migrations.CreateModel(
            name="HistoryRow",
            fields=[
                ("number", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.TextField()),
                ("name", models.TextField()),
                ("as_of", models.TextField()),
                ("report_digest", models.TextField()),
                ("previous", models.TextField()),
                ("row_digest", models.TextField()),
                ("content", models.TextField()),
            ],
            options={"db_table": "engagecheck_history"},
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=300)),
            ],
        ),
        migrations.CreateModel(
            name="Approval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveBigIntegerField()),
                ("document", engagecheck.web.database.OrderedJSON()),
                ("files", models.JSONField()),
                ("report", models.TextField()),
                ("report_digest", models.CharField(max_length=64)),
                ("history_number", models.PositiveBigIntegerField()),
                ("role", models.CharField(max_length=120)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("published_at", models.DateTimeField(null=True)),
                ("decided_by", models.CharField(default="", max_length=120)),
                ("meeting", models.DateField(null=True)),
                ("minute", models.CharField(default="", max_length=300)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workplace.assessment")),
            ],
            options={"ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            name="Meeting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(null=True)),
                ("assessment", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
        ),
        migrations.AddField(
            model_name="assessment",
            name="organisation",
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="workplace.organisation"),
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("address", models.CharField(max_length=300)),
                ("text", models.TextField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("answer", models.TextField(default="")),
                ("answered_by", models.CharField(default="", max_length=150)),
                ("closed_by", models.CharField(default="", max_length=150)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
            options={"ordering": ("pk",)},
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
            options={"ordering": ("-pk",)},
        ),
        migrations.CreateModel(
            name="Survey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("on", models.CharField(max_length=10)),
                ("invited", models.JSONField()),
                ("assessment", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
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
            name="Code",
            fields=[
                ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                ("group", models.CharField(max_length=30)),
                ("survey", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.survey")),
            ],
        ),
        migrations.CreateModel(
            name="Token",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=100)),
                ("digest", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={"ordering": ("-pk",)},
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
            name="Wanted",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=60)),
                ("text", models.CharField(max_length=500)),
                ("due", models.DateField()),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("done_by", models.CharField(default="", max_length=150)),
                ("asked", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
            options={"ordering": ("due", "pk")},
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(default="", max_length=60)),
                ("address", models.CharField(default="", max_length=300)),
                ("what", models.CharField(max_length=200)),
                ("before", models.TextField(default="")),
                ("after", models.TextField(default="")),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("erased_by", models.CharField(default="", max_length=150)),
                ("erased_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(default="", max_length=500)),
                (
                    "assessment",
                    models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment"),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "indexes": [models.Index(fields=["assessment", "section"], name="trail_of_a_section")],
            },
        ),
        migrations.CreateModel(
            name="Deadline",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=60)),
                ("due", models.DateField()),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("assessment", "section"), name="one_deadline_a_section")]},
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("role", models.CharField(max_length=20)),
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
            name="Review",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("section", models.CharField(max_length=60)),
                ("by", models.CharField(max_length=150)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
            ],
            options={"constraints": [models.UniqueConstraint(fields=("assessment", "section"), name="one_review_a_section")]},
        ),
        migrations.AddConstraint(
            model_name="storedfile",
            constraint=models.UniqueConstraint(fields=("organisation", "sha256"), name="one_record_a_file"),
        ),
        migrations.AddConstraint(
            model_name="trackedaction",
            constraint=models.UniqueConstraint(fields=("assessment", "action"), name="one_record_an_action"),
        ),
    )
