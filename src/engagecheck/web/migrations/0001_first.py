"""The first tables: assessments."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Made by `makemigrations`."""

    initial = True
    dependencies = ()
    operations = (
        migrations.CreateModel(
            name="Assessment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("document", models.JSONField()),
                ("typed", models.JSONField(default=dict)),
                ("version", models.PositiveBigIntegerField(default=1)),
                ("begun_at", models.DateTimeField(auto_now_add=True)),
                ("saved_at", models.DateTimeField(auto_now=True)),
            ],
            options={"ordering": ("-saved_at",)},
        ),
    )
