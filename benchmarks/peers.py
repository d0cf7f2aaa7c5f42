"""Twelve criteria over the same profiles: engagecheck against rules engines and expression languages that are installed.

Each reads the JSON of a profile and comes to the twelve outcomes; they are compared, and any that differ are counted.
engagecheck checks each profile against its schema as well, which the others do not, and writes its line. What an engine cannot
express is said.
`python -m pip install '.[benchmark]' && python benchmarks/peers.py`
"""

import argparse
import json
import time
from collections.abc import Callable
from functools import partial
from typing import Any

import orjson
from measuring import machine, medians
from profiles import documents
from scaling import maker

from engagecheck import installed, load_profile
from engagecheck.batch.worker import TOGETHER
from engagecheck.papers.jsonl import encoded
from engagecheck.rules.rule import Rule

NUMBERS = {  # where the fact stands, what is met from, and what partly (with a sign of its own)
    "talent-and-development/chief-registrar": ("talent.chief_registrar_time", 40, "> 0"),
    "senior-commitment/doctors-on-the-board": ("commitment.voting_doctors", 2, ">= 1"),
    "board-to-ward/patient-partners": ("involvement.patient_partners", 1, ">= 1"),
    "investment-and-governance/consultant-development-time": ("governance.new_consultant_spa", 2.5, "> 2"),
}
SHARES = {  # where the list stands, what is asked of each entry, met and partly from
    "medical-leadership-structure/divisions-led-by-doctors": ("structure.divisions", ("doctor_lead",), 0.9, 0.75),
    "medical-leadership-structure/departments-led-by-doctors": ("structure.departments", ("doctor_lead",), 0.9, 0.75),
    "board-to-ward/joint-improvement": ("involvement.projects", ("patient", "non_clinician", "other_profession"), 0.75, 0.4),
    "board-to-ward/residents-from-the-start": ("involvement.change_projects", ("resident_or_sas",), 0.75, 0.4),
    "senior-selection/open-competition": ("leadership.clinical_directors", ("open_competition",), 0.9, 0.5),
    "senior-selection/leader-role-charter": (
        "leadership.clinical_directors", ("written_accountabilities", "term_of_office", "yearly_review"), 0.9, 0.6,
    ),
}  # fmt: skip
INDUCTION, COMPLETE = "quality-strategy/improvement-at-induction", "journey/never-complete"
ORDER = (*NUMBERS, *SHARES, INDUCTION, COMPLETE)
SECTIONS = ("talent", "commitment", "involvement", "governance", "structure", "leadership", "strategy", "journey")
CANNOT = "cannot be expressed"
Judge = Callable[[bytes], list[str]]


def profiles(count: int) -> list[bytes]:
    """Profiles with the sections that the twelve read."""
    kept = ("organisation", "as_of", "evidence", *SECTIONS)
    return [orjson.dumps({name: part for name, part in one.items() if name in kept}) for one in documents(count, seed=2)]


def engagecheck() -> Callable[[list[bytes]], list[bytes]]:
    """Ours, with the schema and the lines; as in a batch, some profiles are audited together."""
    registry = installed(third_party=False)
    for offered in registry.offered[Rule].values():
        offered.thing.criteria = tuple(one for one in offered.thing.criteria if one.id in ORDER)
    left = {name: one for name, one in registry.offered[Rule].items() if one.thing.criteria}
    registry.offered[Rule] = left
    make = maker(registry)

    def ours(raws: list[bytes]) -> list[bytes]:
        out = []
        for some in (raws[start : start + TOGETHER] for start in range(0, len(raws), TOGETHER)):
            lines = make([load_profile(raw, name="profile", registry=registry) for raw in some])
            out += [encoded(line) for line in lines]
        return out

    return ours


def outcomes_of(line: bytes) -> list[str]:
    """The twelve outcomes of a line at their worst end, which is all that the other engines come to."""
    found = json.loads(line)["criteria"]
    return [found[name].get("at_worst", at_worst(found[name]["outcome"])) for name in ORDER]


def at_worst(outcome: str) -> str:
    """An outcome of another engine at its worst end. What is not shown, or of none, counts as not met in both."""
    return "not_met" if outcome in ("not_evidenced", "not_applicable") else outcome


def choice(*pairs: tuple[str, str], last: str) -> str:
    """A chain of conditions, each with its answer, as most expression languages write it."""
    return "".join(f"{condition} ? '{answer}' : " for condition, answer in pairs) + f"'{last}'"


def number(fact: str, met: str, partly: str) -> str:
    """The yardstick of a number."""
    return choice((f"{fact} >= {met}", "met"), (f"{fact} {partly}", "partly_met"), last="not_met")


def grade(fact: str) -> str:
    """The yardstick of who hears of improvement when they join."""
    return choice((f"{fact} == 'all'", "met"), (f"{fact} == 'some'", "partly_met"), last="not_met")


def unless_null(fact: str, text: str) -> str:
    """Not evidenced where the fact is missing."""
    return f"{fact} == null ? 'not_evidenced' : ({text})"


