"""Many profiles in one place: a folder, or one file of JSON Lines."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from attrs import frozen

from engagecheck.cli.output import write_whole
from engagecheck.errors import InputRefused, OutputRefused
from engagecheck.intake.load import Opened, complaints, file_bytes, opened
from engagecheck.intake.writing import as_text

Json = Any


def valid(file: Opened) -> dict[str, Json]:
    """The document of a profile that was opened. Raises `InputRefused` where anything is wrong with it."""
    wrong = complaints(file)
    if wrong:
        raise InputRefused(wrong)
    document: dict[str, Json] = file.document
    return document


@frozen
class Profiles:
    """The profiles of a folder or of one file of JSON Lines, by the code of their organisation, and where each stands."""

    output: Path
    documents: dict[str, dict[str, Json]]
    paths: dict[str, Path]

    @classmethod
    def at(cls, output: Path) -> "Profiles":
        """Read what is there. Raises `InputRefused` for a profile that is wrong, or two of one organisation."""
        if output.suffix != ".jsonl" and output.exists() and not output.is_dir():
            raise OutputRefused(f"{output}: is a file; name a folder, or a file that ends in .jsonl")
        if output.suffix == ".jsonl":
            lines = file_bytes(output).splitlines() if output.exists() else []
            sources = [(line, f"{output}, line {number}", output) for number, line in enumerate(lines, 1) if line.strip()]
        else:
            sources = [(file_bytes(path), str(path), path) for path in sorted(output.glob("*.json"))]
        found = cls(output, {}, {})
        for raw, name, path in sources:
            document = valid(opened(raw, name))
            code = document["organisation"].get("ods_code", name)
            if code in found.documents:
                raise InputRefused([f"{name}: there is another profile of {code} in {output}; keep one of the two"])
            found.documents[code], found.paths[code] = document, path
        return found

    def put(self, done: Mapping[str, Json]) -> None:
        """Write what was made or completed, each where it stood before."""
        if self.output.suffix == ".jsonl":
            lines = [json.dumps(document, ensure_ascii=False) for document in {**self.documents, **done}.values()]
            write_whole(self.output, "".join(f"{line}\n" for line in lines).encode())
            return
        try:
            self.output.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputRefused(f"{self.output}: the folder cannot be made ({error.strerror}); choose another place") from None
        for code, document in done.items():
            write_whole(self.paths.get(code, self.output / f"{code}.json"), as_text(document))
