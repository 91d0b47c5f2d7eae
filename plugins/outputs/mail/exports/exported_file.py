"""A file of an export."""

from __future__ import annotations

import json
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """A file's name in the export, and its bytes."""

    name: str
    data: bytes

    @classmethod
    def of_text(cls, name: str, text: str) -> ExportedFile:
        """Return a file of text in UTF-8."""
        return cls(name, text.encode())

    @classmethod
    def of_json(cls, name: str, value: dict[str, object]) -> ExportedFile:
        """Return a file of JSON, which people may read too."""
        return cls.of_text(name, json.dumps(value, ensure_ascii=False, indent=2) + "\n")