def share(good: str, of: str, met: float, partly: float, number: str = "{}") -> str:
    """The yardstick of a share: one short of a small total is never worse than partly met."""
    ratio = f"{number.format(good)} / {number.format(of)}"
    return choice(
        (f"{of} == 0", "not_applicable"), (f"{ratio} >= {met - 5e-7}", "met"), (f"{ratio} >= {partly - 5e-7}", "partly_met"),
        (f"{of} - {good} == 1 && {good} > 0", "partly_met"), last="not_met",
    )  # fmt: skip


def cel_program() -> str:
    """All twelve as one list in CEL, so that a profile is taken over once."""

    def there(path: str) -> str:
        steps = path.split(".")
        return " && ".join(f"has(p.{'.'.join(steps[: end + 1])})" for end in range(len(steps)))

    parts = []
    for path, met, partly in NUMBERS.values():
        parts.append(f"!({there(path)}) ? 'not_evidenced' : ({number(f'double(p.{path})', f'{float(met)}', f'{partly}.0')})")
    for path, asked, met, partly in SHARES.values():
        wanted = " && ".join(f"has(e.{name}) && e.{name}" for name in asked)
        good = f"(has(p.{path}.entries) ? p.{path}.entries.filter(e, {wanted}).size() : 0)"
        parts.append(f"!({there(path + '.of')}) ? 'not_evidenced' : ({share(good, f'p.{path}.of', met, partly, 'double({})')})")
    fact = "p.strategy.improvement_at_induction"
    parts.append(f"!({there(fact[2:])}) ? 'not_evidenced' : ({grade(fact)})")
    fact = "p.journey.declared_complete"
    parts.append(f"!({there(fact[2:])}) ? 'not_evidenced' : ({fact} ? 'not_met' : 'met')")
    return "[" + ", ".join(parts) + "]"


def rust_cel() -> Judge:
    """CEL by its Rust implementation (common-expression-language)."""
    import cel

    program = cel.compile(cel_program())
    return lambda raw: program.execute({"p": orjson.loads(raw)})


def cpp_cel() -> Judge:
    """CEL by its C++ implementation (cel-expr-python)."""
    from cel_expr_python import cel

    expression = cel.NewEnv(variables={"p": cel.Type.DYN}).compile(cel_program())
    return lambda raw: expression.eval(data={"p": orjson.loads(raw)}).plain_value()


