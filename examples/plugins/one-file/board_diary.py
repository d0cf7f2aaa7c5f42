"""The smallest plugin: one file, for `engagecheck audit profile.json --plugins examples/plugins/one-file`."""

from engagecheck import Rule, at_least, recommendation

rule = Rule("board-diary", title="The board meets its doctors", source="", why="Doctors lead where they are heard.")


@rule.criterion(
    "chief-registrar-has-time",
    question="Has the chief registrar at least a day a week?",
    reads="talent.chief_registrar_time",
    unit="per cent",
    yardstick=at_least(20, partly=10),
    basis="judgement",
    source="",
    priority="low",
    recommend=recommendation(
        "Protect a day a week.", owner="medical director", horizon="3 months", effort="low", success="It is in the job plan."
    ),
    show="Job plan of the chief registrar",
)
def time(percent):
    """Per cent of the chief registrar's time that is protected."""
    return percent
