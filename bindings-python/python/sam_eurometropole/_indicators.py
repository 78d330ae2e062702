"""What is asked about indicators: whether two figures can be compared."""

from __future__ import annotations

from ._told import Told


class Comparison(Told):
    """Whether two figures can be compared, and if not, why, in one sentence. It never changes."""

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

    def __repr__(self) -> str:
        return f"<Comparison {self.code or 'comparable'}>"
