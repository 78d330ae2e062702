"""A number that identifies a firm, a place, an account or a person, read by its scheme."""

from __future__ import annotations

import json as _json
from collections.abc import Callable
from typing import Any

from ._errors import SamError

LANGUAGES = ("fr", "nl", "en")

# From a language (or none, for JSON) to the output.
Render = Callable[["str | None"], str]


class Identifier:
    """What a number is, or what is wrong with it. It never changes.

    The number itself, which may be a person's, stays out of the display, the texts and a pickle; an object that comes out of a pickle has
    neither ``normal`` nor ``shown`` nor ``parts``.
    """

    __slots__ = ("_data", "_json", "_render")

    def __init__(self, render: Render) -> None:
        self._render = render
        self._json = render(None)
        self._data: dict[str, Any] = _json.loads(self._json)

    @property
    def scheme(self) -> str:
        """The word of the scheme."""
        return str(self._data["scheme"])

    @property
    def valid(self) -> bool:
        """Whether the number is well formed. That does not prove that it has been given out."""
        return bool(self._data["valid"])

    @property
    def normal(self) -> str | None:
        """The form to store: without separators, in upper case."""
        return self._data.get("normal")

    @property
    def shown(self) -> str | None:
        """The form that people read."""
        return self._data.get("shown")

    @property
    def parts(self) -> dict[str, Any]:
        """What the number itself says; ``None`` is what it leaves open."""
        return dict(self._data.get("parts", {}))

    @property
    def code(self) -> str | None:
        """What is wrong (``identifier.length``, …); codes never change their meaning."""
        return self._data["wrong"]["code"] if "wrong" in self._data else None

    @property
    def params(self) -> dict[str, Any]:
        """With which values."""
        return dict(self._data["wrong"]["params"]) if "wrong" in self._data else {}

    def json(self) -> str:
        """The canonical JSON (RFC 8785), with the number."""
        return self._json

    def text(self, lang: str) -> str:
        """One line for people in ``fr``, ``nl`` or ``en``, without the number."""
        return self._render(lang)

    def __bool__(self) -> bool:
        return self.valid

    def __eq__(self, other: object) -> bool:
        return self._json == other._json if isinstance(other, Identifier) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._json)

    def __reduce__(self) -> tuple[Any, ...]:
        kept = {name: self._data[name] for name in ("scheme", "valid", "wrong") if name in self._data}
        return _stored, (_json.dumps(kept, separators=(",", ":"), sort_keys=True), {lang: self.text(lang) for lang in LANGUAGES})

    def __repr__(self) -> str:
        return f"<Identifier {self.scheme}: {self.code or 'valid'}>"


def _stored(json: str, texts: dict[str, str]) -> Identifier:
    def render(lang: str | None) -> str:
        if lang is not None and lang not in texts:
            raise SamError("misuse.language", f"There is no language {lang!r}: give fr, nl or en.", {"given": lang})
        return json if lang is None else texts[lang]

    return Identifier(render)
