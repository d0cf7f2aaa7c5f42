"""Several people fill in one profile: a part for each colleague, and the parts put together again."""

import copy
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import Any

from attrs import frozen
from msgspec.structs import replace

from engagecheck.errors import InputRefused, UsageRefused
from engagecheck.intake.differences import WITH_NEW, Difference, stated_at
from engagecheck.intake.explain import open_document, valid_document
from engagecheck.intake.merge import Merged, Merger, confirm_changed
from engagecheck.intake.questions import all_questions
from engagecheck.model.labels import day
from engagecheck.model.profile import CONFIRMED, UNCONFIRMED
from engagecheck.model.schema import did_you_mean, pointer_step, schema
from engagecheck.plugin_host.registry import Registry

Json = Any
Document = Mapping[str, Json]
_SHARED = ("$schema", "as_of", "organisation", "evidence")
_NOT_MERGED = ("evidence", "sign_off")
"""Evidence is merged first, because facts refer to it. The sign-off of a part does not cover the whole."""


def named_sections(text: str) -> tuple[str, ...]:
    """The sections in a text such as "appraisal, selection". Raises `UsageRefused` if there is no such section."""
    known = [one.name for one in all_questions() if one.can_withhold]
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in known:
            raise UsageRefused(f"--for {text}: no section is called {name!r}; {did_you_mean(name, known)}")
    if not names:
        raise UsageRefused(f"--for: name one or more sections, with commas between them: {', '.join(known)}")
    return names


def part_of(document: Document, sections: Sequence[str], role: str | None) -> dict[str, Json]:
    """The part of a document that a colleague fills in: some sections, with the role that answers them."""
    part = {name: copy.deepcopy(document[name]) for name in (*_SHARED, *sections) if name in document}
    if last_year := document.get("last_year"):
        part["last_year"] = _last_year_of(last_year, sections)
    if role:
        for name in sections:
            part[name] = {**part.get(name, {}), "answered_by": role}
    return part


def _last_year_of(last_year: Document, sections: Sequence[str]) -> dict[str, Json]:
    """What is known of last year in some sections: figures of the others are nobody else's to read."""
    begins = tuple(f"/{name}/" for name in sections)
    kept = {name: last_year[name] for name in ("figures", "carried") if name in last_year}
    return {**last_year, **{name: {at: one for at, one in of.items() if at.startswith(begins)} for name, of in kept.items()}}


def read_part(raw: bytes, name: str, shared: Document, registry: Registry | None = None) -> dict[str, Json]:
    """The document of a part. Its day and organisation may be left to `shared`: the profile, or another part.

    `registry` holds the schemas of extensions; by default the installed ones.
    Raises `InputRefused` with a line for each mistake.
    """
    opened = open_document(raw, name)
    if not isinstance(opened.document, dict):
        return valid_document(opened, registry)
    own = {one: value for one, value in opened.document.items() if value not in ({}, "")}
    missing: dict[str, Json] = {one: shared[one] for one in ("as_of", "organisation") if one in shared and one not in own}
    if "organisation" in missing:  # its evidence is in the register of the profile, and not in that of the part
        missing["organisation"] = {one: value for one, value in missing["organisation"].items() if one != "evidence"}
    valid_document(replace(opened, document={**own, **missing}), registry)
    return own


def merge_parts(
    document: Document, name: str, parts: Iterable[tuple[str, Document]], chooses: Callable[[Difference], bool]
) -> Merged:
    """Merge parts, each given with its name, into a copy of a document. `name` is that of the document.

    `chooses` is asked about each difference that leaves a choice: does the value of the part replace the one that is there?
    Raises `InputRefused` if a part is about another organisation or of another day.
    """
    result = copy.deepcopy(dict(document))
    stages = [_Stage(name, document, document)]
    differences: list[Difference] = []
    taken: dict[str, Difference] = {}
    for part_name, part in parts:
        _check_subject(part_name, part, name, result)

        def decide(difference: Difference, part_name: str = part_name, part: Document = part) -> bool:
            here = _stated_by(difference, stages, taken.get(difference.pointer))
            there = WITH_NEW if difference.imported_by == WITH_NEW else _label(part_name, part, difference.pointer)
            differences.append(replace(difference, entered_by=here, imported_by=there))
            is_taken = not difference.because and chooses(differences[-1])
            if is_taken:
                taken[difference.pointer] = differences[-1]
            return is_taken

        before = copy.deepcopy(result)
        _merge_part(result, copy.deepcopy(dict(part)), Merger(decide, of_colleague=True))
        marks = part.get("last_year", {}).get("carried", {})
        confirm_changed(result, before, [pointer for pointer, state in marks.items() if state == UNCONFIRMED])
        stages.append(_Stage(part_name, part, copy.deepcopy(result)))
    return Merged(result, tuple(differences))


@frozen
class _Stage:
    """One document of a merge, with its name, and the profile after it was merged."""

    name: str
    document: Document
    profile: Document


