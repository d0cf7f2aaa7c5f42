"""`python -m engagecheck.gate`: write `generated` anew from the schema."""

from pathlib import Path

from engagecheck.gate.writing import Writer

Path(__file__).with_name("generated.py").write_text(Writer().text(), "utf-8")
