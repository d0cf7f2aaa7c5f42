"""A pack of three rules that is a framework, as a folder of plugins: one rule asks for facts that agree."""

from hostile_plugins import rule

TITLE, ABOUT, NAME = "Ward and board", "Our own questions.", "folder ward"
OURS = f"""
from engagecheck import Framework
framework = Framework(title={TITLE!r}, about={ABOUT!r}, subsets={{"first-steps": ("ward-plan",)}})
"""
RULES = {
    "ward-strategy": ("The ward has a strategy", "talent.leadership_strategy"),
    "ward-plan": ("The ward has a plan", "talent.development_plan"),
    "ward-agrees": ("The facts of the ward agree", "talent.curriculum.consultants"),
}


def ward(folder):
    """The folder with the pack in it."""
    place = folder / "ward"
    place.mkdir(exist_ok=True)
    for name, (title, fact) in RULES.items():
        text = rule(name).replace("A rule", title).replace("talent.leadership_strategy", fact)
        (place / f"{name.replace('-', '_')}.py").write_text(text.replace('priority="high"', 'priority="caps"') if name == "ward-agrees" else text)
    (place / "ours.py").write_text(OURS)
    return place