def _check_subject(part_name: str, part: Document, name: str, document: Document) -> None:
    codes = [str(one.get("organisation", {}).get("ods_code", "")) for one in (part, document)]
    if all(codes) and codes[0] != codes[1]:
        raise InputRefused([f"{part_name}: is about the organisation {codes[0]}, and {name} about {codes[1]}; leave it out"])
    days = [one.get("as_of", "") for one in (part, document)]
    if all(days) and days[0] != days[1]:  # figures of last year would stand as those of this one
        advice = "if its answers are true on that day, change its date"
        raise InputRefused([f"{part_name}: is for {day(days[0])}, and {name} for {day(days[1])}; {advice}"])


def _merge_part(result: dict[str, Json], part: dict[str, Json], merger: Merger) -> None:
    result.setdefault("$schema", schema("profile")["$id"])
    part = _with_evidence(result, part, merger)
    for question in all_questions():
        if question.name in part and question.name not in _NOT_MERGED:
            merger.add(result, question, part[question.name], "")
    for name, value in part.get("extensions", {}).items():
        held = result.setdefault("extensions", {}).setdefault(name, value)
        pointer = f"/extensions/{pointer_step(name)}"
        if held != value and merger.replaces(pointer, held, value):
            result["extensions"][name] = value
    if "last_year" in part:
        result["last_year"] = _joined(result.get("last_year", {}), part["last_year"])
    if marks := part.get("not_for_publication"):
        result["not_for_publication"] = list(dict.fromkeys([*result.get("not_for_publication", []), *marks]))


def _joined(here: Document, there: Document) -> dict[str, Json]:
    """What two documents know of last year. An answer is confirmed if one of them confirms it."""
    figures, carried = ({**there.get(name, {}), **here.get(name, {})} for name in ("figures", "carried"))
    confirmed = {one: state for one, state in there.get("carried", {}).items() if state == CONFIRMED}
    return {**there, **here, "figures": figures, "carried": {**carried, **confirmed}}


def _with_evidence(result: dict[str, Json], part: dict[str, Json], merger: Merger) -> dict[str, Json]:
    """Merge the evidence of a part, and return the part with its citations.

    Other evidence with an id that is taken gets a new one: two colleagues may both call their first document E1.
    """
    register, incoming = result.setdefault("evidence", []), part.get("evidence", [])
    used = {item["id"] for item in (*register, *incoming)}
    (question,) = (one for one in all_questions() if one.name == "evidence")
    before, renamed = list(register), {}
    for item in incoming:
        same = _same_evidence(item, before, incoming)
        if same is not None:
            renamed[item["id"]] = same["id"]
            merger.merge_entry(same, question, {**item, "id": same["id"]}, f"/evidence/{register.index(same)}")
            continue
        name = item["id"]
        if any(name == one["id"] for one in before):
            name = next(free for number in range(2, len(used) + 3) if (free := f"{item['id'][:70]}-{number}") not in used)
            used.add(name)
        renamed[item["id"]] = name
        register.append({**item, "id": name})
    if not register:
        del result["evidence"]
    return {name: value if name == "evidence" else _citing(value, renamed) for name, value in part.items()}


def _same_evidence(item: Document, register: Sequence[dict[str, Json]], incoming: Sequence[Document]) -> dict[str, Json] | None:
    """The evidence of a register that is the same as an item: of its title and id, or the only one of its title."""
    alike = [one for one in register if _title(one) == _title(item)]
    is_only = len(alike) == sum(_title(one) == _title(item) for one in incoming) == 1
    return next((one for one in alike if one["id"] == item["id"] or is_only), None)


def _title(item: Document) -> str:
    return str(item["title"]).casefold()


def _citing(value: Json, renamed: Mapping[str, str]) -> Json:
    if isinstance(value, list):
        return [_citing(item, renamed) for item in value]
    if not isinstance(value, dict):
        return value
    cited = {name: _citing(member, renamed) for name, member in value.items()}
    if isinstance(value.get("evidence"), list):
        cited["evidence"] = [renamed.get(one, one) for one in value["evidence"]]
    if "evidence_for" in value:
        cited["evidence_for"] = {name: [renamed.get(one, one) for one in ids] for name, ids in value["evidence_for"].items()}
    return cited


def _stated_by(difference: Difference, stages: Sequence[_Stage], taken: Difference | None) -> str:
    """Who stated the value that is there: the document since which the profile has it. `taken` is the choice made there."""
    if taken and taken.imported == difference.entered:
        return taken.imported_by
    since = list(takewhile(lambda one: stated_at(one.profile, difference.pointer) == difference.entered, reversed(stages)))
    first = since[-1] if since else stages[0]
    return _label(first.name, first.document, difference.pointer)


def _label(name: str, document: Document, pointer: str) -> str:
    section = document.get(pointer.split("/")[1])
    role = section.get("answered_by") if isinstance(section, Mapping) else None
    return f"{role} ({name})" if role else name
