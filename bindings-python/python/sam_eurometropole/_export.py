"""Figures, the taxonomy and the rules in the formats of others."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ._told import Told


class Export(Told):
    """Files of a format, and what could not be said in it."""

    @property
    def ok(self) -> bool:
        """Whether no finding is an error; there are no files otherwise."""
        return bool(self.data["ok"])

    @property
    def files(self) -> dict[str, str]:
        """The text of each file by its name."""
        return {file["name"]: file["text"] for file in self.data["files"]}

    @property
    def findings(self) -> list[dict[str, Any]]:
        """What is wrong with the request, and what was left out of the data."""
        return list(self.data["findings"])

    def write(self, folder: str | os.PathLike[str]) -> list[Path]:
        """Writes the files into a folder that is there, byte for byte, and gives their paths."""
        paths = []
        for name, text in self.files.items():
            path = Path(folder) / name
            path.write_bytes(text.encode())
            paths.append(path)
        return paths

    def __repr__(self) -> str:
        return f"<Export {', '.join(self.files) or 'without files'}>"
