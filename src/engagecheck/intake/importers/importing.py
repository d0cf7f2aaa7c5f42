"""From a published file to facts for a profile: which source reads it, which organisation is meant, and what is taken over."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from msgspec.structs import replace

from engagecheck.errors import EngagecheckError, InputRefused, text_of
from engagecheck.intake.differences import Difference, stated_at
from engagecheck.intake.merge import Merged, Prefer, merge, without_evidence
from engagecheck.intake.questions import Question, all_questions
from engagecheck.intake.questions.kinds import Kind
from engagecheck.intake.tables.values import words
from engagecheck.model.dates import PartialDate, complete_months
from engagecheck.model.labels import day
from engagecheck.model.schema import title_of
from engagecheck.rules.importer import Imported, Importer
from engagecheck.rules.source_file import OtherKind, SourceFile

Json = Any
UP_TO_DATE = 12
"""Months for which a list of everything that was published is taken to be still complete. Our judgement."""
SHOWN = 20
"""The entries of a list that an account names one by one."""
NO_ANSWERS = ("as_of", "evidence", "note")
"""What stands among the answers of a profile and is none of an organisation."""
NAMED = ("name", "type", "country")
"""What must be known of an organisation to begin its profile."""


def read_imports(importer: Importer, file: SourceFile, options: Mapping[str, str]) -> list[Imported]:
    """What a file says. An error of a third-party importer becomes an `EngagecheckError` with one sentence.

    Raises `OtherKind` or `InputRefused` if the file cannot be read as this source.
    """
    try:
        imports = list(importer.read(file, options))
    except (EngagecheckError, KeyboardInterrupt):
        raise
    except BaseException as error:
        raise EngagecheckError(f"import {importer.name}: the importer failed on {file.name} ({text_of(error)})") from None
    if not imports:
        raise InputRefused([f"{file.name}: it has nothing about any organisation; check that it is the right file"])
    return imports


def sources_for(importers: Iterable[Importer], file: SourceFile) -> Iterator[tuple[Importer, int, str]]:
    """The sources that a file is for, each with the number of organisations that it is about.

    The last value says what is wrong with the file, or what it lacks, if it cannot be read as it is. Raises `InputRefused`
    if it is no table.
    """
    file.look_over()
    for importer in importers:
        trial = replace(file, notes=[], unread={})
        try:
            yield importer, len({one.code for one in read_imports(importer, trial, {})}), ""
        except OtherKind:
            continue
        except InputRefused as refused:
            yield importer, 0, refused.complaints[0]
        except EngagecheckError:
            continue


def other_kind(refused: OtherKind, importers: Iterable[Importer], file: SourceFile) -> InputRefused:
    """The refusal of a file of another kind, with the source that would take it."""
    (problem,) = refused.complaints
    likely = next(sources_for(importers, file), None)
    hint = f"it seems to be a file for import {likely[0].name}" if likely else "see engagecheck import --list FILE"
    return InputRefused([f"{problem}; {hint}. Nothing was imported."])


def matching(imports: Iterable[Imported], wanted: str | None) -> list[Imported]:
    """The imports about the organisation with this code or name, or about all with a name of these words, also an old one."""
    everything = list(imports)
    if wanted is None or {one.code for one in everything} == {""}:
        return everything
    code = "".join(wanted.split()).upper()
    if found := [one for one in everything if one.code.upper() == code]:
        return found
    parts = words(wanted).split()
    called = [([words(name) for name in (one.organisation.get("name", ""), *one.also_called)], one) for one in everything]
    exact = [one for names, one in called if words(wanted) in names]
    return exact or [one for names, one in called if any(all(part in name for part in parts) for name in names)]


def named(imported: Imported, register: Mapping[str, Imported]) -> Imported:
    """An import with what a register says about its organisation. What the file says itself goes first."""
    known = register.get(imported.code.split(" ")[0])
    if known is None:
        return imported
    return replace(
        imported,
        organisation={**known.organisation, **imported.organisation},
        opened=imported.opened or known.opened,
        closed=imported.closed or known.closed,
        successor=imported.successor or known.successor,
        also_called=(*imported.also_called, known.organisation.get("name", ""), *known.also_called),
    )


def register_in(file: SourceFile, importers: Iterable[Importer]) -> dict[str, Imported]:
    """The organisations that a list names, by code, from any source that can read it. Raises `InputRefused` if none can."""
    for importer, count, _ in sources_for(importers, file):
        imports = read_imports(importer, file, {}) if count else []
        if any(one.organisation.get("name") for one in imports):
            register: dict[str, Imported] = {}
            for one in imports:  # a trust that was taken over may be listed twice
                register[one.code] = named(one, register)
            return register
    raise InputRefused([f"{file.name}: no source finds names of organisations in this file"])


def out_of_life(imported: Imported, as_of: str) -> str:
    """Why an organisation does not exist on a day, in words; "" if it does, or if the file does not say."""
    if imported.opened and imported.opened > as_of:
        return f"it opens on {day(imported.opened)}"
    is_history = bool(imported.successor) and not imported.closed and not imported.facts
    return how_it_ended(imported) if is_history or (imported.closed and imported.closed < as_of) else ""


def how_it_ended(imported: Imported) -> str:
    """When an organisation closed and what took its place, in words; "" if the file says neither."""
    if not imported.closed and not imported.successor:
        return ""
    when = f"it closed on {day(imported.closed)}" if imported.closed else "it closed, and the file does not say when"
    return f"{when}; {f'its successor is {imported.successor}' if imported.successor else 'the file names no successor'}"


def is_later(on: str, as_of: str) -> bool:
    """Whether a day or month is after another. If only a month is known, it must be after in any case."""
    return bool(on) and on[: len(as_of)] > as_of[: len(on)]


def take_over(
    document: Mapping[str, Json], imports: Sequence[Imported], importer: Importer, file: SourceFile,
    prefer: Prefer = None, dated: str = "",
) -> Merged:  # fmt: skip
    """Merge what a file says about one organisation into its profile. `dated` is the day of the file, if it is known."""
    result = dict(document)
    differences: list[Difference] = []
    for imported in imports:
        one = replace(imported, effective=dated or imported.effective)
        is_complete = _is_complete(dated or one.complete_on, str(document["as_of"]))
        evidence = importer.evidence(file, one)
        if one.complete_on and is_complete:
            one = replace(one, facts=_with_totals(one.facts))
            evidence["note"] = "The file lists everything of this kind about the organisation, so the total is filled in."
        step = merge(result, one, evidence, prefer, importer.whole)
        for difference in step.differences:  # another row of the file may have stated what is there
            is_own = stated_at(document, difference.pointer) == stated_at(result, difference.pointer)
            differences.append(difference if is_own else replace(difference, entered_by="the file"))
        result = step.document
    return Merged(result, tuple(differences))


def unstated(organisation: Mapping[str, Json]) -> str:
    """What must be known to begin a profile and is missing here: "type, country"."""
    return ", ".join(title_of(f"organisation.{part}").lower() for part in NAMED if not organisation.get(part))


def newest_fact(imports: Iterable[Imported], dated: str) -> str:
    """The day or month of the newest fact; "" if the file says none. `dated` is the day of the file, if it is known."""
    return dated or max((one.effective for one in imports if one.effective), default="")


def _is_complete(listed_on: str, as_of: str) -> bool:
    """Whether a list that was complete on one day can be taken to be so on another."""
    return bool(listed_on) and complete_months(PartialDate(listed_on).first, date.fromisoformat(as_of)) < UP_TO_DATE


def _with_totals(facts: Mapping[str, Json]) -> dict[str, Json]:
    """The facts with the number of entries of each list as its total."""
    result: dict[str, Json] = {}
    for name, value in facts.items():
        result[name] = value
        if isinstance(value, dict) and "entries" in value:
            result[name] = {"of": len(value["entries"]), **value}
        elif isinstance(value, dict):
            result[name] = _with_totals(value)
    return result


def new_facts(
    after: Mapping[str, Json], before: Mapping[str, Json], parts: Iterable[Question] | None = None, within: str = ""
) -> Iterator[str]:
    """Each fact that is new or has another value, in the words of the form, with the title of its group (`within`)."""
    for question in parts or all_questions():
        title = f"{within}{question.title}"
        value, old = after.get(question.name), before.get(question.name)
        if question.name in NO_ANSWERS or value is None or value == old:
            continue
        if question.kind is Kind.LIST:
            yield from _entries(question, value, old or {}, title)
        elif question.kind is Kind.GROUP:
            yield from new_facts(value, old or {}, question.parts, f"{title}: " if parts else "")
        elif question.kind is Kind.MAPPING:
            yield f"{title}: {', '.join(value)}"
        elif question.is_leaf:
            yield f"{title}: {question.show(value)}"


def _entries(question: Question, value: Mapping[str, Json], old: Mapping[str, Json], title: str) -> Iterator[str]:
    known = without_evidence(old.get("entries", []))
    new = [entry for entry in value.get("entries", ()) if without_evidence(entry) not in known]
    for entry in new[:SHOWN]:
        yield f"{title}: {entry_in_words(question, entry)}"
    if len(new) > SHOWN:
        yield f"{title}: and {len(new) - SHOWN} more"
    for one in question.about:
        if one.is_leaf and one.name not in NO_ANSWERS and value.get(one.name) not in (None, old.get(one.name)):
            yield f"{title}: {value['of']} in all" if one.name == "of" else f"{title}: {one.title}: {one.show(value[one.name])}"


def entry_in_words(question: Question, entry: Mapping[str, Json]) -> str:
    """The answers of an entry of a list, one after the other, those of a group or list in it with its title."""
    return ", ".join(_answers(question, entry))


def _answers(question: Question, entry: Mapping[str, Json]) -> Iterator[str]:
    for part in question.parts:
        value = entry.get(part.name)
        if value is None or part.name in NO_ANSWERS:
            continue
        if part.is_leaf:
            label = f"{part.title.lower()} " if part.kind in (Kind.NUMBER, Kind.WHOLE) else ""
            yield f"{label}{part.show(value)}"
        elif part.kind in (Kind.GROUP, Kind.LIST):
            for one in value.get("entries", ()) if part.kind is Kind.LIST else (value,):
                yield f"{part.title.lower()} ({entry_in_words(part, one)})"
