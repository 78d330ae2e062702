"""What is asked about indicators: whether two figures can be compared."""

from __future__ import annotations

import json as _json
from collections.abc import Callable
from functools import cached_property
from typing import Any


class Comparison:
    """Whether two figures can be compared, and if not, why, in one sentence. It never changes."""

    def __init__(self, render: Callable[[str | None], str]) -> None:
        self._render = render
        self._json = render(None)

    @property
    def comparable(self) -> bool:
        """Whether nothing stands against it."""
        return bool(self.data["comparable"])

    @property
    def code(self) -> str | None:
        """What stands against it (``comparable.proxy``, …); codes never change their meaning."""
        reason = self.data.get("reason")
        return None if reason is None else str(reason["code"])

    @property
    def show(self) -> str:
        """How the figures may be shown: ``ranked``, ``with_caveat``, ``beside`` or ``apart``."""
        return str(self.data["show"])

    def json(self) -> str:
        """The canonical JSON (RFC 8785): the same bytes in every language."""
        return self._json

    def text(self, lang: str) -> str:
        """The sentence in ``fr``, ``nl`` or ``en``."""
        return self._render(lang)

    @cached_property
    def data(self) -> dict[str, Any]:
        """The JSON as a ``dict``."""
        parsed: dict[str, Any] = _json.loads(self._json)
        return parsed

    def __repr__(self) -> str:
        return f"<Comparison {self.code or 'comparable'}>"
