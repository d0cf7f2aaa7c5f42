"""`python -m engagecheck.gate`: write `generated` and `engagecheck.titles` anew from the schema."""

from pathlib import Path

from engagecheck.intake.gate.writing import Writer, titles

Path(__file__).with_name("generated.py").write_text(Writer().text(), "utf-8")
Path(__file__).parent.with_name("titles.py").write_text(titles(), "utf-8")
