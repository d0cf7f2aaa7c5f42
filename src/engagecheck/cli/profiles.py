"""Profiles as commands read and write them: one in a file, or many in a folder or in one JSON Lines file."""

import json
import os
from collections.abc import Mapping
from itertools import chain, count
from pathlib import Path
from typing import Any

from msgspec import Struct

from engagecheck.cli.files import make_folder, refuse_changed, write_whole
from engagecheck.cli.say import echo_line
from engagecheck.errors import InputRefused, OutputRefused
from engagecheck.inputs import is_there, note_absent, read_bytes
from engagecheck.intake.explain import open_document, valid_document
from engagecheck.intake.writing import as_text, write_document

Json = Any


def read_profile(path: str) -> dict[str, Any]:
    """The document of a profile in a file. Raises `InputRefused` if it is not valid."""
    return valid_document(open_document(read_bytes(path), path))


def refuse_invalid(document: Mapping[str, Any], name: str) -> None:
    """Raise `InputRefused` if a document that this command made is not valid. `name` stands for it in messages."""
    valid_document(open_document(as_text(document), name))


def save_document(path: Path, document: Mapping[str, Any]) -> None:
    """Write a profile's document to its file, in the format of the file's suffix.

    A workbook is written again, without what people added to it, so its previous version is kept under a name that no
    file has. Raises `OutputRefused` if the file cannot be written, and `UsageRefused` for an unknown suffix.
    """
    content = write_document(document, path)
    refuse_changed(path)
    if path.suffix.lower() == ".xlsx" and path.exists():
        numbers = chain([""], (f"-{number}" for number in count(2)))
        names = (path.with_name(f"{path.stem}.previous{number}{path.suffix}") for number in numbers)
        previous = next(name for name in names if not os.path.lexists(name))
        write_whole(previous, read_bytes(path), copies=path)
        added = "without what you added to it, such as sheets, comments and text on the guide"
        saved = f"Saved: {path}, {added}. The previous version, which has that, is {previous}."
    else:
        saved = f"Saved: {path}"
    write_whole(path, content, replaces=path)
    echo_line(saved)


class Profiles(Struct, frozen=True):
    """The profiles of a folder or of one JSON Lines file, and the path of each, by the code of their organisation.

    An organisation without a code goes by its name.
    """

    output: Path
    documents: dict[str, dict[str, Json]]
    paths: dict[str, Path]

    @classmethod
    def at(cls, output: Path) -> "Profiles":
        """Read the profiles in a place, which may not exist yet.

        Raises `InputRefused` for an invalid profile or two of one organisation, and `OutputRefused` for another kind of file.
        """
        if output.suffix.lower() != ".jsonl" and output.exists() and not output.is_dir():
            raise OutputRefused(f"{output}: is a file; name a folder, or a file that ends in .jsonl")
        if output.suffix.lower() == ".jsonl":
            lines = read_bytes(output).splitlines() if is_there(output) else []
            sources = [(line, f"{output}, line {number}", output) for number, line in enumerate(lines, 1) if line.strip()]
        else:
            files = sorted(path for path in output.glob("*") if path.suffix.lower() == ".json")
            sources = [(read_bytes(path), str(path), path) for path in files]
        profiles = cls(output, {}, {})
        for raw, name, path in sources:
            document = valid_document(open_document(raw, name))
            code = document["organisation"].get("ods_code") or document["organisation"]["name"]
            if code in profiles.documents:
                raise InputRefused([f"{name}: there is another profile of {code} in {output}; keep one of the two"])
            profiles.documents[code], profiles.paths[code] = document, path
        return profiles

    def write(self, changed: Mapping[str, Json]) -> None:
        """Write new and changed profiles, by code. A profile that was read goes back to its own file.

        Raises `OutputRefused` if they cannot be written.
        """
        if self.output.suffix.lower() == ".jsonl":
            lines = [json.dumps(document, ensure_ascii=False) for document in {**self.documents, **changed}.values()]
            write_whole(self.output, "".join(f"{line}\n" for line in lines), replaces=self.output)
            return
        make_folder(self.output)
        for code, document in changed.items():
            path = self.paths.get(code, self.output / f"{code}.json")
            if code not in self.paths:
                note_absent(path)
            write_whole(path, as_text(document), replaces=self.paths.get(code))
