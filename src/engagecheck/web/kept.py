"""What is stored for a while, or next to the profile: files that are looked at before anything is taken over."""

from django.db import models


class Upload(models.Model):
    """A file that somebody brought into an assessment. It is deleted when it is taken over or left out."""

    assessment = models.ForeignKey("workplace.Assessment", on_delete=models.CASCADE)
    by = models.CharField(max_length=150)
    name = models.CharField(max_length=255)
    content = models.BinaryField()
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.name)
