"""What a keeper asks of packs besides deciding: their tests, what these do not reach, what is due, what differs."""

from __future__ import annotations

import json as _json
from collections.abc import Callable
from functools import cached_property
from html import escape
from typing import Any


class PackReport:
    """An answer about packs: the canonical JSON for machines, and a text in three languages. It never changes.

    ``docs/packs.md`` lists the members of ``data``.
    """

    def __init__(self, render: Callable[[str | None], str]) -> None:
        self._render = render
        self._json = render(None)

    @property
    def ok(self) -> bool:
        """Whether there is nothing to do: tests hold, everything is reached, nothing is due, nothing differs."""
        return bool(self.data["ok"])

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

    def __repr__(self) -> str:
        return f"<PackReport ok={self.ok}>"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text('en'))}</pre>"


def cases_text(cases: Any) -> str:
    """Cases as JSON text: text as it is, with a list or one case a line, or what ``json.loads`` made of a list."""
    return cases if isinstance(cases, str) else _json.dumps(cases, ensure_ascii=False)
