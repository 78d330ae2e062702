"""The communes on both sides of the border: names, codes, what they lie in, what came before and after them."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from ._sam import Rulebook as _Native

Day = date | str


class Territory:
    """The territory of a rulebook. Each answer is a ``dict``; ``docs/wire.md`` lists its members.

    >>> import sam_eurometropole as sam
    >>> sam.territory.at("BE-54007", on="2026-01-01")["at"]
    ['BE-57096']

    A code has its country in front: ``FR-59512``, ``BE-57096``. One that the rulebook does not hold is answered with
    ``outside_coverage``; it raises nothing.
    """

    def __init__(self, native: _Native) -> None:
        self._native = native

    def find(self, query: str, *, on: Day) -> dict[str, Any]:
        """The communes that a query may mean: a name in French or Dutch, a postal code, a code with or without its country.

        ``hits`` come exact first, then by beginning, then near ones; each says how it matched. Former communes come with what
        came after them.
        """
        return _read(self._native.territory_find(query, on))

    def at(self, code: str, *, on: Day) -> dict[str, Any]:
        """What a code is on a day: ``status``; ``at``, the communes that cover its ground then; names, dates, zones."""
        return _read(self._native.territory_at(code, on))

    def ancestors(self, code: str) -> dict[str, Any]:
        """What a commune or an area lies in, from the nearest to the country, then its NUTS regions."""
        return _read(self._native.territory_ancestors(code))

    def members(self, area: str, *, on: Day) -> dict[str, Any]:
        """The communes of an area or a zone that were in force on a day, and whether membership is dated."""
        return _read(self._native.territory_members(area, on))

    def neighbours(self, code: str) -> dict[str, Any]:
        """The present communes across the border that a commune touches, and how sure that is."""
        return _read(self._native.territory_neighbours(code))

    def changes(self, *, first: Day, last: Day) -> dict[str, Any]:
        """Mergers, recodes and renames from ``first`` to ``last``, both included."""
        return _read(self._native.territory_changes(first, last))


def _read(text: str) -> dict[str, Any]:
    return dict(json.loads(text))
