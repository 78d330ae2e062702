"""What of a release of tables may be published."""

from __future__ import annotations

import json as _json
from collections.abc import Callable
from typing import Any

# From a language to its text; from none to what may be published and the record of the producer.
Render = Callable[["str | None"], "list[str]"]


class Protection:
    """A release with what is hidden in it, and the proof of it. It never changes.

    The display shows neither values nor reasons.
    """

    __slots__ = ("_published", "_record", "_render")

    def __init__(self, render: Render) -> None:
        self._render = render
        self._published, self._record = render(None)

    @property
    def passed(self) -> bool:
        """Whether the release may be published."""
        return bool(self.published["passed"])

    @property
    def published(self) -> dict[str, Any]:
        """What may be published: a hidden cell says that it is confidential and nothing else. A release that did not pass has no tables."""
        return dict(_json.loads(self._published))

    @property
    def record(self) -> dict[str, Any]:
        """The record of the producer: what is hidden and why, and what an outsider can find out. It must not be published."""
        return dict(_json.loads(self._record))

    def json(self) -> str:
        """What may be published, as canonical JSON (RFC 8785)."""
        return self._published

    def record_json(self) -> str:
        """The record of the producer, as canonical JSON (RFC 8785)."""
        return self._record

    def text(self, lang: str) -> str:
        """One line on the whole in ``fr``, ``nl`` or ``en``, then one for each problem. For the producer."""
        return self._render(lang)[0]

    def __bool__(self) -> bool:
        return self.passed

    def __eq__(self, other: object) -> bool:
        return self._record == other._record if isinstance(other, Protection) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._record)

    def __repr__(self) -> str:
        return f"<Protection {'passed' if self.passed else 'failed'}>"