def zen() -> Judge:
    """GoRules zen-engine: one decision of twelve expressions."""
    import zen

    expressions = []
    for name in ORDER:
        if name in NUMBERS:
            fact, met, partly = NUMBERS[name]
            text = unless_null(fact, number(fact, str(met), partly))
        elif name in SHARES:
            path, asked, met, partly = SHARES[name]
            wanted = " and ".join(f"#.{one} == true" for one in asked)
            good = f"({path}.entries == null ? 0 : count({path}.entries, {wanted}))"
            text = unless_null(f"{path}.of", share(good, f"{path}.of", met, partly).replace("&&", "and"))
        elif name == INDUCTION:
            text = unless_null("strategy.improvement_at_induction", grade("strategy.improvement_at_induction"))
        else:
            fact = "journey.declared_complete"
            text = unless_null(fact, choice((f"{fact} == false", "met"), last="not_met"))
        expressions.append({"id": name, "key": f"k{ORDER.index(name)}", "value": text})
    place = {"position": {"x": 0, "y": 0}}
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **place},
            {"id": "all", "type": "expressionNode", "name": "all", "content": {"expressions": expressions}, **place},
            {"id": "out", "type": "outputNode", "name": "out", **place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "all", "type": "edge"},
            {"id": "2", "sourceId": "all", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    keys = [f"k{number}" for number in range(len(ORDER))]

    def judged(raw: bytes) -> list[str]:
        found = decision.evaluate(orjson.loads(raw))["result"]
        return [found[key] for key in keys]

    return judged


def rego() -> Judge:
    """Rego by rego-cpp (regopy): one policy."""
    from regopy import Interpreter

    parts = ["package p", "import rego.v1"]

    def rule(name: str, present: str, *pairs: tuple[str, str], last: str) -> None:
        parts.append(f'default {name} := "not_evidenced"')
        chain = " else := ".join(f'"{answer}" if {{ {present}; {condition} }}' for condition, answer in pairs)
        parts.append(f'{name} := {chain} else := "{last}" if {{ {present} }}')

    for number, name in enumerate(ORDER):
        key = f"k{number}"
        if name in NUMBERS:
            fact, met, partly = NUMBERS[name]
            rule(key, f"v := input.{fact}", (f"v >= {met}", "met"), (f"v {partly}", "partly_met"), last="not_met")
        elif name in SHARES:
            path, asked, met, partly = SHARES[name]
            wanted = "; ".join(f"e.{one} == true" for one in asked)
            present = f"of := input.{path}.of; good := count([1 | some e in input.{path}.entries; {wanted}])"
            rule(
                key, present, ("of == 0", "not_applicable"), (f"of > 0; good / of >= {met - 5e-7}", "met"),
                (f"of > 0; good / of >= {partly - 5e-7}", "partly_met"), ("of - good == 1; good > 0", "partly_met"),
                last="not_met",
            )  # fmt: skip
        elif name == INDUCTION:
            present = "v := input.strategy.improvement_at_induction"
            rule(key, present, ('v == "all"', "met"), ('v == "some"', "partly_met"), last="not_met")
        else:
            rule(key, "v := input.journey.declared_complete", ("v == false", "met"), last="not_met")
    policy = Interpreter()
    policy.add_module("p", "\n".join(parts))
    query = "[" + ", ".join(f"data.p.k{number}" for number in range(len(ORDER))) + "]"

    def judged(raw: bytes) -> list[str]:
        policy.set_input_term(raw.decode())
        found: list[str] = json.loads(str(policy.query(query)))["expressions"][0]
        return found

    return judged


def rule_engine() -> Judge:
    """rule-engine: an expression for each."""
    import rule_engine as library

    def safe(path: str) -> str:
        return path.replace(".", "&.")

    texts = []
    for fact, met, partly in NUMBERS.values():
        texts.append(unless_null(safe(fact), number(safe(fact), str(met), partly)))
    for path, asked, met, partly in SHARES.values():
        wanted = " and ".join(f"e&.{name} == true" for name in asked)
        good, of = f"[e for e in {safe(path)}&.entries if {wanted}].length", f"{safe(path)}&.of"
        texts.append(unless_null(of, share(good, of, met, partly).replace("&&", "and")))
    texts.append(unless_null("strategy&.improvement_at_induction", grade("strategy&.improvement_at_induction")))
    fact = "journey&.declared_complete"
    texts.append(unless_null(fact, choice((f"{fact} == false", "met"), last="not_met")))
    context = library.Context(default_value=None)
    rules = [library.Rule(text, context=context) for text in texts]

    def judged(raw: bytes) -> list[str]:
        document = orjson.loads(raw)
        return [one.evaluate(document) for one in rules]

    return judged


def json_logic() -> Judge:
    """json-logic: it has no way to ask something of each entry of a list, so the six shares are left out."""
    from json_logic import jsonLogic

    texts: list[Any] = []
    for fact, met, partly in NUMBERS.values():
        sign, edge = partly.split()
        value = {"var": fact}
        steps = [{"==": [value, None]}, "not_evidenced", {">=": [value, met]}, "met", {sign: [value, float(edge)]}]
        steps.append("partly_met")
        texts.append({"if": [*steps, "not_met"]})
    value = {"var": "strategy.improvement_at_induction"}
    steps = [{"==": [value, None]}, "not_evidenced", {"==": [value, "all"]}, "met", {"==": [value, "some"]}, "partly_met"]
    texts.append({"if": [*steps, "not_met"]})
    value = {"var": "journey.declared_complete"}
    texts.append({"if": [{"===": [value, None]}, "not_evidenced", {"===": [value, False]}, "met", "not_met"]})

    def judged(raw: bytes) -> list[str]:
        document = orjson.loads(raw)
        found = [jsonLogic(one, document) for one in texts]
        return [*found[: len(NUMBERS)], *[CANNOT] * len(SHARES), *found[len(NUMBERS) :]]

    return judged


ENGINES = {
    "Rust CEL (common-expression-language)": rust_cel, "C++ CEL (cel-expr-python)": cpp_cel, "zen-engine": zen,
    "rego-cpp (regopy)": rego, "rule-engine": rule_engine, "json-logic-qubit, 6 of the 12": json_logic,
}  # fmt: skip


def main() -> None:
    """Print what each engine takes for a profile, against ours, and in how many outcomes it differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--profiles", type=int, default=300)
    parser.add_argument("--runs", type=int, default=7)
    options = parser.parse_args()
    raws = profiles(options.profiles)
    ours = engagecheck()
    wanted = [outcomes_of(line) for line in ours(raws)]
    print(machine())
    print(f"{len(raws)} profiles of {sum(map(len, raws)) // len(raws)} bytes on average, {len(ORDER)} criteria")
    tasks: dict[str, Callable[[], object]] = {
        "engagecheck, validated": lambda: ours(raws),
        "of that: reading": lambda: sum(len(load_profile(raw, name="profile").sections) for raw in raws),  # none is kept
    }
    differ = {}
    for name, make in ENGINES.items():
        try:
            judge = make()
        except ImportError:
            print(f"{name}: not installed, left out")
            continue
        found = [judge(raw) for raw in raws]
        pairs = [pair for ours_is, theirs in zip(wanted, found, strict=True) for pair in zip(ours_is, theirs, strict=True)]
        differ[name] = sum(mine != at_worst(theirs) for mine, theirs in pairs if theirs != CANNOT)
        tasks[name] = partial(lambda judge: [judge(raw) for raw in raws], judge)
    took = medians(tasks, options.runs, time.process_time)
    mine = took["engagecheck, validated"]
    for name, seconds in sorted(took.items(), key=lambda one: one[1]):
        wrong = f"; {differ[name]} outcomes differ" if name in differ else ""
        print(f"{name:<42} {1e6 * seconds / len(raws):8.0f} µs of CPU a profile; ours takes {mine / seconds:5.2f} of it{wrong}")


if __name__ == "__main__":
    main()
