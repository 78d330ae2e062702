"""Records of an older format, as records of today."""

from __future__ import annotations

import json
from typing import Any, NamedTuple


class Migrated(NamedTuple):
    """A record of today's format."""

    format: int
    """Its format."""

    json: str
    """The record as canonical JSON."""

    notes: list[str]
    """Ids of what was changed; empty for a record of today."""

    @property
    def data(self) -> dict[str, Any]:
        """The record as a ``dict``."""
        parsed: dict[str, Any] = json.loads(self.json)
        return parsed


def stored_text(data: Any) -> str:
    """The JSON text of a stored record, given as text or as what ``json.loads`` made of it."""
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
