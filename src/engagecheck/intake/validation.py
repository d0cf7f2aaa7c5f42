"""What is wrong with a document by a JSON Schema, in words. jsonschema explains each error."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from engagecheck.intake.plausibility import Complaint
from engagecheck.model.schema import did_you_mean, pointer_step, quoted
from engagecheck.plugin_host.registry import Registry as Plugins
from engagecheck.plugin_host.registry import installed

Json = Any
_KINDS = {
    "object": 'a group of facts in braces, such as {"note": "…"}',
    "array": "a list in square brackets",
    "string": "text in quotation marks",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "null": "null",
}


def complaints(document: Json, against: Mapping[str, Json], prefix: str = "") -> list[Complaint]:
    """The complaints about everything in a document that its schema refuses. A `$ref` never causes a download."""
    from jsonschema import Draft202012Validator
    from jsonschema.validators import extend
    from referencing import Registry

    strict = extend(Draft202012Validator, {"pattern": _pattern})  # type: ignore[no-untyped-call]
    formats = Draft202012Validator.FORMAT_CHECKER
    errors = list(strict(against, registry=Registry(), format_checker=formats).iter_errors(document))
    mistyped = {tuple(error.absolute_path) for error in errors if error.validator == "type"}
    misformed = {tuple(error.absolute_path) for error in errors if error.validator == "pattern"}
    empty = {tuple(error.absolute_path) for error in errors if error.validator == "minLength"}
    # Other errors of a value that is empty, or has the wrong type or form, would only repeat the complaint about that.
    kept = [error for error in errors if error.validator == "type" or tuple(error.absolute_path) not in mistyped]
    kept = [error for error in kept if error.validator != "maxLength" or tuple(error.absolute_path) not in misformed]
    kept = [error for error in kept if error.validator != "pattern" or tuple(error.absolute_path) not in empty]
    return [complaint for error in kept for complaint in _worded(error, prefix)]


def extension_complaints(document: Json, registry: Plugins | None) -> Iterator[Complaint]:
    """The complaints about the extensions of a document, by the schemas of their plugins."""
    parts = document.get("extensions") if isinstance(document, dict) else None
    if not isinstance(parts, dict) or not parts:
        return
    extensions = (registry or installed()).extensions
    for name, part in parts.items():
        if name in extensions:
            yield from complaints(part, extensions[name].schema, f"/extensions/{name}")


def _pattern(_validator: Any, pattern: str, instance: Json, _schema: Json) -> Iterator[Any]:
    """Check a pattern with `$` as the end of the text, as in the standard. Python also accepts a line break there."""
    from jsonschema import ValidationError

    if isinstance(instance, str) and not re.search(re.sub(r"(?<!\\)\$$", r"\\Z", pattern), instance):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _worded(error: Any, prefix: str) -> Iterator[Complaint]:
    part: Any = error.schema
    pointer = prefix + "".join(f"/{pointer_step(str(step))}" for step in error.absolute_path)
    value: Any = error.instance
    limit: Any = error.validator_value
    if error.validator == "additionalProperties" and limit is False:
        known = sorted(part.get("properties", {}))
        for name in value:
            if name not in known:
                where = f"{pointer}/{pointer_step(name)}"
                yield Complaint(where, f"the name {quoted(name)} is not used here; {did_you_mean(name, known)}", True)
    elif error.validator == "required":
        for name in limit:
            if name not in value and error.message.startswith(repr(name)):
                title = part.get("properties", {}).get(name, {}).get("title", name)
                yield Complaint(pointer, f"{title} is missing, and is always needed", wanted=f"{pointer}/{name}")
    else:
        yield Complaint(pointer, _sentence(str(error.validator), value, limit, part))


def _sentence(keyword: str, value: Json, limit: Json, part: Mapping[str, Json]) -> str:
    shown = quoted(value)
    if keyword == "type":
        wanted = " or ".join(_KINDS[kind] for kind in ([limit] if isinstance(limit, str) else limit))
        if value is None:
            return f"null is not an answer; leave the fact out if you do not know it, or give {wanted}"
        if isinstance(value, list) and "entries" in part.get("properties", {}):
            wanted = 'the total and the list, {"of": 3, "entries": […]}'
        return f"{shown} is not {wanted}"
    if keyword == "enum":
        return f"{shown} is not one of the answers; {did_you_mean(value, [str(option) for option in limit])}"
    if keyword in ("minimum", "maximum"):
        return f"{shown} is too {'small' if keyword == 'minimum' else 'large'}; the {keyword} is {limit}"
    if keyword in ("minLength", "minItems", "minProperties"):
        return "is empty; leave the fact out if you do not know it"
    if keyword in ("maxLength", "maxItems", "maxProperties"):
        return f"is too long: at most {limit} are allowed here"
    if keyword == "pattern":
        return f"{shown} does not fit “{part.get('title', 'this field')}”: {part.get('description', limit)}"
    return f"{shown} is not allowed here ({keyword}: {quoted(limit)})"
