"""An answer of the engine: canonical JSON for machines, and a text in three languages."""

from __future__ import annotations

import json as _json
from collections.abc import Callable
from functools import cached_property
from typing import Any


class Told:
    """The canonical JSON for machines, and a text for people. It never changes."""

    def __init__(self, render: Callable[[str | None], str]) -> None:
        self._render = render
        self._json = render(None)

    def json(self) -> str:
        """The canonical JSON (RFC 8785): the same bytes in every language."""
        return self._json

    def text(self, lang: str) -> str:
        """The text for people in ``fr``, ``nl`` or ``en``."""
        return self._render(lang)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON as a ``dict``."""
        parsed: dict[str, Any] = _json.loads(self._json)
        return parsed
