"""Files with which an assessment begins, actions that are given to somebody, and trackers that outlive their assessment."""

import django.contrib.auth.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by `makemigrations`."""

    dependencies = (("workplace", "0001_first"),)

    operations = (
        migrations.AlterField(
            model_name="user",
            name="username",
            field=models.CharField(
                error_messages={"blank": "Enter a name.", "unique": "There is somebody of this name already."},
                max_length=150,
                unique=True,
                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
            ),
        ),
        migrations.AddField(
            model_name="upload",
            name="names",
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name="upload",
            name="names_name",
            field=models.CharField(default="", max_length=255),
        ),
        migrations.AlterField(
            model_name="upload",
            name="assessment",
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment"),
        ),
        migrations.CreateModel(
            name="EarlierTracker",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateField()),
                ("tracker", models.JSONField()),
                (
                    "organisation",
                    models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.organisation"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="GivenAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("action", models.CharField(max_length=250)),
                ("assessment", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="workplace.assessment")),
                ("user", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("assessment", "action"), name="given_to_one")],
            },
        ),
    )
