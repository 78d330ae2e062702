"""What a keeper asks of packs besides deciding: their tests, what these do not reach, what is due, what differs."""

from __future__ import annotations

import json as _json
from html import escape
from typing import Any

from ._told import Told


class PackReport(Told):
    """An answer about packs: the canonical JSON for machines, and a text in three languages. It never changes.

    ``docs/packs.md`` lists the members of ``data``.
    """

    @property
    def ok(self) -> bool:
        """Whether there is nothing to do: tests hold, everything is reached, nothing is due, nothing differs."""
        return bool(self.data["ok"])

    def __repr__(self) -> str:
        return f"<PackReport ok={self.ok}>"

    def _repr_html_(self) -> str:
        return f"<pre>{escape(self.text('en'))}</pre>"


def cases_text(cases: Any) -> str:
    """Cases as JSON text: text as it is, with a list or one case a line, or what ``json.loads`` made of a list."""
    return cases if isinstance(cases, str) else _json.dumps(cases, ensure_ascii=False)
