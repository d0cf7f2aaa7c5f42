"""Seventeen plugins that do harm, each in a file of its own, and a good one."""

RULE = '''
from engagecheck import Rule, at_least, recommendation, yes
rule = Rule({name!r}, title="A rule", source="", why="Because.")

@rule.criterion(
    "asked", question="Is it so?", reads="talent.leadership_strategy", yardstick=yes, basis="judgement", source="",
    priority="high", show="A document",
    recommend=recommendation("Mend it.", owner="chair", horizon="1 month", effort="low", success="It is mended."),
)
def asked(fact):
    """Whether it is so."""
    {body}
'''


def rule(name, body="return fact"):
    """A rule file."""
    return RULE.format(name=name, body=body)


IN_A_MEASURE = {
    "raises": "raise ValueError('broken')", "calls-exit": "import sys; sys.exit(0)", "returns-none": "return None", "returns-nonsense": "return object()",
    "recurses": "return asked(fact)", "raises-a-group": "raise BaseExceptionGroup('x', [ValueError('y'), KeyboardInterrupt()])",
    "escapes": "raise ValueError(chr(27) + '[31mred' + chr(27) + ']0;title' + chr(7))",
    "mutates": "import gc\n    [one.clear() for one in gc.get_objects() if type(one) is dict and set(one) & {'talent', 'leadership'}]\n    return True",
    "floods": "import os\n    for _ in range(2000):\n        os.write(1, b'x' * 10_000); os.write(2, b'y' * 10_000)\n    return fact",
}  # fmt: skip
"""What a process survives, or what costs at most the one criterion."""
DEADLY = {
    "exits-hard": "import os; os._exit(0)", "segfaults": "import ctypes; ctypes.string_at(0)", "hangs": "while True: pass", "allocates": "x = [bytearray(100_000_000) for _ in range(80)]",
    "interrupts": "raise KeyboardInterrupt",
}  # fmt: skip
"""What no process survives, or must not."""
WHOLE = {
    "import-error": "import a_module_that_does_not_exist", "wrong-api": RULE.format(name="wrong-api", body="return fact") + "ENGAGECHECK_API = 99\n",
    "duplicate-id": RULE.format(name="journey", body="return fact"),
}  # fmt: skip
"""What is wrong with the file itself."""


def written(folder, names):
    """Write these plugins and the good one into a folder."""
    folder.mkdir(exist_ok=True)
    for name in names:
        text = WHOLE[name] if name in WHOLE else RULE.format(name=name, body={**IN_A_MEASURE, **DEADLY}[name])
        (folder / f"{name.replace('-', '_')}.py").write_text(text)
    (folder / "good.py").write_text(RULE.format(name="good", body="return fact"))
    return folder
